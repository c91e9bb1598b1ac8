//! Whole numbers as people type them: seats and days. Absent on purpose: amounts of money.

use thiserror::Error;

use crate::format::count;

/// The most seats that are believed.
pub const MOST_SEATS: u32 = 100_000_000;

/// Why a number was refused: a predicate, to be said of the field ("Purchased quantity must be a whole number").
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QuantityError {
    /// Nothing was typed.
    #[error("must not be empty: write a whole number like 50")]
    Empty,
    /// Not a number.
    #[error("must be a whole number like 50")]
    NotANumber,
    /// Has a fraction.
    #[error("must be a whole number: {0} or {1}")]
    NotWhole(u32, u32),
    /// Below zero.
    #[error("must not be negative")]
    Negative,
    /// No seats at all.
    #[error("must be at least 1")]
    Zero,
    /// Absurdly large.
    #[error("must be at most {}", count(u64::from(*.0)))]
    TooLarge(u32),
}

/// Reads a number of seats: at least one, separators between thousands tolerated.
pub fn parse_quantity(text: &str) -> Result<u32, QuantityError> {
    match parse_whole(text, MOST_SEATS)? {
        0 => Err(QuantityError::Zero),
        seats => Ok(seats),
    }
}

/// Reads a whole number from 0 to `most`.
pub fn parse_whole(text: &str, most: u32) -> Result<u32, QuantityError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(QuantityError::Empty);
    }
    if text.starts_with(['-', '\u{2212}', '\u{2013}']) {
        return Err(QuantityError::Negative);
    }
    let mut groups = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '\'' | '\u{2019}'));
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&first) || !rest.iter().all(digits) {
        return Err(QuantityError::NotANumber);
    }
    let all = format!("{first}{}", rest.concat());
    let in_groups = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    if in_groups {
        return all.parse().ok().filter(|number| *number <= most).ok_or(QuantityError::TooLarge(most));
    }
    match (rest.as_slice(), first.parse::<u32>()) {
        ([zeros], Ok(whole)) if zeros.bytes().all(|byte| byte == b'0') && whole <= most => Ok(whole),
        ([_], Ok(below)) if below < most => Err(QuantityError::NotWhole(below, below.saturating_add(1))),
        _ => Err(QuantityError::NotANumber),
    }
}
