//! Amounts as text: rounded once, half up (away from zero), to the currency's minor unit.
//! Absent on purpose: locales; sentences are English.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, ToPrimitive as _, Zero as _};
use rust_decimal::Decimal;

use crate::adding::sum;
use crate::money::{Currency, Exact, exact};

/// "5400.00": exactly the currency's decimals, no separators. For machines and tables.
pub fn display_amount(amount: &Exact, currency: Currency) -> String {
    let (sign, units, fraction) = split(amount, currency.minor_digits());
    format!("{sign}{units}{fraction}")
}

/// "$5,400.00", "¥1,200", "CHF 1,200.00": a symbol where it is unambiguous, else the code. For sentences.
pub fn sentence_amount(amount: &Exact, currency: Currency) -> String {
    with_symbol(amount, currency, currency.minor_digits())
}

/// A price as typed: with the currency's decimals, or more where the price has more.
pub fn price_amount(price: Decimal, currency: Currency) -> String {
    let own = u8::try_from(price.normalize().scale()).unwrap_or(u8::MAX);
    with_symbol(&exact(price), currency, own.max(currency.minor_digits()))
}

/// "1,200": a count with separators.
pub fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// "1 seat", "1,200 seats".
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// The amount in whole minor units, rounded half up (away from zero), as an exact amount.
pub fn rounded(amount: &Exact, currency: Currency) -> Exact {
    let digits = currency.minor_digits();
    Exact::new(minor_units(amount, digits), scale(digits))
}

/// Rounds the parts so that they add up to their rounded sum: everybody gets the minor units below their share, and
/// the units left over go to the largest remainders, the earlier part first among equals (spend.md D7).
pub fn share_out(parts: &[Exact], currency: Currency) -> Vec<Exact> {
    let total = rounded(&sum(parts), currency);
    share_out_to(&parts.iter().collect::<Vec<_>>(), &total, currency)
}

/// The same for a total that is already rounded, one unit off at most.
pub(crate) fn share_out_to(parts: &[&Exact], total: &Exact, currency: Currency) -> Vec<Exact> {
    let scale = scale(currency.minor_digits());
    let mut units: Vec<BigInt> = Vec::with_capacity(parts.len());
    let mut rests: Vec<Rest> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let (unit, rest) = (part.numer() * &scale).div_mod_floor(part.denom());
        units.push(unit);
        rests.push(Rest::new(rest, part.denom(), index));
    }
    let left = (total.numer() * &scale).div_floor(total.denom()) - units.iter().sum::<BigInt>();
    let left = usize::try_from(left).unwrap_or_default();
    if left > 0 {
        rests.sort_by(Rest::largest_first);
        for rest in rests.into_iter().take(left) {
            if let Some(unit) = units.get_mut(rest.index) {
                *unit += 1;
            }
        }
    }
    units.into_iter().map(|unit| Exact::new(unit, scale.clone())).collect()
}

/// What rounding down left of a part.
struct Rest<'a> {
    /// Its first 62 binary digits: enough to tell most rests apart.
    beginning: u64,
    left: BigInt,
    over: &'a BigInt,
    index: usize,
}

impl<'a> Rest<'a> {
    fn new(rest: BigInt, over: &'a BigInt, index: usize) -> Self {
        let beginning = if rest.is_zero() { 0 } else { ((&rest << 62u8) / over).to_u64().unwrap_or(u64::MAX) };
        Self { beginning, left: rest, over, index }
    }

    /// The earlier part first among equals.
    fn largest_first(&self, other: &Self) -> Ordering {
        let exactly = || (&other.left * self.over).cmp(&(&self.left * other.over));
        other.beginning.cmp(&self.beginning).then_with(exactly).then(self.index.cmp(&other.index))
    }
}

fn scale(digits: u8) -> BigInt {
    BigInt::from(10u64.saturating_pow(u32::from(digits)))
}

/// Half up, away from zero.
fn minor_units(amount: &Exact, digits: u8) -> BigInt {
    let twice = amount.numer().magnitude() * scale(digits).magnitude() * 2u8;
    let (over, half) = (amount.denom().magnitude(), amount.denom().magnitude() * 2u8);
    let magnitude = BigInt::from((twice + over) / half);
    if amount.is_negative() { -magnitude } else { magnitude }
}

fn split(amount: &Exact, digits: u8) -> (&'static str, String, String) {
    let minor = minor_units(amount, digits);
    let sign = if minor.is_negative() { "-" } else { "" };
    let digits = usize::from(digits);
    let text = format!("{:0>width$}", minor.magnitude().to_string(), width = digits.saturating_add(1));
    let (units, fraction) = text.split_at(text.len().saturating_sub(digits));
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    (sign, units.to_owned(), fraction)
}

fn with_symbol(amount: &Exact, currency: Currency, digits: u8) -> String {
    let (sign, units, fraction) = split(amount, digits);
    let units = grouped(&units);
    match currency.symbol() {
        Some(symbol) => format!("{sign}{symbol}{units}{fraction}"),
        None => format!("{sign}{} {units}{fraction}", currency.code()),
    }
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len().saturating_mul(2));
    for (index, digit) in digits.chars().enumerate() {
        let right = digits.len().saturating_sub(index);
        if index > 0 && right.is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
