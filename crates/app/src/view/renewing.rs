//! What becomes of a purchase: renewed, duplicated, extended, repriced; and every version that it ever had.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::FieldProblem;
use super::purchases::{PurchaseForm, PurchaseView};

/// Continues a purchase with a term of the same length from its end.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct PurchaseRenewRequest {
    /// The slug.
    pub app: String,
    /// The purchase.
    pub id: i64,
    /// Change of the price in percent, as typed; empty for the one that the purchase expects, `0` for none.
    pub uplift: String,
    /// Only show what it would be: nothing is kept, and the purchase that comes back has the id 0.
    pub preview: bool,
}

/// Adds seats to a purchase from a day on, to the same end.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct PurchaseCoTerminateRequest {
    /// The slug.
    pub app: String,
    /// The purchase.
    pub id: i64,
    /// First day of the added seats, as typed.
    pub from: String,
    /// How many seats are added, as typed.
    pub quantity: String,
    /// Only show what it would be: nothing is kept, and the purchase that comes back has the id 0.
    pub preview: bool,
}

/// Ends a purchase the day before and continues it from the day on as the form says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct PurchasePriceChangeRequest {
    /// The slug.
    pub app: String,
    /// The purchase.
    pub id: i64,
    /// The first day of the new price, as typed.
    pub on: String,
    /// The purchase from then on; its effective date is `on`, whatever it says.
    pub form: PurchaseForm,
}

/// A price change, or why it was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PurchasePriceChanged {
    /// The old purchase with its new last day; `null` when refused.
    pub ended: Option<PurchaseView>,
    /// The purchase that continues it; `null` when refused.
    pub purchase: Option<PurchaseView>,
    /// Why it was refused; the field of the day is `on`.
    pub problems: Vec<FieldProblem>,
}

/// Why a version of a purchase or a fee was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum VersionReason {
    /// A mistake was corrected: history reads as if it had always been so.
    Correction,
    /// The price changed on a day: history before it stays as it was.
    PriceChange,
}

/// Every version of a purchase, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PurchaseVersions {
    /// The purchase.
    pub id: i64,
    /// Newest first.
    pub versions: Vec<PurchaseVersionView>,
}

/// One version of a purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PurchaseVersionView {
    /// 1 for the first one.
    pub number: u32,
    /// When it was written.
    pub at: String,
    /// The act that wrote it ("Price change Can-Edit, 50 seats").
    pub what: String,
    /// Why; `null` for the first one, an end, a deletion, an undo.
    pub reason: Option<VersionReason>,
    /// Whether the purchase was deleted with it.
    pub deleted: bool,
    /// The form that makes exactly this version.
    pub form: PurchaseForm,
    /// Its live sentence.
    pub sentence: String,
    /// What differs from the version before ("Cost: 9.00, was 8.00").
    pub changes: Vec<String>,
}
