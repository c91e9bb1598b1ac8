//! Contracts of several parts: a price that changes within a term, and seats that are added to one.

use jiff::Span;
use ledger::{
    Basis, Commitment, Conditions, Counts, Frequency, Ladder, OncePolicy, Packs, Per, Price, Proration, Purchase,
    PurchaseId, Quantity, Setting, Shape, Table, Term, Tier, Tiers, TypeNames, Wanted, bases, co_terminated,
    display_amount, joined, renewals, table, term_total, without_double_days,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::any::any_purchase;
use crate::make::{can_edit, currency, day, lot, months, purchase, shown, term, unit, wanted, yearly};

/// Ended the day before, and continued from the day on by the other purchase.
fn changed(old: &Purchase, on: &str, new: Purchase) -> Vec<Purchase> {
    let on = day(on);
    let ended = Purchase { term: Term { end: Some(on), ..old.term }, ..old.clone() };
    let next = Purchase { id: PurchaseId(old.id.0 + 1), term: Term { from: on, ..old.term }, ..new };
    let link = (next.id, old.id);
    joined(vec![ended, next], &[link])
}

fn months_of(basis: Basis, purchases: &[Purchase], from: &str, end: &str) -> Table {
    let buckets = months(from, end);
    table(&wanted(basis, purchases, &buckets))
}

fn shown_months(table: &Table) -> Vec<String> {
    let totals = table.totals.iter().flatten();
    totals.map(|total| display_amount(&total.amount, total.currency)).collect()
}

fn whole(table: &Table) -> String {
    let total = table.total.as_ref().unwrap();
    display_amount(&total.amount, total.currency)
}

fn on_day(on: &str, purchases: &[Purchase]) -> [String; 4] {
    let found = bases(day(on), &[can_edit(50)], purchases, Setting::default());
    [&found.run_rate, &found.total_contract_value, &found.annual_contract_value, &found.committed_annual].map(shown)
}

fn prepaid() -> Purchase {
    Purchase { term: term("2026-01-01", Some("2026-12-31")), ..yearly(1, 50, "120") }
}

#[test]
fn a_price_that_changes_within_a_prepaid_year_costs_the_difference_for_its_rest() {
    let parts = changed(&prepaid(), "2026-07-01", Purchase { price: unit("132"), ..prepaid() });
    let cash = months_of(Basis::Cash, &parts, "2026-01-01", "2027-01-01");
    let paid = shown_months(&cash);
    assert_eq!((paid[0].as_str(), paid[6].as_str()), ("6000.00", "302.47"), "600 × 184 ÷ 365 more");
    assert_eq!(whole(&cash), "6302.47");
    let accrual = months_of(Basis::Accrual, &parts, "2026-01-01", "2027-01-01");
    assert_eq!(whole(&accrual), "6302.47", "181/365 of 6,000 and 184/365 of 6,600");
    assert_eq!(shown_months(&accrual)[7], "560.55", "31 days at 6,600 a year");
    assert_eq!(on_day("2026-08-01", &parts), ["6600.00 USD", "6302.47 USD", "6302.47 USD", "6600.00 USD"]);
    assert_eq!(on_day("2026-03-01", &parts), ["6000.00 USD", "6302.47 USD", "6302.47 USD", "6000.00 USD"]);
}

#[test]
fn what_is_credited_says_when_it_was_paid() {
    let parts = changed(&prepaid(), "2026-07-01", Purchase { price: unit("132"), ..prepaid() });
    let of = |part: &Purchase| {
        let paid = ledger::installments(&part.into(), day("2026-01-01"), day("2027-01-01")).unwrap();
        paid.iter().map(|one| (one.day.to_string(), one.credits.map(|day| day.to_string()))).collect::<Vec<_>>()
    };
    let told = |on: &str, credits: Option<&str>| (on.to_owned(), credits.map(str::to_owned));
    assert_eq!(of(&parts[0]), [told("2026-01-01", None), told("2026-07-01", Some("2026-01-01"))]);
    assert_eq!(of(&parts[1]), [told("2026-07-01", None)]);
}

#[test]
fn the_minimum_of_a_term_counts_once_over_all_its_prices() {
    let commitment = Commitment { term: Some("12000".parse().unwrap()), per_payment: None };
    let monthly = Purchase {
        quantity: Quantity::Seats(10),
        price: unit("10"),
        term: term("2026-01-01", Some("2026-12-31")),
        conditions: Conditions { commitment, ..Conditions::default() },
        ..purchase()
    };
    let parts = changed(&monthly, "2026-07-01", Purchase { price: unit("12"), ..monthly.clone() });
    assert_eq!(whole(&months_of(Basis::Cash, &parts, "2026-01-01", "2027-01-01")), "12000.00");
    assert_eq!(on_day("2026-08-01", &parts)[1..], ["12000.00 USD", "12000.00 USD", "12000.00 USD"]);
}

#[test]
fn the_new_price_starts_with_the_next_payment_where_that_is_the_day() {
    let monthly = Purchase { price: unit("10"), ..purchase() };
    let parts = changed(&monthly, "2026-07-01", Purchase { price: unit("11"), ..monthly.clone() });
    let paid = shown_months(&months_of(Basis::Cash, &parts, "2026-04-01", "2027-04-01"));
    assert_eq!((paid[2].as_str(), paid[3].as_str()), ("500.00", "550.00"));
}

#[test]
fn two_changes_within_a_payment_period_are_both_charged_from_their_days() {
    let mut parts = changed(&prepaid(), "2026-04-01", Purchase { price: unit("132"), ..prepaid() });
    let third = Purchase {
        id: PurchaseId(3),
        price: unit("120"),
        term: Term { from: day("2026-07-01"), ..prepaid().term },
        ..prepaid()
    };
    parts[1].term.end = Some(day("2026-07-01"));
    parts.push(third);
    let parts = joined(parts, &[(PurchaseId(2), PurchaseId(1)), (PurchaseId(3), PurchaseId(2))]);
    let paid = shown_months(&months_of(Basis::Cash, &parts, "2026-01-01", "2027-01-01"));
    assert_eq!(
        [paid[0].as_str(), &paid[3], &paid[6]],
        ["6000.00", "452.05", "-302.47"],
        "275 days more, 184 days less"
    );
    assert_eq!(on_day("2026-05-01", &parts)[1], "6149.59 USD", "6,000 and 600 × 91 ÷ 365");
}

#[test]
fn a_price_that_changed_is_renewed_for_the_whole_length_and_only_once() {
    let parts = changed(&prepaid(), "2026-07-01", Purchase { price: unit("132"), ..prepaid() });
    let found = renewals(day("2026-08-01"), &parts, &[(PurchaseId(2), PurchaseId(1))], TypeNames::default());
    assert_eq!(found.iter().map(|one| one.purchase.0).collect::<Vec<_>>(), [2]);
    let next = ledger::renewed(&parts[1], None).unwrap();
    assert_eq!(next.term, term("2027-01-01", Some("2027-12-31")));
    assert_eq!(next.conditions.contract, None);
}

#[test]
fn purchases_that_do_not_meet_are_contracts_of_their_own() {
    let mut apart = prepaid();
    apart.term.end = Some(day("2026-06-01"));
    let next = Purchase { id: PurchaseId(2), term: term("2026-07-01", None), ..prepaid() };
    let all = joined(vec![apart.clone(), next.clone()], &[(PurchaseId(2), PurchaseId(1))]);
    assert_eq!(all, [apart, next]);
}

#[test]
fn a_term_renewed_on_its_last_day_is_worth_no_day_more() {
    let old = Purchase {
        term: term("2026-01-01", Some("2026-12-31")),
        price: lot("365"),
        proration: Proration::Daily,
        ..yearly(1, 50, "1")
    };
    let new = Purchase { id: PurchaseId(2), term: term("2026-12-31", Some("2027-12-30")), ..old.clone() };
    let all = [old, new];
    let found = bases(day("2026-08-01"), &[can_edit(50)], &all, Setting::default());
    assert_eq!(shown(&found.total_contract_value), "364.00 USD");
    assert_eq!(whole(&months_of(Basis::Cash, &all, "2026-01-01", "2027-12-31")), "729.00", "364 and 365");
    assert_eq!(without_double_days(&all)[0].term.end, Some(day("2026-12-31")));
}

/// By days, from the first day of the year to the last.
fn daily_year(id: i64) -> Purchase {
    Purchase { proration: Proration::Daily, price: lot("365"), ..Purchase { id: PurchaseId(id), ..prepaid() } }
}

#[test]
fn a_price_that_changes_in_a_term_renewed_on_its_last_day_leaves_what_was_paid() {
    let renewed = Purchase { term: term("2026-12-31", Some("2027-12-30")), ..daily_year(9) };
    let mut all = changed(&daily_year(1), "2026-07-01", daily_year(1));
    all.push(renewed.clone());
    let links = [(PurchaseId(2), PurchaseId(1))];
    let unlinked = all
        .iter()
        .map(|one| Purchase { conditions: Conditions { contract: None, ..one.conditions.clone() }, ..one.clone() });
    let all = joined(unlinked.collect(), &links);
    let whole_year = [daily_year(1), renewed];
    for basis in [Basis::Cash, Basis::Accrual] {
        let of = |purchases: &[Purchase]| shown_months(&months_of(basis, purchases, "2026-01-01", "2028-01-01"));
        assert_eq!(of(&all), of(&whole_year), "{basis:?}: to the same price");
    }
    let worth = |purchases: &[Purchase]| on_day("2026-08-01", purchases)[1].clone();
    assert_eq!([worth(&all), worth(&whole_year)], ["364.00 USD", "364.00 USD"]);
}

#[test]
fn another_price_takes_no_day_from_a_contract_that_ends_on_it() {
    let beside = Purchase { term: term("2026-01-01", Some("2026-07-01")), ..daily_year(9) };
    let mut all = changed(&daily_year(1), "2026-07-01", daily_year(1));
    all.push(beside.clone());
    let terms = ledger::installments::terms_without_double_days(&all);
    assert_eq!(terms, all.iter().map(|one| one.term).collect::<Vec<_>>(), "1 July is a day of both");
    assert_eq!(ledger::seats_in_force(day("2026-07-01"), "can-edit", &all), Some(100));
    let starts = Purchase { term: term("2026-06-30", None), ..daily_year(8) };
    let mut all = changed(&daily_year(1), "2026-07-01", daily_year(1));
    all.push(starts);
    assert_eq!(ledger::seats_in_force(day("2026-06-30"), "can-edit", &all), Some(100), "nor does one that starts then");
}

fn added(base: &Purchase, from: &str, seats: u32) -> Purchase {
    co_terminated(base, day(from), seats).unwrap()
}

fn of(total: &Purchase) -> String {
    display_amount(&term_total(total).unwrap().total, total.currency)
}

#[test]
fn added_seats_are_paid_on_the_days_of_the_plan() {
    let leap = Purchase { term: term("2023-04-01", Some("2024-03-31")), ..yearly(1, 50, "108") };
    assert_eq!(of(&added(&leap, "2024-03-10", 10)), "64.92", "10 × 108 × 22 ÷ 366");
    let plan = Purchase { quantity: Quantity::Seats(40), term: term("2026-01-01", Some("2026-12-31")), ..purchase() };
    let both = [plan.clone(), Purchase { id: PurchaseId(2), ..added(&plan, "2026-01-20", 10) }];
    let paid = shown_months(&months_of(Basis::Cash, &both, "2026-01-01", "2026-04-01"));
    assert_eq!(paid, ["394.84", "450.00", "450.00"], "360 and 90 × 12 ÷ 31");
}

#[test]
fn added_seats_cost_what_the_whole_costs_more_with_them() {
    let year = term("2026-04-01", Some("2027-03-31"));
    let with = |shape, packs, price, seats| Purchase {
        quantity: Quantity::Seats(seats),
        price,
        term: year,
        conditions: Conditions { shape, packs, ..Conditions::default() },
        ..yearly(1, 10, "0")
    };
    let base_fee = with(Shape::BaseFee { included: 10, unit: "5".parse().unwrap() }, Packs::Single, lot("500"), 20);
    assert_eq!(of(&added(&base_fee, "2026-04-01", 5)), "25.00", "no second base fee");
    let band = |first, last, unit: &str| Tier { first, last, unit: unit.parse().unwrap() };
    let tiers = Tiers::new(vec![band(1, Some(10), "10"), band(11, None, "5")]).unwrap();
    let graduated = with(Shape::Graduated(tiers), Packs::Single, None, 10);
    assert_eq!(of(&added(&graduated, "2026-04-01", 7)), "35.00", "17 seats cost 135, 10 cost 100");
    let ladder = || Packs::Ladder(Ladder::new(vec![3, 5, 10], 10).unwrap());
    let sold = with(Shape::Flat, ladder(), unit("10"), 11);
    let refused = co_terminated(&sold, day("2026-04-01"), 1).unwrap_err().to_string();
    assert!(refused.starts_with("The 20 seats that are sold are enough for 12"), "{refused}");
    let next_step = added(&sold, "2026-04-01", 10);
    assert_eq!(
        (next_step.quantity, of(&next_step)),
        (Quantity::Seats(10), "100.00".to_owned()),
        "30 sold instead of 20"
    );
}

#[test]
fn a_true_up_date_moves_with_the_term() {
    let overage = ledger::Overage {
        rate: ledger::OverageRate::Contract,
        charged: ledger::OverageFrom::TrueUp(day("2026-10-01")),
        proration: Proration::Daily,
    };
    let agreed = Purchase { conditions: Conditions { overage: Some(overage), ..Conditions::default() }, ..prepaid() };
    let of = |purchase: &Purchase| purchase.conditions.overage.map(|overage| overage.charged);
    let day_of = |on: &str| Some(ledger::OverageFrom::TrueUp(day(on)));
    assert_eq!(of(&ledger::renewed(&agreed, None).unwrap()), day_of("2027-10-01"));
    assert_eq!(
        of(&added(&agreed, "2026-11-01", 5)),
        None,
        "the purchase that they are added to charges for accounts beyond"
    );
}

/// Any contract with a price, and a day within it.
fn any_contract() -> impl Strategy<Value = (Purchase, i64)> {
    let bought = any_purchase(Just(currency("USD"))).prop_filter("a number of seats and a price", |bought| {
        bought.payment().is_some() && bought.term.end.is_none_or(|end| end > bought.term.from.tomorrow().unwrap())
    });
    (bought, 1i64..1500)
}

proptest! {
    #[test]
    fn a_price_change_to_the_same_price_changes_no_figure((bought, after) in any_contract()) {
        let bought = Purchase { id: PurchaseId(1), license_type: "can-edit".to_owned(), ..bought };
        let on = bought.term.from.checked_add(Span::new().days(after)).unwrap();
        prop_assume!(bought.term.end.is_none_or(|end| on < end));
        let parts = changed(&bought, &on.to_string(), bought.clone());
        let whole = std::slice::from_ref(&bought);
        for basis in [Basis::Cash, Basis::Accrual] {
            let of = |purchases: &[Purchase]| months_of(basis, purchases, "2024-01-01", "2036-01-01").totals;
            prop_assert_eq!(of(&parts), of(whole), "{:?}", basis);
        }
        for looked in [on.yesterday().unwrap(), on] {
            prop_assert_eq!(on_day(&looked.to_string(), &parts), on_day(&looked.to_string(), whole));
        }
    }
}

proptest! {
    #[test]
    fn accounts_beyond_the_seats_are_paid_on_the_contract_s_days_whenever_the_price_changes(
        (bought, after) in any_contract(),
        steps in proptest::collection::vec((0i64..2000, 0u64..200_000), 1..5),
        own in proptest::option::of(0i64..50_000),
    ) {
        let rate = own.map_or(ledger::OverageRate::Contract, |cents| ledger::OverageRate::Own(Decimal::new(cents, 2)));
        let overage = ledger::Overage { rate, charged: ledger::OverageFrom::Start, proration: Proration::Daily };
        let conditions = Conditions { overage: Some(overage), ..bought.conditions.clone() };
        let bought =
            Purchase { id: PurchaseId(1), license_type: "can-edit".to_owned(), conditions, ..bought };
        let on = bought.term.from.checked_add(Span::new().days(after)).unwrap();
        prop_assume!(bought.term.end.is_none_or(|end| on < end));
        let since = day("2024-01-01");
        let mut steps: Vec<_> =
            steps.into_iter().map(|(days, number)| (since.saturating_add(Span::new().days(days)), number)).collect();
        steps.sort_unstable();
        let counts = Counts { since, last: day("2036-01-01"), steps: [("can-edit".to_owned(), steps)].into() };
        let parts = changed(&bought, &on.to_string(), bought.clone());
        let buckets = months("2024-01-01", "2032-01-01");
        for basis in [Basis::Cash, Basis::Accrual] {
            let of = |purchases: &[Purchase]| {
                table(&Wanted { counts: Some(&counts), ..wanted(basis, purchases, &buckets) }).totals
            };
            prop_assert_eq!(of(&parts), of(std::slice::from_ref(&bought)), "{:?}", basis);
        }
    }
}

#[test]
fn what_was_paid_once_is_not_paid_again() {
    for once in [OncePolicy::Term, OncePolicy::DateOnly, OncePolicy::Life(36)] {
        let conditions = Conditions { once, ..Conditions::default() };
        let price = Some(Price { amount: "365".parse().unwrap(), per: Per::Lot });
        let bought = Purchase { frequency: Frequency::Once, price, conditions, ..prepaid() };
        let parts = changed(&bought, "2026-07-01", bought.clone());
        let cash = months_of(Basis::Cash, &parts, "2026-01-01", "2027-01-01");
        assert_eq!((shown_months(&cash)[0].as_str(), whole(&cash).as_str()), ("365.00", "365.00"), "{once:?}");
    }
}
