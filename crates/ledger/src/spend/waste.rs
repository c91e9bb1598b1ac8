//! Which purchase could give up which wasted seats, and when. Absent on purpose: telling vendors.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::because::{line, step};
use crate::day::day_text;
use crate::format::{counted, sentence_amount};
use crate::money::{Currency, Money, whole};
use crate::purchase::PurchaseId;
use crate::rule::Rule;
use crate::spend::Sum;
use crate::spend::holding::{Holding, Lot};
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
    /// Its last day: they cost until then. `None` without an end: they can be given up now.
    pub last_day: Option<Date>,
    /// The last day to give notice.
    pub notice_by: Option<Date>,
}

/// Shares the wasted seats of the type out: purchases without an end give up theirs first, then the first ones to end.
pub(super) fn of(holding: &Holding, currency: Option<Currency>) -> Vec<WasteAt> {
    if holding.facts.free {
        return Vec::new();
    }
    let idle = if holding.facts.billable { idle(holding).unwrap_or_default() } else { 0 };
    let mut left = holding.spare().saturating_add(idle).min(holding.seats());
    let mut lots: Vec<(&Lot, u64)> = holding.lots.iter().filter_map(|lot| Some((lot, lot.seats()?))).collect();
    lots.sort_by_key(|(lot, _)| (lot.purchase.term.end.is_some(), lot.purchase.term.end, Reverse(lot.purchase.id)));
    let unit = holding.unit().zip(currency);
    let mut wasted = Vec::new();
    for (lot, seats) in lots {
        let seats = seats.min(left);
        left = left.saturating_sub(seats);
        if seats > 0 {
            let amount = |(unit, currency): &(crate::Exact, Currency)| Money {
                amount: unit * whole(seats),
                currency: *currency,
            };
            wasted.push(WasteAt {
                license_type: holding.facts.license_type.clone(),
                purchase: lot.purchase.id,
                seats,
                annual: unit.as_ref().map(amount),
                last_day: lot.purchase.last_day(),
                notice_by: notice_by(lot.purchase),
            });
        }
    }
    wasted
}

/// Accounts that were not active; `None` when that is not monitored.
pub(super) fn idle(holding: &Holding) -> Option<u64> {
    Some(holding.accounts().saturating_sub(holding.facts.active?))
}

/// Adds what the purchase could give up.
pub(super) fn add(sum: &mut Sum, wasted: &WasteAt, type_name: &str, rule: Rule) {
    let seats = counted(wasted.seats, "seat", "seats");
    let when = match (wasted.last_day, wasted.notice_by) {
        (None, _) => String::new(),
        (Some(last), None) => format!(" until {}", day_text(last)),
        (Some(last), Some(notice)) => format!(" until {}, notice by {}", day_text(last), day_text(notice)),
    };
    let mut part = line(format!("{type_name}: {seats}{when}"), rule, seats.clone());
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
