//! Miscellaneous fees beside the licenses, version by version.

use jiff::Timestamp;
use ledger::{Conditions, Fee, FeeId, Term};
use rusqlite::{Connection, Row, params};

use crate::acts::{Acting, Reason};
use crate::apps::AppId;
use crate::columns::{Day, Instant};
use crate::kept_words::{FREQUENCIES, PRORATIONS, currency, decimal, meaning, word};
use crate::versions::FEES;
use crate::{Store, StoreError};

/// The columns that [`read_fee`] expects, in its order.
pub(crate) const COLUMNS: &str = "fee, name, amount, currency, frequency, from_day, end_day, proration, in_annual_spend, \
     in_cost_per_account, note";

/// One version of a fee, and the act that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeVersion {
    /// The fee as this version says.
    pub fee: Fee,
    /// When it was written.
    pub at: Timestamp,
    /// The act in words: "Edit fee Support".
    pub what: String,
    /// Why, where that is more than the act says.
    pub reason: Option<Reason>,
    /// Whether the fee was deleted with it.
    pub deleted: bool,
}

impl Store {
    /// The fees of an app as they stand, in the order in which they were added.
    pub fn fees(&self, app: AppId) -> Result<Vec<Fee>, StoreError> {
        self.read(|reader| FEES.standing(reader, "app = ?1", [app.0], read_fee))
    }

    /// Which fees continue which at another price: the later one first.
    pub fn fee_changes(&self, app: AppId) -> Result<Vec<(FeeId, FeeId)>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT fee, succeeds FROM fee_version
                 WHERE version IN (SELECT max(version) FROM fee_version WHERE app = ?1 GROUP BY fee)
                   AND NOT deleted AND succeeds IS NOT NULL
                 ORDER BY fee",
            )?;
            let pairs = asking.query_map([app.0], |row| Ok((FeeId(row.get(0)?), FeeId(row.get(1)?))))?;
            Ok(pairs.collect::<Result<_, _>>()?)
        })
    }

    /// Every version of a fee, the first one first; empty when there never was such a fee.
    pub fn fee_versions(&self, app: AppId, fee: FeeId) -> Result<Vec<FeeVersion>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(&format!(
                "SELECT {COLUMNS}, at, words, reason, deleted FROM fee_version AS written JOIN act USING (act)
                 WHERE written.app = ?1 AND fee = ?2 ORDER BY version"
            ))?;
            let versions = asking.query_map(params![app.0, fee.0], |row| {
                Ok(FeeVersion {
                    fee: read_fee(row)?,
                    at: row.get::<_, Instant>("at")?.0,
                    what: row.get("words")?,
                    reason: row.get::<_, Option<String>>("reason")?.as_deref().and_then(Reason::from_word),
                    deleted: row.get("deleted")?,
                })
            })?;
            Ok(versions.collect::<Result<_, _>>()?)
        })
    }
}

pub(crate) fn add(
    writing: &Connection,
    acting: &Acting,
    fee: &Fee,
    succeeds: Option<FeeId>,
) -> Result<i64, StoreError> {
    if let Some(before) = succeeds {
        current(writing, acting.own_app()?, before)?;
    }
    append(writing, acting, &Fee { id: FeeId(FEES.next_id(writing)?), ..fee.clone() }, succeeds, false)
}

pub(crate) fn replace(writing: &Connection, acting: &Acting, fee: &Fee) -> Result<i64, StoreError> {
    let (_, succeeds) = standing(writing, acting.own_app()?, fee.id)?;
    append(writing, acting, fee, succeeds, false)
}

pub(crate) fn delete(writing: &Connection, acting: &Acting, fee: FeeId) -> Result<i64, StoreError> {
    let (fee, succeeds) = standing(writing, acting.own_app()?, fee)?;
    append(writing, acting, &fee, succeeds, true)
}

/// The fee as it stands.
pub(crate) fn current(connection: &Connection, app: AppId, fee: FeeId) -> Result<Fee, StoreError> {
    standing(connection, app, fee).map(|(fee, _)| fee)
}

/// The same with the one that it continues.
fn standing(connection: &Connection, app: AppId, fee: FeeId) -> Result<(Fee, Option<FeeId>), StoreError> {
    let found = FEES.last(connection, fee.0, ", succeeds, app", |row| {
        let succeeds = row.get::<_, Option<i64>>("succeeds")?.map(FeeId);
        Ok((row.get::<_, i64>("app")? == app.0).then_some((read_fee(row)?, succeeds)))
    })?;
    found.flatten().ok_or(StoreError::NoSuchFee)
}

fn append(
    writing: &Connection,
    acting: &Acting,
    fee: &Fee,
    succeeds: Option<FeeId>,
    deleted: bool,
) -> Result<i64, StoreError> {
    writing
        .prepare_cached(&format!(
            "INSERT INTO fee_version (act, app, deleted, reason, succeeds, {COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
        ))?
        .execute(params![
            acting.act,
            acting.own_app()?.0,
            deleted,
            acting.kind.reason().filter(|_| !deleted).map(Reason::word),
            succeeds.map(|before| before.0),
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
        // What it is a part of is told by the other fees.
        conditions: Conditions::default(),
    })
}
