//! What stands after an "=" in a field of money: + - * / and brackets, worked out exactly.
//! Absent on purpose: rounding; a result that does not end is refused.

use num_traits::Zero as _;

use super::AmountError;
use super::separators::{self, Number};
use crate::exact::Exact;
use crate::format::display_amount;
use crate::money::{Currency, exact, ratio};

/// Longer ones are no sum that anybody types.
const LONGEST: usize = 200;

/// Decimals that are tried before a result counts as one that does not end: more than any amount typed has.
const MOST_DECIMALS: usize = 18;

/// Works out "12 * (9 + 0.50)"; the number's sign and decimals are checked like those of a typed one.
pub(super) fn worked_out(text: &str, currency: Currency) -> Result<Number, AmountError> {
    if text.len() > LONGEST {
        return Err(AmountError::NotASum);
    }
    let mut sum = Sum { rest: text.trim_start() };
    let result = sum.terms()?;
    if !sum.rest.is_empty() {
        return Err(AmountError::NotASum);
    }
    if result.is_negative() {
        return Err(AmountError::Negative);
    }
    digits(&result).ok_or_else(|| AmountError::Endless(display_amount(&result, currency)))
}

/// The digits of a number that is not negative; `None` when they do not end.
fn digits(number: &Exact) -> Option<Number> {
    let (units, mut rest, mut fraction) = (number.to_integer().to_string(), number.fract(), String::new());
    while !rest.is_zero() {
        if fraction.len() == MOST_DECIMALS {
            return None;
        }
        let next = rest * Exact::from_integer(10);
        fraction.push_str(&next.to_integer().to_string());
        rest = next.fract();
    }
    Some(Number { units, fraction })
}

/// What is still to be read. Each level of brackets takes a character, so that the longest text bounds the depth.
struct Sum<'a> {
    rest: &'a str,
}

impl Sum<'_> {
    fn terms(&mut self) -> Result<Exact, AmountError> {
        let mut sum = self.factors()?;
        loop {
            if self.takes(&['+']) {
                sum += self.factors()?;
            } else if self.takes(&['-', '\u{2212}', '\u{2013}']) {
                sum -= &self.factors()?;
            } else {
                return Ok(sum);
            }
        }
    }

    fn factors(&mut self) -> Result<Exact, AmountError> {
        let mut product = self.factor()?;
        loop {
            if self.takes(&['*', '\u{d7}']) {
                product = product * self.factor()?;
            } else if self.takes(&['/', '\u{f7}']) {
                product = ratio(&product, &self.factor()?).ok_or(AmountError::DividesByZero)?;
            } else {
                return Ok(product);
            }
        }
    }

    fn factor(&mut self) -> Result<Exact, AmountError> {
        if self.takes(&['-', '\u{2212}', '\u{2013}']) {
            return self.factor().map(|number| -number);
        }
        if !self.takes(&['(']) {
            return self.number();
        }
        let inner = self.terms()?;
        if self.takes(&[')']) { Ok(inner) } else { Err(AmountError::NotASum) }
    }

    fn number(&mut self) -> Result<Exact, AmountError> {
        let after =
            self.rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '\u{2019}'));
        let text = self.rest.strip_suffix(after).unwrap_or_default();
        self.rest = after.trim_start();
        let number = separators::read(text).ok_or(AmountError::NotASum)?.number;
        let decimal = format!("0{}.{}0", number.units, number.fraction);
        decimal.parse().map(exact).map_err(|_| AmountError::TooLarge)
    }

    /// Whether one of the signs comes next; if so it has been read.
    fn takes(&mut self, signs: &[char]) -> bool {
        let Some(rest) = self.rest.strip_prefix(signs) else { return false };
        self.rest = rest.trim_start();
        true
    }
}
