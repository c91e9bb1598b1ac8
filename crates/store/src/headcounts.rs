//! The organisation's headcounts, version by version. Absent on purpose: who the people are.

use ledger::Headcount;
use rusqlite::{Connection, Row, params};

use crate::acts::Acting;
use crate::columns::Day;
use crate::versions::HEADCOUNTS;
use crate::{Store, StoreError};

/// The columns that [`read_headcount`] expects, in its order.
pub(crate) const COLUMNS: &str = "headcount, day, people";

/// Identifies a headcount; the same through all its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HeadcountId(pub i64);

impl Store {
    /// The headcounts as they stand, in the order in which they were entered.
    pub fn headcounts(&self) -> Result<Vec<(HeadcountId, Headcount)>, StoreError> {
        self.read(|reader| HEADCOUNTS.standing(reader, "TRUE", (), read_headcount))
    }
}

pub(crate) fn add(writing: &Connection, acting: &Acting, headcount: Headcount) -> Result<i64, StoreError> {
    append(writing, acting, HeadcountId(HEADCOUNTS.next_id(writing)?), headcount, false)
}

pub(crate) fn replace(
    writing: &Connection,
    acting: &Acting,
    id: HeadcountId,
    headcount: Headcount,
) -> Result<i64, StoreError> {
    current(writing, id)?;
    append(writing, acting, id, headcount, false)
}

pub(crate) fn delete(writing: &Connection, acting: &Acting, id: HeadcountId) -> Result<i64, StoreError> {
    let headcount = current(writing, id)?;
    append(writing, acting, id, headcount, true)
}

/// The headcount as it stands.
pub(crate) fn current(connection: &Connection, id: HeadcountId) -> Result<Headcount, StoreError> {
    let last = HEADCOUNTS.last(connection, id.0, "", read_headcount)?;
    last.map(|(_, headcount)| headcount).ok_or(StoreError::NoSuchHeadcount)
}

fn append(
    writing: &Connection,
    acting: &Acting,
    id: HeadcountId,
    headcount: Headcount,
    deleted: bool,
) -> Result<i64, StoreError> {
    writing
        .prepare_cached(&format!(
            "INSERT INTO headcount_version (act, deleted, {COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5)"
        ))?
        .execute(params![acting.act, deleted, id.0, Day(headcount.day), headcount.people])?;
    Ok(id.0)
}

fn read_headcount(row: &Row<'_>) -> rusqlite::Result<(HeadcountId, Headcount)> {
    let headcount = Headcount { day: row.get::<_, Day>(1)?.0, people: row.get(2)? };
    Ok((HeadcountId(row.get(0)?), headcount))
}
