//! Imports of when members were last active: what a file told of whom, as one act that Undo takes back whole.
//! Absent on purpose: files, and whom a row means; whoever calls has read and matched them.

use jiff::Timestamp;
use jiff::civil::Date;
use roster::activity::{self, DayNumber, Told};
use rusqlite::{Connection, Row, params};

use crate::acts;
use crate::apps::AppId;
use crate::columns::{Day, Instant};
use crate::told::{Knowledge, Last, ToldByMember};
use crate::versions::ACTIVITY_IMPORTS;
use crate::{Store, StoreError, activity_counts};

/// The columns of a version that are copied when it is taken up again.
pub(crate) const COLUMNS: &str = "import, file, until_day, log, chained, rows_read, matched, unmatched, newer";

/// A member's number in the database: good until the app is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemberNumber(pub(crate) i64);

/// How people can be told apart whom a file names.
#[derive(Debug, Clone, Copy)]
pub struct NamedMember<'a> {
    /// Who.
    pub number: MemberNumber,
    /// The vendor's id.
    pub id: &'a str,
    /// `userName`.
    pub user_name: &'a str,
    /// E-mail address.
    pub email: Option<&'a str>,
    /// Whether they are on the roster now.
    pub listed: bool,
}

/// What a file told.
#[derive(Debug, Clone, Copy)]
pub struct NewActivity<'a> {
    /// What people call the file; empty when it has no name.
    pub file: &'a str,
    /// The last day of which it knows.
    pub until: Date,
    /// Whether it lists events: then whoever is not in it is not known.
    pub log: bool,
    /// Rows that were read.
    pub rows: u64,
    /// People whom nobody on the roster is.
    pub unmatched: u64,
    /// Everybody once, with the day of their last activity; `None` for never.
    pub people: &'a [(MemberNumber, Option<Date>)],
}

/// An import that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityImport {
    /// What people call the file.
    pub file: String,
    /// When it was imported.
    pub at: Timestamp,
    /// The last day of which it knows.
    pub until: Date,
    /// Whether it lists events.
    pub log: bool,
    /// Rows that were read.
    pub rows: u64,
    /// Members of whom it told.
    pub matched: u64,
    /// People whom nobody on the roster is.
    pub unmatched: u64,
    /// Members of whom nothing was known before, or an earlier day.
    pub newer: u64,
}

impl Store {
    /// Hands over everybody ever listed.
    pub fn named_members(&self, app: AppId, mut each: impl FnMut(&NamedMember<'_>)) -> Result<(), StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT member, id, user_name, email, status FROM member NOT INDEXED WHERE app = ?1 ORDER BY member",
            )?;
            let mut rows = asking.query([app.0])?;
            while let Some(row) = rows.next()? {
                let text = |column| -> rusqlite::Result<Option<&str>> { Ok(row.get_ref(column)?.as_str_or_null()?) };
                each(&NamedMember {
                    number: MemberNumber(row.get(0)?),
                    id: text(1)?.unwrap_or_default(),
                    user_name: text(2)?.unwrap_or_default(),
                    email: text(3)?,
                    listed: row.get::<_, i64>(4)? < 2,
                });
            }
            Ok(())
        })
    }

    /// Keeps what a file told, all of it or nothing. Gives how many members it told anything new of.
    pub fn import_activity(&self, app: AppId, new: &NewActivity<'_>, at: Timestamp) -> Result<u64, StoreError> {
        self.write(|writing| {
            let people = match new.people.len() {
                1 => "1 person".to_owned(),
                number => format!("{number} people"),
            };
            let from = if new.file.is_empty() { String::new() } else { format!(" from {}", new.file) };
            let words = format!("last activity of {people}{from}");
            let act = acts::record(writing, Some(app), at, "import", &format!("Import {words}"), None)?;
            let newer = keep(writing, app, act, new)?;
            activity_counts::rebuild(writing, app)?;
            Ok(newer)
        })
    }

    /// How many members a file would tell something new of.
    pub fn newer_activity(&self, app: AppId, new: &NewActivity<'_>) -> Result<u64, StoreError> {
        self.read(|reader| {
            let (mut newer, knowledge) = (0, Knowledge::read(reader, app)?);
            compare(reader, &knowledge, new, |_, known, one| {
                newer += u64::from(one.is_some_and(|last| is_newer(&known.told, last)));
            })?;
            Ok(newer)
        })
    }

    /// The imports that stand, the newest first.
    pub fn activity_imports(&self, app: AppId) -> Result<Vec<ActivityImport>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT file, (SELECT at FROM act JOIN activity_import_version AS first USING (act)
                               WHERE first.import = last.import ORDER BY first.version LIMIT 1) AS at,
                        until_day, log, rows_read, matched, unmatched, newer
                 FROM activity_import_version AS last
                 WHERE NOT deleted AND version IN
                     (SELECT max(version) FROM activity_import_version WHERE app = ?1 GROUP BY import)
                 ORDER BY import DESC",
            )?;
            let imports = asking.query_map([app.0], read_import)?.collect::<Result<_, _>>()?;
            Ok(imports)
        })
    }
}

fn read_import(row: &Row<'_>) -> rusqlite::Result<ActivityImport> {
    Ok(ActivityImport {
        file: row.get("file")?,
        at: row.get::<_, Instant>("at")?.0,
        until: row.get::<_, Day>("until_day")?.0,
        log: row.get("log")?,
        rows: row.get("rows_read")?,
        matched: row.get("matched")?,
        unmatched: row.get("unmatched")?,
        newer: row.get("newer")?,
    })
}

/// Hands over everybody whom the file names, or of whom anything was told before, with what was and what is.
fn compare(
    connection: &Connection,
    knowledge: &Knowledge,
    new: &NewActivity<'_>,
    mut each: impl FnMut(i64, &ToldByMember<'_>, Option<Last>),
) -> Result<(), StoreError> {
    let mut people: Vec<_> = new
        .people
        .iter()
        .map(|(member, last)| (member.0, last.map_or(Last::Never, |day| Last::On(number(day)))))
        .collect();
    people.sort_unstable();
    let mut people = people.into_iter().peekable();
    let mut known = connection.prepare_cached(ToldByMember::ASKING)?;
    let mut known = ToldByMember::new(knowledge, &mut known)?;
    loop {
        let named = people.peek().map(|(member, _)| *member);
        let Some(member) = named.into_iter().chain(known.next_member()).min() else { return Ok(()) };
        let one = people.next_if(|(named, _)| *named == member).map(|(_, last)| last);
        known.of(member)?;
        each(member, &known, one);
    }
}

/// Whether it tells more than what is known: of somebody new, or of a later day.
fn is_newer(known: &[Told], last: Last) -> bool {
    match last {
        Last::On(last) => activity::last(known, DayNumber::MAX).is_none_or(|known| known < last),
        Last::Never => known.is_empty(),
    }
}

fn number(day: Date) -> DayNumber {
    DayNumber::try_from(Day(day).number()).unwrap_or(DayNumber::MAX)
}

fn keep(writing: &Connection, app: AppId, act: i64, new: &NewActivity<'_>) -> Result<u64, StoreError> {
    let knowledge = Knowledge::read(writing, app)?;
    let until = number(new.until);
    let chained = !new.log && knowledge.chained_until().is_none_or(|before| before <= until);
    let import = ACTIVITY_IMPORTS.next_id(writing)?;
    let mut rows: Vec<(i64, Option<Last>)> = Vec::new();
    let mut newer = 0;
    compare(writing, &knowledge, new, |member, known, one| {
        newer += u64::from(one.is_some_and(|last| is_newer(&known.told, last)));
        // What stands by itself needs a row; of a list only what the list before it told otherwise.
        let wanted = if chained { known.listed != one } else { one.is_some() };
        if wanted {
            rows.push((member, one));
        }
    })?;
    writing
        .prepare_cached(&format!(
            "INSERT INTO activity_import_version (act, app, deleted, {COLUMNS})
             VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        ))?
        .execute(params![
            act,
            app.0,
            import,
            new.file,
            until,
            new.log,
            chained,
            new.rows,
            new.people.len() as u64,
            new.unmatched,
            newer
        ])?;
    let mut keeping =
        writing.prepare_cached("INSERT INTO activity (member, import, told, day) VALUES (?1, ?2, ?3, ?4)")?;
    for (member, one) in rows {
        let told = one.map_or(0, |last| if last == Last::Never { 1 } else { 2 });
        keeping.execute(params![member, import, told, one.and_then(Last::day)])?;
    }
    Ok(newer)
}
