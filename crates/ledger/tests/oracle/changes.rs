//! Contracts whose price or seats change within their term, once more: every day costs what is in force on it, payments stay on
//! the contract's days, and the minimum of the term counts once.

use jiff::civil::Date;
use ledger::{
    Basis, Currency, FiscalYear, Grain, OncePolicy, Price, Purchase, PurchaseId, Quantity, Setting, Term, TypeFacts,
    TypeNames, Wanted, bases, joined, table,
};

use crate::contracts::{Dice, WINDOW, later, purchase};
use crate::days::Day;
use crate::frac::Frac;
use crate::naive::{self, Paid};
use crate::same;

/// The parts of one contract as they were entered, and the term of the whole.
struct Contract {
    parts: Vec<Purchase>,
    term: Term,
}

fn contract(seed: u64) -> Contract {
    let mut dice = Dice::new(seed ^ 0x0c0f_fee0);
    let from = later("2024-01-01".parse().unwrap(), dice.roll(700));
    let first = purchase(&mut dice, 1, from);
    let term = first.term;
    let mut parts = vec![first];
    for id in 2..=(2 + dice.roll(2) as i64) {
        let old = parts.last().unwrap().clone();
        let on = later(old.term.from, 1 + dice.roll(500));
        if term.end.is_some_and(|end| on >= end) {
            continue;
        }
        let price = old.price.map(|price| Price { amount: dice.amount(5_000), ..price });
        let quantity = if dice.one_in(3) { Quantity::Seats(1 + dice.roll(120) as u32) } else { old.quantity };
        parts.last_mut().unwrap().term.end = Some(on);
        parts.push(Purchase { id: PurchaseId(id), price, quantity, term: Term { from: on, ..term }, ..old });
    }
    Contract { parts, term }
}

/// One payment period of the whole contract: its days, and the share of a payment that is charged for them.
struct Period {
    start: Day,
    end: Day,
    share: Frac,
}

impl Contract {
    fn whole(&self) -> Purchase {
        Purchase { term: self.term, ..self.parts[0].clone() }
    }

    fn periods(&self, until: Day) -> Vec<Period> {
        let (from, end) = (Day::of(self.term.from), self.term.end.map(Day::of));
        let whole = self.whole();
        let Some(step) = naive::months(whole.frequency) else {
            let service_end = match (whole.conditions.once, end) {
                (OncePolicy::Term, Some(end)) => end,
                (OncePolicy::Term, None) | (OncePolicy::DateOnly, _) => from.next(),
                (OncePolicy::Life(months), _) => from.months_later(months.into()),
            };
            return vec![Period { start: from, end: service_end, share: Frac::whole(1) }];
        };
        let mut periods = Vec::new();
        for number in 0.. {
            let (start, next) = (from.months_later(number * step), from.months_later((number + 1) * step));
            if start >= until || end.is_some_and(|end| start >= end) {
                return periods;
            }
            let cut = end.filter(|end| *end < next);
            let share = cut.map_or(Frac::whole(1), |end| naive::cut_share(&whole, number * step, step, end));
            periods.push(Period { start, end: cut.unwrap_or(next), share });
        }
        periods
    }

    /// The part that is in force on the day; the last one has all days of what was paid once.
    fn on(&self, day: Day) -> &Purchase {
        self.parts.iter().rev().find(|part| Day::of(part.term.from) <= day).unwrap()
    }

    /// What a day of the period costs.
    fn of_day(&self, day: Day, period: &Period) -> Frac {
        naive::payment(self.on(day)).times(period.share).share(1, period.start.until(period.end))
    }

    /// The days of a period from one on, at the price that another day has.
    fn rest(&self, priced: Day, from: Day, period: &Period) -> Paid {
        let days = from.until(period.end);
        Paid { due: from, from, end: period.end, amount: self.of_day(priced, period).share(days, 1) }
    }

    /// Everything that is paid: on each change the rest of the period is charged anew, and what was paid for it credited.
    fn paid(&self, until: Day) -> Vec<Paid> {
        let horizon = if self.minimum().is_some() { naive::far() } else { until };
        let mut paid = Vec::new();
        for period in self.periods(horizon) {
            paid.push(self.rest(period.start, period.start, &period));
            for pair in self.parts.windows(2) {
                let on = Day::of(pair[1].term.from);
                if period.start < on && on < period.end {
                    let before = self.rest(Day::of(pair[0].term.from), on, &period);
                    paid.push(Paid { amount: Frac::ZERO.minus(before.amount), ..before });
                    paid.push(self.rest(on, on, &period));
                }
            }
        }
        if let Some((least, end)) = self.minimum() {
            let all = paid.iter().fold(Frac::ZERO, |sum, one| sum.plus(one.amount));
            let missing = least.minus(all).at_least(Frac::ZERO);
            let from = Day::of(self.term.from);
            let mut due = from;
            while due.next() < end {
                due = due.next();
            }
            paid.push(Paid { due, from, end, amount: missing });
        }
        paid
    }

    fn minimum(&self) -> Option<(Frac, Day)> {
        let least = self.parts[0].conditions.commitment.term?;
        Some((Frac::of(least), Day::of(self.term.end?)))
    }
}

/// Compares one contract, month by month and by its values; tells how many figures other than 0 were compared.
pub fn compare(seed: u64) -> usize {
    let contract = contract(seed);
    let links: Vec<_> = contract.parts.windows(2).map(|pair| (pair[1].id, pair[0].id)).collect();
    let parts = joined(contract.parts.clone(), &links);
    let (from, until): (Date, Date) = (WINDOW.0.parse().unwrap(), WINDOW.1.parse().unwrap());
    let buckets = FiscalYear::default().buckets(Grain::Month, from, until);
    let edges = naive::edges((1, 1), 1, Day::of(from), Day::of(until));
    let end = Day::of(until);
    let paid = contract.paid(end);
    let mut figures = 0;
    for basis in [Basis::Cash, Basis::Accrual] {
        let made = table(&Wanted {
            basis,
            purchases: &parts,
            fees: &[],
            free: &[],
            names: TypeNames::default(),
            buckets: &buckets,
            exchange: None,
            counts: None,
        });
        let mut expected = vec![Frac::ZERO; edges.len()];
        let mut add = |day: Day, amount: Frac| {
            if let Some(month) = edges.iter().rposition(|edge| *edge <= day).filter(|_| day < end) {
                expected[month] = expected[month].plus(amount);
            }
        };
        match basis {
            Basis::Cash => paid.iter().for_each(|one| add(one.due, one.amount)),
            Basis::Accrual => {
                for period in contract.periods(end) {
                    let mut day = period.start;
                    while day < period.end.min(end) {
                        add(day, contract.of_day(day, &period));
                        day = day.next();
                    }
                }
                if let (Some(_), Some(missing)) = (contract.minimum(), paid.last()) {
                    let a_day = missing.amount.share(1, missing.from.until(missing.end));
                    let mut day = missing.from;
                    while day < missing.end {
                        add(day, a_day);
                        day = day.next();
                    }
                }
            }
        }
        for ((total, expected), bucket) in made.totals.iter().zip(expected).zip(&buckets) {
            let total = total.as_ref().map_or_else(ledger::Exact::default, |total| total.amount.clone());
            figures += usize::from(expected != Frac::ZERO);
            let told = format!("contract {seed}, {basis:?} of {}: {:#?}", bucket.label, contract.parts);
            same(Some(expected), Some(total), &parts[0], &told);
        }
    }
    compare_values(seed, &contract, &parts);
    figures
}

/// The values of the contract, whichever of its parts is in force.
fn compare_values(seed: u64, contract: &Contract, parts: &[Purchase]) {
    let setting = Setting { default: Some(Currency::USD), ..Setting::default() };
    let facts = TypeFacts { license_type: "can-edit".to_owned(), name: "Can-Edit".to_owned(), ..TypeFacts::default() };
    for part in parts {
        let found = bases(part.term.from, std::slice::from_ref(&facts), parts, setting);
        let amount = |line: &ledger::Line| line.value.clone().map(|value| value.amount);
        let told = |what: &str| format!("contract {seed}, {what}: {:#?}", contract.parts);
        let Some(end) = contract.term.end.map(Day::of) else {
            assert_eq!(amount(&found.total_contract_value), None, "{}", told("without an end there is no value"));
            continue;
        };
        let all = contract.paid(naive::far()).iter().fold(Frac::ZERO, |sum, one| sum.plus(one.amount));
        same(Some(all), amount(&found.total_contract_value), part, &told("total contract value"));
        let months = naive::months_between(Day::of(contract.term.from), end);
        let a_year = all.share(12, 1).over(months);
        same(Some(a_year), amount(&found.annual_contract_value), part, &told("annual contract value"));
        let own = Purchase { term: contract.term, ..part.clone() };
        same(Some(naive::annual(&own)), amount(&found.committed_annual), part, &told("committed"));
    }
}
