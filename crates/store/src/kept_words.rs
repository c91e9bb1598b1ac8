//! The words by which enumerations and decimals are written in columns and texts, and read back exactly.

use ledger::{Currency, Frequency, Per, Proration};
use rusqlite::Row;
use rusqlite::types::FromSqlError;
use rust_decimal::Decimal;

pub(crate) const FREQUENCIES: [(Frequency, &str); 8] = [
    (Frequency::Once, "once"),
    (Frequency::Monthly, "month"),
    (Frequency::Quarterly, "quarter"),
    (Frequency::SemiAnnually, "6months"),
    (Frequency::Annually, "year"),
    (Frequency::Every18Months, "18months"),
    (Frequency::Every2Years, "2years"),
    (Frequency::Every3Years, "3years"),
];
pub(crate) const PRORATIONS: [(Proration, &str); 4] = [
    (Proration::None, "none"),
    (Proration::Daily, "daily"),
    (Proration::WholeMonthUp, "month-up"),
    (Proration::WholeMonthDown, "month-down"),
];
pub(crate) const PERS: [(Per, &str); 2] = [(Per::Unit, "unit"), (Per::Lot, "lot")];

/// The word for a meaning.
pub(crate) fn word<T: PartialEq + Copy>(words: &[(T, &'static str)], meant: T) -> Option<&'static str> {
    words.iter().find(|(meaning, _)| *meaning == meant).map(|(_, word)| *word)
}

/// What a word means.
pub(crate) fn meant<T: Copy>(words: &[(T, &'static str)], written: &str) -> Option<T> {
    words.iter().find(|(_, word)| *word == written).map(|(meaning, _)| *meaning)
}

/// What the word in a column means.
pub(crate) fn meaning<T: Copy>(words: &[(T, &'static str)], row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let written: String = row.get(column)?;
    Ok(meant(words, &written).ok_or(FromSqlError::InvalidType)?)
}

/// The amount in a column, with its own decimals.
pub(crate) fn decimal(row: &Row<'_>, column: usize) -> rusqlite::Result<Decimal> {
    let written: String = row.get(column)?;
    Ok(Decimal::from_str_exact(&written).map_err(|error| FromSqlError::Other(Box::new(error)))?)
}

/// The currency in a column.
pub(crate) fn currency(row: &Row<'_>, column: usize) -> rusqlite::Result<Currency> {
    let written: String = row.get(column)?;
    Ok(Currency::from_code(&written).ok_or(FromSqlError::InvalidType)?)
}
