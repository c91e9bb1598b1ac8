//! What was entered, in currencies that say how their amounts are rounded when they are shown: the organisation's choice.
//! Absent on purpose: rounding; the ledger does that.

use ledger::{Currency, Fee, Invoice, Purchase, Rate, Rounding};
use store::{AppId, RateId};

use crate::error::Result;
use crate::seatledger::Rooms;

/// The setting's words.
pub(crate) const ROUNDINGS: [(&str, Rounding); 2] = [("half-up", Rounding::HalfUp), ("half-even", Rounding::HalfEven)];

impl Rooms {
    /// Half up until it is chosen otherwise.
    pub(crate) fn rounding(&self) -> Result<Rounding> {
        let chosen = self.store.setting("rounding")?;
        let found = ROUNDINGS.iter().find(|(word, _)| chosen.as_deref() == Some(word));
        Ok(found.map(|(_, rounding)| *rounding).unwrap_or_default())
    }

    pub(crate) fn purchases_entered(&self, app: AppId) -> Result<Vec<Purchase>> {
        let mut purchases = self.store.purchases(app)?;
        self.round(purchases.iter_mut().map(|purchase| &mut purchase.currency))?;
        Ok(ledger::joined(purchases, &self.store.price_changes(app)?))
    }

    pub(crate) fn fees_entered(&self, app: AppId) -> Result<Vec<Fee>> {
        let mut fees = self.store.fees(app)?;
        self.round(fees.iter_mut().map(|fee| &mut fee.currency))?;
        Ok(ledger::joined_fees(fees, &self.store.fee_changes(app)?))
    }

    pub(crate) fn invoices_entered(&self, app: AppId) -> Result<Vec<Invoice>> {
        let mut invoices = self.store.invoices(app)?;
        self.round(invoices.iter_mut().map(|invoice| &mut invoice.currency))?;
        Ok(invoices)
    }

    pub(crate) fn rates_entered(&self) -> Result<Vec<(RateId, Rate)>> {
        let mut rates = self.store.rates()?;
        self.round(rates.iter_mut().flat_map(|(_, rate)| [&mut rate.from, &mut rate.to]))?;
        Ok(rates)
    }

    fn round<'a>(&self, currencies: impl Iterator<Item = &'a mut Currency>) -> Result<()> {
        let rounding = self.rounding()?;
        currencies.for_each(|currency| *currency = currency.rounding(rounding));
        Ok(())
    }
}
