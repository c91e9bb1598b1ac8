//! One license type with its purchases in force, each annualised, and the sums that all its figures need.

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::annual::{Annual, annualised};
use crate::money::{Exact, ratio, whole};
use crate::purchase::Purchase;
use crate::spend::TypeFacts;

/// A purchase in force.
#[derive(Debug, Clone)]
pub(super) struct Lot<'a> {
    pub purchase: &'a Purchase,
    /// `None` while its price is unknown.
    pub annual: Option<Annual>,
}

impl Lot<'_> {
    pub fn seats(&self) -> Option<u64> {
        self.purchase.seats()
    }

    /// What the whole lot costs in a year, where it does not depend on the accounts.
    pub fn cost(&self) -> Option<&Exact> {
        self.annual.as_ref()?.annual.as_ref()
    }

    /// What an account costs in a year, for unlimited seats at a price per unit.
    pub fn per_account(&self) -> Option<&Exact> {
        let annual = self.annual.as_ref().filter(|annual| annual.annual.is_none())?;
        annual.unit_annual.as_ref()
    }
}

/// A license type with its purchases in force.
#[derive(Debug, Clone)]
pub(super) struct Holding<'a> {
    pub facts: TypeFacts,
    pub lots: Vec<Lot<'a>>,
}

/// The types in the order given; then, by key, those that only purchases name.
pub(super) fn all<'a>(types: &[TypeFacts], force: &[&'a Purchase]) -> Vec<Holding<'a>> {
    let mut facts = types.to_vec();
    for purchase in force {
        if !facts.iter().any(|known| known.license_type == purchase.license_type) {
            facts.push(without_members(&purchase.license_type));
        }
    }
    facts.into_iter().map(|facts| Holding { lots: lots(&facts.license_type, force), facts }).collect()
}

fn without_members(license_type: &str) -> TypeFacts {
    TypeFacts {
        license_type: license_type.to_owned(),
        name: license_type.to_owned(),
        billable: true,
        free: false,
        assigned: 0,
        billable_accounts: 0,
    }
}

fn lots<'a>(license_type: &str, force: &[&'a Purchase]) -> Vec<Lot<'a>> {
    let own = force.iter().copied().filter(|purchase| purchase.license_type == license_type);
    own.map(|purchase| Lot { purchase, annual: annualised(purchase) }).collect()
}

impl Holding<'_> {
    /// Accounts that the contracts charge for.
    pub fn accounts(&self) -> u64 {
        if self.facts.billable { self.facts.billable_accounts } else { 0 }
    }

    pub fn unlimited(&self) -> bool {
        self.lots.iter().any(|lot| lot.seats().is_none())
    }

    /// Seats of the purchases that have a number of them.
    pub fn seats(&self) -> u64 {
        self.lots.iter().filter_map(Lot::seats).fold(0, u64::saturating_add)
    }

    /// Counted seats that nobody holds.
    pub fn spare(&self) -> u64 {
        self.seats().saturating_sub(self.facts.assigned)
    }

    pub fn unpriced_lots(&self) -> usize {
        self.lots.iter().filter(|lot| lot.annual.is_none()).count()
    }

    /// Whether a purchase in force has a price that counts.
    pub fn is_priced(&self) -> bool {
        !self.facts.free && self.lots.iter().any(|lot| lot.annual.is_some())
    }

    /// What the counted seats that have a price cost in a year, and how many there are.
    pub fn priced_seats(&self) -> (Exact, u64) {
        let counted = self.lots.iter().filter_map(|lot| Some((lot.cost()?, lot.seats()?)));
        counted.fold((Exact::zero(), 0), |(cost, seats), (more, others)| (cost + more, others.saturating_add(seats)))
    }

    /// What one counted seat costs in a year.
    pub fn unit(&self) -> Option<Exact> {
        let (cost, seats) = self.priced_seats();
        ratio(&cost, &whole(seats))
    }

    /// What an account without a counted seat costs in a year: the mean of the unlimited prices per unit.
    pub fn unit_beyond(&self) -> Option<Exact> {
        let prices: Vec<&Exact> = self.lots.iter().filter_map(Lot::per_account).collect();
        let number = u64::try_from(prices.len()).ok()?;
        ratio(&prices.into_iter().sum(), &whole(number))
    }

    /// The end of the first purchase to end among those with counted seats, while some are spare.
    pub fn waste_from(&self) -> Option<Date> {
        if self.spare() == 0 || self.facts.free {
            return None;
        }
        self.lots.iter().filter(|lot| lot.seats().is_some()).filter_map(|lot| lot.purchase.term.end).min()
    }
}
