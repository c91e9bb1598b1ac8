//! Rendered lines put in the order of their keys in bounded memory: when many have come, those held so far are sorted and
//! wait in a file; at the end the files are merged. Equal keys stay in the order in which they came.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::file::temporary;

/// Bytes of keys and lines that are held at once.
const HELD: usize = 16 << 20;
/// Bytes read ahead of each file when they are merged.
const AHEAD: usize = 128 << 10;

/// Takes lines and gives them back in order.
pub(super) struct Sorting<'a> {
    /// Files wait beside this one.
    target: &'a Path,
    held: Held,
    waiting: Vec<Waiting>,
    limit: usize,
}

impl<'a> Sorting<'a> {
    pub(super) fn new(target: &'a Path) -> Self {
        Self { target, held: Held::default(), waiting: Vec::new(), limit: HELD }
    }

    /// Takes a line, rendered at the end of what is held already.
    pub(super) fn add(&mut self, key: &[u8], render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        if self.held.bytes.len() >= self.limit {
            self.set_aside()?;
        }
        self.held.add(key, render)
    }

    /// Hands all lines over in order.
    pub(super) fn finish(mut self, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        if self.waiting.is_empty() {
            return self.held.sorted().try_for_each(|line| each(line.text));
        }
        self.set_aside()?;
        // What was held is not needed any more.
        drop(self.held);
        let mut heads = BinaryHeap::new();
        for (number, waiting) in self.waiting.iter().enumerate() {
            heads.extend(Head::first(number, waiting)?.map(Reverse));
        }
        while let Some(mut first) = heads.peek_mut() {
            each(&first.0.line)?;
            if !first.0.next()? {
                PeekMut::pop(first);
            }
        }
        Ok(())
    }

    /// Sorts what is held into a file of its own.
    fn set_aside(&mut self) -> io::Result<()> {
        let (file, path) = temporary(self.target, &format!("sorted-{}", self.waiting.len()))?;
        self.waiting.push(Waiting(path));
        let mut out = BufWriter::with_capacity(AHEAD, file);
        for line in self.held.sorted() {
            out.write_all(&length(line.key.len())?.to_le_bytes())?;
            out.write_all(&length(line.text.len())?.to_le_bytes())?;
            out.write_all(line.key)?;
            out.write_all(line.text)?;
        }
        out.flush()?;
        self.held.clear();
        Ok(())
    }
}

fn length(length: usize) -> io::Result<u32> {
    u32::try_from(length).map_err(|_| io::Error::other("one of the rows is longer than 4 GB"))
}

/// Lines in memory, each after its key.
#[derive(Default)]
struct Held {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

/// Where a line is. The first bytes of its key are here, so that most are told apart without a look at the key.
struct Place {
    prefix: [u64; 2],
    start: usize,
    key: u32,
    line: u32,
}

struct Line<'a> {
    key: &'a [u8],
    text: &'a [u8],
}

impl Held {
    fn add(&mut self, key: &[u8], render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(key);
        let line = self.bytes.len();
        render(&mut self.bytes)?;
        let (key_length, line) = (length(key.len())?, length(self.bytes.len() - line)?);
        self.places.push(Place { prefix: prefix(key), start, key: key_length, line });
        Ok(())
    }

    /// Puts them in order.
    fn sorted(&mut self) -> impl Iterator<Item = Line<'_>> {
        let bytes = &self.bytes;
        let line = |place: &Place| {
            let key = place.start..place.start + place.key as usize;
            let text = key.end..key.end + place.line as usize;
            Line { key: bytes.get(key).unwrap_or_default(), text: bytes.get(text).unwrap_or_default() }
        };
        self.places.sort_unstable_by(|one, other| {
            let keys = || line(one).key.cmp(line(other).key).then(one.start.cmp(&other.start));
            one.prefix.cmp(&other.prefix).then_with(keys)
        });
        self.places.iter().map(line)
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.places.clear();
    }
}

/// The first sixteen bytes, so that they compare as the key does.
fn prefix(key: &[u8]) -> [u64; 2] {
    let mut first = [0; 16];
    for (slot, byte) in first.iter_mut().zip(key) {
        *slot = *byte;
    }
    let [high, low] = [0, 8].map(|at| first.get(at..at + 8).and_then(|part| part.try_into().ok()).unwrap_or_default());
    [u64::from_be_bytes(high), u64::from_be_bytes(low)]
}

/// A file of sorted lines; it goes with this.
struct Waiting(PathBuf);

impl Drop for Waiting {
    fn drop(&mut self) {
        // Nothing more can be done about a file that cannot be removed.
        let _ = fs::remove_file(&self.0);
    }
}

/// The first line of a file that was not handed over yet.
struct Head {
    /// Files of earlier lines come first among equals.
    number: usize,
    rest: BufReader<File>,
    key: Vec<u8>,
    line: Vec<u8>,
}

impl Head {
    fn first(number: usize, waiting: &Waiting) -> io::Result<Option<Self>> {
        let rest = BufReader::with_capacity(AHEAD, File::open(&waiting.0)?);
        let mut head = Self { number, rest, key: Vec::new(), line: Vec::new() };
        Ok(head.next()?.then_some(head))
    }

    /// Goes on to the next line, if there is one.
    fn next(&mut self) -> io::Result<bool> {
        if self.rest.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let mut lengths = [[0; 4]; 2];
        self.rest.read_exact(lengths.as_flattened_mut())?;
        for (bytes, length) in [&mut self.key, &mut self.line].into_iter().zip(lengths) {
            bytes.resize(u32::from_le_bytes(length) as usize, 0);
            self.rest.read_exact(bytes)?;
        }
        Ok(true)
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key).then(self.number.cmp(&other.number))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_in_order_whether_they_fit_in_memory_or_wait_in_files() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target.csv");
        // Few different keys, some longer than a prefix, so that equals and common beginnings are many.
        let keys = ["", "a", "a\0", "common beginning, one", "common beginning, two", "z"];
        let lines: Vec<(&str, String)> =
            (0..500_usize).map(|number| (keys[number * 7 % keys.len()], format!("line {number}\n"))).collect();
        let mut expected = lines.clone();
        expected.sort_by_key(|(key, _)| *key);
        for limit in [HELD, 1_000, 1] {
            let mut sorting = Sorting { limit, ..Sorting::new(&target) };
            for (key, line) in &lines {
                let render = |out: &mut Vec<u8>| io::Write::write_all(out, line.as_bytes());
                sorting.add(key.as_bytes(), render).unwrap();
            }
            let mut found = Vec::new();
            sorting.finish(|line| io::Write::write_all(&mut found, line)).unwrap();
            let expected: String = expected.iter().map(|(_, line)| line.as_str()).collect();
            assert_eq!(String::from_utf8(found).unwrap(), expected, "{limit} bytes at once");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no file stays");
        }
    }
}
