//! Recorded invoices, version by version.

use ledger::{Invoice, InvoiceId, PurchaseId, Term};
use rusqlite::{Connection, Row, params};

use crate::acts::Acting;
use crate::apps::AppId;
use crate::columns::Day;
use crate::kept_words::{currency, decimal};
use crate::versions::INVOICES;
use crate::{Store, StoreError, purchases};

/// The columns that [`read_invoice`] expects, in its order.
pub(crate) const COLUMNS: &str = "invoice, number, day, amount, currency, from_day, end_day, purchase";

impl Store {
    /// The invoices of an app as they stand, in the order in which they were recorded.
    pub fn invoices(&self, app: AppId) -> Result<Vec<Invoice>, StoreError> {
        self.read(|reader| INVOICES.standing(reader, "app = ?1", [app.0], read_invoice))
    }
}

pub(crate) fn add(writing: &Connection, acting: &Acting, invoice: &Invoice) -> Result<i64, StoreError> {
    purchases::current(writing, acting.own_app()?, invoice.purchase)?;
    append(writing, acting, &Invoice { id: InvoiceId(INVOICES.next_id(writing)?), ..invoice.clone() }, false)
}

/// An invoice may stay with a purchase that was deleted since, but not be moved to one.
pub(crate) fn replace(writing: &Connection, acting: &Acting, invoice: &Invoice) -> Result<i64, StoreError> {
    let before = current(writing, acting.own_app()?, invoice.id)?;
    if before.purchase != invoice.purchase {
        purchases::current(writing, acting.own_app()?, invoice.purchase)?;
    }
    append(writing, acting, invoice, false)
}

pub(crate) fn delete(writing: &Connection, acting: &Acting, invoice: InvoiceId) -> Result<i64, StoreError> {
    let invoice = current(writing, acting.own_app()?, invoice)?;
    append(writing, acting, &invoice, true)
}

/// The invoice as it stands.
pub(crate) fn current(connection: &Connection, app: AppId, invoice: InvoiceId) -> Result<Invoice, StoreError> {
    let own = |row: &Row<'_>| Ok((row.get::<_, i64>("app")? == app.0).then_some(read_invoice(row)?));
    INVOICES.last(connection, invoice.0, ", app", own)?.flatten().ok_or(StoreError::NoSuchInvoice)
}

fn append(writing: &Connection, acting: &Acting, invoice: &Invoice, deleted: bool) -> Result<i64, StoreError> {
    writing
        .prepare_cached(&format!(
            "INSERT INTO invoice_version (act, app, deleted, {COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        ))?
        .execute(params![
            acting.act,
            acting.own_app()?.0,
            deleted,
            invoice.id.0,
            invoice.number,
            Day(invoice.day),
            invoice.amount.to_string(),
            invoice.currency.code(),
            Day(invoice.period.from),
            invoice.period.end.map(Day),
            invoice.purchase.0,
        ])?;
    Ok(invoice.id.0)
}

fn read_invoice(row: &Row<'_>) -> rusqlite::Result<Invoice> {
    Ok(Invoice {
        id: InvoiceId(row.get(0)?),
        number: row.get(1)?,
        day: row.get::<_, Day>(2)?.0,
        amount: decimal(row, 3)?,
        currency: currency(row, 4)?,
        period: Term { from: row.get::<_, Day>(5)?.0, end: row.get::<_, Option<Day>>(6)?.map(|day| day.0) },
        purchase: PurchaseId(row.get(7)?),
    })
}
