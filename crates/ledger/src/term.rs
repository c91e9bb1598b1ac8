//! What a purchase costs over its whole term: full payments, then the period that the end cuts short (spend.md D5).
//! Absent on purpose: invoices, cash dates, taxes.

use jiff::civil::Date;

use crate::calendar::{days_between, months_after, nth_date, whole_months};
use crate::contract::{self, Part, contract_term, once_term, period_of};
use crate::installments::once;
use crate::money::{Exact, ratio, whole};
use crate::payment::Charged;
use crate::purchase::{Frequency, Proration, Purchase, Term};
use crate::rule::Rule;

/// A payment period that the purchase pays for in part: the end of the term cuts it short, or the price changed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutPeriod {
    /// Its first day in the term.
    pub from: Date,
    /// The day after its last day in the term.
    pub end: Date,
    /// The first day of the whole period.
    pub start: Date,
    /// The day after its last day, had it not been cut.
    pub full_end: Date,
    /// The share of a payment that is charged for it.
    pub share: Exact,
    /// By which rule.
    pub rule: Rule,
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
    /// The rest of the period in which it starts, where that had begun before.
    pub first: Option<CutPeriod>,
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
    let term = charged.term?;
    term.end?;
    let payment = charged.payment()?.amount;
    let Periods { full, first, cut } = match charged.frequency.months() {
        None => paid_once(charged, term),
        Some(months) => periods(term, contract_term(term, charged.conditions), months, charged.proration),
    };
    let shares = whole(full.into()) + [&first, &cut].into_iter().flatten().map(|cut| &cut.share).sum::<Exact>();
    let payments = &payment * shares;
    let shortfall = contract::shortfall(charged, &payments);
    Some(TermTotal { total: payments + &shortfall, payment, full_payments: full, first, cut, shortfall })
}

/// How many periods a purchase pays for in full, and those that it pays for in part.
#[derive(Default)]
struct Periods {
    full: u32,
    first: Option<CutPeriod>,
    cut: Option<CutPeriod>,
}

/// The periods of `months` of the contract that lie in the term.
fn periods(term: Term, contract: Term, months: u8, proration: Proration) -> Periods {
    let Some(end) = term.end.filter(|end| term.from < *end) else { return Periods::default() };
    let cut = |k| {
        let part = contract::part(term, contract, months, k, proration)?;
        (part.is_split() || part.end < part.full_end).then(|| CutPeriod::of(&part, proration))
    };
    let (starts, ends) = (period_of(contract, months, term.from), period_of(contract, months, end));
    let first = cut(starts).filter(|_| starts < ends);
    let before = if first.is_some() { starts.saturating_add(1) } else { starts };
    Periods { full: ends.saturating_sub(before), first, cut: cut(ends) }
}

/// A price that is paid once is one payment for all of its days.
fn paid_once(charged: &Charged, term: Term) -> Periods {
    let contract = once_term(term, charged.conditions);
    let all = once(charged.once(), contract, whole(0));
    let whole_life = Part::whole(all.from, all.end);
    match contract::clipped(term, contract, whole_life) {
        None => Periods::default(),
        Some(part) if part.is_split() => {
            Periods { first: Some(CutPeriod::of(&part, Proration::Daily)), ..Periods::default() }
        }
        Some(_) => Periods { full: 1, ..Periods::default() },
    }
}

impl CutPeriod {
    fn of(part: &Part, proration: Proration) -> Self {
        Self {
            from: part.from,
            end: part.until,
            start: part.start,
            full_end: if part.is_split() { part.end } else { part.full_end },
            share: part.own(),
            rule: if part.is_split() { Rule::WithinPeriod } else { part.rule(proration) },
        }
    }
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
