//! What memory keeps of each staged row: enough to see that a member did not change, and where the row is.
//! Twenty bytes and a place in a table; the rows themselves are in the staging's file.

use std::hash::{BuildHasher, RandomState};

use xxhash_rust::xxh3::xxh3_128_with_seed;

/// One staged row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// The id, hashed with a secret of this staging. Two people may share one: only their ids tell them apart.
    pub(crate) key: u32,
    /// The first half of the row's hash.
    pub(crate) hash: u64,
    /// Where it begins in the file.
    pub(crate) start: u64,
}

/// All of them, found by key. Each part is a column of its own: a search reads keys alone.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    secret: RandomState,
    keys: Vec<u32>,
    hashes: Vec<u64>,
    starts: Vec<u64>,
    /// A row's number plus one; 0 is free. The length is a power of two.
    slots: Vec<u32>,
}

impl Rows {
    pub(crate) fn key(&self, id: &str) -> u32 {
        // The upper half of an even hash is as even as the whole.
        u32::try_from(self.secret.hash_one(id) >> 32).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn start(&self, number: usize) -> u64 {
        self.starts.get(number).copied().unwrap_or_default()
    }

    /// The first half of a row's hash.
    pub(crate) fn hash(&self, number: usize) -> u64 {
        self.hashes.get(number).copied().unwrap_or_default()
    }

    /// Whether anybody has this key.
    pub(crate) fn may_have(&self, key: u32) -> bool {
        self.with_key(key).next().is_some()
    }

    /// The numbers of the rows with this key: one, or more where keys collide.
    pub(crate) fn with_key(&self, key: u32) -> impl Iterator<Item = usize> {
        let places = self.places(key);
        let taken = places.map_while(|place| self.slots.get(place).and_then(|slot| slot.checked_sub(1)));
        taken.map(|number| number as usize).filter(move |number| self.keys.get(*number) == Some(&key))
    }

    pub(crate) fn push(&mut self, row: Row) {
        if (self.len() + 1) * 8 > self.slots.len() * 7 {
            self.grow();
        }
        self.keys.push(row.key);
        self.hashes.push(row.hash);
        self.starts.push(row.start);
        self.place(row.key, self.len());
    }

    fn places(&self, key: u32) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().wrapping_sub(1);
        let first = key as usize & mask;
        (0..self.slots.len()).map(move |step| first.wrapping_add(step) & mask)
    }

    fn place(&mut self, key: u32, number: usize) {
        let free = self.places(key).find(|place| self.slots.get(*place) == Some(&0));
        if let (Some(slot), Ok(number)) = (free.and_then(|place| self.slots.get_mut(place)), u32::try_from(number)) {
            *slot = number;
        }
    }

    fn grow(&mut self) {
        // The old table goes first: both at once would be the most memory that a reading takes.
        let length = (self.slots.len() * 2).max(1 << 10);
        self.slots = Vec::new();
        self.slots = vec![0; length];
        for number in 0..self.len() {
            if let Some(key) = self.keys.get(number).copied() {
                self.place(key, number + 1);
            }
        }
    }
}

/// Sixteen bytes that differ when anything that is kept of the member differs, in two halves; the seed is the database's.
pub(crate) fn row_hash(row: &[u8], seed: u64) -> (u64, [u8; 16]) {
    let hash = xxh3_128_with_seed(row, seed).to_le_bytes();
    (first_half(&hash), hash)
}

/// The half that is kept in memory.
pub(crate) fn first_half(hash: &[u8]) -> u64 {
    hash.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_one_key_are_all_found() {
        let mut rows = Rows::default();
        for number in 0..5_000_u32 {
            let (hash, start) = (u64::from(number), u64::from(number) * 10);
            rows.push(Row { key: number % 1_000, hash, start });
        }
        let found: Vec<u64> = rows.with_key(7).map(|number| rows.hash(number)).collect();
        assert_eq!(found, [7, 1_007, 2_007, 3_007, 4_007]);
        assert!(!rows.may_have(1_000));
        assert_eq!((rows.len(), rows.start(3)), (5_000, 30));
    }

    #[test]
    fn the_hash_of_a_row_is_the_same_in_every_version() {
        let member = roster::Member {
            id: "1".to_owned(),
            user_name: "mira@acme.example".to_owned(),
            email: None,
            given_name: Some("Mira".to_owned()),
            middle_name: None,
            family_name: None,
            display_name: None,
            active: true,
            created: None,
            last_modified: None,
            license: roster::License::Unknown,
            products: Vec::new(),
            department: None,
            cost_center: None,
            groups: vec!["b".to_owned(), "a".to_owned()],
        };
        let packed = roster::Packed::of(&[member]);
        let hash = u128::from_be_bytes(row_hash(packed.bytes(), 7).1);
        assert_eq!(hash, 0x43bc_0882_ed34_d49a_cd50_8daa_6d5d_931b);
    }
}
