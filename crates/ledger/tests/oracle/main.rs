//! An independent oracle: a naive program computes random contracts day by day, with its own fractions and its own
//! calendar, and must agree with the ledger to the last cent. It shares nothing with the ledger but the input types.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test, on purpose naive"
)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "small numbers"
)]
#![allow(clippy::struct_field_names, reason = "a day has a day")]

mod accounts;
mod ahead;
mod books;
mod changes;
mod contracts;
mod day;
mod days;
mod figures;
mod frac;
mod months;
mod naive;
mod rates;

use ledger::TypeNames;
use ledger::{
    Basis, FiscalYear, Grain, Purchase, Table, TypeFacts, Wanted, annualised, display_amount, spend, table, term_total,
};

use days::Day;
use frac::Frac;

/// How many contracts are compared.
const CONTRACTS: u64 = 10_000;

/// How many contracts are compared whose cost depends on the accounts.
const BY_ACCOUNTS: u64 = 1_000;

/// How many books of several license types, currencies, fees and departments are compared.
const BOOKS: u64 = 2_000;

/// How many contracts are compared whose price or seats change within their term.
const CHANGES: u64 = 1_500;

/// How many forecasts with renewals are compared.
const FORECASTS: u64 = 1_000;

/// All cores share the work.
const THREADS: u64 = 4;

/// Compares so many; tells how many figures other than 0 were compared.
fn all(number: u64, compare: fn(u64) -> usize) -> usize {
    std::thread::scope(|scope| {
        let run = |thread| (0..number).filter(|seed| (seed / 4) % THREADS == thread).map(compare).sum::<usize>();
        let runs: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || run(thread))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    })
}

#[test]
fn the_ledger_agrees_with_a_naive_day_by_day_program_over_10_000_contracts() {
    let compared = all(CONTRACTS, compare);
    assert!(compared > 300_000, "most figures are not 0: {compared}");
}

#[test]
fn what_is_charged_by_accounts_agrees_with_a_naive_day_by_day_program() {
    let compared = all(BY_ACCOUNTS, accounts::compare);
    assert!(compared > 10_000, "most figures are not 0: {compared}");
}

#[test]
fn prices_that_change_within_a_term_agree_with_a_naive_day_by_day_program() {
    let compared = all(CHANGES, changes::compare);
    assert!(compared > 30_000, "most figures are not 0: {compared}");
}

#[test]
fn every_figure_of_a_day_agrees_with_a_naive_program_over_types_currencies_fees_and_departments() {
    let compared = all(BOOKS, day::compare);
    assert!(compared > 20_000, "most figures are not 0: {compared}");
}

#[test]
fn months_in_the_base_currency_agree_with_a_naive_day_by_day_program() {
    let compared = all(BOOKS / 2, months::compare);
    assert!(compared > 50_000, "most figures are not 0: {compared}");
}

#[test]
fn forecasts_with_renewals_agree_with_a_naive_day_by_day_program() {
    let compared = all(FORECASTS, ahead::compare);
    assert!(compared > 30_000, "most figures are not 0: {compared}");
}

/// Compares one contract; tells how many figures other than 0 were compared.
fn compare(seed: u64) -> usize {
    let purchases = contracts::contract(seed);
    let mut figures = 0;
    for purchase in &purchases {
        let told = |what: &str| format!("contract {seed}, {what}: {purchase:#?}");
        let annual = annualised(purchase).and_then(|annual| annual.annual);
        same(Some(naive::annual(purchase)), annual, purchase, &told("a year"));
        let total = term_total(purchase).map(|total| total.total);
        same(naive::term_total(purchase), total, purchase, &told("the term"));
    }
    figures += compare_periods(seed, &purchases, Basis::Accrual, Grain::Month);
    figures += compare_periods(seed, &purchases, Basis::Cash, Grain::Month);
    // The same days in longer periods: one contract in four is enough for their edges.
    if seed.is_multiple_of(4) {
        figures += compare_periods(seed, &purchases, Basis::Accrual, Grain::FiscalYear);
    }
    compare_spend(seed, &purchases);
    figures
}

fn compare_periods(seed: u64, purchases: &[Purchase], basis: Basis, grain: Grain) -> usize {
    let (from, until) = (contracts::WINDOW.0.parse().unwrap(), contracts::WINDOW.1.parse().unwrap());
    let (month, day) = contracts::fiscal_start(seed);
    let buckets = FiscalYear::new(month, day).unwrap().buckets(grain, from, until);
    let made: Table = table(&Wanted {
        basis,
        purchases,
        fees: &[],
        free: &[],
        names: TypeNames::default(),
        buckets: &buckets,
        exchange: None,
        counts: None,
    });
    // Months are those of the calendar, whenever the fiscal year starts.
    let (starts, months) = if grain == Grain::Month { ((1, 1), 1) } else { ((month, day), 12) };
    let edges = naive::edges(starts, months, Day::of(from), Day::of(until));
    let found: Vec<Day> = buckets.iter().map(|bucket| Day::of(bucket.from)).collect();
    assert_eq!(found, edges, "the periods of a year that starts on {day}.{month}.");
    let end = Day::of(buckets.last().unwrap().end);
    let naive = naive::periods(purchases, basis == Basis::Cash, &edges, end);
    let mut figures = 0;
    for ((total, expected), bucket) in made.totals.iter().zip(naive).zip(&buckets) {
        let total = total.as_ref().map_or_else(ledger::Exact::default, |total| total.amount.clone());
        figures += usize::from(expected != Frac::ZERO);
        let told = format!("contract {seed}, {basis:?} of {}: {purchases:#?}", bucket.label);
        same(Some(expected), Some(total), &purchases[0], &told);
    }
    figures
}

/// The seats in force on a day × what they cost, for some accounts.
fn compare_spend(seed: u64, purchases: &[Purchase]) {
    let accounts = seed % 97;
    for day in contracts::days(seed) {
        let facts = TypeFacts {
            license_type: "can-edit".to_owned(),
            name: "Can-Edit".to_owned(),
            billable: true,
            assigned: accounts,
            billable_accounts: accounts,
            ..TypeFacts::default()
        };
        let found = spend(day, &[facts], purchases);
        let expected = naive::spend(purchases, Day::of(day), i128::from(accounts));
        let told = |what: &str| format!("contract {seed} on {day}, {what}: {purchases:#?}");
        let Some(expected) = expected else {
            assert_eq!(found.committed_annual.value.map(|value| value.amount.to_string()), None, "{}", told("nothing"));
            continue;
        };
        let figure = |line: &ledger::Line| line.value.clone().map(|value| value.amount);
        same(Some(expected.committed), figure(&found.committed_annual), &purchases[0], &told("committed"));
        same(Some(expected.billable), figure(&found.billable_annual), &purchases[0], &told("billable"));
        same(Some(expected.waste), figure(&found.waste_annual), &purchases[0], &told("waste"));
        assert_eq!(found.by_type[0].purchased, Some(expected.seats as u64), "{}", told("seats"));
    }
}

/// The same fraction, and so the same cents.
fn same(naive: Option<Frac>, found: Option<ledger::Exact>, purchase: &Purchase, told: &str) {
    let cents = found.as_ref().map(|found| display_amount(found, purchase.currency));
    assert_eq!(naive.map(Frac::cents), cents, "to the last cent, {told}");
    assert_eq!(naive.map(Frac::text), found.map(|found| found.to_string()), "exactly, {told}");
}
