//! Spend over time: periods by license types, and what is left of the terms in force. Titles state the finding.
//! Absent on purpose: a reason in every cell; it is asked for one by one, since a table has many.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::{Figure, Money};

/// Asks for spend by period.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct SpendOverTimeRequest {
    /// The slug.
    pub app: String,
    /// A day of the first period; `null` for the start of the current fiscal year.
    pub from: Option<String>,
    /// A day of the last period; `null` for the end of the current fiscal year.
    pub to: Option<String>,
    /// `month`, `quarter` or `fiscal-year`.
    pub by: String,
    /// `accrual` (by days of service) or `cash` (by payment dates).
    pub basis: String,
}

/// Spend by period. Cells add up to the totals, in rows and in columns, to the last minor unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SpendOverTime {
    /// The slug.
    pub app: String,
    /// `month`, `quarter` or `fiscal-year`.
    pub by: String,
    /// `accrual` or `cash`.
    pub basis: String,
    /// The finding ("$64,800.00 from Jan 2026 to Dec 2026, most of it in Apr 2026").
    pub title: String,
    /// Measure, unit and range.
    pub subtitle: String,
    /// The currency of the totals; `null` where there is none.
    pub currency: Option<String>,
    /// The periods, in order and without holes.
    pub periods: Vec<Period>,
    /// License types in rank order, then fees; without those that cost nothing in any period.
    pub rows: Vec<PeriodRow>,
    /// Of more than five license types, those without a color of their own as one row; `null` where that is at most one.
    pub others: Option<PeriodRow>,
    /// What each period costs; `null` where that cannot be known.
    pub totals: Vec<Option<Money>>,
    /// All periods together.
    pub total: Figure,
    /// What is left of the terms in force on today; `null` when none of them has an end and a price.
    pub burn_down: Option<BurnDown>,
    /// What the totals leave out, or why there are none.
    pub caveats: Vec<String>,
}

/// A span of days with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Period {
    /// "Apr 2026", "Q1 FY 2026/27", "2026".
    pub label: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// One license type, or the fees, period by period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PeriodRow {
    /// Key of the license type; `null` for the fees and for several types.
    pub license_type: Option<String>,
    /// Its name.
    pub name: String,
    /// What each period costs; `null` where that cannot be known.
    pub cells: Vec<Option<Money>>,
    /// All periods together.
    pub total: Option<Money>,
    /// What the cells leave out.
    pub caveats: Vec<String>,
}

/// Asks why a cell or a total is what it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct SpendCellRequest {
    /// The table.
    pub table: SpendOverTimeRequest,
    /// Which period, from 0; `null` for all of them.
    pub period: Option<u32>,
    /// A license type's key, `fees`, or `null` for all rows.
    pub row: Option<String>,
}

/// Asks why a point of the burn-down is what it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct BurnPointRequest {
    /// The slug.
    pub app: String,
    /// The day of a point; `null` for today.
    pub date: Option<String>,
    /// `left`, `even`, `beside` (the one less the other), or `committed`, which is the same on every day.
    pub line: String,
}

/// What is left of the committed amount of the terms in force, by days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct BurnDown {
    /// The finding ("$2,700.00 of $5,400.00 are left").
    pub title: String,
    /// Measure, unit and range.
    pub subtitle: String,
    /// What all the terms cost.
    pub committed: Figure,
    /// What is left of it today.
    pub left: Money,
    /// How that is beside an even pace, until when the terms go, and when nothing is left; a sentence.
    pub pace: String,
    /// From the first day of the first term to the last day of the last one.
    pub points: Vec<BurnPoint>,
}

/// What is left at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct BurnPoint {
    /// The day.
    pub date: String,
    /// How much.
    pub left: Money,
    /// How much at an even pace: the same every day.
    pub even: Money,
}
