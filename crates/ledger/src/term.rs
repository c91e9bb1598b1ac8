//! What a purchase costs over its whole term: full payments, then the period that the end cuts short (spend.md D5).
//! Absent on purpose: invoices, cash dates, taxes.

use jiff::civil::Date;

use crate::calendar::{days_between, months_after, nth_date, whole_months};
use crate::money::{Exact, ratio, whole};
use crate::payment::Charged;
use crate::purchase::{Frequency, Proration, Purchase, Term};

/// A payment period that the end of the term cuts short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutPeriod {
    /// Its first day.
    pub from: Date,
    /// The day after its last day in the term.
    pub end: Date,
    /// The day after its last day, had it not been cut.
    pub full_end: Date,
    /// The share of a payment that is charged for it.
    pub share: Exact,
}

/// What a term costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermTotal {
    /// All payments together.
    pub total: Exact,
    /// One payment for the whole quantity.
    pub payment: Exact,
    /// How many payments are charged for full periods.
    pub full_payments: u32,
    /// The period that the end cuts short.
    pub cut: Option<CutPeriod>,
    /// What the term's minimum adds to the payments.
    pub shortfall: Exact,
}

/// What the whole term costs; `None` while the term is open-ended, the price unknown, or the seats unlimited at a price
/// per unit.
pub fn term_total(purchase: &Purchase) -> Option<TermTotal> {
    total(&Charged::from(purchase))
}

/// The same from the parts of a purchase.
pub fn total(charged: &Charged) -> Option<TermTotal> {
    let Term { from, end } = charged.term?;
    let end = end?;
    let payment = charged.payment()?.amount;
    let (full_payments, cut) = match charged.frequency.months() {
        None => (1, None),
        Some(months) => periods(from, end, months, charged.proration),
    };
    let share = cut.as_ref().map_or_else(|| whole(0), |cut| cut.share.clone());
    let payments = &payment * (whole(full_payments.into()) + share);
    let shortfall = charged.conditions.commitment.missing_in_term(&payments);
    Some(TermTotal { total: payments + &shortfall, payment, full_payments, cut, shortfall })
}

/// The full periods of `months` in `[from, end)`, and what is left of the next one.
fn periods(from: Date, end: Date, months: u8, proration: Proration) -> (u32, Option<CutPeriod>) {
    if end <= from {
        return (0, None);
    }
    let full = whole_months(from, end).checked_div(months.into()).unwrap_or_default();
    let start = nth_date(from, months, full);
    if start >= end {
        return (full, None);
    }
    let full_end = nth_date(from, months, full.saturating_add(1));
    let share = cut_share(from, months, full, end, proration);
    (full, Some(CutPeriod { from: start, end, full_end, share }))
}

/// The last day on or before this one on which a payment is due; the first one before any was.
pub(crate) fn payment_before(day: Date, term: Term, frequency: Frequency) -> Date {
    let Some(months) = frequency.months() else { return term.from };
    let paid = whole_months(term.from, day.max(term.from)).checked_div(months.into()).unwrap_or_default();
    nth_date(term.from, months, paid)
}

/// What is charged of the payment for the `k`-th period of a term from `from`, where `end` cuts it short.
pub(crate) fn cut_share(from: Date, months: u8, k: u32, end: Date, proration: Proration) -> Exact {
    let (start, full_end) = (nth_date(from, months, k), nth_date(from, months, k.saturating_add(1)));
    let before = k.saturating_mul(months.into());
    match proration {
        Proration::None => whole(1),
        Proration::Daily => days_share(start, end, full_end),
        Proration::WholeMonthUp => month_share(started_months(from, before, end), months),
        Proration::WholeMonthDown => month_share(whole_months(from, end).saturating_sub(before), months),
    }
}

fn days_share(from: Date, end: Date, full_end: Date) -> Exact {
    let days = |to| Exact::from(days_between(from, to));
    ratio(&days(end), &days(full_end)).unwrap_or_else(|| whole(0))
}

fn month_share(charged: u32, months: u8) -> Exact {
    let charged = charged.min(months.into());
    ratio(&whole(charged.into()), &whole(months.into())).unwrap_or_else(|| whole(0))
}

/// Months of the cut period that have at least begun; months are counted from the term's first day.
fn started_months(from: Date, before: u32, end: Date) -> u32 {
    let all = whole_months(from, end);
    let begun = if months_after(from, all) < end { all.saturating_add(1) } else { all };
    begun.saturating_sub(before)
}
