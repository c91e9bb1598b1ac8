//! Dated exchange rates of the organisation, and the form as typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::FieldProblem;
use super::purchases::CurrencyChoice;

/// The form of a rate exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct RateForm {
    /// ISO 4217 code of what is converted.
    pub from: String,
    /// ISO 4217 code of what it becomes; empty for the base currency.
    pub to: String,
    /// `day`, `month-average` or `budget`; empty for `day`.
    pub kind: String,
    /// Its day; for a month's average any day of the month, or `2026-11`; for a budget rate its first day.
    pub day: String,
    /// The last day of a budget rate, inclusive; empty for the end of the fiscal year that holds its first day.
    pub until: String,
    /// How many units of `to` one unit of `from` is worth.
    pub rate: String,
    /// Where it comes from.
    pub source: String,
}

/// Records (`id` null) or edits a rate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct RateSaveRequest {
    /// The rate to edit.
    pub id: Option<i64>,
    /// As typed.
    pub form: RateForm,
    /// Whether figures that were shown before may change.
    pub restate: bool,
}

/// Saved, refused with reasons, or asked back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RateSaved {
    /// The rate as it is now; `null` when nothing was saved.
    pub rate: Option<RateView>,
    /// Why it was refused.
    pub problems: Vec<FieldProblem>,
    /// Which figures it would restate: nothing was saved, ask again with `restate`.
    pub restates: Option<String>,
}

/// Deletes a rate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct RateDeleteRequest {
    /// The rate.
    pub id: i64,
    /// Whether figures that were shown before may change.
    pub restate: bool,
}

/// Deleted, or asked back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RateDeleted {
    /// Whether it was deleted.
    pub deleted: bool,
    /// Which figures it would restate: nothing was deleted, ask again with `restate`.
    pub restates: Option<String>,
}

/// Chooses which recorded rates serve figures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct RatePolicyRequest {
    /// `figure-day`, `contract-day`, `invoice-day`, `month-average` or `budget`.
    pub policy: String,
    /// Whether figures that were shown before may change.
    pub restate: bool,
}

/// Chosen, or asked back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RatePolicyChosen {
    /// What serves now.
    pub policy: String,
    /// Which figures it would restate: nothing was changed, ask again with `restate`.
    pub restates: Option<String>,
}

/// One recorded rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RateView {
    /// Identity.
    pub id: i64,
    /// The form that makes exactly this rate.
    pub form: RateForm,
    /// "1 EUR = 1.08 USD on 1 Nov 2026 (ECB)".
    pub sentence: String,
}

/// One act on the rates, for those who must account for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RateAct {
    /// When.
    pub at: String,
    /// What was done ("Restate EUR to USD on 1 Nov 2026: 1.08, was 1.07").
    pub what: String,
}

/// A currency that has no rate when it is first needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RateMissing {
    /// ISO 4217 code.
    pub currency: String,
    /// The kind of rate that it needs: `day`, `month-average` or `budget`.
    pub kind: String,
    /// The first day that needs a rate.
    pub from: String,
    /// What is missing, a sentence.
    pub lack: String,
    /// The first day that has one; `null` while there is none.
    pub first_rate: Option<String>,
    /// The slug of the app that needs it first.
    pub app: String,
    /// Its purchase that does.
    pub purchase: Option<i64>,
    /// Or its fee.
    pub fee: Option<i64>,
    /// What that is called ("Lucidchart: Can-Edit, 50 seats").
    pub needed_by: String,
    /// How many other purchases and fees begin without a rate.
    pub others: u64,
}

/// The organisation's rates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RatesView {
    /// The currency that totals are told in.
    pub base: String,
    /// Which of them serves: `figure-day`, `contract-day`, `invoice-day`, `month-average` or `budget`.
    pub policy: String,
    /// By pair and kind, then newest first.
    pub rates: Vec<RateView>,
    /// Currencies that need one, by code.
    pub missing: Vec<RateMissing>,
    /// Every act on them, newest first.
    pub log: Vec<RateAct>,
    /// What Undo would take back.
    pub undo: Option<String>,
    /// Currencies offered first: those in use, then the default.
    pub currencies: Vec<CurrencyChoice>,
}
