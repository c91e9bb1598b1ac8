//! The Connect wizard.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::integration::MappingChoice;
use super::problem::{FindingView, Problem};

/// What the wizard asks for. The token goes in and never comes back: no `Debug`, no `Serialize`.
#[derive(Clone, Default, Deserialize, TS)]
#[ts(export)]
pub struct ConnectRequest {
    /// `lucid` or `scim`.
    pub connector: String,
    /// The name of the app.
    pub name: String,
    /// The SCIM base URL; empty takes the vendor's.
    pub base_url: String,
    /// As pasted.
    pub token: String,
    /// The attribute that tells the license type; `null` where the vendor's own form does or none was chosen.
    #[serde(default)]
    pub license_from: Option<String>,
    /// What each value of that attribute means, the strongest first.
    #[serde(default)]
    pub mapping: Vec<MappingChoice>,
    /// As typed; empty for the usual rate, 0 for no limit.
    #[serde(default)]
    pub requests_per_minute: String,
    /// As typed; empty for the usual number.
    #[serde(default)]
    pub pages_in_flight: String,
    /// A PEM file with the company's own certificate authority; empty for none.
    #[serde(default)]
    pub authority: String,
    /// Although an app is connected at this address already.
    #[serde(default)]
    pub again: bool,
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
    /// Where the license types may be told, the likeliest first.
    pub suggestions: Vec<LicenseSuggestion>,
    /// Users who were looked at for the suggestions.
    pub sampled: u64,
    /// Whether these were all users.
    pub complete: bool,
    /// Why it does not work; `null` when it does.
    pub problem: Option<Problem>,
}

/// An attribute that may tell the license type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LicenseSuggestion {
    /// The attribute's path ("userType").
    pub path: String,
    /// The same for people ("userType: 3 values").
    pub title: String,
    /// How many have it and what it says, a sentence.
    pub sentence: String,
    /// Users who have a value.
    pub with_value: u64,
    /// Users who were looked at.
    pub of: u64,
    /// The values, the most frequent first.
    pub values: Vec<ValueCount>,
}

/// One value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ValueCount {
    /// As the server says it.
    pub value: String,
    /// Users who have it.
    pub members: u64,
    /// The key that the value would be as a license type; `null` where it cannot be one.
    pub license_type: Option<String>,
}

/// How far a preview of the license types is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PreviewProgress {
    /// Users read.
    pub users: u64,
    /// Users announced by the server.
    pub total: Option<u64>,
}

/// How many members each license type would have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LicensePreview {
    /// Users read.
    pub users: u64,
    /// Members per license type, the most first.
    pub types: Vec<TypeCount>,
    /// Members for whom nothing tells a license type.
    pub without: u64,
    /// Members with several values, of which the first in the mapping's order counts.
    pub several: u64,
    /// All of it in a sentence.
    pub sentence: String,
    /// Why there is no preview; `null` when there is one.
    pub problem: Option<Problem>,
}

/// Members of one license type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TypeCount {
    /// Key.
    pub license_type: String,
    /// Name as seen.
    pub name: String,
    /// Members.
    pub members: u64,
}

/// A stored connection.
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
    /// Where the license types may be told, the likeliest first.
    pub suggestions: Vec<LicenseSuggestion>,
}
