//! Random books: several license types, each with several purchases in several currencies, fees, dated rates of which some are
//! missing, departments, and rules about who pays.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::{
    Account, ActivityCounts, Conditions, Currency, Exchange, Fee, FeeId, Frequency, Headcount, Match, Payer, PaysFor,
    Proration, Purchase, Rate, RateKind, RatePolicy, Rates, Term, TypeFacts,
};
use rust_decimal::Decimal;

use crate::contracts::{Dice, later, purchase};

/// The day before which everything begins.
const SINCE: &str = "2024-01-01";
/// The month after the last one of which tables are made.
pub const UNTIL: &str = "2026-07-01";

pub const DEPARTMENTS: [Option<&str>; 4] = [Some("Sales"), Some("IT"), Some("Ops"), None];

/// What an organisation has entered about one app.
pub struct Book {
    pub day: Date,
    pub types: Vec<TypeFacts>,
    pub purchases: Vec<Purchase>,
    pub fees: Vec<Fee>,
    pub rates: Vec<Rate>,
    pub policy: RatePolicy,
    pub people: u32,
    /// License type and department of each billable account.
    pub accounts: Vec<(usize, Option<&'static str>)>,
}

impl Book {
    pub fn exchange<'a>(&self, rates: &'a Rates) -> Exchange<'a> {
        Exchange { base: Currency::USD, rates, policy: self.policy, today: self.day }
    }

    pub fn headcounts(&self) -> [Headcount; 1] {
        [Headcount { day: self.day, people: self.people }]
    }

    pub fn known_accounts(&self) -> impl Iterator<Item = Account<'_>> {
        self.accounts.iter().map(|(of, department)| Account {
            license_type: &self.types[*of].license_type,
            billable: true,
            department: *department,
            ..Account::default()
        })
    }

    pub fn own<'a>(&'a self, license_type: &'a str) -> impl Iterator<Item = &'a Purchase> {
        self.purchases.iter().filter(move |one| one.license_type == license_type)
    }
}

pub fn book(seed: u64) -> Book {
    let mut dice = Dice::new(seed ^ 0x0b00_c0de);
    let mut day = later(SINCE.parse().unwrap(), 200 + dice.roll(500));
    if dice.one_in(8) {
        day = day.first_of_month();
    }
    let mut types: Vec<TypeFacts> = ["can-edit", "team", "view-only"].map(|key| of_type(&mut dice, key)).into();
    types[2].billable = dice.one_in(3);
    types[2].free = dice.one_in(3);
    let mut accounts = Vec::new();
    for (index, facts) in types.iter_mut().enumerate() {
        if facts.billable {
            accounts.extend((0..facts.billable_accounts).map(|_| (index, dice.of(&DEPARTMENTS))));
        }
    }
    let purchases: Vec<Purchase> = (1..=(1 + dice.roll(5) as i64)).map(|id| bought(&mut dice, id)).collect();
    let fees = (1..=dice.roll(4) as i64).map(|id| fee(&mut dice, id)).collect();
    let policy = dice.of(&RatePolicy::ALL);
    let rates = rates(&mut dice, policy, day);
    let people = 1 + dice.roll(900) as u32;
    let mut book = Book { day, types, purchases, fees, rates, policy, people, accounts };
    if dice.one_in(2) {
        book.say_who_pays(&mut dice);
    }
    book
}

fn of_type(dice: &mut Dice, key: &str) -> TypeFacts {
    let accounts = dice.roll(40);
    TypeFacts {
        license_type: key.to_owned(),
        name: key.to_owned(),
        billable: true,
        free: false,
        assigned: accounts + if dice.one_in(3) { dice.roll(5) } else { 0 },
        billable_accounts: accounts,
        deactivated: 0,
        activity: activity(dice, accounts),
        payers: BTreeMap::new(),
    }
}

/// All, some or none of the accounts are monitored.
fn activity(dice: &mut Dice, accounts: u64) -> ActivityCounts {
    let monitored = match dice.roll(4) {
        0 => 0,
        1 => dice.roll(accounts + 1),
        _ => accounts,
    };
    let active = dice.roll(monitored + 1);
    let never = dice.roll(monitored - active + 1);
    ActivityCounts { active, inactive: monitored - active - never, never, not_monitored: accounts - monitored }
}

/// A number of seats, priced in one of three currencies, or not at all.
fn bought(dice: &mut Dice, id: i64) -> Purchase {
    let from = later(SINCE.parse().unwrap(), dice.roll(500));
    let plain = purchase(dice, id, from);
    let seats = 1 + dice.roll(30) as u32;
    let tax = dice.one_in(3).then(|| Decimal::new(dice.roll(300) as i64, 1));
    // Terms of whole years keep the fractions of the naive program small enough.
    let end = if dice.one_in(3) { None } else { Some(later(from, 30 + 30 * dice.roll(30))) };
    Purchase {
        license_type: dice.of(&["can-edit", "can-edit", "team", "view-only"]).to_owned(),
        quantity: ledger::Quantity::Seats(seats),
        currency: currency(dice),
        price: plain.price.filter(|_| !dice.one_in(9)),
        term: Term { from, end },
        conditions: Conditions { tax, ..plain.conditions },
        ..plain
    }
}

fn currency(dice: &mut Dice) -> Currency {
    Currency::from_code(dice.of(&["USD", "USD", "EUR", "GBP"])).unwrap()
}

fn fee(dice: &mut Dice, id: i64) -> Fee {
    let from = later(SINCE.parse().unwrap(), dice.roll(600));
    Fee {
        id: FeeId(id),
        name: format!("Fee {id}"),
        amount: dice.amount(3_000),
        currency: currency(dice),
        frequency: dice.of(&Frequency::ALL),
        term: Term { from, end: dice.one_in(2).then(|| later(from, 1 + dice.roll(700))) },
        proration: dice.of(&[Proration::None, Proration::Daily, Proration::WholeMonthUp]),
        in_annual_spend: !dice.one_in(3),
        in_cost_per_account: !dice.one_in(3),
        note: String::new(),
        conditions: Conditions::default(),
    }
}

/// Rates of the kind that is asked for; those of a day before the first one, a month or a budget may be missing, and a month
/// that is not over often has none.
fn rates(dice: &mut Dice, policy: RatePolicy, today: Date) -> Vec<Rate> {
    let mut all = Vec::new();
    for code in ["EUR", "GBP"] {
        let made = |dice: &mut Dice, kind, day: Date, end| {
            let (own, usd) = (Currency::from_code(code).unwrap(), Currency::USD);
            let (from, to) = if dice.one_in(4) { (usd, own) } else { (own, usd) };
            let rate = Decimal::new(50 + dice.roll(150) as i64, 2);
            Rate { from, to, kind, day, end, rate, source: String::new() }
        };
        let first: Date = SINCE.parse().unwrap();
        match policy.kind() {
            RateKind::Day => {
                let mut day = later(first, if dice.one_in(4) { dice.roll(700) } else { 0 });
                for _ in 0..=dice.roll(4) {
                    let one = made(dice, RateKind::Day, day, None);
                    // Both directions may be recorded for one day.
                    if dice.one_in(4) {
                        all.push(Rate { from: one.to, to: one.from, rate: one.rate + Decimal::ONE, ..one.clone() });
                    }
                    all.push(one);
                    day = later(day, 1 + dice.roll(200));
                }
            }
            RateKind::MonthAverage => {
                let mut month = first;
                let over = if dice.one_in(2) { UNTIL.parse().unwrap() } else { today.first_of_month() };
                while month < over {
                    if !dice.one_in(60) {
                        all.push(made(dice, RateKind::MonthAverage, month, None));
                    }
                    month = later(month.last_of_month(), 1);
                }
            }
            RateKind::Budget => {
                let mut day = first;
                for _ in 0..4 {
                    let end = later(day, 100 + dice.roll(300));
                    all.push(made(dice, RateKind::Budget, day, Some(end)));
                    day = if dice.one_in(8) { later(end, 1 + dice.roll(20)) } else { end };
                }
            }
        }
    }
    all
}

impl Book {
    /// Rules on departments for purchases of the types whose purchases all have a price; and who pays for how many.
    fn say_who_pays(&mut self, dice: &mut Dice) {
        let unpriced = |one: &Purchase| one.price.is_none() && !one.conditions.shape.has_own_prices();
        let known: Vec<bool> = self.purchases.iter().map(|one| !self.own(&one.license_type).any(unpriced)).collect();
        for (purchase, _) in self.purchases.iter_mut().zip(known).filter(|(_, known)| *known) {
            let names = ["Sales", "IT", "Ops"].into_iter().filter(|_| dice.one_in(4));
            let rules = names.map(|name| Match::Department(name.to_owned())).collect();
            purchase.conditions.pays_for = PaysFor { rules, fallback: dice.one_in(5) };
        }
        let force = ledger::in_force(self.day, &self.purchases);
        let mut named: Vec<BTreeMap<Payer, u64>> = vec![BTreeMap::new(); self.types.len()];
        for (account, (of, _)) in self.known_accounts().zip(&self.accounts) {
            let payer = ledger::payer(&account, &force);
            if payer != Payer::Average {
                *named[*of].entry(payer).or_default() += 1;
            }
        }
        for (facts, payers) in self.types.iter_mut().zip(named) {
            facts.payers = payers;
        }
    }
}
