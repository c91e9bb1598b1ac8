//! The license types of an app: those its connector knows and those found on its roster.

use roster::{License, LicenseKey};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Row, params};

use crate::apps::AppId;
use crate::{Store, StoreError};

/// One kind of right with a price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseType {
    /// Its key within the app.
    pub key: LicenseKey,
    /// What people call it.
    pub name: String,
    /// Whether the contract charges for it.
    pub billable: bool,
    /// Whether it costs nothing, which is not the same as an unknown price.
    pub free: bool,
    /// Higher is more; `None` while the type is in no order.
    pub rank: Option<i64>,
}

impl Store {
    /// The license types of an app, highest rank first, those in no order last.
    pub fn license_types(&self, app: AppId) -> Result<Vec<LicenseType>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT key, name, billable, free, rank FROM license_type WHERE app = ?1 ORDER BY rank DESC NULLS LAST, key",
            )?;
            let types = asking.query_map([app.0], read_type)?.collect::<Result<_, _>>()?;
            Ok(types)
        })
    }

    /// Adds a license type or replaces the one with its key.
    pub fn upsert_license_type(&self, app: AppId, license: &LicenseType) -> Result<(), StoreError> {
        self.write(|writing| {
            let found: bool =
                writing.query_row("SELECT EXISTS (SELECT 1 FROM app WHERE app = ?1)", [app.0], |row| row.get(0))?;
            if !found {
                return Err(StoreError::NoSuchApp);
            }
            writing.execute(
                "INSERT INTO license_type (app, key, name, billable, free, rank) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (app, key) DO UPDATE SET
                     name = excluded.name, billable = excluded.billable, free = excluded.free, rank = excluded.rank",
                params![app.0, license.key.as_str(), license.name, license.billable, license.free, license.rank],
            )?;
            Ok(())
        })
    }
}

/// A license type with the number that the large tables hold.
pub(crate) struct NumberedLicense {
    pub(crate) number: i64,
    pub(crate) license: LicenseType,
}

/// The license types of an app with their numbers.
pub(crate) fn numbered(connection: &Connection, app: AppId) -> Result<Vec<NumberedLicense>, StoreError> {
    let mut asking = connection
        .prepare_cached("SELECT key, name, billable, free, rank, license FROM license_type WHERE app = ?1")?;
    let types =
        asking.query_map([app.0], |row| Ok(NumberedLicense { number: row.get(5)?, license: read_type(row)? }))?;
    Ok(types.collect::<Result<_, _>>()?)
}

/// The license with this number; 0, and a number that no type has, is unknown.
pub(crate) fn license_of(types: &[NumberedLicense], number: i64) -> License {
    types
        .iter()
        .find(|candidate| candidate.number == number)
        .map_or(License::Unknown, |found| License::Type(found.license.key.clone()))
}

fn read_type(row: &Row<'_>) -> rusqlite::Result<LicenseType> {
    let key: String = row.get(0)?;
    Ok(LicenseType {
        key: LicenseKey::new(&key).ok_or(FromSqlError::InvalidType)?,
        name: row.get(1)?,
        billable: row.get(2)?,
        free: row.get(3)?,
        rank: row.get(4)?,
    })
}
