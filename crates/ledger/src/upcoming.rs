//! What is to come of one purchase: its next payment and its last day to give notice; and what a seat that is held costs.
//! Absent on purpose: the clock; today is an argument.

use jiff::civil::Date;

use crate::because::{Because, Line, line, step};
use crate::calendar::{end_after, last_day, months_after};
use crate::day::day_text;
use crate::explain::{annual_line, payment_step};
use crate::facts::PurchaseFacts;
use crate::format::{counted, exact_amount};
use crate::installments::installments;
use crate::money::{ratio, whole};
use crate::rule::Rule;

/// The longest time between two payments, in months.
const LONGEST_PERIOD: u32 = 36;

/// A payment to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextPayment {
    /// The day on which it is due.
    pub day: Date,
    /// What is paid, before tax, with its reason.
    pub line: Line,
}

/// The first payment that is due on the day or later; `None` where nothing is left to pay, or too little is known.
pub fn next_payment(facts: &PurchaseFacts, today: Date) -> Option<NextPayment> {
    let (charged, currency, first) = (facts.charged()?, facts.currency?, facts.from?);
    let from = today.max(first);
    let until = end_after(months_after(from, LONGEST_PERIOD));
    // What the term's minimum adds is due on the term's last day, however far that is.
    let until = facts.end.map_or(until, |end| until.max(end));
    let next = installments(&charged, from, until)?.into_iter().find(|paid| paid.day >= from)?;
    let arithmetic = format!(
        "The first payment from {} on: {} to {}",
        day_text(from),
        day_text(next.from),
        day_text(next.end.yesterday().unwrap_or(next.end))
    );
    let mut paid = line(format!("Payment of {}", day_text(next.day)), next.rule, arithmetic);
    paid.set(next.amount, currency);
    paid.because.purchase = facts.id;
    paid.because.parts.extend(payment_step(facts, currency));
    Some(NextPayment { day: next.day, line: paid })
}

/// How the last day to give notice is found.
pub fn notice_because(facts: &PurchaseFacts) -> Option<Because> {
    let (notice, last, days) = (facts.notice_by()?, last_day(&facts.term()?)?, facts.notice_days?);
    let arithmetic = format!("{} − {}", day_text(last), counted(days.into(), "day", "days"));
    let mut made = step("Last day to give notice".to_owned(), day_text(notice), Rule::Notice, arithmetic);
    made.purchase = facts.id;
    Some(made)
}

/// What a seat that is held costs in a year; `None` while the cost of a year is not known.
pub fn per_held_line(facts: &PurchaseFacts, held: u64) -> Option<Line> {
    let annual = annual_line(facts)?;
    let amount = annual.value.as_ref()?;
    let seats = counted(held, "assigned seat", "assigned seats");
    let arithmetic = format!("{} ÷ {seats}", exact_amount(&amount.amount, amount.currency));
    let mut each = line("A year, for each assigned seat".to_owned(), Rule::PerHeld, arithmetic);
    match ratio(&amount.amount, &whole(held)) {
        Some(share) => each.set(share, amount.currency),
        None => each.caveat = Some("Nobody holds a seat of this license type yet.".to_owned()),
    }
    each.because.purchase = facts.id;
    each.because.parts.extend([annual.because]);
    Some(each)
}
