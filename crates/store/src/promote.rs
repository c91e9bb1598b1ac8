//! Makes a staged roster the current one: compare, write members, history and counts, end the run, all in one transaction.
//! What a change is called is not decided here but by `roster::change`.

use jiff::civil::Date;
use rusqlite::{Connection, params};

use crate::apps::AppId;
use crate::columns::Day;
use crate::fates::{self, Fate};
use crate::runs::{RunEnd, RunId, write_end};
use crate::staging::{Staging, decoded};
use crate::writing::{Turn, Writing};
use crate::{Store, StoreError, seats};

/// When a roster counts, and how the run that read it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// The civil day it counts for. A day before the last roster's is taken for that one: history never runs backwards.
    pub day: Date,
    /// How the run ends.
    pub run_end: RunEnd,
    /// Whether a license type that it brings for the first time is billable, until a person says otherwise.
    pub new_types_billable: bool,
}

/// What promoting a roster did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Members listed now.
    pub members: u64,
    /// Listed now and not before.
    pub added: u64,
    /// Listed before and not now.
    pub removed: u64,
    /// Listed before and now, and anything about them differs.
    pub changed: u64,
}

impl Store {
    /// Makes the staged roster the app's current one and ends the run. All of it happens or nothing.
    pub fn promote(
        &self,
        app: AppId,
        run: RunId,
        staging: &Staging,
        promotion: &Promotion,
    ) -> Result<Counts, StoreError> {
        self.write(|writing| promote(writing, app, run, staging, promotion))
    }

    /// Members of the last accepted roster, deactivated ones too.
    pub fn member_count(&self, app: AppId) -> Result<u64, StoreError> {
        self.read(|reader| Ok(last_roster(reader, app)?.listed))
    }
}

/// What is known of the last accepted roster.
struct LastRoster {
    listed: u64,
    day: Option<Date>,
    founded: Option<i64>,
}

fn promote(
    writing: &Connection,
    app: AppId,
    run: RunId,
    staging: &Staging,
    promotion: &Promotion,
) -> Result<Counts, StoreError> {
    let last = last_roster(writing, app)?;
    let day = Day(last.day.map_or(promotion.day, |last| last.max(promotion.day)));
    let members = staging.members();
    write_end(writing, run, &RunEnd { members, ..promotion.run_end.clone() })?;

    let mut seen = vec![false; staging.rows().len()];
    let found = fates::find(writing, app, staging, &mut seen)?;
    let fresh = seen.iter().filter(|seen| !**seen).count() as u64;
    let gone = found.iter().filter(|fate| fate.row.is_none()).count() as u64;
    let back = found.iter().filter(|fate| !fate.before.listed()).count() as u64;
    let counts = Counts { members, added: fresh + back, removed: gone, changed: found.len() as u64 - gone - back };

    let same_day = last.day == Some(day.0);
    let turn = Turn {
        app,
        run: run.0,
        day: day.number(),
        same_day,
        founding: last.day.is_none(),
        founded: last.founded,
        new_types_billable: promotion.new_types_billable,
    };
    let mut work = Writing::new(writing, turn)?;
    bring_up_to_date(&mut work, staging, &found)?;
    add_fresh(writing, &mut work, staging, &seen)?;
    if work.moves().iter().any(|moved| moved.before != Some(moved.after)) {
        seats::recount(writing, app, day, work.moves())?;
    }

    writing.execute(
        "UPDATE sync_run SET day = ?2, added = ?3, removed = ?4, changed = ?5 WHERE run = ?1",
        params![run.0, day, counts.added, counts.removed, counts.changed],
    )?;
    writing.execute(
        "UPDATE app SET roster_day = ?2, listed = ?3, founded = iif(?4, ?5, founded) WHERE app = ?1",
        params![app.0, day, members, last.day.is_none(), run.0],
    )?;
    Ok(counts)
}

fn bring_up_to_date(work: &mut Writing<'_>, staging: &Staging, found: &[Fate]) -> Result<(), StoreError> {
    let mut reader = staging.reader();
    for fate in found {
        match fate.row {
            None => work.leave(fate)?,
            Some(row) => {
                let (hash, bytes) = reader.row(row)?;
                work.update(fate, &decoded(bytes)?, *hash)?;
            }
        }
    }
    Ok(())
}

/// New members get numbers after all others, in the order of arrival.
fn add_fresh(writing: &Connection, work: &mut Writing<'_>, staging: &Staging, seen: &[bool]) -> Result<(), StoreError> {
    let mut number: i64 = writing.query_row("SELECT coalesce(max(member), 0) FROM member", (), |row| row.get(0))?;
    let mut reader = staging.reader();
    for (row, _) in seen.iter().enumerate().filter(|(_, seen)| !**seen) {
        let (hash, bytes) = reader.row(row)?;
        number += 1;
        work.add(number, &decoded(bytes)?, *hash)?;
    }
    Ok(())
}

fn last_roster(connection: &Connection, app: AppId) -> Result<LastRoster, StoreError> {
    let mut asking = connection.prepare_cached("SELECT listed, roster_day, founded FROM app WHERE app = ?1")?;
    let mut found = asking.query_map([app.0], |row| {
        let day = row.get::<_, Option<Day>>(1)?.map(|day| day.0);
        Ok(LastRoster { listed: row.get(0)?, day, founded: row.get(2)? })
    })?;
    found.next().transpose()?.ok_or(StoreError::NoSuchApp)
}
