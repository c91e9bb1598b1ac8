//! Every figure of a day, once more: seat by seat and account by account, department by department.

use jiff::civil::Date;
use ledger::{Fee, Frequency, Match, Per, Price, Purchase, Quantity, TypeFacts};

use crate::books::{Book, DEPARTMENTS};
use crate::days::Day;
use crate::frac::Frac;
use crate::naive;
use crate::rates::{When, factor};

/// What one license type costs in a year; nothing where it is not known.
pub struct OfType {
    pub committed: Option<Frac>,
    pub billable: Option<Frac>,
    pub waste: Option<Frac>,
    pub unit: Option<Frac>,
    /// Has accounts or seats that cost something unknown.
    pub unpriced: bool,
    pub priced: bool,
    /// What each department's accounts cost.
    pub by_department: Vec<Frac>,
}

/// A purchase in force, in dollars.
struct Lot<'a> {
    purchase: &'a Purchase,
    seats: i128,
    /// A year; nothing without a price.
    annual: Option<Frac>,
}

/// The last day on or before the day on which a payment was due.
fn last_payment(purchase: &Purchase, day: Date) -> Date {
    let Some(step) = naive::months(purchase.frequency) else { return purchase.term.from };
    let from = Day::of(purchase.term.from);
    let mut number = 0;
    while from.months_later((number + 1) * step) <= Day::of(day) {
        number += 1;
    }
    from.months_later(number * step).date()
}

pub fn when(purchase: &Purchase, day: Date) -> When {
    When { figure: day, contract: purchase.term.from, payment: last_payment(purchase, day) }
}

pub fn is_priced(purchase: &Purchase) -> bool {
    purchase.price.is_some() || purchase.conditions.shape.has_own_prices()
}

/// The purchases of the type that count on the day: a day that a newer one takes over belongs to it.
pub fn in_force<'a>(book: &'a Book, license_type: &str) -> Vec<&'a Purchase> {
    let own: Vec<Purchase> = book.own(license_type).cloned().collect();
    let counts = |one: &&Purchase| {
        let end = naive::end_of(one, &own);
        Day::of(one.term.from) <= Day::of(book.day) && end.is_none_or(|end| Day::of(book.day) < end)
    };
    book.purchases.iter().filter(|one| one.license_type == license_type).filter(counts).collect()
}

/// A fee is one lot for its price.
pub fn as_purchase(fee: &Fee) -> Purchase {
    Purchase {
        id: ledger::PurchaseId(0),
        license_type: String::new(),
        name: String::new(),
        po: String::new(),
        quantity: Quantity::Seats(1),
        price: Some(Price { amount: fee.amount, per: Per::Lot }),
        currency: fee.currency,
        frequency: fee.frequency,
        term: fee.term,
        proration: fee.proration,
        auto_renews: false,
        notice_days: None,
        note: String::new(),
        conditions: ledger::Conditions::default(),
        paperwork: ledger::Paperwork::default(),
    }
}

/// The license type; nothing where a rate is missing.
pub fn of_type(book: &Book, index: usize) -> Option<OfType> {
    let facts = &book.types[index];
    let mut lots = Vec::new();
    for purchase in in_force(book, &facts.license_type) {
        let annual = if is_priced(purchase) && !facts.free {
            Some(naive::annual(purchase).times(factor(book, purchase.currency, when(purchase, book.day))?))
        } else {
            None
        };
        lots.push(Lot { purchase, seats: naive::sold(purchase), annual });
    }
    lots.sort_by_key(|lot| (lot.purchase.term.from, lot.purchase.id));
    Some(figures(book, index, facts, &lots))
}

fn figures(book: &Book, index: usize, facts: &TypeFacts, lots: &[Lot]) -> OfType {
    let accounts = if facts.billable { i128::from(facts.billable_accounts) } else { 0 };
    let priced = lots.iter().any(|lot| lot.annual.is_some());
    let none = |known: Option<Frac>| OfType {
        committed: known,
        billable: known,
        waste: known,
        unit: known,
        unpriced: false,
        priced: false,
        by_department: vec![Frac::ZERO; DEPARTMENTS.len()],
    };
    if facts.free {
        return none(Some(Frac::ZERO));
    }
    let seats: i128 = lots.iter().map(|lot| lot.seats).sum();
    if !priced {
        let spare = seats > i128::from(facts.assigned);
        return OfType {
            committed: (lots.is_empty() && accounts == 0).then_some(Frac::ZERO),
            billable: (accounts == 0).then_some(Frac::ZERO),
            waste: (!spare).then_some(Frac::ZERO),
            unpriced: accounts > 0 || !lots.is_empty(),
            ..none(None)
        };
    }
    // Who pays for whom: a rule's purchase as long as it has seats, then the average of the seats that are left.
    let mut left: Vec<i128> = lots.iter().map(|lot| lot.seats).collect();
    let named = named(book, index, lots);
    let mut others = accounts;
    let mut taken = vec![0; named.len()];
    for ((lot, people), taken) in named.iter().zip(&mut taken) {
        for _ in people {
            if left[*lot] > 0 {
                (left[*lot], others, *taken) = (left[*lot] - 1, others - 1, *taken + 1);
            }
        }
    }
    let one = |lot: &Lot| lot.annual.map(|annual| annual.share(1, lot.seats));
    let average = |left: &[i128]| {
        let priced = || lots.iter().zip(left).filter_map(|(lot, left)| Some((one(lot)?, *left)));
        let seats: i128 = priced().map(|(_, left)| left).sum();
        let cost = priced().fold(Frac::ZERO, |sum, (each, left)| sum.plus(each.share(left, 1)));
        (seats > 0).then(|| cost.share(1, seats))
    };
    let all: Vec<i128> = lots.iter().map(|lot| lot.seats).collect();
    let unit = average(&left).or_else(|| average(&all)).unwrap();
    let mut billable = unit.share(others, 1);
    let mut by_department = vec![Frac::ZERO; DEPARTMENTS.len()];
    let mut add = |department: usize, amount: Frac| by_department[department] = by_department[department].plus(amount);
    for ((lot, people), taken) in named.iter().zip(&taken) {
        let own = one(&lots[*lot]).unwrap().share(*taken, 1);
        billable = billable.plus(own);
        // Those of one rule cost the same, also where some of them have no seat.
        let number = people.len() as i128;
        let together = own.plus(unit.share(number - taken, 1));
        for department in people {
            add(*department, together.share(1, number));
        }
    }
    for (_, department) in book.accounts.iter().filter(|(of, name)| *of == index && payer(lots, *name).is_none()) {
        add(place_of(*department), unit);
    }
    let free: i128 = left.iter().sum();
    let spare = (free - (i128::from(facts.assigned) - taken.iter().sum::<i128>())).max(0);
    OfType {
        committed: Some(lots.iter().filter_map(|lot| lot.annual).fold(Frac::ZERO, Frac::plus)),
        billable: Some(billable),
        waste: Some(unit.share(spare, 1)),
        unit: average(&all),
        unpriced: false,
        priced,
        by_department,
    }
}

/// The purchase that pays for an account, and whether a rule names it or it pays for all others.
fn payer(lots: &[Lot], department: Option<&str>) -> Option<(bool, usize)> {
    let named = |lot: &Lot| {
        let of = |rule: &Match| matches!(rule, Match::Department(name) if Some(name.as_str()) == department);
        lot.purchase.conditions.pays_for.rules.iter().any(of)
    };
    let fallback = |lot: &Lot| lot.purchase.conditions.pays_for.fallback;
    let found = lots.iter().position(named).map(|lot| (false, lot));
    found.or_else(|| lots.iter().position(fallback).map(|lot| (true, lot)))
}

fn place_of(department: Option<&str>) -> usize {
    DEPARTMENTS.iter().position(|name| *name == department).unwrap()
}

/// By purchase the departments of those whom its rules name, by number of the purchase; then those whom it pays for
/// because nobody else does.
fn named(book: &Book, index: usize, lots: &[Lot]) -> Vec<(usize, Vec<usize>)> {
    let mut order: Vec<usize> = (0..lots.len()).collect();
    order.sort_by_key(|lot| lots[*lot].purchase.id);
    let mut all = Vec::new();
    for fallback in [false, true] {
        for lot in &order {
            let own = book
                .accounts
                .iter()
                .filter(|(of, department)| *of == index && payer(lots, *department) == Some((fallback, *lot)));
            let people: Vec<usize> = own.map(|(_, department)| place_of(*department)).collect();
            if !people.is_empty() {
                all.push((*lot, people));
            }
        }
    }
    all
}

/// Whole cents that add up to the rounded sum: the cents below each part, then one more for the largest rests, the
/// earlier part first among equals.
pub fn largest_remainder(parts: &[Frac], total: Frac) -> Vec<Frac> {
    let split: Vec<(i128, Frac)> = parts.iter().map(|part| part.cent_and_rest()).collect();
    let (whole, _) = total.cent_and_rest();
    let mut left = whole - split.iter().map(|(cents, _)| cents).sum::<i128>();
    let mut cents: Vec<i128> = split.iter().map(|(cents, _)| *cents).collect();
    let mut given = vec![false; parts.len()];
    while left > 0 {
        let mut best: Option<usize> = None;
        for (place, (_, rest)) in split.iter().enumerate() {
            if !given[place] && best.is_none_or(|best| split[best].1.is_less_than(*rest)) {
                best = Some(place);
            }
        }
        let best = best.unwrap();
        given[best] = true;
        (cents[best], left) = (cents[best] + 1, left - 1);
    }
    cents.into_iter().map(|cents| Frac::new(cents, 100)).collect()
}

/// A fee's year in dollars; nothing without a rate.
pub fn fee_annual(book: &Book, fee: &Fee) -> Option<Frac> {
    let lot = as_purchase(fee);
    Some(naive::annual(&lot).times(factor(book, fee.currency, when(&lot, book.day))?))
}

pub fn fees<'a>(book: &'a Book, wanted: impl Fn(&Fee) -> bool + 'a) -> impl Iterator<Item = &'a Fee> {
    let on = Day::of(book.day);
    let in_force = move |fee: &Fee| Day::of(fee.term.from) <= on && fee.term.end.is_none_or(|end| on < Day::of(end));
    book.fees.iter().filter(move |fee| in_force(fee) && wanted(fee))
}

pub fn is_recurring(frequency: Frequency) -> bool {
    naive::months(frequency).is_some()
}
