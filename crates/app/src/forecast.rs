//! The months to come, and what-if scenarios.

use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::apps::AppRequest;
use crate::view::figure::Figure;
use crate::view::forecast::{
    ForecastMonthRequest, ForecastRequest, ForecastView, ScenarioRequest, ScenarioSaveRequest, ScenarioSaved,
    ScenarioView,
};

impl Seatledger {
    /// What is to be paid in the months to come.
    pub fn forecast(&self, request: &ForecastRequest) -> Result<ForecastView> {
        self.app(&request.app)?;
        Err(Error::NotBuilt)
    }

    /// Why a month is what it is.
    pub fn forecast_month(&self, request: &ForecastMonthRequest) -> Result<Figure> {
        self.app(&request.forecast.app)?;
        Err(Error::NotBuilt)
    }

    /// The saved scenarios by name.
    pub fn scenarios(&self, request: &AppRequest) -> Result<Vec<ScenarioView>> {
        self.app(&request.app)?;
        Err(Error::NotBuilt)
    }

    /// Saves a scenario under its name.
    pub fn scenario_save(&self, request: &ScenarioSaveRequest) -> Result<ScenarioSaved> {
        self.app(&request.app)?;
        Err(Error::NotBuilt)
    }

    /// Deletes a scenario.
    pub fn scenario_delete(&self, request: &ScenarioRequest) -> Result<Vec<ScenarioView>> {
        self.app(&request.app)?;
        Err(Error::NotBuilt)
    }
}
