//! What can be wrong, in words.

use serde::Serialize;
use ts_rs::TS;

/// An error as every shell shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Problem {
    /// A stable code to branch on ("token-rejected").
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Something wrong or doubtful about one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FieldProblem {
    /// The field's name in the request (`cost`).
    pub field: String,
    /// What to do, in words.
    pub message: String,
}

/// Something worth telling about a roster or a ledger that stops nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FindingView {
    /// A stable code ("unknown-license").
    pub code: String,
    /// A sentence for people.
    pub message: String,
    /// How many members or purchases it concerns.
    pub count: u64,
    /// A few of their ids.
    pub examples: Vec<String>,
}
