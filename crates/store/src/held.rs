//! The roster that waits for a person's word: who would go if it were accepted. The staging itself is not kept; accepting
//! reads the roster again.

use jiff::Timestamp;
use roster::License;
use rusqlite::{Connection, OptionalExtension, params};

use crate::apps::AppId;
use crate::columns::Instant;
use crate::fates::{self, Fate};
use crate::license_types::{license_of, numbered};
use crate::runs::{RunEnd, RunId, write_end};
use crate::staging::Staging;
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
    /// Ends a run whose roster waits, and notes who would go with it.
    pub fn hold(&self, app: AppId, run: RunId, staging: &Staging, end: &RunEnd) -> Result<(), StoreError> {
        self.write(|writing| {
            write_end(writing, run, end)?;
            who_would_go(writing, app, run, staging)
        })
    }

    /// The roster that waits, if there is one, with those who would go from `offset` on.
    pub fn held(&self, app: AppId, offset: u64, limit: u64) -> Result<Option<HeldRoster>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT run, ended_at, coalesce(problem_message, ''), would_join, would_change,
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
                    would_go: row.get(5)?,
                    rows: Vec::new(),
                })
            });
            let Some(held) = held.optional()? else { return Ok(None) };
            Ok(Some(HeldRoster { rows: rows(reader, app, held.run, offset, limit)?, ..held }))
        })
    }
}

/// The one place that compares the staged roster with the current one without writing it: keeps those who would leave,
/// counts the others.
fn who_would_go(writing: &Connection, app: AppId, run: RunId, staging: &Staging) -> Result<(), StoreError> {
    let mut seen = vec![false; staging.rows().len()];
    let found = fates::find(writing, app, staging, &mut seen)?;
    let mut adding = writing.prepare_cached("INSERT INTO held_member (run, member) VALUES (?1, ?2)")?;
    for fate in found.iter().filter(|fate| fate.row.is_none()) {
        adding.execute(params![run.0, fate.member])?;
    }
    let listed = found.iter().filter(|fate| fate.row.is_some());
    let (before, back): (Vec<&Fate>, Vec<&Fate>) = listed.partition(|fate| fate.before.listed());
    let fresh = seen.iter().filter(|seen| !**seen).count();
    writing.execute(
        "INSERT INTO held_roster (run, would_join, would_change) VALUES (?1, ?2, ?3)",
        params![run.0, fresh + back.len(), before.len()],
    )?;
    Ok(())
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
