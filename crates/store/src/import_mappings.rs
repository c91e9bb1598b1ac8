//! Which column fills which field of an import, by the headings of the file: text, replaced as a whole. Not part of the undo
//! log, and shown by no screen but the import itself: written like drafts, unheard by this process.

use rusqlite::{OptionalExtension, params};

use crate::apps::AppId;
use crate::transaction::{lock, write_on};
use crate::{Store, StoreError};

impl Store {
    /// Keeps what was chosen for these headings in place of what was kept before.
    pub fn remember_import_mapping(&self, app: AppId, headings: &str, body: &str) -> Result<(), StoreError> {
        write_on(&lock(&self.drafts), |writing| {
            writing.execute(
                "INSERT INTO import_mapping (app, headings, body) VALUES (?1, ?2, ?3)
                 ON CONFLICT (app, headings) DO UPDATE SET body = excluded.body",
                params![app.0, headings, body],
            )?;
            Ok(())
        })
    }

    /// What was chosen for these headings.
    pub fn import_mapping(&self, app: AppId, headings: &str) -> Result<Option<String>, StoreError> {
        self.read(|reader| {
            let body = reader
                .prepare_cached("SELECT body FROM import_mapping WHERE app = ?1 AND headings = ?2")?
                .query_row(params![app.0, headings], |row| row.get(0))
                .optional()?;
            Ok(body)
        })
    }

    /// Forgets what was chosen for these headings.
    pub fn forget_import_mapping(&self, app: AppId, headings: &str) -> Result<(), StoreError> {
        write_on(&lock(&self.drafts), |writing| {
            writing.execute("DELETE FROM import_mapping WHERE app = ?1 AND headings = ?2", params![app.0, headings])?;
            Ok(())
        })
    }
}
