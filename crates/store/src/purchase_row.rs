//! A purchase as a row: one version of it, written once and read back exactly.

use ledger::{Paperwork, Price, Purchase, PurchaseId, Quantity, Term};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Row, params};

use crate::acts::{Acting, Reason};
use crate::columns::Day;
use crate::kept_words::{FREQUENCIES, PERS, PRORATIONS, currency, decimal, meaning, word};
use crate::{StoreError, conditions_text, documents_text};

/// The columns that [`read_purchase`] expects, in its order.
pub(crate) const COLUMNS: &str = "purchase, license_type, name, po, seats, amount, per, currency, frequency, from_day, \
     end_day, proration, auto_renews, notice_days, note, conditions, owner, reminder, documents";

/// Adds a version.
pub(crate) fn append(
    writing: &Connection,
    acting: &Acting,
    purchase: &Purchase,
    succeeds: Option<PurchaseId>,
    deleted: bool,
) -> Result<(), StoreError> {
    let seats = match purchase.quantity {
        Quantity::Seats(seats) => Some(seats),
        Quantity::Unlimited => None,
    };
    writing
        .prepare_cached(&format!(
            "INSERT INTO purchase_version (act, app, deleted, reason, succeeds, {COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)"
        ))?
        .execute(params![
            acting.act,
            acting.own_app()?.0,
            deleted,
            acting.kind.reason().filter(|_| !deleted).map(Reason::word),
            succeeds.map(|before| before.0),
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
            conditions_text::write(&purchase.conditions),
            purchase.paperwork.owner,
            purchase.paperwork.reminder,
            documents_text::write(&purchase.paperwork.documents),
        ])?;
    Ok(())
}

/// Reads a purchase from [`COLUMNS`].
pub(crate) fn read_purchase(row: &Row<'_>) -> rusqlite::Result<Purchase> {
    let seats: Option<u32> = row.get(4)?;
    let priced: Option<String> = row.get(5)?;
    let price = match priced {
        None => None,
        Some(_) => Some(Price { amount: decimal(row, 5)?, per: meaning(&PERS, row, 6)? }),
    };
    let (conditions, documents): (String, String) = (row.get(15)?, row.get(18)?);
    Ok(Purchase {
        id: PurchaseId(row.get(0)?),
        license_type: row.get(1)?,
        name: row.get(2)?,
        po: row.get(3)?,
        quantity: seats.map_or(Quantity::Unlimited, Quantity::Seats),
        price,
        currency: currency(row, 7)?,
        frequency: meaning(&FREQUENCIES, row, 8)?,
        term: Term { from: row.get::<_, Day>(9)?.0, end: row.get::<_, Option<Day>>(10)?.map(|day| day.0) },
        proration: meaning(&PRORATIONS, row, 11)?,
        auto_renews: row.get(12)?,
        notice_days: row.get(13)?,
        note: row.get(14)?,
        conditions: conditions_text::read(&conditions).ok_or(FromSqlError::InvalidType)?,
        paperwork: Paperwork {
            owner: row.get(16)?,
            reminder: row.get(17)?,
            documents: documents_text::read(&documents).ok_or(FromSqlError::InvalidType)?,
        },
    })
}
