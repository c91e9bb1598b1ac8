//! Undo: the last edit that stands is taken back by adding one more version, so undo survives restarts.
//! Redo is absent.

use jiff::Timestamp;
use ledger::Purchase;
use rusqlite::{Connection, OptionalExtension, params};

use crate::apps::AppId;
use crate::columns::Instant;
use crate::purchase_row::{self, COLUMNS, Version, read_purchase};
use crate::{Store, StoreError};

/// One edit of the purchases, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What was done: "Add Can-Edit, 50 seats".
    pub what: String,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// The edit that [`Store::undo`] would take back.
    pub fn last_edit(&self, app: AppId) -> Result<Option<Edit>, StoreError> {
        self.read(|reader| Ok(last(reader, app)?.map(|standing| standing.edit)))
    }

    /// Takes back the last edit that stands, and tells which it was.
    pub fn undo(&self, app: AppId, at: Timestamp) -> Result<Option<Edit>, StoreError> {
        self.write(|writing| {
            let Some(last) = last(writing, app)? else { return Ok(None) };
            let before = before(writing, &last)?;
            let deleted = before.as_ref().is_none_or(|(_, deleted)| *deleted);
            let purchase = before.map_or(last.purchase, |(purchase, _)| purchase);
            let words = format!("Undo {}", last.edit.what);
            let version = Version { app, at, act: "undo", undoes: Some(last.version), words: &words, deleted };
            purchase_row::append(writing, &version, &purchase)?;
            Ok(Some(last.edit))
        })
    }
}

struct Standing {
    version: i64,
    purchase: Purchase,
    edit: Edit,
}

fn last(connection: &Connection, app: AppId) -> Result<Option<Standing>, StoreError> {
    let mut asking = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, version, words, at FROM purchase_version AS edit
         WHERE app = ?1 AND act <> 'undo'
           AND NOT EXISTS (SELECT 1 FROM purchase_version AS undo WHERE undo.undoes = edit.version)
         ORDER BY version DESC LIMIT 1"
    ))?;
    let last = asking.query_row([app.0], |row| {
        let edit = Edit { what: row.get("words")?, at: row.get::<_, Instant>("at")?.0 };
        Ok(Standing { version: row.get("version")?, purchase: read_purchase(row)?, edit })
    });
    Ok(last.optional()?)
}

/// How the purchase stood before that version, and whether it was deleted; `None` before it was added.
fn before(connection: &Connection, standing: &Standing) -> Result<Option<(Purchase, bool)>, StoreError> {
    let mut asking = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, deleted FROM purchase_version WHERE purchase = ?1 AND version < ?2 ORDER BY version DESC LIMIT 1"
    ))?;
    let found = asking.query_row(params![standing.purchase.id.0, standing.version], |row| {
        Ok((read_purchase(row)?, row.get("deleted")?))
    });
    Ok(found.optional()?)
}
