//! Undo: the last edit that stands is taken back by adding one more version, so undo survives restarts. An import
//! counts as one edit.
//! Redo is absent.

use jiff::Timestamp;
use ledger::Purchase;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::apps::AppId;
use crate::columns::Instant;
use crate::purchase_import::IMPORT;
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
            if last.edit.what.starts_with(IMPORT) {
                for imported in together(writing, app, &last.edit)? {
                    take_back(writing, app, at, imported)?;
                }
                return Ok(Some(last.edit));
            }
            let edit = last.edit.clone();
            take_back(writing, app, at, last)?;
            Ok(Some(edit))
        })
    }
}

fn take_back(writing: &Connection, app: AppId, at: Timestamp, last: Standing) -> Result<(), StoreError> {
    let before = before(writing, app, &last)?;
    let deleted = before.as_ref().is_none_or(|(_, deleted)| *deleted);
    let purchase = before.map_or(last.purchase, |(purchase, _)| purchase);
    let words = format!("Undo {}", last.edit.what);
    let version = Version { app, at, act: "undo", undoes: Some(last.version), words: &words, deleted };
    purchase_row::append(writing, &version, &purchase)
}

/// Everything that the same import added and that still stands.
fn together(writing: &Connection, app: AppId, import: &Edit) -> Result<Vec<Standing>, StoreError> {
    let mut asking = writing.prepare_cached(&format!(
        "SELECT {COLUMNS}, version, words, at FROM purchase_version AS edit
         WHERE app = ?1 AND act = 'add' AND at = ?2 AND words = ?3
           AND NOT EXISTS (SELECT 1 FROM purchase_version AS undo WHERE undo.undoes = edit.version)
         ORDER BY version DESC"
    ))?;
    let standing = asking.query_map(params![app.0, Instant(import.at), import.what], standing)?;
    Ok(standing.collect::<Result<_, _>>()?)
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
    Ok(asking.query_row([app.0], standing).optional()?)
}

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    let edit = Edit { what: row.get("words")?, at: row.get::<_, Instant>("at")?.0 };
    Ok(Standing { version: row.get("version")?, purchase: read_purchase(row)?, edit })
}

/// How the purchase stood before that version, and whether it was deleted; `None` before it was added.
fn before(connection: &Connection, app: AppId, standing: &Standing) -> Result<Option<(Purchase, bool)>, StoreError> {
    let mut asking = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, deleted FROM purchase_version WHERE app = ?1 AND purchase = ?2 AND version < ?3 ORDER BY version DESC LIMIT 1"
    ))?;
    let found = asking.query_row(params![app.0, standing.purchase.id.0, standing.version], |row| {
        Ok((read_purchase(row)?, row.get("deleted")?))
    });
    Ok(found.optional()?)
}
