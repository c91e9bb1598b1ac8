//! What a purchase costs in a year (spend.md D3): by months for recurring prices, by days for a price paid once.
//! Absent on purpose: what it costs between two given days.

use crate::calendar::term_days;
use crate::money::{Exact, exact, ratio, whole};
use crate::purchase::{Frequency, Per, Price, Purchase, Quantity, Term};
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
}

/// What the purchase costs in a year; `None` while its price is unknown.
pub fn annualised(purchase: &Purchase) -> Option<Annual> {
    let price = purchase.price?;
    annualise(purchase.quantity, price, purchase.frequency, Some(&purchase.term))
}

/// The same from the parts of a purchase; `None` when a price paid once has no term yet.
pub fn annualise(quantity: Quantity, price: Price, frequency: Frequency, term: Option<&Term>) -> Option<Annual> {
    let (payments_a_year, rule) = yearly(frequency, term)?;
    let amount = exact(price.amount);
    let (payment, unit) = match (quantity, price.per) {
        (Quantity::Seats(seats), Per::Unit) => (Some(&amount * whole(seats.into())), Some(amount)),
        (Quantity::Seats(seats), Per::Lot) => (Some(amount.clone()), ratio(&amount, &whole(seats.into()))),
        (Quantity::Unlimited, Per::Unit) => (None, Some(amount)),
        (Quantity::Unlimited, Per::Lot) => (Some(amount), None),
    };
    Some(Annual {
        annual: payment.as_ref().map(|payment| payment * &payments_a_year),
        unit_annual: unit.map(|unit| unit * &payments_a_year),
        payment,
        payments_a_year,
        rule,
    })
}

fn yearly(frequency: Frequency, term: Option<&Term>) -> Option<(Exact, Rule)> {
    if let Some(months) = frequency.months() {
        return Some((ratio(&whole(12), &whole(months.into()))?, Rule::AnnualByMonths));
    }
    Some(match term_days(term?) {
        Some(days) => (ratio(&whole(DAYS_IN_YEAR), &whole(days)).unwrap_or_else(|| whole(0)), Rule::AnnualOnceOverTerm),
        None => (whole(0), Rule::AnnualOnceOpenEnded),
    })
}
