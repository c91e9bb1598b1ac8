//! A roster on its way in: a private file of its own, so that memory stays bounded and nothing becomes current before the
//! roster is complete. Not durable on purpose: it is erased when dropped, and after a crash when the store is next opened.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use roster::{License, Member};
use rusqlite::{Connection, OpenFlags, params};

use crate::columns::Instant;
use crate::row_hash::{WordKind, folded_unless_ascii, groups_text, products_text, row_hash, search_text};
use crate::{Store, StoreError, folder, transaction};

const SCHEMA: &str = include_str!("staging.sql");
const PREFIX: &str = "staging-";

/// What became of the members that were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// Members not seen before in this staging.
    pub new: u64,
    /// Members whose id was there already; the first one counts.
    pub duplicates: u64,
}

/// A roster that is being read.
#[derive(Debug)]
pub struct Staging {
    pub(crate) path: PathBuf,
    connection: Mutex<Connection>,
    words: HashMap<[u8; 16], i64>,
    members: u64,
    // Held while the file is in use, so that other processes do not sweep it away; dropped last.
    lock: PathBuf,
    _held: File,
}

impl Store {
    /// Opens an empty staging.
    pub fn staging(&self) -> Result<Staging, StoreError> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| std::io::Error::other(error.to_string()))?;
        let name = format!("{PREFIX}{:016x}", u64::from_le_bytes(random));
        let lock = self.dir.join(format!("{name}.lock"));
        let held =
            folder::private_file().create_new(true).open(&lock).map_err(|error| folder::refused(&lock, error))?;
        held.lock()?;
        let path = self.dir.join(format!("{name}.db"));
        folder::claim_file(&path)?;
        Ok(Staging {
            connection: Mutex::new(connect(&path)?),
            path,
            words: HashMap::new(),
            members: 0,
            lock,
            _held: held,
        })
    }
}

impl Staging {
    /// Adds members. Of two with one id, the first counts. After an error the staging is of no further use.
    pub fn add(&mut self, members: &[Member]) -> Result<Added, StoreError> {
        let connection = transaction::lock(&self.connection);
        if connection.is_autocommit() {
            connection.execute_batch("BEGIN")?;
        }
        let mut added = Added::default();
        let mut adding = connection.prepare_cached(ADD)?;
        for member in members {
            match add_one(&connection, &mut adding, &mut self.words, member)? {
                0 => added.duplicates += 1,
                _ => added.new += 1,
            }
        }
        self.members += added.new;
        Ok(added)
    }

    /// Ends the one transaction in which everything was added, so that another connection can read it.
    pub(crate) fn seal(&self) -> Result<(), StoreError> {
        let connection = transaction::lock(&self.connection);
        if !connection.is_autocommit() {
            connection.execute_batch("COMMIT")?;
        }
        Ok(())
    }

    /// Forgets everything that was added.
    pub fn clear(&mut self) -> Result<(), StoreError> {
        self.seal()?;
        transaction::lock(&self.connection).execute_batch("BEGIN; DELETE FROM person; DELETE FROM word; COMMIT")?;
        self.words.clear();
        self.members = 0;
        Ok(())
    }

    /// How many members there are.
    pub fn members(&self) -> u64 {
        self.members
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is swept when the store is next opened.
        let _ = std::fs::remove_file(&self.path);
        let _ = std::fs::remove_file(&self.lock);
    }
}

/// Removes the stagings of processes that died: their lock can be had.
pub(crate) fn sweep(dir: &Path) -> Result<(), StoreError> {
    for path in folder::files_named(dir, PREFIX, ".lock")? {
        let abandoned = File::open(&path).is_ok_and(|lock| lock.try_lock().is_ok());
        if abandoned {
            let _ = std::fs::remove_file(path.with_extension("db"));
            let _ = std::fs::remove_file(&path);
        }
    }
    Ok(())
}

const ADD: &str =
    "INSERT OR IGNORE INTO person (id, hash, active, license, department, cost_center, groups, products, created,
     last_modified, user_name, email, given_name, middle_name, family_name, display_name, given_folded, middle_folded,
     family_folded, display_folded, search)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)";

#[expect(clippy::disallowed_methods, reason = "a staging is a file of its own, erased with it")]
fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(SCHEMA)?;
    Ok(connection)
}

fn add_one(
    writing: &Connection,
    adding: &mut rusqlite::Statement<'_>,
    words: &mut HashMap<[u8; 16], i64>,
    member: &Member,
) -> Result<usize, StoreError> {
    let (groups, products) = (groups_text(member), products_text(member));
    let hash = row_hash(member, groups.as_deref(), products.as_deref());
    let license = match &member.license {
        License::Type(key) => Some(key.as_str()),
        License::Unknown => None,
    };
    let mut word = |kind: Option<WordKind>, text: Option<&str>| match text {
        None => Ok(0),
        Some(text) => intern(writing, words, kind.map_or(0, WordKind::number), text),
    };
    Ok(adding.execute(params![
        member.id,
        hash,
        member.active,
        word(None, license)?,
        word(Some(WordKind::Department), member.department.as_deref())?,
        word(Some(WordKind::CostCenter), member.cost_center.as_deref())?,
        word(Some(WordKind::Groups), groups.as_deref())?,
        word(Some(WordKind::Products), products.as_deref())?,
        member.created.map(Instant),
        member.last_modified.map(Instant),
        member.user_name,
        member.email,
        member.given_name,
        member.middle_name,
        member.family_name,
        member.display_name,
        folded_unless_ascii(member.given_name.as_deref()),
        folded_unless_ascii(member.middle_name.as_deref()),
        folded_unless_ascii(member.family_name.as_deref()),
        folded_unless_ascii(member.display_name.as_deref()),
        search_text(member),
    ])?)
}

/// The number of a shared text. Only its hash is kept in memory, as sets of groups can be many.
fn intern(writing: &Connection, words: &mut HashMap<[u8; 16], i64>, kind: i64, text: &str) -> Result<i64, StoreError> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&kind.to_le_bytes()).update(text.as_bytes());
    let mut hash = [0; 16];
    hasher.finalize_xof().fill(&mut hash);
    if let Some(known) = words.get(&hash) {
        return Ok(*known);
    }
    let folded = crate::roster_filter::fold(text);
    writing
        .prepare_cached("INSERT INTO word (kind, text, folded) VALUES (?1, ?2, ?3)")?
        .execute(params![kind, text, folded])?;
    let number = writing.last_insert_rowid();
    words.insert(hash, number);
    Ok(number)
}
