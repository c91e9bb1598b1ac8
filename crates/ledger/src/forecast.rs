//! What is to be paid in the months to come: purchases, their renewals with uplift and the seats planned for them, and other
//! seat changes that are known.
//! Absent on purpose: guessing how many members there will be.

mod prices;

pub use prices::Priced;
pub(crate) use prices::renewal_price;

use std::collections::HashSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::calendar::{months_after, nth_date};
use crate::conditions::RenewalTerms;
use crate::contract::period_of;
use crate::counts::Counts;
use crate::fee::Fee;
use crate::fiscal::{Bucket, FiscalYear, Grain};
use crate::format::counted;
use crate::money::Currency;
use crate::purchase::{Frequency, Per, Price, Purchase, PurchaseId, Quantity};
use crate::rates::Exchange;
use crate::renew::{as_planned, co_terminated, nth_renewal, uplifted, with_seats};
use crate::scenario::Change;
use crate::succession::successions;
use crate::table::{Basis, Table, Wanted, table};
use crate::type_names::TypeNames;

/// Months that a forecast usually looks ahead.
pub const USUAL_MONTHS: u32 = 24;

/// A change of seats that is already known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatChange {
    /// The purchase.
    pub purchase: PurchaseId,
    /// From this day.
    pub day: Date,
    /// How many more, or fewer.
    pub seats: i64,
}

/// Another price, frequency or currency of a purchase: what is agreed, or paid already, keeps its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repriced {
    /// The purchase.
    pub purchase: PurchaseId,
    /// With the first renewal, or payment of a purchase without an end, on this day or after it.
    pub day: Date,
    /// The new price, per unit or for the lot as the purchase has it.
    pub amount: Decimal,
    /// The new frequency, where that changes.
    pub frequency: Option<Frequency>,
    /// The new currency, where that changes.
    pub currency: Option<Currency>,
}

impl Repriced {
    /// What a scenario's change says; `None` for one of another kind.
    pub fn of(change: &Change) -> Option<Self> {
        let (purchase, day, amount, frequency, currency) = match *change {
            Change::Price { purchase, amount, day } => (purchase, day, amount, None, None),
            Change::Frequency { purchase, frequency, amount, day } => (purchase, day, amount, Some(frequency), None),
            Change::Currency { purchase, currency, amount, day } => (purchase, day, amount, None, Some(currency)),
            Change::Seats { .. } | Change::Downgrade { .. } | Change::LastDay { .. } => return None,
        };
        Some(Self { purchase, day, amount, frequency, currency })
    }

    /// The purchase with it.
    pub(crate) fn applied(&self, purchase: Purchase) -> Purchase {
        let per = purchase.price.map_or(Per::Unit, |price| price.per);
        Purchase {
            price: Some(Price { amount: self.amount, per }),
            frequency: self.frequency.unwrap_or(purchase.frequency),
            currency: self.currency.unwrap_or(purchase.currency),
            ..purchase
        }
    }
}

/// Which terms are expected to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renewing {
    /// Those that renew by themselves.
    #[default]
    Automatic,
    /// All of them.
    All,
}

/// What a forecast is made of.
#[derive(Debug, Clone, Copy)]
pub struct Outlook<'a> {
    /// The first day: the rest of its month is the first of the months.
    pub from: Date,
    /// How many months.
    pub months: u32,
    /// Payments on their days, or cost by days.
    pub basis: Basis,
    /// All purchases of the app.
    pub purchases: &'a [Purchase],
    /// The fees to include.
    pub fees: &'a [Fee],
    /// Keys of the license types that are marked free.
    pub free: &'a [&'a str],
    /// What license types are called.
    pub names: TypeNames<'a>,
    /// Changes of seats that are already known.
    pub changes: &'a [SeatChange],
    /// Other prices, frequencies and currencies from a day on, in their order.
    pub repriced: &'a [Repriced],
    /// Which terms are expected to go on.
    pub renewing: Renewing,
    /// Which purchases were entered to continue which, the later one first.
    pub continued: &'a [(PurchaseId, PurchaseId)],
    /// How amounts are brought into the base currency.
    pub exchange: Option<Exchange<'a>>,
    /// The accounts that unlimited seats at a price per unit are paid for: the last count stands for the months to come.
    pub counts: Option<&'a Counts>,
}

/// A forecast, with the band in which it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// At today's prices.
    pub low: Table,
    /// With the expected uplifts.
    pub expected: Table,
    /// With the most that the contracts allow.
    pub high: Table,
}

/// At what prices terms are renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uplift {
    /// At today's.
    None,
    /// With the expected uplift.
    Expected,
    /// With the most that the contract allows.
    Most,
}

impl Uplift {
    fn percent(self, terms: RenewalTerms) -> Option<Decimal> {
        match self {
            Self::None => None,
            Self::Expected => Some(terms.expected()),
            Self::Most => Some(terms.most()),
        }
    }
}

/// What one line of a forecast is made of: its months, and the purchases with those that follow them.
#[derive(Debug, Clone)]
pub struct Ahead {
    /// The rest of the first month, then whole ones.
    pub buckets: Vec<Bucket>,
    /// The purchases, and those that are expected to follow.
    pub purchases: Vec<Purchase>,
}

impl Ahead {
    /// At these prices.
    pub fn of(outlook: &Outlook, uplift: Uplift) -> Self {
        let first = outlook.from.first_of_month();
        let until = until(outlook);
        let mut buckets = FiscalYear::default().buckets(Grain::Month, first, until);
        if let Some(running) = buckets.first_mut() {
            running.from = outlook.from;
        }
        let continued = continued(outlook);
        let to_come = |purchase: &Purchase| to_come(purchase, outlook, &continued, until, uplift);
        Self { buckets, purchases: outlook.purchases.iter().flat_map(to_come).collect() }
    }

    /// What its table is made of.
    pub fn wanted<'a>(&'a self, outlook: &Outlook<'a>) -> Wanted<'a> {
        let Outlook { basis, fees, free, names, exchange, counts, .. } = *outlook;
        Wanted { basis, purchases: &self.purchases, fees, free, names, buckets: &self.buckets, exchange, counts }
    }
}

/// The rest of the month of the day, and the months after it: what was paid before the day is not to be paid.
pub fn forecast(outlook: &Outlook) -> Forecast {
    let made = |uplift| table(&Ahead::of(outlook, uplift).wanted(outlook));
    Forecast { low: made(Uplift::None), expected: made(Uplift::Expected), high: made(Uplift::Most) }
}

fn until(outlook: &Outlook) -> Date {
    months_after(outlook.from.first_of_month(), outlook.months)
}

/// Purchases that others continue already.
fn continued(outlook: &Outlook) -> HashSet<PurchaseId> {
    successions(outlook.purchases, outlook.continued).into_iter().map(|found| found.before).collect()
}

/// The purchase itself with what is added in its term, then its renewals.
fn to_come(
    purchase: &Purchase,
    outlook: &Outlook,
    continued: &HashSet<PurchaseId>,
    until: Date,
    uplift: Uplift,
) -> Vec<Purchase> {
    let changes = changes_of(purchase, outlook);
    if purchase.term.end.is_none() {
        return open_ended(purchase, &changes, outlook.repriced, outlook.names);
    }
    let mut all = vec![purchase.clone()];
    all.extend(changes.iter().filter_map(|change| added(purchase, *change, outlook.names)));
    if is_renewed(purchase, outlook, continued) {
        all.extend(renewals(purchase, &changes, outlook.repriced, until, uplift, outlook.names));
    }
    all
}

/// Whether a term is expected to be followed by another one.
fn is_renewed(purchase: &Purchase, outlook: &Outlook, continued: &HashSet<PurchaseId>) -> bool {
    let goes_on = match outlook.renewing {
        Renewing::Automatic => purchase.auto_renews,
        Renewing::All => true,
    };
    goes_on && !purchase.goes_on() && !continued.contains(&purchase.id)
}

/// The changes of its seats, by day.
fn changes_of(purchase: &Purchase, outlook: &Outlook) -> Vec<SeatChange> {
    let own = outlook.changes.iter().filter(|change| change.purchase == purchase.id && change.seats != 0);
    let mut changes: Vec<SeatChange> = own.copied().collect();
    changes.sort_by_key(|change| change.day);
    changes
}

/// Seats that are added within the term: from their day to its end, by days.
pub(crate) fn added(purchase: &Purchase, change: SeatChange, names: TypeNames) -> Option<Purchase> {
    let seats = u32::try_from(change.seats).ok()?;
    let from = change.day.max(purchase.term.from);
    let mut added = co_terminated(purchase, from, seats).ok()?;
    added.auto_renews = false;
    added.name = format!("{}, {seats} more seats", named(purchase, names));
    Some(added)
}

fn renewals(
    purchase: &Purchase,
    changes: &[SeatChange],
    repriced: &[Repriced],
    until: Date,
    uplift: Uplift,
    names: TypeNames,
) -> Vec<Purchase> {
    let percent = uplift.percent(purchase.conditions.renewal);
    let mut priced = as_planned(purchase.clone());
    let planned = match priced.quantity {
        Quantity::Seats(seats) if priced.quantity != purchase.quantity => {
            format!(", {} as planned", counted(seats.into(), "seat", "seats"))
        }
        _ => String::new(),
    };
    let mut repriced: Vec<&Repriced> = repriced.iter().filter(|change| change.purchase == purchase.id).collect();
    let mut all = Vec::new();
    for k in 1.. {
        let Some(renewal) = nth_renewal(purchase, k) else { break };
        let term = renewal.term;
        if term.from >= until || term.end.is_none_or(|end| end <= term.from) {
            break;
        }
        if let Some(percent) = percent.filter(|percent| !percent.is_zero()) {
            priced = uplifted(priced, percent);
        }
        // A price that is said is the price of its renewal; what comes later is raised from there.
        for change in repriced.extract_if(.., |change| change.day <= term.from) {
            priced = change.applied(priced);
        }
        let before = changes.iter().filter(|change| change.day <= term.from);
        let Some(mut next) = changed(&priced, before) else { break };
        next.term = term;
        next.conditions.contract = None;
        next.conditions.overage = renewal.conditions.overage;
        next.name = format!("{}, renewal {k}{planned}", named(purchase, names));
        all.push(next);
    }
    all
}

/// Without an end prices and seats change with the next payment.
fn open_ended(purchase: &Purchase, changes: &[SeatChange], repriced: &[Repriced], names: TypeNames) -> Vec<Purchase> {
    // What is priced anew is the purchase with the seats that it has now: a price for the lot is said for those.
    let (mut priced, mut current, mut rest) = (purchase.clone(), purchase.clone(), changes);
    let mut all = Vec::new();
    for change in repriced.iter().filter(|change| change.purchase == purchase.id) {
        let Some(from) = next_payment(&current, change.day.max(current.term.from)) else { continue };
        let (before, later) = rest.split_at(rest.partition_point(|change| change.day < from));
        rest = later;
        let Parts { ended, last } = reseated(&current, before, names);
        all.extend(ended);
        if last.term.end.is_some() {
            all.push(last);
            return all;
        }
        priced = change.applied(priced);
        let next = match last.quantity {
            Quantity::Seats(seats) if last.quantity != priced.quantity => with_seats(&priced, seats),
            _ => priced.clone(),
        };
        current = last.continued_by(next, from);
        if last.term.from < from {
            all.push(last.continued_on(from));
        }
    }
    let Parts { ended, last } = reseated(&current, rest, names);
    all.extend(ended);
    all.push(last);
    all
}

/// What becomes of a purchase without an end.
struct Parts {
    /// What is over before the last part, and seats that were added for themselves.
    ended: Vec<Purchase>,
    /// The last part: it has an end only where no seat is left.
    last: Purchase,
}

/// Without an end the seats change with the next payment; those that are added before it are charged by days. What is paid
/// once has no next payment: it stays, and seats that are added are paid for themselves.
fn reseated(purchase: &Purchase, changes: &[SeatChange], names: TypeNames) -> Parts {
    let mut ended = Vec::new();
    let mut last = purchase.clone();
    // The seats that were bought so far say what more of them cost.
    let mut bought = purchase.clone();
    for change in changes {
        let next = next_payment(&last, change.day.max(last.term.from));
        let from = change.day.max(purchase.origin().from);
        let more = added(&bought, *change, names).filter(|_| next.is_none_or(|next| from < next));
        let Some(next) = next else {
            bought = changed(&bought, std::iter::once(change)).filter(|_| more.is_some()).unwrap_or(bought);
            ended.extend(more);
            continue;
        };
        ended.extend(more.map(|mut more| {
            more.term.from = from;
            more.continued_on(next)
        }));
        let Some(later) = changed(&bought, std::iter::once(change)) else {
            last.term.end = Some(next);
            break;
        };
        let later = last.continued_by(later, next);
        if last.term.from < next {
            ended.push(last.continued_on(next));
        }
        last = later;
        bought = last.clone();
    }
    Parts { ended, last }
}

/// The first payment on the day or after it; none where the price was paid once before.
pub(crate) fn next_payment(purchase: &Purchase, day: Date) -> Option<Date> {
    let (contract, first) = (purchase.contract_term(), purchase.origin().from);
    let Some(months) = purchase.frequency.months() else { return (day <= first).then_some(first) };
    let before = period_of(contract, months, day);
    let start = nth_date(contract.from, months, before);
    Some(if start >= day { start } else { nth_date(contract.from, months, before.saturating_add(1)) })
}

/// The purchase with the changes; `None` when no seat is left.
fn changed<'a>(purchase: &Purchase, changes: impl Iterator<Item = &'a SeatChange>) -> Option<Purchase> {
    let Quantity::Seats(seats) = purchase.quantity else { return Some(purchase.clone()) };
    let after = changes.fold(i64::from(seats), |seats, change| seats.saturating_add(change.seats));
    let after = u32::try_from(after.max(0)).unwrap_or(u32::MAX);
    (after > 0).then(|| if after == seats { purchase.clone() } else { with_seats(purchase, after) })
}

fn named<'a>(purchase: &'a Purchase, names: TypeNames<'a>) -> &'a str {
    let own = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty());
    own.map_or_else(|| names.of(&purchase.license_type), String::as_str)
}
