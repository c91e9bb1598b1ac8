//! Annual spend for the billable accounts of one license type: counted seats first, then unlimited ones.

use num_traits::Zero as _;

use crate::because::{Because, Line, line, step};
use crate::format::{counted, sentence_amount};
use crate::money::{Currency, Exact, whole};
use crate::purchase::PurchaseId;
use crate::rule::Rule;
use crate::spend::figures::{averaged, left_out};
use crate::spend::holding::{Holding, Lot};

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
pub(super) fn spend(holding: &Holding, unit: &Because, currency: Currency) -> Line {
    let accounts = holding.accounts();
    let mut charges = Charges { currency, sum: Exact::zero(), terms: Vec::new(), parts: Vec::new(), unknown: 0 };
    let overage = if holding.unlimited() { None } else { holding.overage() };
    let capped = holding.unlimited() || overage.is_some();
    let seated = if capped { accounts.min(holding.seats()) } else { accounts };
    charges.seated(seated, holding, unit, capped);
    if let Some((price, purchase)) = overage.filter(|_| accounts > seated) {
        charges.over(accounts.saturating_sub(seated), &price, purchase, holding);
        return charges.into_line(holding, accounts);
    }
    if accounts > 0 {
        charges.unlimited_lots(holding);
    }
    charges.beyond(accounts.saturating_sub(seated), holding);
    charges.into_line(holding, accounts)
}

impl Charges {
    fn add(&mut self, amount: Exact, term: String, mut part: Because) {
        part.result = sentence_amount(&amount, self.currency);
        self.sum += amount;
        self.terms.push(term);
        self.parts.push(part);
    }

    /// Accounts beyond the seats, where such seats have their own price.
    fn over(&mut self, accounts: u64, price: &Exact, purchase: PurchaseId, holding: &Holding) {
        let term = self.times(accounts, price);
        let mut part = part(holding, "accounts beyond the seats", Rule::Overage, &term);
        part.purchase = Some(purchase);
        self.add(price * whole(accounts), term, part);
    }

    fn seated(&mut self, accounts: u64, holding: &Holding, unit: &Because, capped: bool) {
        if accounts == 0 {
            return;
        }
        let Some(price) = holding.unit() else {
            self.unknown = self.unknown.saturating_add(accounts);
            return;
        };
        let term = self.times(accounts, &price);
        if capped {
            let mut part = part(holding, "accounts in counted seats", Rule::LimitedFirst, &term);
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
            let term = sentence_amount(cost, self.currency);
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
            let term = format!("{} at least", sentence_amount(&least, self.currency));
            return self.add(least, term, part);
        }
        self.add(charged, term, part);
    }

    fn times(&self, accounts: u64, price: &Exact) -> String {
        format!("{} × {}", counted(accounts, "account", "accounts"), sentence_amount(price, self.currency))
    }

    fn into_line(self, holding: &Holding, accounts: u64) -> Line {
        let label = format!("{}: billable accounts", holding.facts.name);
        let arithmetic = match (accounts, self.terms.is_empty()) {
            (0, _) => "0 accounts".to_owned(),
            (_, true) => format!("{} × an unknown price", counted(accounts, "account", "accounts")),
            (_, false) => self.terms.join(" + "),
        };
        let rule = if self.terms.is_empty() && accounts > 0 { Rule::UnknownPrice } else { Rule::BillableAccounts };
        let mut spend = line(label, rule, arithmetic);
        spend.caveat = caveat(holding, self.unknown, accounts);
        if accounts == 0 || !self.terms.is_empty() {
            spend.set(self.sum, self.currency);
        }
        spend.because.parts = self.parts.into();
        spend
    }
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
