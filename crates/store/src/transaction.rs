//! The only two ways to the database: a consistent snapshot to read, an immediate transaction to write.
//! Deferred transactions that turn into writers are absent: they fail at once when another process writes.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Store, StoreError};

/// How long SQLite itself waits for another writer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
/// How often that wait is repeated, since waiting writers are not served in turn.
const ATTEMPTS: u32 = 6;

impl Store {
    /// Reads from one snapshot.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let reader = lock(&self.reader);
        let snapshot = Transaction::new_unchecked(&reader, TransactionBehavior::Deferred)?;
        work(&snapshot)
    }

    /// Writes all or nothing.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.writable()?;
        write_on(&lock(&self.writer), work)
    }
}

/// Writes all or nothing on this connection.
pub(crate) fn write_on<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let writing = begin(connection)?;
    let done = work(&writing)?;
    writing.commit()?;
    Ok(done)
}

/// A panic elsewhere leaves no half-done transaction behind, so the connection stays usable.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Moves whenever another connection commits.
pub(crate) fn version(connection: &Connection) -> Result<u64, StoreError> {
    Ok(connection.prepare_cached("PRAGMA data_version")?.query_row((), |row| row.get(0))?)
}

fn begin(connection: &Connection) -> Result<Transaction<'_>, StoreError> {
    let mut attempt = 1;
    loop {
        match Transaction::new_unchecked(connection, TransactionBehavior::Immediate).map_err(StoreError::from) {
            Err(StoreError::Busy) if attempt < ATTEMPTS => attempt += 1,
            begun => return begun,
        }
    }
}
