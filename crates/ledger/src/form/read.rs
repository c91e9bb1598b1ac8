//! Reads the fields one by one and collects what is wrong with them.

use std::fmt::Display;

use jiff::civil::Date;

use crate::amount::{AmountError, ParsedAmount, parse_amount, parse_unit_price};
use crate::calendar::end_after;
use crate::day::{DateError, day_text, parse_day, parse_last_day_after};
use crate::facts::Cost;
use crate::form::words::{parse_every, parse_per, parse_proration};
use crate::form::{Field, MOST_NOTICE_DAYS, PurchaseInput, says_unlimited};
use crate::money::Currency;
use crate::purchase::{Frequency, Per, Price, Proration, Quantity, Term};
use crate::quantity::{parse_quantity, parse_whole};

/// The longest name, in characters.
const LONGEST_TEXT: usize = 200;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 10_000;

/// Collects problems and warnings while fields are read.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// What must be changed.
    pub problems: Vec<(Field, String)>,
    /// What is doubtful.
    pub warnings: Vec<(Field, String)>,
}

impl Reader {
    /// Says what must be changed: the field's label, then a predicate.
    pub fn refuse(&mut self, field: Field, predicate: impl Display) {
        self.problems.push((field, format!("{} {predicate}", field.label())));
    }

    /// Says what is doubtful, as a whole sentence.
    pub fn doubt(&mut self, field: Field, sentence: String) {
        self.warnings.push((field, sentence));
    }

    pub fn read<T, E: Display>(&mut self, field: Field, read: Result<T, E>) -> Option<T> {
        read.map_err(|error| self.refuse(field, error)).ok()
    }

    pub fn needed_text(&mut self, field: Field, text: &str) -> String {
        if text.trim().is_empty() {
            self.refuse(field, "must not be empty: choose one, or write the name of a new one");
        }
        self.text(field, text)
    }

    pub fn text(&mut self, field: Field, text: &str) -> String {
        self.limited(field, text.trim(), LONGEST_TEXT)
    }

    pub fn note(&mut self, text: &str) -> String {
        self.limited(Field::Note, text.trim(), LONGEST_NOTE)
    }

    fn limited(&mut self, field: Field, text: &str, longest: usize) -> String {
        let length = text.chars().count();
        if length > longest {
            self.refuse(field, format!("must have at most {longest} characters; it has {length}"));
        }
        text.to_owned()
    }

    pub fn quantity(&mut self, input: &PurchaseInput) -> Option<Quantity> {
        says_unlimited(input)
            .or_else(|| self.read(Field::Quantity, parse_quantity(&input.quantity)).map(Quantity::Seats))
    }

    pub fn currency(&mut self, text: &str, default: Currency) -> Option<Currency> {
        if text.trim().is_empty() {
            return Some(default);
        }
        let unknown = format!("{} is not known: use a code of three letters like USD or EUR", text.trim());
        self.read(Field::Currency, Currency::from_code(text).map(|found| found.rounding_as(default)).ok_or(unknown))
    }

    /// The cost; without a currency it cannot be read.
    pub fn cost(&mut self, input: &PurchaseInput, currency: Option<Currency>) -> Cost {
        if input.cost.trim().is_empty() {
            return Cost::Unknown;
        }
        let base_fee = input.conditions.shape.to_lowercase().starts_with("base");
        let per = if base_fee { Some(Per::Lot) } else { self.per(&input.per) };
        let Some(currency) = currency else { return Cost::Missing };
        let amount = match per {
            Some(Per::Lot) => self.read(Field::Cost, parse_amount(&input.cost, currency)),
            _ => self.unit_price(Field::Cost, parse_unit_price(&input.cost, currency), currency),
        };
        if let Some(echo) = amount.as_ref().and_then(|amount| amount.echo.as_ref()) {
            self.doubt(Field::Cost, format!("Cost is understood as {echo}."));
        }
        match (amount, per) {
            (Some(amount), Some(per)) => Cost::Known(Price { amount: amount.value, per }),
            _ => Cost::Missing,
        }
    }

    /// A price of one seat; where it has more decimals than the currency, what is paid is told to be rounded.
    pub fn unit_price(
        &mut self,
        field: Field,
        read: Result<ParsedAmount, AmountError>,
        currency: Currency,
    ) -> Option<ParsedAmount> {
        let price = self.read(field, read)?;
        if price.value.normalize().scale() > u32::from(currency.minor_digits()) {
            let rounded = format!("{} is kept exactly; only what is paid is rounded to {currency}.", field.label());
            self.doubt(field, rounded);
        }
        Some(price)
    }

    fn per(&mut self, text: &str) -> Option<Per> {
        let per = parse_per(text);
        if per.is_none() {
            let problem = "Say what the cost covers: unit (each seat) or lot (all seats together)";
            self.problems.push((Field::Per, problem.to_owned()));
        }
        per
    }

    pub fn frequency(&mut self, text: &str) -> Option<Frequency> {
        let one_of = "once, month, quarter, 6months, year, 18months, 2years, 3years";
        self.read(Field::Every, parse_every(text).ok_or_else(|| format!("must be one of {one_of}")))
    }

    pub fn proration(&mut self, text: &str) -> Option<Proration> {
        let one_of = "must be one of none, daily, whole-month-up, whole-month-down";
        self.read(Field::Proration, parse_proration(text).ok_or(one_of))
    }

    pub fn notice_days(&mut self, text: &str) -> Option<u16> {
        if text.trim().is_empty() {
            return None;
        }
        let days = self.read(Field::NoticeDays, parse_whole(text, MOST_NOTICE_DAYS.into()))?;
        u16::try_from(days).ok()
    }

    /// The term as far as it can be read: with a wrong last day it counts as open-ended.
    pub fn term(&mut self, input: &PurchaseInput) -> Option<Term> {
        let from = self.read(Field::From, parse_day(&input.from));
        let end = self.last_day(&input.until, from);
        from.map(|from| Term { from, end })
    }

    /// The end that follows from the last day; empty text means open-ended.
    pub fn last_day(&mut self, text: &str, from: Option<Date>) -> Option<Date> {
        if text.trim().is_empty() {
            return None;
        }
        let read = from.map_or_else(|| parse_day(text), |from| parse_last_day_after(text, from));
        let last = self.read(Field::Until, read)?;
        if text.trim().starts_with('+') {
            self.doubt(Field::Until, format!("{} is understood as {}.", Field::Until.label(), day_text(last)));
        }
        if let Some(from) = from.filter(|from| last < *from) {
            self.refuse(Field::Until, format!("must not be before the effective date, {}", day_text(from)));
            return None;
        }
        Some(end_after(last))
    }

    /// The same where a term must end.
    pub fn needed_last_day(&mut self, text: &str, from: Date) -> Option<Date> {
        if text.trim().is_empty() {
            self.refuse(Field::Until, DateError::Empty);
        }
        self.last_day(text, Some(from))
    }
}
