//! Compares the current members with a staged roster. Who did not change is found by two hashes and costs nothing more.

use roster::packed;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::StoreError;
use crate::apps::AppId;
use crate::moves::Place;
use crate::staged::first_half;
use crate::staging::{Reader, Staging};

/// A known member of whom something has to be written.
#[derive(Debug)]
pub(crate) struct Fate {
    pub(crate) member: i64,
    /// The staged row; `None` when they are listed no more.
    pub(crate) row: Option<usize>,
    pub(crate) before: Place,
    /// The first day of the present spell.
    pub(crate) since: Option<i64>,
    pub(crate) founder: bool,
}

const MEMBERS: &str = "SELECT member, id, hash, status, license, since, founder FROM member NOT INDEXED WHERE app = ?1";

/// Finds those who differ, are back, or are gone, by number. Marks each staged row that is of a known member.
pub(crate) fn find(
    writing: &Connection,
    app: AppId,
    staging: &Staging,
    seen: &mut [bool],
) -> Result<Vec<Fate>, StoreError> {
    let mut asking = writing.prepare_cached(MEMBERS)?;
    let mut members = asking.query([app.0])?;
    let mut reader = staging.reader();
    let mut fates = Vec::new();
    while let Some(member) = members.next()? {
        let id = member.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let hash = match member.get_ref(2)? {
            ValueRef::Blob(hash) => first_half(hash),
            _ => 0,
        };
        let status: i64 = member.get(3)?;
        let row = staged_row(staging, &mut reader, id, hash)?;
        if let Some(seen) = row.and_then(|row| seen.get_mut(row)) {
            *seen = true;
        }
        let as_before = row.is_some_and(|row| status < 2 && staging.rows().hash(row) == hash);
        if !as_before && (row.is_some() || status < 2) {
            let before = Place { status, license: member.get(4)? };
            let fate = Fate { member: member.get(0)?, row, before, since: member.get(5)?, founder: member.get(6)? };
            fates.push(fate);
        }
    }
    Ok(fates)
}

/// The staged row of the member with this id. Equal keys prove nothing: the row's hash, which covers the id, or the id
/// itself has to be the same.
fn staged_row(staging: &Staging, reader: &mut Reader<'_>, id: &str, hash: u64) -> Result<Option<usize>, StoreError> {
    let rows = staging.rows();
    for row in rows.with_key(rows.key(id)) {
        if rows.hash(row) == hash || packed::id(reader.row(row)?.1) == Some(id) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}
