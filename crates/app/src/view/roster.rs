//! The Activity tab: one page of the roster at a time, never all of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::charts::TypeName;
use super::export::CsvDialect;

/// What the roster can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RosterSort {
    /// The vendor's id.
    Id,
    /// User name.
    UserName,
    /// E-mail address.
    #[default]
    Email,
    /// First name.
    GivenName,
    /// Middle name.
    MiddleName,
    /// Last name.
    FamilyName,
    /// License type.
    LicenseType,
    /// Status.
    Status,
    /// Active date.
    Created,
    /// When the vendor's record changed last.
    LastChanged,
    /// Department.
    Department,
    /// Cost center.
    CostCenter,
    /// Last activity: never before any day; of whom neither is known comes last.
    LastActivity,
}

/// Which members, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct RosterQuery {
    /// The slug.
    pub app: String,
    /// A past day; `null` for the last reading.
    pub as_of: Option<String>,
    /// Keys to show, `unknown` included; empty shows all.
    pub license_types: Vec<String>,
    /// `active`, `deactivated`, `left`; empty shows everyone the vendor reports.
    pub statuses: Vec<String>,
    /// Only billable (`true`) or only others (`false`).
    pub billable: Option<bool>,
    /// Departments to show, "" for members without one; empty shows all.
    pub departments: Vec<String>,
    /// Cost centers to show, "" for members without one; empty shows all.
    pub cost_centers: Vec<String>,
    /// Groups to show (members in any of them); empty shows all.
    pub groups: Vec<String>,
    /// `active`, `inactive`, `never`, `not-monitored`, as of the day; empty shows all.
    pub activity: Vec<String>,
    /// Words that must all occur in id, user name, e-mail, names, department or cost center; any case.
    pub search: String,
    /// The order.
    pub sort: RosterSort,
    /// Whether the order is reversed.
    pub descending: bool,
}

/// A window onto the rows of a query.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct RosterPageRequest {
    /// Which members.
    pub query: RosterQuery,
    /// Rows before the first one wanted.
    pub offset: u64,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// One page of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RosterPage {
    /// The rows.
    pub rows: Vec<RosterRow>,
    /// Rows that match the query.
    pub matching: u64,
    /// Members on the roster without any filter.
    pub total: u64,
    /// That departments and cost centers are not those of the day, if so.
    pub caveat: Option<String>,
}

/// One member. The fields up to `groups` are those of `seatledger roster --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RosterRow {
    /// The vendor's id.
    pub id: String,
    /// User name as sent.
    pub user_name: String,
    /// E-mail address as sent.
    pub email: Option<String>,
    /// First name.
    pub given_name: Option<String>,
    /// Middle name.
    pub middle_name: Option<String>,
    /// Last name.
    pub family_name: Option<String>,
    /// Key of the license type; `null` when the vendor does not tell.
    pub license_type: Option<String>,
    /// Whether the account is billable.
    pub billable: bool,
    /// Whether the member may sign in.
    pub active: bool,
    /// Active date (`meta.created`), an instant.
    pub created: Option<String>,
    /// `meta.lastModified`, an instant.
    pub last_modified: Option<String>,
    /// The day of the last activity up to the day, as far as an import told of it.
    pub last_activity: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Cost center.
    pub cost_center: Option<String>,
    /// Group names.
    pub groups: Vec<String>,
    /// `active`, `deactivated` or `left`.
    pub status: String,
    /// The license type's name ("Can-Edit", "Unknown").
    pub license_name: String,
    /// The first day on which the member was no longer listed, where they left.
    pub left_on: Option<String>,
    /// Every product of the vendor that the member holds ("Lucidspark").
    pub products: Vec<String>,
    /// How the member counts by their last activity: `active`, `inactive`, `never` or `not-monitored`.
    pub activity: String,
}

/// A value of a filter and how many members have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FacetValue {
    /// The value to filter by.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Members who have it.
    pub count: u64,
}

/// The filters that the roster offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Facets {
    /// License types.
    pub license_types: Vec<FacetValue>,
    /// Statuses.
    pub statuses: Vec<FacetValue>,
    /// Departments, most members first, at most 200.
    pub departments: Vec<FacetValue>,
    /// Cost centers, most members first, at most 200.
    pub cost_centers: Vec<FacetValue>,
    /// Groups, most members first, at most 200.
    pub groups: Vec<FacetValue>,
    /// How members count by their last activity.
    pub activity: Vec<FacetValue>,
}

/// Asks for one member's history.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct MemberRequest {
    /// The slug.
    pub app: String,
    /// The vendor's id.
    pub member: String,
}

/// What one member held when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MemberHistory {
    /// The member as last reported.
    pub row: RosterRow,
    /// Every product reported, with whether it is held.
    pub products: Vec<ProductView>,
    /// Newest first.
    pub assignments: Vec<AssignmentView>,
    /// Newest first.
    pub changes: Vec<ChangeView>,
}

/// A vendor's product and whether the member holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ProductView {
    /// The vendor's product name.
    pub product: String,
    /// Whether it is held.
    pub granted: bool,
}

/// A license held over `[from, until)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct AssignmentView {
    /// What.
    pub license: TypeName,
    /// First day it was seen.
    pub from: String,
    /// First day it was no longer seen; `null` while held.
    pub until: Option<String>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ChangeView {
    /// When it was noticed, an instant.
    pub at: String,
    /// The member's id.
    pub member: String,
    /// The member's e-mail address, else user name.
    pub who: String,
    /// `joined`, `left`, `reactivated`, `upgraded`, `downgraded`, `reclassified`.
    pub kind: String,
    /// Name of the license type before.
    pub from: Option<String>,
    /// Name of the license type after.
    pub to: Option<String>,
}

/// Writes the whole filtered set to a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ExportRequest {
    /// Which members.
    pub query: RosterQuery,
    /// `csv`, `xlsx` or `json`.
    pub format: String,
    /// How, as CSV.
    #[serde(default)]
    pub csv: CsvDialect,
    /// Columns by field name, in order; empty writes all.
    pub columns: Vec<String>,
    /// An absolute path.
    pub path: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Exported {
    /// Where.
    pub path: String,
    /// Rows without the header.
    pub rows: u64,
}
