//! Who holds the seats of a purchase when it is paid, by department and cost center: what its charges are shared out by.
//! Seats are whole, and those that nobody holds are a part of their own. Absent on purpose: amounts.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use ledger::{Payer, Purchase, PurchaseId, Quantity};
use store::{AccountCount, App};

use crate::error::Result;
use crate::seatledger::Rooms;
use crate::spend_by::account;

/// Department and cost center; those without one come last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tag {
    rank: (bool, bool),
    pub(super) department: Option<String>,
    pub(super) cost_center: Option<String>,
}

impl Tag {
    fn of(count: &AccountCount) -> Self {
        let said =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let (department, cost_center) = (said(&count.department), said(&count.cost_center));
        Self { rank: (department.is_none(), cost_center.is_none()), department, cost_center }
    }

    /// The object of the specification: a key for each that is known.
    pub(super) fn json(&self) -> String {
        let known = [("cost_center", &self.cost_center), ("department", &self.department)];
        let pairs = known.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.clone()?.into())));
        serde_json::Value::Object(pairs.collect()).to_string()
    }
}

/// What accounts hold of a purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Whose; `None` for seats that nobody holds.
    pub(super) tag: Option<Tag>,
    /// How many seats, or accounts where seats are unlimited.
    pub(super) seats: u64,
}

/// The holders on the days that were asked for.
pub(super) struct Holders<'a> {
    rooms: &'a Rooms,
    app: &'a App,
    purchases: &'a [Purchase],
    today: Date,
    first_read: Option<Date>,
    with_email: bool,
    days: HashMap<Date, Vec<AccountCount>>,
}

impl<'a> Holders<'a> {
    pub(super) fn new(rooms: &'a Rooms, app: &'a App, purchases: &'a [Purchase]) -> Result<Self> {
        let named = |purchase: &Purchase| {
            let rules = &purchase.conditions.pays_for.rules;
            rules.iter().any(|rule| matches!(rule, ledger::Match::Email(_)))
        };
        Ok(Self {
            rooms,
            app,
            purchases,
            today: rooms.today()?,
            first_read: rooms.store.sync_days(app.id)?.first().copied(),
            with_email: purchases.iter().any(named),
            days: HashMap::new(),
        })
    }

    /// The first day of those that were asked for.
    pub(super) fn earliest(&self) -> Option<Date> {
        self.days.keys().min().copied()
    }

    /// Who holds the seats of the purchase on the first day of `[from, end)` of which the roster is known; `None` where it
    /// is known of none.
    pub(super) fn of(&mut self, purchase: &Purchase, from: Date, end: Date) -> Result<Option<Vec<Part>>> {
        let Some(day) = self.first_read.map(|first| first.max(from)).filter(|day| *day < end) else { return Ok(None) };
        // Of days to come only the purchases are known.
        let known = day.min(self.today);
        if !self.days.contains_key(&known) {
            let past = (known < self.today).then_some(known);
            let counts = self.rooms.store.account_counts(self.app.id, past, self.with_email)?;
            self.days.insert(known, counts);
        }
        let counts = self.days.get(&known).map(Vec::as_slice).unwrap_or_default();
        Ok(Some(parts(purchase, &ledger::in_force(day, self.purchases), counts)))
    }
}

/// The holders of the purchase among the purchases in force.
fn parts(purchase: &Purchase, force: &[&Purchase], counts: &[AccountCount]) -> Vec<Part> {
    let own: Vec<&Purchase> =
        force.iter().copied().filter(|other| other.license_type == purchase.license_type).collect();
    let paying = ledger::Paying::new(&own);
    let mut of_rules: HashMap<PurchaseId, BTreeMap<Tag, u64>> = HashMap::new();
    let mut average: BTreeMap<Tag, u64> = BTreeMap::new();
    for count in counts.iter().filter(|count| count.license.as_str() == purchase.license_type) {
        let of = match paying.payer(&account(count)) {
            Payer::Matched(id) | Payer::Fallback(id) => of_rules.entry(id).or_default(),
            Payer::Average => &mut average,
        };
        *of.entry(Tag::of(count)).or_default() += count.accounts;
    }
    let matched = of_rules.get(&purchase.id).cloned().unwrap_or_default();
    let rest = from_average(purchase, &own, &of_rules, average.values().sum());
    let seats = match purchase.quantity {
        Quantity::Seats(seats) => Some(u64::from(seats)),
        Quantity::Unlimited => None,
    };
    let most = seats.unwrap_or(u64::MAX);
    let mut held: BTreeMap<Tag, u64> = BTreeMap::new();
    for (counts, number) in [(&matched, matched.values().sum::<u64>().min(most)), (&average, rest)] {
        let shares = apportioned(number, &counts.values().copied().collect::<Vec<_>>());
        counts.keys().zip(shares).for_each(|(tag, share)| *held.entry(tag.clone()).or_default() += share);
    }
    held.retain(|_, seats| *seats > 0);
    let free = seats.map_or(0, |seats| seats.saturating_sub(held.values().sum()));
    let nobody = (free > 0 || held.is_empty()).then_some(Part { tag: None, seats: free });
    held.into_iter().map(|(tag, seats)| Part { tag: Some(tag), seats }).chain(nobody).collect()
}

/// How many of the accounts that no rule names sit in seats of the purchase: limited seats that no rule has taken come
/// first, in proportion; the others share what is left.
fn from_average(
    purchase: &Purchase,
    own: &[&Purchase],
    of_rules: &HashMap<PurchaseId, BTreeMap<Tag, u64>>,
    accounts: u64,
) -> u64 {
    let free = |other: &Purchase| match other.quantity {
        Quantity::Seats(seats) => {
            let taken = of_rules.get(&other.id).map_or(0, |counts| counts.values().sum());
            Some(u64::from(seats).saturating_sub(taken))
        }
        Quantity::Unlimited => None,
    };
    let limited: Vec<u64> = own.iter().map(|other| free(other).unwrap_or(0)).collect();
    let unlimited: Vec<u64> = own.iter().map(|other| u64::from(free(other).is_none())).collect();
    let seated = accounts.min(limited.iter().sum());
    let shares = match purchase.quantity {
        Quantity::Seats(_) => apportioned(seated, &limited),
        Quantity::Unlimited => apportioned(accounts - seated, &unlimited),
    };
    let place = own.iter().position(|other| other.id == purchase.id);
    place.and_then(|place| shares.get(place).copied()).unwrap_or(0)
}

/// A number in whole parts in proportion to the weights, by largest remainder, the earlier first among equals.
fn apportioned(number: u64, weights: &[u64]) -> Vec<u64> {
    let all: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if all == 0 {
        return vec![0; weights.len()];
    }
    let shares = weights.iter().map(|weight| u128::from(number) * u128::from(*weight));
    let (mut parts, rests): (Vec<u128>, Vec<u128>) = shares.map(|share| (share / all, share % all)).unzip();
    let left = u128::from(number) - parts.iter().sum::<u128>();
    let mut order: Vec<usize> = (0..rests.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(rests[*at]));
    order.iter().take(usize::try_from(left).unwrap_or(usize::MAX)).for_each(|at| parts[*at] += 1);
    parts.into_iter().map(|part| u64::try_from(part).unwrap_or(u64::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::apportioned;

    #[test]
    fn whole_parts_add_up_to_the_number_and_go_to_the_largest_remainders() {
        assert_eq!(apportioned(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(apportioned(7, &[50, 30, 20]), [4, 2, 1]);
        assert_eq!(apportioned(7, &[0, 0]), [0, 0]);
        assert_eq!(
            apportioned(u64::MAX, &[u64::MAX, u64::MAX]).iter().map(|part| u128::from(*part)).sum::<u128>(),
            u128::from(u64::MAX)
        );
    }
}
