//! A roster on its way in: its rows in a private file, and in memory what it takes to know a row again, so that memory
//! stays small and nothing becomes current before the roster is complete. Not durable on purpose: it is erased when
//! dropped, and after a crash when the store is next opened.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use roster::{Mark, Member, MemberRef, Packed, packed};

use crate::recall::write_entry;
use crate::staged::{Row, Rows, row_hash};
use crate::{Store, StoreError, folder, row_seed};

const PREFIX: &str = "staging-";
/// What the files of a staging end in; the last is an older version's.
const ENDINGS: [&str; 3] = ["rows", "marks", "db"];
const READ_AHEAD: u64 = 64 * 1024;
/// Bytes of the hash before each row.
pub(crate) const HASH: usize = 16;

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
    path: PathBuf,
    file: File,
    /// How the users' bytes are known again, for a later reading.
    marks: File,
    /// Bytes written.
    end: u64,
    rows: Rows,
    /// Of the hashes of rows.
    seed: u64,
    /// What is to be kept of pages, by name.
    pages: Vec<String>,
    // Held while the file is in use, so that other processes do not sweep it away; dropped last.
    lock: PathBuf,
    _held: File,
}

impl Store {
    /// Opens an empty staging.
    pub fn staging(&self) -> Result<Staging, StoreError> {
        self.writable()?;
        let seed = self.read(|reader| Ok(row_seed::of(reader)?))?;
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| std::io::Error::other(error.to_string()))?;
        let name = format!("{PREFIX}{:016x}", u64::from_le_bytes(random));
        let lock = self.dir.join(format!("{name}.lock"));
        let path = self.dir.join(format!("{name}.{}", ENDINGS[0]));
        let create = |path: &Path| {
            let file = folder::private_file().create_new(true).open(path);
            file.map_err(|error| folder::refused(path, error))
        };
        let held = create(&lock)?;
        held.lock()?;
        let file = create(&path)?;
        let marks = create(&path.with_extension(ENDINGS[1]))?;
        Ok(Staging { path, file, marks, end: 0, rows: Rows::default(), seed, pages: Vec::new(), lock, _held: held })
    }
}

impl Staging {
    /// Adds members. Of two with one id, the first counts. After an error the staging is of no further use.
    pub fn add(&mut self, members: &[Member]) -> Result<Added, StoreError> {
        self.add_packed(&Packed::of(members), &[])
    }

    /// Adds a page of members, as [`Staging::add`] does. A member without a mark has to be read again next time.
    pub fn add_packed(&mut self, page: &Packed, marks: &[Mark]) -> Result<Added, StoreError> {
        let mut added = Added::default();
        let mut unwritten = Vec::with_capacity(page.bytes().len() + page.len() * HASH);
        let mut entries = Vec::new();
        for (position, row) in page.rows().enumerate() {
            let id = packed::id(row).ok_or_else(unreadable)?;
            let (half, hash) = row_hash(row, self.seed);
            let found = Row { key: self.rows.key(id), hash: half, start: self.end + unwritten.len() as u64 };
            if self.rows.may_have(found.key) {
                self.write(&unwritten)?;
                unwritten.clear();
                if self.has(found.key, id)? {
                    added.duplicates += 1;
                    continue;
                }
            }
            self.rows.push(found);
            added.new += 1;
            write_entry(&mut entries, marks.get(position).copied().unwrap_or_default(), found.start, row);
            unwritten.extend_from_slice(&hash);
            unwritten.extend_from_slice(row);
        }
        self.write(&unwritten)?;
        self.marks.write_all(&entries).map_err(|error| folder::refused(&self.path, error))?;
        Ok(added)
    }

    /// Keeps something about a page for a later reading.
    pub fn add_page(&mut self, name: &str, seen: &str) {
        self.pages.extend([name.to_owned(), seen.to_owned()]);
    }

    /// Forgets everything that was added.
    pub fn clear(&mut self) -> Result<(), StoreError> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.marks.set_len(0)?;
        self.marks.seek(SeekFrom::Start(0))?;
        self.end = 0;
        self.rows = Rows::default();
        self.pages.clear();
        Ok(())
    }

    /// Leaves the files behind under these names, with something after the last mark; the staging can still be read.
    pub(crate) fn leave(&self, rows: &Path, marks: &Path, end: &[u8]) -> Result<(), StoreError> {
        (&self.marks).write_all(end)?;
        let places = [(self.path.clone(), rows), (self.path.with_extension(ENDINGS[1]), marks)];
        for (from, to) in places {
            std::fs::rename(&from, to).map_err(|error| folder::refused(to, error))?;
        }
        Ok(())
    }

    /// What is to be kept of pages: names and texts by turns.
    pub(crate) fn pages(&self) -> &[String] {
        &self.pages
    }

    /// How many members there are.
    pub fn members(&self) -> u64 {
        self.rows.len() as u64
    }

    /// What is known of the rows.
    pub(crate) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Reads rows; best in the order of their numbers.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader { staging: self, window: Vec::new(), start: 0 }
    }

    fn length(&self, number: usize) -> Result<usize, StoreError> {
        let end = if number + 1 < self.rows.len() { self.rows.start(number + 1) } else { self.end };
        usize::try_from(end - self.rows.start(number)).map_err(|_| unreadable())
    }

    /// Whether a row of the same member is there. A hash of its id alone does not prove it.
    fn has(&mut self, key: u32, id: &str) -> Result<bool, StoreError> {
        let mut reader = self.reader();
        let mut same = false;
        for number in self.rows.with_key(key) {
            same = same || packed::id(reader.row(number)?.1) == Some(id);
        }
        self.file.seek(SeekFrom::Start(self.end))?;
        Ok(same)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.file.write_all(bytes).map_err(|error| folder::refused(&self.path, error))?;
        self.end += bytes.len() as u64;
        Ok(())
    }
}

/// Reads rows of a staging.
pub(crate) struct Reader<'a> {
    staging: &'a Staging,
    /// A piece of the file, and where it begins.
    window: Vec<u8>,
    start: u64,
}

impl Reader<'_> {
    /// A row's hash and its bytes.
    pub(crate) fn row(&mut self, number: usize) -> Result<(&[u8; HASH], &[u8]), StoreError> {
        let (start, length) = (self.staging.rows.start(number), self.staging.length(number)?);
        let held = start >= self.start && start + length as u64 <= self.start + self.window.len() as u64;
        if !held {
            let mut file = &self.staging.file;
            file.seek(SeekFrom::Start(start))?;
            self.window.clear();
            file.take(READ_AHEAD.max(length as u64)).read_to_end(&mut self.window)?;
            self.start = start;
        }
        let at = usize::try_from(start - self.start).unwrap_or(usize::MAX);
        let record = self.window.get(at..at.saturating_add(length));
        record.and_then(<[u8]>::split_first_chunk).ok_or_else(unreadable)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is swept when the store is next opened.
        let _ = std::fs::remove_file(&self.path);
        let _ = std::fs::remove_file(self.path.with_extension(ENDINGS[1]));
        let _ = std::fs::remove_file(&self.lock);
    }
}

/// Removes the stagings of processes that died: their lock can be had.
pub(crate) fn sweep(dir: &Path) -> Result<(), StoreError> {
    for path in folder::files_named(dir, PREFIX, ".lock")? {
        let abandoned = File::open(&path).is_ok_and(|lock| lock.try_lock().is_ok());
        if abandoned {
            for ending in ENDINGS {
                let _ = std::fs::remove_file(path.with_extension(ending));
            }
            let _ = std::fs::remove_file(&path);
        }
    }
    Ok(())
}

/// Reads a row that this process wrote.
pub(crate) fn decoded(row: &[u8]) -> Result<MemberRef<'_>, StoreError> {
    packed::read(row).ok_or_else(unreadable)
}

fn unreadable() -> StoreError {
    StoreError::Io(std::io::Error::new(std::io::ErrorKind::InvalidData, "a staged row does not read as it was written"))
}
