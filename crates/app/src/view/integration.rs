//! The Integration screen: where license types come from, limits, schedule, and the roster that waits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::FieldProblem;

/// What something seen at the vendor (a value, a group, a subscription) means, as chosen by a person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct MappingChoice {
    /// What identifies it at the vendor.
    pub seen: String,
    /// Its name.
    pub name: String,
    /// Key or name of a license type, a new one is added; `null` says nothing about licenses.
    pub license_type: Option<String>,
}

/// The same with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MappingRow {
    /// What identifies it at the vendor.
    pub seen: String,
    /// Its name.
    pub name: String,
    /// Members, as far as they were counted when it was last looked at.
    pub members: Option<u64>,
    /// Key of the license type that it means; `null` says nothing about licenses.
    pub license_type: Option<String>,
    /// Key of the license type that its name speaks for, where nothing was chosen.
    pub suggested: Option<String>,
    /// What is odd about it; mostly empty.
    pub note: String,
}

/// Everything about one connection that people can look at and change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct IntegrationView {
    /// The slug.
    pub app: String,
    /// `lucid` or `scim`.
    pub connector: String,
    /// The SCIM base URL.
    pub base_url: String,
    /// The attribute that tells the license type; `null` where the vendor's own form does or none was chosen.
    pub license_from: Option<String>,
    /// What its values mean, the strongest first.
    pub values: Vec<MappingRow>,
    /// What groups mean.
    pub groups: GroupsView,
    /// The vendor's second interface.
    pub rest: RestView,
    /// Limits of reading.
    pub limits: LimitsView,
    /// When the app is read by itself.
    pub schedule: ScheduleView,
    /// Which form of license the last reading saw, a sentence; `null` before the first.
    pub tenant_shows: Option<String>,
}

/// Groups as a source of license types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct GroupsView {
    /// Whether the connector can take license types from groups.
    pub supported: bool,
    /// When the groups were last looked at.
    pub read: Option<String>,
    /// The groups, the strongest first.
    pub rows: Vec<MappingRow>,
    /// How things stand, a sentence.
    pub sentence: String,
}

/// The vendor's REST interface as a source of license types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RestView {
    /// Whether the vendor has one.
    pub supported: bool,
    /// Whether a key is stored.
    pub configured: bool,
    /// Its address, or the one that the vendor documents.
    pub base_url: String,
    /// The subscriptions, the strongest first.
    pub rows: Vec<MappingRow>,
    /// How things stand, a sentence.
    pub sentence: String,
}

/// Limits of reading as they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LimitsView {
    /// Empty for the usual rate, 0 for no limit.
    pub requests_per_minute: String,
    /// What the usual rate is, in words or as a number.
    pub usual_requests_per_minute: String,
    /// Empty for the usual number.
    pub pages_in_flight: String,
    /// A PEM file; empty for none.
    pub authority: String,
    /// From which drop on a roster is held, in percent; empty for the usual one.
    pub drop_percent: String,
}

/// When the app is read by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ScheduleView {
    /// Hours between two readings; `null` for never.
    pub every_hours: Option<u32>,
    /// When the next one is due.
    pub next: Option<String>,
    /// How things stand, a sentence.
    pub sentence: String,
}

/// Keeps what values, groups or subscriptions mean. Rows are in the order in which they count.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct MappingSaveRequest {
    /// The slug.
    pub app: String,
    /// `value`, `group` or `subscription`.
    pub source: String,
    /// With `value`: the attribute that tells the license type; `null` for none.
    pub license_from: Option<String>,
    /// All rows; what is not among them is forgotten.
    pub rows: Vec<MappingChoice>,
}

/// Adds the vendor's REST interface. The key goes in and never comes back: no `Debug`, no `Serialize`.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct RestConnectRequest {
    /// The slug.
    pub app: String,
    /// Empty takes the vendor's.
    pub base_url: String,
    /// As pasted.
    pub key: String,
}

/// Changes the limits, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct LimitsSaveRequest {
    /// The slug.
    pub app: String,
    /// Empty for the usual rate, 0 for no limit.
    pub requests_per_minute: String,
    /// Empty for the usual number.
    pub pages_in_flight: String,
    /// A PEM file; empty for none.
    pub authority: String,
    /// Empty for the usual one.
    pub drop_percent: String,
}

/// The limits as kept, or why they were refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LimitsSaved {
    /// `null` when something was refused; then nothing was kept.
    pub view: Option<IntegrationView>,
    /// What was refused, field by field.
    pub problems: Vec<FieldProblem>,
}

/// Sets when the app is read by itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ScheduleRequest {
    /// The slug.
    pub app: String,
    /// From 1 to 168; `null` for never.
    pub every_hours: Option<u32>,
}

/// Asks who would go if the roster that waits were accepted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct HeldRequest {
    /// The slug.
    pub app: String,
    /// Rows to skip.
    pub offset: u64,
    /// Rows to give, 1,000 at most.
    pub limit: u64,
}

/// The roster that waits for the user's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct HeldView {
    /// The run that read it.
    pub run: i64,
    /// When.
    pub when: String,
    /// Why it waits, a sentence.
    pub sentence: String,
    /// Members who would leave.
    pub would_go: u64,
    /// Members who would join.
    pub would_join: u64,
    /// Members who would change.
    pub would_change: u64,
    /// Those who would leave, by name.
    pub rows: Vec<HeldRow>,
}

/// A member who would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct HeldRow {
    /// The vendor's id.
    pub id: String,
    /// Name, else user name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Key, or `unknown`.
    pub license_type: String,
}
