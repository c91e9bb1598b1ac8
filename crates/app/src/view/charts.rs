//! Series for the charts. Titles state the finding; numbers are counts of seats or members.

use serde::Serialize;
use ts_rs::TS;

/// A count from a day on, until the next point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SeatPoint {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Seats; `null` where unlimited or not known.
    pub seats: Option<u64>,
}

/// One license type over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SeatBand {
    /// Key, or `unknown`.
    pub license_type: String,
    /// Its name.
    pub name: String,
    /// Whether it is billable: only billable types stand under the purchased line.
    pub billable: bool,
    /// Steps, oldest first.
    pub points: Vec<SeatPoint>,
}

/// Seats by license type over time with the purchased line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SeatChart {
    /// The finding ("72 of 100 purchased seats are assigned").
    pub title: String,
    /// Measure, unit and range.
    pub subtitle: String,
    /// First day shown.
    pub from: String,
    /// Last day shown.
    pub to: String,
    /// Billable types first, each in rank order.
    pub bands: Vec<SeatBand>,
    /// Purchased seats of billable types, as steps.
    pub purchased: Vec<SeatPoint>,
    /// Spans without a completed sync for more than 31 days: drawn as gaps.
    pub gaps: Vec<Gap>,
}

/// A span without readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Gap {
    /// First day without.
    pub from: String,
    /// First day with one again.
    pub to: String,
}

/// Members by the month of their Active date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ActiveDateChart {
    /// The finding.
    pub title: String,
    /// Measure, unit and range.
    pub subtitle: String,
    /// The types in the months' order.
    pub types: Vec<TypeName>,
    /// Every month from the first to the last, empty ones too.
    pub months: Vec<MonthCounts>,
    /// Members without an Active date.
    pub undated: u64,
}

/// A license type's key and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TypeName {
    /// Key, or `unknown`.
    pub license_type: String,
    /// Its name.
    pub name: String,
}

/// Counts of one month, in the order of `types`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MonthCounts {
    /// `YYYY-MM`.
    pub month: String,
    /// Members per type.
    pub counts: Vec<u64>,
}

/// Changes of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MonthChanges {
    /// `YYYY-MM`.
    pub month: String,
    /// Joined or reactivated.
    pub joined: u64,
    /// Upgraded.
    pub upgraded: u64,
    /// Left.
    pub left: u64,
    /// Downgraded.
    pub downgraded: u64,
}

/// Everything the Overview draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Charts {
    /// `null` before the first completed sync.
    pub seats: Option<SeatChart>,
    /// `null` before the first completed sync.
    pub active_dates: Option<ActiveDateChart>,
    /// Oldest first.
    pub changes: Vec<MonthChanges>,
}
