//! Decides whether a newly read roster may replace the last one (spend.md D10 case 27), and whether a person's word on a
//! roster that was held covers the one that was read since.

/// The largest share of the last roster, in percent, that may be lost without a question.
pub const DROP_PERCENT: u64 = 20;

/// What the last accepted roster would lose to the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loss {
    /// Members on the last accepted roster; 0 when there was none.
    pub before: u64,
    /// Members on this one.
    pub after: u64,
    /// Of those before, how many are not among those after. Equal counts prove nothing: others may have come in their place.
    pub vanished: u64,
    /// Of those on both, how many held a known license type and hold an unknown one now.
    pub unknown: u64,
}

/// What to do with a roster that was read completely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing unusual.
    Accept,
    /// Nobody was listed.
    HoldEmpty,
    /// More members vanished than the threshold allows.
    HoldDrop,
    /// The license types of more members became unknown than the threshold allows.
    HoldUnknown,
}

/// Zero users are always held; otherwise more than `percent` of the last roster, or of its license types, must not vanish
/// at once.
pub fn check(loss: &Loss, percent: u64) -> Verdict {
    if loss.after == 0 {
        Verdict::HoldEmpty
    } else if exceeds(loss.vanished, loss.before, percent) {
        Verdict::HoldDrop
    } else if exceeds(loss.unknown, loss.before, percent) {
        Verdict::HoldUnknown
    } else {
        Verdict::Accept
    }
}

/// Whether whoever accepted the roster `shown` accepted this one too: it loses no more than was shown, and of those whom
/// it loses, `unseen` of whom were not shown, no more than any roster may lose. Nobody at all was meant only where nobody
/// was shown.
pub fn covers(shown: &Loss, loss: &Loss, unseen: u64, percent: u64) -> bool {
    let may = |lost| !exceeds(lost, loss.before, percent);
    if loss.after == 0 {
        return shown.after == 0;
    }
    let members = may(loss.vanished) || (loss.vanished <= shown.vanished && may(unseen));
    members && (may(loss.unknown) || loss.unknown <= shown.unknown)
}

fn exceeds(lost: u64, before: u64, percent: u64) -> bool {
    u128::from(lost) * 100 > u128::from(before) * u128::from(percent)
}
