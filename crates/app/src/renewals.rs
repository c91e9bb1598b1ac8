//! The calendar of renewals.

use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::renewals::{RenewalsExportRequest, RenewalsRequest, RenewalsView};
use crate::view::roster::Exported;

impl Seatledger {
    /// The renewals of an app, or of all.
    pub fn renewals(&self, request: &RenewalsRequest) -> Result<RenewalsView> {
        request.app.as_deref().map(|app| self.app(app)).transpose()?;
        Err(Error::NotBuilt)
    }

    /// Writes the renewals as an iCalendar file.
    pub fn renewals_export(&self, request: &RenewalsExportRequest) -> Result<Exported> {
        request.app.as_deref().map(|app| self.app(app)).transpose()?;
        Err(Error::NotBuilt)
    }
}
