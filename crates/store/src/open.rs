//! Opens the database: who made it, is it ours, are we new enough, do all safety settings hold (docs/SECURITY.md).
//! Nothing is written to a file that is refused.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, TryLockError};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::roster_list::KeptImage;
use crate::{StoreError, apps, folder, recall, row_seed, staging, transaction};

/// Marks a database as ours: "Seat".
const APPLICATION_ID: i64 = 0x5365_6174;
const MIGRATIONS: [&str; 14] = [
    include_str!("migrations/001-start.sql"),
    include_str!("migrations/002-lean.sql"),
    include_str!("migrations/003-connections.sql"),
    include_str!("migrations/004-ledger.sql"),
    include_str!("migrations/005-scenarios.sql"),
    include_str!("migrations/006-found-by-scan.sql"),
    include_str!("migrations/007-rates.sql"),
    include_str!("migrations/008-departments.sql"),
    include_str!("migrations/009-held-and-seen.sql"),
    include_str!("migrations/010-types-in-the-log.sql"),
    include_str!("migrations/011-paperwork-and-fees.sql"),
    include_str!("migrations/012-import-mappings.sql"),
    include_str!("migrations/013-last-activity.sql"),
    include_str!("migrations/014-row-seed.sql"),
];
/// Older ones can lose commits when two connections write and checkpoint at once.
const OLDEST_ENGINE: i32 = 3_051_003;

/// The database, with one connection that writes and one that reads. A third writes drafts and listens: SQLite does not
/// tell a connection of its own commits, so that drafts are not heard. Other processes may have it open too.
/// Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    opened: Arc<Opened>,
    /// Whether everything that would write is refused.
    only_reads: bool,
}

/// What the clones of a store share.
#[derive(Debug)]
pub struct Opened {
    pub(crate) dir: PathBuf,
    pub(crate) writer: Mutex<Connection>,
    pub(crate) reader: Mutex<Connection>,
    pub(crate) drafts: Mutex<Connection>,
    pub(crate) image: Mutex<KeptImage>,
}

impl Deref for Store {
    type Target = Opened;

    fn deref(&self) -> &Opened {
        &self.opened
    }
}

impl Store {
    /// The same store for whoever only reads it: everything that would write is refused.
    #[must_use]
    pub fn for_reading(&self) -> Self {
        Self { opened: Arc::clone(&self.opened), only_reads: true }
    }

    /// Refuses whoever may only read. Everything that writes asks first.
    pub fn writable(&self) -> Result<(), StoreError> {
        if self.only_reads { Err(StoreError::ForReading) } else { Ok(()) }
    }

    /// Opens the database in the folder, making both if need be.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        if rusqlite::version_number() < OLDEST_ENGINE {
            return Err(StoreError::OldEngine { found: rusqlite::version().to_owned() });
        }
        folder::prepare(dir)?;
        let path = dir.join(folder::DATABASE);
        gate_head(&path, &folder::head(&path)?)?;
        let opening = folder::lock_opening(dir)?;
        staging::sweep(dir)?;
        folder::claim_file(&path)?;
        let unclean = std::fs::metadata(dir.join("seatledger.db-wal")).is_ok_and(|wal| wal.len() > 0);
        let mut writer = connect(&path)?;
        let marked = gate(&writer, &path)? == APPLICATION_ID;
        settle(&writer)?;
        // Room for what a sync of 100,000 members writes: a page that has to leave before the end and changes again makes
        // SQLite write the log of all that followed once more.
        writer.pragma_update(None, "cache_size", -20_000)?;
        if unclean {
            quick_check(&writer)?;
        }
        if !marked {
            // Even the same mark would be a commit, and wait for the disk.
            writer.pragma_update(None, "application_id", APPLICATION_ID)?;
        }
        writer.set_transaction_behavior(TransactionBehavior::Immediate);
        migrations().to_latest(&mut writer)?;
        recall::sweep(dir, &apps::numbers(&writer)?)?;
        let reader = connect(&path)?;
        settle(&reader)?;
        reader.pragma_update(None, "query_only", true)?;
        let drafts = connect(&path)?;
        settle(&drafts)?;
        drop(opening);
        let opened = Opened {
            dir: dir.to_owned(),
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
            drafts: Mutex::new(drafts),
            image: Mutex::default(),
        };
        Ok(Self { opened: Arc::new(opened), only_reads: false })
    }

    /// A number that differs from an earlier answer when anyone, here or in another process, has committed since: anything
    /// but a draft of this process. Busy while a draft waits for another writer.
    pub fn data_version(&self) -> Result<u64, StoreError> {
        match self.drafts.try_lock() {
            Ok(listening) => transaction::version(&listening),
            Err(TryLockError::Poisoned(listening)) => transaction::version(&listening.into_inner()),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy),
        }
    }
}

/// One of them has rows hashed anew, which SQL cannot.
fn migrations() -> Migrations<'static> {
    const HASHED_ANEW: usize = 14;
    let step = |(script, number)| {
        if number == HASHED_ANEW { M::up_with_hook(script, row_seed::hash_anew) } else { M::up(script) }
    };
    Migrations::new(MIGRATIONS.into_iter().zip(1..).map(step).collect())
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that opens the database")]
fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags)?)
}

/// Judges the file by its first bytes alone, before SQLite can touch it or its write-ahead log.
fn gate_head(path: &Path, head: &[u8]) -> Result<(), StoreError> {
    if head.is_empty() {
        return Ok(());
    }
    let field = |at: usize| head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
    match (field(60), field(68)) {
        (Some(version), Some(id)) if head.starts_with(b"SQLite format 3\0") => {
            judge(path, i64::from(id), i64::from(version), true)
        }
        _ => Err(StoreError::NotOurs { path: path.to_owned() }),
    }
}

/// Judges again with the write-ahead log applied; whose mark it bears. A refused database is left as it is: its log is not folded in.
fn gate(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let empty = connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", (), |row| row.get(0))?;
    let mark = number("application_id")?;
    judge(path, mark, number("user_version")?, empty)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(mark)
}

fn judge(path: &Path, id: i64, found: i64, may_be_new: bool) -> Result<(), StoreError> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    match id {
        APPLICATION_ID if found > known => Err(StoreError::Newer { found, known }),
        APPLICATION_ID => Ok(()),
        0 if found == 0 && may_be_new => Ok(()),
        _ => Err(StoreError::NotOurs { path: path.to_owned() }),
    }
}

/// Sets what every connection needs, and asks back whether it took effect.
fn settle(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(transaction::PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    let settings: [(&str, &str, &str); 9] = [
        ("trusted_schema", "OFF", "0"),
        ("cell_size_check", "ON", "1"),
        ("mmap_size", "0", "0"),
        ("foreign_keys", "ON", "1"),
        ("journal_mode", "WAL", "wal"),
        ("synchronous", "FULL", "2"),
        ("secure_delete", "ON", "1"),
        ("fullfsync", "ON", "1"),
        ("checkpoint_fullfsync", "ON", "1"),
    ];
    for (pragma, value, expected) in settings {
        connection.pragma_update(None, pragma, value)?;
        let held = connection
            .query_row(&format!("SELECT * FROM pragma_{pragma}"), (), |row| row.get::<_, rusqlite::types::Value>(0));
        let held = match held {
            Ok(rusqlite::types::Value::Integer(number)) => number.to_string(),
            Ok(rusqlite::types::Value::Text(text)) => text,
            _ => String::new(),
        };
        if held != expected && !(pragma == "mmap_size" && held.is_empty()) {
            return Err(StoreError::Pragma { pragma });
        }
    }
    connection.pragma_update(None, "cache_size", -16_000)?;
    connection.pragma_update(None, "journal_size_limit", 16_000_000)?;
    Ok(())
}

/// Only after an unclean end, as it reads every page.
fn quick_check(connection: &Connection) -> Result<(), StoreError> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", (), |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Corrupt { detail: found }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_are_well_formed() {
        migrations().validate().unwrap();
    }

    #[test]
    fn a_store_that_may_not_grow_says_that_the_disk_is_full_and_goes_on_when_it_may() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let limit = |pages: i64| {
            transaction::lock(&store.writer).pragma_update(None, "max_page_count", pages).unwrap();
        };
        limit(1);
        let refused = store.set_setting("long", &"x".repeat(100_000)).unwrap_err();
        assert!(matches!(refused, StoreError::DiskFull), "{refused:?}");
        assert_eq!(store.setting("long").unwrap(), None);
        limit(1_000_000);
        store.set_setting("long", "x").unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }
}
