//! The organisation's exchange rates, version by version, and the log of who changed what when.

use ledger::{Rate, RateKind};
use rusqlite::{Connection, Row, params};

use crate::acts::Acting;
use crate::columns::{Day, Instant};
use crate::kept_words::{currency, decimal, meaning, word};
use crate::undo::Edit;
use crate::versions::RATES;
use crate::{Store, StoreError};

/// The columns that [`read_rate`] expects, in its order.
pub(crate) const COLUMNS: &str = "rate, from_currency, to_currency, kind, day, end_day, worth, source";

const KINDS: [(RateKind, &str); 3] =
    [(RateKind::Day, "day"), (RateKind::MonthAverage, "month-average"), (RateKind::Budget, "budget")];

/// Identifies a rate; the same through all its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RateId(pub i64);

impl Store {
    /// The rates as they stand, in the order in which they were recorded.
    pub fn rates(&self) -> Result<Vec<(RateId, Rate)>, StoreError> {
        self.read(|reader| RATES.standing(reader, "TRUE", (), read_rate))
    }

    /// Every act on the rates and on which of them serve, undone or not, newest first.
    pub fn rate_acts(&self) -> Result<Vec<Edit>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT words, at FROM act WHERE act IN (SELECT act FROM rate_version
                     UNION SELECT act FROM rate_policy_version) ORDER BY act DESC",
            )?;
            let acts =
                asking.query_map((), |row| Ok(Edit { what: row.get("words")?, at: row.get::<_, Instant>("at")?.0 }))?;
            Ok(acts.collect::<Result<_, _>>()?)
        })
    }
}

pub(crate) fn add(writing: &Connection, acting: &Acting, rate: &Rate) -> Result<i64, StoreError> {
    append(writing, acting, RateId(RATES.next_id(writing)?), rate, false)
}

pub(crate) fn replace(writing: &Connection, acting: &Acting, id: RateId, rate: &Rate) -> Result<i64, StoreError> {
    current(writing, id)?;
    append(writing, acting, id, rate, false)
}

pub(crate) fn delete(writing: &Connection, acting: &Acting, id: RateId) -> Result<i64, StoreError> {
    let rate = current(writing, id)?;
    append(writing, acting, id, &rate, true)
}

/// The rate as it stands.
pub(crate) fn current(connection: &Connection, id: RateId) -> Result<Rate, StoreError> {
    RATES.last(connection, id.0, "", read_rate)?.map(|(_, rate)| rate).ok_or(StoreError::NoSuchRate)
}

fn append(writing: &Connection, acting: &Acting, id: RateId, rate: &Rate, deleted: bool) -> Result<i64, StoreError> {
    writing
        .prepare_cached(&format!(
            "INSERT INTO rate_version (act, deleted, {COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        ))?
        .execute(params![
            acting.act,
            deleted,
            id.0,
            rate.from.code(),
            rate.to.code(),
            word(&KINDS, rate.kind),
            Day(rate.day),
            rate.end.map(Day),
            rate.rate.to_string(),
            rate.source,
        ])?;
    Ok(id.0)
}

fn read_rate(row: &Row<'_>) -> rusqlite::Result<(RateId, Rate)> {
    let rate = Rate {
        from: currency(row, 1)?,
        to: currency(row, 2)?,
        kind: meaning(&KINDS, row, 3)?,
        day: row.get::<_, Day>(4)?.0,
        end: row.get::<_, Option<Day>>(5)?.map(|end| end.0),
        rate: decimal(row, 6)?,
        source: row.get(7)?,
    };
    Ok((RateId(row.get(0)?), rate))
}
