//! The words of the command line (product.md) and their help.

use std::path::PathBuf;

use app::view::roster::RosterQuery;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

mod activity;
mod books;
mod export;
mod outlook;
mod purchase;

pub use crate::connection_args::{
    ConnectCommand, ConnectionCommand, MappingCommand, MappingSet, ReadingArguments, RestCommand, Source,
};
pub use activity::{ActivityCommand, ActivityImportArguments, ActivityKind};
pub use books::{
    FeeCommand, FeeFields, HeadcountCommand, InvoiceChanges, InvoiceCommand, InvoiceFields, RateChanges, RateCommand,
    RateFields,
};
pub use export::{ExportArguments, Format, What};
pub use outlook::{Basis, By, ChangeArguments, ForecastArguments, RenewalArguments, ScenarioCommand, SpendArguments};
pub use purchase::{PurchaseCommand, PurchaseFields, Why};

/// What a company pays for SaaS licenses, for whom, and what it could stop paying.
///
/// Exit status: 0 done, 1 anything else, 2 usage, 3 token rejected or missing, 4 network or server,
/// 5 roster held for confirmation, 6 store or vault.
#[derive(Debug, Parser)]
#[command(name = "seatledger", version, about, max_term_width = 100)]
#[command(after_help = "Examples:
  seatledger demo
  seatledger connect lucid --name Lucidchart --token-stdin < token.txt
  seatledger sync lucidchart
  seatledger purchase add lucidchart --type can-edit --quantity 50 --cost 9.00 --per unit --currency USD --every month --from 2026-04-01 --until 2027-03-31
  seatledger spend lucidchart --explain
  seatledger connect scim --name Figma --base-url https://example.com/scim/v2 --license-from userType --token-stdin < token.txt
  seatledger sync --all --quiet")]
pub struct Arguments {
    /// Where everything is kept [env: `SEATLEDGER_DATA_DIR`] [default: the platform's folder for local data]
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Where a new vault keeps its key: the system's keychain, or a passphrase (`SEATLEDGER_PASSPHRASE` or a prompt)
    /// [env: `SEATLEDGER_VAULT`]
    #[arg(long, global = true, value_enum)]
    pub vault: Option<Keeper>,
    /// Print one JSON document on stdout and nothing else there
    #[arg(long, global = true)]
    pub json: bool,
    /// Print results only, no progress and no notes
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// As typed, completed from the environment. The parser is not told of the latter: where an error shows how to call
    /// the command, it would show what is set there as if it had to be typed.
    pub fn from_process() -> Result<Self, clap::Error> {
        let typed = Self::try_parse()?;
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let data_dir = typed.data_dir.or_else(|| set("SEATLEDGER_DATA_DIR").map(PathBuf::from));
        let named = set("SEATLEDGER_VAULT").map(|value| value.to_string_lossy().into_owned());
        let vault = match (typed.vault, named) {
            (None, Some(named)) => Some(Keeper::from_str(&named, false).map_err(|_| no_keeper(&named))?),
            (vault, _) => vault,
        };
        Ok(Self { data_dir, vault, ..typed })
    }
}

fn no_keeper(named: &str) -> clap::Error {
    let message = format!("SEATLEDGER_VAULT is \"{named}\": expected os or file");
    Arguments::command().error(ErrorKind::InvalidValue, message)
}

impl Command {
    /// The past day on which a command reads everything; commands that hand the day over themselves have none here.
    pub fn as_of(&self) -> Option<&str> {
        match self {
            Self::Purchase { command: PurchaseCommand::List { as_of, .. } }
            | Self::Fee { command: FeeCommand::List { as_of, .. } }
            | Self::Invoice { command: InvoiceCommand::List { as_of, .. } }
            | Self::Scenario { command: ScenarioCommand::Compare { as_of, .. } }
            | Self::Renewals(RenewalArguments { as_of, .. })
            | Self::Forecast(ForecastArguments { as_of, .. }) => as_of.as_deref(),
            _ => None,
        }
    }
}

/// Where a new vault keeps its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Keeper {
    /// The operating system's keychain
    Os,
    /// A passphrase
    File,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Test a connection, then keep it with its token sealed
    Connect {
        /// Which kind of app
        #[command(subcommand)]
        connector: ConnectCommand,
    },
    /// List the connected apps
    Apps {
        /// Print the arithmetic behind every figure
        #[arg(long)]
        explain: bool,
    },
    /// Read rosters: of the named apps, else of all
    ///
    /// With --json one app is an object, several are an array; with --all it is always an array.
    Sync {
        /// Apps by slug
        apps: Vec<String>,
        /// All apps, one after another; one that fails does not keep the others from being read
        #[arg(long, conflicts_with = "apps")]
        all: bool,
        /// Accept a roster that lost much
        ///
        /// Where one is held, that one is accepted: what is read now may lose no more than it did, or it is held in its
        /// place. Where none is, what is read now is accepted at once, unless it lists nobody: an empty roster is
        /// accepted only after it was held.
        #[arg(long)]
        accept_drop: bool,
    },
    /// Print the roster of an app
    Roster(RosterArguments),
    /// Import when members were last active, and see who uses what they hold
    Activity {
        /// What to do
        #[command(subcommand)]
        command: ActivityCommand,
    },
    /// List license types, or say what is billable or free
    License {
        /// What to do
        #[command(subcommand)]
        command: LicenseCommand,
    },
    /// Enter and list what licenses cost
    Purchase {
        /// What to do
        #[command(subcommand)]
        command: PurchaseCommand,
    },
    /// Enter and list miscellaneous fees
    Fee {
        /// What to do
        #[command(subcommand)]
        command: FeeCommand,
    },
    /// Record invoices and see them beside what is computed
    Invoice {
        /// What to do
        #[command(subcommand)]
        command: InvoiceCommand,
    },
    /// Enter and list the organisation's exchange rates
    Rate {
        /// What to do
        #[command(subcommand)]
        command: RateCommand,
    },
    /// Enter and list the organisation's headcounts, for the cost per employee
    Headcount {
        /// What to do
        #[command(subcommand)]
        command: HeadcountCommand,
    },
    /// Take back the last change of purchases, license types, fees, invoices, scenarios, rates, headcounts or activity
    Undo {
        /// The app
        app: String,
    },
    /// Do the change once more that was taken back last
    Redo {
        /// The app
        app: String,
    },
    /// Print spend with every basis, shared out, or over time
    Spend(SpendArguments),
    /// Print when purchases end, by the last day to give notice
    Renewals(RenewalArguments),
    /// Print what is to be paid in the months to come
    Forecast(ForecastArguments),
    /// Try what-if scenarios beside the present
    Scenario {
        /// What to do
        #[command(subcommand)]
        command: ScenarioCommand,
    },
    /// Print who joined, left, was upgraded or downgraded
    Changes {
        /// The app
        app: String,
        /// First day
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Last day
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
    },
    /// Write a table to a file: the whole filtered roster, or any table of the books
    Export(ExportArguments),
    /// Add purchases from a CSV file or a workbook, all accepted rows in one act
    Import(Box<ImportArguments>),
    /// Print the history of syncs
    Runs {
        /// The app
        app: String,
        /// Print what each sync asked of the server, stage by stage
        #[arg(long)]
        stages: bool,
        /// Print so many of the newest syncs at most
        #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..))]
        limit: u64,
        /// Print whom a finding of the newest roster concerns, for example sources-disagree (1,000 members at most)
        #[arg(long, value_name = "CODE", conflicts_with = "stages")]
        finding: Option<String>,
    },
    /// Print who would go if the roster that waits were accepted
    Held {
        /// The app
        app: String,
    },
    /// Print or change how an app is read: limits, schedule, where license types come from
    Connection {
        /// What to do
        #[command(subcommand)]
        command: ConnectionCommand,
    },
    /// Say which license type a value, a group or a subscription means
    Mapping {
        /// What to do
        #[command(subcommand)]
        command: MappingCommand,
    },
    /// Add or remove Lucid's REST interface as a second source of license types
    Rest {
        /// What to do
        #[command(subcommand)]
        command: RestCommand,
    },
    /// Remove an app with its roster, history, purchases, token and key
    Disconnect {
        /// The app
        app: String,
        /// Its name, to confirm
        #[arg(long, value_name = "NAME")]
        confirm: String,
    },
    /// Verify every invariant of the stored history
    Check,
    /// Do the whole main job against the embedded sample organisation, narrated
    Demo,
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Whose roster.
#[derive(Debug, Args)]
pub struct RosterArguments {
    /// The app
    pub app: String,
    /// Which members
    #[command(flatten)]
    pub which: Which,
}

/// Which members.
#[derive(Debug, Args)]
pub struct Which {
    /// As it was on this day
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Only this license type (may be repeated; `unknown` for members whose license the vendor does not tell)
    #[arg(long, value_name = "TYPE")]
    pub license: Vec<String>,
    /// Only this status: active, deactivated or left (may be repeated)
    #[arg(long, value_name = "STATUS")]
    pub status: Vec<String>,
    /// Only members who count so by their last activity: active, inactive, never or not-monitored (may be repeated)
    #[arg(long, value_name = "STATE")]
    pub activity: Vec<String>,
    /// Only members in whom all these words occur
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub search: String,
}

impl Which {
    /// The query for these members of an app.
    pub fn query(&self, app: &str) -> RosterQuery {
        RosterQuery {
            app: app.to_owned(),
            as_of: self.as_of.clone(),
            license_types: self.license.clone(),
            statuses: self.status.clone(),
            activity: self.activity.clone(),
            search: self.search.clone(),
            ..RosterQuery::default()
        }
    }
}

/// What to import, and how to read it.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The app
    #[arg(required_unless_present = "template", conflicts_with = "template")]
    pub app: Option<String>,
    /// A CSV file or a workbook (.xlsx, .ods)
    #[arg(required_unless_present = "template", conflicts_with = "template")]
    pub file: Option<PathBuf>,
    /// Write a file to start from instead: .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// The sheet of a workbook [default: the first one with headings]
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// The column of a field, by its heading or letter; nothing after the sign leaves the field out (may be repeated)
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,
    /// The value of a field where the file has none (may be repeated)
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
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
    /// , or . for amounts that can be read in two ways
    #[arg(long, value_name = "MARK")]
    pub decimal_mark: Option<String>,
    /// Map columns by their headings, and not as for an earlier file with the same ones
    #[arg(long)]
    pub fresh_mapping: bool,
    /// Add all rows as new, also those that are entered already
    #[arg(long)]
    pub keep_duplicates: bool,
    /// Tell what would be added, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Save the refused rows with their reasons as CSV: unless that can be done, nothing is imported
    #[arg(long, value_name = "FILE", alias = "rejected")]
    pub refused: Option<PathBuf>,
}

/// License types.
#[derive(Debug, Subcommand)]
pub enum LicenseCommand {
    /// List the license types of an app
    List {
        /// The app
        app: String,
    },
    /// Say what a license type is called and whether it costs
    Set {
        /// The app
        app: String,
        /// The license type's key or name
        license_type: String,
        /// Whether contracts charge for it
        #[arg(long, value_enum)]
        billable: Option<YesNo>,
        /// Known to cost nothing
        #[arg(long, value_enum, num_args = 0..=1, default_missing_value = "yes")]
        free: Option<YesNo>,
        /// What people call it
        #[arg(long)]
        name: Option<String>,
    },
    /// List what people ever said of a license type, newest first
    History {
        /// The app
        app: String,
        /// The license type's key or name
        license_type: String,
    },
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum YesNo {
    /// Yes
    Yes,
    /// No
    No,
}
