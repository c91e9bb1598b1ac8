//! Amounts as people type them, in the writing of most countries. What could mean two amounts is echoed back; what
//! cannot be an amount is refused in words. Absent on purpose: rounding; an amount with too many decimals is refused.

use rust_decimal::Decimal;
use thiserror::Error;

use crate::format::{count, counted, price_amount};
use crate::money::Currency;

mod separators;
mod sums;

use separators::{Number, Reading};

/// Decimals that a price of one seat may have: 7.125 is rounded only in what is paid.
pub const UNIT_DECIMALS: u8 = 6;
/// The largest amount that is believed.
pub const MOST: i64 = 1_000_000_000_000;

/// An amount that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedAmount {
    /// The amount.
    pub value: Decimal,
    /// How it was understood ("$1,234.00"), where it could have meant something else.
    pub echo: Option<String>,
}

/// Why an amount was refused: a predicate, to be said of the field ("Cost must not be negative").
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Nothing was typed.
    #[error("must not be empty: write an amount like {0}")]
    Empty(&'static str),
    /// Not an amount.
    #[error("must be an amount like {0}")]
    NotAnAmount(&'static str),
    /// Below zero.
    #[error("must not be negative")]
    Negative,
    /// Written in another currency than the one that is chosen.
    #[error("says {sign}, but the currency is {currency}: change one of the two")]
    OtherCurrency {
        /// The sign as typed.
        sign: String,
        /// The currency that is chosen.
        currency: Currency,
    },
    /// More decimals than the currency has.
    #[error("has {}, but {currency} has {}: write it like {example}", counted(*.found, "decimal", "decimals"), allowed(*.digits))]
    TooManyDecimals {
        /// Decimals as typed.
        found: u64,
        /// The currency.
        currency: Currency,
        /// Decimals of the currency.
        digits: u8,
        /// An amount in the currency.
        example: &'static str,
    },
    /// More decimals than a price of one seat is believed to have.
    #[error("has {}, but a price of one seat has at most {UNIT_DECIMALS}: round it", counted(*.found, "decimal", "decimals"))]
    TooManyUnitDecimals {
        /// Decimals as typed.
        found: u64,
    },
    /// After the "=", not something to be worked out.
    #[error("must be something to work out like =12*9 after the \"=\", with + - * / and brackets")]
    NotASum,
    /// A division by zero.
    #[error("divides by zero")]
    DividesByZero,
    /// A result that goes on forever, like 100 ÷ 3.
    #[error("comes to an amount that does not end, about {0}: write the amount that is meant")]
    Endless(String),
    /// Absurdly large.
    #[error("must be at most {}", count(MOST.unsigned_abs()))]
    TooLarge,
}

fn allowed(digits: u8) -> String {
    if digits == 0 { "none".to_owned() } else { digits.to_string() }
}

/// Reads "1,234.50", "1.234,50", "€ 1 234.5", "$9", "1'234.50". A lone "," before three digits separates
/// thousands and a lone "." is a decimal point; where that is not the only way to read it, it is echoed. "=12*9" is
/// worked out exactly and echoed.
pub fn parse_amount(text: &str, currency: Currency) -> Result<ParsedAmount, AmountError> {
    parse_within(text, currency, currency.minor_digits())
}

/// Reads a price of one seat, which may have more decimals than what is paid.
pub fn parse_unit_price(text: &str, currency: Currency) -> Result<ParsedAmount, AmountError> {
    parse_within(text, currency, UNIT_DECIMALS.max(currency.minor_digits()))
}

fn parse_within(text: &str, currency: Currency, decimals: u8) -> Result<ParsedAmount, AmountError> {
    let example = example(currency);
    let text: String = text.trim().chars().map(|c| if is_space(c) { ' ' } else { c }).collect();
    if text.is_empty() {
        return Err(AmountError::Empty(example));
    }
    if let Some(sum) = text.trim().strip_prefix('=') {
        let value = valued(&sums::worked_out(sum, currency)?, currency, decimals)?;
        return Ok(ParsedAmount { value, echo: Some(price_amount(value, currency)) });
    }
    let digits = unsigned(text.trim()).map_err(|sign| match sign {
        Sign::Negative => AmountError::Negative,
        Sign::None => AmountError::NotAnAmount(example),
    })?;
    let number = bare(digits, currency)?;
    let Reading { number, ambiguous } = separators::read(number).ok_or(AmountError::NotAnAmount(example))?;
    let value = valued(&number, currency, decimals)?;
    Ok(ParsedAmount { value, echo: ambiguous.then(|| price_amount(value, currency)) })
}

/// An amount as it is written in the currency.
fn example(currency: Currency) -> &'static str {
    match currency.minor_digits() {
        0 => "1200",
        1 => "108.5",
        2 => "108.50",
        3 => "108.500",
        _ => "108.5000",
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200e}' | '\u{200f}')
}

enum Sign {
    Negative,
    None,
}

/// The text without a plus; an error where it is negative ("-5", "5-", "(5)", "$-5") or holds no digit.
fn unsigned(text: &str) -> Result<&str, Sign> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Err(Sign::None);
    }
    let minus = |c: char| matches!(c, '-' | '\u{2212}' | '\u{2013}');
    let bracketed = text.starts_with('(') && text.ends_with(')');
    let before_digits = text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    if bracketed || before_digits.contains(minus) || text.ends_with(minus) {
        return Err(Sign::Negative);
    }
    Ok(text.strip_prefix('+').unwrap_or(text))
}

/// The number without the currency's sign before or after it.
fn bare(text: &str, currency: Currency) -> Result<&str, AmountError> {
    let part_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '\u{2019}');
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or_default();
    // A point right before the first digit belongs to the number (".5"); the one of "Fr." does not.
    let point = text
        .get(..start)
        .and_then(|before| before.strip_suffix(['.', ',']))
        .filter(|before| before.is_empty() || before.ends_with(|c: char| !c.is_alphabetic()));
    let start = point.map_or(start, str::len);
    let end = text
        .rfind(part_of_number)
        .and_then(|last| text.get(last..)?.chars().next().and_then(|c| last.checked_add(c.len_utf8())));
    let (before, rest) = text.split_at(start);
    let (number, after) = rest.split_at_checked(end.unwrap_or_default().saturating_sub(start)).unwrap_or((rest, ""));
    match [before.trim(), after.trim()] {
        ["", ""] => Ok(number),
        [sign, ""] | ["", sign] => check_sign(sign, currency).map(|()| number.trim()),
        [first, second] => {
            check_sign(first, currency)?;
            check_sign(second, currency).map(|()| number.trim())
        }
    }
}

fn check_sign(sign: &str, currency: Currency) -> Result<(), AmountError> {
    if currency.is_written(sign) {
        Ok(())
    } else if Currency::is_known_sign(sign) {
        Err(AmountError::OtherCurrency { sign: sign.to_owned(), currency })
    } else {
        Err(AmountError::NotAnAmount(example(currency)))
    }
}

fn valued(number: &Number, currency: Currency, decimals: u8) -> Result<Decimal, AmountError> {
    let units = number.units.trim_start_matches('0');
    let fraction = number.fraction.trim_end_matches('0');
    let digits = currency.minor_digits();
    if fraction.len() > usize::from(decimals) {
        // Zeros at the end are no decimals: workbooks write 1.234 as 1.2340, which cannot be mistaken.
        let found = u64::try_from(fraction.len()).unwrap_or(u64::MAX);
        if decimals > digits {
            return Err(AmountError::TooManyUnitDecimals { found });
        }
        return Err(AmountError::TooManyDecimals { found, currency, digits, example: example(currency) });
    }
    if units.len() > MOST.to_string().len() {
        return Err(AmountError::TooLarge);
    }
    // Zeros up to the currency's decimals are kept: "108.50" stays what was typed.
    let kept: String = number.fraction.chars().take(fraction.len().max(digits.into())).collect();
    let text = if kept.is_empty() { format!("0{units}") } else { format!("0{units}.{kept}") };
    let value = text.parse::<Decimal>().map_err(|_| AmountError::NotAnAmount(example(currency)))?;
    if value > Decimal::from(MOST) { Err(AmountError::TooLarge) } else { Ok(value) }
}
