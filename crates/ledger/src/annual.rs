//! What a purchase costs in a year (spend.md D3): by months for recurring prices, by days for a price paid once.
//! Absent on purpose: what it costs between two given days.

use num_traits::Zero as _;

use crate::calendar::{months_between, term_days};
use crate::conditions::OncePolicy;
use crate::contract::contract_term;
use crate::money::{Exact, exact, ratio, whole};
use crate::payment::Charged;
use crate::purchase::{Purchase, Term};
use crate::rule::Rule;

/// A year of 365 days: a price paid once is spread by real days over its term, and a year's share of it is shown.
pub const DAYS_IN_YEAR: u64 = 365;

/// What a purchase costs in a year. All amounts are exact and in the purchase's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annual {
    /// What one payment costs for the whole quantity; `None` for unlimited seats at a price per unit.
    pub payment: Option<Exact>,
    /// What the whole quantity costs in a year; `None` for unlimited seats at a price per unit.
    pub annual: Option<Exact>,
    /// What one seat costs in a year; `None` for unlimited seats at a price for the lot.
    pub unit_annual: Option<Exact>,
    /// How many of the payments make a year (12 for monthly, 2/3 for every 18 months).
    pub payments_a_year: Exact,
    /// How it was annualised.
    pub rule: Rule,
    /// The year's share of the term's minimum, where that is more than the payments; for unlimited seats at a price per
    /// unit what a year costs at least.
    pub floor: Option<Exact>,
}

impl Annual {
    /// Whether it costs something at all.
    pub fn costs(&self) -> bool {
        [&self.payment, &self.annual, &self.unit_annual].into_iter().flatten().any(|amount| !amount.is_zero())
    }

    /// The same in another currency.
    pub(crate) fn converted(self, factor: &Exact) -> Self {
        let times = |amount: Option<Exact>| amount.map(|amount| amount * factor);
        Self {
            payment: times(self.payment),
            annual: times(self.annual),
            unit_annual: times(self.unit_annual),
            floor: times(self.floor),
            ..self
        }
    }
}

/// What the purchase costs in a year; `None` while its price is unknown.
pub fn annualised(purchase: &Purchase) -> Option<Annual> {
    annualise(&Charged::from(purchase))
}

/// The same from the parts of a purchase; `None` when a price paid once has no term yet.
pub fn annualise(charged: &Charged) -> Option<Annual> {
    if !charged.is_priced() {
        return None;
    }
    let (payments_a_year, rule) = yearly(charged)?;
    let payment = charged.payment().map(|payment| payment.amount);
    let paid = payment.as_ref().map(|payment| payment * &payments_a_year);
    let floor = floor(charged).filter(|floor| paid.as_ref().is_some_and(|paid| floor > paid));
    let annual = floor.clone().or(paid);
    let floor = if payment.is_none() { least(charged, &payments_a_year) } else { floor };
    let unit_annual = match (&floor, charged.seats()) {
        (Some(floor), Some(seats)) => ratio(floor, &whole(seats)),
        _ => charged.unit().map(|unit| unit * &payments_a_year),
    };
    Some(Annual { payment, annual, unit_annual, payments_a_year, rule, floor })
}

fn yearly(charged: &Charged) -> Option<(Exact, Rule)> {
    if let Some(months) = charged.frequency.months() {
        return Some((ratio(&whole(12), &whole(months.into()))?, Rule::AnnualByMonths));
    }
    match charged.once() {
        OncePolicy::Term => {}
        OncePolicy::DateOnly => return Some((whole(0), Rule::AnnualOnceDated)),
        OncePolicy::Life(months) => {
            let a_year = ratio(&whole(12), &whole(months.into())).unwrap_or_else(|| whole(0));
            return Some((a_year, Rule::AnnualOnceOverLife));
        }
    }
    Some(match term_days(&contract_term(charged.term?, charged.conditions)) {
        Some(days) => (ratio(&whole(DAYS_IN_YEAR), &whole(days)).unwrap_or_else(|| whole(0)), Rule::AnnualOnceOverTerm),
        None => (whole(0), Rule::AnnualOnceOpenEnded),
    })
}

/// The year's share of the term's minimum: by months, as recurring prices.
fn floor(charged: &Charged) -> Option<Exact> {
    let least = charged.conditions.commitment.term?;
    let Term { from, end } = contract_term(charged.term?, charged.conditions);
    ratio(&(exact(least) * whole(12)), &months_between(from, end?))
}

/// What a year costs at least where the payments depend on the accounts.
fn least(charged: &Charged, payments_a_year: &Exact) -> Option<Exact> {
    let payments = charged.conditions.commitment.per_payment.map(|least| exact(least) * payments_a_year);
    payments.max(floor(charged))
}
