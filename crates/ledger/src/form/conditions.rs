//! The conditions of a purchase as typed, what is wrong with them, and the way back.

use rust_decimal::Decimal;

use crate::amount::{ParsedAmount, parse_amount, parse_unit_price};
use crate::commitment::Commitment;
use crate::conditions::{Conditions, OncePolicy, RenewalTerms};
use crate::day::{iso, parse_day};
use crate::discount::{Discount, Off};
use crate::facts::{Cost, PurchaseFacts};
use crate::form::Field;
use crate::form::percents::{parse_percent, percent_word};
use crate::form::read::Reader;
use crate::form::rows::{
    discount_echoes, discounts_text, matches_text, optional, packs_text, parse_discounts, parse_matches, parse_packs,
    parse_tiers, tier_echoes, tiers_text,
};
use crate::form::words::{amount_text, parse_proration, proration_word};
use crate::money::Currency;
use crate::overage::{Overage, OverageFrom, OverageRate};
use crate::packs::Packs;
use crate::pays_for::PaysFor;
use crate::purchase::{Frequency, Per, Quantity, Term};
use crate::quantity::{parse_quantity, parse_whole};
use crate::shape::Shape;

/// The longest life that a price paid once is spread over, in months.
pub const MOST_LIFE_MONTHS: u32 = 600;

/// The highest uplift that is believed, in percent.
pub const MOST_UPLIFT: u32 = 1000;

/// The conditions as text. Everything empty makes a plain purchase.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConditionsInput {
    /// `flat` (or empty), `graduated`, `volume`, `base-fee`.
    pub shape: String,
    /// Rows like `1-10: 9.00` and `51+: 7.00`, for graduated and volume.
    pub tiers: String,
    /// Seats that a base fee includes.
    pub included: String,
    /// Price of a seat beyond them.
    pub extra: String,
    /// Empty, a block like `10`, or a ladder like `3, 5, 10, then +10`.
    pub packs: String,
    /// Rows like `10% partner`, `5% of list`, `100.00 goodwill`.
    pub discounts: String,
    /// Percent.
    pub tax: String,
    /// Minimum of each payment.
    pub minimum_payment: String,
    /// Minimum of the whole term.
    pub minimum_term: String,
    /// Empty for "not agreed", `contract`, or an own price of a seat.
    pub overage: String,
    /// Empty from the day they are held, or the true-up day.
    pub true_up: String,
    /// `none`, `daily` (or empty), `whole-month-up`, `whole-month-down`.
    pub overage_proration: String,
    /// Percent.
    pub uplift: String,
    /// Percent.
    pub cap: String,
    /// Empty for as many as now, or a number.
    pub renewal_seats: String,
    /// `term` (or empty), `date`, or a life in months like `36`.
    pub once: String,
    /// Rows like `department: Sales`.
    pub pays_for: String,
    /// Pays for whomever no rule matches.
    pub fallback: bool,
}

/// Reads the conditions; without a currency amounts are left out (the currency is refused already).
pub(super) fn read(input: &ConditionsInput, currency: Option<Currency>, reader: &mut Reader) -> Conditions {
    let money = currency.unwrap_or(Currency::USD);
    Conditions {
        shape: shape(input, money, reader),
        packs: reader.read(Field::Packs, parse_packs(&input.packs)).unwrap_or_default(),
        discounts: discounts(input, money, reader),
        tax: percent(Field::Tax, &input.tax, 100, reader),
        commitment: Commitment {
            per_payment: amount(Field::MinimumPayment, &input.minimum_payment, money, reader),
            term: amount(Field::MinimumTerm, &input.minimum_term, money, reader),
        },
        overage: overage(input, money, reader),
        renewal: RenewalTerms {
            uplift: percent(Field::Uplift, &input.uplift, MOST_UPLIFT, reader),
            cap: percent(Field::Cap, &input.cap, MOST_UPLIFT, reader),
            seats: match input.renewal_seats.trim() {
                "" => None,
                text => reader.read(Field::RenewalSeats, parse_quantity(text)),
            },
        },
        once: once(&input.once, reader),
        pays_for: PaysFor {
            rules: reader.read(Field::PaysFor, parse_matches(&input.pays_for)).unwrap_or_default(),
            fallback: input.fallback,
        },
        contract: None,
    }
}

fn shape(input: &ConditionsInput, currency: Currency, reader: &mut Reader) -> Shape {
    let word: String = input.shape.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let mut tiers = || {
        let read = reader.read(Field::Tiers, parse_tiers(&input.tiers, currency))?;
        told(Field::Tiers, tier_echoes(&input.tiers, currency), reader);
        Some(read)
    };
    match word.as_str() {
        "" | "flat" => Shape::Flat,
        "graduated" => tiers().map_or(Shape::Flat, Shape::Graduated),
        "volume" => tiers().map_or(Shape::Flat, Shape::Volume),
        "basefee" | "base" => {
            let included = match input.included.trim() {
                "" | "0" => Some(0),
                text => reader.read(Field::Included, parse_quantity(text)),
            };
            let unit = reader.unit_price(Field::Extra, parse_unit_price(&input.extra, currency), currency);
            let unit = unit.map(|unit| echoed(Field::Extra, &unit, reader));
            match (included, unit) {
                (Some(included), Some(unit)) => Shape::BaseFee { included, unit },
                _ => Shape::Flat,
            }
        }
        _ => {
            reader.refuse(Field::Shape, "must be one of flat, graduated, volume, base-fee");
            Shape::Flat
        }
    }
}

fn percent(field: Field, text: &str, most: u32, reader: &mut Reader) -> Option<Decimal> {
    if text.trim().is_empty() { None } else { reader.read(field, parse_percent(text, most)) }
}

fn amount(field: Field, text: &str, currency: Currency, reader: &mut Reader) -> Option<Decimal> {
    if text.trim().is_empty() { None } else { needed_amount(field, text, currency, reader) }
}

fn discounts(input: &ConditionsInput, currency: Currency, reader: &mut Reader) -> Vec<Discount> {
    let Some(read) = reader.read(Field::Discounts, parse_discounts(&input.discounts, currency)) else {
        return Vec::new();
    };
    told(Field::Discounts, discount_echoes(&input.discounts, currency), reader);
    read
}

/// Tells how rows were understood.
fn told(field: Field, echoes: Vec<String>, reader: &mut Reader) {
    for echo in echoes {
        reader.doubt(field, format!("{}: {echo}.", field.label()));
    }
}

fn needed_amount(field: Field, text: &str, currency: Currency, reader: &mut Reader) -> Option<Decimal> {
    let read = reader.read(field, parse_amount(text, currency))?;
    Some(echoed(field, &read, reader))
}

fn echoed(field: Field, read: &ParsedAmount, reader: &mut Reader) -> Decimal {
    if let Some(echo) = &read.echo {
        reader.doubt(field, format!("{} is understood as {echo}.", field.label()));
    }
    read.value
}

fn overage(input: &ConditionsInput, currency: Currency, reader: &mut Reader) -> Option<Overage> {
    let rate = match input.overage.trim().to_lowercase().as_str() {
        "" => {
            if !input.true_up.trim().is_empty() {
                reader.refuse(Field::Overage, "must say contract or a price, when there is a true-up date");
            }
            return None;
        }
        "contract" => OverageRate::Contract,
        _ => {
            let price = parse_unit_price(&input.overage, currency);
            let price = reader.unit_price(Field::Overage, price, currency)?;
            OverageRate::Own(echoed(Field::Overage, &price, reader))
        }
    };
    let charged = match input.true_up.trim() {
        "" => OverageFrom::Start,
        text => OverageFrom::TrueUp(reader.read(Field::TrueUp, parse_day(text))?),
    };
    let word = if input.overage_proration.trim().is_empty() { "daily" } else { &input.overage_proration };
    let one_of = "must be one of none, daily, whole-month-up, whole-month-down";
    let proration = reader.read(Field::OverageProration, parse_proration(word).ok_or(one_of))?;
    Some(Overage { rate, charged, proration })
}

fn once(text: &str, reader: &mut Reader) -> OncePolicy {
    let word = text.trim().to_lowercase();
    match word.as_str() {
        "" | "term" => OncePolicy::Term,
        "date" => OncePolicy::DateOnly,
        _ => {
            let number = word.trim_end_matches("months").trim_end_matches("month").trim();
            let months = parse_whole(number, MOST_LIFE_MONTHS).ok().and_then(|months| u16::try_from(months).ok());
            let like = "must be term, date, or a number of months like 36";
            let months = reader.read(Field::Once, months.filter(|months| *months > 0).ok_or(like));
            months.map_or(OncePolicy::Term, OncePolicy::Life)
        }
    }
}

/// What the conditions say that the rest of the purchase does not allow.
pub(super) fn check(facts: &PurchaseFacts, contract: Option<Term>, reader: &mut Reader) {
    let Conditions { shape, packs, discounts, commitment, overage, once, .. } = &facts.conditions;
    if facts.quantity == Some(Quantity::Unlimited) {
        if *shape != Shape::Flat {
            reader.refuse(
                Field::Shape,
                "needs a number of seats: choose one price for unlimited seats, or enter how many there are",
            );
        }
        if *packs != Packs::Single {
            reader.refuse(Field::Packs, "must be empty: unlimited seats are not sold in packs");
        }
        if overage.is_some() {
            reader.doubt(Field::Overage, "Unlimited seats are never too few: this changes nothing.".to_owned());
        }
        let fixed = discounts.iter().any(|discount| matches!(discount.off, Off::Fixed(_)));
        if fixed && facts.price().is_some_and(|price| price.per == Per::Unit) {
            reader.refuse(Field::Discounts, "must be percentages: unlimited seats at a price per unit have no payment");
        }
    }
    if facts.conditions.renewal.seats.is_some() {
        if facts.quantity == Some(Quantity::Unlimited) {
            reader.refuse(Field::RenewalSeats, "must be empty: unlimited seats stay unlimited");
        } else if facts.end.is_none() && facts.from.is_some() {
            let never = "Without an end date there is no renewal that changes the seats.";
            reader.doubt(Field::RenewalSeats, never.to_owned());
        }
    }
    if shape.has_own_prices() && facts.cost != Cost::Unknown {
        reader.refuse(Field::Cost, "must be empty: the tier table has the prices");
    }
    if let (Some(Overage { charged: OverageFrom::TrueUp(day), .. }), Some(term)) = (overage, facts.term())
        && ![Some(term), contract].into_iter().flatten().any(|term| term.covers(*day))
    {
        reader.refuse(Field::TrueUp, "must be a day of the term");
    }
    if *once != OncePolicy::Term && facts.frequency.is_some_and(|frequency| frequency != Frequency::Once) {
        reader.doubt(Field::Once, "This matters only for a price that is paid once.".to_owned());
    }
    if commitment.term.is_some() && facts.end.is_none() && facts.from.is_some() {
        reader.doubt(Field::MinimumTerm, "Without an end date the minimum of the term is never due.".to_owned());
    }
}

/// The text that makes exactly these conditions.
pub fn to_conditions_input(conditions: &Conditions, currency: Currency) -> ConditionsInput {
    let percent = |percent: Option<Decimal>| percent.map(percent_word).unwrap_or_default();
    let mut input = ConditionsInput {
        packs: packs_text(&conditions.packs),
        discounts: discounts_text(&conditions.discounts, currency),
        tax: percent(conditions.tax),
        minimum_payment: optional(conditions.commitment.per_payment, currency),
        minimum_term: optional(conditions.commitment.term, currency),
        uplift: percent(conditions.renewal.uplift),
        cap: percent(conditions.renewal.cap),
        renewal_seats: conditions.renewal.seats.map(|seats| seats.to_string()).unwrap_or_default(),
        pays_for: matches_text(&conditions.pays_for.rules),
        fallback: conditions.pays_for.fallback,
        ..ConditionsInput::default()
    };
    let shape = match &conditions.shape {
        Shape::Flat => "",
        Shape::Graduated(tiers) => {
            input.tiers = tiers_text(tiers, currency);
            "graduated"
        }
        Shape::Volume(tiers) => {
            input.tiers = tiers_text(tiers, currency);
            "volume"
        }
        Shape::BaseFee { included, unit } => {
            (input.included, input.extra) = (included.to_string(), amount_text(*unit, currency));
            "base-fee"
        }
    };
    shape.clone_into(&mut input.shape);
    if let Some(overage) = conditions.overage {
        input.overage = match overage.rate {
            OverageRate::Contract => "contract".to_owned(),
            OverageRate::Own(price) => amount_text(price, currency),
        };
        if let OverageFrom::TrueUp(day) = overage.charged {
            input.true_up = iso(day);
        }
        proration_word(overage.proration).clone_into(&mut input.overage_proration);
    }
    input.once = match conditions.once {
        OncePolicy::Term => String::new(),
        OncePolicy::DateOnly => "date".to_owned(),
        OncePolicy::Life(months) => format!("{months} months"),
    };
    input
}
