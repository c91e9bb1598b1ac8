//! How an app is read: where its license types come from, limits, schedule. What the texts mean is known to the caller.
//! Absent on purpose: tokens and keys, which are the vault's.

use jiff::Timestamp;
use roster::LicenseKey;
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::apps::AppId;
use crate::columns::Instant;
use crate::{Store, StoreError, license_types};

/// How one app is read; the default is how an app is read that nobody set anything for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConnectionSettings {
    /// The path of the attribute that tells the license type.
    pub license_from: Option<String>,
    /// Requests a minute, 0 for as many as there are; `None` for the usual rate.
    pub requests_per_minute: Option<u32>,
    /// Pages asked for at once; `None` for the usual number.
    pub pages_in_flight: Option<u32>,
    /// A PEM file with a certificate authority.
    pub authority: Option<String>,
    /// From which drop on a roster is held; `None` for the usual one.
    pub drop_percent: Option<u32>,
    /// Hours between two readings; `None` for never.
    pub sync_every_hours: Option<u32>,
    /// When the vendor's groups were last looked at.
    pub groups_read: Option<Timestamp>,
    /// The address of the vendor's REST interface; `None` while there is no key for it.
    pub rest_base_url: Option<String>,
    /// What values of the attribute mean, the strongest first.
    pub values: Vec<MappedLicense>,
    /// What groups mean, the strongest first.
    pub groups: Vec<MappedLicense>,
    /// What subscriptions mean, the strongest first.
    pub subscriptions: Vec<MappedLicense>,
}

/// What something seen at the vendor means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MappedLicense {
    /// What identifies it at the vendor.
    pub seen: String,
    /// Its name.
    pub name: String,
    /// The license type; `None` says nothing about licenses.
    pub license: Option<LicenseKey>,
    /// Members as last counted.
    pub members: Option<u64>,
    /// What was seen inside it; nothing but a group has anything inside.
    pub nesting: Nesting,
}

/// Groups inside a group, as it was last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Nesting {
    /// Groups directly inside it.
    pub subgroups: u64,
    /// More of them, which the vendor does not list.
    pub unread: u64,
    /// Whether it is inside itself.
    pub in_cycle: bool,
}

impl ConnectionSettings {
    fn mappings(&self) -> [(&'static str, &Vec<MappedLicense>); 3] {
        [("value", &self.values), ("group", &self.groups), ("subscription", &self.subscriptions)]
    }
}

impl Store {
    /// How the app is read.
    pub fn connection(&self, app: AppId) -> Result<ConnectionSettings, StoreError> {
        self.read(|reader| read(reader, app))
    }

    /// Changes how the app is read. What others changed in the meantime is seen by `change` and kept.
    pub fn change_connection(
        &self,
        app: AppId,
        change: impl FnOnce(&mut ConnectionSettings),
    ) -> Result<ConnectionSettings, StoreError> {
        self.write(|writing| {
            let known: bool =
                writing.query_row("SELECT EXISTS (SELECT 1 FROM app WHERE app = ?1)", [app.0], |row| row.get(0))?;
            if !known {
                return Err(StoreError::NoSuchApp);
            }
            let mut settings = read(writing, app)?;
            change(&mut settings);
            write(writing, app, &settings)?;
            Ok(settings)
        })
    }
}

fn read(reader: &Connection, app: AppId) -> Result<ConnectionSettings, StoreError> {
    let mut asking = reader.prepare_cached(
        "SELECT license_from, requests_per_minute, pages_in_flight, authority, drop_percent, sync_every_hours, groups_read,
                rest_base_url FROM connection WHERE app = ?1",
    )?;
    let settings = asking.query_row([app.0], read_settings).optional()?.unwrap_or_default();
    let mapping = |source| mapping(reader, app, source);
    Ok(ConnectionSettings {
        values: mapping("value")?,
        groups: mapping("group")?,
        subscriptions: mapping("subscription")?,
        ..settings
    })
}

fn read_settings(row: &Row<'_>) -> rusqlite::Result<ConnectionSettings> {
    Ok(ConnectionSettings {
        license_from: row.get(0)?,
        requests_per_minute: row.get(1)?,
        pages_in_flight: row.get(2)?,
        authority: row.get(3)?,
        drop_percent: row.get(4)?,
        sync_every_hours: row.get(5)?,
        groups_read: row.get::<_, Option<Instant>>(6)?.map(|at| at.0),
        rest_base_url: row.get(7)?,
        ..ConnectionSettings::default()
    })
}

fn mapping(reader: &Connection, app: AppId, source: &str) -> Result<Vec<MappedLicense>, StoreError> {
    let mut asking = reader.prepare_cached(
        "SELECT seen, name, license, members, subgroups, unread, in_cycle FROM license_mapping WHERE app = ?1 AND source = ?2 ORDER BY position",
    )?;
    let rows = asking.query_map(params![app.0, source], |row| {
        let key: Option<String> = row.get(2)?;
        let license = key.map(|key| LicenseKey::new(&key).ok_or(FromSqlError::InvalidType)).transpose()?;
        let nesting = Nesting { subgroups: row.get(4)?, unread: row.get(5)?, in_cycle: row.get(6)? };
        Ok(MappedLicense { seen: row.get(0)?, name: row.get(1)?, license, members: row.get(3)?, nesting })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn write(writing: &Connection, app: AppId, settings: &ConnectionSettings) -> Result<(), StoreError> {
    writing.execute("DELETE FROM license_mapping WHERE app = ?1", [app.0])?;
    writing.execute(
        "INSERT OR REPLACE INTO connection (app, license_from, requests_per_minute, pages_in_flight, authority, drop_percent,
             sync_every_hours, groups_read, rest_base_url) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            app.0,
            settings.license_from,
            settings.requests_per_minute,
            settings.pages_in_flight,
            settings.authority,
            settings.drop_percent,
            settings.sync_every_hours,
            settings.groups_read.map(Instant),
            settings.rest_base_url,
        ],
    )?;
    // Of two rows for one thing the first counts.
    let mut adding = writing.prepare_cached(
        "INSERT OR IGNORE INTO license_mapping (app, source, seen, name, license, position, members, subgroups, unread, in_cycle)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (source, rows) in settings.mappings() {
        for (position, row) in rows.iter().enumerate() {
            let license = row.license.as_ref().map(LicenseKey::as_str);
            let Nesting { subgroups, unread, in_cycle } = row.nesting;
            adding.execute(params![
                app.0,
                source,
                row.seen,
                row.name,
                license,
                position,
                row.members,
                subgroups,
                unread,
                in_cycle
            ])?;
        }
    }
    license_types::keep_mapped(writing, app)
}
