//! Spend over time.

use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::figure::Figure;
use crate::view::over_time::{SpendCellRequest, SpendOverTime, SpendOverTimeRequest};

impl Seatledger {
    /// Spend by month, quarter or fiscal year.
    pub fn spend_over_time(&self, request: &SpendOverTimeRequest) -> Result<SpendOverTime> {
        self.app(&request.app)?;
        Err(Error::NotBuilt)
    }

    /// Why a cell or a total is what it is.
    pub fn spend_cell(&self, request: &SpendCellRequest) -> Result<Figure> {
        self.app(&request.table.app)?;
        Err(Error::NotBuilt)
    }
}
