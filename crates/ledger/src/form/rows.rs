//! Tables as text, a row a line: tiers, discounts, packs, and the rules of whom a purchase pays for; and back.
//! Absent on purpose: the fields they stand in.

use rust_decimal::Decimal;

use crate::amount::{ParsedAmount, parse_amount, parse_unit_price};
use crate::discount::{Discount, Off};
use crate::form::percents::{parse_percent, percent_word};
use crate::form::words::amount_text;
use crate::money::Currency;
use crate::packs::{Ladder, Packs};
use crate::pays_for::Match;
use crate::quantity::parse_quantity;
use crate::tiers::{Tier, Tiers};

/// Rows of a table are told by their number, from 1.
pub(super) fn rows<T>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .zip(1u32..)
        .map(|(line, number)| read(line).map_err(|why| format!("row {number} (\"{line}\") {why}")))
        .collect()
}

/// Reads "1-10: 9.00", "11-50: 8.00", "51+: 7.00". An error is a predicate, to be said of the field.
pub fn parse_tiers(text: &str, currency: Currency) -> Result<Tiers, String> {
    let bands = rows(text, |line| band(line, currency))?;
    Tiers::new(bands).map_err(|error| error.to_string())
}

fn band(line: &str, currency: Currency) -> Result<Tier, String> {
    let like = "must be like 1-10: 9.00 or 51+: 7.00";
    let (seats, price) = line.split_once([':', '=', '\t']).ok_or(like)?;
    let price = parse_unit_price(price, currency).map_err(|error| format!("price {error}"))?;
    let seats = seats.trim().trim_end_matches(|c: char| c.is_alphabetic()).trim();
    let number = |text: &str| parse_quantity(text).map_err(|error| format!("number of seats {error}"));
    let (first, last) = match seats.strip_suffix('+') {
        Some(first) => (number(first)?, None),
        None => match seats.split_once(['-', '–', '—']) {
            Some((first, last)) => (number(first)?, Some(number(last)?)),
            None => number(seats).map(|only| (only, Some(only)))?,
        },
    };
    Ok(Tier { first, last, unit: price.value })
}

/// The text that makes exactly these tiers.
pub fn tiers_text(tiers: &Tiers, currency: Currency) -> String {
    let row = |band: &Tier| {
        let price = amount_text(band.unit, currency);
        match band.last {
            Some(last) => format!("{}-{last}: {price}", band.first),
            None => format!("{}+: {price}", band.first),
        }
    };
    tiers.bands().iter().map(row).collect::<Vec<_>>().join("\n")
}

/// Reads "10% partner", "5% of list volume", "100.00 goodwill". An error is a predicate.
pub fn parse_discounts(text: &str, currency: Currency) -> Result<Vec<Discount>, String> {
    rows(text, |line| discount(line, currency))
}

fn discount(line: &str, currency: Currency) -> Result<Discount, String> {
    if let Some((percent, rest)) = line.split_once('%') {
        let percent = parse_percent(percent, 100)?;
        let rest = rest.trim();
        let of_list = rest.strip_prefix("of list").filter(|rest| rest.is_empty() || rest.starts_with(' '));
        let (off, name) = match of_list {
            Some(name) => (Off::PercentOfList(percent), name),
            None => (Off::PercentOfRest(percent), rest),
        };
        return Ok(Discount { name: name.trim().to_owned(), off });
    }
    let like = "must be like 10% partner, 5% of list, or 100.00 goodwill";
    let (amount, name) = fixed(line, currency).ok_or(like)?;
    Ok(Discount { name: name.trim().to_owned(), off: Off::Fixed(amount.value) })
}

/// The longest beginning that is an amount, and what follows: "€ 100 goodwill", "1 000.00".
fn fixed(line: &str, currency: Currency) -> Option<(ParsedAmount, &str)> {
    let ends = line.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).chain([line.len()]);
    let mut ends: Vec<usize> = ends.collect();
    ends.reverse();
    ends.into_iter().find_map(|end| {
        let (amount, name) = line.split_at(end);
        Some((parse_amount(amount, currency).ok()?, name))
    })
}

/// How the prices of tiers were understood that could have meant something else: "row 1 is understood as $1,234.00".
pub(super) fn tier_echoes(text: &str, currency: Currency) -> Vec<String> {
    echoes(text, |line| {
        let (_, price) = line.split_once([':', '=', '\t'])?;
        parse_unit_price(price, currency).ok()?.echo
    })
}

/// The same of the amounts of discounts.
pub(super) fn discount_echoes(text: &str, currency: Currency) -> Vec<String> {
    echoes(text, |line| fixed(line, currency).filter(|_| !line.contains('%'))?.0.echo)
}

fn echoes(text: &str, echo: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let told = |(line, number): (&str, u32)| Some(format!("row {number} is understood as {}", echo(line)?));
    lines.zip(1u32..).filter_map(told).collect()
}

/// The text that makes exactly these discounts.
pub fn discounts_text(discounts: &[Discount], currency: Currency) -> String {
    let row = |discount: &Discount| {
        let off = match discount.off {
            Off::PercentOfRest(percent) => percent_word(percent),
            Off::PercentOfList(percent) => format!("{} of list", percent_word(percent)),
            Off::Fixed(amount) => amount_text(amount, currency),
        };
        format!("{off} {}", discount.name).trim().to_owned()
    };
    discounts.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// Reads "" for single seats, "10" for blocks of 10, "3, 5, 10, then +10" for a ladder. An error is a predicate.
pub fn parse_packs(text: &str) -> Result<Packs, String> {
    let text = text.trim().to_lowercase();
    let plain = text.strip_prefix("blocks of").unwrap_or(&text).trim();
    if plain.is_empty() {
        return Ok(Packs::Single);
    }
    let like = "must be a block like 10, or a ladder like 3, 5, 10, then +10";
    let number = |text: &str| text.trim().parse::<u32>().map_err(|_| like.to_owned());
    let Some((steps, then)) = plain.split_once('+') else {
        return match number(plain)? {
            0 => Err("must not have a step of 0 seats".to_owned()),
            1 => Ok(Packs::Single),
            size => Ok(Packs::Blocks(size)),
        };
    };
    let steps = steps.replace("then", "");
    let steps = steps.split([',', ';']).map(str::trim).filter(|step| !step.is_empty());
    let steps = steps.map(number).collect::<Result<Vec<u32>, String>>()?;
    Ladder::new(steps, number(then)?).map(Packs::Ladder).map_err(|error| error.to_string())
}

/// The text that makes exactly these packs.
pub fn packs_text(packs: &Packs) -> String {
    match packs {
        Packs::Blocks(size) => size.to_string(),
        Packs::Single | Packs::Ladder(_) => packs.words().unwrap_or_default(),
    }
}

/// Reads "department: Sales", "cost center: 4711", "group: Labs", "email: @lab.example". An error is a predicate.
pub fn parse_matches(text: &str) -> Result<Vec<Match>, String> {
    rows(text, |line| {
        let like = "must be like department: Sales, cost center: 4711, group: Labs, or email: @lab.example";
        let (what, value) = line.split_once([':', '=']).ok_or(like)?;
        let value = value.trim().to_owned();
        if value.is_empty() {
            return Err("says nothing to compare with".to_owned());
        }
        let what: String = what.chars().filter(|c| c.is_alphabetic()).collect();
        match what.to_lowercase().as_str() {
            "department" => Ok(Match::Department(value)),
            "costcenter" => Ok(Match::CostCenter(value)),
            "group" => Ok(Match::Group(value)),
            "email" if value.contains('@') => Ok(Match::Email(value)),
            "email" => Err("needs an address, or @ and a domain".to_owned()),
            _ => Err(like.to_owned()),
        }
    })
}

/// The text that makes exactly these rules.
pub fn matches_text(rules: &[Match]) -> String {
    let row = |rule: &Match| match rule {
        Match::Department(name) => format!("department: {name}"),
        Match::CostCenter(name) => format!("cost center: {name}"),
        Match::Group(name) => format!("group: {name}"),
        Match::Email(address) => format!("email: {address}"),
    };
    rules.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// An optional amount as text.
pub(super) fn optional(amount: Option<Decimal>, currency: Currency) -> String {
    amount.map(|amount| amount_text(amount, currency)).unwrap_or_default()
}
