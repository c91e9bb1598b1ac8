//! A purchase: a dated, priced quantity of one license type.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::conditions::Conditions;
use crate::money::Currency;
use crate::paperwork::Paperwork;
use crate::rule::Rule;

/// Identifies a purchase; the same through all its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PurchaseId(pub i64);

/// How many seats were bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// This many.
    Seats(u32),
    /// As many as are needed.
    Unlimited,
}

/// What the cost covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// One seat, each payment.
    Unit,
    /// The whole quantity, each payment.
    Lot,
}

/// What is paid at each payment. A purchase without a price is *unknown*, never free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// The amount as typed, in the purchase's currency.
    pub amount: Decimal,
    /// What it covers.
    pub per: Per,
}

/// How often the price is paid (spend.md D3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// One time.
    Once,
    /// Every month.
    Monthly,
    /// Every 3 months.
    Quarterly,
    /// Every 6 months.
    SemiAnnually,
    /// Every 12 months.
    Annually,
    /// Every 18 months.
    Every18Months,
    /// Every 24 months.
    Every2Years,
    /// Every 36 months.
    Every3Years,
}

impl Frequency {
    /// All eight, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Once,
        Self::Monthly,
        Self::Quarterly,
        Self::SemiAnnually,
        Self::Annually,
        Self::Every18Months,
        Self::Every2Years,
        Self::Every3Years,
    ];

    /// Months between two payments; `None` for a single payment.
    pub fn months(self) -> Option<u8> {
        match self {
            Self::Once => None,
            Self::Monthly => Some(1),
            Self::Quarterly => Some(3),
            Self::SemiAnnually => Some(6),
            Self::Annually => Some(12),
            Self::Every18Months => Some(18),
            Self::Every2Years => Some(24),
            Self::Every3Years => Some(36),
        }
    }
}

/// How a payment period that the term cuts short is charged (spend.md D5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Proration {
    /// In full.
    #[default]
    None,
    /// By days over the full period's days.
    Daily,
    /// By whole months, a started month counts.
    WholeMonthUp,
    /// By whole months, a started month is free.
    WholeMonthDown,
}

impl Proration {
    /// The rule by which it charges a cut period.
    pub fn rule(self) -> Rule {
        match self {
            Self::None => Rule::CutInFull,
            Self::Daily => Rule::CutByDays,
            Self::WholeMonthUp => Rule::CutByStartedMonths,
            Self::WholeMonthDown => Rule::CutByWholeMonths,
        }
    }
}

/// When a purchase is in force: `[from, end)`. People type an inclusive last day; it is converted once, at input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub from: Date,
    /// The day after the last one; `None` while open-ended.
    pub end: Option<Date>,
}

impl Term {
    /// Whether the term covers the day.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.end.is_none_or(|end| day < end)
    }
}

/// One line of what was bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// Its identity.
    pub id: PurchaseId,
    /// Key of the license type (`can-edit`).
    pub license_type: String,
    /// A name for people, may be empty.
    pub name: String,
    /// Purchase identifier (PO), may be empty.
    pub po: String,
    /// How many seats.
    pub quantity: Quantity,
    /// What is paid; `None` while unknown.
    pub price: Option<Price>,
    /// The currency of the price.
    pub currency: Currency,
    /// How often it is paid.
    pub frequency: Frequency,
    /// When it is in force.
    pub term: Term,
    /// How a cut period is charged.
    pub proration: Proration,
    /// Whether the contract renews itself at its end.
    pub auto_renews: bool,
    /// Days before the end by which notice must be given.
    pub notice_days: Option<u16>,
    /// Notes for people, may be empty.
    pub note: String,
    /// Tiers, packs, discounts, minimums and the like; a plain purchase has none.
    pub conditions: Conditions,
    /// Who is responsible, who is reminded, and where its documents are.
    pub paperwork: Paperwork,
}
