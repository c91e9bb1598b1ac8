//! Recorded invoices beside what is computed, and the form as typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::{Figure, Money};
use super::problem::FieldProblem;

/// The form of an invoice exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct InvoiceForm {
    /// The vendor's number.
    pub number: String,
    /// Its day.
    pub day: String,
    /// What it bills before tax; negative for a credit note.
    pub amount: String,
    /// ISO 4217 code; empty for the purchase's.
    pub currency: String,
    /// First day that it bills; empty for its own day.
    pub from: String,
    /// Last day that it bills, inclusive; empty for the first one alone.
    pub until: String,
    /// The purchase that it bills.
    pub purchase: Option<i64>,
}

/// Records (`id` null) or edits an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct InvoiceSaveRequest {
    /// The slug.
    pub app: String,
    /// The invoice to edit.
    pub id: Option<i64>,
    /// As typed.
    pub form: InvoiceForm,
}

/// Asks what a form would mean.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct InvoicePreviewRequest {
    /// The slug.
    pub app: String,
    /// The invoice being edited, so that it is not counted twice.
    pub id: Option<i64>,
    /// As typed.
    pub form: InvoiceForm,
}

/// What a form means so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InvoicePreview {
    /// The purchase's invoices with this one beside what is computed; `null` while too little is typed.
    pub compared: Option<InvoicesCompared>,
    /// What Save would refuse.
    pub problems: Vec<FieldProblem>,
    /// What is allowed but doubtful, or how an ambiguous entry was understood.
    pub warnings: Vec<FieldProblem>,
}

/// Saved, or refused with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InvoiceSaved {
    /// The invoice as it is now; `null` when refused.
    pub invoice: Option<InvoiceView>,
    /// Why it was refused.
    pub problems: Vec<FieldProblem>,
}

/// Names one invoice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct InvoiceRequest {
    /// The slug.
    pub app: String,
    /// The invoice.
    pub id: i64,
}

/// One invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InvoiceView {
    /// Identity.
    pub id: i64,
    /// The form that makes exactly this invoice.
    pub form: InvoiceForm,
    /// What it bills.
    pub amount: Money,
    /// What the purchase is called ("Can-Edit, 50 seats"); says so when it was deleted.
    pub purchase_name: String,
}

/// The invoices of one purchase beside what is computed for the same days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InvoicesCompared {
    /// The purchase.
    pub purchase: i64,
    /// What it is called.
    pub purchase_name: String,
    /// What the invoices add up to.
    pub recorded: Figure,
    /// The payments that are due in the days that the invoices bill.
    pub computed: Figure,
    /// Recorded − computed.
    pub variance: Figure,
}

/// The invoices of one app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InvoicesView {
    /// Newest first.
    pub invoices: Vec<InvoiceView>,
    /// One row for each purchase that has invoices.
    pub compared: Vec<InvoicesCompared>,
    /// What Undo would take back.
    pub undo: Option<String>,
}
