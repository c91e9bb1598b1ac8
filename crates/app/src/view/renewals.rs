//! The calendar of renewals, by the last day to give notice.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::{Explanation, Figure};

/// Asks for the renewals.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct RenewalsRequest {
    /// The slug; `null` for all apps.
    pub app: Option<String>,
    /// How much more than the engaged accounts is suggested, in percent, as typed; empty for 10.
    pub buffer: String,
    /// `YYYY-MM-DD`; `null` for today.
    pub as_of: Option<String>,
}

/// The renewals, the nearest deadline first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RenewalsView {
    /// The day on which days are counted.
    pub as_of: String,
    /// The finding ("2 of 5 renewals must be decided within 60 days, 1 purchase has expired").
    pub title: String,
    /// Purchases that end, without those that are over and followed by another.
    pub rows: Vec<RenewalRow>,
}

/// How near a renewal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum RenewalStage {
    /// All marks are still to come.
    Later,
    /// A mark has been reached, the deadline has not passed.
    Within,
    /// Notice can no longer be given; the term goes on.
    NoticePassed,
    /// The term is over, and nothing follows.
    Expired,
}

/// One renewal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RenewalRow {
    /// The slug of its app.
    pub app: String,
    /// The app's name.
    pub app_name: String,
    /// The purchase that ends.
    pub purchase: i64,
    /// Key of its license type.
    pub license_type: String,
    /// Name of its license type.
    pub license_name: String,
    /// What to call it: its name, its PO, or its license type.
    pub label: String,
    /// Seats that are paid for; `null` when unlimited.
    pub seats: Option<u64>,
    /// Its last day.
    pub last_day: String,
    /// The last day to give notice; `null` without a notice period.
    pub notice_by: Option<String>,
    /// How that day is found; `null` without a notice period.
    pub notice_because: Option<Explanation>,
    /// What must be decided by: the last day to give notice, or else the last day.
    pub deadline: String,
    /// Days until the deadline; negative when it has passed.
    pub days_left: i64,
    /// How near it is.
    pub stage: RenewalStage,
    /// The nearest mark that has been reached: 120, 90, 60 or 30; `null` while none has.
    pub within: Option<u16>,
    /// The days to look at it, the earliest first.
    pub marks: Vec<RenewalMark>,
    /// Whether it renews by itself.
    pub auto_renews: bool,
    /// How many seats are planned for the term that follows, where that changes them.
    pub planned_seats: Option<u32>,
    /// The purchase that already follows.
    pub renewed_by: Option<i64>,
    /// Where it stands, in words; a day that is over is never "0 days left".
    pub sentence: String,
    /// What it costs in a year; `null` while its price is unknown.
    pub annual: Option<Figure>,
    /// What its renewal is expected to cost in a year, with the uplift.
    pub renewed_annual: Option<Figure>,
    /// How many seats to renew; `null` when unlimited, expired, followed by another, or when the roster was never read.
    pub suggestion: Option<SeatSuggestion>,
    /// Name or e-mail address of who is responsible; empty where nobody is named.
    pub owner: String,
    /// The e-mail address that is reminded; empty where none is named.
    pub reminder: String,
}

/// A day at which a renewal is to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RenewalMark {
    /// So many days before the deadline.
    pub days: u16,
    /// The day.
    pub day: String,
    /// Whether it has come.
    pub reached: bool,
}

/// How many seats to renew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SeatSuggestion {
    /// How many.
    pub seats: u64,
    /// Why.
    pub because: Explanation,
}

/// Writes the renewals as an iCalendar file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct RenewalsExportRequest {
    /// The slug; `null` for all apps.
    pub app: Option<String>,
    /// Where, an absolute path.
    pub path: String,
}
