//! The words of `activity`: when members were last active, and how accounts are counted.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::YesNo;

/// Last activity.
#[derive(Debug, Subcommand)]
pub enum ActivityCommand {
    /// Read when people were last active from a CSV file or an .xlsx workbook
    ///
    /// A list of people has one row each; an empty day means never, and who is missing is not monitored. A log of events, such
    /// as Lucid's audit log, counts logins and what was done with content; who is missing is not known. People are found by
    /// user ID, else user name, else e-mail.
    Import(Box<ActivityImportArguments>),
    /// List the imports that stand
    Imports {
        /// The app
        app: String,
    },
    /// Print who uses what they hold, and what the others cost
    Show {
        /// The app
        app: String,
        /// On this day
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    /// Print or change how accounts are counted
    Set {
        /// The app
        app: String,
        /// After how many days without activity an account is inactive; "" for the usual number
        #[arg(long, value_name = "DAYS", allow_hyphen_values = true)]
        inactive_after: Option<String>,
        /// Whether the contract charges for deactivated accounts of billable license types
        #[arg(long, value_enum)]
        deactivated_billable: Option<YesNo>,
    },
}

/// What to read, and how.
#[derive(Debug, Args)]
pub struct ActivityImportArguments {
    /// The app
    pub app: String,
    /// A CSV file or an .xlsx workbook
    pub file: PathBuf,
    /// What the file is [default: found by its columns]
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub kind: Option<ActivityKind>,
    /// The last day of which the file knows [default: the newest day in it]
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// The column of a field (`user_id`, `user_name`, `email`, `last_activity`, event, `actor_type`), by its heading or letter;
    /// nothing after the sign leaves the field out (may be repeated)
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,
    /// The sheet of a workbook [default: the first one with headings]
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// The number of the row with the headings [default: found]
    #[arg(long, value_name = "N")]
    pub header_row: Option<u64>,
    /// utf-8, utf-16le, utf-16be or windows-1252 [default: detected]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// What separates columns: , ; tab or | [default: detected]
    #[arg(long, value_name = "SIGN")]
    pub separator: Option<String>,
    /// day-first or month-first, for dates that can be read in two ways
    #[arg(long, value_name = "ORDER")]
    pub date_order: Option<String>,
    /// Tell what would be kept, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What a file of last activity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ActivityKind {
    /// A list of people
    List,
    /// A log of events
    Log,
}
