//! Parts of one contract, however it was split: by a price, by seats that were added, by a scenario. They share its first day,
//! its true-up day and its place among newer purchases, and what is paid stays paid.

use ledger::{
    Basis, Change, Conditions, Contract, Counts, Exchange, Frequency, OncePolicy, Outlook, Overage, OverageFrom,
    OverageRate, Proration, Purchase, PurchaseId, Quantity, RatePolicy, Rates, Repriced, Scenario, SeatChange, Setting,
    Table, Term, Wanted, bases, co_terminated, compared, display_amount, forecast, joined, renewed, spend_in, table,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::any::any_purchase;
use crate::make::{
    can_edit, currency, day, dollars, lot, months, outlook, purchase, shown, term, unit, wanted, yearly,
};
use crate::rates::rate;

const TODAY: &str = "2026-11-29";

/// Ended the day before, and continued from the day on at another price.
fn changed(old: &Purchase, on: &str, price: &str) -> Vec<Purchase> {
    let on = day(on);
    let ended = Purchase { term: Term { end: Some(on), ..old.term }, ..old.clone() };
    let next = Purchase { id: PurchaseId(9), price: unit(price), term: Term { from: on, ..old.term }, ..old.clone() };
    vec![ended, next]
}

/// The purchases beside one whose price changed.
fn beside(others: &[Purchase], old: &Purchase, on: &str, price: &str) -> Vec<Purchase> {
    let all = others.iter().cloned().chain(changed(old, on, price)).collect();
    joined(all, &[(PurchaseId(9), old.id)])
}

fn over(charged: OverageFrom) -> Conditions {
    over_at("10", charged)
}

fn over_at(price: &str, charged: OverageFrom) -> Conditions {
    let rate = OverageRate::Own(price.parse().unwrap());
    Conditions { overage: Some(Overage { rate, charged, proration: Proration::Daily }), ..Conditions::default() }
}

/// Accounts of Can-Edit from these days on, counted until today.
fn counted(steps: &[(&str, u64)]) -> Counts {
    let steps = steps.iter().map(|(from, accounts)| (day(from), *accounts)).collect();
    Counts { since: day("2026-01-01"), last: day(TODAY), steps: [("can-edit".to_owned(), steps)].into() }
}

fn cells(table: &Table) -> Vec<String> {
    let shown =
        |total: &Option<ledger::Money>| total.as_ref().map(|total| display_amount(&total.amount, total.currency));
    table.totals.iter().map(|total| shown(total).unwrap_or_else(|| "0.00".to_owned())).collect()
}

fn price(purchase: i64, amount: &str) -> Repriced {
    let amount = amount.parse().unwrap();
    Repriced { purchase: PurchaseId(purchase), day: day(TODAY), amount, frequency: None, currency: None }
}

/// The months in which something is paid, and in which something costs.
type Paid = Vec<(String, String)>;

fn ahead(bought: &[Purchase], changes: &[SeatChange], repriced: &[Repriced], counts: Option<&Counts>) -> [Paid; 2] {
    [Basis::Cash, Basis::Accrual].map(|basis| {
        let asked = Outlook { changes, repriced, counts, ..outlook(day(TODAY), 24, basis, bought) };
        let found = forecast(&asked).expected;
        let months = found.buckets.iter().map(|bucket| bucket.label.clone()).zip(cells(&found));
        months.filter(|(_, amount)| amount != "0.00").collect()
    })
}

fn months_of(basis: Basis, bought: &[Purchase], counts: &Counts) -> Vec<String> {
    let buckets = months("2026-01-01", "2027-01-01");
    cells(&table(&Wanted { counts: Some(counts), ..wanted(basis, bought, &buckets) }))
}

/// 20 seats at $108, paid once in January 2025.
fn once(policy: OncePolicy) -> Purchase {
    let conditions = Conditions { once: policy, ..Conditions::default() };
    let term = term("2025-01-27", None);
    Purchase { frequency: Frequency::Once, term, conditions, ..yearly(1, 20, "108") }
}

#[test]
fn what_was_paid_once_stays_paid_whatever_a_scenario_changes() {
    for policy in [OncePolicy::Term, OncePolicy::DateOnly, OncePolicy::Life(36)] {
        let bought = [once(policy)];
        let as_is = ahead(&bought, &[], &[], None);
        let seats = |on: &str, seats| [SeatChange { purchase: PurchaseId(1), day: day(on), seats }];
        assert!(as_is[0].is_empty(), "{policy:?}: nothing is to be paid any more");
        assert_eq!(ahead(&bought, &[], &[price(1, "108")], None), as_is, "{policy:?}: the price that it has");
        assert_eq!(ahead(&bought, &[], &[price(1, "999")], None), as_is, "{policy:?}: no payment is to come");
        assert_eq!(ahead(&bought, &seats(TODAY, -1), &[], None), as_is, "{policy:?}: nothing is paid back");
        let more = ahead(&bought, &seats("2027-02-10", 5), &[], None);
        let added = ("Feb 2027".to_owned(), "540.00".to_owned());
        assert_eq!(more[0], [added], "{policy:?}: 5 × 108, and nothing for the other 20");
    }
}

#[test]
fn what_is_to_be_paid_once_is_still_paid_as_the_scenario_says() {
    let bought = [Purchase { term: term("2027-03-01", None), ..once(OncePolicy::Term) }];
    let fewer = [SeatChange { purchase: PurchaseId(1), day: day(TODAY), seats: -5 }];
    let found = ahead(&bought, &fewer, &[price(1, "100")], None);
    assert_eq!(found[0], [("Mar 2027".to_owned(), "1500.00".to_owned())], "15 × 100, on its only day");
}

#[test]
fn a_scenario_says_that_what_was_paid_once_is_paid_no_more() {
    let seats = |seats| Change::Seats { purchase: PurchaseId(1), seats, day: day(TODAY) };
    let dearer = Change::Price { purchase: PurchaseId(1), amount: "120".parse().unwrap(), day: day(TODAY) };
    let later = |change| {
        let scenario = Scenario { name: "s".to_owned(), changes: vec![change] };
        let bought = [once(OncePolicy::Term)];
        let found = compared(day(TODAY), &[can_edit(10)], &bought, dollars(), &[scenario]).unwrap().1.remove(0);
        (found.from, found.later)
    };
    let fewer = "Purchase 1 was paid once: no payment is to come that 1 seat fewer would save.";
    assert_eq!(later(seats(-1)), (None, vec![fewer.to_owned()]));
    let price = "Purchase 1 was paid once: no payment is to come that another price counts for.";
    assert_eq!(later(dearer), (None, vec![price.to_owned()]));
    assert_eq!(later(seats(1)), (None, vec![]), "more seats are bought today");
}

#[test]
fn seats_added_to_what_was_paid_once_cost_their_own_price_or_the_days_that_are_left() {
    let plan = |policy| Purchase { term: term("2026-01-01", Some("2026-12-31")), ..once(policy) };
    for (policy, expected) in
        [(OncePolicy::Term, "201.21"), (OncePolicy::DateOnly, "1080.00"), (OncePolicy::Life(36), "1080.00")]
    {
        let bought = plan(policy);
        let added = Purchase { id: PurchaseId(2), ..co_terminated(&bought, day("2026-10-25"), 10).unwrap() };
        let buckets = months("2026-10-01", "2026-11-01");
        let made = table(&wanted(Basis::Cash, std::slice::from_ref(&added), &buckets));
        // 10 × 108 × 68 ÷ 365 where it is for the term; else there are no days that are left.
        assert_eq!(cells(&made), [expected], "{policy:?}");
        let next = renewed(&added, None).unwrap();
        assert_eq!(next.term, term("2027-01-01", Some("2027-12-31")), "{policy:?}: renewed with the whole contract");
        let stored = Contract { from: day("2026-01-01"), later: None, others: None, origin: None };
        let conditions = Conditions { contract: Some(stored), ..added.conditions.clone() };
        let read = [Purchase { conditions, ..added }];
        assert_eq!(table(&wanted(Basis::Cash, &read, &buckets)).totals, made.totals, "{policy:?}: as it is kept");
    }
}

/// A newer purchase that charges $100 for each account beyond, and an older one that would charge $10.
fn newer_and_older() -> [Purchase; 2] {
    let monthly = |id, price: &str, term| Purchase {
        id: PurchaseId(id),
        quantity: Quantity::Seats(10),
        price: unit(price),
        term,
        conditions: over_at(price, OverageFrom::Start),
        ..purchase()
    };
    let newer = monthly(1, "100", term("2026-09-01", Some("2027-08-31")));
    [newer, monthly(2, "10", term("2026-01-01", None))]
}

#[test]
fn a_price_that_is_the_same_in_a_scenario_changes_nothing_that_is_to_be_paid() {
    let counts = counted(&[("2026-01-01", 63)]);
    let both = newer_and_older();
    let as_is = ahead(&both, &[], &[], Some(&counts));
    assert_eq!(ahead(&both, &[], &[price(2, "10")], Some(&counts)), as_is, "the newer one goes on charging for all");
    let daily = |id, from: &str| Purchase {
        id: PurchaseId(id),
        quantity: Quantity::Seats(10),
        price: lot("310"),
        term: term(from, None),
        proration: Proration::Daily,
        ..purchase()
    };
    let both = [daily(1, "2026-06-11"), daily(2, "2026-12-10")];
    let as_is = ahead(&both, &[], &[], None);
    assert_eq!(ahead(&both, &[], &[price(1, "310")], None), as_is, "nor is 10 Dec the last day of anything");
}

#[test]
fn payments_stay_on_the_contract_s_days_after_a_scenario_s_price() {
    let bought = [Purchase { term: term("2026-01-31", None), price: lot("100"), ..purchase() }];
    let repriced = [Repriced { day: day("2027-02-15"), ..price(1, "100") }];
    let days = |repriced: &[Repriced]| {
        let asked = Outlook { repriced, ..outlook(day(TODAY), 6, Basis::Accrual, &bought) };
        cells(&forecast(&asked).expected)
    };
    assert_eq!(days(&repriced), days(&[]), "28 Feb is not its day: 31 Mar is the next one");
}

#[test]
fn another_frequency_in_a_scenario_is_paid_in_full_from_the_day_on_which_it_begins() {
    let bought = [Purchase { term: term("2026-01-15", None), price: lot("100"), ..purchase() }];
    let yearly = Repriced { frequency: Some(Frequency::Annually), ..price(1, "1000") };
    let [cash, _] = ahead(&bought, &[], &[yearly], None);
    let of = |month: &str, amount: &str| (month.to_owned(), amount.to_owned());
    assert_eq!(cash, [of("Dec 2026", "1000.00"), of("Dec 2027", "1000.00")]);
}

#[test]
fn the_headline_keeps_the_newest_contract_when_an_older_one_changes_its_price() {
    let [newer, older] = newer_and_older();
    let bought = beside(std::slice::from_ref(&newer), &older, "2026-11-01", "10.01");
    let headline =
        |bought: &[Purchase]| shown(&spend_in(day(TODAY), &[can_edit(63)], bought, dollars()).billable_annual);
    assert_eq!(headline(&[newer, older]), "64800.00 USD", "20 seats, and 43 accounts beyond them at 100 a month");
    assert_eq!(headline(&bought), "64801.20 USD", "10 × 0.01 × 12 more");
}

/// 45 seats at $10 a month for the year 2026; accounts beyond them $10 from the true-up on.
fn trued_up(on: &str) -> Purchase {
    Purchase {
        quantity: Quantity::Seats(45),
        price: unit("10"),
        term: term("2026-01-01", Some("2026-12-31")),
        conditions: over(OverageFrom::TrueUp(day(on))),
        ..purchase()
    }
}

#[test]
fn those_of_the_true_up_day_are_charged_to_the_end_whatever_the_price_becomes() {
    let counts = counted(&[("2026-01-01", 56), ("2026-10-20", 70)]);
    for basis in [Basis::Cash, Basis::Accrual] {
        let parts = beside(&[], &trued_up("2026-09-01"), "2026-11-01", "10.01");
        let found = months_of(basis, &parts, &counts);
        let expected = ["450.00", "560.00", "560.00", "560.45", "560.45"];
        assert_eq!(found[8 - 1..], expected, "{basis:?}: 11 accounts more from September on, and none anew");
        let parts = beside(&[], &trued_up("2026-11-01"), "2026-10-01", "10.01");
        let found = months_of(basis, &parts, &counts);
        let expected = ["450.00", "450.00", "450.45", "700.45", "700.45"];
        assert_eq!(found[8 - 1..], expected, "{basis:?}: nothing before the true-up, then 25 accounts");
    }
}

#[test]
fn the_headline_goes_by_the_true_up_of_the_contract() {
    let counts = counted(&[("2026-01-01", 56), ("2026-10-20", 70)]);
    let parts = beside(&[], &trued_up("2026-09-01"), "2026-11-01", "10");
    let setting = Setting { counts: Some(&counts), ..dollars() };
    let headline = |bought: &[Purchase]| shown(&spend_in(day(TODAY), &[can_edit(70)], bought, setting).billable_annual);
    assert_eq!(headline(&parts), headline(&[trued_up("2026-09-01")]), "as many were counted on 1 Sep");
    assert_eq!(headline(&parts), "6720.00 USD", "(45 + 11) × 10 × 12");
}

#[test]
fn seats_added_after_the_true_up_count_nobody_anew() {
    let counts = counted(&[("2026-01-01", 56), ("2026-10-20", 70)]);
    let plan = trued_up("2026-09-01");
    let added = Purchase { id: PurchaseId(2), ..co_terminated(&plan, day("2026-11-01"), 5).unwrap() };
    let found = months_of(Basis::Cash, &[plan, added], &counts);
    assert_eq!(found[9..], ["560.00", "610.00", "610.00"], "5 seats more, and the 11 accounts of 1 Sep");
}

#[test]
fn the_contract_that_added_seats_belong_to_charges_for_accounts_beyond_them() {
    let plan = Purchase { conditions: over(OverageFrom::Start), ..trued_up("2026-09-01") };
    let added = Purchase { id: PurchaseId(2), ..co_terminated(&plan, day("2026-11-01"), 5).unwrap() };
    let newer = Purchase {
        id: PurchaseId(3),
        term: term("2026-03-01", None),
        conditions: over_at("1000", OverageFrom::Start),
        ..trued_up("2026-09-01")
    };
    let found = months_of(Basis::Cash, &[plan, newer, added], &counted(&[("2026-01-01", 96)]));
    assert_eq!(found[10], "1950.00", "95 seats, and one account at the newer contract's 1,000");
}

/// 50 seats at 100 euros for the year 2026.
fn euros() -> Purchase {
    let term = term("2026-01-01", Some("2026-12-31"));
    Purchase { currency: currency("EUR"), term, ..yearly(1, 50, "100") }
}

/// Annual spend of 63 accounts, what is committed, and the contract value; then what is paid in the year.
fn in_dollars(policy: RatePolicy, bought: &[Purchase]) -> ([String; 3], String) {
    let rates = Rates::new([rate("EUR", "USD", "2026-01-01", "1"), rate("EUR", "USD", "2026-06-01", "2")]).unwrap();
    let exchange = Some(Exchange { base: currency("USD"), rates: &rates, policy, today: day(TODAY) });
    let found = bases(day(TODAY), &[can_edit(63)], bought, Setting { exchange, ..Setting::default() });
    let buckets = months("2026-01-01", "2027-01-01");
    let made = table(&Wanted { exchange, ..wanted(Basis::Cash, bought, &buckets) });
    let total = made.total.map(|total| display_amount(&total.amount, total.currency)).unwrap();
    let lines = [&found.spend.billable_annual, &found.committed_annual, &found.total_contract_value];
    (lines.map(shown), total)
}

#[test]
fn a_contract_keeps_the_rate_of_its_first_day_whatever_its_price_becomes() {
    let parts = beside(&[], &euros(), "2026-07-01", "100.01");
    let (figures, paid) = in_dollars(RatePolicy::ContractDay, &parts);
    assert_eq!(figures, ["6300.63 USD", "5000.50 USD", "5000.25 USD"], "at 1, the rate of 1 Jan");
    assert_eq!(paid, "5000.25", "5,000 × 181 ÷ 365 and 5,000.50 × 184 ÷ 365");
}

#[test]
fn seats_that_are_added_take_the_rate_of_the_contract_that_they_belong_to() {
    let added = Purchase { id: PurchaseId(2), ..co_terminated(&euros(), day("2026-07-02"), 10).unwrap() };
    let both = [euros(), added];
    let (figures, paid) = in_dollars(RatePolicy::ContractDay, &both);
    assert_eq!(figures[1..], ["6000.00 USD", "5501.37 USD"], "10 × 100 × 183 ÷ 365 more, at 1");
    assert_eq!(paid, "5501.37");
    let (figures, paid) = in_dollars(RatePolicy::InvoiceDay, &both);
    assert_eq!((figures[1].as_str(), paid.as_str()), ("7000.00 USD", "6002.74"), "at 2, the rate of their own payment");
}

#[test]
fn by_invoice_days_another_price_takes_the_rate_of_the_contract_s_last_payment() {
    let parts = beside(&[], &euros(), "2026-07-01", "100");
    let (figures, paid) = in_dollars(RatePolicy::InvoiceDay, &parts);
    let (whole, paid_whole) = in_dollars(RatePolicy::InvoiceDay, &[euros()]);
    assert_eq!((figures[1].as_str(), paid.as_str()), (whole[1].as_str(), paid_whole.as_str()));
    assert_eq!(figures[1], "5000.00 USD", "what is paid for the year was due on 1 Jan");
}

#[test]
fn by_invoice_days_a_contract_is_worth_what_its_payments_are_on_their_days() {
    let quarterly = Purchase { frequency: Frequency::Quarterly, price: unit("25"), ..euros() };
    let (figures, paid) = in_dollars(RatePolicy::InvoiceDay, std::slice::from_ref(&quarterly));
    assert_eq!((figures[2].as_str(), paid.as_str()), ("7500.00 USD", "7500.00"), "two payments at 1, two at 2");
    let parts = beside(&[], &quarterly, "2026-08-15", "26");
    let (figures, paid) = in_dollars(RatePolicy::InvoiceDay, &parts);
    assert_eq!((figures[2].as_str(), paid.as_str()), ("7651.09 USD", "7651.09"), "1 × 50 × 47 ÷ 92 and 50 more, at 2");
}

/// Any contract with a price and a number of seats that charges for accounts beyond them, and a newer one beside it.
fn any_contracts() -> impl Strategy<Value = [Purchase; 2]> {
    let priced = || {
        any_purchase(Just(currency("EUR")))
            .prop_filter("a number of seats and a price", |bought| bought.payment().is_some())
    };
    let charged = prop_oneof![Just(None), (0i64..900).prop_map(Some)];
    (priced(), priced(), charged, 0i64..50_000, 1i64..900).prop_map(|(one, other, true_up, cents, later)| {
        let proration = if true_up.is_some() && cents % 2 == 0 { Proration::None } else { Proration::Daily };
        let days = |from: jiff::civil::Date, days| from.saturating_add(jiff::Span::new().days(days));
        let made = |id, from, bought: Purchase| {
            let charged = true_up.map_or(OverageFrom::Start, |true_up| OverageFrom::TrueUp(days(from, true_up)));
            let rate = OverageRate::Own(Decimal::new(cents, 2));
            let overage = Some(Overage { rate, charged, proration });
            let conditions = Conditions { overage, ..bought.conditions };
            let length = bought.term.end.map(|end| ledger::days_between(bought.term.from, end));
            let term = Term { from, end: length.map(|length| days(from, length)) };
            Purchase { id: PurchaseId(id), license_type: "can-edit".to_owned(), term, conditions, ..bought }
        };
        let from = one.term.from;
        [made(1, from, one), made(2, days(from, later), other)]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 60, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_price_that_stays_the_same_changes_no_month_and_no_figure_beside_another_purchase(
        [old, newer] in any_contracts(),
        after in 1i64..1500,
        accounts in 0u64..200_000,
        policy in proptest::sample::select(vec![RatePolicy::FigureDay, RatePolicy::ContractDay, RatePolicy::InvoiceDay]),
    ) {
        let on = old.term.from.saturating_add(jiff::Span::new().days(after));
        prop_assume!(old.term.end.is_none_or(|end| on < end));
        let same = vec![
            Purchase { term: Term { end: Some(on), ..old.term }, ..old.clone() },
            Purchase { id: PurchaseId(9), term: Term { from: on, ..old.term }, ..old.clone() },
            newer.clone(),
        ];
        let (parts, whole) = (joined(same, &[(PurchaseId(9), old.id)]), [old.clone(), newer]);
        let counts = Counts {
            since: day("2024-01-01"),
            last: day("2036-01-01"),
            steps: [("can-edit".to_owned(), vec![(day("2024-01-01"), accounts), (on, accounts + 7)])].into(),
        };
        let rates = Rates::new(["2020-01-01", "2026-01-01", "2027-07-01"].map(|on| {
            rate("EUR", "USD", on, if on < "2026" { "1" } else { "2" })
        })).unwrap();
        let exchange = Some(Exchange { base: currency("USD"), rates: &rates, policy, today: day(TODAY) });
        let buckets = months("2024-01-01", "2029-01-01");
        let of = |bought: &[Purchase]| {
            [Basis::Cash, Basis::Accrual].map(|basis| {
                table(&Wanted { counts: Some(&counts), exchange, ..wanted(basis, bought, &buckets) }).totals
            })
        };
        prop_assert_eq!(of(&parts), of(&whole));
        for looked in [on.yesterday().unwrap(), on] {
            let setting = Setting { exchange, counts: Some(&counts), ..Setting::default() };
            let on_day = |bought: &[Purchase]| {
                let found = bases(looked, &[can_edit(accounts)], bought, setting);
                [&found.spend.billable_annual, &found.committed_annual, &found.run_rate].map(shown)
            };
            prop_assert_eq!(on_day(&parts), on_day(&whole), "{}", looked);
        }
    }

    #[test]
    fn a_scenario_at_the_same_price_changes_no_month_beside_another_purchase(
        [bought, newer] in any_contracts(),
        after in 0i64..700,
        accounts in 0u64..200_000,
    ) {
        let dollars = |bought: Purchase| Purchase { currency: currency("USD"), ..bought };
        let open = dollars(Purchase { term: Term { end: None, ..bought.term }, ..bought });
        prop_assume!(!open.conditions.shape.has_own_prices());
        let Some(amount) = open.price.map(|price| price.amount) else { return Ok(()) };
        let today = day(TODAY);
        let changed = today.saturating_add(jiff::Span::new().days(after));
        let repriced = [Repriced { purchase: open.id, day: changed, amount, frequency: None, currency: None }];
        let counts = Counts {
            since: day("2024-01-01"),
            last: today,
            steps: [("can-edit".to_owned(), vec![(day("2024-01-01"), accounts)])].into(),
        };
        let both = [open, dollars(newer)];
        for basis in [Basis::Cash, Basis::Accrual] {
            let of = |repriced: &[Repriced]| {
                forecast(&Outlook { repriced, counts: Some(&counts), ..outlook(today, 36, basis, &both) }).expected.totals
            };
            prop_assert_eq!(of(&repriced), of(&[]), "{:?}", basis);
        }
    }
}
