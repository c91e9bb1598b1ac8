//! Renewals and forecast: D10 case 20.

use ledger::TypeNames;
use ledger::{
    Basis, Commitment, Conditions, Forecast, Frequency, Ladder, Outlook, Packs, Purchase, PurchaseId, Quantity,
    RenewalTerms, Renewing, SeatChange, Stage, Table, committed_seats, display_amount, forecast, renewals,
    suggested_seats,
};

use crate::make::{currency, day, lot, outlook, purchase, shown, term, unit, yearly};

pub fn ending(id: i64, last: &str, notice: Option<u16>) -> Purchase {
    Purchase {
        name: format!("P{id}"),
        notice_days: notice,
        term: term("2026-01-01", Some(last)),
        ..yearly(id, 10, "100")
    }
}

fn stages(purchases: &[Purchase]) -> Vec<(i64, Stage, String)> {
    let all = renewals(day("2026-11-23"), purchases, &[], TypeNames::default());
    all.into_iter().map(|one| (one.purchase.0, one.stage, one.sentence)).collect()
}

#[test]
fn renewals_come_by_notice_deadline_with_their_marks() {
    let found = stages(&[
        ending(1, "2027-12-31", Some(30)),
        ending(2, "2027-03-31", Some(60)),
        ending(3, "2026-12-31", Some(60)),
        ending(4, "2026-12-20", None),
    ]);
    let said: Vec<(i64, Stage)> = found.iter().map(|(id, stage, _)| (*id, *stage)).collect();
    let expected = [(3, Stage::NoticePassed), (4, Stage::Within(30)), (2, Stage::Within(90)), (1, Stage::Later)];
    assert_eq!(said, expected);
    assert_eq!(found[0].2, "Notice was due 22 days ago, on 1 Nov 2026; ends in 38 days, on 31 Dec 2026");
    assert_eq!(found[2].2, "Give notice in 68 days, by 30 Jan 2027; ends in 128 days, on 31 Mar 2027");
    let marks = &renewals(day("2026-11-23"), &[ending(2, "2027-03-31", Some(60))], &[], TypeNames::default())[0].marks;
    let days: Vec<(u16, bool)> = marks.iter().map(|mark| (mark.days, mark.reached)).collect();
    assert_eq!(days, [(120, true), (90, true), (60, false), (30, false)]);
    assert_eq!(marks[2].day, day("2026-12-01"));
}

#[test]
fn case_20_an_expired_term_is_so_many_days_ago_and_never_0_days_left() {
    let found = stages(&[ending(1, "2026-11-22", Some(30)), ending(2, "2026-11-23", None)]);
    assert_eq!(found[0], (1, Stage::Expired, "Expired 1 day ago, on 22 Nov 2026".to_owned()));
    assert_eq!(found[1], (2, Stage::Within(30), "Ends today, on 23 Nov 2026".to_owned()));
    let followed = Purchase { term: term("2026-11-23", None), ..yearly(3, 10, "100") };
    let left = stages(&[ending(1, "2026-11-22", None), followed]);
    assert!(left.is_empty(), "a term that is over and followed is done");
}

#[test]
fn a_renewal_shows_what_it_costs_now_and_with_the_uplift() {
    let renewal = RenewalTerms { uplift: Some("10".parse().unwrap()), cap: Some("7".parse().unwrap()), seats: None };
    let capped = Purchase {
        conditions: Conditions { renewal, ..Conditions::default() },
        auto_renews: true,
        ..ending(1, "2027-03-31", Some(60))
    };
    let found = &renewals(day("2026-11-23"), &[capped], &[], TypeNames::default())[0];
    assert_eq!(shown(found.annual.as_ref().unwrap()), "1000.00 USD");
    assert_eq!(shown(found.renewed_annual.as_ref().unwrap()), "1070.00 USD", "never above the cap");
    assert!(found.sentence.ends_with("and renews itself on 1 Apr 2027"));
}

#[test]
fn the_quantity_to_renew_is_engaged_plus_buffer_rounded_up_to_what_is_sold() {
    let ladder = Packs::Ladder(Ladder::new(vec![3, 5, 10], 10).unwrap());
    let (seats, because) = suggested_seats(21, "10".parse().unwrap(), &ladder, 0);
    assert_eq!(seats, 30, "21 × 1.1 = 23.1, so 24, sold as 30");
    assert_eq!(because.arithmetic, "21 engaged accounts + 10% = 24, rounded up to 3, 5, 10, then +10");
    assert_eq!(suggested_seats(21, "0".parse().unwrap(), &Packs::Single, 40).0, 40, "not below the commitment");
}

#[test]
fn the_seats_that_a_minimum_pays_for_are_renewed_whether_it_is_of_a_payment_or_of_the_term() {
    let of = |per_payment: Option<&str>, term: Option<&str>, bought: Purchase| {
        let [per_payment, term] = [per_payment, term].map(|least| least.map(|least| least.parse().unwrap()));
        let conditions = Conditions { commitment: Commitment { per_payment, term }, ..Conditions::default() };
        committed_seats(&Purchase { conditions, ..bought })
    };
    let year = || Purchase { quantity: Quantity::Seats(100), ..purchase() };
    assert_eq!(of(None, Some("12000"), year()), 112, "12,000 ÷ (12 × 9) = 111.1…");
    assert_eq!(of(Some("400"), None, year()), 45, "400 ÷ 9 = 44.4…");
    assert_eq!(of(Some("400"), Some("12000"), year()), 112, "the stricter one of both");
    assert_eq!(of(Some("1100"), Some("12000"), year()), 123);
    assert_eq!(of(None, None, year()), 0);
    let open = Purchase { term: term("2026-04-01", None), ..year() };
    assert_eq!(of(None, Some("12000"), open), 0, "without an end no term is committed to");
    let half = Purchase { term: term("2026-04-01", Some("2026-09-30")), ..year() };
    assert_eq!(of(None, Some("6000"), half.clone()), 112, "half of it in half a year");
    let dear = Purchase { price: lot("900"), ..half };
    assert_eq!(of(None, Some("6000"), dear), 112, "a lot has a price of a seat, too");
    let free = Purchase { price: unit("0"), ..year() };
    assert_eq!(of(Some("400"), Some("12000"), free), 0, "no number of seats that are free makes a minimum");
}

fn ahead(purchases: &[Purchase], changes: &[SeatChange], renewing: Renewing) -> Forecast {
    forecast(&Outlook { changes, renewing, ..outlook(day("2026-11-23"), 24, Basis::Cash, purchases) })
}

/// The months in which something is paid.
fn paid(table: &Table) -> Vec<(String, String)> {
    let totals = table.buckets.iter().zip(&table.totals);
    let shown = totals.filter_map(|(bucket, total)| {
        let amount = display_amount(&total.as_ref()?.amount, currency("USD"));
        (amount != "0.00").then(|| (bucket.label.clone(), amount))
    });
    shown.collect()
}

fn months(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(month, amount)| ((*month).to_owned(), (*amount).to_owned())).collect()
}

#[test]
fn a_forecast_pays_on_anchor_dates_and_renews_with_uplift_within_its_band() {
    let renewal = RenewalTerms { uplift: Some("5".parse().unwrap()), cap: Some("10".parse().unwrap()), seats: None };
    let conditions = Conditions { renewal, ..Conditions::default() };
    let bought = [Purchase { auto_renews: true, conditions, ..yearly(1, 10, "100") }];
    let found = ahead(&bought, &[], Renewing::Automatic);
    assert_eq!(found.expected.buckets.len(), 24);
    assert_eq!(found.expected.buckets[0].label, "Nov 2026");
    assert_eq!(paid(&found.expected), months(&[("Apr 2027", "1050.00"), ("Apr 2028", "1102.50")]));
    assert_eq!(paid(&found.low), months(&[("Apr 2027", "1000.00"), ("Apr 2028", "1000.00")]));
    assert_eq!(paid(&found.high), months(&[("Apr 2027", "1100.00"), ("Apr 2028", "1210.00")]));
}

/// Ten seats at 100 a year each, of which the renewal is planned with others.
fn planning(seats: u32) -> Purchase {
    let renewal = RenewalTerms { seats: Some(seats), ..RenewalTerms::default() };
    let conditions = Conditions { renewal, ..Conditions::default() };
    Purchase { auto_renews: true, conditions, ..yearly(1, 10, "100") }
}

#[test]
fn seats_that_are_planned_for_a_renewal_count_from_it_and_stay() {
    let found = ahead(&[planning(7)], &[], Renewing::Automatic);
    assert_eq!(paid(&found.expected), months(&[("Apr 2027", "700.00"), ("Apr 2028", "700.00")]));
    let named: Vec<&str> = found.expected.rows.iter().map(|row| row.label.as_str()).collect();
    assert!(named.iter().any(|name| name.contains("renewal 1, 7 seats as planned")), "{named:?}");
    let manual = Purchase { auto_renews: false, ..planning(7) };
    assert_eq!(paid(&ahead(std::slice::from_ref(&manual), &[], Renewing::Automatic).expected), []);
    assert_eq!(
        paid(&ahead(&[manual], &[], Renewing::All).expected),
        months(&[("Apr 2027", "700.00"), ("Apr 2028", "700.00")])
    );
    let more = SeatChange { purchase: PurchaseId(1), day: day("2027-04-01"), seats: 3 };
    assert_eq!(
        paid(&ahead(&[planning(7)], &[more], Renewing::Automatic).expected),
        months(&[("Apr 2027", "1000.00"), ("Apr 2028", "1000.00")]),
        "a what-if is laid over the plan"
    );
}

#[test]
fn a_renewal_has_the_seats_that_were_planned_and_says_so() {
    let found = renewals(day("2026-11-23"), &[planning(7)], &[], TypeNames::default());
    assert_eq!(found[0].planned, Some(7));
    assert!(
        found[0].sentence.ends_with("renews itself on 1 Apr 2027 with 7 seats as planned"),
        "{}",
        found[0].sentence
    );
    let line = found[0].renewed_annual.as_ref().unwrap();
    assert_eq!(line.because.result, "$700.00");
    assert!(line.because.arithmetic.ends_with("for the 7 seats that are planned"), "{}", line.because.arithmetic);
    let next = ledger::renewed(&planning(7), None).unwrap();
    assert_eq!(
        (next.quantity, next.conditions.renewal.seats),
        (Quantity::Seats(7), None),
        "then the plan is carried out"
    );
    let same = renewals(day("2026-11-23"), &[planning(10)], &[], TypeNames::default());
    assert_eq!(same[0].planned, None, "as many as now is no change");
    let added = ledger::co_terminated(&planning(7), day("2026-12-01"), 5).unwrap();
    assert_eq!(added.conditions.renewal.seats, None, "the plan is of the whole");
}

#[test]
fn a_term_goes_on_only_where_it_renews_and_is_not_already_renewed() {
    let ends = yearly(1, 10, "100");
    assert_eq!(paid(&ahead(std::slice::from_ref(&ends), &[], Renewing::Automatic).expected), []);
    assert_eq!(paid(&ahead(std::slice::from_ref(&ends), &[], Renewing::All).expected).len(), 2);
    let next = Purchase { term: term("2027-04-01", Some("2028-03-31")), ..yearly(2, 20, "100") };
    let both = ahead(&[ends, next], &[], Renewing::All);
    assert_eq!(paid(&both.expected), months(&[("Apr 2027", "2000.00"), ("Apr 2028", "2000.00")]), "once, not twice");
}

#[test]
fn known_seat_changes_count_from_their_day_or_from_the_renewal() {
    let bought = [Purchase { auto_renews: true, ..yearly(1, 10, "365") }];
    let change = |on: &str, seats| [SeatChange { purchase: PurchaseId(1), day: day(on), seats }];
    let more = ahead(&bought, &change("2027-03-22", 2), Renewing::Automatic);
    let expected = [("Mar 2027", "20.00"), ("Apr 2027", "4380.00"), ("Apr 2028", "4380.00")];
    assert_eq!(paid(&more.expected), months(&expected), "2 × 365 × 10 ÷ 365 days of the term's year, then 12 seats");
    let fewer = ahead(&bought, &change("2026-12-01", -4), Renewing::Automatic);
    assert_eq!(paid(&fewer.expected), months(&[("Apr 2027", "2190.00"), ("Apr 2028", "2190.00")]));
}

#[test]
fn seats_of_a_purchase_without_an_end_change_with_its_next_payment() {
    let open = Purchase {
        term: term("2026-01-01", None),
        frequency: Frequency::Quarterly,
        price: unit("90"),
        ..yearly(1, 10, "0")
    };
    let change = [SeatChange { purchase: PurchaseId(1), day: day("2027-02-15"), seats: -5 }];
    let found = ahead(&[open], &change, Renewing::Automatic);
    let first: Vec<_> = paid(&found.expected).into_iter().take(3).collect();
    assert_eq!(first, months(&[("Jan 2027", "900.00"), ("Apr 2027", "450.00"), ("Jul 2027", "450.00")]));
}

#[test]
fn a_smaller_purchase_beside_a_contract_renews_nothing() {
    let main = Purchase { auto_renews: true, ..ending(1, "2026-12-31", Some(60)) };
    let main = Purchase { quantity: Quantity::Seats(100), ..main };
    let beside = Purchase { term: term("2026-12-10", Some("2027-12-09")), ..yearly(2, 5, "100") };
    let both = [main.clone(), beside.clone()];
    let found = renewals(day("2026-11-23"), &both, &[], TypeNames::default());
    assert_eq!(found.iter().map(|one| (one.purchase.0, one.renewed_by)).collect::<Vec<_>>(), [(1, None), (2, None)]);
    let paid_in = |purchases: &[Purchase]| paid(&ahead(purchases, &[], Renewing::Automatic).expected);
    assert!(paid_in(&both).contains(&("Jan 2027".to_owned(), "10000.00".to_owned())), "the main contract goes on");
    let entered = [(PurchaseId(2), PurchaseId(1))];
    let found = renewals(day("2026-11-23"), &both, &entered, TypeNames::default());
    assert_eq!(found[0].renewed_by, Some(PurchaseId(2)), "unless it was entered as its renewal");
    let as_many = Purchase { quantity: Quantity::Seats(100), ..beside };
    let assumed = renewals(day("2026-11-23"), &[main, as_many], &[], TypeNames::default());
    assert_eq!(assumed[0].renewed_by, Some(PurchaseId(2)), "as many seats at the right time are taken for it");
}
