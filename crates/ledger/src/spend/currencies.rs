//! In which currency figures are, and when they cannot be added.

use std::collections::BTreeMap;

use crate::money::Currency;
use crate::purchase::Purchase;
use crate::spend::holding::Holding;

/// The currencies of the prices in force.
#[derive(Debug, Clone)]
pub(super) struct Currencies {
    found: Vec<Currency>,
    fallback: Option<Currency>,
}

/// Finds them: prices of free types do not count. Without any, a known 0 is shown in the one currency of all purchases,
/// or else in the default.
pub(super) fn of(holdings: &[Holding], purchases: &[Purchase], default: Option<Currency>) -> Currencies {
    let found = distinct(holdings.iter().flat_map(in_holding));
    let fallback = match distinct(purchases.iter().map(|purchase| purchase.currency)).as_slice() {
        [only] => Some(*only),
        _ => default,
    };
    Currencies { found, fallback }
}

impl Currencies {
    /// The one currency of the prices in force.
    pub fn in_force(&self) -> Option<Currency> {
        match self.found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether there are several.
    pub fn mixed(&self) -> bool {
        self.found.len() > 1
    }

    /// The currency of totals; `None` when there are several, or nothing tells one.
    pub fn total(&self) -> Option<Currency> {
        if self.found.is_empty() { self.fallback } else { self.in_force() }
    }

    /// The currency of a type's figures; `None` when its own prices are in several.
    pub fn of_type(&self, holding: &Holding) -> Option<Currency> {
        match distinct(in_holding(holding)).as_slice() {
            [] => self.total().or(self.fallback),
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether the type's own prices are in several.
    pub fn mixed_in(holding: &Holding) -> bool {
        distinct(in_holding(holding)).len() > 1
    }

    /// "EUR and USD".
    pub fn names(&self) -> String {
        names(&self.found)
    }

    /// The same for one type.
    pub fn names_in(holding: &Holding) -> String {
        names(&distinct(in_holding(holding)))
    }
}

fn in_holding<'a>(holding: &'a Holding) -> impl Iterator<Item = Currency> + 'a {
    let priced = holding.lots.iter().filter(|lot| lot.annual.is_some() && !holding.facts.free);
    priced.map(|lot| lot.purchase.currency)
}

fn distinct(currencies: impl Iterator<Item = Currency>) -> Vec<Currency> {
    currencies.map(|currency| (currency.code(), currency)).collect::<BTreeMap<_, _>>().into_values().collect()
}

fn names(currencies: &[Currency]) -> String {
    let codes: Vec<&str> = currencies.iter().map(|currency| currency.code()).collect();
    listed(&codes)
}

/// "A", "A and B", "A, B and C".
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
