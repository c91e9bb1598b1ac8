//! Undo: the last act that stands is taken back by one more act, whatever it wrote, so undo survives restarts. Redo takes
//! that one back in the same way, until something new is done.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::apps::AppId;
use crate::columns::Instant;
use crate::versions::{ACTIVITY_IMPORTS, COUNTINGS, TABLES};
use crate::{Store, StoreError, activity_counts, acts};

/// One act, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What was done: "Add Can-Edit, 50 seats".
    pub what: String,
    /// When.
    pub at: Timestamp,
}

/// Whose acts are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those of an app, and the organisation's own: its rates are part of what the app costs, its headcount of what that is by employee.
    App(AppId),
    /// The organisation's own.
    Organisation,
}

impl Store {
    /// The act that [`Store::undo`] would take back.
    pub fn last_edit(&self, whose: Whose) -> Result<Option<Edit>, StoreError> {
        self.read(|reader| Ok(standing(reader, whose)?.map(|step| step.edit)))
    }

    /// The act that [`Store::redo`] would do once more.
    pub fn last_undone(&self, whose: Whose) -> Result<Option<Edit>, StoreError> {
        self.read(|reader| Ok(undone(reader, whose)?.map(|step| step.edit)))
    }

    /// Takes back the last act that stands, with everything that it wrote, and tells which it was.
    pub fn undo(&self, whose: Whose, at: Timestamp) -> Result<Option<Edit>, StoreError> {
        self.write(|writing| take_back(writing, standing(writing, whose)?, "Undo", at))
    }

    /// Does the act once more that was taken back last, unless something else was done since, and tells which it was.
    pub fn redo(&self, whose: Whose, at: Timestamp) -> Result<Option<Edit>, StoreError> {
        self.write(|writing| take_back(writing, undone(writing, whose)?, "Redo", at))
    }
}

impl Whose {
    /// The app's number; none matches no app.
    fn app(self) -> Option<i64> {
        match self {
            Self::App(app) => Some(app.0),
            Self::Organisation => None,
        }
    }
}

impl From<AppId> for Whose {
    fn from(app: AppId) -> Self {
        Self::App(app)
    }
}

/// An act, and the last of those that took it back and did it once more by turns: the one to take back next.
struct Step {
    last: i64,
    app: Option<AppId>,
    edit: Edit,
}

/// Whatever the step's last act wrote goes back to how it was before it, by one more act.
fn take_back(writing: &Connection, step: Option<Step>, verb: &str, at: Timestamp) -> Result<Option<Edit>, StoreError> {
    let Some(Step { last, app, edit }) = step else { return Ok(None) };
    let act = acts::record(writing, app, at, "undo", &format!("{verb} {}", edit.what), Some(last))?;
    for table in TABLES {
        let written = table.go_back(writing, last, act)?;
        let counts = [&ACTIVITY_IMPORTS, &COUNTINGS].map(|counted| counted.table).contains(&table.table);
        if let Some(app) = app.filter(|_| counts && written > 0) {
            activity_counts::rebuild(writing, app)?;
        }
    }
    Ok(Some(edit))
}

/// The last act that stands: taken back never, or as often as it was done once more.
fn standing(connection: &Connection, whose: Whose) -> Result<Option<Step>, StoreError> {
    let mut asking = connection.prepare_cached(
        "SELECT act, app, words, at FROM act WHERE (app = ?1 OR app IS NULL) AND kind <> 'undo' ORDER BY act DESC",
    )?;
    let mut acts = asking.query([whose.app()])?;
    while let Some(row) = acts.next()? {
        let act: i64 = row.get("act")?;
        let (last, taken_back) = last_of(connection, act)?;
        if !taken_back {
            return Ok(Some(Step { last, ..read(row)? }));
        }
    }
    Ok(None)
}

/// The act that was taken back last. What was taken back before something else was done stays so.
fn undone(connection: &Connection, whose: Whose) -> Result<Option<Step>, StoreError> {
    let mut asking = connection.prepare_cached(
        "SELECT act FROM act AS undo WHERE (app = ?1 OR app IS NULL) AND kind = 'undo'
             AND NOT EXISTS (SELECT 1 FROM act AS again WHERE again.undoes = undo.act)
             AND act > (SELECT max(act) FROM act WHERE (app = ?1 OR app IS NULL) AND kind <> 'undo')
         ORDER BY act DESC",
    )?;
    let mut acts = asking.query([whose.app()])?;
    while let Some(row) = acts.next()? {
        let last: i64 = row.get(0)?;
        let first = first_of(connection, last)?;
        if last_of(connection, first)?.1 {
            let mut asking = connection.prepare_cached("SELECT act, app, words, at FROM act WHERE act = ?1")?;
            return Ok(Some(Step { last, ..asking.query_row([first], read)? }));
        }
    }
    Ok(None)
}

/// The last of the acts that took this one back and did it once more by turns, and whether that leaves it taken back.
fn last_of(connection: &Connection, act: i64) -> Result<(i64, bool), StoreError> {
    let mut asking = connection.prepare_cached("SELECT act FROM act WHERE undoes = ?1")?;
    let (mut last, mut taken_back) = (act, false);
    while let Some(next) = asking.query_row([last], |row| row.get(0)).optional()? {
        (last, taken_back) = (next, !taken_back);
    }
    Ok((last, taken_back))
}

/// What a person did that was taken back and done once more up to this act.
fn first_of(connection: &Connection, last: i64) -> Result<i64, StoreError> {
    let mut asking = connection.prepare_cached("SELECT undoes FROM act WHERE act = ?1")?;
    let mut first = last;
    while let Some(before) = asking.query_row([first], |row| row.get(0))? {
        first = before;
    }
    Ok(first)
}

/// A step of which nothing was taken back yet.
fn read(row: &Row<'_>) -> rusqlite::Result<Step> {
    let edit = Edit { what: row.get("words")?, at: row.get::<_, Instant>("at")?.0 };
    Ok(Step { last: row.get("act")?, app: row.get::<_, Option<i64>>("app")?.map(AppId), edit })
}
