//! Cost records in the columns of FOCUS, the `FinOps` Open Cost and Usage Specification.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Writes the cost records of an app to a CSV file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct FocusRequest {
    /// The slug.
    pub app: String,
    /// `1.0` or `1.2`.
    pub version: String,
    /// First day of the payments; `null` for all.
    pub from: Option<String>,
    /// Last day of the payments, inclusive; `null` for today.
    pub to: Option<String>,
    /// An absolute path.
    pub path: String,
}

/// What was written, and what could not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FocusExported {
    /// Where.
    pub path: String,
    /// Rows without the header.
    pub rows: u64,
    /// The version of the specification.
    pub version: String,
    /// Purchases without cost records, each with the reason.
    pub left_out: Vec<String>,
    /// That some records are shared out by departments and cost centers of a later day, if so.
    pub caveat: Option<String>,
}
