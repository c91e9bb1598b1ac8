//! The managed applications.

use jiff::Timestamp;
use roster::KnownLicense;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::columns::Instant;
use crate::{Store, StoreError, transaction};

/// Identifies an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AppId(pub i64);

/// One managed application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Its identity.
    pub id: AppId,
    /// What scripts call it: unique, made from the name.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// Which connector reads it (`lucid`).
    pub connector: String,
    /// Where it is read from.
    pub base_url: String,
    /// Whether it is the built-in sample organisation.
    pub sample: bool,
    /// When it was connected.
    pub created_at: Timestamp,
}

/// An app about to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApp {
    /// What people call it.
    pub name: String,
    /// Which connector reads it.
    pub connector: String,
    /// Where it is read from.
    pub base_url: String,
    /// Whether it is the built-in sample organisation.
    pub sample: bool,
}

impl Store {
    /// Adds an app with the license types that its connector knows.
    pub fn add_app(&self, new: &NewApp, known: &[KnownLicense], at: Timestamp) -> Result<App, StoreError> {
        self.write(|writing| {
            let slug = free_slug(writing, &new.name)?;
            writing.execute(
                "INSERT INTO app (slug, name, connector, base_url, sample, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![slug, new.name, new.connector, new.base_url, new.sample, Instant(at)],
            )?;
            let id = writing.last_insert_rowid();
            let mut adding = writing.prepare_cached(
                "INSERT INTO license_type (app, key, name, billable, free, rank) VALUES (?1, ?2, ?3, ?4, 0, ?5)",
            )?;
            for license in known {
                adding.execute(params![id, license.key.as_str(), license.name, license.billable, license.rank])?;
            }
            one(writing, "app = ?1", id)?.ok_or(StoreError::NoSuchApp)
        })
    }

    /// Every app, in the order in which they were added.
    pub fn apps(&self) -> Result<Vec<App>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(&select("TRUE ORDER BY app"))?;
            let apps = asking.query_map((), read_app)?.collect::<Result<_, _>>()?;
            Ok(apps)
        })
    }

    /// The app with this slug.
    pub fn app(&self, slug: &str) -> Result<Option<App>, StoreError> {
        self.read(|reader| one(reader, "slug = ?1", slug))
    }

    /// Erases an app and everything known of it, from the write-ahead log too.
    pub fn remove_app(&self, app: AppId) -> Result<(), StoreError> {
        self.writable()?;
        let writer = transaction::lock(&self.writer);
        transaction::write_on(&writer, |writing| {
            for statement in ERASE {
                writing.execute(statement, [app.0])?;
            }
            match writing.execute("DELETE FROM app WHERE app = ?1", [app.0])? {
                0 => Err(StoreError::NoSuchApp),
                _ => Ok(()),
            }
        })?;
        self.forget(app)?;
        // When another process is reading, its end of reading lets the next checkpoint do this.
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?;
        Ok(())
    }
}

/// The numbers of all apps.
pub(crate) fn numbers(connection: &Connection) -> Result<Vec<AppId>, StoreError> {
    let mut asking = connection.prepare("SELECT app FROM app")?;
    let numbers = asking.query_map((), |row| row.get(0).map(AppId))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}

const ERASE: [&str; 28] = [
    "DELETE FROM held_member WHERE run IN (SELECT run FROM sync_run WHERE app = ?1)",
    "DELETE FROM held_roster WHERE run IN (SELECT run FROM sync_run WHERE app = ?1)",
    "DELETE FROM run_stage WHERE run IN (SELECT run FROM sync_run WHERE app = ?1)",
    "DELETE FROM license_mapping WHERE app = ?1",
    "DELETE FROM license_value WHERE app = ?1",
    "DELETE FROM connection WHERE app = ?1",
    "DELETE FROM assignment WHERE member IN (SELECT member FROM member WHERE app = ?1)",
    "DELETE FROM belonging WHERE member IN (SELECT member FROM member WHERE app = ?1)",
    "DELETE FROM activity WHERE member IN (SELECT member FROM member WHERE app = ?1)",
    "DELETE FROM activity_count WHERE app = ?1",
    "DELETE FROM activity_import_version WHERE app = ?1",
    "DELETE FROM counting_version WHERE app = ?1",
    "DELETE FROM change WHERE run IN (SELECT run FROM sync_run WHERE app = ?1)",
    "DELETE FROM finding_case WHERE run IN (SELECT run FROM sync_run WHERE app = ?1)",
    "DELETE FROM finding WHERE run IN (SELECT run FROM sync_run WHERE app = ?1)",
    "DELETE FROM sync_run WHERE app = ?1",
    "DELETE FROM member WHERE app = ?1",
    "DELETE FROM word WHERE app = ?1",
    "DELETE FROM seat_count WHERE app = ?1",
    "DELETE FROM scenario_version WHERE app = ?1",
    "DELETE FROM draft WHERE app = ?1",
    "DELETE FROM import_mapping WHERE app = ?1",
    "DELETE FROM invoice_version WHERE app = ?1",
    "DELETE FROM fee_version WHERE app = ?1",
    "DELETE FROM purchase_version WHERE app = ?1",
    "DELETE FROM license_type_version WHERE app = ?1",
    "DELETE FROM act WHERE app = ?1",
    "DELETE FROM license_type WHERE app = ?1",
];

fn select(condition: &str) -> String {
    format!("SELECT app, slug, name, connector, base_url, sample, created_at FROM app WHERE {condition}")
}

fn one(connection: &Connection, condition: &str, value: impl rusqlite::ToSql) -> Result<Option<App>, StoreError> {
    Ok(connection.prepare_cached(&select(condition))?.query_row([value], read_app).optional()?)
}

fn read_app(row: &Row<'_>) -> rusqlite::Result<App> {
    Ok(App {
        id: AppId(row.get(0)?),
        slug: row.get(1)?,
        name: row.get(2)?,
        connector: row.get(3)?,
        base_url: row.get(4)?,
        sample: row.get(5)?,
        created_at: row.get::<_, Instant>(6)?.0,
    })
}

/// The name as a slug, followed by a number where others have it already.
fn free_slug(connection: &Connection, name: &str) -> Result<String, StoreError> {
    let base = slug(name);
    let mut taken = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM app WHERE slug = ?1)")?;
    let mut candidate = base.clone();
    let mut number = 2;
    while taken.query_row([&candidate], |row| row.get(0))? {
        candidate = format!("{base}-{number}");
        number += 1;
    }
    Ok(candidate)
}

/// ASCII letters, digits and single hyphens, since it becomes part of file names and command lines.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    match slug.trim_end_matches('-') {
        "" => "app".to_owned(),
        slug => slug.chars().take(60).collect::<String>().trim_end_matches('-').to_owned(),
    }
}
