//! Half-typed forms that survive a restart: text under a key, replaced as a whole. Not part of the undo log, and nothing that
//! any other screen shows: they are written on the connection that listens for changes, which does not hear itself.

use rusqlite::{OptionalExtension, params};

use crate::apps::AppId;
use crate::transaction::{lock, write_on};
use crate::{Store, StoreError};

impl Store {
    /// Keeps a draft in place of the one under its key.
    pub fn save_draft(&self, app: AppId, key: &str, body: &str) -> Result<(), StoreError> {
        self.writable()?;
        write_on(&lock(&self.drafts), |writing| {
            writing.execute(
                "INSERT INTO draft (app, key, body) VALUES (?1, ?2, ?3) ON CONFLICT (app, key) DO UPDATE SET body = excluded.body",
                params![app.0, key, body],
            )?;
            Ok(())
        })
    }

    /// The draft under a key.
    pub fn draft(&self, app: AppId, key: &str) -> Result<Option<String>, StoreError> {
        self.read(|reader| {
            let body = reader
                .prepare_cached("SELECT body FROM draft WHERE app = ?1 AND key = ?2")?
                .query_row(params![app.0, key], |row| row.get(0))
                .optional()?;
            Ok(body)
        })
    }

    /// Forgets the draft under a key.
    pub fn clear_draft(&self, app: AppId, key: &str) -> Result<(), StoreError> {
        self.writable()?;
        write_on(&lock(&self.drafts), |writing| {
            writing.execute("DELETE FROM draft WHERE app = ?1 AND key = ?2", params![app.0, key])?;
            Ok(())
        })
    }
}
