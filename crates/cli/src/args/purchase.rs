//! The words of `purchase`: one option for each field of the form.

use clap::{Args, Subcommand, ValueEnum};

use super::YesNo;

/// Purchases.
#[derive(Debug, Subcommand)]
pub enum PurchaseCommand {
    /// Add a purchase
    Add {
        /// The app
        app: String,
        /// What was bought
        #[command(flatten)]
        fields: Box<PurchaseFields>,
    },
    /// List the purchases of an app
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
    /// Change some fields of a purchase: to correct a mistake, or because the price changed on a day
    Edit {
        /// The app
        app: String,
        /// The purchase's number in the list
        id: i64,
        /// Why: a correction restates history, a price change ends the purchase the day before and continues it
        #[arg(long, value_enum, default_value = "correction")]
        reason: Why,
        /// The first day of the new price
        #[arg(long, value_name = "DATE", required_if_eq("reason", "price-change"))]
        on: Option<String>,
        /// What changes
        #[command(flatten)]
        fields: Box<PurchaseFields>,
    },
    /// Continue a purchase with a term of the same length from its end
    Renew {
        /// The app
        app: String,
        /// The purchase's number in the list
        id: i64,
        /// Rise of the price in percent; without it the one that the purchase expects
        #[arg(long, value_name = "PERCENT", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
        uplift: String,
        /// Only print what it would be
        #[arg(long)]
        preview: bool,
    },
    /// Enter a purchase once more
    Duplicate {
        /// The app
        app: String,
        /// The purchase's number in the list
        id: i64,
    },
    /// Add seats from a day on that end with a purchase
    CoTerminate {
        /// The app
        app: String,
        /// The purchase's number in the list
        id: i64,
        /// How many seats are added
        #[arg(long, value_name = "N", allow_hyphen_values = true)]
        quantity: String,
        /// Their first day
        #[arg(long, value_name = "DATE")]
        from: String,
        /// Only print what it would be
        #[arg(long)]
        preview: bool,
    },
    /// Print every version of a purchase
    History {
        /// The app
        app: String,
        /// The purchase's number in the list
        id: i64,
    },
    /// End a purchase with a last day
    End {
        /// The app
        app: String,
        /// The purchase's number in the list
        id: i64,
        /// The last day, included
        #[arg(long, value_name = "DATE")]
        until: String,
    },
    /// Delete a purchase
    Delete {
        /// The app
        app: String,
        /// The purchase's number in the list
        id: i64,
    },
    /// Take back the last change: the same as `undo`
    Undo {
        /// The app
        app: String,
    },
}

/// The fields of a purchase; those left out keep their value, or their default in a new one.
#[derive(Debug, Args)]
pub struct PurchaseFields {
    /// License type: key or name
    #[arg(long = "type", value_name = "TYPE")]
    pub license_type: Option<String>,
    /// Seats, or `unlimited`
    #[arg(long, value_name = "N|unlimited", allow_hyphen_values = true)]
    pub quantity: Option<String>,
    /// Amount of each payment, or what makes it, like =12*9; without it the price is unknown
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub cost: Option<String>,
    /// What the cost covers: unit (one seat) or lot (the whole quantity)
    #[arg(long, value_name = "unit|lot")]
    pub per: Option<String>,
    /// ISO 4217 code
    #[arg(long, value_name = "CUR")]
    pub currency: Option<String>,
    /// once, month, quarter, 6months, year, 18months, 2years or 3years
    #[arg(long, value_name = "PERIOD")]
    pub every: Option<String>,
    /// First day
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Last day, included, or a length like +1y
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// none, daily, whole-month-up or whole-month-down
    #[arg(long, value_name = "MODE")]
    pub proration: Option<String>,
    /// Whether it renews by itself
    #[arg(long, value_enum, num_args = 0..=1, default_missing_value = "yes")]
    pub auto_renews: Option<YesNo>,
    /// Days before the end by which notice must be given
    #[arg(long, value_name = "DAYS")]
    pub notice_days: Option<String>,
    /// Name
    #[arg(long)]
    pub name: Option<String>,
    /// Purchase identifier
    #[arg(long)]
    pub po: Option<String>,
    /// Notes
    #[arg(long)]
    pub note: Option<String>,
    /// How the price depends on the seats: flat, graduated, volume or base-fee
    #[arg(long, value_name = "SHAPE")]
    pub shape: Option<String>,
    /// One band of a tier table, like `1-10: 9.00` or `11+: 8.00` (repeat it for each band)
    #[arg(long = "tiers", value_name = "BAND")]
    pub tiers: Vec<String>,
    /// Seats that a base fee includes
    #[arg(long, value_name = "N")]
    pub included: Option<String>,
    /// What each seat beyond the included ones costs
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub extra: Option<String>,
    /// In which numbers seats are sold: `10`, or `3, 5, 10, then +10`
    #[arg(long, value_name = "PACKS")]
    pub packs: Option<String>,
    /// A discount of each payment: `10% partner`, `5% of list`, `100.00 goodwill` (may be repeated)
    #[arg(long, value_name = "DISCOUNT", allow_hyphen_values = true)]
    pub discount: Vec<String>,
    /// Tax on top, in percent
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    pub tax: Option<String>,
    /// What each payment comes to at least
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub commitment: Option<String>,
    /// What all payments of the term come to at least
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub commitment_term: Option<String>,
    /// What a seat beyond the purchased ones costs: `contract`, or an amount
    #[arg(long, value_name = "contract|AMOUNT", allow_hyphen_values = true)]
    pub overage: Option<String>,
    /// The day on which such seats are counted and charged, instead of from the day they are held
    #[arg(long, value_name = "DATE")]
    pub overage_true_up: Option<String>,
    /// none, daily, whole-month-up or whole-month-down, for such seats
    #[arg(long, value_name = "MODE")]
    pub overage_proration: Option<String>,
    /// Expected rise of the price at the renewal, in percent
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    pub uplift: Option<String>,
    /// The most that the price may rise at the renewal, in percent
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    pub cap: Option<String>,
    /// How many seats are planned for the term that follows; empty for as many as now
    #[arg(long, value_name = "N")]
    pub renewal_seats: Option<String>,
    /// What a price that is paid once is spread over: `term`, or `date` for its date only
    #[arg(long, value_name = "term|date", conflicts_with = "life")]
    pub once: Option<String>,
    /// The life in months that a price paid once is spread over
    #[arg(long, value_name = "MONTHS", allow_hyphen_values = true)]
    pub life: Option<String>,
    /// Whom it pays for, like `department: Sales` or `email: @acme.example` (may be repeated)
    #[arg(long, value_name = "RULE")]
    pub pays_for: Vec<String>,
    /// Whether it pays for whomever no rule matches
    #[arg(long, value_enum, num_args = 0..=1, default_missing_value = "yes")]
    pub fallback: Option<YesNo>,
    /// Who is responsible: a name or an e-mail address
    #[arg(long, value_name = "WHO")]
    pub owner: Option<String>,
    /// The e-mail address that is reminded of the renewal
    #[arg(long, value_name = "ADDRESS")]
    pub reminder: Option<String>,
    /// Where a document is: a link or a path, like `Order form=https://acme.example/order.pdf` (may be repeated; all are
    /// given anew, and one empty value takes them away)
    #[arg(long, value_name = "LABEL=REF")]
    pub document: Vec<String>,
}

/// Why a purchase or a fee is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Why {
    /// A mistake is corrected: history reads as if it had always been so
    Correction,
    /// The price changed on a day: history before it stays as it was
    PriceChange,
}
