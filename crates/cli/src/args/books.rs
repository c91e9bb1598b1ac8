//! The words of `fee`, `invoice`, `rate` and `headcount`.

use clap::{Args, Subcommand};

use super::{Why, YesNo};

/// Miscellaneous fees.
#[derive(Debug, Subcommand)]
pub enum FeeCommand {
    /// Add a fee
    Add {
        /// The app
        app: String,
        /// What it is
        #[command(flatten)]
        fields: FeeFields,
    },
    /// List the fees of an app
    List {
        /// The app
        app: String,
        /// As it was on this day: what is in force then, and who held what
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// Print the arithmetic behind every figure
        #[arg(long)]
        explain: bool,
    },
    /// Change some fields of a fee: to correct a mistake, or because the price changed on a day
    Edit {
        /// The app
        app: String,
        /// The fee's number in the list
        id: i64,
        /// Why: a correction restates history, a price change ends the fee the day before and continues it
        #[arg(long, value_enum, default_value = "correction")]
        reason: Why,
        /// The first day of the new price
        #[arg(long, value_name = "DATE", required_if_eq("reason", "price-change"))]
        on: Option<String>,
        /// What changes
        #[command(flatten)]
        fields: FeeFields,
    },
    /// Print every version of a fee
    History {
        /// The app
        app: String,
        /// The fee's number in the list
        id: i64,
    },
    /// Delete a fee
    Delete {
        /// The app
        app: String,
        /// The fee's number in the list
        id: i64,
    },
}

/// The fields of a fee; those left out keep their value, or their default in a new one.
#[derive(Debug, Args)]
pub struct FeeFields {
    /// What it is for
    #[arg(long)]
    pub name: Option<String>,
    /// What is paid each time
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// ISO 4217 code
    #[arg(long, value_name = "CUR")]
    pub currency: Option<String>,
    /// once, month, quarter, 6months, year, 18months, 2years or 3years
    #[arg(long, value_name = "PERIOD")]
    pub every: Option<String>,
    /// First day
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day, included
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// none, daily, whole-month-up or whole-month-down
    #[arg(long, value_name = "MODE")]
    pub proration: Option<String>,
    /// Whether it is part of the annual spend (default: yes)
    #[arg(long, value_enum)]
    pub in_annual_spend: Option<YesNo>,
    /// Whether it is part of the cost per account (default: yes)
    #[arg(long, value_enum)]
    pub in_cost_per_account: Option<YesNo>,
    /// Notes
    #[arg(long)]
    pub note: Option<String>,
}

/// Recorded invoices.
#[derive(Debug, Subcommand)]
pub enum InvoiceCommand {
    /// Record an invoice
    Add {
        /// The app
        app: String,
        /// What it bills
        #[command(flatten)]
        fields: InvoiceFields,
    },
    /// List the invoices of an app, and for each purchase the variance
    List {
        /// The app
        app: String,
        /// As it was on this day: what is in force then, and who held what
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// Print the arithmetic behind every figure
        #[arg(long)]
        explain: bool,
    },
    /// Change some fields of an invoice
    Edit {
        /// The app
        app: String,
        /// The invoice's number in the list
        id: i64,
        /// What changes
        #[command(flatten)]
        fields: InvoiceChanges,
    },
    /// Delete an invoice
    Delete {
        /// The app
        app: String,
        /// The invoice's number in the list
        id: i64,
    },
}

/// The fields of an invoice.
#[derive(Debug, Args)]
pub struct InvoiceFields {
    /// The purchase that it bills: its number in the list
    #[arg(long, value_name = "ID")]
    pub purchase: i64,
    /// The vendor's number
    #[arg(long)]
    pub number: String,
    /// Its day
    #[arg(long, value_name = "DATE")]
    pub day: String,
    /// What it bills before tax; negative for a credit note
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub amount: String,
    /// ISO 4217 code, if it is not the purchase's
    #[arg(long, value_name = "CUR", default_value = "", hide_default_value = true)]
    pub currency: String,
    /// First day that it bills, if it is not its own day
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    pub from: String,
    /// Last day that it bills, included
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    pub until: String,
}

/// The fields of an invoice that change; those left out keep their value.
#[derive(Debug, Args)]
pub struct InvoiceChanges {
    /// The purchase that it bills: its number in the list
    #[arg(long, value_name = "ID")]
    pub purchase: Option<i64>,
    /// The vendor's number
    #[arg(long)]
    pub number: Option<String>,
    /// Its day
    #[arg(long, value_name = "DATE")]
    pub day: Option<String>,
    /// What it bills before tax; negative for a credit note
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// ISO 4217 code
    #[arg(long, value_name = "CUR")]
    pub currency: Option<String>,
    /// First day that it bills
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day that it bills, included
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
}

/// Exchange rates.
#[derive(Debug, Subcommand)]
pub enum RateCommand {
    /// Enter a rate; one that would change figures for past days needs `--restate`
    Add {
        /// What it is
        #[command(flatten)]
        fields: RateFields,
        /// Restate the figures that rest on it
        #[arg(long)]
        restate: bool,
    },
    /// Change some fields of a rate: figures that rest on it are restated, so that needs `--restate`
    Edit {
        /// The rate's number in the list
        id: i64,
        /// What changes
        #[command(flatten)]
        fields: RateChanges,
        /// Restate the figures that rest on it
        #[arg(long)]
        restate: bool,
    },
    /// List the rates
    List,
    /// Delete a rate: figures that rest on it are restated
    Delete {
        /// The rate's number in the list
        id: i64,
        /// Restate the figures that rest on it
        #[arg(long)]
        restate: bool,
    },
    /// Print which rates serve figures, or choose: that restates every converted figure, so it needs `--restate`
    Policy {
        /// figure-day, contract-day, invoice-day, month-average or budget
        #[arg(value_name = "POLICY")]
        policy: Option<String>,
        /// Restate the figures that are converted
        #[arg(long)]
        restate: bool,
    },
    /// Take back the last change of the rates, the choice among them, or the headcounts
    Undo,
}

/// The fields of a rate.
#[derive(Debug, Args)]
pub struct RateFields {
    /// What is converted: an ISO 4217 code
    #[arg(long, value_name = "CUR")]
    pub from: String,
    /// What it becomes (default: the base currency)
    #[arg(long, value_name = "CUR", default_value = "", hide_default_value = true)]
    pub to: String,
    /// day, month-average or budget (default: day)
    #[arg(long, value_name = "KIND", default_value = "", hide_default_value = true)]
    pub kind: String,
    /// Its day; for a month average its month, like 2026-11; for a budget rate its first day
    #[arg(long, value_name = "DATE")]
    pub day: String,
    /// Last day of a budget rate, included (default: the end of its fiscal year)
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    pub until: String,
    /// How many units of `to` one unit of `from` is worth
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub rate: String,
    /// Where it comes from
    #[arg(long, default_value = "", hide_default_value = true)]
    pub source: String,
}

/// The fields of a rate that change; those left out keep their value.
#[derive(Debug, Args)]
pub struct RateChanges {
    /// What is converted: an ISO 4217 code
    #[arg(long, value_name = "CUR")]
    pub from: Option<String>,
    /// What it becomes
    #[arg(long, value_name = "CUR")]
    pub to: Option<String>,
    /// day, month-average or budget
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Its day; for a month average its month; for a budget rate its first day
    #[arg(long, value_name = "DATE")]
    pub day: Option<String>,
    /// Last day of a budget rate, included
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// How many units of `to` one unit of `from` is worth
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub rate: Option<String>,
    /// Where it comes from
    #[arg(long)]
    pub source: Option<String>,
}

/// Headcounts.
#[derive(Debug, Subcommand)]
pub enum HeadcountCommand {
    /// Enter how many people the organisation employs from a day on; the headcount of that day is replaced
    Set {
        /// How many people
        #[arg(allow_hyphen_values = true)]
        people: String,
        /// From this day (default: today)
        #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
        day: String,
    },
    /// List the headcounts
    List,
    /// Delete a headcount
    Delete {
        /// The headcount's number in the list
        id: i64,
    },
}
