//! What is charged by accounts once more, day by day: unlimited seats, and accounts beyond the seats with and without a
//! true-up. Each day asks who is there, how many seats are in force, and adds its share.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::{
    Basis, Conditions, Counts, Currency, FiscalYear, Frequency, Grain, Overage, OverageFrom, OverageRate, Per, Price,
    Proration, Purchase, PurchaseId, Quantity, Setting, Term, TypeFacts, TypeNames, Wanted, bases, table,
};

use crate::contracts::{Dice, later};
use crate::days::Day;
use crate::frac::Frac;
use crate::{naive, same};

/// Everything that is charged by accounts in one contract.
struct Contract {
    purchases: Vec<Purchase>,
    steps: Vec<(Date, u64)>,
    last: Date,
}

const SINCE: &str = "2024-01-01";
const WINDOW: (&str, &str) = ("2024-01-01", "2026-01-01");

fn contract(seed: u64) -> Contract {
    let mut dice = Dice::new(seed ^ 0x00ac_c075);
    let first: Date = SINCE.parse().unwrap();
    let mut steps = vec![(first, dice.roll(40))];
    let mut day = first;
    for _ in 0..dice.roll(6) {
        day = later(day, 1 + dice.roll(120));
        steps.push((day, dice.roll(40)));
    }
    let number = 1 + dice.roll(2) as i64;
    let purchases = (1..=number).map(|id| purchase(&mut dice, id, later(first, 31 * id as u64))).collect();
    Contract { purchases, steps, last: later(day, dice.roll(60)) }
}

fn purchase(dice: &mut Dice, id: i64, from: Date) -> Purchase {
    let from = later(from, dice.roll(25));
    let frequencies = [Frequency::Monthly, Frequency::Quarterly, Frequency::SemiAnnually, Frequency::Annually];
    let end = dice.one_in(3).then(|| later(from, 200 + dice.roll(900)));
    let unlimited = dice.one_in(3);
    let overage = (!unlimited && !dice.one_in(4)).then(|| Overage {
        rate: if dice.one_in(2) { OverageRate::Contract } else { OverageRate::Own(dice.amount(90)) },
        charged: if dice.one_in(2) { OverageFrom::Start } else { OverageFrom::TrueUp(later(from, dice.roll(190))) },
        proration: if dice.one_in(2) { Proration::Daily } else { Proration::None },
    });
    Purchase {
        id: PurchaseId(id),
        license_type: "can-edit".to_owned(),
        name: String::new(),
        po: String::new(),
        quantity: if unlimited { Quantity::Unlimited } else { Quantity::Seats(1 + dice.roll(25) as u32) },
        price: Some(Price { amount: dice.amount(90), per: Per::Unit }),
        currency: Currency::USD,
        frequency: dice.of(&frequencies),
        term: Term { from, end },
        proration: if dice.one_in(2) { Proration::Daily } else { Proration::None },
        auto_renews: false,
        notice_days: None,
        note: String::new(),
        conditions: Conditions { overage, ..Conditions::default() },
        paperwork: ledger::Paperwork::default(),
    }
}

impl Contract {
    fn accounts(&self, day: Day) -> i128 {
        let mut before = self.steps.iter().filter(|(from, _)| Day::of(*from) <= day);
        before.next_back().map_or(0, |(_, accounts)| (*accounts).into())
    }

    fn in_force(&self, day: Day) -> Vec<&Purchase> {
        let covers =
            |one: &&Purchase| Day::of(one.term.from) <= day && one.term.end.is_none_or(|end| day < Day::of(end));
        self.purchases.iter().filter(covers).collect()
    }

    /// Accounts beyond the counted seats.
    fn without_seat(&self, day: Day) -> i128 {
        let seats = |one: &&Purchase| match one.quantity {
            Quantity::Seats(seats) => i128::from(seats),
            Quantity::Unlimited => 0,
        };
        (self.accounts(day) - self.in_force(day).iter().map(seats).sum::<i128>()).max(0)
    }

    fn unlimited(&self, day: Day) -> i128 {
        self.in_force(day).iter().filter(|one| one.quantity == Quantity::Unlimited).count() as i128
    }

    /// Accounts beyond the seats that the purchase charges for on the day: the newest one that says so does.
    fn beyond(&self, purchase: &Purchase, day: Day) -> i128 {
        let said = self.in_force(day).into_iter().filter(|one| one.conditions.overage.is_some());
        let newest = said.max_by_key(|one| (one.term.from, -one.id.0));
        let charges = newest.is_some_and(|newest| newest.id == purchase.id);
        if charges && self.unlimited(day) == 0 { self.without_seat(day) } else { 0 }
    }

    /// Amounts with the day on which they are due and the days that they pay for.
    fn paid(&self, until: Day) -> Vec<(Day, Day, Day, Frac)> {
        let mut paid = Vec::new();
        for purchase in &self.purchases {
            let price = Frac::of(purchase.price.unwrap().amount);
            for (from, end, full_end) in naive::payment_periods(purchase, until) {
                let due = last_day(from, end);
                match (purchase.quantity, purchase.conditions.overage) {
                    (Quantity::Unlimited, _) => {
                        let cut = end != full_end && purchase.proration == Proration::None;
                        let days = from.until(if cut { end } else { full_end });
                        each_day(from, end, |day| {
                            let share = Frac::new(self.without_seat(day), self.unlimited(day)).share(1, days);
                            paid.push((due, day, day.next(), price.times(share)));
                        });
                    }
                    (Quantity::Seats(_), Some(agreed)) => {
                        let rate = match agreed.rate {
                            OverageRate::Contract => price,
                            OverageRate::Own(own) => Frac::of(own),
                        };
                        match agreed.charged {
                            OverageFrom::Start => {
                                self.held_from_the_day(purchase, agreed, rate, (from, end, full_end), &mut paid);
                            }
                            OverageFrom::TrueUp(on) => {
                                let seats = self.beyond(purchase, Day::of(on));
                                let first = Day::of(on).max(from);
                                if first < end {
                                    let share = match agreed.proration {
                                        Proration::None => Frac::whole(1),
                                        _ => Frac::new(first.until(end), from.until(full_end)),
                                    };
                                    paid.push((first, first, end, rate.times(Frac::whole(seats)).times(share)));
                                }
                            }
                        }
                    }
                    (Quantity::Seats(_), None) => {}
                }
            }
        }
        paid
    }

    fn held_from_the_day(
        &self,
        purchase: &Purchase,
        agreed: Overage,
        rate: Frac,
        (from, end, full_end): (Day, Day, Day),
        paid: &mut Vec<(Day, Day, Day, Frac)>,
    ) {
        let due = last_day(from, end);
        if agreed.proration != Proration::None {
            return each_day(from, end, |day| {
                let seats = Frac::whole(self.beyond(purchase, day));
                paid.push((due, day, day.next(), rate.times(seats).share(1, from.until(full_end))));
            });
        }
        // Once for the most of them, spread over the first days on which it was so many.
        let mut most = 0;
        each_day(from, end, |day| most = most.max(self.beyond(purchase, day)));
        let (mut first, mut after) = (None, None);
        each_day(from, end, |day| match (first, self.beyond(purchase, day) == most) {
            (None, true) => (first, after) = (Some(day), Some(day.next())),
            (Some(_), true) if after == Some(day) => after = Some(day.next()),
            _ => {}
        });
        if let (Some(first), Some(after), true) = (first, after, most > 0) {
            paid.push((due, first, after, rate.times(Frac::whole(most))));
        }
    }
}

fn each_day(from: Day, end: Day, mut visit: impl FnMut(Day)) {
    let mut day = from;
    while day < end {
        visit(day);
        day = day.next();
    }
}

fn last_day(from: Day, end: Day) -> Day {
    let mut last = from;
    each_day(from, end, |day| last = day);
    last
}

/// Compares one contract, month by month; tells how many figures other than 0 were compared.
pub fn compare(seed: u64) -> usize {
    let contract = contract(seed);
    let steps = BTreeMap::from([("can-edit".to_owned(), contract.steps.clone())]);
    let counts = Counts { since: SINCE.parse().unwrap(), last: contract.last, steps };
    let (from, until): (Date, Date) = (WINDOW.0.parse().unwrap(), WINDOW.1.parse().unwrap());
    let buckets = FiscalYear::default().buckets(Grain::Month, from, until);
    let edges = naive::edges((1, 1), 1, Day::of(from), Day::of(until));
    let mut figures = 0;
    // What is bought for a number of seats is compared elsewhere: here only what the accounts add.
    let by_accounts = contract.paid(Day::of(until));
    for basis in [Basis::Cash, Basis::Accrual] {
        let made = |counts| {
            let wanted = Wanted {
                basis,
                purchases: &contract.purchases,
                fees: &[],
                free: &[],
                names: TypeNames::default(),
                buckets: &buckets,
                exchange: None,
                counts,
            };
            table(&wanted).totals
        };
        let (with, without) = (made(Some(&counts)), made(None));
        for (index, (with, without)) in with.iter().zip(&without).enumerate() {
            let (first, end) = (edges[index], edges.get(index + 1).copied().unwrap_or(Day::of(until)));
            let expected = by_accounts.iter().fold(Frac::ZERO, |sum, (due, from, end_of, amount)| match basis {
                Basis::Cash if first <= *due && *due < end => sum.plus(*amount),
                Basis::Cash => sum,
                Basis::Accrual => {
                    let inside = (*from).max(first).until((*end_of).min(end));
                    sum.plus(amount.share(inside, from.until(*end_of)))
                }
            });
            let amount = |total: &Option<ledger::Money>| {
                total.as_ref().map_or_else(ledger::Exact::default, |t| t.amount.clone())
            };
            let found = amount(with) - amount(without);
            figures += usize::from(expected != Frac::ZERO);
            let told =
                format!("contract {seed}, {basis:?} of {first:?}: {:#?} {:?}", contract.purchases, contract.steps);
            same(Some(expected), Some(found), &contract.purchases[0], &told);
        }
    }
    compare_headline(seed, &contract, &counts);
    figures
}

/// On a day with one purchase in force: what the accounts cost in a year.
fn compare_headline(seed: u64, contract: &Contract, counts: &Counts) {
    let on = later(SINCE.parse().unwrap(), 40 + seed % 600);
    let day = Day::of(on);
    let [purchase] = contract.in_force(day)[..] else { return };
    let accounts = contract.accounts(day);
    let Quantity::Seats(seats) = purchase.quantity else { return };
    let Some(agreed) = purchase.conditions.overage else { return };
    let price = Frac::of(purchase.price.unwrap().amount);
    let rate = match agreed.rate {
        OverageRate::Contract => price,
        OverageRate::Own(own) => Frac::of(own),
    };
    let over = match agreed.charged {
        OverageFrom::Start => contract.beyond(purchase, day),
        OverageFrom::TrueUp(on) if Day::of(on) <= day => contract.beyond(purchase, Day::of(on)),
        OverageFrom::TrueUp(_) => 0,
    };
    let each = price.times(Frac::whole(accounts.min(seats.into()))).plus(rate.times(Frac::whole(over)));
    let a_year = each.share(12, naive::months(purchase.frequency).unwrap().into());
    let number = accounts as u64;
    let facts = TypeFacts {
        license_type: "can-edit".to_owned(),
        name: "Can-Edit".to_owned(),
        billable: true,
        assigned: number,
        billable_accounts: number,
        ..TypeFacts::default()
    };
    let setting = Setting { counts: Some(counts), ..Setting::default() };
    let found = bases(on, &[facts], &contract.purchases, setting);
    let amount = |line: &ledger::Line| line.value.clone().map(|value| value.amount);
    let told = format!("contract {seed} on {on}: {purchase:#?} {:?}", contract.steps);
    same(Some(a_year), amount(&found.spend.billable_annual), purchase, &told);
    // What recurs: all seats, whoever holds them, and what is agreed for those who have none.
    let recurring = price.times(Frac::whole(seats.into())).plus(rate.times(Frac::whole(over)));
    let recurring = recurring.share(12, naive::months(purchase.frequency).unwrap().into());
    same(Some(recurring), amount(&found.run_rate), purchase, &format!("run-rate, {told}"));
}
