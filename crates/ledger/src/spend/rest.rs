//! What rules have taken of a license type, and what is left for the others: seats at the average price.

use crate::money::{Exact, ratio, whole};
use crate::purchase::PurchaseId;
use crate::spend::Payer;
use crate::spend::holding::{Holding, Lot};

/// Accounts that a purchase pays for by its rules: no more than it has seats.
pub(super) struct Taken<'a> {
    pub payer: Payer,
    pub lot: &'a Lot<'a>,
    pub accounts: u64,
    /// What they cost in a year together; `None` while unknown.
    pub cost: Option<Exact>,
}

impl Taken<'_> {
    /// "accounts of PO-1", "accounts of PO-1, for all others".
    pub fn how(&self) -> String {
        let purchase = self.lot.purchase;
        let name = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty()).cloned();
        let name = name.unwrap_or_else(|| format!("purchase {}", purchase.id.0));
        match self.payer {
            Payer::Fallback(_) => format!("{name}, for all others"),
            Payer::Matched(_) | Payer::Average => name,
        }
    }
}

/// A license type, divided into those whom rules name and the others.
pub(super) struct Split<'a> {
    pub taken: Vec<Taken<'a>>,
    /// The type without them and their seats.
    pub rest: Holding<'a>,
}

impl<'a> Split<'a> {
    /// Accounts that rules put into unlimited seats: they hold no counted one.
    pub fn in_unlimited_seats(&self) -> u64 {
        let unlimited = self.taken.iter().filter(|one| one.lot.seats.is_none());
        unlimited.map(|one| one.accounts).fold(0, u64::saturating_add)
    }

    /// Unlimited seats for a lot price that pay for nobody.
    pub fn idle<'b>(&'b self, holding: &'b Holding<'a>) -> impl Iterator<Item = &'b Lot<'a>> {
        let paid_for = |lot: &Lot| {
            let named = self.taken.iter().any(|one| one.accounts > 0 && one.lot.is(lot.purchase.id));
            named || lot.purchase.conditions.pays_for.is_open() && self.rest.accounts() > 0
        };
        holding.lots.iter().filter(move |lot| lot.seats.is_none() && lot.cost().is_some() && !paid_for(lot))
    }
}

/// Divides the type.
pub(super) fn split<'a>(holding: &'a Holding<'a>) -> Split<'a> {
    let mut rest = holding.clone();
    let mut taken = Vec::new();
    let mut left = holding.accounts();
    for (payer, number) in &holding.facts.payers {
        let (Payer::Matched(id) | Payer::Fallback(id)) = payer else { continue };
        let (Some(lot), Some(over)) = (find(&holding.lots, *id), rest.lots.iter_mut().find(|lot| lot.is(*id))) else {
            continue;
        };
        let accounts = (*number).min(left).min(over.seats.unwrap_or(u64::MAX));
        left = left.saturating_sub(accounts);
        over.take(accounts);
        taken.push(Taken { payer: *payer, lot, accounts, cost: None });
    }
    price(&mut taken);
    let all: u64 = taken.iter().map(|one| one.accounts).fold(0, u64::saturating_add);
    rest.facts.billable_accounts = left;
    rest.facts.assigned = rest.facts.assigned.saturating_sub(all);
    rest.facts.payers.clear();
    if holding.has_rules() {
        // Unlimited seats that are meant for some pay for nobody else.
        rest.lots.retain(|lot| lot.seats.is_some() || lot.purchase.conditions.pays_for.is_open());
    }
    Split { taken, rest }
}

fn find<'a>(lots: &'a [Lot<'a>], id: PurchaseId) -> Option<&'a Lot<'a>> {
    lots.iter().find(|lot| lot.is(id))
}

/// Unlimited seats for a lot price are shared by all whom the purchase pays for.
fn price(taken: &mut [Taken]) {
    let numbers: Vec<(PurchaseId, u64)> = taken.iter().map(|one| (one.lot.purchase.id, one.accounts)).collect();
    for one in taken {
        let id = one.lot.purchase.id;
        let all: u64 = numbers.iter().filter(|(other, _)| *other == id).map(|(_, accounts)| *accounts).sum();
        let unit = one.lot.per_seat().or_else(|| one.lot.per_account().cloned());
        let share = || ratio(one.lot.cost()?, &whole(all));
        one.cost = unit.or_else(share).map(|unit| unit * whole(one.accounts));
    }
}

impl Lot<'_> {
    fn is(&self, id: PurchaseId) -> bool {
        self.purchase.id == id
    }

    /// Leaves the seats that are not taken, with what they cost.
    fn take(&mut self, accounts: u64) {
        let (Some(seats), unit) = (self.seats, self.per_seat()) else { return };
        let left = seats.saturating_sub(accounts);
        self.seats = Some(left);
        if let (Some(annual), Some(unit)) = (&mut self.annual, unit) {
            annual.annual = Some(unit * whole(left));
        }
    }
}

impl Holding<'_> {
    /// Whether a purchase in force says whom it pays for.
    pub fn has_rules(&self) -> bool {
        self.lots.iter().any(|lot| !lot.purchase.conditions.pays_for.is_open())
    }
}
