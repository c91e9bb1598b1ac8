//! What every figure of an app rests on beside its members: purchases, fees, rates and the base currency.
//! Absent on purpose: figures.

use ledger::spend::Setting;
use ledger::{Currency, Exchange, Fee, Purchase, RatePolicy, Rates};
use store::App;

use crate::error::Result;
use crate::seatledger::Rooms;

/// Read once for a question, so that all its figures rest on the same.
pub(crate) struct Inputs {
    pub(crate) purchases: Vec<Purchase>,
    pub(crate) fees: Vec<Fee>,
    pub(crate) rates: Option<Rates>,
    pub(crate) base: Currency,
}

impl Inputs {
    /// How amounts are brought into the base currency. As long as no rate is recorded they stay in their own.
    pub(crate) fn exchange(&self) -> Option<Exchange<'_>> {
        let rates = self.rates.as_ref()?;
        Some(Exchange { base: self.base, rates, policy: RatePolicy::default() })
    }

    pub(crate) fn setting(&self) -> Setting<'_> {
        Setting { default: Some(self.base), exchange: self.exchange(), fees: &self.fees }
    }
}

impl Rooms {
    pub(crate) fn inputs(&self, app: &App) -> Result<Inputs> {
        Ok(Inputs {
            purchases: self.store.purchases(app.id)?,
            fees: Vec::new(),
            rates: None,
            base: self.default_currency()?,
        })
    }
}
