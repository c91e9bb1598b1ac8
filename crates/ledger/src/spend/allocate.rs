//! Which purchase pays for whom, and what departments or cost centers cost: parts equal the whole.
//! Absent on purpose: who the accounts are; the caller brings them, one after the other.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use num_traits::Zero as _;

use crate::because::{Because, Line, amount_step, line, step};
use crate::day::day_text;
use crate::format::{counted, exact_amount, rounded, share_out_to};
use crate::money::{Currency, Exact, ratio, whole};
use crate::pays_for::Account;
use crate::purchase::{Purchase, PurchaseId};
use crate::remainders::remainders;
use crate::rule::Rule;
use crate::spend::accounts;
use crate::spend::currencies::Currencies;
use crate::spend::holding::{self, Holding};
use crate::spend::rest::split;
use crate::spend::{Paying, Setting, Spend, Sum, TypeFacts};

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
    /// How those were counted.
    pub counted: Because,
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
    /// The billable accounts of all rows.
    pub counted: Because,
    /// What no account holds.
    pub unassigned: Line,
    /// All of it. Where billable accounts hold no more than the seats, and others none, it is what the contracts cost in a
    /// year.
    pub total: Line,
}

/// Who pays for the account, among the purchases in force on a day (by license type, see [`in_force`]).
pub fn payer(account: &Account, force: &[&Purchase]) -> Payer {
    let mut own: Vec<&Purchase> =
        force.iter().copied().filter(|purchase| purchase.license_type == account.license_type).collect();
    own.sort_by_key(|purchase| (purchase.origin(), purchase.id));
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

/// Spend on the day by department or cost center. The order of accounts and purchases does not matter. Who pays for whom
/// is counted here: the rows add up to the annual spend for billable accounts, what is unassigned to the headline's.
pub fn chargeback<'a>(
    day: Date,
    by: By,
    types: &[TypeFacts],
    purchases: &[Purchase],
    accounts: impl IntoIterator<Item = Account<'a>>,
    setting: Setting,
) -> Chargeback {
    let mut holdings = holding::all(day, types, purchases, setting);
    let counts = count(by, &holdings, accounts);
    for (holding, counts) in holdings.iter_mut().zip(&counts) {
        holding.facts.payers = payers(counts);
    }
    let spend = super::compute(day, &holdings, purchases, setting);
    let mut made = Made::default();
    for (holding, counts) in holdings.iter().zip(&counts).filter(|(holding, _)| holding.accounts() > 0) {
        made.holding(holding, counts);
    }
    made.finish(by, &spend)
}

/// How many accounts rules name, by purchase.
fn payers(counts: &Counts) -> BTreeMap<Payer, u64> {
    let mut payers: BTreeMap<Payer, u64> = BTreeMap::new();
    for ((_, payer), number) in counts.iter().filter(|((_, payer), _)| *payer != Payer::Average) {
        let all = payers.entry(*payer).or_default();
        *all = all.saturating_add(*number);
    }
    payers
}

fn count<'a>(by: By, holdings: &[Holding], accounts: impl IntoIterator<Item = Account<'a>>) -> Vec<Counts<'a>> {
    let billable = holdings.iter().enumerate().filter(|(_, holding)| holding.facts.billable);
    let own: HashMap<&str, usize> =
        billable.map(|(index, holding)| (holding.facts.license_type.as_str(), index)).collect();
    let force: Vec<&Purchase> = holdings.iter().flat_map(|holding| &holding.lots).map(|lot| lot.purchase).collect();
    let paying = Paying::new(&force);
    let mut counts: Vec<Counts> = vec![Counts::new(); holdings.len()];
    let mut add = |account: &Account<'a>, accounts: u64| {
        let counts = own.get(account.license_type).and_then(|index| counts.get_mut(*index));
        if let Some(counts) = counts.filter(|_| account.billable) {
            let number = counts.entry((by.of(account), paying.payer(account))).or_default();
            *number = number.saturating_add(accounts);
        }
    };
    // Those who are alike come one after the other: they are looked up once.
    let mut alike: Option<(Account, u64)> = None;
    for account in accounts {
        match &mut alike {
            Some((same, accounts)) if *same == account => *accounts = accounts.saturating_add(1),
            _ => {
                if let Some((others, accounts)) = alike.replace((account, 1)) {
                    add(&others, accounts);
                }
            }
        }
    }
    if let Some((last, accounts)) = alike {
        add(&last, accounts);
    }
    counts
}

/// Sum, accounts by license type, and reasons.
type Share = (Exact, BTreeMap<String, u64>, Vec<Because>);

/// The share of each name; those without one sort last.
#[derive(Default)]
struct Made<'a>(BTreeMap<(bool, &'a str), Share>);

impl<'a> Made<'a> {
    fn holding(&mut self, holding: &Holding, counts: &Counts<'a>) {
        let pool = Pool::new(holding);
        let mut left = pool.total.clone();
        for ((name, payer), number) in counts {
            let (sum, accounts, reasons) = self.0.entry((name.is_none(), name.unwrap_or_default())).or_default();
            let of_type = accounts.entry(holding.facts.name.clone()).or_default();
            *of_type = of_type.saturating_add(*number);
            let Some(unit) = pool.units.get(payer) else { continue };
            let amount = unit * whole(*number);
            left -= &amount;
            reasons.push(pool.reason(*payer, *number, unit, &amount));
            *sum += amount;
        }
        // What was trued up stays to be paid when nobody holds it any more.
        if let Some(currency) = pool.currency.filter(|_| !left.is_zero()) {
            let (sum, _, reasons) = self.0.entry((true, "")).or_default();
            let label = format!("{}: trued up, and held by nobody any more", holding.facts.name);
            reasons.push(amount_step(label, &left, currency, Rule::Overage, exact_amount(&left, currency)));
            *sum += left;
        }
    }

    fn finish(self, by: By, spend: &Spend) -> Chargeback {
        let whole = &spend.billable_annual;
        let exact: Vec<&Exact> = self.0.values().map(|(amount, _, _)| amount).collect();
        let shares = whole.value.as_ref().map(|whole| {
            let shown = rounded(&whole.amount, whole.currency);
            share_out_to(&exact, &shown, whole.currency)
        });
        let called = |none: bool, name: &'a str| if none { by.nothing() } else { name };
        let names: Vec<&str> = self.0.keys().map(|(none, name)| called(*none, name)).collect();
        let told = whole.value.as_ref().zip(shares.as_ref()).map(|(whole, shares)| {
            let name = |index: usize| names.get(index).copied().unwrap_or_default();
            remainders(&exact, shares, whole.currency, name)
        });
        let (mut hows, who) = told.map_or_else(Default::default, |told| (told.parts.into_iter(), told.whole));
        let mut shares = shares.into_iter().flatten();
        let mut sum = Sum::new("Spend by account, and unassigned seats", Rule::Chargeback);
        let mut rows = Vec::new();
        for ((none, name), (_, accounts, mut reasons)) in self.0 {
            reasons.sort_by(|one, other| one.label.cmp(&other.label));
            let terms: Vec<&str> = reasons.iter().map(|reason| reason.arithmetic.as_str()).collect();
            let arithmetic = if terms.is_empty() { "Nothing that has a price".to_owned() } else { terms.join(" + ") };
            let mut annual = line(called(none, name).to_owned(), Rule::Chargeback, arithmetic);
            annual.because.parts = reasons.into();
            match (shares.next(), &whole.value) {
                (Some(share), Some(whole)) => {
                    annual.set(share, whole.currency);
                    annual.because.rounding = hows.next().flatten();
                }
                _ => annual.caveat.clone_from(&whole.caveat),
            }
            sum.add(Line { caveat: None, ..annual.clone() });
            let (accounts, counted) = counted_by_type(called(none, name), &accounts, spend.day);
            rows.push(ChargebackRow { name: (!none).then(|| name.to_owned()), accounts, counted, annual });
        }
        let mut unassigned = spend.waste_annual.clone();
        "Unassigned seats".clone_into(&mut unassigned.because.label);
        // The rows are whole minor units, and what is added to them is shown as the headline's.
        if let Some(value) = &mut unassigned.value {
            value.amount = rounded(&value.amount, value.currency);
        }
        sum.add(Line { caveat: None, ..unassigned.clone() });
        for part in [whole, &spend.waste_annual] {
            match (&part.value, &part.caveat) {
                (None, why) => sum.block(part.because.rule, why.clone().unwrap_or_default()),
                (Some(_), Some(caveat)) => sum.without(caveat.clone()),
                (Some(_), None) => {}
            }
        }
        let default = whole.value.as_ref().map(|whole| whole.currency);
        let mut total = sum.into_line(default);
        total.because.also_rounded(who);
        Chargeback { by, counted: counted_in_all(&rows), rows, unassigned, total }
    }
}

/// The accounts of a name, with how many hold what.
fn counted_by_type(name: &str, accounts: &BTreeMap<String, u64>, day: Date) -> (u64, Because) {
    let text = |number: u64| counted(number, "account", "accounts");
    let all = accounts.values().copied().fold(0, u64::saturating_add);
    let on = format!("Counted on the roster as of {}", day_text(day));
    let part = |(of_type, number): (&String, &u64)| step(of_type.clone(), text(*number), Rule::Billable, on.clone());
    let parts: Vec<Because> = accounts.iter().map(part).collect();
    (all, counted_from(format!("{name}: billable accounts"), text(all), parts))
}

fn counted_in_all(rows: &[ChargebackRow]) -> Because {
    let all = rows.iter().map(|row| row.accounts).fold(0, u64::saturating_add);
    let parts = rows.iter().map(|row| row.counted.clone()).collect();
    counted_from("Billable accounts".to_owned(), counted(all, "account", "accounts"), parts)
}

fn counted_from(label: String, result: String, parts: Vec<Because>) -> Because {
    let terms: Vec<&str> = parts.iter().map(|part| part.result.as_str()).collect();
    let arithmetic = if terms.is_empty() { "Nothing to add".to_owned() } else { terms.join(" + ") };
    let mut because = step(label, result, Rule::Billable, arithmetic);
    because.parts = parts.into();
    because
}

/// What an account of one type costs in a year, by who pays for it.
struct Pool<'a> {
    holding: &'a Holding<'a>,
    currency: Option<Currency>,
    units: BTreeMap<Payer, Exact>,
    names: BTreeMap<Payer, String>,
    /// All that the accounts cost.
    total: Exact,
}

impl<'a> Pool<'a> {
    fn new(holding: &'a Holding<'a>) -> Self {
        let currency = holding.lots.iter().find(|lot| lot.annual.is_some()).map(|lot| lot.currency);
        let mut pool = Self { holding, currency, units: BTreeMap::new(), names: BTreeMap::new(), total: Exact::zero() };
        let Some(currency) = currency.filter(|_| !holding.facts.free && !Currencies::mixed_in(holding)) else {
            if holding.facts.free {
                pool.units =
                    holding.facts.payers.keys().chain([&Payer::Average]).map(|p| (*p, Exact::zero())).collect();
            }
            return pool;
        };
        let split = split(holding);
        let average = accounts::average(holding, &split, currency);
        let others = average.as_ref().and_then(|average| ratio(average, &whole(split.rest.accounts())));
        pool.total = average.unwrap_or_default();
        for taken in &split.taken {
            pool.names.insert(taken.payer, taken.how());
            let number = holding.facts.payers.get(&taken.payer).copied().unwrap_or_default();
            // Whom the purchase has no seat for pays as the others.
            let beyond = number.saturating_sub(taken.accounts);
            let more = if beyond == 0 { Some(Exact::zero()) } else { others.clone().map(|unit| unit * whole(beyond)) };
            let own = if taken.accounts == 0 { Some(Exact::zero()) } else { taken.cost.clone() };
            pool.total += own.clone().unwrap_or_default();
            let all = own.zip(more).map(|(own, more)| own + more);
            if let Some(unit) = all.and_then(|all| ratio(&all, &whole(number))) {
                pool.units.insert(taken.payer, unit);
            }
        }
        pool.units.extend(others.map(|unit| (Payer::Average, unit)));
        pool
    }

    fn reason(&self, payer: Payer, number: u64, unit: &Exact, amount: &Exact) -> Because {
        let each = self.currency.map_or_else(|| "0".to_owned(), |currency| exact_amount(unit, currency));
        let how = self.names.get(&payer).map_or("average price", String::as_str);
        let label = format!("{}: {how}", self.holding.facts.name);
        let arithmetic = format!("{} × {each}", counted(number, "account", "accounts"));
        let mut reason = step(label, "0".to_owned(), Rule::PaysFor, arithmetic);
        if let Some(currency) = self.currency {
            reason.set(amount, currency);
        }
        if let Payer::Matched(id) | Payer::Fallback(id) = payer {
            reason.purchase = Some(id);
        }
        reason
    }
}
