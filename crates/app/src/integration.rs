//! The Integration screen.

use crate::connecting::OnPreview;
use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::apps::AppRequest;
use crate::view::connect::{ConnectRequest, LicensePreview};
use crate::view::integration::{
    HeldRequest, HeldView, IntegrationView, LimitsSaveRequest, LimitsSaved, MappingSaveRequest, RestConnectRequest,
    ScheduleRequest,
};

fn later<T>() -> Result<T> {
    Err(Error::NotBuilt)
}

impl Seatledger {
    /// How the app is connected.
    pub fn integration(&self, request: &AppRequest) -> Result<IntegrationView> {
        self.app(&request.app).and_then(|_| later())
    }

    /// Asks the vendor for its groups now.
    #[expect(clippy::unused_async, reason = "the substance follows")]
    pub async fn groups_look(&self, request: &AppRequest) -> Result<IntegrationView> {
        self.app(&request.app).and_then(|_| later())
    }

    /// Keeps what things seen at the vendor mean.
    pub fn mapping_save(&self, request: &MappingSaveRequest) -> Result<IntegrationView> {
        self.app(&request.app).and_then(|_| later())
    }

    /// Adds the vendor's REST interface.
    #[expect(clippy::unused_async, reason = "the substance follows")]
    pub async fn rest_connect(&self, request: &RestConnectRequest) -> Result<IntegrationView> {
        self.app(&request.app).and_then(|_| later())
    }

    /// Forgets it.
    pub fn rest_remove(&self, request: &AppRequest) -> Result<IntegrationView> {
        self.app(&request.app).and_then(|_| later())
    }

    /// Changes the limits.
    pub fn limits_save(&self, request: &LimitsSaveRequest) -> Result<LimitsSaved> {
        self.app(&request.app).and_then(|_| later())
    }

    /// Sets the schedule.
    pub fn schedule_save(&self, request: &ScheduleRequest) -> Result<IntegrationView> {
        self.app(&request.app).and_then(|_| later())
    }

    /// Who would go.
    pub fn held_roster(&self, request: &HeldRequest) -> Result<HeldView> {
        self.app(&request.app).and_then(|_| later())
    }

    /// How many members each license type would have.
    #[expect(clippy::unused_async, reason = "the substance follows")]
    pub async fn license_preview(&self, _: &ConnectRequest, _: OnPreview) -> LicensePreview {
        LicensePreview {
            users: 0,
            types: Vec::new(),
            without: 0,
            several: 0,
            sentence: String::new(),
            problem: Some(Error::NotBuilt.problem()),
        }
    }
}
