//! Dated exchange rates with their source. A rate that is missing is missing: it is never taken as 1.
//! Absent on purpose: fetching them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::because::{Because, step};
use crate::day::day_text;
use crate::format::sentence_amount;
use crate::money::{Currency, Exact, exact, whole};
use crate::rule::Rule;

/// One recorded rate: on that day, one unit of `from` was worth `rate` units of `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// What is converted.
    pub from: Currency,
    /// Into what.
    pub to: Currency,
    /// The day of the rate.
    pub day: Date,
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
    /// Two rates of a pair for one day.
    #[error("from {0} to {1} is there twice for {day}: keep one of the two", day = day_text(*.2))]
    Twice(Currency, Currency, Date),
}

/// No rate is recorded that could be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("There is no rate from {from} to {to} on or before {day}: enter one to see this in {to}.", day = day_text(*.day))]
pub struct MissingRate {
    /// What was to be converted.
    pub from: Currency,
    /// Into what.
    pub to: Currency,
    /// The day.
    pub day: Date,
}

/// Recorded rates, by pair and day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rates(BTreeMap<(&'static str, &'static str), Vec<Rate>>);

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

/// Which day's rate is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RatePolicy {
    /// The rate of the figure's day, or the last one before it.
    #[default]
    FigureDay,
    /// The rate of the purchase's first day, or the last one before it.
    ContractDay,
}

/// How amounts are brought into the base currency.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The base currency.
    pub base: Currency,
    /// The rates.
    pub rates: &'a Rates,
    /// Which day's rate is used.
    pub policy: RatePolicy,
}

impl Rate {
    /// Whether the rate can be recorded.
    pub fn check(&self) -> Result<(), RateError> {
        if self.rate <= Decimal::ZERO {
            Err(RateError::NotPositive)
        } else if self.from == self.to {
            Err(RateError::SameCurrency(self.from))
        } else {
            Ok(())
        }
    }
}

impl Rates {
    /// Rates in any order.
    pub fn new(rates: impl IntoIterator<Item = Rate>) -> Result<Self, RateError> {
        let mut pairs: BTreeMap<_, Vec<Rate>> = BTreeMap::new();
        for rate in rates {
            rate.check()?;
            pairs.entry((rate.from.code(), rate.to.code())).or_default().push(rate);
        }
        for rates in pairs.values_mut() {
            rates.sort_by_key(|rate| rate.day);
            if let Some((one, _)) = rates.iter().zip(rates.iter().skip(1)).find(|(one, next)| one.day == next.day) {
                return Err(RateError::Twice(one.from, one.to, one.day));
            }
        }
        Ok(Self(pairs))
    }

    /// The rate on the day, or the last one before it: the pair's own, unless the opposite pair has a later one.
    pub fn on(&self, from: Currency, to: Currency, day: Date) -> Result<Found, MissingRate> {
        let own = self.last(from, to, day);
        let opposite = self.last(to, from, day);
        match (own, opposite) {
            (Some(own), other) if other.is_none_or(|other| other.day <= own.day) => {
                Ok(Found { factor: exact(own.rate), rate: own.clone(), inverse: false })
            }
            (_, Some(other)) => Ok(Found { factor: whole(1) / exact(other.rate), rate: other.clone(), inverse: true }),
            (_, None) => Err(MissingRate { from, to, day }),
        }
    }

    fn last(&self, from: Currency, to: Currency, day: Date) -> Option<&Rate> {
        let rates = self.0.get(&(from.code(), to.code()))?;
        let after = rates.partition_point(|rate| rate.day <= day);
        rates.get(after.checked_sub(1)?)
    }
}

impl Exchange<'_> {
    /// The rate for a figure of the day that comes from a contract of the other day; nothing for the base currency.
    pub fn found(&self, from: Currency, day: Date, contract: Date) -> Result<Option<Found>, MissingRate> {
        if from == self.base {
            return Ok(None);
        }
        let day = match self.policy {
            RatePolicy::FigureDay => day,
            RatePolicy::ContractDay => contract,
        };
        self.rates.on(from, self.base, day).map(Some)
    }
}

impl Found {
    /// "€100.00 × 1.08 (ECB, 20 Nov 2026)", with the steps that made the amount.
    pub(crate) fn because(&self, label: String, amount: &Exact, parts: Vec<Because>) -> Because {
        let (from, to) = if self.inverse { (self.rate.to, self.rate.from) } else { (self.rate.from, self.rate.to) };
        let source = if self.rate.source.is_empty() { String::new() } else { format!("{}, ", self.rate.source) };
        let sign = if self.inverse { "÷" } else { "×" };
        let arithmetic = format!(
            "{} {sign} {} ({source}{})",
            sentence_amount(amount, from),
            self.rate.rate.normalize(),
            day_text(self.rate.day)
        );
        let mut converted = step(label, sentence_amount(&(amount * &self.factor), to), Rule::Converted, arithmetic);
        converted.parts = parts.into();
        converted
    }
}
