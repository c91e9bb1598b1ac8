//! The words for looking back and ahead: spend by whom and by when, renewals, forecast, scenarios.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Which spend.
#[derive(Debug, Args)]
pub struct SpendArguments {
    /// The app
    pub app: String,
    /// On this day instead of today
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Print the arithmetic behind every figure
    #[arg(long)]
    pub explain: bool,
    /// Share it out by department or cost center, or follow it over time
    #[arg(long, value_enum, value_name = "WHAT")]
    pub by: Option<By>,
    /// Over time: by days of service (accrual) or by payment dates (cash)
    #[arg(long, value_enum, value_name = "BASIS")]
    pub basis: Option<Basis>,
    /// Over time: a day of the first period [default: the fiscal year's first]
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Over time: a day of the last period [default: the fiscal year's last]
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
}

/// By what spend is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Who it is for
    Department,
    /// Who it is for
    CostCenter,
    /// Calendar months
    Month,
    /// Quarters of the fiscal year
    Quarter,
    /// Fiscal years
    FiscalYear,
}

impl By {
    /// The word that the application knows it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::CostCenter => "cost-center",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::FiscalYear => "fiscal-year",
        }
    }

    /// Whether it is a span of time.
    pub fn is_time(self) -> bool {
        !matches!(self, Self::Department | Self::CostCenter)
    }
}

/// What a period is charged with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Basis {
    /// The days of service that lie in it
    Accrual,
    /// The payments that are due in it
    Cash,
}

impl Basis {
    /// The word that the application knows it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accrual => "accrual",
            Self::Cash => "cash",
        }
    }
}

/// Which renewals.
#[derive(Debug, Args)]
pub struct RenewalArguments {
    /// The app; without one, all of them
    pub app: Option<String>,
    /// As on this day
    #[arg(long, value_name = "DATE", conflicts_with = "ical")]
    pub as_of: Option<String>,
    /// Write them as an iCalendar file instead
    #[arg(long, value_name = "FILE")]
    pub ical: Option<PathBuf>,
    /// Print the arithmetic behind every figure
    #[arg(long, conflicts_with = "ical")]
    pub explain: bool,
    /// How much more than the engaged accounts to suggest, in percent [default: 10]
    #[arg(long, value_name = "PERCENT", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    pub buffer: String,
}

/// Which months.
#[derive(Debug, Args)]
pub struct ForecastArguments {
    /// The app
    pub app: String,
    /// How many months, 1 to 120
    #[arg(long, value_name = "N", default_value_t = 24)]
    pub months: u32,
    /// By payment dates (cash) or by days of service (accrual)
    #[arg(long, value_enum, value_name = "BASIS", default_value = "cash")]
    pub basis: Basis,
    /// As on this day: from it on, and with the accounts that held what then
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// A saved scenario, beside the present
    #[arg(long, value_name = "NAME", conflicts_with = "renew_all")]
    pub scenario: Option<String>,
    /// Expect every term to go on, not only those that renew by themselves
    #[arg(long)]
    pub renew_all: bool,
    /// Print the arithmetic behind every figure
    #[arg(long)]
    pub explain: bool,
}

/// What-if scenarios.
#[derive(Debug, Subcommand)]
pub enum ScenarioCommand {
    /// Save a scenario under a name; one of the same name is replaced
    Save {
        /// The app
        app: String,
        /// Its name
        name: String,
        /// What is different
        #[command(flatten)]
        changes: Box<ChangeArguments>,
    },
    /// List the saved scenarios of an app
    List {
        /// The app
        app: String,
    },
    /// Plan the seats of a scenario: its purchases renew with them
    Adopt {
        /// The app
        app: String,
        /// Its name
        name: String,
    },
    /// Delete a scenario
    Delete {
        /// The app
        app: String,
        /// Its name
        name: String,
    },
    /// Print scenarios side by side with the present: the named ones, else all
    Compare {
        /// The app
        app: String,
        /// Their names
        names: Vec<String>,
        /// How many months, 1 to 120
        #[arg(long, value_name = "N", default_value_t = 24)]
        months: u32,
        /// As it was on this day: what is in force then, and who held what
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// Print the arithmetic behind every figure
        #[arg(long)]
        explain: bool,
    },
}

/// What is different in a scenario; each may be repeated. ID is a purchase's number in `purchase list`.
#[derive(Debug, Args)]
pub struct ChangeArguments {
    /// More or fewer seats from a day on, or from today: `1=-10`, `1=+5@2027-01-01`
    #[arg(long, value_name = "ID=N[@DATE]", allow_hyphen_values = true)]
    pub seats: Vec<String>,
    /// Another price, per unit or lot as the purchase has it, from the next renewal or payment on, or from the first one on a
    /// day or later: `1=95`, `1=95@2027-06-01`
    #[arg(long, value_name = "ID=AMOUNT[@DATE]", allow_hyphen_values = true)]
    pub price: Vec<String>,
    /// Another payment frequency with the price at it, from when a price counts: `1=month:9.50`
    #[arg(long, value_name = "ID=PERIOD:AMOUNT[@DATE]")]
    pub every: Vec<String>,
    /// Another currency with the price in it, from when a price counts: `1=EUR:95`
    #[arg(long, value_name = "ID=CUR:AMOUNT[@DATE]")]
    pub currency: Vec<String>,
    /// Members who get another license type: `can-edit:view-only=8`
    #[arg(long, value_name = "TYPE:TYPE=N")]
    pub downgrade: Vec<String>,
    /// Another last day: `1=2027-06-30`
    #[arg(long, value_name = "ID=DATE")]
    pub last_day: Vec<String>,
    /// Every term goes on, not only those that renew by themselves
    #[arg(long)]
    pub renew_all: bool,
}
