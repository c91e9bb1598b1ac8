//! Miscellaneous fees, and the form as typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::Figure;
use super::problem::FieldProblem;
use super::purchases::{CurrencyChoice, PurchaseState};
use super::renewing::VersionReason;

/// The form of a fee exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct FeeForm {
    /// What it is for.
    pub name: String,
    /// What is paid each time.
    pub amount: String,
    /// ISO 4217 code; empty for the default.
    pub currency: String,
    /// `once`, `month`, `quarter`, `6months`, `year`, `18months`, `2years`, `3years`.
    pub every: String,
    /// First day.
    pub from: String,
    /// Last day, inclusive; empty for open-ended.
    pub until: String,
    /// `none`, `daily`, `whole-month-up`, `whole-month-down`.
    pub proration: String,
    /// Whether it is part of the annual spend.
    pub in_annual_spend: bool,
    /// Whether it is part of the cost per account.
    pub in_cost_per_account: bool,
    /// Notes.
    pub note: String,
}

impl Default for FeeForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            amount: String::new(),
            currency: String::new(),
            every: String::new(),
            from: String::new(),
            until: String::new(),
            proration: String::new(),
            in_annual_spend: true,
            in_cost_per_account: true,
            note: String::new(),
        }
    }
}

/// Asks what a form would mean.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct FeePreviewRequest {
    /// The slug.
    pub app: String,
    /// As typed.
    pub form: FeeForm,
}

/// What a form means so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FeePreview {
    /// "$500.00 annually = $500.00 a year until 31 Mar 2027"; `null` while too little is typed.
    pub sentence: Option<String>,
    /// Annualised cost; `null` while too little is typed.
    pub annual: Option<Figure>,
    /// What Save would refuse.
    pub problems: Vec<FieldProblem>,
    /// What is allowed but doubtful, or how an ambiguous entry was understood.
    pub warnings: Vec<FieldProblem>,
}

/// Adds (`id` null) or corrects a fee: a correction restates history. A price that changed from a day on is a price
/// change instead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct FeeSaveRequest {
    /// The slug.
    pub app: String,
    /// The fee to edit.
    pub id: Option<i64>,
    /// As typed.
    pub form: FeeForm,
}

/// Saved, or refused with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FeeSaved {
    /// The fee as it is now; `null` when refused.
    pub fee: Option<FeeView>,
    /// Why it was refused.
    pub problems: Vec<FieldProblem>,
}

/// Names one fee.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct FeeRequest {
    /// The slug.
    pub app: String,
    /// The fee.
    pub id: i64,
}

/// One fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FeeView {
    /// Identity.
    pub id: i64,
    /// The form that makes exactly this fee.
    pub form: FeeForm,
    /// Annualised cost.
    pub annual: Figure,
    /// Where it stands.
    pub state: PurchaseState,
    /// "$500.00 annually = $500.00 a year until 31 Mar 2027".
    pub sentence: String,
    /// The fee that this one continues at another price.
    pub succeeds: Option<i64>,
    /// The fee that continues this one.
    pub succeeded_by: Option<i64>,
}

/// Ends a fee the day before and continues it from the day on as the form says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct FeePriceChangeRequest {
    /// The slug.
    pub app: String,
    /// The fee.
    pub id: i64,
    /// The first day of the new price, as typed.
    pub on: String,
    /// The fee from then on; its first day is `on`, whatever it says.
    pub form: FeeForm,
}

/// A price change of a fee, or why it was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FeePriceChanged {
    /// The old fee with its new last day; `null` when refused.
    pub ended: Option<FeeView>,
    /// The fee that continues it; `null` when refused.
    pub fee: Option<FeeView>,
    /// Why it was refused; the field of the day is `on`.
    pub problems: Vec<FieldProblem>,
}

/// Every version of a fee, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FeeVersions {
    /// The fee.
    pub id: i64,
    /// Newest first.
    pub versions: Vec<FeeVersionView>,
}

/// One version of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FeeVersionView {
    /// 1 for the first one.
    pub number: u32,
    /// When it was written.
    pub at: String,
    /// The act that wrote it ("Edit fee Support").
    pub what: String,
    /// Why; `null` for the first one, a deletion, an undo.
    pub reason: Option<VersionReason>,
    /// Whether the fee was deleted with it.
    pub deleted: bool,
    /// The form that makes exactly this version.
    pub form: FeeForm,
    /// Its live sentence.
    pub sentence: String,
    /// What differs from the version before ("Amount: 550.00, was 500.00").
    pub changes: Vec<String>,
}

/// The fees of one app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FeesView {
    /// By name, then newest first.
    pub fees: Vec<FeeView>,
    /// What Undo would take back.
    pub undo: Option<String>,
    /// Currencies offered first: those in use, then the default.
    pub currencies: Vec<CurrencyChoice>,
}
