//! Amounts as text: rounded once to the currency's minor unit, from the middle as the currency says.
//! Absent on purpose: locales; sentences are English.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::adding::sum;
use crate::money::{Currency, Exact, exact, ratio, whole};

/// "5400.00": exactly the currency's decimals, no separators. For machines and tables.
pub fn display_amount(amount: &Exact, currency: Currency) -> String {
    let digits = currency.minor_digits();
    let minor = minor_units(amount, currency, digits);
    let mut text = sign(&minor).to_owned();
    write(&mut text, &minor, digits, false);
    text
}

/// "$5,400.00", "¥1,200", "CHF 1,200.00": a symbol where it is unambiguous, else the code. For sentences.
pub fn sentence_amount(amount: &Exact, currency: Currency) -> String {
    with_symbol(amount, currency, currency.minor_digits())
}

/// More decimals of an amount are told as a division.
const MOST_DECIMALS: u8 = 12;

/// "$9.00", "$499.995", or what makes an amount that decimals cannot tell: "$85.00 ÷ 3". Whoever computes with it gets the
/// figure; where not even a division can tell it, as many decimals as are enough for that: "$294,032.467512345678…".
pub fn exact_amount(amount: &Exact, currency: Currency) -> String {
    let tells = |digits: &u8| minor_units(amount, currency, *digits) / scale(*digits) == *amount;
    if let Some(digits) = (currency.minor_digits()..=MOST_DECIMALS).find(tells) {
        return with_symbol(amount, currency, digits);
    }
    let parts = match amount.native() {
        Some((_, parts)) => u64::try_from(parts).ok(),
        None => amount.to_string().split_once('/').and_then(|(_, parts)| parts.parse().ok()),
    };
    match parts.filter(|_| rounded(amount, currency) != *amount) {
        Some(parts) => format!("{} ÷ {}", sentence_amount(&(amount * whole(parts)), currency), count(parts)),
        None if rounded(amount, currency) == *amount => sentence_amount(amount, currency),
        None => format!("{}…", with_symbol(amount, currency, MOST_DECIMALS)),
    }
}

/// The same for what so many share: "$850.00 ÷ 30".
pub(crate) fn share_amount(cost: &Exact, among: u64, currency: Currency) -> String {
    let share = ratio(cost, &whole(among)).unwrap_or_else(|| cost.clone());
    if rounded(&share, currency) == share || rounded(cost, currency) != *cost {
        return exact_amount(&share, currency);
    }
    format!("{} ÷ {}", sentence_amount(cost, currency), count(among))
}

/// "Rounded half up from $85.00 ÷ 3"; nothing where the amount is a whole number of minor units.
pub(crate) fn rounded_from(amount: &Exact, currency: Currency) -> Option<String> {
    let from = || format!("Rounded {} from {}", currency.rounds(), exact_amount(amount, currency));
    (rounded(amount, currency) != *amount).then(from)
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

/// The amount in whole minor units, as an exact amount.
pub fn rounded(amount: &Exact, currency: Currency) -> Exact {
    let digits = currency.minor_digits();
    minor_units(amount, currency, digits) / scale(digits)
}

/// One minor unit: a cent of a dollar.
pub(crate) fn unit_of(currency: Currency) -> Exact {
    whole(1) / scale(currency.minor_digits())
}

/// The whole minor units below the amount.
pub(crate) fn floored(amount: &Exact, currency: Currency) -> Exact {
    let scale = scale(currency.minor_digits());
    (amount * &scale).split().0 / scale
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
    let mut units: Vec<Exact> = Vec::with_capacity(parts.len());
    let mut rests: Vec<(Exact, usize)> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let (unit, rest) = (*part * &scale).split();
        units.push(unit);
        rests.push((rest, index));
    }
    let left = (total * &scale - sum(&units)).split().0;
    let left = left.native().and_then(|(left, _)| usize::try_from(left).ok()).unwrap_or_default();
    // Largest first, the earlier one among equals.
    let order = |one: &(Exact, usize), other: &(Exact, usize)| other.0.cmp(&one.0).then(one.1.cmp(&other.1));
    if left > 0 && left < rests.len() {
        rests.select_nth_unstable_by(left, order);
    }
    for (_, index) in rests.into_iter().take(left) {
        if let Some(unit) = units.get_mut(index) {
            *unit += Exact::from(1);
        }
    }
    units.into_iter().map(|unit| unit / &scale).collect()
}

fn scale(digits: u8) -> Exact {
    whole(10u64.saturating_pow(u32::from(digits)))
}

/// The nearest whole number of minor units; from the middle of two as the currency says.
fn minor_units(amount: &Exact, currency: Currency, digits: u8) -> Exact {
    let (below, rest) = (amount.abs() * scale(digits)).split();
    let up = match rest.cmp(&Exact::new(1, 2)) {
        Ordering::Less => false,
        Ordering::Equal => currency.rounds_up_from(&below),
        Ordering::Greater => true,
    };
    let magnitude = if up { below + whole(1) } else { below };
    if amount.is_negative() { -magnitude } else { magnitude }
}

/// The digits of so many minor units, those before the point in threes if `comma`.
fn write(text: &mut String, minor: &Exact, digits: u8, comma: bool) {
    let minor = minor.abs().to_string();
    let digits = usize::from(digits);
    let zeros = digits.saturating_add(1).saturating_sub(minor.len());
    let units = minor.len().saturating_add(zeros).saturating_sub(digits);
    for (index, digit) in std::iter::repeat_n('0', zeros).chain(minor.chars()).enumerate() {
        if index == units {
            text.push('.');
        } else if comma && index > 0 && index < units && units.saturating_sub(index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
}

fn sign(minor: &Exact) -> &'static str {
    if minor.is_negative() { "-" } else { "" }
}

fn with_symbol(amount: &Exact, currency: Currency, digits: u8) -> String {
    let mut text = String::with_capacity(24);
    let minor = minor_units(amount, currency, digits);
    text.push_str(sign(&minor));
    if let Some(symbol) = currency.symbol() {
        text.push_str(symbol);
    } else {
        text.push_str(currency.code());
        text.push(' ');
    }
    write(&mut text, &minor, digits, true);
    text
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
