//! The reason that every figure carries: its rule, its arithmetic, and the steps that it rests on.
//! Absent on purpose: layout; the shells draw it.

use std::ops::Deref;
use std::sync::Arc;

use crate::format::{price_amount, rounded_from, sentence_amount};
use crate::money::{Currency, Exact, Money};
use crate::purchase::{Price, PurchaseId};
use crate::rule::Rule;

/// One step of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// What is explained ("Can-Edit: billable accounts").
    pub label: String,
    /// Its result as text ("$5,400.00", "Not known").
    pub result: String,
    /// The rule that was followed.
    pub rule: Rule,
    /// The arithmetic with its numbers ("48 accounts × $108.00").
    pub arithmetic: String,
    /// How the exact amount became the one shown, where that is another: a sentence without its full stop.
    pub rounding: Option<String>,
    /// The purchase that it comes from.
    pub purchase: Option<PurchaseId>,
    /// The steps that it rests on.
    pub parts: Parts,
}

impl Because {
    /// A step that rests on others; [`Because::set`] gives it its amount.
    pub fn new(label: String, rule: Rule, arithmetic: String, parts: Vec<Self>) -> Self {
        Self { parts: parts.into(), ..step(label, NOT_KNOWN.to_owned(), rule, arithmetic) }
    }

    /// Gives the step its amount, and says how it was rounded.
    pub fn set(&mut self, amount: &Exact, currency: Currency) {
        self.result = sentence_amount(amount, currency);
        self.rounding = rounded_from(amount, currency);
    }

    /// Adds who got what rounding left over.
    pub(crate) fn also_rounded(&mut self, more: Option<String>) {
        self.rounding = match (self.rounding.take(), more) {
            (Some(how), Some(more)) => Some(format!("{how}. {more}")),
            (how, more) => how.or(more),
        };
    }

    /// Gives the step its share of a rounded whole, with the words for how it came to it.
    pub(crate) fn set_share(&mut self, share: &Exact, currency: Currency, how: Option<String>) {
        self.result = sentence_amount(share, currency);
        self.rounding = how;
    }
}

/// Steps in their order. Many figures rest on the same ones, so copies share them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts(Option<Arc<Vec<Because>>>);

impl Parts {
    /// Adds a step at the end.
    pub(crate) fn push(&mut self, part: Because) {
        self.extend([part]);
    }
}

impl Deref for Parts {
    type Target = [Because];

    fn deref(&self) -> &[Because] {
        self.0.as_ref().map_or(&[], |parts| parts.as_slice())
    }
}

impl From<Vec<Because>> for Parts {
    fn from(parts: Vec<Because>) -> Self {
        Self((!parts.is_empty()).then(|| Arc::new(parts)))
    }
}

impl FromIterator<Because> for Parts {
    fn from_iter<T: IntoIterator<Item = Because>>(parts: T) -> Self {
        parts.into_iter().collect::<Vec<_>>().into()
    }
}

impl Extend<Because> for Parts {
    fn extend<T: IntoIterator<Item = Because>>(&mut self, parts: T) {
        let mut parts = parts.into_iter().peekable();
        if parts.peek().is_some() {
            Arc::make_mut(self.0.get_or_insert_default()).extend(parts);
        }
    }
}

/// The result of a step whose amount cannot be known.
pub const NOT_KNOWN: &str = "Not known";

/// A figure: an amount, or why there is none, and how it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The amount; `None` when it cannot be known.
    pub value: Option<Money>,
    /// Why there is no amount, or what it leaves out; a sentence.
    pub caveat: Option<String>,
    /// How it was made.
    pub because: Because,
}

impl Line {
    /// Gives the line its amount, in the value and in the reason alike.
    pub(crate) fn set(&mut self, amount: Exact, currency: Currency) {
        self.because.set(&amount, currency);
        self.value = Some(Money { amount, currency });
    }
}

/// A line without an amount yet; [`Line::set`] gives it one.
pub(crate) fn line(label: String, rule: Rule, arithmetic: String) -> Line {
    Line { value: None, caveat: None, because: step(label, NOT_KNOWN.to_owned(), rule, arithmetic) }
}

/// A step without parts.
pub(crate) fn step(label: String, result: String, rule: Rule, arithmetic: String) -> Because {
    Because { label, result, rule, arithmetic, rounding: None, purchase: None, parts: Parts::default() }
}

/// A step with an amount, still without parts.
pub(crate) fn amount_step(
    label: String,
    amount: &Exact,
    currency: Currency,
    rule: Rule,
    arithmetic: String,
) -> Because {
    let mut made = step(label, String::new(), rule, arithmetic);
    made.set(amount, currency);
    made
}

/// "$9.00" as typed.
pub(crate) fn typed(price: Price, currency: Currency) -> String {
    price_amount(price.amount, currency)
}
