//! Reproducible draws: splitmix64, keyed by seed, person and purpose.
//! No crate for random numbers: a roster must be the same for the same seed on every machine and with every future
//! version of a dependency, and any one person must be drawn without drawing everybody before.

/// A stream of draws.
#[derive(Debug, Clone)]
pub struct Draw(u64);

/// What draws are for: each purpose has its own stream, so that a new draw in one does not move the others.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
pub enum Purpose {
    /// The name and the profile.
    Profile = 1,
    /// Joining, leaving and license changes.
    Timeline = 2,
    /// Times of day.
    Clock = 3,
    /// Pairing of names.
    Pairing = 4,
    /// When somebody uses the app.
    Use = 5,
}

impl Draw {
    /// The stream of one person for one purpose.
    pub fn new(seed: u64, index: u32, purpose: Purpose) -> Self {
        let mut draw = Self(seed ^ ((purpose as u64) << 56));
        let mixed = draw.next();
        Self(mixed ^ u64::from(index).wrapping_mul(0xA24B_AED4_963E_E407))
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below the limit, or 0 when the limit is 0. The bias of the remainder is far below what a roster shows.
    pub fn below(&mut self, limit: u32) -> u32 {
        let bits = self.next() >> 32;
        u32::try_from((bits * u64::from(limit)) >> 32).unwrap_or(0)
    }

    /// Whether something of this many chances in a million happens.
    pub fn happens(&mut self, per_million: u32) -> bool {
        self.below(1_000_000) < per_million
    }

    /// One of a list that is not empty.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let limit = u32::try_from(list.len()).unwrap_or(u32::MAX);
        list[self.below(limit) as usize]
    }
}
