//! How amounts are brought into the base currency: which recorded rate serves which amount.
//! Absent on purpose: rates of other kinds as a stopgap.

use jiff::civil::Date;

use crate::calendar::last_day;
use crate::conditions::Conditions;
use crate::contract::{contract_day, contract_term, first_day};
use crate::fiscal::Bucket;
use crate::money::Currency;
use crate::purchase::{Frequency, Term};
use crate::rates::{Found, MissingRate, RateKind, Rates};
use crate::term::payment_before;

/// Which recorded rate is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RatePolicy {
    /// The rate of the figure's day, or the last one before it.
    #[default]
    FigureDay,
    /// The rate of the contract's first day, or the last one before it.
    ContractDay,
    /// The rate of the day on which a payment is due, or the last one before it.
    InvoiceDay,
    /// The average of the figure's month. A month that is not over has none: until then the last complete one serves.
    MonthAverage,
    /// The budget rate of the period that holds the figure's day.
    Budget,
}

/// How amounts are brought into the base currency.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The base currency.
    pub base: Currency,
    /// The rates.
    pub rates: &'a Rates,
    /// Which of them is used.
    pub policy: RatePolicy,
    /// Tells which months are over.
    pub today: Date,
}

/// The days of an amount; the policy says which of them counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct When {
    /// The figure's day; the last one of a period.
    pub figure: Date,
    /// The first day of the contract that the purchase or the fee is a part of.
    pub contract: Date,
    /// The day on which the payment is due.
    pub payment: Date,
}

impl RatePolicy {
    /// All of them, the usual one first.
    pub const ALL: [Self; 5] = [Self::FigureDay, Self::ContractDay, Self::InvoiceDay, Self::MonthAverage, Self::Budget];

    /// The kind of rates that it uses.
    pub fn kind(self) -> RateKind {
        match self {
            Self::FigureDay | Self::ContractDay | Self::InvoiceDay => RateKind::Day,
            Self::MonthAverage => RateKind::MonthAverage,
            Self::Budget => RateKind::Budget,
        }
    }
}

impl When {
    /// For a figure of the day: the payment is the contract's last one that was due on it or before.
    pub fn on(day: Date, term: Term, frequency: Frequency, conditions: &Conditions) -> Self {
        // Another price is paid on the contract's days; seats that were added are first paid on their own.
        let payment = payment_before(day, contract_term(term, conditions), frequency).max(first_day(term, conditions));
        Self { figure: day, contract: contract_day(term, conditions), payment }
    }
}

impl Exchange<'_> {
    /// The rate for an amount; nothing for the base currency.
    pub fn found(&self, from: Currency, when: When) -> Result<Option<Found>, MissingRate> {
        if from == self.base {
            return Ok(None);
        }
        let found = match self.policy {
            RatePolicy::FigureDay => self.rates.on(from, self.base, when.figure),
            RatePolicy::ContractDay => self.rates.on(from, self.base, when.contract),
            RatePolicy::InvoiceDay => self.rates.on(from, self.base, when.payment),
            RatePolicy::MonthAverage => self.average(from, when.figure),
            RatePolicy::Budget => self.rates.of(RateKind::Budget, from, self.base, when.figure),
        };
        found.map(Some)
    }

    fn average(&self, from: Currency, day: Date) -> Result<Found, MissingRate> {
        let of = |day| self.rates.of(RateKind::MonthAverage, from, self.base, day);
        let this_month = self.today.first_of_month();
        match of(day) {
            Err(_) if day >= this_month => of(this_month.yesterday().unwrap_or(this_month)),
            found => found,
        }
    }

    /// The first rate that the amounts of a term need and do not have, up to today; its contract began on the day.
    pub fn first_missing(&self, from: Currency, term: Term, contract: Date) -> Option<MissingRate> {
        let since = term.from;
        let last = last_day(&term).unwrap_or(self.today);
        let until = self.today.min(last).max(since);
        let mut days = vec![since];
        if self.policy.kind() != RateKind::Day {
            let cuts = self.cuts(from, &Bucket { label: String::new(), from: since, end: until });
            days.extend(cuts.into_iter().skip(1).map(|cut| cut.from).chain([until]));
        }
        days.into_iter().find_map(|day| self.found(from, When { figure: day, contract, payment: since }).err())
    }

    /// The spans of a period in each of which one rate serves.
    pub(crate) fn cuts(&self, from: Currency, bucket: &Bucket) -> Vec<Bucket> {
        let mut starts = vec![bucket.from];
        match self.policy {
            RatePolicy::FigureDay | RatePolicy::ContractDay | RatePolicy::InvoiceDay => {}
            RatePolicy::MonthAverage => {
                let months = std::iter::successors(Some(bucket.from), |day| day.last_of_month().tomorrow().ok());
                starts.extend(months.skip(1).take_while(|day| *day < bucket.end));
            }
            RatePolicy::Budget => {
                let budgets = self.rates.between(RateKind::Budget, from, self.base);
                let edges = budgets.flat_map(|rate| [Some(rate.day), rate.end]).flatten();
                starts.extend(edges.filter(|day| bucket.from < *day && *day < bucket.end));
                starts.sort_unstable();
                starts.dedup();
            }
        }
        let ends = starts.iter().skip(1).copied().chain([bucket.end]);
        let span = |(from, end): (&Date, Date)| Bucket { label: bucket.label.clone(), from: *from, end };
        starts.iter().zip(ends).map(span).collect()
    }
}
