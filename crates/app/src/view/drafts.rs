//! Half-typed forms that survive a restart: text that the window wrote and reads back. Never a token.

use serde::Deserialize;
use ts_rs::TS;

/// Keeps a draft in place of the one under the same key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct DraftRequest {
    /// The slug.
    pub app: String,
    /// Which form (`purchase`, `purchase-17`, `fee`).
    pub key: String,
    /// What the window wrote.
    pub body: String,
}

/// Names a draft.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct DraftKey {
    /// The slug.
    pub app: String,
    /// Which form.
    pub key: String,
}
