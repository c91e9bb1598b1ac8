//! The license types of an app: those its connector knows, those found on its roster and those that people entered. What a
//! person says of one is a version under an act, laid over what the others said.

use jiff::Timestamp;
use roster::{License, LicenseKey};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::acts::Acting;
use crate::apps::AppId;
use crate::columns::Instant;
use crate::{Store, StoreError, counting};

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

/// One version of what a person said of a license type, and the act that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseTypeVersion {
    /// The license type as this version says.
    pub license: LicenseType,
    /// When it was written.
    pub at: Timestamp,
    /// The act in words: "Edit license type Can-Edit: free".
    pub what: String,
    /// Whether it took back what was said: then what the roster or the connector said counts.
    pub deleted: bool,
}

/// The columns of a version that are copied when it is taken up again.
pub(crate) const COLUMNS: &str = "license, name, billable, free";

impl Store {
    /// The license types of an app, highest rank first, those in no order last.
    pub fn license_types(&self, app: AppId) -> Result<Vec<LicenseType>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT key, name, billable, free, rank FROM standing_type WHERE app = ?1 ORDER BY rank DESC NULLS LAST, key",
            )?;
            let types = asking.query_map([app.0], read_type)?.collect::<Result<_, _>>()?;
            Ok(types)
        })
    }

    /// Adds a license type that something at the vendor means, unless there is one of its key. No act: Undo leaves it.
    pub fn add_license_type(&self, app: AppId, license: &LicenseType) -> Result<(), StoreError> {
        self.write(|writing| {
            let found: bool =
                writing.query_row("SELECT EXISTS (SELECT 1 FROM app WHERE app = ?1)", [app.0], |row| row.get(0))?;
            if !found {
                return Err(StoreError::NoSuchApp);
            }
            writing.execute(
                "INSERT INTO license_type (app, key, name, billable, free, rank) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (app, key) DO UPDATE SET entered = 0",
                params![app.0, license.key.as_str(), license.name, license.billable, license.free, license.rank],
            )?;
            Ok(())
        })
    }

    /// Calls a license type as the vendor does. No act, and what a person called it stays.
    pub fn name_license_type(&self, app: AppId, key: &LicenseKey, name: &str) -> Result<(), StoreError> {
        self.write(|writing| {
            let naming = "UPDATE license_type SET name = ?3 WHERE app = ?1 AND key = ?2";
            writing.execute(naming, params![app.0, key.as_str(), name])?;
            Ok(())
        })
    }

    /// Everything that people ever said of a license type, the first version first.
    pub fn license_type_versions(&self, app: AppId, key: &LicenseKey) -> Result<Vec<LicenseTypeVersion>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT key, said.name, said.billable, said.free, rank, at, words, deleted
                 FROM license_type_version AS said JOIN act USING (act) JOIN license_type USING (license)
                 WHERE said.app = ?1 AND key = ?2 ORDER BY version",
            )?;
            let versions = asking.query_map(params![app.0, key.as_str()], |row| {
                Ok(LicenseTypeVersion {
                    license: read_type(row)?,
                    at: row.get::<_, Instant>("at")?.0,
                    what: row.get("words")?,
                    deleted: row.get("deleted")?,
                })
            })?;
            Ok(versions.collect::<Result<_, _>>()?)
        })
    }
}

/// A type that is known already stays as it is.
pub(crate) fn add(writing: &Connection, acting: &Acting, new: &LicenseType) -> Result<i64, StoreError> {
    let app = acting.own_app()?;
    let known = "SELECT license FROM standing_type WHERE app = ?1 AND key = ?2";
    let known = writing.prepare_cached(known)?.query_row(params![app.0, new.key.as_str()], |row| row.get(0));
    if let Some(known) = known.optional()? {
        return Ok(known);
    }
    writing
        .prepare_cached(
            "INSERT INTO license_type (app, key, name, billable, free, rank, entered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)
             ON CONFLICT (app, key) DO NOTHING",
        )?
        .execute(params![app.0, new.key.as_str(), new.name, new.billable, new.free, new.rank])?;
    say(writing, acting, app, new)
}

/// What a person says from now on, of all days.
pub(crate) fn change(writing: &Connection, acting: &Acting, changed: &LicenseType) -> Result<i64, StoreError> {
    say(writing, acting, acting.own_app()?, changed)
}

fn say(writing: &Connection, acting: &Acting, app: AppId, said: &LicenseType) -> Result<i64, StoreError> {
    let key = said.key.as_str();
    let number = writing
        .prepare_cached("SELECT license FROM license_type WHERE app = ?1 AND key = ?2")?
        .query_row(params![app.0, key], |row| row.get::<_, i64>(0))
        .optional()?
        .ok_or_else(|| StoreError::NoSuchLicenseType { key: key.to_owned() })?;
    writing
        .prepare_cached(&format!(
            "INSERT INTO license_type_version (act, app, deleted, {COLUMNS}) VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6)"
        ))?
        .execute(params![acting.act, app.0, number, said.name, said.billable, said.free])?;
    Ok(number)
}

/// What a mapping names stays, whoever brought it.
pub(crate) fn keep_mapped(writing: &Connection, app: AppId) -> Result<(), StoreError> {
    writing.execute(
        "UPDATE license_type SET entered = 0
         WHERE app = ?1 AND entered AND key IN (SELECT license FROM license_mapping WHERE app = ?1)",
        [app.0],
    )?;
    Ok(())
}

/// A license type with the number that the large tables hold.
pub(crate) struct NumberedLicense {
    pub(crate) number: i64,
    pub(crate) license: LicenseType,
    /// Whether the app's contract charges for deactivated members.
    pub(crate) deactivated_billable: bool,
}

impl NumberedLicense {
    /// Whether the contract charges for those who hold it and stand so: 0 active, 1 deactivated, anything else not listed.
    pub(crate) fn charges(&self, status: usize) -> bool {
        self.license.billable && (status == 0 || (status == 1 && self.deactivated_billable))
    }
}

/// The license types of an app with their numbers.
pub(crate) fn numbered(connection: &Connection, app: AppId) -> Result<Vec<NumberedLicense>, StoreError> {
    let deactivated_billable = counting::of(connection, app)?.deactivated_billable;
    let mut asking = connection
        .prepare_cached("SELECT key, name, billable, free, rank, license FROM standing_type WHERE app = ?1")?;
    let types = asking.query_map([app.0], |row| {
        Ok(NumberedLicense { number: row.get(5)?, license: read_type(row)?, deactivated_billable })
    })?;
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
