//! What seats beyond the purchased ones cost: from the day they are held, or from a true-up date (spend.md D6).
//! Absent on purpose: who holds them; the caller says how many and when.

use jiff::civil::Date;
use num_traits::Zero as _;
use rust_decimal::Decimal;

use crate::calendar::{days_between, months_after, whole_months};
use crate::contract::{self, Part, contract_term, once_term, period_of};
use crate::installments::once;
use crate::money::{Exact, exact, ratio, whole};
use crate::payment::Charged;
use crate::purchase::{Proration, Term};

/// What is agreed for seats beyond the purchased ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overage {
    /// The price of such a seat.
    pub rate: OverageRate,
    /// From when it is charged.
    pub charged: OverageFrom,
    /// How a period that it covers in part is charged.
    pub proration: Proration,
}

/// The price of a seat beyond the purchased ones, each payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverageRate {
    /// The contract's price of one seat.
    Contract,
    /// Its own price.
    Own(Decimal),
}

/// From when seats beyond the purchased ones are charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverageFrom {
    /// From the day they are held, while they are held.
    Start,
    /// Those held on this day, from then to the end of the term.
    TrueUp(Date),
}

/// Seats held beyond the purchased ones, from the first day to the day before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverSpan {
    /// First day.
    pub from: Date,
    /// The day after the last one.
    pub end: Date,
    /// How many seats.
    pub seats: u64,
}

/// What is charged for one span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OveragePiece {
    /// When it is paid: seats that are charged from the day they are held on the last day of the payment period, seats
    /// of a true-up on its day and then at each payment.
    pub day: Date,
    /// First day.
    pub from: Date,
    /// The day after the last one.
    pub end: Date,
    /// How many seats.
    pub seats: u64,
    /// The share of a payment that is charged for each.
    pub share: Exact,
    /// What each costs for `days`.
    pub price: Exact,
    /// The days that the price is for: the whole period's where it is charged by days, else the span's own.
    pub days: i64,
    /// What is charged.
    pub amount: Exact,
    /// Where it takes back what was paid for these days, because another price goes on: the day of that payment.
    pub credits: Option<Date>,
}

/// One payment period of the contract, as far as the purchase pays for it.
struct Period {
    /// The purchase's first day in it.
    from: Date,
    /// The day after its last one in it.
    end: Date,
    /// The day after the last one that the contract pays for in it.
    charged_end: Date,
    /// The whole period's first day.
    start: Date,
    /// The day after its last one, had the term not ended.
    full_end: Date,
    /// The day on which it is paid.
    due: Date,
    /// The share of its days that the purchase pays for, where the price changed in it.
    own: Exact,
}

impl Period {
    /// A part of a period that is charged for until the day before `until`.
    fn of(part: &Part, until: Date) -> Self {
        let Part { start, end, full_end, from, until: last, .. } = *part;
        let charged_end = end.min(until);
        let due = charged_end.yesterday().unwrap_or(end);
        let own = Part { share: whole(1), ..part.clone() }.own();
        Self { from, end: last.min(until), charged_end, start, full_end, due, own }
    }

    /// The share of the days that are charged for, from one of them on.
    fn days_share(&self, from: Date) -> Exact {
        let days = |from| Exact::from(days_between(from, self.charged_end));
        ratio(&days(from), &days(self.start)).unwrap_or_else(|| whole(0))
    }
}

/// What the spans cost by the purchase's overage terms (without any: the contract's price, from the day, by days), until
/// the day before `until`; `None` while the price of a seat is unknown, or the purchase has no first day yet.
pub fn overage(charged: &Charged, spans: &[OverSpan], until: Date) -> Option<Vec<OveragePiece>> {
    let by_days = Overage { rate: OverageRate::Contract, charged: OverageFrom::Start, proration: Proration::Daily };
    let agreed = charged.conditions.overage.unwrap_or(by_days);
    let (unit, term) = (agreed.rate.of(charged)?, charged.term?);
    let mut pieces = Vec::new();
    for period in periods(charged, term, until) {
        match agreed.charged {
            OverageFrom::Start => pieces.extend(held(&period, spans, agreed.proration)),
            OverageFrom::TrueUp(day) => pieces.extend(trued_up(&period, spans, day, agreed.proration)),
        }
    }
    for piece in &mut pieces {
        let by_days = agreed.proration == Proration::Daily;
        piece.price = if by_days { unit.clone() } else { &unit * &piece.share };
        piece.amount = &unit * &piece.share * whole(piece.seats);
        if piece.credits.is_some() {
            (piece.price, piece.amount) = (whole(0) - &piece.price, whole(0) - &piece.amount);
        }
    }
    Some(pieces)
}

impl OverageRate {
    /// What a seat costs at each payment; `None` while the contract's price is unknown.
    pub(crate) fn of(self, charged: &Charged) -> Option<Exact> {
        match self {
            Self::Own(price) => Some(exact(price)),
            Self::Contract => charged.unit(),
        }
    }
}

/// The periods that start before the day; they stay on the contract's days where the price changes.
fn periods(charged: &Charged, term: Term, until: Date) -> Vec<Period> {
    let contract = contract_term(term, charged.conditions);
    let Some(months) = charged.frequency.months() else {
        let contract = once_term(term, charged.conditions);
        let all = once(charged.once(), contract, Exact::zero());
        let part = contract::clipped(term, contract, Part::whole(all.from, all.end));
        return part.map(|part| Period::of(&part, until)).into_iter().collect();
    };
    let first = period_of(contract, months, term.from);
    let parts = (first..).map_while(|k| contract::part(term, contract, months, k, Proration::None));
    let inside = parts.take_while(|part| part.from < until && part.start < part.full_end);
    inside.map(|part| Period::of(&part, until)).collect()
}

/// Without proration a period is charged once, for the most seats held in it; otherwise every span by its time.
fn held(period: &Period, spans: &[OverSpan], proration: Proration) -> Vec<OveragePiece> {
    let inside = spans.iter().filter_map(|span| {
        let (from, end) = (span.from.max(period.from), span.end.min(period.end));
        (from < end && span.seats > 0).then_some((from, end, span.seats))
    });
    if proration == Proration::None {
        let most = inside.max_by_key(|(from, _, seats)| (*seats, std::cmp::Reverse(*from)));
        return most.map(|(from, end, seats)| piece(period, (from, end), seats, proration)).into_iter().collect();
    }
    inside.map(|(from, end, seats)| piece(period, (from, end), seats, proration)).collect()
}

/// The seats held on the true-up day, from then on. They are paid to the end of the period: where another price goes on in it,
/// what was paid for the days from then on is credited.
fn trued_up(period: &Period, spans: &[OverSpan], day: Date, proration: Proration) -> Vec<OveragePiece> {
    let seats: u64 = spans.iter().filter(|span| span.from <= day && day < span.end).map(|span| span.seats).sum();
    let from = day.max(period.from);
    if seats == 0 || from >= period.end {
        return Vec::new();
    }
    let made = |day, from, share, credits| {
        let piece = piece(period, (from, period.charged_end), seats, proration);
        let share = if proration == Proration::None { share } else { piece.share };
        OveragePiece { day, share, credits, ..piece }
    };
    // Without proration the whole period is charged, unless another price has been paid for its first days.
    let first = if day < period.from { period.from } else { period.start };
    let paid = made(from, from, period.days_share(first), None);
    let goes_on = period.end < period.charged_end;
    let credit = goes_on.then(|| made(period.end, period.end, period.days_share(period.end), Some(from)));
    std::iter::once(paid).chain(credit).collect()
}

/// Its price and amount follow.
fn piece(period: &Period, (from, end): (Date, Date), seats: u64, proration: Proration) -> OveragePiece {
    let full = (period.start, period.full_end);
    let (first, last) = if proration == Proration::Daily { full } else { (from, end) };
    OveragePiece {
        day: period.due,
        from,
        end,
        seats,
        share: share(period, from, end, proration),
        price: Exact::zero(),
        days: days_between(first, last).max(1),
        amount: Exact::zero(),
        credits: None,
    }
}

fn share(period: &Period, from: Date, end: Date, proration: Proration) -> Exact {
    let months = |from, end| whole_months(from, end);
    let full = whole(months(period.start, period.full_end).max(1).into());
    let part = match proration {
        Proration::None => return period.own.clone(),
        Proration::Daily => {
            let days = |from, end| Exact::from(days_between(from, end));
            return ratio(&days(from, end), &days(period.start, period.full_end)).unwrap_or_else(|| whole(0));
        }
        Proration::WholeMonthUp if months_after(from, months(from, end)) < end => months(from, end).saturating_add(1),
        Proration::WholeMonthUp | Proration::WholeMonthDown => months(from, end),
    };
    (whole(part.into()) / full).min(whole(1))
}
