//! Values of the attribute that tells the license type, as they were seen: what of them is new, nobody could say otherwise.
//! What they mean is the mapping's matter, kept with the connection.

use rusqlite::params;

use crate::apps::AppId;
use crate::{Store, StoreError};

impl Store {
    /// The values that were seen at a path, in the order of their text.
    pub fn license_values(&self, app: AppId, path: &str) -> Result<Vec<String>, StoreError> {
        self.read(|reader| {
            let mut asking =
                reader.prepare_cached("SELECT value FROM license_value WHERE app = ?1 AND path = ?2 ORDER BY value")?;
            let values = asking.query_map(params![app.0, path], |row| row.get(0))?;
            Ok(values.collect::<Result<_, _>>()?)
        })
    }

    /// Adds values that were seen at a path.
    pub fn keep_license_values(&self, app: AppId, path: &str, values: &[String]) -> Result<(), StoreError> {
        self.write(|writing| {
            let mut adding =
                writing.prepare_cached("INSERT OR IGNORE INTO license_value (app, path, value) VALUES (?1, ?2, ?3)")?;
            for value in values {
                adding.execute(params![app.0, path, value])?;
            }
            Ok(())
        })
    }
}
