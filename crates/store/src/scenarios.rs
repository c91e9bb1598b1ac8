//! What-if scenarios by name. What the text of one means is known to the caller. Versions and undo are absent.

use rusqlite::params;

use crate::apps::AppId;
use crate::{Store, StoreError};

impl Store {
    /// The scenarios of an app: name and text, by name.
    pub fn scenarios(&self, app: AppId) -> Result<Vec<(String, String)>, StoreError> {
        self.read(|reader| {
            let mut asking = reader
                .prepare_cached("SELECT name, body FROM scenario WHERE app = ?1 ORDER BY name COLLATE NOCASE, name")?;
            let scenarios = asking.query_map([app.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(scenarios.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a scenario, in place of one of the same name.
    pub fn set_scenario(&self, app: AppId, name: &str, body: &str) -> Result<(), StoreError> {
        self.write(|writing| {
            writing.execute(
                "INSERT INTO scenario (app, name, body) VALUES (?1, ?2, ?3)
                 ON CONFLICT (app, name) DO UPDATE SET body = excluded.body",
                params![app.0, name, body],
            )?;
            Ok(())
        })
    }

    /// Deletes a scenario; whether there was one.
    pub fn delete_scenario(&self, app: AppId, name: &str) -> Result<bool, StoreError> {
        self.write(|writing| {
            Ok(writing.execute("DELETE FROM scenario WHERE app = ?1 AND name = ?2", params![app.0, name])? > 0)
        })
    }
}
