//! License Details: license types, purchases, and the form as typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::{Explanation, Figure};
use super::problem::{FieldProblem, FindingView};

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
    /// How the price depends on the seats: empty or `flat`, `graduated`, `volume`, `base-fee`.
    pub shape: String,
    /// Tier table of a graduated or volume price, a band a line: `1-10: 9.00`, `11+: 8.00`. The cost is empty then.
    pub tiers: String,
    /// Seats that a base fee includes; the cost is the fee itself.
    pub included: String,
    /// What each seat beyond the included ones costs, each payment.
    pub extra: String,
    /// In which numbers seats are sold: empty, a block (`10`), or a ladder (`3, 5, 10, then +10`).
    pub packs: String,
    /// Discounts of each payment, one a line: `10% partner`, `5% of list`, `100.00 goodwill`.
    pub discounts: String,
    /// Tax on top, in percent; kept apart from every figure.
    pub tax: String,
    /// What each payment comes to at least.
    pub minimum_payment: String,
    /// What all payments of the term come to at least.
    pub minimum_term: String,
    /// What a seat beyond the purchased ones costs: empty while not agreed, `contract`, or an amount.
    pub overage: String,
    /// The day on which such seats are counted and charged; empty from the day they are held.
    pub true_up: String,
    /// How a period that they cover in part is charged: empty or `daily`, `none`, `whole-month-up`, `whole-month-down`.
    pub overage_proration: String,
    /// Expected rise of the price at the renewal, in percent.
    pub uplift: String,
    /// The most that the contract allows at the renewal, in percent.
    pub cap: String,
    /// How many seats are planned for the term that follows: empty for as many as now.
    pub renewal_seats: String,
    /// What a price that is paid once is spread over: empty or `term`, `date` (its date only), or a life (`36 months`).
    pub once: String,
    /// Whom it pays for, a rule a line: `department: Sales`, `cost center: 4711`, `group: Design`, `email: @acme.example`.
    pub pays_for: String,
    /// Whether it pays for whomever no rule matches.
    pub fallback: bool,
    /// Name or e-mail address of who is responsible.
    pub owner: String,
    /// The e-mail address that is reminded of the renewal.
    pub reminder: String,
    /// Where its documents are, one a line: `Order form = https://acme.example/order.pdf`. Links and paths only.
    pub documents: String,
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
    /// Tax on one payment, on top of it; `null` without a tax.
    pub tax: Option<Figure>,
    /// What a seat that is held costs in a year; `null` while the purchase is not in force, or too little is typed.
    pub per_held: Option<Figure>,
    /// The next payment; `null` when nothing is left to pay, or too little is typed.
    pub next_payment: Option<PaymentToCome>,
    /// Last day to give notice.
    pub notice_by: Option<String>,
    /// How that day is found.
    pub notice_because: Option<Explanation>,
    /// What Save would refuse.
    pub problems: Vec<FieldProblem>,
    /// What is allowed but doubtful, or how an ambiguous entry was understood.
    pub warnings: Vec<FieldProblem>,
}

/// A payment that is still to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PaymentToCome {
    /// The day on which it is due.
    pub day: String,
    /// What is paid, before tax.
    pub figure: Figure,
}

/// Adds (`id` null) or corrects a purchase: a correction restates history, the old version stays readable. A price
/// that changed from a day on is a price change instead.
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
    /// Tax on one payment, on top of it; `null` without a tax.
    pub tax: Option<Figure>,
    /// The purchase that this one continues: by a renewal or a price change.
    pub succeeds: Option<i64>,
    /// The purchase that continues this one.
    pub succeeded_by: Option<i64>,
}

/// License Details of one app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LicenseDetails {
    /// The day on which everything here is told.
    pub as_of: String,
    /// Whether the roster was read by then: otherwise nobody was counted, which is not the same as nobody.
    pub counted: bool,
    /// Types in rank order.
    pub license_types: Vec<LicenseTypeView>,
    /// By license type, then newest first.
    pub purchases: Vec<PurchaseView>,
    /// What Undo would take back ("Delete Can-Edit, 50 seats"); `null` when there is nothing.
    pub undo: Option<String>,
    /// Currencies offered first: those in use, then the default.
    pub currencies: Vec<CurrencyChoice>,
    /// What does not fit together among the purchases: gaps, overlaps, duplicates. `examples` are purchase ids.
    pub findings: Vec<FindingView>,
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

/// What Undo and Redo would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Undoable {
    /// The act that Undo would take back.
    pub undo: Option<String>,
    /// The act that Redo would do once more.
    pub redo: Option<String>,
}

/// What a person said of a license type at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LicenseTypeVersionView {
    /// When, an instant.
    pub at: String,
    /// The act ("Edit license type Can-Edit: free").
    pub what: String,
    /// Its name.
    pub name: String,
    /// Whether contracts charge for it.
    pub billable: bool,
    /// Known to cost nothing.
    pub free: bool,
    /// Whether that was taken back: what the connector or the roster says counts again.
    pub taken_back: bool,
}

/// What Undo took back or Redo did once more, whatever its noun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Undone {
    /// A sentence; `null` when there was nothing to undo or to redo.
    pub what: Option<String>,
}
