//! The figures of one license type, each with its rule and arithmetic.

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::adding::sum;
use crate::because::{Because, Line, Parts, amount_step, line, step};
use crate::explain::annual_line;
use crate::facts::PurchaseFacts;
use crate::format::{counted, exact_amount, share_amount};
use crate::money::{Currency, Exact, whole};
use crate::rule::Rule;
use crate::spend::accounts;
use crate::spend::currencies::Currencies;
use crate::spend::holding::{Holding, Lot};
use crate::spend::rest::{Split, split};

/// "1 of 2 purchases of Can-Edit has no price".
pub(super) fn some_unpriced(holding: &Holding) -> String {
    let (some, all) = (holding.unpriced_lots(), holding.lots.len());
    let have = if some == 1 { "has" } else { "have" };
    format!("{some} of {all} purchases of {} {have} no price", holding.facts.name)
}

/// A caveat where counted seats without a price take the price of the others.
pub(super) fn averaged(holding: &Holding) -> String {
    format!("{}: the average price of the others stands in for it.", some_unpriced(holding))
}

/// A caveat where a purchase without a price adds nothing.
pub(super) fn left_out(holding: &Holding) -> String {
    format!("{}: not included.", some_unpriced(holding))
}

/// Makes the figures of one type.
pub(super) struct Figures<'a> {
    pub holding: &'a Holding<'a>,
    /// Those whom rules name, and the others.
    split: Split<'a>,
    /// What each lot costs in a year, in their order.
    explained: Vec<Option<Because>>,
    /// All of them.
    all: Parts,
    /// `None` when its own prices are in several, or nothing tells one.
    pub currency: Option<Currency>,
}

impl<'a> Figures<'a> {
    pub fn new(holding: &'a Holding<'a>, currency: Option<Currency>) -> Self {
        let explained: Vec<Option<Because>> =
            holding.lots.iter().map(|lot| explained(lot, &holding.facts.name)).collect();
        let all = explained.iter().flatten().cloned().collect();
        Self { holding, split: split(holding), explained, all, currency }
    }

    fn label(&self, what: &str) -> String {
        format!("{}: {what}", self.holding.facts.name)
    }

    /// A known 0.
    fn zero(&self, what: &str, rule: Rule, arithmetic: &str) -> Line {
        let mut zero = line(self.label(what), rule, arithmetic.to_owned());
        match self.currency {
            Some(currency) => zero.set(Exact::zero(), currency),
            None => "0".clone_into(&mut zero.because.result),
        }
        zero
    }

    /// Not known because the type's own prices are in several currencies.
    fn mixed(&self, what: &str) -> Line {
        let names = Currencies::names_in(self.holding);
        let mut mixed = line(self.label(what), Rule::MixedCurrencies, format!("Prices in {names}"));
        let name = &self.holding.facts.name;
        mixed.caveat = Some(format!("Prices of {name} are in {names}: without an exchange rate they cannot be added."));
        mixed
    }

    fn unknown(&self, what: &str, arithmetic: String) -> Line {
        let mut unknown = line(self.label(what), Rule::UnknownPrice, arithmetic);
        unknown.caveat = Some(format!("{} has no price.", self.holding.facts.name));
        unknown
    }

    fn lots(&self, wanted: impl Fn(&Lot) -> bool) -> Parts {
        if self.holding.lots.iter().all(&wanted) {
            return self.all.clone();
        }
        let lots = self.holding.lots.iter().zip(&self.explained).filter(|(lot, _)| wanted(lot));
        lots.filter_map(|(_, explained)| explained.clone()).collect()
    }

    pub fn unit(&self) -> Line {
        let what = "one seat a year";
        if self.holding.facts.free {
            return self.zero(what, Rule::Free, "Marked as free");
        }
        if Currencies::mixed_in(self.holding) {
            return self.mixed(what);
        }
        let (cost, seats) = self.holding.priced_seats();
        let (Some(currency), true) = (self.currency, self.holding.is_priced()) else {
            return self.unknown(what, "No purchase in force has a price".to_owned());
        };
        if let Some(unit) = self.holding.unit() {
            let arithmetic = format!("{} ÷ {}", exact_amount(&cost, currency), counted(seats, "seat", "seats"));
            let mut average = line(self.label(what), Rule::UnitPrice, arithmetic);
            average.set(unit, currency);
            average.because.parts = self.lots(|lot| lot.seats().is_some());
            average.caveat = self.partly(|lot| lot.seats().is_some());
            average
        } else if let Some(unit) = self.holding.unit_beyond() {
            let arithmetic = format!("{} for each account", exact_amount(&unit, currency));
            let mut each = line(self.label(what), Rule::UnlimitedUnit, arithmetic);
            each.set(unit, currency);
            each.because.parts = self.lots(|lot| lot.per_account().is_some());
            each
        } else {
            let mut none = line(self.label(what), Rule::UnlimitedLot, "Unlimited seats for a lot price".to_owned());
            none.caveat = Some("Unlimited seats for a lot price have no price per seat.".to_owned());
            none.because.parts = self.lots(|lot| lot.seats().is_none());
            none
        }
    }

    pub fn billable(&self, unit: &Because) -> Line {
        let (what, facts) = ("billable accounts", &self.holding.facts);
        if !facts.billable {
            return self.zero(what, Rule::NotBillable, "Not billable");
        }
        if facts.free {
            let accounts = counted(facts.billable_accounts, "account", "accounts");
            return self.zero(what, Rule::Free, &format!("{accounts}, marked as free"));
        }
        if Currencies::mixed_in(self.holding) {
            return self.mixed(what);
        }
        match self.currency {
            Some(currency) => accounts::spend(self.holding, &self.split, unit, currency),
            None if self.holding.accounts() == 0 => self.zero(what, Rule::BillableAccounts, "0 accounts"),
            None => {
                let accounts = counted(self.holding.accounts(), "account", "accounts");
                self.unknown(what, format!("{accounts} × an unknown price"))
            }
        }
    }

    pub fn committed(&self) -> Line {
        let what = "committed";
        if self.holding.facts.free {
            return self.zero(what, Rule::Free, "Marked as free");
        }
        if self.holding.lots.is_empty() && self.holding.accounts() == 0 {
            return self.zero(what, Rule::Committed, "No purchase in force");
        }
        if Currencies::mixed_in(self.holding) {
            return self.mixed(what);
        }
        let (Some(currency), true) = (self.currency, self.holding.is_priced()) else {
            return self.unknown(what, "No purchase in force has a price".to_owned());
        };
        let costs: Vec<&Exact> =
            self.holding.lots.iter().filter_map(|lot| lot.cost().or_else(|| lot.least())).collect();
        let terms: Vec<String> = costs.iter().map(|cost| exact_amount(cost, currency)).collect();
        let arithmetic = if terms.is_empty() { "Paid per account only".to_owned() } else { terms.join(" + ") };
        let mut committed = line(self.label(what), Rule::Committed, arithmetic);
        committed.set(sum(costs), currency);
        committed.because.parts = self.committed_parts(currency);
        committed.caveat = self.left_out();
        committed
    }

    /// What each lot commits to; where it is paid by the accounts, its minimum.
    fn committed_parts(&self, currency: Currency) -> Parts {
        let least = |lot: &Lot| lot.least().filter(|_| lot.cost().is_none()).cloned();
        if self.holding.lots.iter().all(|lot| least(lot).is_none()) {
            return self.all.clone();
        }
        let part = |(lot, explained): (&Lot, &Option<Because>)| {
            let explained = explained.clone()?;
            let Some(least) = least(lot) else { return Some(explained) };
            let label = format!("{}, at least", explained.label);
            let arithmetic = format!("{} at least", exact_amount(&least, currency));
            let mut minimum = amount_step(label, &least, currency, Rule::PaymentMinimum, arithmetic);
            minimum.purchase = explained.purchase;
            minimum.parts.push(explained);
            Some(minimum)
        };
        self.holding.lots.iter().zip(&self.explained).filter_map(part).collect()
    }

    pub fn waste(&self, unit: &Because) -> Line {
        let (what, spare) = ("unassigned seats", self.split.rest.spare());
        if self.holding.facts.free {
            return self.zero(what, Rule::Free, "Marked as free");
        }
        let idle: Vec<&Lot> = self.split.idle(self.holding).collect();
        if spare == 0 && idle.is_empty() {
            return self.zero(what, Rule::Waste, "0 seats");
        }
        if Currencies::mixed_in(self.holding) {
            return self.mixed(what);
        }
        let seats = counted(spare, "seat", "seats");
        let rest = if self.split.rest.unit().is_some() { &self.split.rest } else { self.holding };
        let (cost, among) = rest.priced_seats();
        let price = rest.unit().or_else(|| (spare == 0).then(Exact::zero));
        let (Some(currency), Some(price)) = (self.currency, price) else {
            return self.unknown(what, format!("{seats} × an unknown price"));
        };
        let lots: Exact = idle.iter().filter_map(|lot| lot.cost()).sum();
        let amount = price * whole(spare) + &lots;
        let of_seats = || format!("{seats} × {}", share_amount(&cost, among, currency));
        let of_lots = idle.iter().filter_map(|lot| lot.cost()).map(|cost| exact_amount(cost, currency));
        let terms: Vec<String> = (spare > 0).then(of_seats).into_iter().chain(of_lots).collect();
        let mut waste = line(self.label(what), Rule::Waste, terms.join(" + "));
        waste.set(amount, currency);
        waste.caveat = self.partly(|lot| lot.seats().is_some());
        let mut parts = vec![self.spare_seats(seats), unit.clone()];
        parts.extend(idle.iter().filter_map(|lot| explained(lot, &self.holding.facts.name)));
        waste.because.parts = parts.into();
        waste
    }

    /// The end of the first purchase to end among those with seats that nobody holds.
    pub fn waste_from(&self) -> Option<Date> {
        let rest = &self.split.rest;
        if rest.spare() == 0 || self.holding.facts.free {
            return None;
        }
        rest.lots
            .iter()
            .filter(|lot| lot.seats().is_some_and(|seats| seats > 0))
            .filter_map(|lot| lot.purchase.term.end)
            .min()
    }

    fn spare_seats(&self, result: String) -> Because {
        let seats = counted(self.holding.seats(), "seat", "seats");
        let elsewhere = self.split.in_unlimited_seats();
        let held = self.holding.facts.assigned.saturating_sub(elsewhere);
        let none = if self.holding.seats() <= held { ", 0 at least" } else { "" };
        let arithmetic = format!("{seats} − {}{none}", counted(held, "member", "members"));
        step(self.label("seats that nobody holds"), result, Rule::SeatsInForce, arithmetic)
    }

    /// Some, but not all, of the wanted purchases have no price.
    fn partly(&self, wanted: impl Fn(&Lot) -> bool) -> Option<String> {
        let some = self.holding.lots.iter().any(|lot| wanted(lot) && lot.annual.is_none());
        some.then(|| averaged(self.holding))
    }

    fn left_out(&self) -> Option<String> {
        let some = self.holding.unpriced_lots() > 0;
        some.then(|| left_out(self.holding))
    }
}

/// What a purchase costs in a year, in the currency of the figures.
pub(super) fn explained(lot: &Lot, type_name: &str) -> Option<Because> {
    let own = annual_line(&named(lot, type_name))?;
    let (Some(found), Some(value)) = (&lot.found, &own.value) else { return Some(own.because) };
    let (label, purchase) = (own.because.label.clone(), own.because.purchase);
    let converted = found.because(label, &value.amount, vec![own.because]);
    Some(Because { purchase, ..converted })
}

/// The facts of a purchase, called by its own name or else by its license type's.
fn named(lot: &Lot, type_name: &str) -> PurchaseFacts {
    let mut facts = PurchaseFacts::from(lot.purchase);
    if facts.label.is_empty() {
        facts.label = format!("Purchase of {type_name}");
    }
    facts
}
