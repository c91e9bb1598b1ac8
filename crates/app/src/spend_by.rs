//! Who spend is for: by department and cost center.

use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::spend::{SpendBy, SpendByRequest};

impl Seatledger {
    /// Annual spend for billable accounts, shared out.
    pub fn spend_by(&self, request: &SpendByRequest) -> Result<SpendBy> {
        self.app(&request.app)?;
        Err(Error::NotBuilt)
    }
}
