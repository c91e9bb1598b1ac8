//! Decides whether a newly read roster may replace the last one (spend.md D10 case 27).

/// The largest share of the last roster, in percent, that may vanish without a question.
pub const DROP_PERCENT: u64 = 20;

/// What to do with a roster that was read completely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing unusual.
    Accept,
    /// Nobody was listed.
    HoldEmpty,
    /// More members vanished than the threshold allows.
    HoldDrop {
        /// Members on the last roster.
        before: u64,
        /// Members on this one.
        after: u64,
    },
}

/// Zero users are always held; otherwise more than `percent` of the last roster must not vanish at once.
/// `before` counts the last accepted roster (0 when there was none).
pub fn check(before: u64, after: u64, percent: u64) -> Verdict {
    let lost = before.saturating_sub(after);
    if after == 0 {
        Verdict::HoldEmpty
    } else if u128::from(lost) * 100 > u128::from(before) * u128::from(percent) {
        Verdict::HoldDrop { before, after }
    } else {
        Verdict::Accept
    }
}
