//! Which recorded rate serves an amount, looked up once more in the plain list.

use jiff::civil::Date;
use ledger::{Currency, Rate, RateKind, RatePolicy};

use crate::books::Book;
use crate::frac::Frac;

/// The days of an amount.
#[derive(Clone, Copy)]
pub struct When {
    pub figure: Date,
    pub contract: Date,
    pub payment: Date,
}

/// What one unit of the currency is in dollars; nothing where no rate serves.
pub fn factor(book: &Book, from: Currency, when: When) -> Option<Frac> {
    if from == Currency::USD {
        return Some(Frac::whole(1));
    }
    match book.policy {
        RatePolicy::FigureDay => of_day(book, from, when.figure),
        RatePolicy::ContractDay => of_day(book, from, when.contract),
        RatePolicy::InvoiceDay => of_day(book, from, when.payment),
        RatePolicy::MonthAverage => of_month(book, from, when.figure).or_else(|| {
            // A month that is not over has no average: the last complete one serves.
            let open = when.figure >= book.day.first_of_month();
            let complete = book.day.first_of_month().yesterday().unwrap();
            if open { of_month(book, from, complete) } else { None }
        }),
        RatePolicy::Budget => {
            let covers = |rate: &Rate| rate.day <= when.figure && rate.end.is_some_and(|end| when.figure < end);
            first(book, from, RateKind::Budget, covers)
        }
    }
}

/// The last rate on the day or before it, of either direction; the pair's own one where both are of the same day.
fn of_day(book: &Book, from: Currency, day: Date) -> Option<Frac> {
    let mut found: Option<&Rate> = None;
    for rate in book.rates.iter().filter(|rate| rate.kind == RateKind::Day && is_between(rate, from)) {
        let later = |before: &Rate| rate.day > before.day || (rate.day == before.day && rate.from == from);
        if rate.day <= day && found.is_none_or(later) {
            found = Some(rate);
        }
    }
    found.map(|rate| value(rate, from))
}

fn of_month(book: &Book, from: Currency, day: Date) -> Option<Frac> {
    first(book, from, RateKind::MonthAverage, |rate| rate.day == day.first_of_month())
}

fn first(book: &Book, from: Currency, kind: RateKind, serves: impl Fn(&Rate) -> bool) -> Option<Frac> {
    let mut found = book.rates.iter().filter(|rate| rate.kind == kind && is_between(rate, from) && serves(rate));
    let one = found.next()?;
    assert!(found.next().is_none(), "one rate for each month and each budget");
    Some(value(one, from))
}

fn is_between(rate: &Rate, one: Currency) -> bool {
    let pair = [rate.from.code(), rate.to.code()];
    pair.contains(&one.code()) && pair.contains(&"USD")
}

fn value(rate: &Rate, from: Currency) -> Frac {
    let rate_of = Frac::of(rate.rate);
    if rate.from == from { rate_of } else { Frac::whole(1).over(rate_of) }
}
