//! From when a scenario's changes of seats and prices count, the same as in the forecast: a term that was agreed keeps its
//! own. Absent on purpose: other changes; they count at once.

use jiff::civil::Date;

use crate::day::day_text;
use crate::forecast::{Repriced, SeatChange, added, next_payment};
use crate::format::counted;
use crate::purchase::Purchase;
use crate::renew::nth_term;
use crate::scenario::{Change, Scenario, ScenarioError, change_all};
use crate::spend::TypeFacts;
use crate::type_names::TypeNames;

/// Terms beyond this one are not looked at.
const MOST_TERMS: u32 = 400;

/// A change of seats that does not count on the day yet.
pub(super) struct Later {
    /// The day from which it counts; `None` where what is paid once is paid no more.
    pub from: Option<Date>,
    /// What is kept until then; a sentence.
    pub sentence: String,
}

/// The purchases with all other changes, and with the seats that are added within their terms: what is agreed.
pub(super) fn agreed(
    scenario: &Scenario,
    types: &[TypeFacts],
    purchases: &[Purchase],
) -> Result<Vec<Purchase>, ScenarioError> {
    let others = scenario
        .changes
        .iter()
        .filter(|change| !matches!(change, Change::Seats { .. }) && Repriced::of(change).is_none());
    let (_, mut agreed) = change_all(others, types, purchases)?;
    let more: Vec<Purchase> = seats(scenario)
        .filter_map(|change| {
            added(agreed.iter().find(|purchase| purchase.id == change.purchase)?, change, TypeNames::default())
        })
        .collect();
    agreed.extend(more);
    Ok(agreed)
}

/// The changes of seats and prices that count after the day only; the purchases are those that are agreed.
pub(super) fn later(day: Date, scenario: &Scenario, agreed: &[Purchase]) -> Vec<Later> {
    let found = seats(scenario).filter_map(|change| {
        let purchase = agreed.iter().find(|purchase| purchase.id == change.purchase)?;
        let from = counts_from(purchase, change);
        is_later(day, from).then(|| Later { from, sentence: sentence(purchase, change, from) })
    });
    let prices = scenario.changes.iter().filter_map(Repriced::of).filter_map(|change| {
        let purchase = agreed.iter().find(|purchase| purchase.id == change.purchase)?;
        let from = agreed_until(purchase, change.day);
        is_later(day, from).then(|| Later { from, sentence: new_price(purchase, from) })
    });
    found.chain(prices).collect()
}

fn seats(scenario: &Scenario) -> impl Iterator<Item = SeatChange> + '_ {
    scenario.changes.iter().filter_map(|change| match *change {
        Change::Seats { purchase, seats, day } => Some(SeatChange { purchase, day, seats }),
        _ => None,
    })
}

fn is_later(day: Date, from: Option<Date>) -> bool {
    from.is_none_or(|from| day < from)
}

fn counts_from(purchase: &Purchase, change: SeatChange) -> Option<Date> {
    let day = change.day.max(purchase.term.from);
    match (purchase.term.end, change.seats < 0) {
        (None, false) => Some(day),
        (Some(end), false) if day < end => Some(day),
        _ => agreed_until(purchase, day),
    }
}

/// The first renewal on the day or after it, or payment where there is no end: until then what is agreed is paid. `None`
/// where the price was paid once and there is no end: then nothing is to be paid any more.
pub fn agreed_until(purchase: &Purchase, day: Date) -> Option<Date> {
    match purchase.term.end {
        None => next_payment(purchase, day.max(purchase.term.from)),
        Some(end) => {
            let starts = (1..MOST_TERMS).filter_map(|k| nth_term(&purchase.contract_term(), k)).map(|term| term.from);
            Some(starts.into_iter().find(|start| *start >= day).unwrap_or(end))
        }
    }
}

fn new_price(purchase: &Purchase, from: Option<Date>) -> String {
    let Some(from) = from else {
        return format!(
            "Purchase {} was paid once: no payment is to come that another price counts for.",
            purchase.id.0
        );
    };
    format!(
        "Purchase {} is paid as agreed until then: the new price is paid from {} on.",
        purchase.id.0,
        day_text(from)
    )
}

fn sentence(purchase: &Purchase, change: SeatChange, from: Option<Date>) -> String {
    let words = if change.seats < 0 { ("seat fewer", "seats fewer") } else { ("seat more", "seats more") };
    let how_many = counted(change.seats.unsigned_abs(), words.0, words.1);
    let id = purchase.id.0;
    let Some(from) = from else {
        return format!("Purchase {id} was paid once: no payment is to come that {how_many} would save.");
    };
    match purchase.last_day().filter(|_| change.seats < 0) {
        Some(last) => format!(
            "Purchase {id} keeps its seats until {}, as agreed: {how_many} from {} on.",
            day_text(last.max(from.yesterday().unwrap_or(from))),
            day_text(from)
        ),
        None => format!("Purchase {id}: {how_many} from {} on.", day_text(from)),
    }
}
