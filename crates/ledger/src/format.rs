//! Amounts as text: rounded once, half up (away from zero), to the currency's minor unit.
//! Absent on purpose: locales; sentences are English.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::Signed as _;
use rust_decimal::Decimal;

use crate::money::{Currency, Exact, exact, whole};

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
    let scale = scale(currency.minor_digits());
    minor_units(amount, &scale) / scale
}

/// Rounds the parts so that they add up to their rounded sum: everybody gets the minor units below their share, and
/// the units left over go to the largest remainders, the earlier part first among equals (spend.md D7).
pub fn share_out(parts: &[Exact], currency: Currency) -> Vec<Exact> {
    let total = rounded(&parts.iter().sum(), currency);
    share_out_to(&parts.iter().collect::<Vec<_>>(), &total, currency)
}

/// The same for a total that is already rounded, one unit off at most.
pub(crate) fn share_out_to(parts: &[&Exact], total: &Exact, currency: Currency) -> Vec<Exact> {
    let scale = scale(currency.minor_digits());
    let mut units: Vec<BigInt> = Vec::with_capacity(parts.len());
    let mut rests: Vec<(Exact, usize)> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let (unit, rest) = (part.numer() * scale.numer()).div_mod_floor(part.denom());
        units.push(unit);
        rests.push((Exact::new_raw(-rest, part.denom().clone()), index));
    }
    let left = (total * &scale).to_integer() - units.iter().sum::<BigInt>();
    let left = usize::try_from(left).unwrap_or_default();
    if left > 0 {
        rests.sort();
        for (_, index) in rests.into_iter().take(left) {
            if let Some(unit) = units.get_mut(index) {
                *unit += 1;
            }
        }
    }
    units.into_iter().map(|unit| Exact::new(unit, scale.numer().clone())).collect()
}

fn scale(digits: u8) -> Exact {
    whole(10u64.saturating_pow(u32::from(digits)))
}

fn minor_units(amount: &Exact, scale: &Exact) -> Exact {
    let half = Exact::new(1.into(), 2.into());
    let magnitude = (amount.abs() * scale + half).floor();
    if amount.is_negative() { -magnitude } else { magnitude }
}

/// Sign, whole units, and the fraction with its point.
fn split(amount: &Exact, digits: u8) -> (&'static str, String, String) {
    let minor = minor_units(amount, &scale(digits));
    let sign = if minor.is_negative() { "-" } else { "" };
    let digits = usize::from(digits);
    let text = format!("{:0>width$}", minor.abs().to_integer().to_string(), width = digits.saturating_add(1));
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
