//! Unlimited seats at a price per unit in tables and forecasts: what each day's accounts cost, and what nobody counted.

use std::collections::BTreeMap;

use ledger::{
    Basis, Bucket, Commitment, Conditions, Counts, Frequency, Outlook, Purchase, PurchaseId, Quantity, Rule, Table,
    Wanted, display_amount, forecast, table,
};

use crate::make::{day, months, outlook, purchase, term, unit, wanted, yearly};

/// Nobody before 10 Jan 2026, then 10 accounts, 12 from 16 Feb, 8 from 1 Apr; the last roster is of 15 Apr.
fn counts() -> Counts {
    let steps = [("2026-01-10", 10), ("2026-02-16", 12), ("2026-04-01", 8)];
    let steps = steps.map(|(from, accounts)| (day(from), accounts)).to_vec();
    Counts {
        since: day("2026-01-10"),
        last: day("2026-04-15"),
        steps: BTreeMap::from([("can-edit".to_owned(), steps)]),
    }
}

/// So many used units each month from January 2026 at $1.00 each, in a term of a year with these minimums.
fn used(usage: &[u64], per_payment: Option<&str>, of_term: &str) -> Vec<String> {
    let months = months("2026-01-01", "2027-01-01");
    let steps = months.iter().zip(usage.iter().chain(std::iter::repeat(&0)));
    let counts = Counts {
        since: day("2026-01-01"),
        last: day("2026-12-31"),
        steps: BTreeMap::from([("can-edit".to_owned(), steps.map(|(month, used)| (month.from, *used)).collect())]),
    };
    let decimal = |text: &str| text.parse().unwrap();
    let commitment = Commitment { per_payment: per_payment.map(decimal), term: Some(decimal(of_term)) };
    let bought = Purchase {
        price: unit("1"),
        term: term("2026-01-01", Some("2026-12-31")),
        conditions: Conditions { commitment, ..Conditions::default() },
        ..unlimited()
    };
    cells(&made(Basis::Cash, &[bought], &counts, &months), 0)
}

#[test]
fn case_17_a_commitment_of_1200_misses_972_at_the_end_of_the_term() {
    let billed = used(&[48, 120, 60], None, "1200");
    assert_eq!(billed[..3], ["48.00", "120.00", "60.00"]);
    assert!(billed[3..11].iter().all(|month| month == "0.00"), "{billed:?}");
    assert_eq!(billed[11], "972.00", "1,200 − 228");
}

#[test]
fn case_17_a_monthly_minimum_of_60_adds_12_then_60_a_month_and_480_at_the_end() {
    let billed = used(&[48, 120, 60], Some("60"), "1200");
    assert_eq!(billed[..3], ["60.00", "120.00", "60.00"], "12 more in the first month");
    assert!(billed[3..11].iter().all(|month| month == "60.00"), "months 4 to 11: {billed:?}");
    assert_eq!(billed[11], "480.00", "1,200 − 720, which stands in for the month's own minimum");
}

/// $9.00 a month for every account.
fn unlimited() -> Purchase {
    Purchase {
        quantity: Quantity::Unlimited,
        price: unit("9"),
        frequency: Frequency::Monthly,
        term: term("2026-02-01", Some("2026-12-31")),
        name: "Open".to_owned(),
        ..purchase()
    }
}

fn made(basis: Basis, purchases: &[Purchase], counts: &Counts, buckets: &[Bucket]) -> Table {
    table(&Wanted { counts: Some(counts), ..wanted(basis, purchases, buckets) })
}

fn cells(table: &Table, row: usize) -> Vec<String> {
    let cells = table.rows[row].cells.iter();
    cells
        .map(|cell| cell.as_ref().map_or("?".to_owned(), |cell| display_amount(cell, table.rows[row].currency)))
        .collect()
}

#[test]
fn every_day_costs_what_its_accounts_cost() {
    let buckets = months("2026-02-01", "2026-04-16");
    let (bought, counts) = ([unlimited()], counts());
    // February: 10 × 9 × 15 ÷ 28 + 12 × 9 × 13 ÷ 28 = 48.214… + 50.142…
    for basis in [Basis::Accrual, Basis::Cash] {
        let made = made(basis, &bought, &counts, &buckets);
        assert_eq!(cells(&made, 0), ["98.36", "108.00", "72.00"], "{basis:?}");
        assert_eq!(made.caveats, ["Open: from 16 Apr 2026 on with the last count, 8 accounts."]);
    }
    let wanted = Wanted { counts: Some(&counts), ..wanted(Basis::Accrual, &bought, &buckets) };
    let cell = table(&wanted).cell_line(0, 0, &wanted).unwrap();
    let told: Vec<(&str, &str)> =
        cell.because.parts.iter().map(|part| (part.label.as_str(), part.arithmetic.as_str())).collect();
    assert_eq!(
        told,
        [
            ("10 accounts from 1 Feb 2026", "10 accounts × $9.00 × 15 ÷ 28 days"),
            ("12 accounts from 16 Feb 2026", "12 accounts × $9.00 × 13 ÷ 28 days"),
        ]
    );
    assert!(cell.because.parts.iter().all(|part| part.rule == Rule::ByAccounts));
}

#[test]
fn days_that_nobody_counted_have_a_caveat_and_no_amount() {
    let early = Purchase { term: term("2026-01-01", None), ..unlimited() };
    let buckets = months("2026-01-01", "2026-04-01");
    for basis in [Basis::Accrual, Basis::Cash] {
        let made = made(basis, std::slice::from_ref(&early), &counts(), &buckets);
        assert_eq!(cells(&made, 0), ["?", "98.36", "108.00"], "{basis:?}: January was counted in part only");
        assert_eq!(made.caveats, ["Open: accounts were counted from 10 Jan 2026 on: not included before."]);
    }
    let quarterly = Purchase { frequency: Frequency::Quarterly, ..early.clone() };
    let cash = made(Basis::Cash, &[quarterly], &counts(), &buckets);
    assert_eq!(cells(&cash, 0), ["0.00", "0.00", "?"], "what is due in March pays for January");
    let later = made(Basis::Accrual, &[early], &counts(), &buckets[1..]);
    assert_eq!(
        (cells(&later, 0).join(" "), later.caveats.len()),
        ("98.36 108.00".to_owned(), 0),
        "nothing is left out"
    );
}

#[test]
fn without_any_count_such_a_purchase_is_named_and_left_out() {
    let buckets = months("2026-02-01", "2026-04-01");
    let purchases = [unlimited()];
    let basis = Basis::Accrual;
    let left = table(&wanted(basis, &purchases, &buckets));
    assert_eq!(left.caveats, ["Open depends on the accounts: not included."]);
}

#[test]
fn counted_seats_take_accounts_first_and_several_open_prices_share_the_rest() {
    let buckets = months("2026-03-01", "2026-04-01");
    let seats = Purchase { term: term("2026-03-11", None), ..yearly(2, 6, "0") };
    let both = [unlimited(), seats.clone()];
    // 12 accounts for 10 days, then 6 beyond the seats for 21.
    let one = made(Basis::Accrual, &both, &counts(), &buckets);
    assert_eq!(cells(&one, 0), ["71.42"], "9 × (12 × 10 + 6 × 21) ÷ 31");
    let other = Purchase { id: PurchaseId(3), price: unit("18"), ..unlimited() };
    let shared = made(Basis::Accrual, &[unlimited(), other], &counts(), &buckets);
    assert_eq!((cells(&shared, 0), cells(&shared, 1)), (vec!["54.00".to_owned()], vec!["108.00".to_owned()]));
}

#[test]
fn a_period_never_stays_below_its_minimum_nor_a_term_below_its_own() {
    let agreed = |per_payment: Option<&str>, of_term: Option<&str>| {
        let decimal = |text: &str| text.parse().unwrap();
        let commitment = Commitment { per_payment: per_payment.map(decimal), term: of_term.map(decimal) };
        Purchase { conditions: Conditions { commitment, ..Conditions::default() }, ..unlimited() }
    };
    let buckets = months("2026-02-01", "2026-05-01");
    for basis in [Basis::Accrual, Basis::Cash] {
        let least = made(basis, &[agreed(Some("100"), None)], &counts(), &buckets);
        assert_eq!(cells(&least, 0), ["100.00", "108.00", "100.00"], "{basis:?}");
    }
    let short = Purchase { term: term("2026-02-01", Some("2026-04-30")), ..agreed(None, Some("400")) };
    let cash = made(Basis::Cash, std::slice::from_ref(&short), &counts(), &buckets);
    assert_eq!(cells(&cash, 0), ["98.36", "108.00", "193.64"], "400 in all, the rest on the last day");
    let only_april = made(Basis::Cash, std::slice::from_ref(&short), &counts(), &buckets[2..]);
    assert_eq!(cells(&only_april, 0), ["193.64"], "the months before count though they are not shown");
    let begun = Purchase { term: term("2026-01-01", Some("2026-04-30")), ..short };
    let unknown = made(Basis::Cash, &[begun], &counts(), &buckets);
    assert_eq!(unknown.caveats, ["Open depends on the accounts: not included."], "its minimum cannot be told");
    let cut = Purchase { term: term("2026-01-01", None), ..agreed(Some("100"), None) };
    let cut = made(Basis::Accrual, &[cut], &counts(), &months("2026-01-01", "2026-03-01"));
    assert_eq!(cells(&cut, 0), ["?", "100.00"]);
}

#[test]
fn a_forecast_takes_the_last_count() {
    let counts = counts();
    let ahead =
        forecast(&Outlook { counts: Some(&counts), ..outlook(day("2026-04-16"), 3, Basis::Cash, &[unlimited()]) });
    assert_eq!(cells(&ahead.expected, 0), ["72.00", "72.00", "72.00"]);
    assert_eq!(ahead.expected.caveats, ["Open: from 16 Apr 2026 on with the last count, 8 accounts."]);
}

#[test]
fn who_changes_the_license_type_moves_the_counts_from_the_day_on() {
    let moved = counts().moved(day("2026-03-01"), &[("can-edit".to_owned(), -5), ("team".to_owned(), 5)]);
    let steps = |key: &str| moved.steps[key].iter().map(|(from, accounts)| (from.to_string(), *accounts)).collect();
    let expected = [("2026-01-10", 10), ("2026-02-16", 12), ("2026-03-01", 7), ("2026-04-01", 3)];
    let named: Vec<(String, u64)> = steps("can-edit");
    assert_eq!(named, expected.map(|(from, accounts)| (from.to_owned(), accounts)), "what was stays");
    let team: Vec<(String, u64)> = steps("team");
    assert_eq!(team, [("2026-03-01".to_owned(), 5)]);
    let on_a_step = counts().moved(day("2026-04-01"), &[("can-edit".to_owned(), -20), ("team".to_owned(), 0)]);
    assert_eq!(on_a_step.steps["can-edit"].last(), Some(&(day("2026-04-01"), 0)), "never fewer than nobody");
    assert_eq!(on_a_step.steps.len(), 1, "who stays moves nothing");
}

#[test]
fn accounts_that_leave_unlimited_seats_save_their_price_from_the_day_on() {
    let moved = counts().moved(day("2026-03-11"), &[("can-edit".to_owned(), -6)]);
    let buckets = months("2026-02-01", "2026-05-01");
    let bought = [unlimited()];
    for basis in [Basis::Accrual, Basis::Cash] {
        let (before, after) = (made(basis, &bought, &counts(), &buckets), made(basis, &bought, &moved, &buckets));
        assert_eq!(cells(&before, 0), ["98.36", "108.00", "72.00"], "{basis:?}");
        assert_eq!(cells(&after, 0), ["98.36", "71.42", "18.00"], "9 × (12 × 10 + 6 × 21) ÷ 31, then 2 accounts");
    }
}
