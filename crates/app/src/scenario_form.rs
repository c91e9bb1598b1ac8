//! A what-if as typed, understood change by change; what is wrong is said beside its field, and nothing typed is lost.
//! Absent on purpose: computing it; `forecast` does.

use jiff::civil::Date;
use ledger::form::{every_word, parse_every};
use ledger::quantity::parse_quantity;
use ledger::{
    Change, Currency, Frequency, Per, Purchase, PurchaseId, Renewing, Repriced, Scenario, ScenarioError, SeatChange,
    TypeFacts, parse_amount, parse_day, parse_unit_price, price_amount,
};

use crate::activity::Types;
use crate::view::forecast::{ScenarioChange, ScenarioForm};
use crate::view::problem::FieldProblem;
use crate::words::{self, counted};

/// Longer names do not fit on any screen.
pub(crate) const LONGEST_NAME: usize = 80;

/// A scenario, understood as far as it can be.
#[derive(Clone)]
pub(crate) struct Understood {
    /// The changes, seats included: for figures of a day.
    pub(crate) scenario: Scenario,
    /// The purchases as they would be, without changes that count from a day on.
    pub(crate) purchases: Vec<Purchase>,
    /// Changes of seats with their days.
    pub(crate) seats: Vec<SeatChange>,
    /// How many billable accounts more or fewer each license type would have.
    pub(crate) moved: Vec<(String, i64)>,
    pub(crate) renewing: Renewing,
    /// What each change means; empty for one that is refused.
    pub(crate) sentences: Vec<String>,
    pub(crate) problems: Vec<FieldProblem>,
}

/// What changes are checked against.
pub(crate) struct Ground<'a> {
    pub(crate) today: Date,
    pub(crate) types: &'a Types,
    pub(crate) facts: &'a [TypeFacts],
    pub(crate) purchases: &'a [Purchase],
}

/// A field of a change and what is wrong with it.
type Refused = (&'static str, String);

pub(crate) fn understand(form: &ScenarioForm, ground: &Ground) -> Understood {
    let mut found = Understood {
        scenario: Scenario { name: form.name.trim().to_owned(), changes: Vec::new() },
        purchases: ground.purchases.to_vec(),
        seats: Vec::new(),
        moved: Vec::new(),
        renewing: Renewing::Automatic,
        sentences: Vec::new(),
        problems: Vec::new(),
    };
    match form.renewing.trim() {
        "" | "automatic" => {}
        "all" => found.renewing = Renewing::All,
        other => found.refuse("renewing".to_owned(), format!("Renewing must be automatic or all, not {other}.")),
    }
    let mut state = (ground.facts.to_vec(), ground.purchases.to_vec());
    for (index, typed) in form.changes.iter().enumerate() {
        let sentence = read(typed, ground).and_then(|change| {
            state = ledger::apply(&alone(change.clone()), &state.0, &state.1)
                .map_err(|error| (field(&error), error.to_string()))?;
            let sentence = sentence(&change, ground);
            found.keep(change, ground);
            Ok(sentence)
        });
        match sentence {
            Ok(sentence) => found.sentences.push(sentence),
            Err((field, message)) => {
                found.sentences.push(String::new());
                found.refuse(format!("changes.{index}.{field}"), message);
            }
        }
    }
    let accounts = |facts: &TypeFacts| i64::try_from(facts.billable_accounts).unwrap_or(i64::MAX);
    let moved =
        ground.facts.iter().zip(&state.0).map(|(now, then)| (now.license_type.clone(), accounts(then) - accounts(now)));
    found.moved = moved.collect();
    found
}

impl Understood {
    fn refuse(&mut self, field: String, message: String) {
        self.problems.push(FieldProblem { field, message });
    }

    fn keep(&mut self, change: Change, ground: &Ground) {
        if let Change::Seats { purchase, seats, day } = change {
            self.seats.push(SeatChange { purchase, day, seats });
        } else if Repriced::of(&change).is_none()
            && let Ok((_, purchases)) = ledger::apply(&alone(change.clone()), ground.facts, &self.purchases)
        {
            self.purchases = purchases;
        }
        self.scenario.changes.push(change);
    }
}

fn alone(change: Change) -> Scenario {
    Scenario { name: String::new(), changes: vec![change] }
}

fn read(typed: &ScenarioChange, ground: &Ground) -> Result<Change, Refused> {
    match typed.kind.trim() {
        "seats" => {
            let purchase = purchase(typed, ground)?.id;
            let seats = signed(&typed.seats)?;
            Ok(Change::Seats { purchase, seats, day: day_or_today(&typed.day, ground)? })
        }
        "price" => {
            let purchase = purchase(typed, ground)?;
            let amount = cost(typed, purchase, purchase.currency)?;
            Ok(Change::Price { purchase: purchase.id, amount, day: day_or_today(&typed.day, ground)? })
        }
        "frequency" => {
            let purchase = purchase(typed, ground)?;
            let frequency = frequency(&typed.every)?;
            let (amount, day) = (cost(typed, purchase, purchase.currency)?, day_or_today(&typed.day, ground)?);
            Ok(Change::Frequency { purchase: purchase.id, frequency, amount, day })
        }
        "currency" => {
            let purchase = purchase(typed, ground)?;
            let unknown = || ("currency", "Currency must be a code of three letters like USD or EUR.".to_owned());
            let currency = Currency::from_code(&typed.currency).ok_or_else(unknown)?;
            let currency = currency.rounding_as(purchase.currency);
            let (amount, day) = (cost(typed, purchase, currency)?, day_or_today(&typed.day, ground)?);
            Ok(Change::Currency { purchase: purchase.id, currency, amount, day })
        }
        "downgrade" => {
            let from = license_type("license_type", &typed.license_type, ground)?;
            let to = license_type("to", &typed.to, ground)?;
            if from == to {
                return Err(("to", "Choose another license type than the one that members leave.".to_owned()));
            }
            let members = parse_quantity(&typed.seats).map_err(|error| ("seats", format!("Members {error}.")))?;
            Ok(Change::Downgrade { from, to, members: members.into() })
        }
        "renewal-date" => {
            let purchase = purchase(typed, ground)?.id;
            let last_day = parse_day(&typed.day).map_err(|error| ("day", format!("Last day {error}.")))?;
            Ok(Change::LastDay { purchase, last_day })
        }
        _ => {
            let kinds = "seats, price, frequency, currency, downgrade and renewal-date";
            Err(("kind", format!("The change must be one of {kinds}.")))
        }
    }
}

fn purchase<'a>(typed: &ScenarioChange, ground: &Ground<'a>) -> Result<&'a Purchase, Refused> {
    let asked = typed.purchase.trim();
    if asked.is_empty() {
        return Err(("purchase", "Choose the purchase that changes.".to_owned()));
    }
    let found = ground.purchases.iter().find(|purchase| Ok(purchase.id.0) == asked.parse());
    let gone = || format!("Purchase {asked} does not exist: remove the change, or choose another one.");
    found.ok_or_else(|| ("purchase", gone()))
}

/// "10", "+10", "-10".
fn signed(text: &str) -> Result<i64, Refused> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let number = parse_quantity(digits).map_err(|error| ("seats", format!("Seats {error}, or -50 for fewer.")))?;
    Ok(sign * i64::from(number))
}

fn cost(typed: &ScenarioChange, of: &Purchase, currency: Currency) -> Result<rust_decimal::Decimal, Refused> {
    let lot = of.price.is_some_and(|price| price.per == Per::Lot);
    let read = if lot { parse_amount(&typed.cost, currency) } else { parse_unit_price(&typed.cost, currency) };
    match read {
        Ok(amount) => Ok(amount.value),
        Err(error) => Err(("cost", format!("Cost {error}."))),
    }
}

fn frequency(text: &str) -> Result<Frequency, Refused> {
    parse_every(text).ok_or_else(|| {
        let words = Frequency::ALL.map(every_word).join(", ");
        ("every", format!("Payment frequency must be one of {words}."))
    })
}

fn license_type(field: &'static str, text: &str, ground: &Ground) -> Result<String, Refused> {
    let found = ground.types.find(text).map(|known| known.key.to_string());
    found.ok_or_else(|| {
        let known: Vec<&str> = ground.types.0.iter().map(|known| known.key.as_str()).collect();
        (field, format!("There is no license type \"{}\": choose one of {}.", text.trim(), known.join(", ")))
    })
}

fn day_or_today(text: &str, ground: &Ground) -> Result<Date, Refused> {
    if text.trim().is_empty() {
        return Ok(ground.today);
    }
    parse_day(text).map_err(|error| ("day", format!("Day {error}.")))
}

/// The field that a change was refused for.
fn field(error: &ScenarioError) -> &'static str {
    match error {
        ScenarioError::UnknownPurchase(_) | ScenarioError::Unlimited(_) => "purchase",
        ScenarioError::UnknownType(_) => "license_type",
        ScenarioError::TooFewSeats { .. } | ScenarioError::TooFewMembers { .. } => "seats",
        ScenarioError::OwnPrices(_) | ScenarioError::Negative => "cost",
        ScenarioError::EndsBeforeStart(_, _) => "day",
    }
}

/// What a change means, for people.
fn sentence(change: &Change, ground: &Ground) -> String {
    let of = |id: &PurchaseId| ground.purchases.iter().find(|purchase| purchase.id == *id);
    let named = |id: &PurchaseId| match of(id) {
        Some(purchase) => format!("Purchase {} ({})", id.0, type_name(&purchase.license_type, ground)),
        None => format!("Purchase {}", id.0),
    };
    let price =
        |id: &PurchaseId, amount| of(id).map_or_else(String::new, |purchase| price_amount(amount, purchase.currency));
    let from = |id: &PurchaseId, day| {
        let from = of(id).and_then(|purchase| ledger::agreed_until(purchase, day));
        from.map_or_else(String::new, |day| format!(" from {}", words::day(day)))
    };
    match change {
        Change::Seats { purchase, seats, day } => {
            let from = words::day(*day);
            let which = if *seats < 0 { ("seat fewer", "seats fewer") } else { ("seat more", "seats more") };
            format!("{}: {} from {from}", named(purchase), counted(seats.unsigned_abs(), which.0, which.1))
        }
        Change::Price { purchase, amount, day } => {
            format!("{}: {} each payment{}", named(purchase), price(purchase, *amount), from(purchase, *day))
        }
        Change::Frequency { purchase, frequency, amount, day } => {
            let adverb = ledger::sentence::adverb(*frequency);
            format!("{}: {} {adverb}{}", named(purchase), price(purchase, *amount), from(purchase, *day))
        }
        Change::Currency { purchase, currency, amount, day } => {
            format!("{}: {} each payment{}", named(purchase), price_amount(*amount, *currency), from(purchase, *day))
        }
        Change::Downgrade { from, to, members } => {
            let who = counted(*members, "member", "members");
            format!("{who} from {} to {}", type_name(from, ground), type_name(to, ground))
        }
        Change::LastDay { purchase, last_day } => format!("{}: ends on {}", named(purchase), words::day(*last_day)),
    }
}

fn type_name(key: &str, ground: &Ground) -> String {
    let known = ground.types.0.iter().find(|known| known.key.as_str() == key);
    known.map_or_else(|| key.to_owned(), |known| known.name.clone())
}
