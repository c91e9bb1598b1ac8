//! Annual spend for the billable accounts of one license type: counted seats first, then unlimited ones.

use num_traits::Zero as _;

use crate::because::{Because, Line, line, step};
use crate::day::day_text;
use crate::format::{count, counted, exact_amount, share_amount};
use crate::money::{Currency, Exact, ratio, whole};
use crate::rule::Rule;
use crate::spend::figures::{averaged, left_out};
use crate::spend::holding::{Holding, Lot};
use crate::spend::over::Over;
use crate::spend::rest::{Split, Taken};

/// What is charged for the accounts, piece by piece.
struct Charges {
    currency: Currency,
    sum: Exact,
    terms: Vec<String>,
    parts: Vec<Because>,
    /// Accounts whose price is not known.
    unknown: u64,
}

/// The figure for a billable type that is not free; `unit` explains the price of a counted seat.
pub(super) fn spend(holding: &Holding, split: &Split, unit: &Because, currency: Currency) -> Line {
    let mut charges = Charges::new(currency);
    for taken in &split.taken {
        charges.named(taken, holding);
    }
    charges.others(holding, &split.rest, unit);
    charges.into_line(holding, holding.accounts())
}

/// What the accounts cost in a year that no rule names; `None` while nothing of it is known.
pub(super) fn average(holding: &Holding, split: &Split, currency: Currency) -> Option<Exact> {
    let mut charges = Charges::new(currency);
    charges.others(holding, &split.rest, &step(String::new(), String::new(), Rule::UnitPrice, String::new()));
    (charges.unknown == 0 || !charges.terms.is_empty()).then_some(charges.sum)
}

impl Charges {
    fn new(currency: Currency) -> Self {
        Self { currency, sum: Exact::zero(), terms: Vec::new(), parts: Vec::new(), unknown: 0 }
    }

    /// Accounts that a purchase pays for by its rules.
    fn named(&mut self, taken: &Taken, holding: &Holding) {
        let Some(cost) = taken.cost.clone() else {
            self.unknown = self.unknown.saturating_add(taken.accounts);
            return;
        };
        if taken.accounts == 0 {
            return;
        }
        let each = share_amount(&cost, taken.accounts, self.currency);
        let term = format!("{} × {each}", counted(taken.accounts, "account", "accounts"));
        let mut part = part(holding, &taken.how(), Rule::PaysFor, &term);
        part.purchase = Some(taken.lot.purchase.id);
        self.add(cost, term, part);
    }

    /// Accounts that no rule names: counted seats first, then what is agreed for those beyond, then unlimited ones.
    fn others(&mut self, holding: &Holding, rest: &Holding, unit: &Because) {
        let accounts = rest.accounts();
        let capped = rest.unlimited() || !holding.over.is_empty();
        let seated = if capped { accounts.min(rest.seats()) } else { accounts };
        self.seated(seated, holding, rest, (unit, capped));
        if !holding.over.is_empty() && !holding.unlimited() {
            return holding.over.iter().for_each(|over| self.over(over, holding));
        }
        if accounts > 0 {
            self.unlimited_lots(rest);
        }
        self.beyond(accounts.saturating_sub(seated), rest);
    }

    fn add(&mut self, amount: Exact, term: String, mut part: Because) {
        part.set(&amount, self.currency);
        self.sum += amount;
        self.terms.push(term);
        self.parts.push(part);
    }

    /// Accounts beyond the seats, where it is agreed what they cost.
    fn over(&mut self, over: &Over, holding: &Holding) {
        if over.seats == 0 || over.from.is_some() {
            return;
        }
        let Some(price) = &over.unit else {
            self.unknown = self.unknown.saturating_add(over.seats);
            return;
        };
        let term = self.times(over.seats, price);
        let mut part = part(holding, "accounts beyond the seats", Rule::Overage, &term);
        part.purchase = Some(over.purchase);
        self.add(price * whole(over.seats), term, part);
    }

    fn seated(&mut self, accounts: u64, holding: &Holding, rest: &Holding, (unit, capped): (&Because, bool)) {
        if accounts == 0 {
            return;
        }
        // Where rules have taken all seats the price of all of them stands in.
        let (cost, seats) = if rest.unit().is_some() { rest.priced_seats() } else { holding.priced_seats() };
        let Some(price) = ratio(&cost, &whole(seats)) else {
            self.unknown = self.unknown.saturating_add(accounts);
            return;
        };
        let each = share_amount(&cost, seats, self.currency);
        let term = format!("{} × {each}", counted(accounts, "account", "accounts"));
        if capped || holding.has_rules() {
            let what = if capped { "accounts in counted seats" } else { "accounts that no rule names" };
            let rule = if capped { Rule::LimitedFirst } else { Rule::PaysFor };
            let mut part = part(holding, what, rule, &term);
            part.parts.push(unit.clone());
            self.add(price * whole(accounts), term, part);
        } else {
            self.sum += price * whole(accounts);
            self.terms.push(term);
            self.parts.push(unit.clone());
        }
    }

    fn unlimited_lots(&mut self, holding: &Holding) {
        for lot in holding.lots.iter().filter(|lot| lot.seats().is_none()) {
            let Some(cost) = lot.cost() else { continue };
            let term = exact_amount(cost, self.currency);
            let mut part = part(holding, "unlimited seats for a lot price", Rule::UnlimitedLot, &term);
            part.purchase = Some(lot.purchase.id);
            self.add(cost.clone(), term, part);
        }
    }

    fn beyond(&mut self, accounts: u64, holding: &Holding) {
        let Some(price) = holding.unit_beyond().filter(|_| accounts > 0) else {
            let covered = holding.lots.iter().any(|lot| lot.seats().is_none() && lot.cost().is_some());
            self.unknown = self.unknown.saturating_add(if covered { 0 } else { accounts });
            return;
        };
        let term = self.times(accounts, &price);
        let mut part = part(holding, "accounts in unlimited seats", Rule::UnlimitedUnit, &term);
        let mut priced = holding.lots.iter().filter(|lot| lot.per_account().is_some());
        if let (Some(only), None) = (priced.next(), priced.next()) {
            part.purchase = Some(only.purchase.id);
        }
        let least: Exact = holding.lots.iter().filter_map(Lot::least).sum();
        let charged = price * whole(accounts);
        if least > charged {
            part.rule = Rule::PaymentMinimum;
            let term = format!("{} at least", exact_amount(&least, self.currency));
            part.arithmetic.clone_from(&term);
            return self.add(least, term, part);
        }
        self.add(charged, term, part);
    }

    fn times(&self, accounts: u64, price: &Exact) -> String {
        format!("{} × {}", counted(accounts, "account", "accounts"), exact_amount(price, self.currency))
    }

    fn into_line(self, holding: &Holding, accounts: u64) -> Line {
        let label = format!("{}: billable accounts", holding.facts.name);
        let arithmetic = match (accounts, self.terms.is_empty()) {
            (0, true) => "0 accounts".to_owned(),
            (_, true) => format!("{} × an unknown price", counted(accounts, "account", "accounts")),
            (_, false) => self.terms.join(" + "),
        };
        let rule = if self.terms.is_empty() && accounts > 0 { Rule::UnknownPrice } else { Rule::BillableAccounts };
        let mut spend = line(label, rule, arithmetic);
        let pending = holding.over.iter().filter_map(|over| pending(over, holding));
        let said: Vec<String> = caveat(holding, self.unknown, accounts).into_iter().chain(pending).collect();
        spend.caveat = (!said.is_empty()).then(|| said.join(" "));
        if accounts == 0 || !self.terms.is_empty() {
            spend.set(self.sum, self.currency);
        }
        spend.because.parts = deactivated(holding).into_iter().chain(self.parts).collect();
        spend
    }
}

/// That deactivated accounts are among them, where the contract charges for those.
fn deactivated(holding: &Holding) -> Option<Because> {
    let (all, deactivated) = (holding.accounts(), holding.facts.deactivated);
    let arithmetic = format!("{} active + {} deactivated", count(all.saturating_sub(deactivated)), count(deactivated));
    let label = format!("{}: deactivated accounts are charged for", holding.facts.name);
    let result = counted(all, "account", "accounts");
    (deactivated > 0 && all > 0).then(|| step(label, result, Rule::BillableAccounts, arithmetic))
}

/// What will be charged from a day to come on.
pub(super) fn pending(over: &Over, holding: &Holding) -> Option<String> {
    let from = over.from.filter(|_| over.seats > 0)?;
    let accounts = counted(over.seats, "account", "accounts");
    let name = &holding.facts.name;
    let (have, are) = if over.seats == 1 { ("has", "is") } else { ("have", "are") };
    Some(format!("{accounts} of {name} {have} no seat and {are} charged from the true-up of {} on.", day_text(from)))
}

fn part(holding: &Holding, what: &str, rule: Rule, arithmetic: &str) -> Because {
    step(format!("{}: {what}", holding.facts.name), String::new(), rule, arithmetic.to_owned())
}

fn caveat(holding: &Holding, unknown: u64, accounts: u64) -> Option<String> {
    if accounts == 0 {
        return None;
    }
    if unknown > 0 {
        let accounts = counted(unknown, "billable account", "billable accounts");
        let have = if unknown == 1 { "has" } else { "have" };
        return Some(format!("{accounts} of {} {have} no price.", holding.facts.name));
    }
    let unpriced = holding.lots.iter().filter(|lot| lot.annual.is_none());
    let (counted_lots, others): (Vec<&Lot>, Vec<&Lot>) = unpriced.partition(|lot| lot.seats().is_some());
    match (counted_lots.len(), others.len()) {
        (0, 0) => None,
        (_, 0) => Some(averaged(holding)),
        (_, _) => Some(left_out(holding)),
    }
}
