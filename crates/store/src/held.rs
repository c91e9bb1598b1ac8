//! The roster that waits for a person's word: who would go if it were accepted. The staging itself is not kept; accepting
//! reads the roster again.

use std::collections::HashSet;

use jiff::Timestamp;
use roster::License;
use rusqlite::{Connection, OptionalExtension, params};

use crate::apps::AppId;
use crate::columns::Instant;
use crate::fates::Fate;
use crate::license_types::{license_of, numbered};
use crate::promote::Comparison;
use crate::runs::RunId;
use crate::{Store, StoreError};

/// A roster that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRoster {
    /// The run that read it.
    pub run: RunId,
    /// When that run ended.
    pub at: Timestamp,
    /// Why it waits, as it was told at the time.
    pub reason: String,
    /// Members who would leave.
    pub would_go: u64,
    /// Members who would join.
    pub would_join: u64,
    /// Members of whom anything else would change.
    pub would_change: u64,
    /// Of these, how many would have an unknown license type instead of a known one.
    pub would_lose: u64,
    /// Members on it.
    pub members: u64,
    /// Those who would leave, by name: the part that was asked for.
    pub rows: Vec<HeldMember>,
}

/// A member who would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldMember {
    /// The vendor's identifier.
    pub id: String,
    /// Name, else `userName`.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// What they hold.
    pub license: License,
}

impl Store {
    /// The roster that waits, if there is one, with those who would go from `offset` on.
    pub fn held(&self, app: AppId, offset: u64, limit: u64) -> Result<Option<HeldRoster>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT run, ended_at, coalesce(problem_message, ''), would_join, would_change, would_lose, members,
                        (SELECT count(*) FROM held_member WHERE held_member.run = held_roster.run)
                 FROM held_roster JOIN sync_run USING (run) WHERE app = ?1 ORDER BY run DESC LIMIT 1",
            )?;
            let held = asking.query_row([app.0], |row| {
                Ok(HeldRoster {
                    run: RunId(row.get(0)?),
                    at: row.get::<_, Instant>(1)?.0,
                    reason: row.get(2)?,
                    would_join: row.get(3)?,
                    would_change: row.get(4)?,
                    would_lose: row.get(5)?,
                    members: row.get(6)?,
                    would_go: row.get(7)?,
                    rows: Vec::new(),
                })
            });
            let Some(held) = held.optional()? else { return Ok(None) };
            Ok(Some(HeldRoster { rows: rows(reader, app, held.run, offset, limit)?, ..held }))
        })
    }
}

/// Keeps those who would leave, counts the others.
pub(crate) fn note(
    writing: &Connection,
    run: RunId,
    comparison: &Comparison,
    would_lose: u64,
) -> Result<(), StoreError> {
    let mut adding = writing.prepare_cached("INSERT INTO held_member (run, member) VALUES (?1, ?2)")?;
    for member in comparison.gone() {
        adding.execute(params![run.0, member])?;
    }
    let listed = comparison.found.iter().filter(|fate| fate.row.is_some());
    let (before, back): (Vec<&Fate>, Vec<&Fate>) = listed.partition(|fate| fate.before.listed());
    writing.execute(
        "INSERT INTO held_roster (run, would_join, would_change, would_lose) VALUES (?1, ?2, ?3, ?4)",
        params![run.0, comparison.fresh() + back.len() as u64, before.len(), would_lose],
    )?;
    Ok(())
}

/// How many of these members would not go with the app's roster that waits.
pub(crate) fn unseen(reader: &Connection, app: AppId, members: impl Iterator<Item = i64>) -> Result<u64, StoreError> {
    let mut asking = reader.prepare_cached(
        "SELECT member FROM held_member JOIN held_roster USING (run) JOIN sync_run USING (run) WHERE app = ?1",
    )?;
    let shown: HashSet<i64> = asking.query_map([app.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(members.filter(|member| !shown.contains(member)).count() as u64)
}

/// Forgets the app's roster that waited: a later run took its place.
pub(crate) fn forget(writing: &Connection, run: RunId) -> Result<(), StoreError> {
    for table in ["held_member", "held_roster"] {
        writing.execute(
            &format!(
                "DELETE FROM {table} WHERE run IN (
                     SELECT older.run FROM sync_run AS older JOIN sync_run AS newer USING (app) WHERE newer.run = ?1)"
            ),
            [run.0],
        )?;
    }
    Ok(())
}

fn rows(reader: &Connection, app: AppId, run: RunId, offset: u64, limit: u64) -> Result<Vec<HeldMember>, StoreError> {
    let types = numbered(reader, app)?;
    let mut asking = reader.prepare_cached(
        "SELECT id, coalesce(nullif(display_name, user_name), nullif(concat_ws(' ', given_name, middle_name, family_name), ''), user_name) AS name,
                email, license
         FROM held_member JOIN member USING (member) WHERE run = ?1 ORDER BY name COLLATE NOCASE, id LIMIT ?2 OFFSET ?3",
    )?;
    let most = i64::MAX.unsigned_abs();
    let rows = asking.query_map(params![run.0, limit.min(most), offset.min(most)], |row| {
        let license = license_of(&types, row.get(3)?);
        Ok(HeldMember { id: row.get(0)?, name: row.get(1)?, email: row.get(2)?, license })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
