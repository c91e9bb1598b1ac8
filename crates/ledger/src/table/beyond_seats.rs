//! Accounts beyond the purchased seats in a table, where the purchase says what they cost.
//! Absent on purpose: accounts of purchases that say nothing of it; nothing is billed for them.

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::beyond::{Beside, Beyond};
use crate::calendar::months_after;
use crate::counts::Counts;
use crate::day::day_text;
use crate::installments::{Installment, PerAccount};
use crate::overage::{OverSpan, OverageFrom, OveragePiece, overage};
use crate::rule::Rule;
use crate::table::Line;
use crate::table::by_accounts::{ByAccounts, last_count};

/// Adds what the accounts beyond the seats cost within `[from, until)`, and what that rests on.
pub(super) fn add(paid: &mut ByAccounts, line: &Line, lines: &[Line], counts: &Counts, (from, until): (Date, Date)) {
    let (Some(agreed), Some(license_type)) = (line.charged.conditions.overage, line.license_type) else { return };
    let own: Vec<&Line> = lines.iter().filter(|other| other.license_type == Some(license_type)).collect();
    let Some(index) = own.iter().position(|other| std::ptr::eq(*other, line)) else { return };
    let beside = |line: &&Line| Beside {
        term: line.term,
        seats: line.charged.seats(),
        overage: line.charged.conditions.overage,
    };
    let beyond = Beyond(own.iter().map(beside).collect());
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
    let OveragePiece { day, from, end, seats, price, days, amount, .. } = piece;
    let accounts = Some(PerAccount { accounts: seats, price, days });
    Installment { day, from, end, amount, rule: Rule::Overage, accounts, credits: None }
}
