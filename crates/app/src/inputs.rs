//! What every figure of an app rests on beside its members: purchases, fees, rates and the base currency.
//! Absent on purpose: figures.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use ledger::{
    Counts, Currency, Exchange, Fee, FiscalYear, Headcount, Payer, Purchase, PurchaseId, RatePolicy, Rates, Setting,
};
use store::{App, AppId};

use crate::activity::Types;
use crate::error::{Error, Result};
use crate::seatledger::{Rooms, locked};

/// Read once for a question, so that all its figures rest on the same.
pub(crate) struct Inputs {
    pub(crate) purchases: Vec<Purchase>,
    /// Which of them were entered to continue which, the later one first.
    pub(crate) continued: Vec<(PurchaseId, PurchaseId)>,
    pub(crate) fees: Vec<Fee>,
    /// Those that belong to the annual spend: tables and forecasts hold no others.
    pub(crate) table_fees: Vec<Fee>,
    pub(crate) rates: Option<Rates>,
    /// Which of them serves.
    pub(crate) policy: RatePolicy,
    pub(crate) headcounts: Vec<Headcount>,
    pub(crate) base: Currency,
    pub(crate) today: Date,
    pub(crate) fiscal: FiscalYear,
    /// Keys of the license types that are marked free.
    pub(crate) free: Vec<String>,
    /// Keys of the license types, each with its name.
    names: Vec<(String, String)>,
    /// The billable accounts day by day; `None` before the first roster.
    pub(crate) counts: Option<Counts>,
    /// Who pays for whom on the days that were asked for, of the past as it was then.
    pub(crate) payers: Mutex<HashMap<(Date, Option<Date>), Payers>>,
}

/// Accounts that rules name, by license type and purchase.
pub(crate) type Payers = BTreeMap<String, BTreeMap<Payer, u64>>;

impl Inputs {
    /// How amounts are brought into the base currency. As long as no rate is recorded they stay in their own.
    pub(crate) fn exchange(&self) -> Option<Exchange<'_>> {
        let rates = self.rates.as_ref()?;
        Some(Exchange { base: self.base, rates, policy: self.policy, today: self.today })
    }

    pub(crate) fn free(&self) -> Vec<&str> {
        self.free.iter().map(String::as_str).collect()
    }

    pub(crate) fn names(&self) -> Vec<(&str, &str)> {
        self.names.iter().map(|(key, name)| (key.as_str(), name.as_str())).collect()
    }

    pub(crate) fn setting(&self) -> Setting<'_> {
        Setting {
            default: Some(self.base),
            exchange: self.exchange(),
            fees: &self.fees,
            headcounts: &self.headcounts,
            counts: self.counts.as_ref(),
        }
    }
}

/// What was read last for each app, and the store's version before that.
#[derive(Default)]
pub(crate) struct Kept(HashMap<AppId, (u64, Arc<Inputs>)>);

impl Rooms {
    /// Read again after anyone, this process or another, has changed what is stored. The version is asked before: what
    /// changes meanwhile is read next time. A new day asks again: which months are over depends on it. While it cannot be
    /// told, as during the writing of a draft, nothing is kept.
    pub(crate) fn inputs(&self, app: &App) -> Result<Arc<Inputs>> {
        let Ok(version) = self.store.data_version() else { return Ok(Arc::new(self.read_inputs(app)?)) };
        let today = self.today()?;
        let same = |(known, inputs): &&(u64, Arc<Inputs>)| *known == version && inputs.today == today;
        if let Some((_, inputs)) = locked(&self.inputs).0.get(&app.id).filter(same) {
            return Ok(Arc::clone(inputs));
        }
        let inputs = Arc::new(self.read_inputs(app)?);
        locked(&self.inputs).0.insert(app.id, (version, Arc::clone(&inputs)));
        Ok(inputs)
    }

    fn read_inputs(&self, app: &App) -> Result<Inputs> {
        let types = self.types(app)?;
        let fees = self.fees_entered(app.id)?;
        let counts = self.counts(app, &types)?;
        let names = types.0.iter().map(|known| (known.key.to_string(), known.name.clone())).collect();
        let free = types.0.into_iter().filter(|known| known.free);
        Ok(Inputs {
            purchases: self.purchases_entered(app.id)?,
            continued: self.store.successions(app.id)?,
            table_fees: fees.iter().filter(|fee| fee.in_annual_spend).cloned().collect(),
            fees,
            rates: self.recorded_rates()?,
            policy: self.rate_policy()?,
            headcounts: self.store.headcounts()?.into_iter().map(|(_, headcount)| headcount).collect(),
            base: self.default_currency()?,
            today: self.today()?,
            fiscal: self.fiscal_year()?,
            free: free.map(|known| known.key.to_string()).collect(),
            names,
            counts,
            payers: Mutex::default(),
        })
    }

    fn counts(&self, app: &App, types: &Types) -> Result<Option<Counts>> {
        let known = |day: &Date| self.looking_back.is_none_or(|as_of| *day <= as_of);
        let days: Vec<Date> = self.store.sync_days(app.id)?.into_iter().filter(known).collect();
        let (Some(since), Some(last)) = (days.first(), days.last()) else { return Ok(None) };
        let mut steps: BTreeMap<String, Vec<(Date, u64)>> = BTreeMap::new();
        let history = if self.store.counting(app.id)?.deactivated_billable {
            self.store.seat_history(app.id)?
        } else {
            self.store.active_history(app.id)?
        };
        for (day, license, active) in history {
            if let Some(key) = license.key().filter(|_| known(&day) && types.billable(&license)) {
                steps.entry(key.to_string()).or_default().push((day, active));
            }
        }
        Ok(Some(Counts { since: *since, last: *last, steps }))
    }

    /// The figure's day until something else is chosen.
    pub(crate) fn rate_policy(&self) -> Result<RatePolicy> {
        Ok(self.store.rate_policy()?.unwrap_or_default())
    }

    /// `None` as long as no rate is recorded.
    pub(crate) fn recorded_rates(&self) -> Result<Option<Rates>> {
        let recorded = self.rates_entered()?;
        if recorded.is_empty() {
            return Ok(None);
        }
        let rates = Rates::new(recorded.into_iter().map(|(_, rate)| rate));
        // The store refuses what could not be used; a file that was changed by hand may hold it all the same.
        rates.map(Some).map_err(|error| Error::Interrupted(format!("A recorded rate {error}")))
    }

    /// The fiscal year, which starts with a month.
    pub(crate) fn fiscal_year(&self) -> Result<FiscalYear> {
        let month = i8::try_from(self.fiscal_year_start()?).ok();
        Ok(month.and_then(|month| FiscalYear::new(month, 1).ok()).unwrap_or_default())
    }
}
