//! How the price of a renewal is made: the one before it with the uplift, rounded as prices are.
//! Absent on purpose: what a whole payment comes to; the table's reasons have that.

use jiff::civil::Date;
use num_traits::Zero as _;
use rust_decimal::Decimal;

use crate::because::{Because, step};
use crate::day::day_text;
use crate::forecast::{Outlook, Uplift, changes_of, continued, is_renewed, renewals, until};
use crate::format::{exact_amount, price_amount};
use crate::money::{Exact, exact, whole};
use crate::percent::{percent_text, plus};
use crate::purchase::Purchase;
use crate::rule::Rule;
use crate::shape::Shape;

/// The reason of a price that is not that of a purchase as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// What the purchase is called.
    pub label: String,
    /// Its first day.
    pub from: Date,
    /// How its price is made.
    pub because: Because,
}

impl Priced {
    /// Of all renewals in a line of the forecast whose price is another than the one before.
    pub fn all(outlook: &Outlook, uplift: Uplift) -> Vec<Self> {
        let continued = continued(outlook);
        let ends = outlook.purchases.iter().filter(|purchase| purchase.term.end.is_some());
        let renewed = ends.filter(|purchase| is_renewed(purchase, outlook, &continued));
        renewed.flat_map(|purchase| chain(purchase, outlook, uplift)).collect()
    }
}

fn chain(purchase: &Purchase, outlook: &Outlook, uplift: Uplift) -> Vec<Priced> {
    let percent = uplift.percent(purchase.conditions.renewal).unwrap_or_default();
    let changes = changes_of(purchase, outlook);
    let all = renewals(purchase, &changes, outlook.repriced, until(outlook), uplift, outlook.names);
    let mut made: Vec<Priced> = Vec::new();
    let (mut before, mut last) = (purchase, None);
    for renewal in &all {
        let because = renewal_price(before, renewal, percent).map(|mut because: Because| {
            because.parts = last.take().into_iter().collect();
            because
        });
        last = because.or(last);
        if let Some(because) = &last {
            made.push(Priced { label: renewal.name.clone(), from: renewal.term.from, because: because.clone() });
        }
        before = renewal;
    }
    made
}

/// How the price of a renewal is made from the one before it; `None` where it is the same.
pub(crate) fn renewal_price(before: &Purchase, renewal: &Purchase, percent: Decimal) -> Option<Because> {
    let named = if renewal.name.is_empty() { "Renewal".to_owned() } else { renewal.name.clone() };
    let label = format!("{named}: price");
    let (before_price, price) = (before.price, renewal.price);
    if before_price == price
        && before.conditions.shape == renewal.conditions.shape
        && before.currency == renewal.currency
    {
        return None;
    }
    let raised = percent_text(percent.saturating_add(Decimal::ONE_HUNDRED));
    if renewal.conditions.shape.has_own_prices() || matches!(renewal.conditions.shape, Shape::BaseFee { .. }) {
        let arithmetic = format!("Every price of the one before × {raised}");
        return Some(step(label, format!("{} more", percent_text(percent)), Rule::Renewal, arithmetic));
    }
    let (old, new) = (before_price?.amount, price?.amount);
    let result = price_amount(new, renewal.currency);
    let wanted = plus(&exact(old), percent);
    if before.currency == renewal.currency && is_rounded(&wanted, new) {
        let arithmetic = format!("{} × {raised}", price_amount(old, before.currency));
        let mut made = step(label, result, Rule::Renewal, arithmetic);
        let other = (wanted != exact(new)).then(|| exact_amount(&wanted, renewal.currency));
        made.rounding = other.map(|wanted| format!("Rounded half up from {wanted}"));
        return Some(made);
    }
    let arithmetic = format!("As said, from {} on", day_text(renewal.term.from));
    Some(step(label, result, Rule::Scenario, arithmetic))
}

/// Whether the amount is the exact one, rounded to its own decimals.
fn is_rounded(wanted: &Exact, amount: Decimal) -> bool {
    let apart = (wanted - exact(amount)).abs();
    let unit = whole(1) / whole(10_u64.saturating_pow(amount.scale()));
    apart.is_zero() || apart * whole(2) <= unit
}
