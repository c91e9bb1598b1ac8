//! A number together with the reason for it.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use ts_rs::TS;

/// An amount as shown: rounded once to the currency's minor units, as text ("5400.00").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Money {
    /// Decimal text with exactly the currency's decimals, no separators.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
}

/// An amount, or why there is none, and how it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Figure {
    /// The amount; `null` when it cannot be known.
    pub value: Option<Money>,
    /// Why there is no amount, or what it leaves out ("2 license types have no price"); a sentence.
    pub caveat: Option<String>,
    /// How it was made.
    pub because: Explanation,
}

/// An amount as it stands in a list, whose reason is asked for elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Amount {
    /// The amount; `null` when it cannot be known.
    pub value: Option<Money>,
    /// As text ("$5,400.00", "Not known").
    pub text: String,
    /// Why there is no amount, or what it leaves out; a sentence.
    pub caveat: Option<String>,
}

/// One step of an explanation; `parts` are the steps that it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Explanation {
    /// What is explained ("Can-Edit: billable accounts").
    pub label: String,
    /// Its result as text ("$5,400.00", "48 seats").
    pub result: String,
    /// The rule in words, the same everywhere.
    pub rule: &'static str,
    /// The arithmetic with its numbers ("50 seats × $9.00 × 12").
    pub arithmetic: String,
    /// How the exact amount became the one shown, where that is another; without its full stop.
    pub rounding: Option<String>,
    /// The purchase it comes from.
    pub purchase: Option<i64>,
    /// What it rests on.
    #[ts(as = "Vec<Explanation>")]
    pub parts: Steps,
}

/// A counted figure, and how it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CountedFigure {
    /// How many; `null` where there is no limit.
    pub value: Option<u64>,
    /// How it was made.
    pub because: Explanation,
}

/// Seats and members of a license type, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SeatCounts {
    /// Seats in force.
    pub purchased: CountedFigure,
    /// Members who hold a license.
    pub assigned: CountedFigure,
    /// Accounts that contracts charge for.
    pub billable: CountedFigure,
    /// Seats that nobody holds; of all types, those of the billable ones.
    pub unassigned: CountedFigure,
    /// Members beyond the seats; of all types, those of the billable ones.
    pub over_assigned: CountedFigure,
}

/// Steps of explanations. Many figures rest on the same ones, so copies share them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Steps(Option<Arc<Vec<Explanation>>>);

impl Deref for Steps {
    type Target = [Explanation];

    fn deref(&self) -> &[Explanation] {
        self.0.as_ref().map_or(&[], |steps| steps.as_slice())
    }
}

impl FromIterator<Explanation> for Steps {
    fn from_iter<T: IntoIterator<Item = Explanation>>(steps: T) -> Self {
        let steps: Vec<Explanation> = steps.into_iter().collect();
        Self((!steps.is_empty()).then(|| Arc::new(steps)))
    }
}

impl Serialize for Steps {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}
