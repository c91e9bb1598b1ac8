//! Tables as files: which one, asked with what its screen asks with, in which format, where to.

use serde::Deserialize;
use ts_rs::TS;

use super::apps::{AppDayRequest, AppRequest};
use super::forecast::ForecastRequest;
use super::over_time::SpendOverTimeRequest;
use super::renewals::RenewalsRequest;
use super::spend::SpendByRequest;

/// How a CSV file is written; other formats do not heed it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct CsvDialect {
    /// Whether it begins with the mark by which some spreadsheets know UTF-8.
    pub bom: bool,
    /// What stands between two fields: `,` or `;`; empty for `,`.
    pub separator: String,
}

/// Writes a table to a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct TableExportRequest {
    /// Which.
    pub table: TableChoice,
    /// `csv`, `xlsx` or `json`.
    pub format: String,
    /// How, as CSV.
    #[serde(default)]
    pub csv: CsvDialect,
    /// An absolute path.
    pub path: String,
}

/// A table, with what it is asked with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "what", rename_all = "kebab-case")]
#[ts(export)]
pub enum TableChoice {
    /// The purchases as they stand.
    Purchases(AppDayRequest),
    /// Spend by license type on a day.
    Spend(AppDayRequest),
    /// Who joined, left, was upgraded or downgraded, until a day.
    Changes(AppDayRequest),
    /// Spend by period and license type.
    OverTime(SpendOverTimeRequest),
    /// What is left of the committed amount of the terms in force, by day.
    BurnDown(AppRequest),
    /// The months to come.
    Forecast(ForecastRequest),
    /// What ends when.
    Renewals(RenewalsRequest),
    /// Spend by department or cost center.
    Chargeback(SpendByRequest),
    /// Miscellaneous fees.
    Fees(AppDayRequest),
    /// Recorded invoices.
    Invoices(AppDayRequest),
    /// The organisation's exchange rates.
    Rates,
}
