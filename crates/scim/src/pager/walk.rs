//! One walk over the list, from its first page on: which rows were covered, which ids were seen, whether they add up.

mod cursor;
mod ids;
mod rows;

use std::collections::HashSet;

use super::{PageShape, PagerError, SMALLEST_PAGE};
use ids::{Ids, sequence};
use rows::Rows;
pub(super) use rows::may_be_cut;

/// How the walk goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    More,
    /// Complete, and proved.
    Done,
    /// `totalResults` changed.
    Moved {
        first: u64,
        then: u64,
    },
    /// The page does not begin with the last user of the one before.
    Slipped,
    /// The server cannot begin a page where it is asked to.
    Unaligned,
    /// Complete, but rows moved or could not be seen to stand still: a second walk must say the same.
    Unproven,
    /// Every row was read, but there are fewer different ids than rows: whoever stands in two places may hide somebody
    /// who stands in none.
    Repetitive {
        total: u64,
    },
    /// The same, where no total was told.
    Untold {
        rows: u64,
    },
}

/// What a page brought.
pub(super) struct Step {
    pub(super) repeated: Vec<usize>,
    pub(super) expected: usize,
    pub(super) outcome: Outcome,
}

impl Step {
    fn nothing(outcome: Outcome) -> Self {
        Self { repeated: Vec::new(), expected: 0, outcome }
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
    /// Where the next page is, once the server gave a cursor.
    pub(super) cursor: Option<String>,
    cursors: HashSet<u64>,
    /// Pages without anybody new since somebody was, those without anybody at all apart.
    idle: u32,
    /// Pages in a row without anybody.
    empty: u64,
    seen: Ids,
    /// The last user that was new: the next page begins with it.
    last: Option<u64>,
    /// The next page begins behind the last one, because nobody but the last user was on this one.
    over: bool,
    /// Something happened that a second walk must confirm.
    odd: bool,
    rows: Rows,
    sequences: HashSet<u64>,
    /// The first page.
    opening: Vec<u64>,
}

/// A page and what is known of it before its ids are noted.
struct Page<'a> {
    ids: &'a [u64],
    rows: u64,
    start: u64,
    asked: u64,
    first: bool,
    /// It was asked to begin with the last user of the one before.
    joined: bool,
    /// Rows that it should share with the pages before.
    overlap: u64,
}

impl Walk {
    pub(super) fn users(&self) -> u64 {
        self.seen.len() as u64
    }

    pub(super) fn has(&self, id: u64) -> bool {
        self.seen.contains(id)
    }

    /// Whether pages came as asked so far, so that the next ones can be foretold.
    pub(super) fn is_regular(&self) -> bool {
        !self.odd && !self.over
    }

    /// Whether nobody stands at `start` by the server's own count, so that it may refuse to look there. A first page that
    /// may have been cut says nothing of what is behind it.
    pub(super) fn is_behind(&self, start: u64) -> bool {
        let counted = self.pages > 1 || !self.rows.may_be_cut();
        self.past_end && counted && self.total.is_some_and(|total| start > total)
    }

    /// Whether users came again where nobody was expected to, on a page that others must have proved to be another one.
    pub(super) fn has_moved(&self) -> bool {
        self.odd && self.pages > 2
    }

    /// Whether the next page is asked to begin with the last user of the one before. A server of single users cannot.
    fn is_joined(&self, aligned: bool) -> bool {
        !aligned && !self.over && self.largest > 1 && self.last.is_some()
    }

    /// Where the next page starts: never behind the users we have, so that no row can be skipped.
    pub(super) fn start(&self, aligned: bool) -> u64 {
        if self.is_joined(aligned) {
            self.users().max(1)
        } else if self.past_end || self.over {
            self.rows.covered.max(self.users()) + 1
        } else {
            self.users() + 1
        }
    }

    /// How many to ask for. Some servers cut a page twice when it is as long as its `startIndex` or longer.
    pub(super) fn count(&self, aligned: bool, count: u32) -> u32 {
        let before = u32::try_from(self.start(aligned) - 1).unwrap_or(u32::MAX);
        if self.is_joined(aligned) { count.min(before.max(SMALLEST_PAGE)) } else { count }
    }

    pub(super) fn step(&mut self, shape: &PageShape<'_>, aligned: bool, count: u32) -> Result<Step, PagerError> {
        let start = self.start(aligned);
        let page = Page {
            ids: shape.ids,
            rows: shape.ids.len() as u64,
            start,
            asked: u64::from(self.count(aligned, count)),
            first: self.pages == 0,
            joined: self.is_joined(aligned),
            overlap: self.rows.covered.saturating_sub(start - 1),
        };
        self.pages += 1;
        if page.ids.is_empty() {
            return self.ended(shape.total_results, &page).map(Step::nothing);
        }
        if page.first {
            self.total = shape.total_results;
            self.opening = page.ids.to_vec();
        }
        let place = page.joined.then(|| self.place_of_last(page.ids)).flatten();
        let (repeated, fresh) = self.take(page.ids);
        if let Some(moved) = self.moved(shape.total_results, &page, fresh)? {
            return Ok(Step::nothing(moved));
        }
        let expected = repeated.iter().filter(|position| (**position as u64) < page.overlap).count();
        let leading = repeated.iter().enumerate().take_while(|(nth, position)| nth == *position).count() as u64;
        self.rows.shifted |= leading > page.overlap;
        self.odd |= self.rows.shifted || repeated.len() > expected;
        self.rows.cover(&page, self.total);
        self.largest = self.largest.max(page.rows);
        let ends_with_last = page.ids.last() == self.last.as_ref();
        let outcome = if fresh == 0 {
            self.nobody_new(&page, ends_with_last)?
        } else if page.joined && place.is_none() {
            Outcome::Slipped
        } else {
            // Two pages without a common user may have moved against each other.
            self.odd |= !page.first && place != Some(0);
            let newest = (0..page.ids.len()).rev().find(|position| repeated.binary_search(position).is_err());
            self.last = newest.and_then(|position| page.ids.get(position)).copied();
            self.over = false;
            match self.check_start(shape.start_index, start) {
                // Where the page begins with the user whom it was asked to begin with, the echo alone is wrong.
                Err(_) if place == Some(0) => self.advanced(&page)?,
                Err(_) if page.joined => Outcome::Unaligned,
                checked => checked.and_then(|()| self.advanced(&page))?,
            }
        };
        if !self.sequences.insert(sequence(page.ids)) && outcome == Outcome::More && !self.over {
            return Err(self.nothing_new(&page));
        }
        Ok(Step { repeated, expected, outcome })
    }

    /// An empty page is the end; whether it is the right end depends on what came before.
    fn ended(&mut self, total: Option<u64>, page: &Page<'_>) -> Result<Outcome, PagerError> {
        if page.first {
            self.total = total;
        }
        let Some(expected) = self.total else { return Ok(self.finished_untold()) };
        match total {
            // Past the end some servers count nobody, or answer with an error; others tell the total only once.
            None if self.past_end || self.complete(expected) => Ok(self.finished()),
            Some(0) if self.past_end && !page.joined => Ok(self.finished()),
            Some(then) if then == expected && (self.past_end || self.complete(expected)) => Ok(self.finished()),
            Some(then) if then != expected => Ok(Outcome::Moved { first: expected, then }),
            _ if self.rows.all_read(expected) => Ok(Outcome::Repetitive { total: expected }),
            _ => Err(PagerError::EmptyPage { page: self.pages, received: self.users(), total: expected }),
        }
    }

    /// The end of a list whose total was never told: rows that repeat users may stand in the place of others.
    fn finished_untold(&self) -> Outcome {
        let rows = self.rows.covered;
        if rows > self.users() + self.rows.doubled() { Outcome::Untold { rows } } else { self.finished() }
    }

    fn finished(&self) -> Outcome {
        if self.odd { Outcome::Unproven } else { Outcome::Done }
    }

    /// Whether `totalResults` changed, and whether that can be a roster that moved.
    fn moved(&mut self, total: Option<u64>, page: &Page<'_>, fresh: usize) -> Result<Option<Outcome>, PagerError> {
        if self.total == total {
            return Ok(None);
        }
        // What a page does not tell has not changed.
        let Some(then) = total else { return Ok(None) };
        let Some(first) = self.total else {
            self.total = total.filter(|_| fresh > 0);
            return Ok(None);
        };
        if self.past_end && fresh == 0 && (then == 0 || then == page.rows) {
            // Past the end some servers count nobody, or those on the page.
            return Ok(None);
        }
        if self.past_end && fresh > 0 && self.users() > then {
            return Err(PagerError::MoreThanTotal { page: self.pages, received: self.users(), total: then });
        }
        Ok(Some(Outcome::Moved { first, then }))
    }

    /// Where the page has the last user of the one before; `None` when somebody new stands before it, or it is gone.
    fn place_of_last(&self, ids: &[u64]) -> Option<usize> {
        let known = ids.iter().take_while(|id| self.seen.contains(**id));
        known.enumerate().find(|(_, id)| Some(**id) == self.last).map(|(place, _)| place)
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
            self.rows.double(ids);
        }
        (repeated, self.seen.len() - before)
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
    fn advanced(&mut self, page: &Page<'_>) -> Result<Outcome, PagerError> {
        let Some(total) = self.total else { return Ok(Outcome::More) };
        if self.users() > total {
            return Err(PagerError::MoreThanTotal { page: self.pages, received: self.users(), total });
        }
        if !self.complete(total) {
            return Ok(Outcome::More);
        }
        // A page as large as they come may hide more behind it: a `totalResults` that is the size of the page, or wrong.
        // So the first page always may, whatever page size the server documents.
        self.past_end = page.rows >= self.largest.min(page.asked);
        Ok(if self.past_end { Outcome::More } else { self.finished() })
    }

    /// A page that brought nobody new: the end of the list, or of one with repetitions, or a server that ignores
    /// `startIndex`.
    fn nobody_new(&mut self, page: &Page<'_>, ends_with_last: bool) -> Result<Outcome, PagerError> {
        let as_expected = page.joined && ends_with_last && page.rows <= page.overlap.max(2);
        if self.past_end {
            return self.nobody_behind(page, as_expected);
        }
        let known = self.sequences.contains(&sequence(page.ids));
        // Behind a full page there may be more rows than users are counted.
        let is_short = page.rows < page.asked.min(self.largest);
        match self.total {
            Some(total) if !known && is_short && self.rows.all_read(total) => Ok(Outcome::Repetitive { total }),
            _ if as_expected => {
                self.over = true;
                Ok(Outcome::More)
            }
            _ if page.joined => Ok(Outcome::Unaligned),
            _ => Err(self.nothing_new(page)),
        }
    }

    /// The same where everybody has come who is counted.
    fn nobody_behind(&self, page: &Page<'_>, as_expected: bool) -> Result<Outcome, PagerError> {
        let (cut, begins) = (self.rows.may_be_cut(), self.begins_again(page));
        // All of them again where fewer were asked for: neither parameter means anything to the server.
        let unpaged = page.rows > page.asked || self.opening.len() == 1;
        match () {
            () if as_expected && !(begins && cut) => Ok(self.finished()),
            () if begins && page.joined && (cut || !unpaged) => Ok(Outcome::Unaligned),
            // Page 2 of a longer walk has shown that `startIndex` is honoured.
            () if self.pages > 2 => Ok(self.finished()),
            () if begins && (cut || !unpaged) => Err(self.nothing_new(page)),
            () if !cut || page.rows <= self.rows.doubled() => Ok(self.finished()),
            () => Err(self.nothing_new(page)),
        }
    }

    /// Whether a later page begins as the first one did: the server cannot begin where it was asked to, or never does.
    fn begins_again(&self, page: &Page<'_>) -> bool {
        let alike = page.ids.starts_with(&self.opening) || self.opening.starts_with(page.ids);
        page.start > 1 && alike && page.ids.len() >= self.opening.len().min(2)
    }

    fn nothing_new(&self, page: &Page<'_>) -> PagerError {
        PagerError::NothingNew { page: self.pages, start_index: page.start, received: self.users() }
    }

    /// As many different users as promised. As many rows are not enough: some servers count users and cut their list of
    /// rows at that number, so that whoever is listed twice pushes somebody out of it.
    fn complete(&self, total: u64) -> bool {
        self.users() == total
    }
}
