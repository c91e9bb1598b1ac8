//! The last reading of an app, kept beside the database so that the next one need not read the same users again: the
//! rows of its staging, of fixed length how each user's bytes are known again, and what a server called its pages. It is never the truth about
//! anything: whoever deletes it loses time alone, and a piece that was damaged counts as absent.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use roster::{Mark, Packed, text_set};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::apps::AppId;
use crate::staging::{HASH, Staging};
use crate::{Store, StoreError, folder, transaction};

const PREFIX: &str = "recall-";
const ROWS: &str = "rows";
const MARKS: &str = "marks";
const PAGES: &str = "pages";
/// Hash, length, note, row's place, row's length and check.
const ENTRY: usize = 16 + 4 + 1 + 8 + 4 + 8;

/// More than this is never asked for at once; a place that says so is damaged.
const MOST_BYTES: u64 = 64 << 20;

/// A row in the file of rows.
struct Place {
    start: u64,
    length: u32,
    check: u64,
}

/// The last reading of an app; nothing at all is a usual case.
#[derive(Debug)]
pub struct Recall {
    /// What the marks are made with; it stands after the last of them.
    seed: u64,
    files: Option<Mutex<(File, File)>>,
    pages: HashMap<String, String>,
}

impl Store {
    /// What the last reading in this manner left behind.
    pub fn recall(&self, app: AppId, manner: &str) -> Result<Recall, StoreError> {
        let open = |ending| File::open(self.dir.join(name(app, manner, ending))).ok();
        if let (Some(mut marks), Some(rows)) = (open(MARKS), open(ROWS))
            && let Some(seed) = seed(&mut marks)
        {
            let pages = open(PAGES).and_then(|mut file| pages(&mut file)).unwrap_or_default();
            return Ok(Recall { seed, files: Some(Mutex::new((marks, rows))), pages });
        }
        let mut seed = [0; 8];
        getrandom::fill(&mut seed).map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(Recall { seed: u64::from_le_bytes(seed), files: None, pages: HashMap::new() })
    }

    /// Keeps a reading, whose marks were made with this seed, in the place of the app's last one.
    pub fn remember(&self, app: AppId, manner: &str, staging: &Staging, seed: u64) -> Result<(), StoreError> {
        self.forget(app)?;
        let [marks, rows] = [MARKS, ROWS].map(|ending| self.dir.join(name(app, manner, ending)));
        staging.leave(&rows, &marks, &seed.to_le_bytes())?;
        if !staging.pages().is_empty() {
            let path = self.dir.join(name(app, manner, PAGES));
            let file = folder::private_file().create_new(true).open(&path);
            let written = file.and_then(|mut file| file.write_all(text_set::join(staging.pages()).as_bytes()));
            written.map_err(|error| folder::refused(&path, error))?;
        }
        Ok(())
    }

    /// Forgets the app's last reading.
    pub fn forget(&self, app: AppId) -> Result<(), StoreError> {
        self.writable()?;
        remove(&self.dir, &format!("{PREFIX}{}-", app.0))
    }
}

impl Recall {
    /// What marks are made with.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What was kept of a page under this name.
    pub fn page(&self, name: &str) -> Option<&str> {
        self.pages.get(name).map(String::as_str)
    }

    /// Up to `most` users from `place` on, in the order in which they came: how their bytes are known again, and what
    /// was made of them. Whoever cannot be known again is among them with an empty mark.
    pub fn users(&self, place: u64, most: usize) -> Result<(Vec<Mark>, Packed), StoreError> {
        let Some(files) = &self.files else { return Ok((Vec::new(), Packed::default())) };
        let (marks, rows) = &mut *transaction::lock(files);
        let entries = read(marks, place.saturating_mul(ENTRY as u64), most.saturating_mul(ENTRY))?;
        let (mut found, mut members) = (Vec::with_capacity(most), Packed::with_capacity(most));
        let places: Vec<(Mark, Place)> = entries.chunks_exact(ENTRY).filter_map(entry).collect();
        let start = places.first().map_or(0, |(_, place)| place.start);
        let end = places.last().map_or(0, |(_, place)| place.start.saturating_add(u64::from(place.length)));
        let length = end.checked_sub(start).and_then(|length| usize::try_from(length).ok());
        let bytes = read(rows, start, length.unwrap_or_default())?;
        for (mark, place) in places {
            let row = place.start.checked_sub(start).and_then(|at| usize::try_from(at).ok());
            let row = row.and_then(|at| bytes.get(at..)?.get(..place.length as usize));
            let row = row.filter(|row| check(mark, row) == place.check);
            found.push(if row.is_some() { mark } else { Mark::default() });
            members.push_row(row.unwrap_or_default());
        }
        Ok((found, members))
    }
}

/// What is written of a member whose row lies here.
pub(crate) fn write_entry(into: &mut Vec<u8>, mark: Mark, start: u64, row: &[u8]) {
    // A row of four gigabytes does not exist: answers are limited to far less.
    let length = u32::try_from(row.len()).unwrap_or_default();
    into.extend_from_slice(&mark.hash.to_le_bytes());
    into.extend_from_slice(&mark.length.to_le_bytes());
    into.push(mark.note);
    into.extend_from_slice(&start.saturating_add(HASH as u64).to_le_bytes());
    into.extend_from_slice(&length.to_le_bytes());
    into.extend_from_slice(&check(mark, row).to_le_bytes());
}

/// Binds a row to its mark, so that damage to either shows.
fn check(mark: Mark, row: &[u8]) -> u64 {
    let [low, high] =
        [mark.hash, mark.hash >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or_default());
    xxh3_64_with_seed(row, low ^ high.rotate_left(1) ^ u64::from(mark.length).rotate_left(16) ^ u64::from(mark.note))
}

fn entry(bytes: &[u8]) -> Option<(Mark, Place)> {
    let (hash, rest) = bytes.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (note, rest) = rest.split_first()?;
    let (start, rest) = rest.split_first_chunk()?;
    let (row_length, rest) = rest.split_first_chunk()?;
    let check = rest.first_chunk()?;
    let mark = Mark { hash: u128::from_le_bytes(*hash), length: u32::from_le_bytes(*length), note: *note };
    let (start, check) = (u64::from_le_bytes(*start), u64::from_le_bytes(*check));
    Some((mark, Place { start, length: u32::from_le_bytes(*row_length), check }))
}

fn pages(file: &mut File) -> Option<HashMap<String, String>> {
    let mut text = String::new();
    file.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    let mut texts = text_set::split(&text)?.into_iter();
    let pairs = std::iter::from_fn(|| Some((texts.next()?, texts.next()?)));
    Some(pairs.collect())
}

fn seed(marks: &mut File) -> Option<u64> {
    let length = marks.metadata().ok()?.len();
    let at = length.checked_sub(8).filter(|end| end % ENTRY as u64 == 0)?;
    Some(u64::from_le_bytes(*read(marks, at, 8).ok()?.first_chunk()?))
}

/// As many of the bytes as there are.
fn read(file: &mut File, start: u64, length: usize) -> Result<Vec<u8>, StoreError> {
    let there = file.metadata()?.len().saturating_sub(start).min(MOST_BYTES);
    let length = usize::try_from(there).unwrap_or_default().min(length);
    let mut bytes = Vec::with_capacity(length);
    if length == 0 {
        return Ok(bytes);
    }
    file.seek(SeekFrom::Start(start))?;
    file.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn name(app: AppId, manner: &str, ending: &str) -> PathBuf {
    let manner = blake3::hash(manner.as_bytes()).to_hex();
    PathBuf::from(format!("{PREFIX}{}-{}.{ending}", app.0, manner.get(..16).unwrap_or_default()))
}

/// Removes what is remembered of apps that are gone.
pub(crate) fn sweep(dir: &Path, apps: &[AppId]) -> Result<(), StoreError> {
    for path in folder::files_named(dir, PREFIX, "")? {
        let app = path.file_name().and_then(|name| name.to_str()?.strip_prefix(PREFIX)?.split_once('-'));
        let known = app.is_some_and(|(number, _)| apps.iter().any(|app| app.0.to_string() == number));
        if !known {
            let _ = std::fs::remove_file(path);
        }
    }
    Ok(())
}

fn remove(dir: &Path, start: &str) -> Result<(), StoreError> {
    for path in folder::files_named(dir, start, "")? {
        std::fs::remove_file(&path).map_err(|error| folder::refused(&path, error))?;
    }
    Ok(())
}
