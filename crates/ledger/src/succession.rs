//! Which purchase continues which: as it was entered, or taken for so. Absent on purpose: what follows from it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::calendar::days_between;
use crate::findings::{FOLLOWS_WITHIN_DAYS, follows};
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
    let ids: HashSet<PurchaseId> = purchases.iter().map(|purchase| purchase.id).collect();
    let said = entered.iter().filter(|(next, before)| ids.contains(next) && ids.contains(before));
    let mut all: Vec<Succession> =
        said.map(|(next, before)| Succession { next: *next, before: *before, assumed: false }).collect();
    let (nexts, befores): (HashSet<PurchaseId>, HashSet<PurchaseId>) =
        all.iter().map(|found| (found.next, found.before)).unzip();
    let open = |purchase: &&Purchase| !befores.contains(&purchase.id) && !purchase.goes_on();
    let mut ending: Vec<&Purchase> = purchases.iter().filter(open).collect();
    ending.sort_by_key(|old| (Reverse(room(old)), old.term.end, old.id));
    // By type and first day, so that only those that start about when one ends are looked at.
    let mut starting: HashMap<&str, Vec<(u64, &Purchase)>> = HashMap::new();
    for new in purchases.iter().filter(|purchase| !nexts.contains(&purchase.id)) {
        starting.entry(&new.license_type).or_default().push((room(new), new));
    }
    for own in starting.values_mut() {
        own.sort_by_key(|(_, new)| (new.term.from, new.id));
    }
    for old in ending {
        let (Some(end), Some(own)) = (old.term.end, starting.get_mut(old.license_type.as_str())) else { continue };
        let seats = room(old);
        let first = own.partition_point(|(_, new)| days_between(new.term.from, end) > FOLLOWS_WITHIN_DAYS);
        let near =
            own.iter_mut().skip(first).take_while(|(_, new)| days_between(end, new.term.from) <= FOLLOWS_WITHIN_DAYS);
        let mut fitting = near.filter(|(left, new)| *left >= seats && follows(old, new));
        let Some((left, new)) = fitting.next() else { continue };
        // Unlimited seats are enough for any number of purchases.
        *left = if *left == u64::MAX { u64::MAX } else { left.saturating_sub(seats) };
        all.push(Succession { next: new.id, before: old.id, assumed: true });
    }
    all
}

fn room(purchase: &Purchase) -> u64 {
    purchase.seats().unwrap_or(u64::MAX)
}
