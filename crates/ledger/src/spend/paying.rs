//! Who pays for an account, looked up by what is known of it: with many purchases and a million accounts no rule is tried one
//! after the other. Absent on purpose: what rules mean; `pays_for` says it.

use std::collections::HashMap;

use crate::pays_for::{Account, Match};
use crate::purchase::{Purchase, PurchaseId};
use crate::spend::Payer;

/// Whom purchases in force pay for.
#[derive(Debug, Clone, Default)]
pub struct Paying<'a>(HashMap<&'a str, OfType>);

/// The rules of one license type: for every value the first purchase that names it, by place.
#[derive(Debug, Clone, Default)]
struct OfType {
    purchases: Vec<PurchaseId>,
    departments: Named,
    cost_centers: Named,
    groups: Named,
    emails: Named,
    domains: Named,
    fallback: Option<PurchaseId>,
}

/// By value, without regard to case.
#[derive(Debug, Clone, Default)]
struct Named(HashMap<String, usize>);

impl Named {
    fn add(&mut self, value: &str, place: usize) {
        self.0.entry(plain(value)).or_insert(place);
    }

    fn of(&self, value: Option<&str>) -> Option<usize> {
        let value = value.filter(|_| !self.0.is_empty())?;
        self.0.get(&plain(value)).copied()
    }
}

fn plain(value: &str) -> String {
    value.trim().to_lowercase()
}

impl<'a> Paying<'a> {
    /// Of the purchases in force on a day (see [`crate::in_force`]), in any order.
    pub fn new(force: &[&'a Purchase]) -> Self {
        let mut sorted: Vec<&Purchase> = force.to_vec();
        sorted.sort_by_key(|purchase| (purchase.origin(), purchase.id));
        let mut types: HashMap<&str, OfType> = HashMap::new();
        for purchase in sorted.into_iter().filter(|purchase| !purchase.conditions.pays_for.is_open()) {
            types.entry(&purchase.license_type).or_default().add(purchase);
        }
        Self(types)
    }

    /// Who pays for the account.
    pub fn payer(&self, account: &Account) -> Payer {
        let Some(own) = self.0.get(account.license_type) else { return Payer::Average };
        match own.first(account).and_then(|place| own.purchases.get(place)) {
            Some(matched) => Payer::Matched(*matched),
            None => own.fallback.map_or(Payer::Average, Payer::Fallback),
        }
    }
}

impl OfType {
    fn add(&mut self, purchase: &Purchase) {
        let place = self.purchases.len();
        self.purchases.push(purchase.id);
        for rule in &purchase.conditions.pays_for.rules {
            match rule {
                Match::Department(name) => self.departments.add(name, place),
                Match::CostCenter(name) => self.cost_centers.add(name, place),
                Match::Group(name) => self.groups.add(name, place),
                Match::Email(domain) if domain.starts_with('@') => self.domains.add(domain, place),
                Match::Email(address) => self.emails.add(address, place),
            }
        }
        if purchase.conditions.pays_for.fallback {
            self.fallback.get_or_insert(purchase.id);
        }
    }

    /// The first purchase whose rules match.
    fn first(&self, account: &Account) -> Option<usize> {
        let groups = || account.groups.iter().filter_map(|group| self.groups.of(Some(group)));
        let email = account.email.map(str::trim).filter(|_| !self.domains.0.is_empty()).unwrap_or_default();
        let domains = email.match_indices('@').filter_map(|(at, _)| self.domains.of(email.get(at..)));
        let one = [
            self.departments.of(account.department),
            self.cost_centers.of(account.cost_center),
            self.emails.of(account.email),
        ];
        one.into_iter().flatten().chain(groups()).chain(domains).min()
    }
}
