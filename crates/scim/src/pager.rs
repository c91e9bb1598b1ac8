//! Decides what to ask for next and whether the pages add up to a roster, from ids and totals alone (no IO).
//! It trusts `totalResults` only while it stays the same, and `itemsPerPage` never. Each page is asked to begin with
//! the last user of the one before: where it does not, rows moved, and equal totals would hide that.

mod error;
mod walk;

use std::hash::{BuildHasher, RandomState};

pub use error::PagerError;
use walk::{Outcome, Walk, may_be_cut};

/// A page at least this large teaches how much the server grants; a smaller one may be an accident.
const SMALLEST_LESSON: u64 = 20;
/// A page needs room for the user that repeats and for a new one.
const SMALLEST_PAGE: u32 = 2;
/// Asked for one after the other where more were refused; the first is what every server is expected to grant.
const MODEST: [u32; 4] = [100, 50, 20, 10];
/// So many times as many are asked for at most where a server documents larger pages.
const MORE: u32 = 2;
/// So often may pages fail to meet before it is taken for the server's habit.
const SLIPS: u32 = 2;

/// What a server can make us do at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PagerLimits {
    /// Pages of one walk.
    pub pages: u64,
    /// Users of one walk.
    pub users: u64,
    /// How often the walk may begin again because the roster moved, and how often to see the same users twice.
    pub rewalks: u32,
}

/// The next request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// `startIndex`, from 1. Not sent where there is a cursor.
    pub start_index: u64,
    /// `count`.
    pub count: u32,
    /// `cursor` (RFC 9865 §2); empty for the first page of a server that knows nothing else.
    pub cursor: Option<String>,
    /// The number of the page in this walk, from 1.
    pub page: u64,
    /// Begins behind the last user whom the server counts: an error status means the same as an empty page here.
    pub past_end: bool,
}

/// What came back, reduced to what paging depends on.
#[derive(Debug, Clone, Copy)]
pub struct PageShape<'a> {
    /// [`Pager::hash`] of each user's id, in the order sent.
    pub ids: &'a [u64],
    /// `totalResults`.
    pub total_results: Option<u64>,
    /// `startIndex` as the server echoes it.
    pub start_index: Option<u64>,
    /// `nextCursor`.
    pub next_cursor: Option<&'a str>,
}

/// Where the walk goes from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Ask for another page.
    More,
    /// The roster is complete.
    Done,
    /// The roster may have changed while it was read: forget every page, this one included, and begin again.
    Restart,
}

/// What a page brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageVerdict {
    /// Positions in the page of users that were on the roster before; ascending.
    pub repeated: Vec<usize>,
    /// The first so many of `repeated` lie where this page was expected to overlap the last one.
    pub expected: usize,
    /// Where the walk goes from here.
    pub next: Next,
}

/// How the first page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    ByIndex,
    ByCursor,
    /// By index, because a page that came by cursor led nowhere although others have to follow, or may.
    CursorDoubted,
    /// By cursor all the same, because the index was refused.
    CursorBelieved,
}

/// One reading of a list, page by page.
#[derive(Debug)]
pub struct Pager {
    limits: PagerLimits,
    count: u32,
    hasher: RandomState,
    walk: Walk,
    rewalks: u32,
    slips: u32,
    /// Pages follow each other without a common user: the server cannot begin a page anywhere.
    aligned: bool,
    opening: Opening,
    /// Who was on the roster before.
    known: Vec<u64>,
    refusals: u32,
    confirmations: u32,
    /// What the last complete walk found that was not proof in itself.
    before: Option<(u64, u64)>,
    done: bool,
}

impl Pager {
    /// Begins a walk that asks for `count` users at a time.
    pub fn new(count: u32, limits: PagerLimits) -> Self {
        Self {
            limits,
            count: count.max(SMALLEST_PAGE),
            hasher: RandomState::new(),
            walk: Walk::default(),
            rewalks: 0,
            slips: 0,
            aligned: false,
            opening: Opening::ByIndex,
            known: Vec::new(),
            refusals: 0,
            confirmations: 0,
            before: None,
            done: false,
        }
    }

    /// Tells how many users the server documents to grant at most: fewer are asked for, or somewhat more. Nothing that
    /// is found out about the list depends on it.
    pub fn granted(&mut self, most: u32) {
        if most > 0 {
            self.count = self.count.saturating_mul(MORE).min(most).max(SMALLEST_PAGE);
        }
    }

    /// Tells who was on the roster before, by [`Self::hash`]. Where cursors are followed, only a second walk shows that nobody
    /// slipped through between two pages; it is spared where everybody is there who was before.
    pub fn roster_was(&mut self, ids: Vec<u64>) {
        self.known = ids;
    }

    fn is_anybody_missed(&self) -> bool {
        self.known.is_empty() || !self.known.iter().all(|id| self.walk.has(*id))
    }

    /// Asks for fewer from now on, because so many were refused; `false` when there are no fewer to ask for.
    pub fn ask_less(&mut self) -> bool {
        let less = MODEST.into_iter().find(|fewer| *fewer < self.count);
        self.count = less.unwrap_or(self.count);
        self.walk.largest = self.walk.largest.min(self.count.into());
        less.is_some()
    }

    /// Asks by cursor from the first page on; `false` when that is so already, or too late.
    pub fn ask_by_cursor(&mut self) -> bool {
        self.opening = match self.opening {
            Opening::ByIndex if self.walk.pages == 0 => Opening::ByCursor,
            Opening::CursorDoubted if self.walk.pages == 0 => Opening::CursorBelieved,
            _ => return false,
        };
        true
    }

    fn is_by_cursor(&self) -> bool {
        matches!(self.opening, Opening::ByCursor | Opening::CursorBelieved)
    }

    /// Whether the first page shows that it has to be asked for in another way, which is done from now on.
    fn asks_otherwise(&mut self, shape: &PageShape<'_>) -> bool {
        if self.ignores_cursors(shape) {
            self.opening = Opening::CursorDoubted;
            return true;
        }
        // Some servers give nobody where they are asked for more than they grant.
        let is_nobody = self.walk.pages == 0 && shape.ids.is_empty() && shape.next_cursor.is_none();
        is_nobody && shape.total_results.is_some_and(|total| total > 0) && self.ask_less()
    }

    /// Whether a server that was asked by cursor gave a page as if it knew none, and others follow, or may: that it pages
    /// by cursor was only said.
    fn ignores_cursors(&self, shape: &PageShape<'_>) -> bool {
        let rows = shape.ids.len() as u64;
        let goes_on = shape.total_results.is_some_and(|total| total > rows) || may_be_cut(rows, self.count.into());
        self.opening == Opening::ByCursor && self.walk.pages == 0 && shape.next_cursor.is_none() && goes_on
    }

    /// Begins again because the server refused a cursor that it had given (RFC 9865 §2.1); `false` when it did so before.
    pub fn cursor_refused(&mut self) -> bool {
        let again = self.walk.is_by_cursor() && self.refusals == 0;
        if again {
            self.refusals += 1;
            self.walk = Walk::default();
        }
        again
    }

    /// The hash of an id, with a key of this pager: nobody outside can choose ids that collide.
    pub fn hash(&self, id: &str) -> u64 {
        self.hasher.hash_one(id)
    }

    /// What to ask for; `None` when the roster is complete.
    pub fn next(&self) -> Option<PageRequest> {
        let first = || (self.is_by_cursor() && self.walk.pages == 0).then(String::new);
        let start_index = self.walk.start(self.aligned);
        (!self.done).then(|| PageRequest {
            start_index,
            count: self.walk.count(self.aligned, self.count),
            cursor: self.walk.cursor.clone().or_else(first),
            page: self.walk.pages + 1,
            past_end: self.walk.is_behind(start_index),
        })
    }

    /// The requests that will follow [`Self::next`] if the server goes on as it began; none before two pages proved
    /// that `startIndex` is honoured.
    pub fn upcoming(&self, most: usize) -> Vec<PageRequest> {
        let (Some(request), Some(total)) = (self.next(), self.walk.total) else { return Vec::new() };
        if self.walk.pages < 2 || !self.walk.is_regular() || self.walk.past_end || request.cursor.is_some() {
            return Vec::new();
        }
        let stride = self.stride();
        let last = if self.aligned { total } else { total.saturating_sub(1) };
        (1..=most as u64)
            .map(|ahead| PageRequest {
                start_index: request.start_index + ahead * stride,
                page: request.page + ahead,
                ..request.clone()
            })
            .take_while(|ahead| ahead.start_index <= last && ahead.page <= self.limits.pages)
            .collect()
    }

    /// Different users so far in this walk.
    pub fn users(&self) -> u64 {
        self.walk.users()
    }

    /// How many pages this walk will have, judged by the largest page so far.
    pub fn pages(&self) -> Option<u64> {
        let left = self.walk.total?.saturating_sub(self.walk.users());
        (self.walk.largest > 0).then(|| self.walk.pages + left.div_ceil(self.stride()))
    }

    /// New users on a full page.
    fn stride(&self) -> u64 {
        let shared = u64::from(!self.aligned && self.walk.largest > 1 && !self.walk.is_by_cursor());
        self.walk.largest.saturating_sub(shared).max(1)
    }

    /// Takes the page that [`Self::next`] asked for.
    pub fn accept(&mut self, shape: &PageShape<'_>) -> Result<PageVerdict, PagerError> {
        if self.walk.pages >= self.limits.pages {
            return Err(PagerError::TooManyPages { limit: self.limits.pages });
        }
        if self.asks_otherwise(shape) {
            return Ok(PageVerdict { repeated: Vec::new(), expected: 0, next: self.begin_again() });
        }
        let step = if self.is_by_cursor() || self.walk.is_by_cursor() || shape.next_cursor.is_some() {
            self.walk.step_by_cursor(shape, |cursor| self.hasher.hash_one(cursor))
        } else {
            self.walk.step(shape, self.aligned, self.count)
        };
        let step = match step {
            Ok(step) => step,
            // Rows had moved before users turned out to be missing: another walk may find them.
            Err(error) if self.walk.has_moved() && error.is_missing_users() => {
                return self.again(error).map(|next| PageVerdict { repeated: Vec::new(), expected: 0, next });
            }
            Err(error) => return Err(error),
        };
        if self.walk.users() > self.limits.users {
            return Err(PagerError::TooManyUsers { limit: self.limits.users });
        }
        if self.walk.pages == 1
            && !self.walk.past_end
            && !self.walk.is_by_cursor()
            && (SMALLEST_LESSON..u64::from(self.count)).contains(&self.walk.largest)
        {
            self.count = u32::try_from(self.walk.largest).unwrap_or(self.count);
        }
        let next = match step.outcome {
            Outcome::More => Next::More,
            Outcome::Done if self.walk.may_have_slipped() && self.is_anybody_missed() => self.confirm()?,
            Outcome::Done => Next::Done,
            Outcome::Moved { first, then } => self.again(PagerError::RosterMoved { first, then })?,
            Outcome::Slipped => {
                self.slips += 1;
                self.aligned |= self.slips >= SLIPS;
                self.begin_again()
            }
            Outcome::Unaligned => {
                self.aligned = true;
                self.begin_again()
            }
            Outcome::Unproven => self.confirm()?,
            Outcome::Repetitive { total } => {
                self.again(PagerError::Uncertain { received: self.walk.users(), total })?
            }
            Outcome::Untold { rows } => self.again(PagerError::Untold { received: self.walk.users(), rows })?,
        };
        self.done = next == Next::Done;
        Ok(PageVerdict { repeated: step.repeated, expected: step.expected, next })
    }

    /// A walk that proves nothing by itself counts when the next one finds the same users.
    fn confirm(&mut self) -> Result<Next, PagerError> {
        let found = (self.walk.users(), self.walk.fingerprint);
        if self.before.replace(found) == Some(found) {
            return Ok(Next::Done);
        }
        if self.confirmations >= self.limits.rewalks {
            return Err(PagerError::NeverTheSame);
        }
        self.confirmations += 1;
        Ok(self.begin_again())
    }

    fn again(&mut self, error: PagerError) -> Result<Next, PagerError> {
        if self.rewalks >= self.limits.rewalks {
            return Err(error);
        }
        self.rewalks += 1;
        Ok(self.begin_again())
    }

    fn begin_again(&mut self) -> Next {
        self.walk = Walk::default();
        Next::Restart
    }
}
