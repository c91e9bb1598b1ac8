//! Syncs: while they run, how they ended, and their history.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::{FindingView, Problem};

/// Starts a sync.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct SyncRequest {
    /// The slug.
    pub app: String,
    /// Accept a roster that lost much. Where one is held, only what was held is accepted; an empty one only where it was
    /// held empty.
    pub accept_drop: bool,
}

/// How far a sync is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SyncProgress {
    /// The slug.
    pub app: String,
    /// `groups`, `licenses`, `deactivated`, `reading`, `comparing` or `writing`.
    pub stage: String,
    /// Pages read.
    pub page: u64,
    /// Pages expected, once known.
    pub pages: Option<u64>,
    /// Users read.
    pub users: u64,
    /// Users announced by the server.
    pub total: Option<u64>,
    /// Users a second.
    pub per_second: u64,
    /// Seconds left, once known.
    pub seconds_left: Option<u64>,
    /// Seconds until the next request leaves, while the server takes no more of them.
    pub waits_seconds: Option<u64>,
}

/// How a sync ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum SyncStatus {
    /// Written.
    Completed,
    /// Waits for the user's word; nothing was written.
    Held,
    /// Cancelled; nothing was written.
    Cancelled,
    /// Failed; nothing was written.
    Failed,
    /// Still under way, or ended without a word (the process died).
    Running,
}

/// The outcome of a sync. Fields up to `findings` are those of `seatledger sync --json`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct SyncReport {
    /// The slug.
    pub app: String,
    /// How it ended.
    pub status: SyncStatus,
    /// Members on the roster read.
    pub members: u64,
    /// Joined or reactivated.
    pub added: u64,
    /// Left.
    pub removed: u64,
    /// Listed before and now, with anything different.
    pub changed: u64,
    /// Pages read.
    pub pages: u64,
    /// Duration.
    pub seconds: f64,
    /// What is worth telling.
    pub findings: Vec<FindingView>,
    /// Members on the last accepted roster.
    pub previous_members: u64,
    /// What happened, a sentence.
    pub sentence: String,
}

/// One attempt to read the roster, from the history.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct RunView {
    /// Identity.
    pub id: i64,
    /// When it started.
    pub started: String,
    /// When it ended; `null` when it never did.
    pub finished: Option<String>,
    /// How it ended.
    pub status: SyncStatus,
    /// Members on the roster read.
    pub members: u64,
    /// Joined or reactivated.
    pub added: u64,
    /// Left.
    pub removed: u64,
    /// Listed before and now, with anything different.
    pub changed: u64,
    /// Pages read.
    pub pages: u64,
    /// Bytes of the answers' bodies.
    pub bytes: u64,
    /// Requests sent, repeats included.
    pub requests: u64,
    /// Requests that had to be repeated.
    pub retries: u64,
    /// Duration.
    pub seconds: Option<f64>,
    /// What was asked of the server, in order, as far as the run came.
    pub stages: Vec<RunStageView>,
    /// What went wrong.
    pub problem: Option<Problem>,
    /// Which form of license it saw, a sentence; `null` where it read no roster.
    pub tenant_shows: Option<String>,
    /// What is worth telling.
    pub findings: Vec<FindingView>,
}

/// One stage of a run: what was asked of the server and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct RunStageView {
    /// `service-provider`, `groups`, `licenses`, `deactivated` or `users`.
    pub key: String,
    /// The same for people.
    pub label: String,
    /// Requests sent, repeats included.
    pub requests: u64,
    /// Bytes of the answers' bodies.
    pub bytes: u64,
    /// Requests that had to be repeated.
    pub retries: u64,
    /// Duration.
    pub seconds: f64,
    /// What came of it, a sentence.
    pub detail: String,
    /// Whether it came to its end.
    pub completed: bool,
}

/// Asks whom the findings of the newest roster that was read concern.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct CasesRequest {
    /// The slug.
    pub app: String,
    /// A finding's code; `null` for all findings.
    pub code: Option<String>,
}

/// A member whom a finding concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CaseView {
    /// The finding's code.
    pub code: String,
    /// The vendor's id.
    pub id: String,
    /// User name.
    pub user_name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// What each source told, where that is not the same.
    pub told: Vec<SourceWord>,
    /// The same in words ("REST API Can-Edit, record View-Only").
    pub sentence: String,
}

/// What a source told of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SourceWord {
    /// The source ("record").
    pub source: String,
    /// A license type's name, a value, or whether the member is active.
    pub says: String,
}

/// How far the sample organisation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SampleProgress {
    /// Weeks synced.
    pub week: u32,
    /// Weeks in all.
    pub weeks: u32,
    /// The day on the virtual clock.
    pub day: String,
    /// What happened, a sentence.
    pub sentence: String,
}
