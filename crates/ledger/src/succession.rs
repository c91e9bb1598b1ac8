//! Which purchase continues which: as it was entered, or taken for so. Absent on purpose: what follows from it.

use std::cmp::Reverse;

use crate::findings::follows;
use crate::purchase::{Purchase, PurchaseId};

/// A purchase that continues another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Succession {
    /// The later one.
    pub next: PurchaseId,
    /// The one that it continues.
    pub before: PurchaseId,
    /// Whether nobody said so, and only dates and seats make it likely.
    pub assumed: bool,
}

/// What continues what: `entered` has the later one first. Of the others a purchase is taken to continue those of its type
/// that end about when it starts, as long as it has no fewer seats than they have together: a smaller one beside them is
/// another contract.
pub fn successions(purchases: &[Purchase], entered: &[(PurchaseId, PurchaseId)]) -> Vec<Succession> {
    let known = |id: PurchaseId| purchases.iter().any(|purchase| purchase.id == id);
    let said = entered.iter().filter(|(next, before)| known(*next) && known(*before));
    let mut all: Vec<Succession> =
        said.map(|(next, before)| Succession { next: *next, before: *before, assumed: false }).collect();
    let open = |purchase: &&Purchase| all.iter().all(|found| found.before != purchase.id) && !purchase.goes_on();
    let mut ending: Vec<&Purchase> = purchases.iter().filter(open).collect();
    ending.sort_by_key(|old| (Reverse(room(old)), old.term.end, old.id));
    let alone = |purchase: &&Purchase| all.iter().all(|found| found.next != purchase.id);
    let mut starting: Vec<(u64, &Purchase)> = purchases.iter().filter(alone).map(|new| (room(new), new)).collect();
    starting.sort_by_key(|(_, new)| (new.term.from, new.id));
    for old in ending {
        let seats = room(old);
        let Some((left, new)) = starting.iter_mut().find(|(left, new)| *left >= seats && follows(old, new)) else {
            continue;
        };
        // Unlimited seats are enough for any number of purchases.
        *left = if *left == u64::MAX { u64::MAX } else { left.saturating_sub(seats) };
        all.push(Succession { next: new.id, before: old.id, assumed: true });
    }
    all
}

fn room(purchase: &Purchase) -> u64 {
    purchase.seats().unwrap_or(u64::MAX)
}
