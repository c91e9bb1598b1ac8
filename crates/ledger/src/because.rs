//! The reason that every figure carries: its rule, its arithmetic, and the steps that it rests on.
//! Absent on purpose: layout; the shells draw it.

use crate::format::{price_amount, sentence_amount};
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
    /// The purchase that it comes from.
    pub purchase: Option<PurchaseId>,
    /// The steps that it rests on.
    pub parts: Vec<Because>,
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
        self.because.result = sentence_amount(&amount, currency);
        self.value = Some(Money { amount, currency });
    }
}

/// A line without an amount yet; [`Line::set`] gives it one.
pub(crate) fn line(label: String, rule: Rule, arithmetic: String) -> Line {
    Line { value: None, caveat: None, because: step(label, NOT_KNOWN.to_owned(), rule, arithmetic) }
}

/// A step without parts.
pub(crate) fn step(label: String, result: String, rule: Rule, arithmetic: String) -> Because {
    Because { label, result, rule, arithmetic, purchase: None, parts: Vec::new() }
}

/// "$9.00" as typed.
pub(crate) fn typed(price: Price, currency: Currency) -> String {
    price_amount(price.amount, currency)
}
