//! What an app's licenses cost in a year, as of one day, per license type and in total, each figure with its reason.
//! Absent on purpose: who the members are; the caller counts them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::because::Line;
use crate::counts::Counts;
use crate::fee::Fee;
use crate::headcount::Headcount;
use crate::money::Currency;
use crate::purchase::Purchase;
use crate::rates::Exchange;

mod accounts;
mod activity;
mod allocate;
mod bases;
mod currencies;
mod figures;
mod force;
mod holding;
mod invoice_days;
mod note;
mod over;
mod paying;
mod rest;
mod settle;
mod sum;
mod tally;
mod total;
mod type_spend;
mod waste;

pub use activity::{ActivityCounts, Reclaim};
pub use allocate::{By, Chargeback, ChargebackRow, Payer, chargeback, payer};
pub use bases::{Bases, bases};
pub(crate) use currencies::listed;
pub use force::{in_force, seats_in_force};
pub use note::{Note, NoteKind};
pub use paying::Paying;
pub use sum::Sum;
pub use tally::{Counted, SeatCounts};
pub use waste::WasteAt;

/// A license type with its counts on the day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypeFacts {
    /// Its key.
    pub license_type: String,
    /// Its name.
    pub name: String,
    /// Whether contracts charge for it.
    pub billable: bool,
    /// Known to cost nothing.
    pub free: bool,
    /// Members who hold it.
    pub assigned: u64,
    /// Of those, the ones that are billable.
    pub billable_accounts: u64,
    /// Of those that are billable, the deactivated ones: where the contract charges for them.
    pub deactivated: u64,
    /// How those that are billable count by their last activity; those in none of the counts are not monitored.
    pub activity: ActivityCounts,
    /// Billable accounts that a purchase pays for by its rules; the others share the average price. Empty without rules.
    pub payers: BTreeMap<Payer, u64>,
}

/// What figures rest on besides members and purchases.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// The currency of a known 0 where no purchase tells one.
    pub default: Option<Currency>,
    /// How amounts are brought into the base currency; without it they stay in their own.
    pub exchange: Option<Exchange<'a>>,
    /// Miscellaneous fees.
    pub fees: &'a [Fee],
    /// The organisation's headcounts, in any order.
    pub headcounts: &'a [Headcount],
    /// Accounts over time: what a true-up in the past goes by. Without them those of the day stand in.
    pub counts: Option<&'a Counts>,
}

/// Spend of one app on one day. Its totals are exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spend {
    /// The day.
    pub day: Date,
    /// The one currency of the purchases in force; `None` without any or with several.
    pub currency: Option<Currency>,
    /// Accounts that contracts charge for.
    pub billable_accounts: u64,
    /// Annual spend for them.
    pub billable_annual: Line,
    /// What the contracts commit to in a year.
    pub committed_annual: Line,
    /// What unassigned seats cost in a year.
    pub waste_annual: Line,
    /// Seats and members of all license types, each with its reason.
    pub counts: SeatCounts,
    /// Per license type, in the order given; types that only purchases name follow by key.
    pub by_type: Vec<TypeSpend>,
    /// Keys of the license types that cost something unknown.
    pub unpriced: Vec<String>,
    /// Doubts worth telling.
    pub notes: Vec<Note>,
    /// The day after which the first purchase with unassigned seats is over: its waste can be realised from then on.
    pub waste_from: Option<Date>,
}

/// Spend of one license type. Amounts are whole minor units that add up to the totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeSpend {
    /// Its key.
    pub license_type: String,
    /// Its name.
    pub name: String,
    /// Whether contracts charge for it.
    pub billable: bool,
    /// Known to cost nothing.
    pub free: bool,
    /// Seats in force; `None` when unlimited.
    pub purchased: Option<u64>,
    /// Whether a purchase in force is unlimited.
    pub unlimited: bool,
    /// Members who hold it.
    pub assigned: u64,
    /// Of those, the ones that are billable.
    pub billable_accounts: u64,
    /// How its accounts count by their last activity, whether or not contracts charge for them.
    pub activity: ActivityCounts,
    /// Seats that nobody holds; `None` when unlimited.
    pub unassigned: Option<u64>,
    /// Members beyond the seats; `None` when unlimited.
    pub over_assigned: Option<u64>,
    /// What one seat costs in a year, exactly.
    pub unit_annual: Line,
    /// Annual spend for its billable accounts.
    pub billable_annual: Line,
    /// What its contracts commit to in a year.
    pub committed_annual: Line,
    /// What its unassigned seats cost in a year.
    pub waste_annual: Line,
    /// Its seats and members, each with its reason.
    pub counts: SeatCounts,
}

/// Spend on the day. The order of the purchases does not matter.
pub fn spend(day: Date, types: &[TypeFacts], purchases: &[Purchase]) -> Spend {
    spend_in(day, types, purchases, Setting::default())
}

/// Spend on the day; a known 0 is shown in `default` where no purchase tells a currency.
pub fn spend_with_default(day: Date, types: &[TypeFacts], purchases: &[Purchase], default: Currency) -> Spend {
    spend_in(day, types, purchases, Setting { default: Some(default), ..Setting::default() })
}

/// Spend on the day in the base currency; fees are no part of it (see [`bases()`]).
pub fn spend_in(day: Date, types: &[TypeFacts], purchases: &[Purchase], setting: Setting) -> Spend {
    compute(day, &holding::all(day, types, purchases, setting), purchases, setting)
}

fn compute(day: Date, holdings: &[holding::Holding], purchases: &[Purchase], setting: Setting) -> Spend {
    let currencies = currencies::of(holdings, purchases, setting);
    let mut types: Vec<type_spend::Computed> =
        holdings.iter().map(|holding| type_spend::compute(holding, purchases, day, &currencies)).collect();
    let settled = currencies.total().map(|currency| settle::settle(&mut types, currency)).unwrap_or_default();
    let priced = holdings.iter().any(holding::Holding::is_priced);
    let unpriced = type_spend::unpriced(&types);
    Spend {
        day,
        currency: currencies.in_force(),
        billable_accounts: types.iter().map(|one| one.spend.billable_accounts).fold(0, u64::saturating_add),
        billable_annual: total::billable(&types, &currencies, priced, settled.billable),
        committed_annual: total::committed(&types, &currencies, priced, settled.committed),
        waste_annual: total::waste(&types, &currencies, priced, settled.waste),
        counts: tally::all(holdings, &types.iter().map(|one| &one.spend.counts).collect::<Vec<_>>()),
        waste_from: types.iter().filter_map(|one| one.waste_from).min(),
        notes: note::all(day, holdings, purchases, &currencies),
        by_type: types.into_iter().map(|one| one.spend).collect(),
        unpriced,
    }
}
