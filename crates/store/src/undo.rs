//! Undo: the last act that stands is taken back by one more act, whatever it wrote, so undo survives restarts.
//! Redo is absent.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use crate::apps::AppId;
use crate::columns::Instant;
use crate::versions::TABLES;
use crate::{Store, StoreError, acts};

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
        self.read(|reader| Ok(last(reader, whose)?.map(|standing| standing.edit)))
    }

    /// Takes back the last act that stands, with everything that it wrote, and tells which it was.
    pub fn undo(&self, whose: Whose, at: Timestamp) -> Result<Option<Edit>, StoreError> {
        self.write(|writing| {
            let Some(last) = last(writing, whose)? else { return Ok(None) };
            let words = format!("Undo {}", last.edit.what);
            let undo = acts::record(writing, last.app, at, "undo", &words, Some(last.act))?;
            for table in TABLES {
                table.go_back(writing, last.act, undo)?;
            }
            Ok(Some(last.edit))
        })
    }
}

impl From<AppId> for Whose {
    fn from(app: AppId) -> Self {
        Self::App(app)
    }
}

struct Standing {
    act: i64,
    app: Option<AppId>,
    edit: Edit,
}

fn last(connection: &Connection, whose: Whose) -> Result<Option<Standing>, StoreError> {
    let app = match whose {
        Whose::App(app) => Some(app.0),
        Whose::Organisation => None,
    };
    let mut asking = connection.prepare_cached(
        "SELECT act, app, words, at FROM act AS done
         WHERE (app = ?1 OR app IS NULL) AND kind <> 'undo'
           AND NOT EXISTS (SELECT 1 FROM act AS undo WHERE undo.undoes = done.act)
         ORDER BY act DESC LIMIT 1",
    )?;
    let last = asking.query_row([app], |row| {
        let edit = Edit { what: row.get("words")?, at: row.get::<_, Instant>("at")?.0 };
        Ok(Standing { act: row.get("act")?, app: row.get::<_, Option<i64>>("app")?.map(AppId), edit })
    });
    Ok(last.optional()?)
}
