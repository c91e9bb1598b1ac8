//! What the ledger screens will ask.

use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::{apps, drafts, fees, invoices, purchases, rates, renewing};

#[allow(clippy::unused_self, missing_docs)]
impl Seatledger {
    pub fn purchase_renew(&self, _: &renewing::PurchaseRenewRequest) -> Result<purchases::PurchaseSaved> {
        Err(Error::NotBuilt)
    }
    pub fn purchase_duplicate(&self, _: &purchases::PurchaseRequest) -> Result<purchases::PurchaseSaved> {
        Err(Error::NotBuilt)
    }
    pub fn purchase_co_terminate(&self, _: &renewing::PurchaseCoTerminateRequest) -> Result<purchases::PurchaseSaved> {
        Err(Error::NotBuilt)
    }
    pub fn purchase_price_change(
        &self,
        _: &renewing::PurchasePriceChangeRequest,
    ) -> Result<renewing::PurchasePriceChanged> {
        Err(Error::NotBuilt)
    }
    pub fn purchase_versions(&self, _: &purchases::PurchaseRequest) -> Result<renewing::PurchaseVersions> {
        Err(Error::NotBuilt)
    }
    pub fn fees(&self, _: &apps::AppRequest) -> Result<fees::FeesView> {
        Err(Error::NotBuilt)
    }
    pub fn fee_preview(&self, _: &fees::FeePreviewRequest) -> Result<fees::FeePreview> {
        Err(Error::NotBuilt)
    }
    pub fn fee_save(&self, _: &fees::FeeSaveRequest) -> Result<fees::FeeSaved> {
        Err(Error::NotBuilt)
    }
    pub fn fee_delete(&self, _: &fees::FeeRequest) -> Result<fees::FeesView> {
        Err(Error::NotBuilt)
    }
    pub fn invoices(&self, _: &apps::AppRequest) -> Result<invoices::InvoicesView> {
        Err(Error::NotBuilt)
    }
    pub fn invoice_preview(&self, _: &invoices::InvoicePreviewRequest) -> Result<invoices::InvoicePreview> {
        Err(Error::NotBuilt)
    }
    pub fn invoice_save(&self, _: &invoices::InvoiceSaveRequest) -> Result<invoices::InvoiceSaved> {
        Err(Error::NotBuilt)
    }
    pub fn invoice_delete(&self, _: &invoices::InvoiceRequest) -> Result<invoices::InvoicesView> {
        Err(Error::NotBuilt)
    }
    pub fn rates(&self) -> Result<rates::RatesView> {
        Err(Error::NotBuilt)
    }
    pub fn rate_save(&self, _: &rates::RateSaveRequest) -> Result<rates::RateSaved> {
        Err(Error::NotBuilt)
    }
    pub fn rate_delete(&self, _: &rates::RateDeleteRequest) -> Result<rates::RateDeleted> {
        Err(Error::NotBuilt)
    }
    pub fn rates_undo(&self) -> Result<purchases::Undone> {
        Err(Error::NotBuilt)
    }
    pub fn draft_save(&self, _: &drafts::DraftRequest) -> Result<()> {
        Err(Error::NotBuilt)
    }
    pub fn draft_get(&self, _: &drafts::DraftKey) -> Result<Option<String>> {
        Err(Error::NotBuilt)
    }
    pub fn draft_clear(&self, _: &drafts::DraftKey) -> Result<()> {
        Err(Error::NotBuilt)
    }
}
