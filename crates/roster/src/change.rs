//! What happened to a member between two readings of the roster.

use std::collections::HashMap;

use crate::license::{License, LicenseKey};

/// The kinds of change that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// On the roster for the first time.
    Joined,
    /// No longer on the roster, or deactivated.
    Left,
    /// Back after having left.
    Reactivated,
    /// Now holds a license type of a higher rank.
    Upgraded,
    /// Now holds a license type of a lower rank.
    Downgraded,
    /// The license type changed where no order is known: from or to *unknown*, or between equal ranks.
    Reclassified,
}

/// One change of one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The member's id.
    pub member: String,
    /// What happened.
    pub kind: ChangeKind,
    /// What was held before; `None` when the member was new.
    pub from: Option<License>,
    /// What is held now; `None` when the member left.
    pub to: Option<License>,
}

/// What one reading says of a member, reduced to what a change depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether the member was listed and active.
    pub present: bool,
    /// What they held.
    pub license: License,
}

/// The order of an app's license types; higher is more. A type without a rank is in no order.
pub type Ranks = HashMap<LicenseKey, i64>;

/// Compares two readings of one member. `before` is `None` when they were never seen.
/// At most one change comes back: leaving and returning win over a switched license.
pub fn classify(before: Option<&Standing>, after: Option<&Standing>, ranks: &Ranks) -> Option<ChangeKind> {
    let present = after.is_some_and(|standing| standing.present);
    match before {
        None => present.then_some(ChangeKind::Joined),
        Some(before) if before.present && !present => Some(ChangeKind::Left),
        Some(before) if !before.present && present => Some(ChangeKind::Reactivated),
        Some(before) => after.filter(|_| present).and_then(|after| switched(&before.license, &after.license, ranks)),
    }
}

fn switched(from: &License, to: &License, ranks: &Ranks) -> Option<ChangeKind> {
    if from == to {
        return None;
    }
    let rank = |license: &License| license.key().and_then(|key| ranks.get(key)).copied();
    Some(match rank(from).zip(rank(to)) {
        Some((from, to)) if to > from => ChangeKind::Upgraded,
        Some((from, to)) if to < from => ChangeKind::Downgraded,
        _ => ChangeKind::Reclassified,
    })
}
