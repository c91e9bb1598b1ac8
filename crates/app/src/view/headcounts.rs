//! How many people the organisation employs, and the form as typed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::FieldProblem;

/// The form of a headcount exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct HeadcountForm {
    /// From this day; empty for today.
    pub day: String,
    /// How many people.
    pub people: String,
}

/// Enters (`id` null) or edits a headcount; one that is entered for a day that has one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct HeadcountSaveRequest {
    /// The headcount to edit.
    pub id: Option<i64>,
    /// As typed.
    pub form: HeadcountForm,
}

/// Saved, or refused with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct HeadcountSaved {
    /// The headcount as it is now; `null` when nothing was saved.
    pub headcount: Option<HeadcountView>,
    /// Why it was refused.
    pub problems: Vec<FieldProblem>,
}

/// Names one headcount.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct HeadcountRequest {
    /// The headcount.
    pub id: i64,
}

/// One headcount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct HeadcountView {
    /// Identity.
    pub id: i64,
    /// Its day.
    pub day: String,
    /// How many people.
    pub people: u32,
    /// "250 employees from 1 Nov 2026 on".
    pub sentence: String,
}

/// The organisation's headcounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct HeadcountsView {
    /// Newest first.
    pub headcounts: Vec<HeadcountView>,
    /// That there is none today, or how old it is; `null` while it is fresh.
    pub notice: Option<String>,
    /// What Undo would take back: the last act on headcounts or rates.
    pub undo: Option<String>,
}
