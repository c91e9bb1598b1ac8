//! The words of `export`: which table, in which format, and what it is asked with.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Basis, By, Which};

/// What to write where.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// The app
    pub app: String,
    /// What to write
    pub what: What,
    /// The file's format
    #[arg(long, value_enum)]
    pub format: Format,
    /// The file
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// csv: begin with the mark by which some spreadsheets know UTF-8
    #[arg(long)]
    pub bom: bool,
    /// csv: what stands between two fields, "," or ";" [default: ,]
    #[arg(long, value_name = "SIGN")]
    pub separator: Option<String>,
    /// over-time: month, quarter or fiscal-year [default: month]; chargeback: department or cost-center [default: department]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub by: Option<By>,
    /// over-time and forecast: by days of service (accrual) or by payment dates (cash)
    #[arg(long, value_enum, value_name = "BASIS")]
    pub basis: Option<Basis>,
    /// forecast: how many months, 1 to 120 [default: 24]
    #[arg(long, value_name = "N")]
    pub months: Option<u32>,
    /// forecast: a saved scenario, beside the present
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// focus: version of FOCUS, 1.0 or 1.2 [default: 1.2]
    #[arg(long, value_name = "VERSION")]
    pub focus_version: Option<String>,
    /// over-time: a day of the first period [default: the fiscal year's first]; focus: first day of the payments
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// over-time: a day of the last period [default: the fiscal year's last]; focus: last day of the payments [default: today]
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Which members of the roster; a day goes with roster, spend, changes and chargeback
    #[command(flatten)]
    pub which: Which,
}

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// The roster
    Roster,
    /// The purchases
    Purchases,
    /// Spend per license type
    Spend,
    /// Joined, left, upgraded, downgraded
    Changes,
    /// Spend over time: one row for each license type and period
    OverTime,
    /// What is left of the committed amount of the terms in force, by day
    BurnDown,
    /// What is to be paid in the months to come
    Forecast,
    /// What ends, by the last day to decide
    Renewals,
    /// Spend shared out by department or cost center
    Chargeback,
    /// Miscellaneous fees
    Fees,
    /// Recorded invoices
    Invoices,
    /// The organisation's exchange rates
    Rates,
    /// Cost records in FOCUS columns, as CSV: payments and their tax, shared out by department and cost center
    Focus,
}

impl What {
    /// The word that it is asked for with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Purchases => "purchases",
            Self::Spend => "spend",
            Self::Changes => "changes",
            Self::OverTime => "over-time",
            Self::BurnDown => "burn-down",
            Self::Forecast => "forecast",
            Self::Renewals => "renewals",
            Self::Chargeback => "chargeback",
            Self::Fees => "fees",
            Self::Invoices => "invoices",
            Self::Rates => "rates",
            Self::Focus => "focus",
        }
    }
}

/// File formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// RFC 4180, UTF-8
    Csv,
    /// A workbook with typed cells, charts where there is something to draw, and a sheet about itself
    Xlsx,
    /// An array of objects
    Json,
}

impl Format {
    /// The word that the application knows it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}
