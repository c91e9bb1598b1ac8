//! Miscellaneous fees beside the licenses, version by version.

use ledger::{Fee, FeeId, Term};
use rusqlite::{Connection, Row, params};

use crate::acts::Acting;
use crate::apps::AppId;
use crate::columns::Day;
use crate::kept_words::{FREQUENCIES, PRORATIONS, currency, decimal, meaning, word};
use crate::versions::FEES;
use crate::{Store, StoreError};

/// The columns that [`read_fee`] expects, in its order.
pub(crate) const COLUMNS: &str = "fee, name, amount, currency, frequency, from_day, end_day, proration, in_annual_spend, \
     in_cost_per_account, note";

impl Store {
    /// The fees of an app as they stand, in the order in which they were added.
    pub fn fees(&self, app: AppId) -> Result<Vec<Fee>, StoreError> {
        self.read(|reader| FEES.standing(reader, "app = ?1", [app.0], read_fee))
    }
}

pub(crate) fn add(writing: &Connection, acting: &Acting, fee: &Fee) -> Result<i64, StoreError> {
    append(writing, acting, &Fee { id: FeeId(FEES.next_id(writing)?), ..fee.clone() }, false)
}

pub(crate) fn replace(writing: &Connection, acting: &Acting, fee: &Fee) -> Result<i64, StoreError> {
    current(writing, acting.own_app()?, fee.id)?;
    append(writing, acting, fee, false)
}

pub(crate) fn delete(writing: &Connection, acting: &Acting, fee: FeeId) -> Result<i64, StoreError> {
    let fee = current(writing, acting.own_app()?, fee)?;
    append(writing, acting, &fee, true)
}

/// The fee as it stands.
pub(crate) fn current(connection: &Connection, app: AppId, fee: FeeId) -> Result<Fee, StoreError> {
    let own = |row: &Row<'_>| Ok((row.get::<_, i64>("app")? == app.0).then_some(read_fee(row)?));
    FEES.last(connection, fee.0, ", app", own)?.flatten().ok_or(StoreError::NoSuchFee)
}

fn append(writing: &Connection, acting: &Acting, fee: &Fee, deleted: bool) -> Result<i64, StoreError> {
    writing
        .prepare_cached(&format!(
            "INSERT INTO fee_version (act, app, deleted, {COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
        ))?
        .execute(params![
            acting.act,
            acting.own_app()?.0,
            deleted,
            fee.id.0,
            fee.name,
            fee.amount.to_string(),
            fee.currency.code(),
            word(&FREQUENCIES, fee.frequency),
            Day(fee.term.from),
            fee.term.end.map(Day),
            word(&PRORATIONS, fee.proration),
            fee.in_annual_spend,
            fee.in_cost_per_account,
            fee.note,
        ])?;
    Ok(fee.id.0)
}

fn read_fee(row: &Row<'_>) -> rusqlite::Result<Fee> {
    Ok(Fee {
        id: FeeId(row.get(0)?),
        name: row.get(1)?,
        amount: decimal(row, 2)?,
        currency: currency(row, 3)?,
        frequency: meaning(&FREQUENCIES, row, 4)?,
        term: Term { from: row.get::<_, Day>(5)?.0, end: row.get::<_, Option<Day>>(6)?.map(|day| day.0) },
        proration: meaning(&PRORATIONS, row, 7)?,
        in_annual_spend: row.get(8)?,
        in_cost_per_account: row.get(9)?,
        note: row.get(10)?,
    })
}
