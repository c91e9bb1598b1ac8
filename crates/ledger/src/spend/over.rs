//! Which purchases charge for accounts beyond the seats on a day, for how many, and at what price (spend.md D6).

use jiff::civil::Date;

use crate::beyond::{Beside, Beyond};
use crate::contract::contract_term;
use crate::counts::Counts;
use crate::installments::terms_without_double_days;
use crate::money::{Currency, Exact};
use crate::overage::OverageFrom;
use crate::purchase::{Frequency, Purchase, PurchaseId};
use crate::spend::holding::Holding;

/// Accounts beyond the seats that a purchase charges for.
#[derive(Debug, Clone)]
pub(super) struct Over {
    pub purchase: PurchaseId,
    pub seats: u64,
    /// What each costs in a year; `None` while the price is not known.
    pub unit: Option<Exact>,
    /// The true-up day, while that is still to come: until then they cost nothing.
    pub from: Option<Date>,
    /// How often it is paid.
    pub frequency: Frequency,
    /// The currency of the figures.
    pub currency: Currency,
}

/// The purchases in force that have agreed on it, with what each charges for.
pub(super) fn of(holding: &Holding, day: Date, purchases: &[Purchase], counts: Option<&Counts>) -> Vec<Over> {
    if holding.lots.iter().all(|lot| lot.purchase.conditions.overage.is_none()) {
        return Vec::new();
    }
    let key = holding.facts.license_type.as_str();
    let terms = terms_without_double_days(purchases).into_iter().zip(purchases);
    let own: Vec<_> = terms.filter(|(_, purchase)| purchase.license_type == key).collect();
    let beside = own.iter().map(|(term, purchase)| Beside {
        origin: purchase.origin(),
        contract: contract_term(*term, &purchase.conditions),
        term: *term,
        seats: purchase.seats(),
        overage: purchase.conditions.overage,
    });
    let beyond = Beyond::new(beside.collect());
    let accounts = |on: Date| match counts.filter(|_| on < day) {
        Some(counts) => counts.on(key, on),
        None => holding.accounts(),
    };
    let charged = holding.lots.iter().filter_map(|lot| {
        let agreed = lot.purchase.conditions.overage?;
        let index = own.iter().position(|(_, purchase)| std::ptr::eq(*purchase, lot.purchase))?;
        let since = counts.map_or(Date::MIN, |counts| counts.since);
        let (counted, from) = match agreed.charged {
            OverageFrom::TrueUp(on) if on <= day => (beyond.counted_on(index, on, since)?.min(day), None),
            OverageFrom::TrueUp(on) => (day, Some(on)),
            OverageFrom::Start => (day, None),
        };
        let seats = beyond.excess(index, counted, accounts(counted));
        let (frequency, currency) = (lot.purchase.frequency, lot.currency);
        Some(Over { purchase: lot.purchase.id, seats, unit: lot.overage(), from, frequency, currency })
    });
    charged.collect()
}
