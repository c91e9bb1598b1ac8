//! Accounts beyond the seats over time: the headline, the table by days and by payments, the forecast, and the invoices.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::{
    Basis, Commitment, Conditions, Counts, FiscalYear, Frequency, Grain, Outlook, Overage, OverageFrom, OverageRate,
    Payments, Proration, Purchase, PurchaseId, Rule, Setting, Table, TypeFacts, Wanted, display_amount, forecast,
    spend_in, table,
};
use proptest::prelude::*;

use crate::make::{caveat, currency, day, months, outlook, purchase, shown, term, unit, wanted, yearly};

/// 27 accounts from 1 Jan 2026 on, counted until 28 Nov.
fn counts(accounts: u64) -> Counts {
    let steps = BTreeMap::from([("can-edit".to_owned(), vec![(day("2026-01-01"), accounts)])]);
    Counts { since: day("2026-01-01"), last: day("2026-11-28"), steps }
}

fn over(rate: OverageRate, charged: OverageFrom, proration: Proration) -> Conditions {
    Conditions { overage: Some(Overage { rate, charged, proration }), ..Conditions::default() }
}

/// 20 seats at $100 for the year 2026; a seat more costs $240, from the true-up of 15 December.
fn trued_up() -> Purchase {
    Purchase {
        term: term("2026-01-01", Some("2026-12-31")),
        conditions: over(
            OverageRate::Own("240".parse().unwrap()),
            OverageFrom::TrueUp(day("2026-12-15")),
            Proration::Daily,
        ),
        ..yearly(1, 20, "100")
    }
}

fn by(basis: Basis, grain: Grain, from: &str, until: &str, purchases: &[Purchase], counts: &Counts) -> Table {
    let buckets = FiscalYear::default().buckets(grain, day(from), day(until));
    table(&Wanted { counts: Some(counts), ..wanted(basis, purchases, &buckets) })
}

fn year(basis: Basis, purchases: &[Purchase], counts: &Counts) -> Table {
    by(basis, Grain::Month, "2026-01-01", "2027-01-01", purchases, counts)
}

fn cells(table: &Table) -> Vec<String> {
    table.totals.iter().map(|total| display_amount(&total.as_ref().unwrap().amount, currency("USD"))).collect()
}

fn headline(on: &str, accounts: u64, purchases: &[Purchase], counts: &Counts) -> (String, String) {
    let facts = TypeFacts { assigned: accounts, billable_accounts: accounts, ..crate::make::can_edit(accounts) };
    let setting = Setting { counts: Some(counts), ..Setting::default() };
    let spend = spend_in(day(on), &[facts], purchases, setting);
    (shown(&spend.billable_annual), caveat(&spend.billable_annual).to_owned())
}

#[test]
fn a_true_up_counts_from_its_day_and_not_before() {
    let (bought, counts) = ([trued_up()], counts(27));
    let (before, said) = headline("2026-11-28", 27, &bought, &counts);
    assert_eq!(before, "2000.00 USD");
    assert_eq!(said, "7 accounts of Can-Edit have no seat and are charged from the true-up of 15 Dec 2026 on.");
    assert_eq!(headline("2026-12-14", 27, &bought, &counts).0, "2000.00 USD");
    assert_eq!(headline("2026-12-15", 27, &bought, &counts), ("3680.00 USD".to_owned(), String::new()));
    let fewer = headline("2026-12-20", 25, &bought, &counts);
    assert_eq!(fewer.0, "3680.00 USD", "those of the day are charged to the end of the term");
}

#[test]
fn what_accounts_beyond_the_seats_cost_comes_on_top_of_minimums() {
    let conditions = over(OverageRate::Own("12".parse().unwrap()), OverageFrom::Start, Proration::Daily);
    let with = |per_payment: Option<&str>, of_term: Option<&str>| {
        let [per_payment, term] = [per_payment, of_term].map(|least| least.map(|least| least.parse().unwrap()));
        let commitment = Commitment { per_payment, term };
        let conditions = Conditions { commitment, ..conditions.clone() };
        Purchase { frequency: Frequency::Monthly, price: unit("10"), conditions, ..trued_up() }
    };
    let cash = |bought: Purchase| {
        let total = year(Basis::Cash, &[bought], &counts(27)).total.unwrap();
        display_amount(&total.amount, currency("USD"))
    };
    assert_eq!(cash(with(None, None)), "3408.00", "12 × 20 × 10 for the seats, and 12 × 7 × 12 beyond them");
    assert_eq!(cash(with(None, Some("6000"))), "7008.00", "6,000 for the seats at least, and 1,008 as before");
    assert_eq!(cash(with(Some("250"), None)), "4008.00", "12 × 250 for the seats at least, and 1,008 as before");
}

#[test]
fn a_true_up_is_paid_on_its_day_and_spread_over_the_days_that_are_left() {
    let (bought, counts) = ([trued_up()], counts(27));
    let cash = year(Basis::Cash, &bought, &counts);
    assert_eq!([&cells(&cash)[0], &cells(&cash)[11]], ["2000.00", "78.25"], "7 × 240 × 17 ÷ 365 on 15 December");
    assert_eq!(cash.caveats, ["Purchase of can-edit: from 29 Nov 2026 on with the last count, 27 accounts."]);
    let accrual = year(Basis::Accrual, &bought, &counts);
    assert_eq!(display_amount(&accrual.total.as_ref().unwrap().amount, currency("USD")), "2078.25");
    assert_eq!(cells(&accrual)[11], "248.11", "2,000 × 31 ÷ 365 and all of the true-up");
    let payments = Payments::new(&bought, Some(&counts));
    let due = payments.due(PurchaseId(1), day("2026-12-01"), day("2027-01-01")).unwrap();
    assert_eq!((due.len(), due[0].day, due[0].rule), (1, day("2026-12-15"), Rule::Overage));
}

#[test]
fn a_cell_tells_the_accounts_beyond_the_seats() {
    let (bought, counts) = ([trued_up()], counts(27));
    let buckets = months("2026-12-01", "2027-01-01");
    let wanted = Wanted { counts: Some(&counts), ..wanted(Basis::Cash, &bought, &buckets) };
    let cell = table(&wanted).cell_line(0, 0, &wanted).unwrap();
    let part = &cell.because.parts[0];
    assert_eq!((part.label.as_str(), part.rule), ("7 accounts from 15 Dec 2026", Rule::Overage));
    assert_eq!(part.arithmetic, "7 accounts × $240.00 × 17 ÷ 365 days");
}

#[test]
fn seats_beyond_from_the_day_are_paid_with_the_period_by_the_days_that_they_were_held() {
    let steps = vec![(day("2026-01-10"), 52), (day("2026-02-15"), 50), (day("2026-03-02"), 60)];
    let counts = Counts {
        since: day("2026-01-10"),
        last: day("2026-03-31"),
        steps: BTreeMap::from([("can-edit".to_owned(), steps)]),
    };
    let bought = Purchase {
        term: term("2026-01-01", None),
        conditions: over(OverageRate::Contract, OverageFrom::Start, Proration::Daily),
        ..purchase()
    };
    for basis in [Basis::Cash, Basis::Accrual] {
        let made = by(basis, Grain::Month, "2026-01-01", "2026-04-01", std::slice::from_ref(&bought), &counts);
        // 2 × 9 × 22 ÷ 31, 2 × 9 × 14 ÷ 28, 10 × 9 × 30 ÷ 31.
        assert_eq!(cells(&made), ["462.77", "459.00", "537.10"], "{basis:?}");
        let said = "Purchase of can-edit: accounts beyond the seats were counted from 10 Jan 2026 on: none are included before.";
        assert_eq!(made.caveats, [said]);
    }
    let (now, _) = headline("2026-03-31", 60, std::slice::from_ref(&bought), &counts);
    assert_eq!(now, "6480.00 USD", "60 × 9 × 12");
}

#[test]
fn a_forecast_carries_the_last_count_into_renewals_and_says_so() {
    let counts = counts(27);
    let bought = [Purchase { auto_renews: true, ..trued_up() }];
    let ahead = forecast(&Outlook { counts: Some(&counts), ..outlook(day("2026-12-01"), 13, Basis::Cash, &bought) });
    let expected = cells(&ahead.expected);
    assert_eq!(expected[..3], ["78.25", "2000.00", "0.00"], "7 × 240 × 17 ÷ 365, then 20 × 100 for the next year");
    assert_eq!(expected[12], "78.25", "the day of the true-up goes on with the term");
    assert!(ahead.expected.caveats[0].ends_with("with the last count, 27 accounts."), "{:?}", ahead.expected.caveats);
}

#[test]
fn without_an_agreement_nothing_is_added_and_unlimited_seats_have_nobody_beyond() {
    let counts = counts(27);
    let silent = [Purchase { conditions: Conditions::default(), ..trued_up() }];
    assert_eq!(cells(&year(Basis::Cash, &silent, &counts))[11], "0.00");
    let unlimited =
        Purchase { quantity: ledger::Quantity::Unlimited, price: crate::make::lot("500"), ..yearly(2, 1, "0") };
    let both = [trued_up(), Purchase { term: trued_up().term, ..unlimited }];
    assert_eq!(cells(&year(Basis::Cash, &both, &counts))[11], "0.00");
    assert_eq!(headline("2026-12-20", 27, &both, &counts).0, "2500.00 USD");
}

fn any_overage() -> impl Strategy<Value = Purchase> {
    let own = (1u32..500).prop_map(|price| OverageRate::Own(price.into()));
    let rate = prop_oneof![Just(OverageRate::Contract), own];
    let from = prop_oneof![Just(None), (0i64..300).prop_map(Some)];
    let every = prop::sample::select(&Frequency::ALL[1..5]);
    (rate, from, every, 1u32..40, 1u32..300).prop_map(|(rate, from, frequency, seats, price)| {
        let first: Date = day("2026-01-01");
        let charged = from
            .map_or(OverageFrom::Start, |days| OverageFrom::TrueUp(first.saturating_add(jiff::Span::new().days(days))));
        Purchase {
            term: term("2026-01-01", None),
            frequency,
            price: unit(&price.to_string()),
            conditions: over(rate, charged, Proration::Daily),
            ..yearly(1, seats, "0")
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// With the same accounts on every day a year costs what the headline says, once the true-up is over.
    #[test]
    fn the_headline_is_what_the_months_of_a_year_cost(bought in any_overage(), accounts in 0u64..60) {
        let bought = [bought];
        let seats = bought[0].seats().unwrap();
        let accounts = accounts.max(seats);
        let counts = counts(accounts);
        let made = by(Basis::Accrual, Grain::FiscalYear, "2027-01-01", "2028-01-01", &bought, &counts);
        let (annual, said) = headline("2027-06-01", accounts, &bought, &counts);
        prop_assert_eq!(said, "");
        prop_assert_eq!(format!("{} USD", cells(&made)[0]), annual);
    }
}
