//! When people use the app, as an administrator's export tells it: worked out for any day from the seed and the person's
//! index, so that a later export never contradicts an earlier one.

use super::draw::{Draw, Purpose};
use super::timeline::Offset;

/// Chances in a million.
const NOT_LISTED: u32 = 30_000;
const NEVER: u32 = 50_000;
const STOPS: u32 = 160_000;
const DAILY: u32 = 450_000;
/// Days within which those stop who do.
const STOPS_WITHIN: u32 = 400;
/// Those who use it now and then do so at least this often.
const LONGEST: u32 = 70;
const SHORTEST: u32 = 3;

/// What an export tells of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// The export leaves them out.
    NotListed,
    /// They never used it.
    Never,
    /// They used it last on this day.
    On(Offset),
}

/// Of a person who joined on a day, as told on another.
pub fn usage(seed: u64, index: u32, joined: Offset, day: Offset) -> Usage {
    let mut draw = Draw::new(seed, index, Purpose::Use);
    let (hidden, never, stops) = (draw.happens(NOT_LISTED), draw.happens(NEVER), draw.happens(STOPS));
    let stopped = Offset::try_from(draw.below(STOPS_WITHIN)).unwrap_or_default();
    let every = if draw.happens(DAILY) { 1 } else { SHORTEST + draw.below(LONGEST - SHORTEST) };
    let every = Offset::try_from(every).unwrap_or(1);
    let first = joined.saturating_add(Offset::try_from(draw.below(5)).unwrap_or_default());
    if hidden {
        return Usage::NotListed;
    }
    let until = if stops { day.min(stopped.max(first)) } else { day };
    if never || until < first { Usage::Never } else { Usage::On(first + (until - first) / every * every) }
}
