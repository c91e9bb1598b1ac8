//! In which currency figures are, and when they cannot be added.

use std::collections::BTreeMap;

use crate::money::Currency;
use crate::purchase::Purchase;
use crate::rates::MissingRate;
use crate::rule::Rule;
use crate::spend::Setting;
use crate::spend::holding::Holding;

/// The currencies of the prices in force.
#[derive(Debug, Clone)]
pub(super) struct Currencies {
    found: Vec<Currency>,
    fallback: Option<Currency>,
    /// Rates that were needed.
    missing: Vec<MissingRate>,
}

/// Finds them: prices of free types do not count. Without any, a known 0 is shown in the base currency; without one in the
/// one currency of all purchases, or else in the default.
pub(super) fn of(holdings: &[Holding], purchases: &[Purchase], setting: Setting) -> Currencies {
    let found = distinct(holdings.iter().flat_map(in_holding));
    let fallback = match (setting.exchange, distinct(purchases.iter().map(|purchase| purchase.currency)).as_slice()) {
        (Some(exchange), _) => Some(exchange.base),
        (None, [only]) => Some(*only),
        (None, _) => setting.default,
    };
    let lots = holdings.iter().filter(|holding| !holding.facts.free).flat_map(|holding| &holding.lots);
    let needed = lots.filter(|lot| lot.annual.is_some()).filter_map(|lot| lot.missing);
    let mut missing: Vec<MissingRate> = needed.collect();
    missing.sort_by_key(|missing| (missing.from.code(), missing.day));
    missing.dedup();
    Currencies { found, fallback, missing }
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
        self.found.len() > 1 || !self.missing.is_empty()
    }

    /// The currency of totals; `None` when there are several, or nothing tells one.
    pub fn total(&self) -> Option<Currency> {
        if self.mixed() { None } else { self.found.first().copied().or(self.fallback) }
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

    /// Why amounts cannot be added.
    pub fn blocked(&self) -> (Rule, String) {
        if self.missing.is_empty() {
            let names = self.names();
            let sentence = format!("Prices are in {names}: without an exchange rate they cannot be added.");
            return (Rule::MixedCurrencies, sentence);
        }
        let sentences: Vec<String> = self.missing.iter().map(MissingRate::to_string).collect();
        (Rule::MissingRate, sentences.join(" "))
    }

    /// The same as a doubt about the whole.
    pub fn noted(&self) -> String {
        if self.missing.is_empty() {
            let names = self.names();
            return format!(
                "Purchases are priced in {names}: without an exchange rate there is no total. Figures of each license \
                 type stand."
            );
        }
        format!("{} There is no total until then.", self.blocked().1)
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
    priced.map(|lot| lot.currency)
}

fn distinct(currencies: impl Iterator<Item = Currency>) -> Vec<Currency> {
    currencies.map(|currency| (currency.code(), currency)).collect::<BTreeMap<_, _>>().into_values().collect()
}

fn names(currencies: &[Currency]) -> String {
    let codes: Vec<&str> = currencies.iter().map(|currency| currency.code()).collect();
    listed(&codes)
}

/// "A", "A and B", "A, B and C".
pub(crate) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
