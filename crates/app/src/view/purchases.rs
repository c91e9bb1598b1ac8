//! License Details: license types, purchases, and the form as typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::Figure;
use super::problem::FieldProblem;

/// A license type of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LicenseTypeView {
    /// Key.
    pub license_type: String,
    /// Name.
    pub name: String,
    /// Whether contracts charge for it.
    pub billable: bool,
    /// Known to cost nothing.
    pub free: bool,
    /// Members who hold it today.
    pub assigned: u64,
    /// Why its spend is not known, with what to do.
    pub warning: Option<String>,
}

/// Changes a license type; `null` leaves a field as it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct LicenseTypeChange {
    /// The slug.
    pub app: String,
    /// Key of the type.
    pub license_type: String,
    /// New name.
    pub name: Option<String>,
    /// Whether contracts charge for it.
    pub billable: Option<bool>,
    /// Known to cost nothing.
    pub free: Option<bool>,
}

/// The purchase form exactly as typed: nothing is lost when it is refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct PurchaseForm {
    /// Key or name of a license type; a new one is added.
    pub license_type: String,
    /// Name.
    pub name: String,
    /// Purchase identifier.
    pub po: String,
    /// Whole number, separators tolerated; ignored when `unlimited`.
    pub quantity: String,
    /// As many seats as needed.
    pub unlimited: bool,
    /// Amount; empty means not known.
    pub cost: String,
    /// `unit` or `lot`.
    pub per: String,
    /// ISO 4217 code.
    pub currency: String,
    /// `once`, `month`, `quarter`, `6months`, `year`, `18months`, `2years`, `3years`.
    pub every: String,
    /// First day.
    pub from: String,
    /// Last day, inclusive; empty for open-ended.
    pub until: String,
    /// `none`, `daily`, `whole-month-up`, `whole-month-down`.
    pub proration: String,
    /// Renews by itself.
    pub auto_renews: bool,
    /// Days; empty for none.
    pub notice_days: String,
    /// Notes.
    pub note: String,
}

/// Asks what a form would mean.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct PurchasePreviewRequest {
    /// The slug.
    pub app: String,
    /// The purchase being edited, so that it is not compared with itself.
    pub id: Option<i64>,
    /// As typed.
    pub form: PurchaseForm,
}

/// What a form means so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PurchasePreview {
    /// "50 seats × $9.00 monthly = $5,400.00 a year until 31 Mar 2027"; `null` while too little is typed.
    pub sentence: Option<String>,
    /// Annualised cost; `null` while too little is typed.
    pub annual: Option<Figure>,
    /// Cost of the whole term; `null` while open-ended or too little is typed.
    pub term_total: Option<Figure>,
    /// Last day to give notice.
    pub notice_by: Option<String>,
    /// What Save would refuse.
    pub problems: Vec<FieldProblem>,
    /// What is allowed but doubtful, or how an ambiguous entry was understood.
    pub warnings: Vec<FieldProblem>,
}

/// Adds (`id` null) or edits a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct PurchaseSaveRequest {
    /// The slug.
    pub app: String,
    /// The purchase to edit.
    pub id: Option<i64>,
    /// As typed.
    pub form: PurchaseForm,
}

/// Saved, or refused with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PurchaseSaved {
    /// The purchase as it is now; `null` when refused.
    pub purchase: Option<PurchaseView>,
    /// Why it was refused.
    pub problems: Vec<FieldProblem>,
}

/// Ends a purchase with a last day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct PurchaseEndRequest {
    /// The slug.
    pub app: String,
    /// The purchase.
    pub id: i64,
    /// Last day, inclusive, as typed.
    pub last_day: String,
}

/// Names one purchase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct PurchaseRequest {
    /// The slug.
    pub app: String,
    /// The purchase.
    pub id: i64,
}

/// Where a purchase stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum PurchaseState {
    /// In force.
    InForce,
    /// Starts later.
    Future,
    /// Expired.
    Ended,
}

/// One purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PurchaseView {
    /// Identity.
    pub id: i64,
    /// The form that makes exactly this purchase: edit starts from it.
    pub form: PurchaseForm,
    /// Name of the license type.
    pub license_name: String,
    /// Seats; `null` when unlimited.
    pub quantity: Option<u32>,
    /// Price as entered, with its own decimals; `null` when unknown.
    pub cost: Option<String>,
    /// Annualised cost.
    pub annual: Figure,
    /// Cost of the whole term; `null` while open-ended.
    pub term_total: Option<Figure>,
    /// Where it stands.
    pub state: PurchaseState,
    /// "Ends in 128 days, on 31 Mar 2027", "Expired 3 days ago, on 20 Nov 2026".
    pub state_sentence: String,
    /// The live sentence.
    pub sentence: String,
    /// Last day to give notice.
    pub notice_by: Option<String>,
}

/// License Details of one app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LicenseDetails {
    /// Types in rank order.
    pub license_types: Vec<LicenseTypeView>,
    /// By license type, then newest first.
    pub purchases: Vec<PurchaseView>,
    /// What Undo would take back ("Delete Can-Edit, 50 seats"); `null` when there is nothing.
    pub undo: Option<String>,
    /// Currencies offered first: those in use, then the default.
    pub currencies: Vec<CurrencyChoice>,
}

/// A currency to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CurrencyChoice {
    /// ISO 4217 code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Decimals of its minor unit.
    pub decimals: u8,
}

/// What Undo took back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Undone {
    /// A sentence; `null` when there was nothing to undo.
    pub what: Option<String>,
}
