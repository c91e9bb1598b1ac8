//! The words by which a form and the command line name a frequency, what a price covers, and a proration.

use rust_decimal::Decimal;

use crate::money::Currency;
use crate::purchase::{Frequency, Per, Proration};
use crate::rates::{RateKind, RatePolicy};

/// The word for a frequency (`6months`).
pub fn every_word(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Once => "once",
        Frequency::Monthly => "month",
        Frequency::Quarterly => "quarter",
        Frequency::SemiAnnually => "6months",
        Frequency::Annually => "year",
        Frequency::Every18Months => "18months",
        Frequency::Every2Years => "2years",
        Frequency::Every3Years => "3years",
    }
}

/// The word for what a price covers.
pub fn per_word(per: Per) -> &'static str {
    match per {
        Per::Unit => "unit",
        Per::Lot => "lot",
    }
}

/// The word for a proration.
pub fn proration_word(proration: Proration) -> &'static str {
    match proration {
        Proration::None => "none",
        Proration::Daily => "daily",
        Proration::WholeMonthUp => "whole-month-up",
        Proration::WholeMonthDown => "whole-month-down",
    }
}

/// The word for what days a rate is for.
pub fn rate_kind_word(kind: RateKind) -> &'static str {
    match kind {
        RateKind::Day => "day",
        RateKind::MonthAverage => "month-average",
        RateKind::Budget => "budget",
    }
}

/// The word for which recorded rate is used.
pub fn rate_policy_word(policy: RatePolicy) -> &'static str {
    match policy {
        RatePolicy::FigureDay => "figure-day",
        RatePolicy::ContractDay => "contract-day",
        RatePolicy::InvoiceDay => "invoice-day",
        RatePolicy::MonthAverage => "month-average",
        RatePolicy::Budget => "budget",
    }
}

/// Reads what days a rate is for; empty means a day.
pub fn parse_rate_kind(text: &str) -> Option<RateKind> {
    match plain(text).as_str() {
        "" | "day" => Some(RateKind::Day),
        "monthaverage" | "month" | "average" => Some(RateKind::MonthAverage),
        "budget" => Some(RateKind::Budget),
        _ => None,
    }
}

/// Reads a policy by its word.
pub fn parse_rate_policy(text: &str) -> Option<RatePolicy> {
    RatePolicy::ALL.into_iter().find(|policy| rate_policy_word(*policy) == text.trim())
}

/// Reads a frequency: its word, or what people and contracts call it. "Biannually" is not understood: it means
/// twice a year to some and every two years to others.
pub fn parse_every(text: &str) -> Option<Frequency> {
    Some(match plain(text).as_str() {
        "once" | "onetime" => Frequency::Once,
        "month" | "monthly" | "1month" => Frequency::Monthly,
        "quarter" | "quarterly" | "3months" => Frequency::Quarterly,
        "6months" | "semiannually" | "halfyearly" => Frequency::SemiAnnually,
        "year" | "yearly" | "annually" | "12months" | "1year" => Frequency::Annually,
        "18months" => Frequency::Every18Months,
        "2years" | "24months" => Frequency::Every2Years,
        "3years" | "triennially" | "36months" => Frequency::Every3Years,
        _ => return None,
    })
}

/// Reads what a price covers.
pub fn parse_per(text: &str) -> Option<Per> {
    match plain(text).as_str() {
        "unit" | "seat" => Some(Per::Unit),
        "lot" => Some(Per::Lot),
        _ => None,
    }
}

/// Reads a proration; empty means none.
pub fn parse_proration(text: &str) -> Option<Proration> {
    match plain(text).as_str() {
        "" | "none" => Some(Proration::None),
        "daily" => Some(Proration::Daily),
        "wholemonthup" => Some(Proration::WholeMonthUp),
        "wholemonthdown" => Some(Proration::WholeMonthDown),
        _ => None,
    }
}

/// Lower case, without spaces and hyphens, and without a leading "per" or "every".
fn plain(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let short = plain.strip_prefix("every").or_else(|| plain.strip_prefix("per"));
    short.map(str::to_owned).unwrap_or(plain)
}

/// An amount with the currency's decimals, or more where it has more. Three decimals that the currency does not have
/// get a zero: a point before three digits would be read as one between thousands.
pub(super) fn amount_text(amount: Decimal, currency: Currency) -> String {
    let amount = amount.normalize();
    let (own, usual) = (amount.scale(), u32::from(currency.minor_digits()));
    let decimals = if own <= usual {
        usual
    } else if own == 3 {
        4
    } else {
        own
    };
    let text = amount.to_string();
    let missing = usize::try_from(decimals.saturating_sub(own)).unwrap_or_default();
    let point = if own == 0 && missing > 0 { "." } else { "" };
    format!("{text}{point}{}", "0".repeat(missing))
}
