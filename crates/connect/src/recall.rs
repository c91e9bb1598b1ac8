//! What an earlier reading made of each user's bytes. A user who comes with the same bytes again, about where they came
//! before, is not read again: what comes of it is what reading it would give, only sooner.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use roster::{Mark, Packed};
use xxhash_rust::xxh3::xxh3_128_with_seed;

use crate::member::{AS_BEFORE, Told};
use crate::probe::LicenseShape;
use crate::remarks::Remarks;
use crate::sources::Sources;

/// Raised whenever a member is made of a user in a different way.
const READING: u32 = 3;
/// So many users may have come or gone in between, from one page to the next.
const BEFORE: u64 = 16;
const AFTER: usize = 32;
/// The bit of a note that says: look at the member, there is something to tell.
const NOTABLE: u8 = 0x80;

const SHAPES: [LicenseShape; 4] =
    [LicenseShape::ProductLicenses2, LicenseShape::ProductLicenses1, LicenseShape::CanEdit, LicenseShape::NotVisible];

/// Remembers an earlier reading that was made in the same manner (see [`Sources::manner`]).
pub trait Recall: Send + Sync {
    /// What marks are made with: a secret, so that nobody can make up other bytes with the same mark.
    fn seed(&self) -> u64;

    /// Up to `most` users from `place` on, counted from 0 in the order in which they came.
    fn from(&self, place: u64, most: usize) -> Remembered;

    /// When this reading takes place, in seconds since 1970: what a server only claims is not believed for ever.
    fn now(&self) -> i64;

    /// What was kept of a page under this name ([`PageOfMembers::seen`](crate::PageOfMembers::seen)).
    fn page(&self, name: &str) -> Option<String>;
}

/// Some users of an earlier reading.
#[derive(Debug, Clone, Default)]
pub struct Remembered {
    /// Their bytes.
    pub marks: Vec<Mark>,
    /// What was made of them, in the same order.
    pub members: Packed,
}

impl Sources {
    /// What decides about a member beside its own bytes, as text; `None` where other sources than these decide too.
    pub fn manner(&self) -> Option<String> {
        let alone = self.groups.is_none() && self.rest.is_none();
        alone.then(|| format!("{READING} {:?} {:?} {:?}", self.connector, self.license_from, self.values))
    }
}

/// A reading's use of what is remembered.
#[derive(Clone, Copy)]
pub(crate) struct Memory<'a> {
    pub(crate) recall: &'a dyn Recall,
    /// By how much users stand further on in the earlier reading than in this one.
    pub(crate) shift: &'a AtomicI64,
}

/// What is remembered about where a page is.
pub(crate) struct Nearby<'a> {
    remembered: Remembered,
    /// The one that should come next.
    expected: usize,
    /// Where the list of the remembered begins, and the page.
    first: u64,
    place: u64,
    passed: u64,
    memory: Memory<'a>,
}

impl<'a> Nearby<'a> {
    /// For a page whose first user is at `place`, counted from 0, with about so many users. With none, nobody is looked
    /// for, and all are marked.
    pub(crate) fn new(memory: Memory<'a>, place: u64, users: usize) -> Self {
        let there = place.saturating_add_signed(memory.shift.load(Relaxed));
        let first = there.saturating_sub(BEFORE);
        let margin = usize::try_from(there - first).unwrap_or_default();
        let remembered = match users {
            0 => Remembered::default(),
            users => memory.recall.from(first, margin + users + AFTER),
        };
        Self { remembered, expected: margin, first, place, passed: 0, memory }
    }

    /// The user whose bytes `rest` begins with; `may_be` tells whether a user could be so long.
    pub(crate) fn find(&mut self, rest: &[u8], may_be: impl Fn(usize) -> bool) -> Option<Known<'_>> {
        let (mut hashed, seed) = ((0, 0), self.memory.recall.seed());
        let before = (0..self.expected.min(self.remembered.marks.len())).rev().take(AFTER);
        let position = (self.expected..self.remembered.marks.len()).take(AFTER).chain(before).find(|position| {
            let Some(mark) = self.remembered.marks.get(*position) else { return false };
            let length = mark.length as usize;
            if length == 0 || !may_be(length) {
                return false;
            }
            if hashed.0 != length {
                hashed = (length, rest.get(..length).map_or(0, |own| xxh3_128_with_seed(own, seed)));
            }
            hashed.1 == mark.hash
        });
        self.passed += 1;
        let position = position?;
        self.expected = position + 1;
        let (mark, row) = (*self.remembered.marks.get(position)?, self.remembered.members.row(position)?);
        Some(Known { mark, row })
    }

    /// How a user who had to be read is known again. Where they stand, one did before, more often than not.
    pub(crate) fn read_one(&mut self, told: &Told, own: &str) -> Mark {
        self.expected += 1;
        told.mark(own, self.memory.recall.seed())
    }

    /// The page is read: where the next one is to be looked for.
    pub(crate) fn done(&self) {
        if self.remembered.marks.is_empty() {
            return;
        }
        let there = self.first.saturating_add(self.expected as u64);
        let here = self.place.saturating_add(self.passed);
        let shift = i64::try_from(there).unwrap_or_default() - i64::try_from(here).unwrap_or_default();
        self.memory.shift.store(shift, Relaxed);
    }
}

/// A user who need not be read.
pub(crate) struct Known<'m> {
    pub(crate) mark: Mark,
    pub(crate) row: &'m [u8],
}

/// What a mark is made of, and what comes of it again.
impl Told {
    fn mark(&self, own: &str, seed: u64) -> Mark {
        let shape = SHAPES.iter().position(|shape| *shape == self.shape).and_then(|shape| u8::try_from(shape).ok());
        match (shape, u32::try_from(own.len())) {
            (Some(shape), Ok(length)) if self.remarks.is_empty() => {
                let note = if self.notable { shape | NOTABLE } else { shape };
                Mark { hash: xxh3_128_with_seed(own.as_bytes(), seed), length, note }
            }
            _ => Mark::default(),
        }
    }

    pub(crate) fn recalled(mark: Mark) -> Option<Self> {
        let shape = *SHAPES.get(usize::from(mark.note & !NOTABLE))?;
        let notable = mark.note & NOTABLE != 0;
        Some(Self {
            shape,
            remarks: Remarks::default(),
            values: Vec::new(),
            sources: Vec::new(),
            notable,
            present: AS_BEFORE,
        })
    }
}
