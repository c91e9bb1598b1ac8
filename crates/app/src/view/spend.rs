//! Spend with every basis labelled.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::{Explanation, Figure, SeatCounts};
use super::problem::FindingView;

/// Spend of one app on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SpendView {
    /// The slug.
    pub app: String,
    /// The day.
    pub as_of: String,
    /// The one currency of the purchases in force; `null` when there is none or several.
    pub currency: Option<String>,
    /// Active members with a billable license type; deactivated ones where the contract charges for them.
    pub billable_accounts: u64,
    /// Whether deactivated accounts of billable license types are among them.
    pub deactivated_billable: bool,
    /// Annual spend for the billable accounts: the headline.
    pub billable_annual: Figure,
    /// What the contracts commit to, annualised.
    pub committed_annual: Figure,
    /// Unassigned seats at their price, annualised.
    pub waste_annual: Figure,
    /// When the waste can be realised ("at renewal, from 1 Apr 2027"); `null` without waste.
    pub waste_note: Option<String>,
    /// Seats and members of all license types, each with its reason.
    pub counts: SeatCounts,
    /// Every basis, in a fixed order, the headline first.
    pub bases: Vec<Basis>,
    /// Per license type, in rank order.
    pub by_license_type: Vec<TypeSpend>,
    /// Keys of types that have accounts or seats but no price.
    pub unpriced_license_types: Vec<String>,
    /// Doubts: over-assigned types, mixed currencies, expired auto-renewing purchases.
    pub findings: Vec<FindingView>,
}

/// One basis of spend: what is meant by "what do we pay".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Basis {
    /// `billable-annual`, `committed-annual`, `used`, `idle`, `waste`, `waste-in-all`, `waste-now`, `waste-at-renewal`, `run-rate`, `tcv`,
    /// `acv`, `cost-per-billable`, `cost-per-active`, `cost-per-employee`, `fees`, `tax`.
    pub key: String,
    /// Its name in words.
    pub label: String,
    /// How much.
    pub figure: Figure,
    /// For waste at renewal: the first day on which it can be realised.
    pub from: Option<String>,
    /// For waste at renewal: the last day to give notice for it.
    pub notice_by: Option<String>,
}

/// Spend of one license type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TypeSpend {
    /// Key.
    pub license_type: String,
    /// Name.
    pub name: String,
    /// Whether contracts charge for it.
    pub billable: bool,
    /// Known to cost nothing.
    pub free: bool,
    /// Purchased seats in force; `null` when unlimited.
    pub purchased: Option<u64>,
    /// Whether a purchase in force is unlimited.
    pub unlimited: bool,
    /// Members who hold it.
    pub assigned: u64,
    /// Of those, the ones that are billable.
    pub billable_accounts: u64,
    /// Of its accounts, those that were active within the threshold.
    pub active: u64,
    /// Those that were active before it.
    pub inactive: u64,
    /// Those that were never active.
    pub never: u64,
    /// Those of which nobody can tell.
    pub not_monitored: u64,
    /// Purchased seats that nobody holds; `null` when unlimited.
    pub unassigned: Option<u64>,
    /// Members beyond the purchased seats; `null` when unlimited.
    pub over_assigned: Option<u64>,
    /// The same numbers, each with its reason.
    pub counts: SeatCounts,
    /// Annual price of one seat (quantity-weighted average).
    pub unit_annual: Figure,
    /// Annual spend for its billable accounts.
    pub billable_annual: Figure,
    /// What its contracts commit to, annualised.
    pub committed_annual: Figure,
}

/// Asks who the spend is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct SpendByRequest {
    /// The slug.
    pub app: String,
    /// `YYYY-MM-DD`; `null` for today.
    pub as_of: Option<String>,
    /// `department` or `cost-center`.
    pub by: String,
}

/// Annual spend, shared out: the rows and the unassigned seats add up to the total to the last minor unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SpendBy {
    /// The slug.
    pub app: String,
    /// The day.
    pub as_of: String,
    /// `department` or `cost-center`.
    pub by: String,
    /// By name, accounts without one last.
    pub rows: Vec<SpendByRow>,
    /// Billable accounts of all rows.
    pub accounts: u64,
    /// How those were counted.
    pub accounts_because: Explanation,
    /// Seats that no account holds.
    pub unassigned: Figure,
    /// All rows, and the unassigned seats.
    pub total: Figure,
    /// That departments and cost centers are not those of the day, if so.
    pub caveat: Option<String>,
}

/// What one department or cost center costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SpendByRow {
    /// Its name; `null` for accounts without one.
    pub name: Option<String>,
    /// Its billable accounts.
    pub accounts: u64,
    /// How those were counted.
    pub accounts_because: Explanation,
    /// What they cost in a year.
    pub figure: Figure,
}
