//! Which purchases are in force on a day.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::purchase::Purchase;

/// The purchases in force on the day, by license type, then newest contract first. The last day of a purchase on which a newer one
/// of its license type starts belongs to the newer one: a renewal that overlaps by a day is not counted twice.
pub fn in_force(day: Date, purchases: &[Purchase]) -> Vec<&Purchase> {
    let covering: Vec<&Purchase> = purchases.iter().filter(|purchase| purchase.term.covers(day)).collect();
    let mut found: Vec<&Purchase> =
        covering.iter().copied().filter(|old| !is_taken_over(old, &covering, day)).collect();
    found.sort_by_key(|purchase| {
        (purchase.license_type.as_str(), Reverse(purchase.origin().contract), purchase.origin().id, purchase.id)
    });
    found
}

/// Seats of the license type in force on the day; `None` when one of its purchases is unlimited.
pub fn seats_in_force(day: Date, license_type: &str, purchases: &[Purchase]) -> Option<u64> {
    let mut seats: u64 = 0;
    for purchase in in_force(day, purchases).into_iter().filter(|purchase| purchase.license_type == license_type) {
        seats = purchase.seats()?.saturating_add(seats);
    }
    Some(seats)
}

/// Whether the day is the purchase's last one and the first one of a newer purchase that goes on.
pub(super) fn is_taken_over(old: &Purchase, others: &[&Purchase], day: Date) -> bool {
    let last = old.last_day() == Some(day) && old.term.from < day && !old.goes_on();
    last && others.iter().any(|new| {
        new.begins()
            && new.license_type == old.license_type
            && new.term.from == day
            && new.last_day().is_none_or(|last| last > day)
    })
}
