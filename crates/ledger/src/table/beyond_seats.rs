//! Accounts beyond the purchased seats in a table, where the purchase says what they cost.
//! Absent on purpose: accounts of purchases that say nothing of it; nothing is billed for them.

use std::collections::HashMap;

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::beyond::{Beside, Beyond};
use crate::calendar::months_after;
use crate::contract::contract_term;
use crate::counts::Counts;
use crate::day::day_text;
use crate::installments::{Installment, PerAccount};
use crate::overage::{OverSpan, OverageFrom, OveragePiece, overage};
use crate::rule::Rule;
use crate::table::by_accounts::{ByAccounts, last_count};
use crate::table::{Entered, Line, Lines};

/// All purchases of the license types of which one agrees on it.
pub(super) fn by_type<'a>(lines: &[Line<'a>]) -> HashMap<&'a str, (Vec<usize>, Beyond)> {
    let agreed = lines.iter().filter(|line| line.charged.conditions.overage.is_some());
    let mut all: HashMap<&str, (Vec<usize>, Vec<Beside>)> =
        agreed.filter_map(|line| Some((line.license_type?, (Vec::new(), Vec::new())))).collect();
    for (place, line) in lines.iter().enumerate() {
        let (Entered::Purchase(purchase), Some(own)) = (line.of, line.license_type.and_then(|key| all.get_mut(key)))
        else {
            continue;
        };
        own.0.push(place);
        own.1.push(Beside {
            origin: purchase.origin(),
            contract: contract_term(line.term, &purchase.conditions),
            term: line.term,
            seats: line.charged.seats(),
            overage: line.charged.conditions.overage,
        });
    }
    all.into_iter().map(|(key, (places, own))| (key, (places, Beyond::new(own)))).collect()
}

/// Adds what the accounts beyond the seats cost within `[from, until)`, and what that rests on.
pub(super) fn add(paid: &mut ByAccounts, line: &Line, lines: &Lines, counts: &Counts, (from, until): (Date, Date)) {
    let (Some(agreed), Some(license_type)) = (line.charged.conditions.overage, line.license_type) else { return };
    let Some((index, beyond)) = lines.beyond(line) else { return };
    // A period that starts within the range is charged for all of its days.
    let whole_periods = months_after(until, line.charged.frequency.months().unwrap_or(12).into());
    let spans = beyond.spans(index, license_type, counts, whole_periods);
    let pieces = overage(&line.charged, &spans, whole_periods).unwrap_or_default();
    let touches = |one: &Installment| (one.from < until && from < one.end) || (one.day >= from && one.day < until);
    let charged: Vec<Installment> =
        pieces.into_iter().map(installment).filter(touches).filter(|one| !one.amount.is_zero()).collect();
    let (since, later) = (counts.since, counts.last.tomorrow().unwrap_or(counts.last));
    let guessed = match agreed.charged {
        OverageFrom::Start => spans.iter().any(|span| span.end > later && span.from < until) && until > later,
        OverageFrom::TrueUp(day) => day >= later && !charged.is_empty(),
    };
    let (before, starts) = (line.term.from < since && from < since, |span: &OverSpan| span.seats > 0);
    match agreed.charged {
        OverageFrom::Start if before => paid.said.push(format!(
            "{}: accounts beyond the seats were counted from {} on: none are included before.",
            line.label,
            day_text(since)
        )),
        OverageFrom::TrueUp(day) if day < since && spans.iter().any(starts) => paid.said.push(format!(
            "{}: accounts beyond the seats are those of {}, the first day that was counted after the true-up.",
            line.label,
            day_text(since)
        )),
        _ => {}
    }
    paid.said.extend(guessed.then(|| last_count(line, license_type, counts)));
    paid.paid.extend(charged);
    paid.paid.sort_by_key(|one| one.day);
}

fn installment(piece: OveragePiece) -> Installment {
    let OveragePiece { day, from, end, seats, price, days, amount, credits, .. } = piece;
    let accounts = Some(PerAccount { accounts: seats, price, days });
    Installment { day, from, end, amount, rule: Rule::Overage, accounts, credits }
}
