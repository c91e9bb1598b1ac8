//! One walk over the list, from its first page on: which rows were covered, which ids were seen, whether they add up.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::{PageShape, PagerError};

/// Sizes at which servers like to cut a page when they ignore `count`.
const USUAL_CUTS: [u64; 9] = [10, 20, 25, 30, 50, 100, 200, 500, 1000];

/// How the walk goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    More,
    Done,
    /// `totalResults` changed.
    Moved {
        first: u64,
        then: u64,
    },
    /// Every row was read, but there are fewer different ids than rows: a second walk must say the same.
    Repetitive {
        total: u64,
    },
}

/// The ids are hashes already.
#[derive(Debug, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) pages: u64,
    pub(super) total: Option<u64>,
    pub(super) largest: u64,
    pub(super) past_end: bool,
    /// The sum of all ids: the same for the same set, whatever the order.
    pub(super) fingerprint: u64,
    seen: HashSet<u64, BuildHasherDefault<AsIs>>,
    /// The last row that a page reached, counted from 1.
    covered: u64,
    /// Rows that repeat a row of their own page: surely listed twice, not moved.
    doubled: u64,
    first_page: u64,
    /// Every page was as large as the first, or reached the end.
    even: bool,
    /// A page began with users of the page before: rows moved, or the server skips some.
    shifted: bool,
    sequences: HashSet<u64>,
}

impl Walk {
    pub(super) fn users(&self) -> u64 {
        self.seen.len() as u64
    }

    /// Where the next page starts: after the users we have, so that no row can be skipped.
    pub(super) fn start(&self) -> u64 {
        if self.past_end { self.covered.max(self.users()) + 1 } else { self.users() + 1 }
    }

    pub(super) fn step(
        &mut self,
        shape: &PageShape<'_>,
        count: u64,
        granted: Option<u64>,
    ) -> Result<(Vec<usize>, usize, Outcome), PagerError> {
        let start = self.start();
        let first = self.pages == 0;
        self.pages += 1;
        if shape.ids.is_empty() {
            return self.ended(shape.total_results, first).map(|outcome| (Vec::new(), 0, outcome));
        }
        if first {
            self.total = shape.total_results;
            self.even = true;
        } else if self.total != shape.total_results {
            let then = shape.total_results.unwrap_or_default();
            return Ok((Vec::new(), 0, Outcome::Moved { first: self.total.unwrap_or_default(), then }));
        }
        let overlap = self.covered.saturating_sub(start - 1);
        let (repeated, fresh) = self.take(shape.ids);
        let expected = repeated.iter().filter(|position| (**position as u64) < overlap).count();
        let leading = repeated.iter().enumerate().take_while(|(nth, position)| nth == *position).count() as u64;
        self.shifted |= leading > overlap;
        self.cover(start, shape.ids.len() as u64, first);
        let nothing_new = PagerError::NothingNew { page: self.pages, start_index: start, received: self.users() };
        let outcome = if fresh == 0 {
            self.repeated(shape, count).ok_or(nothing_new)?
        } else {
            self.check_start(shape.start_index, start)?;
            self.advanced(first, shape.ids.len() as u64, granted)?
        };
        if !self.sequences.insert(sequence(shape.ids)) && outcome == Outcome::More {
            return Err(nothing_new);
        }
        Ok((repeated, expected, outcome))
    }

    /// An empty page is the end; whether it is the right end depends on what came before.
    fn ended(&mut self, total: Option<u64>, first: bool) -> Result<Outcome, PagerError> {
        if first {
            self.total = total;
        }
        let Some(expected) = self.total else { return Ok(Outcome::Done) };
        match total {
            // Past the end some servers count nobody.
            None | Some(0) if self.past_end => Ok(Outcome::Done),
            Some(then) if then == expected && (self.past_end || self.complete(expected)) => Ok(Outcome::Done),
            Some(then) if then != expected => Ok(Outcome::Moved { first: expected, then }),
            _ if self.all_rows_read(expected) => Ok(Outcome::Repetitive { total: expected }),
            _ => Err(PagerError::EmptyPage { page: self.pages, received: self.users(), total: expected }),
        }
    }

    /// Notes the ids; returns the positions of those that were known, and how many were not.
    fn take(&mut self, ids: &[u64]) -> (Vec<usize>, usize) {
        let mut repeated = Vec::new();
        let before = self.seen.len();
        for (position, id) in ids.iter().enumerate() {
            if self.seen.insert(*id) {
                self.fingerprint = self.fingerprint.wrapping_add(*id);
            } else {
                repeated.push(position);
            }
        }
        if !repeated.is_empty() {
            let distinct: HashSet<_> = ids.iter().collect();
            let doubled = (ids.len() - distinct.len()) as u64;
            self.doubled += doubled;
        }
        (repeated, self.seen.len() - before)
    }

    fn cover(&mut self, start: u64, rows: u64, first: bool) {
        if first {
            self.first_page = rows;
        }
        let left = self.total.map_or(u64::MAX, |total| (total + 1).saturating_sub(start));
        self.even &= rows == self.first_page.min(left);
        self.covered = self.covered.max(start - 1 + rows);
        self.largest = self.largest.max(rows);
    }

    fn check_start(&self, echoed: Option<u64>, asked: u64) -> Result<(), PagerError> {
        match echoed {
            // Some servers count their first row as 0 in the echo alone.
            Some(echoed) if echoed != asked && (echoed, asked) != (0, 1) => {
                Err(PagerError::WrongStart { page: self.pages, asked, echoed })
            }
            _ => Ok(()),
        }
    }

    /// A page that brought users.
    fn advanced(&mut self, first: bool, rows: u64, granted: Option<u64>) -> Result<Outcome, PagerError> {
        let Some(total) = self.total else { return Ok(Outcome::More) };
        if self.users() > total {
            return Err(PagerError::MoreThanTotal { page: self.pages, received: self.users(), total });
        }
        if !self.complete(total) {
            return Ok(Outcome::More);
        }
        // A page as large as they come may hide more behind it: a `totalResults` that is the size of the page, or wrong.
        let full = granted.filter(|_| first).unwrap_or(self.largest);
        self.past_end = rows >= full;
        Ok(if self.past_end { Outcome::More } else { Outcome::Done })
    }

    /// A page that brought nobody new: the end of a list with repetitions, or a server that ignores `startIndex`.
    fn repeated(&self, shape: &PageShape<'_>, count: u64) -> Option<Outcome> {
        let rows = shape.ids.len() as u64;
        let total = self.total?;
        if self.past_end {
            // Page 2 of a longer walk has shown that `startIndex` is honoured.
            let cut = self.pages == 2 && (self.first_page >= count || USUAL_CUTS.contains(&self.first_page));
            return (rows <= self.doubled || !cut).then_some(Outcome::Done);
        }
        let known = self.sequences.contains(&sequence(shape.ids));
        (!known && self.all_rows_read(total)).then_some(Outcome::Repetitive { total })
    }

    /// As many different users as promised, or as many rows where the missing ones are known to be listed twice.
    fn complete(&self, total: u64) -> bool {
        self.users() == total || (self.all_rows_read(total) && self.users() + self.doubled == total)
    }

    fn all_rows_read(&self, total: u64) -> bool {
        self.even && !self.shifted && self.covered == total
    }
}

fn sequence(ids: &[u64]) -> u64 {
    ids.iter().fold(ids.len() as u64, |sequence, id| sequence.rotate_left(5).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ id)
}
