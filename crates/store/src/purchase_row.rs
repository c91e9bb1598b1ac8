//! A purchase as a row: one version of it, written once and read back exactly.

use jiff::Timestamp;
use ledger::{Currency, Frequency, Per, Price, Proration, Purchase, PurchaseId, Quantity, Term};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Row, params};
use rust_decimal::Decimal;

use crate::StoreError;
use crate::apps::AppId;
use crate::columns::{Day, Instant};

/// The columns that [`read_purchase`] expects, in its order.
pub(crate) const COLUMNS: &str = "purchase, license_type, name, po, seats, amount, per, currency, frequency, from_day, \
     end_day, proration, auto_renews, notice_days, note";

/// What one version says beside the purchase itself.
pub(crate) struct Version<'a> {
    pub(crate) app: AppId,
    pub(crate) at: Timestamp,
    pub(crate) act: &'static str,
    pub(crate) undoes: Option<i64>,
    pub(crate) words: &'a str,
    pub(crate) deleted: bool,
}

const FREQUENCIES: [(Frequency, &str); 8] = [
    (Frequency::Once, "once"),
    (Frequency::Monthly, "month"),
    (Frequency::Quarterly, "quarter"),
    (Frequency::SemiAnnually, "6months"),
    (Frequency::Annually, "year"),
    (Frequency::Every18Months, "18months"),
    (Frequency::Every2Years, "2years"),
    (Frequency::Every3Years, "3years"),
];
const PRORATIONS: [(Proration, &str); 4] = [
    (Proration::None, "none"),
    (Proration::Daily, "daily"),
    (Proration::WholeMonthUp, "month-up"),
    (Proration::WholeMonthDown, "month-down"),
];
const PERS: [(Per, &str); 2] = [(Per::Unit, "unit"), (Per::Lot, "lot")];

/// Adds a version.
pub(crate) fn append(writing: &Connection, version: &Version<'_>, purchase: &Purchase) -> Result<(), StoreError> {
    let seats = match purchase.quantity {
        Quantity::Seats(seats) => Some(seats),
        Quantity::Unlimited => None,
    };
    writing
        .prepare_cached(&format!(
            "INSERT INTO purchase_version (app, at, act, undoes, words, deleted, {COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)"
        ))?
        .execute(params![
            version.app.0,
            Instant(version.at),
            version.act,
            version.undoes,
            version.words,
            version.deleted,
            purchase.id.0,
            purchase.license_type,
            purchase.name,
            purchase.po,
            seats,
            purchase.price.map(|price| price.amount.to_string()),
            purchase.price.and_then(|price| word(&PERS, price.per)),
            purchase.currency.code(),
            word(&FREQUENCIES, purchase.frequency),
            Day(purchase.term.from),
            purchase.term.end.map(Day),
            word(&PRORATIONS, purchase.proration),
            purchase.auto_renews,
            purchase.notice_days,
            purchase.note,
        ])?;
    Ok(())
}

/// Reads a purchase from [`COLUMNS`].
pub(crate) fn read_purchase(row: &Row<'_>) -> rusqlite::Result<Purchase> {
    let seats: Option<u32> = row.get(4)?;
    let amount: Option<String> = row.get(5)?;
    let price = match amount {
        None => None,
        Some(amount) => {
            let amount = Decimal::from_str_exact(&amount).map_err(|error| FromSqlError::Other(Box::new(error)))?;
            Some(Price { amount, per: meaning(&PERS, row, 6)? })
        }
    };
    let currency: String = row.get(7)?;
    Ok(Purchase {
        id: PurchaseId(row.get(0)?),
        license_type: row.get(1)?,
        name: row.get(2)?,
        po: row.get(3)?,
        quantity: seats.map_or(Quantity::Unlimited, Quantity::Seats),
        price,
        currency: Currency::from_code(&currency).ok_or(FromSqlError::InvalidType)?,
        frequency: meaning(&FREQUENCIES, row, 8)?,
        term: Term { from: row.get::<_, Day>(9)?.0, end: row.get::<_, Option<Day>>(10)?.map(|day| day.0) },
        proration: meaning(&PRORATIONS, row, 11)?,
        auto_renews: row.get(12)?,
        notice_days: row.get(13)?,
        note: row.get(14)?,
        conditions: ledger::Conditions::default(),
    })
}

fn word<T: PartialEq + Copy>(words: &[(T, &'static str)], meant: T) -> Option<&'static str> {
    words.iter().find(|(meaning, _)| *meaning == meant).map(|(_, word)| *word)
}

fn meaning<T: Copy>(words: &[(T, &'static str)], row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let written: String = row.get(column)?;
    let found = words.iter().find(|(_, word)| *word == written).map(|(meaning, _)| *meaning);
    Ok(found.ok_or(FromSqlError::InvalidType)?)
}
