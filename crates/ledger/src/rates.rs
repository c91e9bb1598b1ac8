//! Dated exchange rates with their kind and source. A rate that is missing is missing: it is never taken as 1, and no other
//! kind stands in for it. Absent on purpose: fetching them.

mod exchange;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::because::{Because, amount_step};
use crate::day::day_text;
use crate::format::exact_amount;
use crate::money::{Currency, Exact, exact, whole};
use crate::rule::Rule;

pub use exchange::{Exchange, RatePolicy, When};

/// What days a rate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum RateKind {
    /// Of one day; it stands until a later one.
    #[default]
    Day,
    /// The mean of a month; it stands for that month alone.
    MonthAverage,
    /// Agreed beforehand for a fiscal year or another period.
    Budget,
}

/// One recorded rate: on its days, one unit of `from` is worth `rate` units of `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// What is converted.
    pub from: Currency,
    /// Into what.
    pub to: Currency,
    /// What days it is for.
    pub kind: RateKind,
    /// Its day, the first day of its month, or the first day of its period.
    pub day: Date,
    /// The day after the last one of its period; only a budget rate has one.
    pub end: Option<Date>,
    /// How many units of `to`.
    pub rate: Decimal,
    /// Where it comes from.
    pub source: String,
}

/// Why rates were refused: a predicate, to be said of the field ("Rate must be more than 0").
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RateError {
    /// 0 or less.
    #[error("must be more than 0: leave it out when it is not known")]
    NotPositive,
    /// From a currency to itself.
    #[error("must be between two currencies: {0} to {0} is always 1")]
    SameCurrency(Currency),
    /// A budget rate without its last day, a month average that is not of a whole month, a day with an end.
    #[error("must name the days that it is for: a day, a month, or a budget's first and last day")]
    OtherDays,
    /// Two rates of a pair and a kind for one day.
    #[error("from {from} to {to} is there twice for {when}: keep one of the two", from = .0.from, to = .0.to, when = .0.when())]
    Twice(Box<Rate>),
}

/// No rate is recorded that could be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("There is no {}: enter one to see this in {to}.", needed(*.kind, *.from, *.to, *.day))]
pub struct MissingRate {
    /// Of which kind.
    pub kind: RateKind,
    /// What was to be converted.
    pub from: Currency,
    /// Into what.
    pub to: Currency,
    /// The day.
    pub day: Date,
}

/// "rate from EUR to USD on or before 23 Nov 2026".
fn needed(kind: RateKind, from: Currency, to: Currency, day: Date) -> String {
    match kind {
        RateKind::Day => format!("rate from {from} to {to} on or before {}", day_text(day)),
        RateKind::MonthAverage => format!("average rate from {from} to {to} of {}", month_text(day)),
        RateKind::Budget => format!("budget rate from {from} to {to} for {}", day_text(day)),
    }
}

/// "Nov 2026".
fn month_text(day: Date) -> String {
    day.strftime("%b %Y").to_string()
}

/// Recorded rates, by pair, kind and day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rates(BTreeMap<(&'static str, &'static str, RateKind), Vec<Rate>>);

/// A rate that was found for an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What an amount is multiplied with.
    pub factor: Exact,
    /// The rate as recorded.
    pub rate: Rate,
    /// Whether it is recorded for the opposite pair.
    pub inverse: bool,
}

impl Rate {
    /// Whether the rate can be recorded.
    pub fn check(&self) -> Result<(), RateError> {
        let right_days = match self.kind {
            RateKind::Day => self.end.is_none(),
            RateKind::MonthAverage => self.end.is_none() && self.day.day() == 1,
            RateKind::Budget => self.end.is_some_and(|end| self.day < end),
        };
        if self.rate <= Decimal::ZERO {
            Err(RateError::NotPositive)
        } else if self.from == self.to {
            Err(RateError::SameCurrency(self.from))
        } else if !right_days {
            Err(RateError::OtherDays)
        } else {
            Ok(())
        }
    }

    /// "20 Nov 2026", "average of Nov 2026", "budget 1 Jan 2026 to 31 Dec 2026".
    pub fn when(&self) -> String {
        match (self.kind, self.end) {
            (RateKind::MonthAverage, _) => format!("average of {}", month_text(self.day)),
            (RateKind::Budget, Some(end)) => {
                format!("budget {} to {}", day_text(self.day), day_text(end.yesterday().unwrap_or(end)))
            }
            (RateKind::Budget, None) | (RateKind::Day, _) => day_text(self.day),
        }
    }

    /// Whether it may be used for the day.
    fn is_for(&self, day: Date) -> bool {
        match self.kind {
            RateKind::Day => self.day <= day,
            RateKind::MonthAverage => self.day == day.first_of_month(),
            RateKind::Budget => self.day <= day && self.end.is_some_and(|end| day < end),
        }
    }
}

impl Rates {
    /// Rates in any order.
    pub fn new(rates: impl IntoIterator<Item = Rate>) -> Result<Self, RateError> {
        let mut pairs: BTreeMap<_, Vec<Rate>> = BTreeMap::new();
        for rate in rates {
            rate.check()?;
            pairs.entry((rate.from.code(), rate.to.code(), rate.kind)).or_default().push(rate);
        }
        for rates in pairs.values_mut() {
            rates.sort_by_key(|rate| rate.day);
            let same = |(one, next): &(&Rate, &Rate)| one.day == next.day || one.end.is_some_and(|end| next.day < end);
            if let Some((_, next)) = rates.iter().zip(rates.iter().skip(1)).find(same) {
                return Err(RateError::Twice(Box::new(next.clone())));
            }
        }
        Ok(Self(pairs))
    }

    /// The rate on the day, or the last one before it: the pair's own, unless the opposite pair has a later one.
    pub fn on(&self, from: Currency, to: Currency, day: Date) -> Result<Found, MissingRate> {
        self.of(RateKind::Day, from, to, day)
    }

    /// The same for any kind: a month's average serves its own month alone, a budget rate its own period.
    pub fn of(&self, kind: RateKind, from: Currency, to: Currency, day: Date) -> Result<Found, MissingRate> {
        let own = self.last(kind, from, to, day);
        let opposite = self.last(kind, to, from, day);
        let later = |own: &Rate| opposite.is_some_and(|other| kind == RateKind::Day && own.day < other.day);
        match (own, opposite) {
            (Some(own), _) if !later(own) => Ok(Found { factor: exact(own.rate), rate: own.clone(), inverse: false }),
            (_, Some(other)) => Ok(Found { factor: whole(1) / exact(other.rate), rate: other.clone(), inverse: true }),
            (_, None) => Err(MissingRate { kind, from, to, day }),
        }
    }

    fn last(&self, kind: RateKind, from: Currency, to: Currency, day: Date) -> Option<&Rate> {
        let rates = self.0.get(&(from.code(), to.code(), kind))?;
        let after = rates.partition_point(|rate| rate.day <= day);
        rates.get(after.checked_sub(1)?).filter(|rate| rate.is_for(day))
    }

    /// The recorded rates of the kind between two currencies, in either direction.
    fn between(&self, kind: RateKind, one: Currency, other: Currency) -> impl Iterator<Item = &Rate> {
        let pairs = [(one.code(), other.code(), kind), (other.code(), one.code(), kind)];
        pairs.into_iter().filter_map(|pair| self.0.get(&pair)).flatten()
    }
}

impl Found {
    /// "€100.00 × 1.08 (ECB, 20 Nov 2026)", with the steps that made the amount.
    pub fn because(&self, label: String, amount: &Exact, parts: Vec<Because>) -> Because {
        let (from, to) = if self.inverse { (self.rate.to, self.rate.from) } else { (self.rate.from, self.rate.to) };
        let sign = if self.inverse { "÷" } else { "×" };
        let rate = self.rate.rate.normalize();
        let arithmetic = format!("{} {sign} {rate} ({})", exact_amount(amount, from), self.origin());
        let mut converted = amount_step(label, &(amount * &self.factor), to, Rule::Converted, arithmetic);
        converted.parts = parts.into();
        converted
    }

    /// "ECB, 20 Nov 2026".
    pub fn origin(&self) -> String {
        let source = if self.rate.source.is_empty() { String::new() } else { format!("{}, ", self.rate.source) };
        format!("{source}{}", self.rate.when())
    }
}
