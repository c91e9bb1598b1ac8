//! The Connect wizard.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::{FindingView, Problem};

/// What the wizard asks for. The token goes in and never comes back: no `Debug`, no `Serialize`.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct ConnectRequest {
    /// `lucid`.
    pub connector: String,
    /// The name of the app.
    pub name: String,
    /// The SCIM base URL; empty takes the vendor's.
    pub base_url: String,
    /// As pasted.
    pub token: String,
}

/// Replaces the token of a connection.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct ReplaceTokenRequest {
    /// The slug.
    pub app: String,
    /// As pasted.
    pub token: String,
}

/// Where a stage of the test stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum StageState {
    /// Under way.
    Running,
    /// Fine.
    Passed,
    /// Fine to go on, with a remark.
    Warned,
    /// Stops here.
    Failed,
}

/// One stage of the test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ConnectStage {
    /// `address`, `tls`, `service-provider-config`, `users`, `licenses`.
    pub key: String,
    /// What is tested, in words.
    pub label: String,
    /// Where it stands.
    pub state: StageState,
    /// What was found, a sentence.
    pub detail: String,
}

/// What the test found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ConnectReport {
    /// The stages that were reached, in order.
    pub stages: Vec<ConnectStage>,
    /// Users the server announces.
    pub users: Option<u64>,
    /// How licenses are represented, a sentence.
    pub licenses: Option<String>,
    /// What will be missing or doubtful.
    pub findings: Vec<FindingView>,
    /// Why it does not work; `null` when it does.
    pub problem: Option<Problem>,
}

/// A stored connection. The shape of `seatledger connect --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Connected {
    /// The slug.
    pub app: String,
    /// The name.
    pub name: String,
    /// Users the server announces.
    pub users: Option<u64>,
    /// What will be missing or doubtful.
    pub findings: Vec<FindingView>,
}
