//! Keeps how many members count as active, inactive and never active from day to day in step with imports, rosters and the
//! threshold, so that no screen has to count members.

use std::collections::HashMap;

use jiff::civil::Date;
use roster::activity::{self, DayNumber, Told};
use roster::{Activity, License};
use rusqlite::{Connection, Rows, Statement, params};

use crate::apps::AppId;
use crate::columns::{Day, LicenseColumn};
use crate::moves::Place;
use crate::told::{self, Knowledge, ToldByMember};
use crate::{Store, StoreError};

/// Members who count alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityCount {
    /// What they hold.
    pub license: License,
    /// Whether they are deactivated.
    pub deactivated: bool,
    /// How they count; never [`Activity::NotMonitored`], which is everybody else.
    pub activity: Activity,
    /// How many.
    pub members: u64,
}

impl Store {
    /// How the members listed on a day count on it, as far as anything was told.
    pub fn activity_counts(&self, app: AppId, day: Date) -> Result<Vec<ActivityCount>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT key, active, state, members FROM (
                     SELECT license, active, state, sum(members) AS members FROM activity_count
                     WHERE app = ?1 AND day <= ?2 GROUP BY license, active, state)
                 LEFT JOIN license_type USING (license) WHERE members > 0 ORDER BY license, active, state",
            )?;
            let counts = asking.query_map(params![app.0, Day(day)], |row| {
                let state: usize = row.get(2)?;
                Ok(ActivityCount {
                    license: row.get::<_, LicenseColumn>(0)?.0,
                    deactivated: !row.get::<_, bool>(1)?,
                    activity: Activity::ALL.get(state - 1).copied().unwrap_or(Activity::NotMonitored),
                    members: row.get(3)?,
                })
            })?;
            Ok(counts.collect::<Result<_, _>>()?)
        })
    }
}

/// A day on which members begin to count so: day, license, whether active, state.
type Key = (DayNumber, i64, bool, u8);

/// How many members more, or fewer, count so from a day on.
#[derive(Debug, Default)]
pub(crate) struct Tally(HashMap<Key, i64>);

/// Days through which a member stood the same.
#[derive(Debug, Clone, Copy)]
struct Stood {
    from: DayNumber,
    until: DayNumber,
    license: i64,
    active: bool,
}

impl Tally {
    fn add(&mut self, stood: Stood, steps: &[(DayNumber, Activity)], members: i64) {
        for (place, (day, activity)) in steps.iter().enumerate() {
            let Some(state) = state(*activity) else { continue };
            let begins = (*day).max(stood.from);
            let ends = steps.get(place + 1).map_or(stood.until, |(next, _)| (*next).min(stood.until));
            if begins < ends {
                *self.0.entry((begins, stood.license, stood.active, state)).or_default() += members;
                if ends < DayNumber::MAX {
                    *self.0.entry((ends, stood.license, stood.active, state)).or_default() -= members;
                }
            }
        }
    }

    /// Adds it to what is kept.
    fn keep(&self, writing: &Connection, app: AppId) -> Result<(), StoreError> {
        let mut keeping = writing.prepare_cached(
            "INSERT INTO activity_count (app, day, license, active, state, members) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET members = members + excluded.members",
        )?;
        for ((day, license, active, state), members) in self.0.iter().filter(|(_, members)| **members != 0) {
            keeping.execute(params![app.0, day, license, active, state, members])?;
        }
        writing.prepare_cached("DELETE FROM activity_count WHERE app = ?1 AND members = 0")?.execute([app.0])?;
        Ok(())
    }
}

/// The number that stands for it; who is not monitored is not counted.
fn state(activity: Activity) -> Option<u8> {
    match activity {
        Activity::Active => Some(1),
        Activity::Inactive => Some(2),
        Activity::Never => Some(3),
        Activity::NotMonitored => None,
    }
}

/// Counts anew: after an import, and when the threshold changed.
pub(crate) fn rebuild(writing: &Connection, app: AppId) -> Result<(), StoreError> {
    writing.prepare_cached("DELETE FROM activity_count WHERE app = ?1")?.execute([app.0])?;
    count(writing, app)?.keep(writing, app)
}

/// The days on which what is kept is not what the members' history and the imports say.
pub(crate) fn wrong(connection: &Connection) -> Result<u64, StoreError> {
    let mut kept: HashMap<i64, HashMap<Key, i64>> = HashMap::new();
    let mut asking = connection.prepare("SELECT app, day, license, active, state, members FROM activity_count")?;
    let mut rows = asking.query(())?;
    while let Some(row) = rows.next()? {
        let key = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        kept.entry(row.get(0)?).or_default().insert(key, row.get(5)?);
    }
    let mut wrong = 0;
    for app in crate::apps::numbers(connection)? {
        let mut counted = count(connection, app)?.0;
        counted.retain(|_, members| *members != 0);
        let kept = kept.remove(&app.0).unwrap_or_default();
        let differs = |(key, members): &(&Key, &i64)| counted.get(*key) != Some(*members);
        wrong += kept.iter().filter(differs).count() + counted.keys().filter(|key| !kept.contains_key(*key)).count();
    }
    Ok((wrong + kept.values().map(HashMap::len).sum::<usize>()) as u64)
}

const SPELLS: &str = "SELECT member, from_day, until_day, license, active FROM assignment ORDER BY member, from_day";
const PRESENT: &str = "SELECT member, since, license, status FROM member NOT INDEXED WHERE app = ?1 ORDER BY member";

/// Everybody of whom anything was told, over all days.
fn count(connection: &Connection, app: AppId) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    let knowledge = Knowledge::read(connection, app)?;
    if knowledge.is_empty() {
        return Ok(tally);
    }
    let mut told = connection.prepare_cached(ToldByMember::ASKING)?;
    let mut told = ToldByMember::new(&knowledge, &mut told)?;
    let mut spells = connection.prepare_cached(SPELLS)?;
    let mut spells = Spells::new(spells.query(())?)?;
    let mut members = connection.prepare_cached(PRESENT)?;
    let mut members = members.query([app.0])?;
    let mut steps = Vec::new();
    while let Some(row) = members.next()? {
        let member = row.get(0)?;
        let told = told.of(member)?;
        if told.is_empty() {
            continue;
        }
        activity::steps(told, knowledge.threshold, &mut steps);
        while let Some(stood) = spells.of(member)? {
            tally.add(stood, &steps, 1);
        }
        if let Some(from) = row.get(1)? {
            let active = row.get::<_, i64>(3)? == 0;
            tally.add(Stood { from, until: DayNumber::MAX, license: row.get(2)?, active }, &steps, 1);
        }
    }
    Ok(tally)
}

/// The spells that ended, walked beside the members, in their order.
struct Spells<'a> {
    rows: Rows<'a>,
    next: Option<(i64, Stood)>,
}

impl<'a> Spells<'a> {
    fn new(rows: Rows<'a>) -> Result<Self, StoreError> {
        let mut spells = Self { rows, next: None };
        spells.advance()?;
        Ok(spells)
    }

    /// The next spell of a member; `None` after their last one.
    fn of(&mut self, member: i64) -> Result<Option<Stood>, StoreError> {
        while self.next.is_some_and(|(whose, _)| whose < member) {
            self.advance()?;
        }
        let found = self.next.filter(|(whose, _)| *whose == member).map(|(_, stood)| stood);
        if found.is_some() {
            self.advance()?;
        }
        Ok(found)
    }

    fn advance(&mut self) -> Result<(), StoreError> {
        self.next = match self.rows.next()? {
            Some(row) => {
                let stood = Stood { from: row.get(1)?, until: row.get(2)?, license: row.get(3)?, active: row.get(4)? };
                Some((row.get(0)?, stood))
            }
            None => None,
        };
        Ok(())
    }
}

/// The members whom a new roster moves, taken from where they were counted and counted where they are now.
pub(crate) struct Shifts<'a> {
    knowledge: Knowledge,
    asking: Statement<'a>,
    steps: Vec<(DayNumber, Activity)>,
    tally: Tally,
}

impl<'a> Shifts<'a> {
    pub(crate) fn new(writing: &'a Connection, app: AppId) -> Result<Self, StoreError> {
        let knowledge = Knowledge::read(writing, app)?;
        Ok(Self { knowledge, asking: writing.prepare(told::OF_ONE)?, steps: Vec::new(), tally: Tally::default() })
    }

    /// From this day on, as the spell of the day begins or goes on then.
    pub(crate) fn moved(&mut self, member: i64, before: Place, after: Place, day: i64) -> Result<(), StoreError> {
        let told: Vec<Told> = told::of_one(&self.knowledge, &mut self.asking, member)?;
        if told.is_empty() {
            return Ok(());
        }
        activity::steps(&told, self.knowledge.threshold, &mut self.steps);
        let from = DayNumber::try_from(day).unwrap_or(DayNumber::MAX);
        for (place, members) in [(before, -1), (after, 1)].into_iter().filter(|(place, _)| place.listed()) {
            let stood = Stood { from, until: DayNumber::MAX, license: place.license, active: place.active() };
            self.tally.add(stood, &self.steps, members);
        }
        Ok(())
    }

    pub(crate) fn keep(&self, writing: &Connection, app: AppId) -> Result<(), StoreError> {
        if self.tally.0.is_empty() { Ok(()) } else { self.tally.keep(writing, app) }
    }
}
