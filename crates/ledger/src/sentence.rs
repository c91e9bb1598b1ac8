//! The live sentence: what a purchase means, so that a yearly price typed as a monthly one is seen at once.
//! Absent on purpose: other languages.

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::annual::Annual;
use crate::because::typed;
use crate::calendar::{last_day, term_days};
use crate::conditions::OncePolicy;
use crate::day::day_text;
use crate::facts::PurchaseFacts;
use crate::format::{count, counted, price_amount, sentence_amount};
use crate::money::Currency;
use crate::purchase::{Frequency, Per, Purchase, Quantity};
use crate::shape::Shape;

/// "50 seats × $9.00 monthly = $5,400.00 a year until 31 Mar 2027".
pub fn sentence(purchase: &Purchase) -> String {
    live_sentence(&PurchaseFacts::from(purchase)).unwrap_or_default()
}

/// The same while it is typed; `None` while too little is known.
pub fn live_sentence(facts: &PurchaseFacts) -> Option<String> {
    let quantity = facts.quantity?;
    let until = facts.term().as_ref().and_then(last_day).map(until).unwrap_or_default();
    if facts.is_unpriced() {
        return Some(format!("{}{until}, price not known", seats(quantity)));
    }
    let (currency, frequency) = (facts.currency?, facts.frequency?);
    let annual = facts.annual()?;
    let paid = format!("{} {}{}", listed(facts, quantity, currency)?, adverb(frequency), taken(facts, currency));
    let meaning = match frequency {
        Frequency::Once => once(facts, &annual, currency),
        _ => format!(" = {}", a_year(&annual, currency)),
    };
    Some(format!("{paid}{meaning}{until}"))
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

/// "50 seats × $9.00", "20 seats (for 11) × $9.00".
fn listed(facts: &PurchaseFacts, quantity: Quantity, currency: Currency) -> Option<String> {
    let (Some(sold), Quantity::Seats(need)) = (facts.charged()?.seats(), quantity) else {
        let price = facts.price()?;
        let joint = match price.per {
            Per::Unit => "×",
            Per::Lot => "for",
        };
        return Some(format!("{} {joint} {}", seats(quantity), typed(price, currency)));
    };
    let named = if sold == u64::from(need) {
        seats(quantity)
    } else {
        format!("{} (for {})", counted(sold, "seat", "seats"), count(need.into()))
    };
    Some(match (&facts.conditions.shape, facts.price()) {
        (Shape::Flat, Some(price)) => match price.per {
            Per::Unit => format!("{named} × {}", typed(price, currency)),
            Per::Lot => format!("{named} for {}", typed(price, currency)),
        },
        (Shape::Flat, None) => return None,
        (Shape::Volume(tiers), _) => format!("{named} × {}", price_amount(tiers.reached(sold), currency)),
        (shape, price) => format!("{named} for {}", shape.arithmetic(price, sold, currency)),
    })
}

/// ", less discounts: $405.00": what a payment comes to where discounts or a minimum change it.
fn taken(facts: &PurchaseFacts, currency: Currency) -> String {
    let Some(charged) = facts.charged() else { return String::new() };
    let amount = |amount: &crate::money::Exact| sentence_amount(amount, currency);
    match (charged.payment(), charged.unit()) {
        (Some(payment), _) if !payment.shortfall.is_zero() => format!(", at least {}", amount(&payment.amount)),
        (Some(payment), _) if payment.net != payment.list => format!(", {} after discounts", amount(&payment.net)),
        (None, Some(unit)) if !facts.conditions.discounts.is_empty() => format!(", {} after discounts", amount(&unit)),
        _ => String::new(),
    }
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
    match (facts.conditions.once, facts.term().as_ref().and_then(term_days)) {
        (OncePolicy::Life(months), _) => {
            format!("{all} for {}, {}", counted(months.into(), "month", "months"), a_year(annual, currency))
        }
        (OncePolicy::Term, Some(days)) => {
            format!("{all} for {}, {}", counted(days, "day", "days"), a_year(annual, currency))
        }
        _ => format!("{all}, paid on its date only: nothing a year"),
    }
}
