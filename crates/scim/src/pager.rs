//! Decides what to ask for next and whether the pages add up to a roster, from ids and totals alone (no IO).
//! It trusts `totalResults` only while it stays the same, and `itemsPerPage` never.

mod walk;

use std::hash::{BuildHasher, RandomState};

use walk::{Outcome, Walk};

/// A page at least this large teaches how much the server grants; a smaller one may be an accident.
const SMALLEST_LESSON: u64 = 20;

/// What a server can make us do at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PagerLimits {
    /// Pages of one walk.
    pub pages: u64,
    /// Users of one walk.
    pub users: u64,
    /// How often the walk may begin again.
    pub rewalks: u32,
}

/// The next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// `startIndex`, from 1.
    pub start_index: u64,
    /// `count`.
    pub count: u32,
    /// The number of the page in this walk, from 1.
    pub page: u64,
    /// Asked only to see that nobody is left: an error status means the same as an empty page here.
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
}

/// Where the walk goes from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Ask for another page.
    More,
    /// The roster is complete.
    Done,
    /// The roster changed while it was read: forget every page, this one included, and begin again.
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

/// Why the pages are no roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PagerError {
    /// The list ended too early.
    #[error("Page {page} of the roster came back empty after {received} of {total} users.")]
    EmptyPage {
        /// Which page.
        page: u64,
        /// Users so far.
        received: u64,
        /// `totalResults`.
        total: u64,
    },
    /// The server repeats itself.
    #[error(
        "Page {page} of the roster (from user {start_index}) held only users of earlier pages, after {received} users."
    )]
    NothingNew {
        /// Which page.
        page: u64,
        /// What it was asked to start at.
        start_index: u64,
        /// Users so far.
        received: u64,
    },
    /// The server gave another part than asked.
    #[error("Page {page} of the roster was asked from user {asked} but came from user {echoed}.")]
    WrongStart {
        /// Which page.
        page: u64,
        /// The `startIndex` asked for.
        asked: u64,
        /// The `startIndex` of the answer.
        echoed: u64,
    },
    /// More users than the server says it has.
    #[error("The server says it has {total} users but lists more: {received} by page {page}.")]
    MoreThanTotal {
        /// Which page.
        page: u64,
        /// Users so far.
        received: u64,
        /// `totalResults`.
        total: u64,
    },
    /// It never held still.
    #[error("The number of users kept changing while the roster was read ({first}, then {then}).")]
    RosterMoved {
        /// `totalResults` at first.
        first: u64,
        /// `totalResults` later.
        then: u64,
    },
    /// Some users were listed more than once, and others perhaps never.
    #[error("The server says it has {total} users but lists {received} different ones, some of them twice.")]
    Uncertain {
        /// Different users.
        received: u64,
        /// `totalResults`.
        total: u64,
    },
    /// Too many pages.
    #[error("The roster has more than {limit} pages.")]
    TooManyPages {
        /// What is allowed.
        limit: u64,
    },
    /// Too many users.
    #[error("The roster has more than {limit} users.")]
    TooManyUsers {
        /// What is allowed.
        limit: u64,
    },
}

/// One reading of a list, page by page.
#[derive(Debug)]
pub struct Pager {
    limits: PagerLimits,
    count: u32,
    granted: Option<u64>,
    hasher: RandomState,
    walk: Walk,
    rewalks: u32,
    /// What the walk before this one found, when it had unexplained repetitions.
    before: Option<(u64, u64)>,
    done: bool,
}

impl Pager {
    /// Begins a walk that asks for `count` users at a time.
    pub fn new(count: u32, limits: PagerLimits) -> Self {
        Self {
            limits,
            count: count.max(1),
            granted: None,
            hasher: RandomState::new(),
            walk: Walk::default(),
            rewalks: 0,
            before: None,
            done: false,
        }
    }

    /// Tells how many users the server documents to grant at most (`filter.maxResults`).
    pub fn granted(&mut self, most: u32) {
        if most > 0 {
            self.granted = Some(u64::from(most));
            self.count = self.count.min(most);
        }
    }

    /// Asks for fewer from now on; `false` when no fewer were possible.
    pub fn ask_less(&mut self, count: u32) -> bool {
        let less = count > 0 && count < self.count;
        if less {
            self.count = count;
        }
        less
    }

    /// The hash of an id, with a key of this pager: nobody outside can choose ids that collide.
    pub fn hash(&self, id: &str) -> u64 {
        self.hasher.hash_one(id)
    }

    /// What to ask for; `None` when the roster is complete.
    pub fn next(&self) -> Option<PageRequest> {
        (!self.done).then(|| PageRequest {
            start_index: self.walk.start(),
            count: self.count,
            page: self.walk.pages + 1,
            past_end: self.walk.past_end,
        })
    }

    /// Different users so far in this walk.
    pub fn users(&self) -> u64 {
        self.walk.users()
    }

    /// How many pages this walk will have, judged by the largest page so far.
    pub fn pages(&self) -> Option<u64> {
        let left = self.walk.total?.saturating_sub(self.walk.users());
        (self.walk.largest > 0).then(|| self.walk.pages + left.div_ceil(self.walk.largest))
    }

    /// Takes the page that [`Self::next`] asked for.
    pub fn accept(&mut self, shape: &PageShape<'_>) -> Result<PageVerdict, PagerError> {
        if self.walk.pages >= self.limits.pages {
            return Err(PagerError::TooManyPages { limit: self.limits.pages });
        }
        let (repeated, expected, outcome) = self.walk.step(shape, u64::from(self.count), self.granted)?;
        if self.walk.users() > self.limits.users {
            return Err(PagerError::TooManyUsers { limit: self.limits.users });
        }
        if self.walk.pages == 1
            && !self.walk.past_end
            && (SMALLEST_LESSON..u64::from(self.count)).contains(&self.walk.largest)
        {
            self.count = u32::try_from(self.walk.largest).unwrap_or(self.count);
        }
        let next = match outcome {
            Outcome::More => Next::More,
            Outcome::Done => Next::Done,
            Outcome::Moved { first, then } => self.again(PagerError::RosterMoved { first, then })?,
            Outcome::Repetitive { total } => {
                let found = (self.walk.users(), self.walk.fingerprint);
                if self.before.replace(found) == Some(found) {
                    Next::Done
                } else {
                    self.again(PagerError::Uncertain { received: found.0, total })?
                }
            }
        };
        self.done = next == Next::Done;
        Ok(PageVerdict { repeated, expected, next })
    }

    fn again(&mut self, error: PagerError) -> Result<Next, PagerError> {
        if self.rewalks >= self.limits.rewalks {
            return Err(error);
        }
        self.rewalks += 1;
        self.walk = Walk::default();
        Ok(Next::Restart)
    }
}
