//! Makes a staged roster the current one: compare, write members, history and counts, end the run, all in one transaction.
//! What a change is called is not decided here but by `roster::change`, and what is held by whoever is asked.

use jiff::civil::Date;
use roster::guard::Loss;
use rusqlite::{Connection, params};

use crate::apps::AppId;
use crate::columns::Day;
use crate::fates::{self, Fate};
use crate::runs::{RunEnd, RunId, write_end};
use crate::staging::{Staging, decoded};
use crate::writing::{Turn, Writing};
use crate::{Store, StoreError, held, seats};

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

/// What is decided about a staged roster.
#[derive(Debug)]
pub enum Ruling {
    /// It becomes the current one.
    Write,
    /// It waits, and its run ends like this.
    Hold(RunEnd),
    /// Nothing yet: first it is asked what became of up to so many of those who would go, taken from all over them.
    Ask(usize),
}

/// A member who would go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The vendor's identifier.
    pub id: String,
    /// `userName`.
    pub user_name: String,
    /// E-mail address.
    pub email: Option<String>,
}

/// Those who would go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// How many.
    pub count: u64,
    /// Those to be asked for.
    pub missed: Vec<Missed>,
    /// The identifier of somebody who stays.
    pub listed: Option<String>,
}

/// What became of a staged roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It is the current one.
    Written(Counts),
    /// It waits for a person's word; nothing of it was written but who would go.
    Held,
    /// Nothing was written; these would go.
    Asked(Gone),
}

/// How a staged roster compares with the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Compared {
    /// What would be lost with it.
    pub loss: Loss,
    /// Of those who would go, how many would not have gone with the roster that waits; all where none does.
    pub unseen: u64,
}

impl Store {
    /// Makes the staged roster the app's current one and ends the run, whatever is lost. All of it happens or nothing.
    pub fn promote(
        &self,
        app: AppId,
        run: RunId,
        staging: &Staging,
        promotion: &Promotion,
    ) -> Result<Counts, StoreError> {
        self.write(|writing| {
            let comparison = Comparison::of(writing, app, staging)?;
            promote(writing, (app, run), staging, &comparison, promotion)
        })
    }

    /// The same, as far as `rule` says so; a roster that waits tells who would go.
    pub fn settle(
        &self,
        app: AppId,
        run: RunId,
        staging: &Staging,
        promotion: &Promotion,
        rule: impl FnOnce(&Compared) -> Ruling,
    ) -> Result<Settled, StoreError> {
        self.write(|writing| {
            let comparison = Comparison::of(writing, app, staging)?;
            let loss = comparison.loss(staging)?;
            let unseen = held::unseen(writing, app, comparison.gone())?;
            match rule(&Compared { loss, unseen }) {
                Ruling::Write => promote(writing, (app, run), staging, &comparison, promotion).map(Settled::Written),
                Ruling::Hold(end) => {
                    write_end(writing, run, &RunEnd { members: loss.after, ..end })?;
                    held::note(writing, run, &comparison, loss.unknown)?;
                    Ok(Settled::Held)
                }
                Ruling::Ask(most) => gone(writing, staging, &comparison, most).map(Settled::Asked),
            }
        })
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

/// The one comparison of a staged roster with the current one.
pub(crate) struct Comparison {
    last: LastRoster,
    /// Known members of whom something would have to be written.
    pub(crate) found: Vec<Fate>,
    /// Of each staged row, whether its member is known.
    seen: Vec<bool>,
}

impl Comparison {
    fn of(writing: &Connection, app: AppId, staging: &Staging) -> Result<Self, StoreError> {
        let mut seen = vec![false; staging.rows().len()];
        let last = last_roster(writing, app)?;
        Ok(Self { last, found: fates::find(writing, app, staging, &mut seen)?, seen })
    }

    /// Those who would go, by their number.
    pub(crate) fn gone(&self) -> impl Iterator<Item = i64> {
        self.found.iter().filter(|fate| fate.row.is_none()).map(|fate| fate.member)
    }

    /// How many would come for the first time.
    pub(crate) fn fresh(&self) -> u64 {
        self.seen.iter().filter(|seen| !**seen).count() as u64
    }

    fn loss(&self, staging: &Staging) -> Result<Loss, StoreError> {
        let (mut reader, mut unknown) = (staging.reader(), 0);
        for fate in self.found.iter().filter(|fate| fate.before.listed() && fate.before.license != 0) {
            if let Some(row) = fate.row {
                unknown += u64::from(decoded(reader.row(row)?.1)?.license.is_none());
            }
        }
        let vanished = self.gone().count() as u64;
        Ok(Loss { before: self.last.listed, after: staging.members(), vanished, unknown })
    }
}

fn promote(
    writing: &Connection,
    (app, run): (AppId, RunId),
    staging: &Staging,
    comparison: &Comparison,
    promotion: &Promotion,
) -> Result<Counts, StoreError> {
    let Comparison { last, found, seen } = comparison;
    let day = Day(last.day.map_or(promotion.day, |last| last.max(promotion.day)));
    let members = staging.members();
    write_end(writing, run, &RunEnd { members, ..promotion.run_end.clone() })?;

    let fresh = comparison.fresh();
    let gone = comparison.gone().count() as u64;
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
    bring_up_to_date(&mut work, staging, found)?;
    add_fresh(writing, &mut work, staging, seen)?;
    if work.moves().iter().any(|moved| moved.before != Some(moved.after)) {
        seats::recount(writing, app, day, work.moves())?;
    }

    work.keep_activity(writing)?;
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

/// The first ones alone would show one corner of the roster: of more than `most` every so manieth is taken.
fn gone(writing: &Connection, staging: &Staging, comparison: &Comparison, most: usize) -> Result<Gone, StoreError> {
    let members: Vec<i64> = comparison.gone().collect();
    let asked = members.len().min(most);
    let places = (0..asked).map(|place| place * members.len() / asked);
    let missed = places.map(|place| missed(writing, members[place])).collect::<Result<_, _>>()?;
    let listed = match staging.rows().len() {
        0 => None,
        _ => Some(decoded(staging.reader().row(0)?.1)?.id.to_owned()),
    };
    Ok(Gone { count: members.len() as u64, missed, listed })
}

fn missed(connection: &Connection, member: i64) -> Result<Missed, StoreError> {
    let mut asking = connection.prepare_cached("SELECT id, user_name, email FROM member WHERE member = ?1")?;
    let found =
        asking.query_row([member], |row| Ok(Missed { id: row.get(0)?, user_name: row.get(1)?, email: row.get(2)? }))?;
    Ok(found)
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
