//! Which purchase pays for whom, and what departments or cost centers cost: parts equal the whole.
//! Absent on purpose: who the accounts are; the caller brings them, one after the other.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::because::{Because, Line, line, step};
use crate::format::{counted, sentence_amount};
use crate::money::{Exact, Money, ratio, whole};
use crate::pays_for::Account;
use crate::purchase::{Purchase, PurchaseId};
use crate::rule::Rule;
use crate::spend::force::in_force;
use crate::spend::holding::{self, Holding, Lot};
use crate::spend::{Setting, Sum, TypeFacts};

/// By what spend is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Department.
    Department,
    /// Cost center.
    CostCenter,
}

impl By {
    fn of<'a>(self, account: &Account<'a>) -> Option<&'a str> {
        let name = match self {
            Self::Department => account.department,
            Self::CostCenter => account.cost_center,
        };
        name.map(str::trim).filter(|name| !name.is_empty())
    }

    fn nothing(self) -> &'static str {
        match self {
            Self::Department => "No department",
            Self::CostCenter => "No cost center",
        }
    }
}

/// Who pays for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Payer {
    /// A purchase whose rules match it.
    Matched(PurchaseId),
    /// The purchase that pays for whomever no rule matches.
    Fallback(PurchaseId),
    /// The average over the seats that no rule has taken.
    Average,
}

/// What one department or cost center costs in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargebackRow {
    /// Its name; `None` for accounts without one.
    pub name: Option<String>,
    /// Its billable accounts.
    pub accounts: u64,
    /// What they cost in a year, in whole minor units that add up to the total.
    pub annual: Line,
}

/// Spend by department or cost center.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chargeback {
    /// By what.
    pub by: By,
    /// By name; those without one come last.
    pub rows: Vec<ChargebackRow>,
    /// What no account holds.
    pub unassigned: Line,
    /// All of it. Where no type has more accounts than seats it is what the contracts cost in a year.
    pub total: Line,
}

/// Who pays for the account, among the purchases in force on a day (by license type, see [`in_force`]).
pub fn payer(account: &Account, force: &[&Purchase]) -> Payer {
    let mut own: Vec<&Purchase> =
        force.iter().copied().filter(|purchase| purchase.license_type == account.license_type).collect();
    own.sort_by_key(|purchase| (purchase.term.from, purchase.id));
    chosen(account, &own)
}

fn chosen(account: &Account, own: &[&Purchase]) -> Payer {
    let matched = own.iter().find(|purchase| purchase.conditions.pays_for.matches(account));
    let fallback = || own.iter().find(|purchase| purchase.conditions.pays_for.fallback);
    match matched {
        Some(purchase) => Payer::Matched(purchase.id),
        None => fallback().map_or(Payer::Average, |purchase| Payer::Fallback(purchase.id)),
    }
}

/// Counts of one license type: by name and payer.
type Counts<'a> = HashMap<(Option<&'a str>, Payer), u64>;

/// Spend on the day by department or cost center. The order of accounts and purchases does not matter.
pub fn chargeback<'a>(
    day: Date,
    by: By,
    types: &[TypeFacts],
    purchases: &[Purchase],
    accounts: impl IntoIterator<Item = Account<'a>>,
    setting: Setting,
) -> Chargeback {
    let force = in_force(day, purchases);
    let holdings = holding::all(day, types, &force, setting.exchange);
    let counts = count(by, &holdings, accounts);
    let mut made = Made { names: BTreeMap::new(), unassigned: Vec::new(), sum: Sum::new("", Rule::Chargeback) };
    for (holding, counts) in holdings.iter().zip(&counts) {
        made.holding(holding, counts);
    }
    let base = setting.exchange.map(|exchange| exchange.base).or(setting.default);
    made.finish(by, base)
}

fn count<'a>(by: By, holdings: &[Holding], accounts: impl IntoIterator<Item = Account<'a>>) -> Vec<Counts<'a>> {
    let mut own: HashMap<&str, (usize, Vec<&Purchase>)> = HashMap::new();
    for (index, holding) in holdings.iter().enumerate().filter(|(_, holding)| holding.facts.billable) {
        let mut purchases: Vec<&Purchase> = holding.lots.iter().map(|lot| lot.purchase).collect();
        purchases.sort_by_key(|purchase| (purchase.term.from, purchase.id));
        own.insert(&holding.facts.license_type, (index, purchases));
    }
    let mut counts: Vec<Counts> = vec![Counts::new(); holdings.len()];
    for account in accounts.into_iter().filter(|account| account.billable) {
        let Some((index, purchases)) = own.get(account.license_type) else { continue };
        if let Some(counts) = counts.get_mut(*index) {
            let number = counts.entry((by.of(&account), chosen(&account, purchases))).or_default();
            *number = number.saturating_add(1);
        }
    }
    counts
}

struct Made<'a> {
    /// Sum, accounts and reasons of each name; those without one sort last.
    names: BTreeMap<(bool, &'a str), (Exact, u64, Vec<Because>)>,
    unassigned: Vec<(Exact, Because)>,
    /// Collects currencies and what is left out.
    sum: Sum,
}

impl<'a> Made<'a> {
    fn holding(&mut self, holding: &Holding, counts: &Counts<'a>) {
        let name = &holding.facts.name;
        if let Some(missing) = holding.lots.iter().find_map(|lot| lot.missing.filter(|_| !holding.facts.free)) {
            self.sum.block(Rule::MissingRate, missing.to_string());
        }
        let mut of_payer: BTreeMap<Payer, u64> = BTreeMap::new();
        for ((_, payer), number) in counts {
            let all = of_payer.entry(*payer).or_default();
            *all = all.saturating_add(*number);
        }
        let pool = Pool::new(holding, &of_payer);
        let units: BTreeMap<Payer, Option<Exact>> =
            of_payer.iter().map(|(payer, number)| (*payer, pool.unit(*payer, *number))).collect();
        for ((department, payer), number) in counts {
            let key = (department.is_none(), department.unwrap_or_default());
            let (sum, accounts, reasons) = self.names.entry(key).or_insert_with(|| (Exact::zero(), 0, Vec::new()));
            *accounts = accounts.saturating_add(*number);
            let Some(unit) = units.get(payer).cloned().flatten() else { continue };
            let amount = &unit * whole(*number);
            reasons.push(pool.reason(*payer, *number, &unit, &amount));
            *sum += amount;
        }
        if units.values().any(Option::is_none) || holding.unpriced_lots() > 0 && !holding.facts.free {
            self.sum.without(format!("{name} has accounts or purchases without a price: they are not included."));
        }
        let left = pool.left(&of_payer);
        if !left.is_zero() {
            let text = pool.text(&left);
            self.unassigned.push((left, step(format!("{name}: unassigned seats"), text.clone(), Rule::Waste, text)));
        }
        for lot in holding.lots.iter().filter(|lot| lot.annual.is_some() && !holding.facts.free) {
            self.sum.saw(lot.currency);
        }
    }

    fn finish(mut self, by: By, default: Option<crate::Currency>) -> Chargeback {
        let currency = self.sum.currency().or(default);
        let mut lines: Vec<(Option<&str>, u64, Line)> = Vec::new();
        for ((none, name), (amount, accounts, mut reasons)) in std::mem::take(&mut self.names) {
            reasons.sort_by(|one, other| one.label.cmp(&other.label));
            let label = if none { by.nothing() } else { name };
            let terms: Vec<&str> = reasons.iter().map(|reason| reason.arithmetic.as_str()).collect();
            let arithmetic = if terms.is_empty() { "Nothing that has a price".to_owned() } else { terms.join(" + ") };
            let mut made = line(label.to_owned(), Rule::Chargeback, arithmetic);
            made.because.parts = reasons.into();
            made.value = currency.map(|currency| Money { amount, currency });
            lines.push(((!none).then_some(name), accounts, made));
        }
        let terms: Vec<String> = self.unassigned.iter().map(|(_, reason)| reason.result.clone()).collect();
        let arithmetic = if terms.is_empty() { "No seat is unassigned".to_owned() } else { terms.join(" + ") };
        let mut unassigned = line("Unassigned seats".to_owned(), Rule::Waste, arithmetic);
        let amount = self.unassigned.iter().map(|(amount, _)| amount).sum();
        unassigned.value = currency.map(|currency| Money { amount, currency });
        unassigned.because.parts = self.unassigned.into_iter().map(|(_, reason)| reason).collect();
        let label = "Spend by account, and unassigned seats";
        let (total, rows, unassigned) = settle(self.sum, label, lines, unassigned, default);
        Chargeback { by, rows, unassigned, total }
    }
}

/// Rounds the rows so that they add up to the total; without a total none has an amount.
fn settle(
    mut sum: Sum,
    label: &str,
    mut lines: Vec<(Option<&str>, u64, Line)>,
    mut unassigned: Line,
    default: Option<crate::Currency>,
) -> (Line, Vec<ChargebackRow>, Line) {
    sum.named(label);
    for (_, _, line) in &lines {
        sum.add(line.clone());
    }
    sum.add(unassigned.clone());
    let total = sum.into_line(default);
    let exact: Vec<Exact> = lines
        .iter()
        .map(|(_, _, line)| line)
        .chain([&unassigned])
        .map(|line| line.value.as_ref().map_or_else(Exact::zero, |value| value.amount.clone()))
        .collect();
    let currency = total.value.as_ref().map(|value| value.currency);
    let shares = currency.map(|currency| crate::format::share_out(&exact, currency)).unwrap_or_default();
    let mut shares = shares.into_iter();
    let all = lines.iter_mut().map(|(_, _, line)| line).chain([&mut unassigned]);
    for line in all {
        if let (Some(share), Some(currency)) = (shares.next(), currency) {
            line.set(share, currency);
        } else {
            line.value = None;
            line.caveat.clone_from(&total.caveat);
        }
    }
    let row = |(name, accounts, annual): (Option<&str>, u64, Line)| ChargebackRow {
        name: name.map(str::to_owned),
        accounts,
        annual,
    };
    (total, lines.into_iter().map(row).collect(), unassigned)
}

/// What the seats of one type cost, and which of them rules have taken.
struct Pool<'a> {
    holding: &'a Holding<'a>,
    /// Seats that no rule has taken, and what they cost.
    seats: u64,
    cost: Exact,
}

impl<'a> Pool<'a> {
    fn new(holding: &'a Holding<'a>, of_payer: &BTreeMap<Payer, u64>) -> Self {
        let mut pool = Self { holding, seats: 0, cost: Exact::zero() };
        for lot in &holding.lots {
            if let (Some(seats), Some(unit)) = (lot.seats(), per_seat(lot)) {
                let left = seats.saturating_sub(taken(lot, of_payer));
                pool.seats = pool.seats.saturating_add(left);
                pool.cost += unit * whole(left);
            }
        }
        pool
    }

    fn lot(&self, id: PurchaseId) -> Option<&Lot<'a>> {
        self.holding.lots.iter().find(|lot| lot.purchase.id == id)
    }

    /// What an account of the payer costs when it pays for so many; `None` while unknown.
    fn unit(&self, payer: Payer, number: u64) -> Option<Exact> {
        if self.holding.facts.free {
            return Some(Exact::zero());
        }
        match payer {
            Payer::Matched(id) | Payer::Fallback(id) => {
                let lot = self.lot(id)?;
                match lot.seats() {
                    Some(_) => per_seat(lot),
                    None => lot.per_account().cloned().or_else(|| ratio(lot.cost()?, &whole(number))),
                }
            }
            Payer::Average => ratio(&self.average(number)?, &whole(number)),
        }
    }

    /// What so many accounts cost that no rule matches: free seats first, then unlimited ones, else the same price.
    fn average(&self, number: u64) -> Option<Exact> {
        let covered = number.min(self.seats);
        let beyond = number.saturating_sub(covered);
        let seat = ratio(&self.cost, &whole(self.seats)).or_else(|| self.holding.unit());
        let open = |lot: &&Lot| lot.seats().is_none() && lot.purchase.conditions.pays_for.is_open();
        let lots: Exact = self.holding.lots.iter().filter(open).filter_map(Lot::cost).sum();
        let covered_cost = if covered == 0 { Exact::zero() } else { seat.clone()? * whole(covered) };
        let has_lot = self.holding.lots.iter().filter(open).any(|lot| lot.cost().is_some());
        let beyond_cost = match (beyond, has_lot) {
            (0, _) | (_, true) => Exact::zero(),
            _ => self.holding.unit_beyond().or(seat)? * whole(beyond),
        };
        Some(covered_cost + beyond_cost + lots)
    }

    /// What is left of the seats, and of unlimited purchases for a lot price that pay for nobody.
    fn left(&self, of_payer: &BTreeMap<Payer, u64>) -> Exact {
        if self.holding.facts.free {
            return Exact::zero();
        }
        let averaged = of_payer.get(&Payer::Average).copied().unwrap_or_default();
        let covered = whole(averaged.min(self.seats));
        let used = ratio(&self.cost, &whole(self.seats)).map_or_else(Exact::zero, |unit| unit * covered);
        let idle = |lot: &&Lot| {
            let open = lot.purchase.conditions.pays_for.is_open();
            lot.seats().is_none() && if open { averaged == 0 } else { taken(lot, of_payer) == 0 }
        };
        let lots: Exact = self.holding.lots.iter().filter(idle).filter_map(Lot::cost).sum();
        &self.cost - used + lots
    }

    fn text(&self, amount: &Exact) -> String {
        let priced = self.holding.lots.iter().find(|lot| lot.annual.is_some());
        priced.map_or_else(|| amount.to_string(), |lot| sentence_amount(amount, lot.currency))
    }

    fn reason(&self, payer: Payer, number: u64, unit: &Exact, amount: &Exact) -> Because {
        let (how, purchase) = match payer {
            Payer::Matched(id) => (self.called(id), Some(id)),
            Payer::Fallback(id) => (format!("{}, for all others", self.called(id)), Some(id)),
            Payer::Average => ("average price".to_owned(), None),
        };
        let label = format!("{}: {how}", self.holding.facts.name);
        let arithmetic = format!("{} × {}", counted(number, "account", "accounts"), self.text(unit));
        let mut reason = step(label, self.text(amount), Rule::PaysFor, arithmetic);
        reason.purchase = purchase;
        reason
    }

    fn called(&self, id: PurchaseId) -> String {
        let named = |lot: &Lot| {
            let purchase = lot.purchase;
            [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty()).cloned()
        };
        self.lot(id).and_then(named).unwrap_or_else(|| format!("purchase {}", id.0))
    }
}

fn per_seat(lot: &Lot) -> Option<Exact> {
    ratio(lot.cost()?, &whole(lot.seats()?))
}

/// Accounts that a purchase pays for by its rules.
fn taken(lot: &Lot, of_payer: &BTreeMap<Payer, u64>) -> u64 {
    let by = |payer| of_payer.get(&payer).copied().unwrap_or_default();
    by(Payer::Matched(lot.purchase.id)).saturating_add(by(Payer::Fallback(lot.purchase.id)))
}
