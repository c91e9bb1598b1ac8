//! What the imports that stand told of members, put together from the rows that are kept of what changed between them.

use roster::activity::{DayNumber, Told};
use rusqlite::{Connection, Row, Rows, Statement};

use crate::StoreError;
use crate::apps::AppId;
use crate::counting;

/// How a row of `activity` counts.
#[derive(Debug, Clone, Copy)]
enum Import {
    /// A log, or a list that was older than another before it: it stands by itself.
    Alone(DayNumber),
    /// The list at this place of the chain: what it told counts until a later one tells otherwise.
    Chained(usize),
}

/// Tells one state of what is known from every other.
pub(crate) type Version = (Option<i64>, Option<i64>);

/// The imports of an app that stand, and how its accounts are counted.
#[derive(Debug, Default)]
pub(crate) struct Knowledge {
    pub(crate) version: Version,
    pub(crate) threshold: u32,
    /// By number, ascending.
    imports: Vec<(i64, Import)>,
    /// The last days of which the chained lists knew.
    chain: Vec<DayNumber>,
}

/// When a member was last active, as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Last {
    Never,
    On(DayNumber),
}

impl Last {
    pub(crate) fn day(self) -> Option<DayNumber> {
        match self {
            Self::Never => None,
            Self::On(day) => Some(day),
        }
    }

    fn told(self, until: DayNumber) -> Told {
        Told { until, last: self.day() }
    }
}

/// What a row of `activity` says.
#[derive(Debug, Clone, Copy)]
struct Said {
    member: i64,
    import: i64,
    /// `None` says nothing any more.
    last: Option<Last>,
}

impl Knowledge {
    pub(crate) fn read(connection: &Connection, app: AppId) -> Result<Self, StoreError> {
        let mut asking = connection.prepare_cached(
            "SELECT (SELECT max(version) FROM activity_import_version WHERE app = ?1),
                    (SELECT max(version) FROM counting_version WHERE app = ?1)",
        )?;
        let version = asking.query_row([app.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut knowledge =
            Self { version, threshold: counting::of(connection, app)?.inactive_after, ..Self::default() };
        let mut asking = connection.prepare_cached(
            "SELECT import, until_day, chained FROM activity_import_version
             WHERE NOT deleted AND version IN (SELECT max(version) FROM activity_import_version WHERE app = ?1 GROUP BY import)
             ORDER BY import",
        )?;
        let mut rows = asking.query([app.0])?;
        while let Some(row) = rows.next()? {
            let (until, chained) = (row.get(1)?, row.get(2)?);
            let how = if chained { Import::Chained(knowledge.chain.len()) } else { Import::Alone(until) };
            if chained {
                knowledge.chain.push(until);
            }
            knowledge.imports.push((row.get(0)?, how));
        }
        Ok(knowledge)
    }

    /// Whether nothing was ever told.
    pub(crate) fn is_empty(&self) -> bool {
        self.imports.is_empty()
    }

    /// The last day of which the newest list of people knew.
    pub(crate) fn chained_until(&self) -> Option<DayNumber> {
        self.chain.last().copied()
    }

    fn import(&self, number: i64) -> Option<Import> {
        let place = self.imports.binary_search_by_key(&number, |(import, _)| *import).ok()?;
        self.imports.get(place).map(|(_, how)| *how)
    }

    /// Puts together what the rows of one member, in the order of their imports, say; what the newest list tells is given
    /// back.
    fn gather(&self, rows: &[Said], told: &mut Vec<Told>) -> Option<Last> {
        told.clear();
        let mut open: Option<Last> = None;
        for said in rows {
            match self.import(said.import) {
                None => {}
                Some(Import::Alone(until)) => told.extend(said.last.map(|last| last.told(until))),
                Some(Import::Chained(place)) => {
                    let before = place.checked_sub(1).and_then(|place| self.chain.get(place));
                    told.extend(open.zip(before).map(|(last, until)| last.told(*until)));
                    open = said.last;
                }
            }
        }
        told.extend(open.zip(self.chained_until()).map(|(last, until)| last.told(until)));
        open
    }
}

/// What was told of everybody, walked beside the members, in their order.
pub(crate) struct ToldByMember<'a> {
    knowledge: &'a Knowledge,
    rows: Rows<'a>,
    next: Option<Said>,
    own: Vec<Said>,
    pub(crate) told: Vec<Told>,
    /// What the newest list tells of the member that was asked for.
    pub(crate) listed: Option<Last>,
}

impl<'a> ToldByMember<'a> {
    pub(crate) const ASKING: &'static str = "SELECT member, import, told, day FROM activity ORDER BY member, import";

    pub(crate) fn new(knowledge: &'a Knowledge, asking: &'a mut Statement<'_>) -> Result<Self, StoreError> {
        let mut walk =
            Self { knowledge, rows: asking.query(())?, next: None, own: Vec::new(), told: Vec::new(), listed: None };
        if !knowledge.is_empty() {
            walk.advance()?;
        }
        Ok(walk)
    }

    /// The next member of whom anything is kept.
    pub(crate) fn next_member(&self) -> Option<i64> {
        self.next.map(|said| said.member)
    }

    /// What was told of a member. Members are asked for in ascending order.
    pub(crate) fn of(&mut self, member: i64) -> Result<&[Told], StoreError> {
        self.own.clear();
        while let Some(said) = self.next.filter(|said| said.member <= member) {
            if said.member == member {
                self.own.push(said);
            }
            self.advance()?;
        }
        self.listed = self.knowledge.gather(&self.own, &mut self.told);
        Ok(&self.told)
    }

    fn advance(&mut self) -> Result<(), StoreError> {
        self.next = self.rows.next()?.map(said).transpose()?;
        Ok(())
    }
}

/// What was told of one member.
pub(crate) const OF_ONE: &str = "SELECT member, import, told, day FROM activity WHERE member = ?1 ORDER BY import";

/// The same, asked for with [`OF_ONE`].
pub(crate) fn of_one(knowledge: &Knowledge, asking: &mut Statement<'_>, member: i64) -> Result<Vec<Told>, StoreError> {
    let mut told = Vec::new();
    if !knowledge.is_empty() {
        let rows = asking.query_map([member], said)?.collect::<Result<Vec<_>, _>>()?;
        knowledge.gather(&rows, &mut told);
    }
    Ok(told)
}

fn said(row: &Row<'_>) -> rusqlite::Result<Said> {
    let last = match row.get::<_, i64>(2)? {
        0 => None,
        1 => Some(Last::Never),
        _ => Some(Last::On(row.get(3)?)),
    };
    Ok(Said { member: row.get(0)?, import: row.get(1)?, last })
}
