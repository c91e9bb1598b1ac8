//! Which purchase could give up which wasted seats, and when. Absent on purpose: telling vendors.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::because::{line, step};
use crate::day::day_text;
use crate::format::{counted, sentence_amount};
use crate::money::{Currency, Exact, Money, exact, ratio, whole};
use crate::purchase::PurchaseId;
use crate::rule::Rule;
use crate::spend::Sum;
use crate::spend::holding::{Holding, Lot};
use crate::spend::rest::split;
use crate::standing::notice_by;

/// Seats that one purchase could give up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasteAt {
    /// Key of the license type.
    pub license_type: String,
    /// The purchase.
    pub purchase: PurchaseId,
    /// How many of its seats are wasted.
    pub seats: u64,
    /// What they cost in a year; `None` while unknown.
    pub annual: Option<Money>,
    /// Whether they can be given up with the next payment; otherwise they cost until the last day.
    pub now: bool,
    /// Its last day; `None` without an end.
    pub last_day: Option<Date>,
    /// The last day to give notice.
    pub notice_by: Option<Date>,
    /// The minimum of a year that alone keeps them from being given up now.
    pub held_by: Option<Money>,
}

/// A purchase with counted seats, and how many of them are given up when.
struct Giving<'a> {
    lot: &'a Lot<'a>,
    seats: u64,
    now: u64,
    later: u64,
}

/// Shares the wasted seats of the type out: first what can be given up now, from purchases without an end before others;
/// then, from the first purchase to end on, what costs until a renewal.
pub(super) fn of(holding: &Holding, currency: Option<Currency>) -> Vec<WasteAt> {
    if holding.facts.free {
        return Vec::new();
    }
    let idle = if holding.facts.billable { idle(holding).unwrap_or_default() } else { 0 };
    let mut left = holding.spare().saturating_add(idle).min(holding.seats());
    // Seats that rules have taken are not wasted: those that are left have a price of their own.
    let unit = split(holding).rest.unit().or_else(|| holding.unit());
    let lots = holding.lots.iter().filter_map(|lot| Some(Giving { lot, seats: lot.seats()?, now: 0, later: 0 }));
    let mut lots: Vec<Giving> = lots.collect();
    lots.sort_by_key(|giving| order(giving.lot, false));
    for giving in &mut lots {
        giving.now = now(giving, unit.as_ref()).min(left);
        left = left.saturating_sub(giving.now);
    }
    lots.sort_by_key(|giving| order(giving.lot, true));
    for giving in &mut lots {
        giving.later = giving.seats.saturating_sub(giving.now).min(left);
        left = left.saturating_sub(giving.later);
    }
    lots.sort_by_key(|giving| order(giving.lot, false));
    let unit = unit.zip(currency);
    let wasted = |giving: &Giving| {
        let at = |seats: u64, now: bool| WasteAt {
            license_type: holding.facts.license_type.clone(),
            purchase: giving.lot.purchase.id,
            seats,
            annual: unit.as_ref().map(|(unit, currency)| Money { amount: unit * whole(seats), currency: *currency }),
            now,
            last_day: giving.lot.purchase.last_day(),
            notice_by: notice_by(giving.lot.purchase),
            held_by: minimum(giving.lot)
                .zip(currency)
                .filter(|_| !now)
                .map(|(amount, currency)| Money { amount, currency }),
        };
        [at(giving.now, true), at(giving.later, false)].into_iter().filter(|wasted| wasted.seats > 0)
    };
    lots.iter().flat_map(wasted).collect()
}

/// By end; those without one come first, or last.
fn order(lot: &Lot, last: bool) -> (bool, Option<Date>, Reverse<PurchaseId>) {
    let end = lot.purchase.term.end;
    (end.is_none() == last, end, Reverse(lot.purchase.id))
}

/// How many seats save something from the next payment on. A term that was agreed keeps its seats: a minimum limits what
/// may be given up, and grants nothing. Without an end it is no more than what stands above the minimum pays for.
fn now(giving: &Giving, unit: Option<&Exact>) -> u64 {
    let lot = giving.lot;
    if lot.purchase.term.end.is_some() {
        return 0;
    }
    let Some(least) = minimum(lot) else { return giving.seats };
    let above = lot.cost().map(|cost| cost - least).filter(|above| !above.is_negative());
    let seats = above.zip(unit).and_then(|(above, unit)| ratio(&above, unit));
    // A price of nothing wastes nothing.
    seats.and_then(|seats| seats.floor().to_integer().try_into().ok()).unwrap_or(0).min(giving.seats)
}

/// What a purchase without an end costs in a year at least, whatever is used.
fn minimum(lot: &Lot) -> Option<Exact> {
    let least = lot.purchase.conditions.commitment.per_payment.filter(|_| lot.purchase.term.end.is_none())?;
    Some(lot.converted(exact(least) * &lot.annual.as_ref()?.payments_a_year))
}

/// Accounts that were not active; `None` when that is not monitored.
pub(super) fn idle(holding: &Holding) -> Option<u64> {
    Some(holding.accounts().saturating_sub(holding.facts.active?))
}

/// Adds what the purchase could give up.
pub(super) fn add(sum: &mut Sum, wasted: &WasteAt, type_name: &str, rule: Rule) {
    let seats = counted(wasted.seats, "seat", "seats");
    let when = match (wasted.last_day.filter(|_| !wasted.now), wasted.notice_by) {
        (None, _) if wasted.now => String::new(),
        (None, _) => " until the contract is changed".to_owned(),
        (Some(last), None) => format!(" until {}", day_text(last)),
        (Some(last), Some(notice)) => format!(" until {}, notice by {}", day_text(last), day_text(notice)),
    };
    let held = wasted.held_by.as_ref().map_or_else(String::new, |least| {
        format!(", held by the minimum of {} a year", sentence_amount(&least.amount, least.currency))
    });
    let mut part = line(format!("{type_name}: {seats}{when}{held}"), rule, seats.clone());
    part.because.purchase = Some(wasted.purchase);
    match &wasted.annual {
        Some(Money { amount, currency }) => {
            let unit = sentence_amount(&(amount / whole(wasted.seats.max(1))), *currency);
            part.because = step(part.because.label, String::new(), rule, format!("{seats} × {unit}"));
            part.because.purchase = Some(wasted.purchase);
            part.set(amount.clone(), *currency);
        }
        None => part.caveat = Some(format!("{seats} of {type_name} have no price.")),
    }
    sum.add(part);
}
