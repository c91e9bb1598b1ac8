//! Which ids were seen: hashes already, so they are not hashed again.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

pub(super) type Ids = HashSet<u64, BuildHasherDefault<AsIs>>;

#[derive(Debug, Default)]
pub(super) struct AsIs(u64);

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
