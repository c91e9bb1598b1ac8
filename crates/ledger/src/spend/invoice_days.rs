//! Contract values by invoice days: every payment of the term is converted at the rate of its own day.
//! Absent on purpose: other choices of rates; there one rate serves the whole value.

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::because::{Because, Line, line};
use crate::day::day_text;
use crate::format::exact_amount;
use crate::installments::{Installment, installments};
use crate::money::{Currency, Exact};
use crate::payment::Charged;
use crate::purchase::{Purchase, Term};
use crate::rates::{Exchange, Found, MissingRate, When};
use crate::rule::Rule;

/// Payments one after the other that one rate serves.
struct Span {
    first: Date,
    last: Date,
    amount: Exact,
    found: Found,
}

/// The value in the base currency: `whole` is what the purchase and the other parts of its contract cost, in their own.
/// `all` are all purchases with the terms for which they cost something.
pub(super) fn converted(
    purchase: &Purchase,
    whole: &Line,
    all: &[(&Purchase, Term)],
    exchange: Exchange,
) -> Result<Line, MissingRate> {
    let spans = spans(&payments(purchase, all), purchase.currency, exchange)?;
    let label = whole.because.label.clone();
    let amounts: Vec<Exact> = spans.iter().map(|span| &span.amount * &span.found.factor).collect();
    let mut value = line(label.clone(), Rule::Converted, String::new());
    if let [one] = spans.as_slice() {
        value.because = one.found.because(label, &one.amount, vec![whole.because.clone()]);
    } else {
        let terms: Vec<String> = amounts.iter().map(|amount| exact_amount(amount, exchange.base)).collect();
        value.because.arithmetic = if terms.is_empty() { "Nothing to add".to_owned() } else { terms.join(" + ") };
        value.because.parts = spans.iter().map(Span::because).chain([whole.because.clone()]).collect();
    }
    value.because.purchase = Some(purchase.id);
    value.set(amounts.into_iter().sum(), exchange.base);
    Ok(value)
}

/// What is paid for the purchase and, where that is known, for the other parts of its contract; by day.
fn payments(purchase: &Purchase, all: &[(&Purchase, Term)]) -> Vec<Installment> {
    let contract = purchase.conditions.contract.as_ref();
    let whole = contract.is_some_and(|contract| contract.others.is_some());
    let part = |other: &Purchase| other.id == purchase.id || (whole && other.origin() == purchase.origin());
    let parts = all.iter().filter(|(other, _)| part(other));
    let paid = parts.filter_map(|(part, term)| {
        let charged = Charged { term: Some(*term), ..Charged::from(*part) };
        term.end?;
        // What is credited is due on the day after the last one.
        installments(&charged, term.from, Date::MAX)
    });
    let mut paid: Vec<Installment> = paid.flatten().collect();
    paid.sort_by_key(|one| one.day);
    paid
}

fn spans(paid: &[Installment], from: Currency, exchange: Exchange) -> Result<Vec<Span>, MissingRate> {
    let mut spans: Vec<Span> = Vec::new();
    for one in paid.iter().filter(|one| !one.amount.is_zero()) {
        let when = When { figure: one.day, contract: one.day, payment: one.day };
        let Some(found) = exchange.found(from, when)? else { continue };
        match spans.last_mut() {
            Some(before) if before.found == found => {
                before.last = one.day;
                before.amount += &one.amount;
            }
            _ => spans.push(Span { first: one.day, last: one.day, amount: one.amount.clone(), found }),
        }
    }
    Ok(spans)
}

impl Span {
    fn because(&self) -> Because {
        let label = if self.first == self.last {
            format!("Paid on {}", day_text(self.first))
        } else {
            format!("Paid from {} to {}", day_text(self.first), day_text(self.last))
        };
        self.found.because(label, &self.amount, Vec::new())
    }
}
