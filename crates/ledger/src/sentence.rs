//! The live sentence: what a purchase means, so that a yearly price typed as a monthly one is seen at once.
//! Absent on purpose: other languages.

use jiff::civil::Date;

use crate::annual::Annual;
use crate::because::typed;
use crate::calendar::{last_day, term_days};
use crate::day::day_text;
use crate::facts::{Cost, PurchaseFacts};
use crate::format::{counted, sentence_amount};
use crate::money::Currency;
use crate::purchase::{Frequency, Per, Price, Purchase, Quantity};

/// "50 seats × $9.00 monthly = $5,400.00 a year until 31 Mar 2027".
pub fn sentence(purchase: &Purchase) -> String {
    live_sentence(&PurchaseFacts::from(purchase)).unwrap_or_default()
}

/// The same while it is typed; `None` while too little is known.
pub fn live_sentence(facts: &PurchaseFacts) -> Option<String> {
    let quantity = facts.quantity?;
    let until = facts.term().as_ref().and_then(last_day).map(until).unwrap_or_default();
    match facts.cost {
        Cost::Missing => None,
        Cost::Unknown => Some(format!("{}{until}, price not known", seats(quantity))),
        Cost::Known(price) => {
            let (currency, frequency) = (facts.currency?, facts.frequency?);
            let annual = facts.annual()?;
            let paid = paid(quantity, price, frequency, currency);
            let meaning = match frequency {
                Frequency::Once => once(facts, &annual, currency),
                _ => format!(" = {}", a_year(&annual, currency)),
            };
            Some(format!("{paid}{meaning}{until}"))
        }
    }
}

/// How often, as an adverb ("monthly").
pub fn adverb(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Once => "once",
        Frequency::Monthly => "monthly",
        Frequency::Quarterly => "quarterly",
        Frequency::SemiAnnually => "every 6 months",
        Frequency::Annually => "annually",
        Frequency::Every18Months => "every 18 months",
        Frequency::Every2Years => "every 2 years",
        Frequency::Every3Years => "every 3 years",
    }
}

fn until(last: Date) -> String {
    format!(" until {}", day_text(last))
}

fn seats(quantity: Quantity) -> String {
    match quantity {
        Quantity::Seats(seats) => counted(seats.into(), "seat", "seats"),
        Quantity::Unlimited => "Unlimited seats".to_owned(),
    }
}

fn paid(quantity: Quantity, price: Price, frequency: Frequency, currency: Currency) -> String {
    let joint = match price.per {
        Per::Unit => "×",
        Per::Lot => "for",
    };
    format!("{} {joint} {} {}", seats(quantity), typed(price, currency), adverb(frequency))
}

fn a_year(annual: &Annual, currency: Currency) -> String {
    match (&annual.annual, &annual.unit_annual) {
        (Some(amount), _) => format!("{} a year", sentence_amount(amount, currency)),
        (None, Some(unit)) => format!("{} a year for each account", sentence_amount(unit, currency)),
        (None, None) => String::new(),
    }
}

/// A price paid once: what it comes to, and what that makes in a year.
fn once(facts: &PurchaseFacts, annual: &Annual, currency: Currency) -> String {
    let all = match &annual.payment {
        Some(payment) => format!(" = {}", sentence_amount(payment, currency)),
        None => String::new(),
    };
    match facts.term().as_ref().and_then(term_days) {
        Some(days) => {
            format!("{all} for {}, {}", counted(days, "day", "days"), a_year(annual, currency))
        }
        None => format!("{all}, paid on its date only: nothing a year"),
    }
}
