//! One license type with its purchases in force, each annualised, and the sums that all its figures need.

use crate::adding::sum;
use crate::annual::{Annual, annualised};
use crate::money::{Currency, Exact, ratio, whole};
use crate::payment::Charged;
use crate::purchase::Purchase;
use crate::rates::{Exchange, Found, MissingRate, When};
use crate::spend::force::in_force;
use crate::spend::over::{self, Over};
use crate::spend::{Setting, TypeFacts};
use jiff::civil::Date;

/// A purchase in force.
#[derive(Debug, Clone)]
pub(super) struct Lot<'a> {
    pub purchase: &'a Purchase,
    /// Its seats, or those that no rule has taken; `None` when unlimited.
    pub seats: Option<u64>,
    /// In the currency of the figures; `None` while its price is unknown.
    pub annual: Option<Annual>,
    /// The currency of the figures: the purchase's own, or the base currency.
    pub currency: Currency,
    /// The rate that brought it there.
    pub found: Option<Found>,
    /// The rate that would have been needed.
    pub missing: Option<MissingRate>,
}

impl Lot<'_> {
    pub fn seats(&self) -> Option<u64> {
        self.seats
    }

    /// What the whole lot costs in a year, where it does not depend on the accounts.
    pub fn cost(&self) -> Option<&Exact> {
        self.annual.as_ref()?.annual.as_ref()
    }

    /// What a year costs at least, for unlimited seats at a price per unit.
    pub fn least(&self) -> Option<&Exact> {
        self.annual.as_ref().filter(|annual| annual.annual.is_none())?.floor.as_ref()
    }

    /// What one of its seats costs in a year.
    pub fn per_seat(&self) -> Option<Exact> {
        ratio(self.cost()?, &whole(self.seats()?))
    }

    /// What a seat beyond the purchased ones costs in a year, where that is agreed.
    pub fn overage(&self) -> Option<Exact> {
        let price = self.purchase.conditions.overage?.rate.of(&Charged::from(self.purchase))?;
        Some(self.converted(price * &self.annual.as_ref()?.payments_a_year))
    }

    /// An amount of the purchase in the currency of the figures.
    pub fn converted(&self, amount: Exact) -> Exact {
        match &self.found {
            Some(found) => amount * &found.factor,
            None => amount,
        }
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
    /// Who charges for accounts beyond the seats; empty where nothing is agreed.
    pub over: Vec<Over>,
}

/// The types in the order given; then, by key, those that only purchases name.
pub(super) fn all<'a>(day: Date, types: &[TypeFacts], purchases: &'a [Purchase], setting: Setting) -> Vec<Holding<'a>> {
    let force = in_force(day, purchases);
    let lots = |license_type: &str| -> Vec<Lot<'a>> {
        let own = force.iter().copied().filter(|purchase| purchase.license_type == license_type);
        own.map(|purchase| lot(day, purchase, setting.exchange)).collect()
    };
    let mut facts = types.to_vec();
    for purchase in &force {
        if !facts.iter().any(|known| known.license_type == purchase.license_type) {
            facts.push(without_members(&purchase.license_type));
        }
    }
    let holding = |facts: TypeFacts| {
        let mut holding = Holding { lots: lots(&facts.license_type), facts, over: Vec::new() };
        holding.over = over::of(&holding, day, purchases, setting.counts);
        holding
    };
    facts.into_iter().map(holding).collect()
}

fn without_members(license_type: &str) -> TypeFacts {
    TypeFacts {
        license_type: license_type.to_owned(),
        name: license_type.to_owned(),
        billable: true,
        ..TypeFacts::default()
    }
}

fn lot<'a>(day: Date, purchase: &'a Purchase, exchange: Option<Exchange>) -> Lot<'a> {
    let annual = annualised(purchase);
    let own = purchase.currency;
    let when = When::on(day, purchase.term, purchase.frequency, &purchase.conditions);
    let seats = purchase.seats();
    let lot = Lot { purchase, seats, annual, currency: own, found: None, missing: None };
    match exchange.map(|exchange| (exchange.base, exchange.found(own, when))) {
        None | Some((_, Ok(None))) => lot,
        Some((_, Err(missing))) => Lot { missing: Some(missing), ..lot },
        Some((base, Ok(Some(found)))) => {
            let annual = lot.annual.map(|annual| annual.converted(&found.factor));
            Lot { annual, currency: base, found: Some(found), ..lot }
        }
    }
}

impl Holding<'_> {
    /// Accounts that the contracts charge for.
    pub fn accounts(&self) -> u64 {
        if self.facts.billable { self.facts.billable_accounts } else { 0 }
    }

    /// Of those, the ones of which nobody can tell whether they were active.
    pub fn not_monitored(&self) -> u64 {
        self.facts.activity.unknown(self.accounts())
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
        let counted = || self.lots.iter().filter_map(|lot| Some((lot.cost()?, lot.seats()?)));
        (sum(counted().map(|(cost, _)| cost)), counted().fold(0, |seats, (_, more)| more.saturating_add(seats)))
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
}
