//! Which ids were seen: hashes already, so they are not hashed again.

use std::array;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// So many sets share the ids. A set that grows holds its old and its new table for a moment; in one set of a million
/// ids that moment would be the most memory that a whole reading takes.
const SHARES: usize = 64;

#[derive(Debug)]
pub(super) struct Ids {
    shares: [HashSet<u64, BuildHasherDefault<AsIs>>; SHARES],
    len: usize,
}

impl Default for Ids {
    fn default() -> Self {
        Self { shares: array::from_fn(|_| HashSet::default()), len: 0 }
    }
}

impl Ids {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn contains(&self, id: u64) -> bool {
        self.shares.get(share(id)).is_some_and(|ids| ids.contains(&id))
    }

    /// Whether it was new.
    pub(super) fn insert(&mut self, id: u64) -> bool {
        let new = self.shares.get_mut(share(id)).is_some_and(|ids| ids.insert(id));
        self.len += usize::from(new);
        new
    }
}

/// By bits that the sets themselves use neither for their places (the lowest) nor for their tags (the seven highest).
fn share(id: u64) -> usize {
    usize::try_from(id >> 48).unwrap_or_default() % SHARES
}

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

/// What a page is recognised by.
pub(super) fn sequence(ids: &[u64]) -> u64 {
    ids.iter().fold(ids.len() as u64, |sequence, id| sequence.rotate_left(5).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ id)
}
