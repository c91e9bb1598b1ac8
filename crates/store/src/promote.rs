//! Makes a staged roster the current one: compare, write members, history and counts, end the run, all in one transaction.
//! What a change is called is not decided here but by `roster::change`.

use jiff::civil::Date;
use roster::change::{Ranks, Standing, classify};
use roster::{ChangeKind, LicenseKey};
use rusqlite::{Connection, params};

use crate::apps::AppId;
use crate::change_log::number_of;
use crate::columns::Day;
use crate::license_types::{NumberedLicense, license_of, numbered};
use crate::runs::{RunEnd, RunId, write_end};
use crate::staging::Staging;
use crate::{Store, StoreError, bulk, compare, seats, transaction};

/// When a roster counts, and how the run that read it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// The civil day it counts for. A day before the last roster's is taken for that one: history never runs backwards.
    pub day: Date,
    /// How the run ends.
    pub run_end: RunEnd,
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

/// Members that stood alike before and stand alike now.
pub(crate) struct Move {
    pub(crate) before: Option<Place>,
    pub(crate) after: Place,
    pub(crate) members: i64,
}

/// A status and a license, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) status: i64,
    pub(crate) license: i64,
}

impl Place {
    pub(crate) fn listed(self) -> bool {
        self.status < 2
    }

    fn standing(self, types: &[NumberedLicense]) -> Standing {
        Standing { present: self.status == 0, license: license_of(types, self.license) }
    }
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
        staging.seal()?;
        let writer = transaction::lock(&self.writer);
        // Attaching cannot happen inside the transaction. The staging is only read from here.
        writer.execute("ATTACH ?1 AS staged", [staging.path.to_string_lossy()])?;
        let promoted =
            transaction::write_on(&writer, |writing| promote(writing, app, run, staging.members(), promotion));
        writer.execute("DETACH staged", ())?;
        promoted
    }

    /// Members of the last accepted roster, deactivated ones too.
    pub fn member_count(&self, app: AppId) -> Result<u64, StoreError> {
        self.read(|reader| Ok(listed(reader, app)?.0))
    }
}

fn promote(
    writing: &Connection,
    app: AppId,
    run: RunId,
    members: u64,
    promotion: &Promotion,
) -> Result<Counts, StoreError> {
    let (listed, last_day) = listed(writing, app)?;
    let day = Day(last_day.map_or(promotion.day, |last| last.max(promotion.day)));
    let end = RunEnd { members, ..promotion.run_end.clone() };
    write_end(writing, run, &end)?;

    writing.execute_batch(compare::SCRATCH)?;
    adopt_licenses(writing, app)?;
    writing.execute(compare::ADOPT_WORDS, [app.0])?;
    writing.execute(compare::MAP_WORDS, [app.0])?;
    writing.execute(compare::FIND_MOVED, [app.0])?;
    let fresh = count(writing, compare::COUNT_FRESH)?;
    let gone = listed - (members - fresh);
    if gone > 0 {
        writing.execute(compare::FIND_GONE, [app.0])?;
    }
    bulk::adding(writing, fresh, || Ok(writing.execute(compare::ADD_MEMBERS, [app.0])?))?;
    writing.execute(compare::UPDATE_MEMBERS, ())?;

    let moves = moves(writing)?;
    if moves.iter().any(|moved| moved.before != Some(moved.after)) {
        record(writing, app, run, day, &moves)?;
        writing.execute(compare::MARK_GONE, [day])?;
    }
    let moved: u64 = count(writing, "SELECT count(*) FROM fate")?;
    writing.execute_batch(compare::SCRATCH_AWAY)?;

    let counts = Counts { members, added: fresh, removed: gone, changed: moved - fresh - gone };
    writing.execute(
        "UPDATE sync_run SET day = ?2, added = ?3, removed = ?4, changed = ?5 WHERE run = ?1",
        params![run.0, day, counts.added, counts.removed, counts.changed],
    )?;
    writing.execute("UPDATE app SET roster_day = ?2, listed = ?3 WHERE app = ?1", params![app.0, day, members])?;
    Ok(counts)
}

/// Members listed on the last roster, and its day.
fn listed(connection: &Connection, app: AppId) -> Result<(u64, Option<Date>), StoreError> {
    let mut asking = connection.prepare_cached("SELECT listed, roster_day FROM app WHERE app = ?1")?;
    let mut found =
        asking.query_map([app.0], |row| Ok((row.get(0)?, row.get::<_, Option<Day>>(1)?.map(|day| day.0))))?;
    found.next().transpose()?.ok_or(StoreError::NoSuchApp)
}

fn count(connection: &Connection, question: &str) -> Result<u64, StoreError> {
    Ok(connection.query_row(question, (), |row| row.get(0))?)
}

/// Gives license types that the roster brought a row of their own: not billable and in no order until a person says so.
fn adopt_licenses(writing: &Connection, app: AppId) -> Result<(), StoreError> {
    let mut asking = writing.prepare(compare::NEW_LICENSES)?;
    let keys: Vec<String> = asking.query_map([app.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for key in keys {
        writing.execute(
            "INSERT INTO license_type (app, key, name, billable, free, rank) VALUES (?1, ?2, ?3, 0, 0, NULL)",
            params![app.0, key, title(&key)],
        )?;
    }
    Ok(())
}

/// `can-edit` as `Can-Edit`.
fn title(key: &str) -> String {
    let words = key.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join("-")
}

fn moves(writing: &Connection) -> Result<Vec<Move>, StoreError> {
    let mut asking = writing.prepare(compare::MOVES)?;
    let moves = asking.query_map((), |row| {
        let before: Option<i64> = row.get(0)?;
        let before = match before {
            Some(status) => Some(Place { status, license: row.get(1)? }),
            None => None,
        };
        Ok(Move { before, after: Place { status: row.get(2)?, license: row.get(3)? }, members: row.get(4)? })
    })?;
    Ok(moves.collect::<Result<_, _>>()?)
}

/// Writes history: spells, changes, seat counts.
fn record(writing: &Connection, app: AppId, run: RunId, day: Day, moves: &[Move]) -> Result<(), StoreError> {
    name_changes(writing, app, moves)?;
    writing.execute(compare::ADD_CHANGES, [run.0])?;
    for step in [compare::DROP_TODAYS, compare::CLOSE, compare::REOPEN, compare::OPEN] {
        writing.execute(step, [day])?;
    }
    seats::recount(writing, app, day, moves)
}

/// Asks what each kind of move is called, once per kind of move and not per member.
fn name_changes(writing: &Connection, app: AppId, moves: &[Move]) -> Result<(), StoreError> {
    let types = numbered(writing, app)?;
    let mut adding = writing.prepare(compare::ADD_VERDICT)?;
    for moved in moves {
        if let Some(kind) = kind(moved, &types) {
            let (status, license) = moved.before.map_or((-1, 0), |place| (place.status, place.license));
            let from = moved.before.map(|place| place.license);
            let to = (kind != ChangeKind::Left).then_some(moved.after.license);
            adding.execute(params![
                status,
                license,
                moved.after.status,
                moved.after.license,
                number_of(kind),
                from,
                to
            ])?;
        }
    }
    Ok(())
}

fn kind(moved: &Move, types: &[NumberedLicense]) -> Option<ChangeKind> {
    let ranks: Ranks = types
        .iter()
        .filter_map(|found| found.license.rank.map(|rank| (found.license.key.clone(), rank)))
        .collect::<std::collections::HashMap<LicenseKey, i64>>();
    let before = moved.before.map(|place| place.standing(types));
    let after = moved.after.listed().then(|| moved.after.standing(types));
    classify(before.as_ref(), after.as_ref(), &ranks)
}

#[cfg(test)]
mod tests {
    use roster::License;

    use super::*;

    #[test]
    fn a_key_becomes_a_name() {
        assert_eq!(title("can-edit"), "Can-Edit");
        assert_eq!(title("élite"), "Élite");
    }

    #[test]
    fn a_member_who_left_stands_as_absent() {
        let place = Place { status: 2, license: 0 };
        assert_eq!(place.standing(&[]), Standing { present: false, license: License::Unknown });
    }
}
