//! spend.md D5 and D10 case 7: what a term costs when its end cuts a payment period short.

use ledger::{Frequency, Proration, Purchase, Quantity, Rule, display_amount, term_line, term_total};

use crate::make::{lot, purchase, term, unit};

fn total(purchase: &Purchase) -> String {
    display_amount(&term_total(purchase).unwrap().total, purchase.currency)
}

/// 228 a year for 2022-02-15 to 2023-01-01.
fn justcall() -> Purchase {
    Purchase {
        price: lot("228"),
        frequency: Frequency::Annually,
        term: term("2022-02-15", Some("2022-12-31")),
        proration: Proration::Daily,
        ..purchase()
    }
}

#[test]
fn d5_228_a_year_for_320_of_365_days_is_199_89() {
    assert_eq!(total(&justcall()), "199.89");
}

#[test]
fn d5_200_a_month_for_21_of_31_days_is_135_48() {
    let bought = Purchase {
        price: lot("200"),
        frequency: Frequency::Monthly,
        term: term("2026-01-01", Some("2026-01-21")),
        ..justcall()
    };
    assert_eq!(total(&bought), "135.48");
}

#[test]
fn d5_ten_seats_added_for_304_of_365_days_are_899_51() {
    let bought = Purchase {
        quantity: Quantity::Seats(10),
        price: unit("108"),
        term: term("2025-06-01", Some("2026-03-31")),
        ..justcall()
    };
    assert_eq!(total(&bought), "899.51");
}

#[test]
fn d5_without_proration_the_running_period_is_charged_in_full() {
    let bought = Purchase {
        quantity: Quantity::Seats(10),
        price: unit("100"),
        term: term("2025-09-15", Some("2026-03-31")),
        proration: Proration::None,
        ..justcall()
    };
    assert_eq!(total(&bought), "1000.00");
}

#[test]
fn case_7_the_same_addition_under_the_four_prorations() {
    let bought = |proration| Purchase {
        quantity: Quantity::Seats(10),
        price: unit("108"),
        term: term("2025-06-15", Some("2026-03-31")),
        proration,
        ..justcall()
    };
    let expected = [
        (Proration::None, "1080.00"),
        (Proration::Daily, "858.08"),
        (Proration::WholeMonthUp, "900.00"),
        (Proration::WholeMonthDown, "810.00"),
    ];
    for (proration, expected) in expected {
        assert_eq!(
            total(&bought(proration)),
            expected,
            "{proration:?}: 290 of 365 days, 9 whole months and a started one"
        );
    }
}

#[test]
fn case_5_a_term_that_crosses_a_leap_day_is_divided_by_its_real_days() {
    let bought = Purchase { price: lot("366"), term: term("2023-04-01", Some("2024-02-29")), ..justcall() };
    assert_eq!(total(&bought), "335.00", "335 of 366 days");
}

#[test]
fn full_periods_are_all_charged_and_only_the_last_one_is_cut() {
    let bought = Purchase { frequency: Frequency::Monthly, price: lot("100"), ..purchase() };
    assert_eq!(total(&bought), "1200.00", "twelve months, nothing cut");
    let month_ends = Purchase { term: term("2026-01-31", Some("2026-03-30")), ..bought };
    let periods = term_total(&month_ends).unwrap();
    assert_eq!((periods.full_payments, periods.cut), (2, None), "31 Jan → 28 Feb → 31 Mar are two whole months");
}

#[test]
fn a_price_paid_once_is_paid_once_whatever_the_term() {
    let bought = Purchase { frequency: Frequency::Once, price: lot("500"), ..justcall() };
    assert_eq!(total(&bought), "500.00");
}

#[test]
fn a_term_without_an_end_a_price_or_a_number_of_seats_has_no_total() {
    assert!(term_total(&Purchase { term: term("2026-04-01", None), ..purchase() }).is_none());
    assert!(term_total(&Purchase { price: None, ..purchase() }).is_none());
    assert!(term_total(&Purchase { quantity: Quantity::Unlimited, ..purchase() }).is_none());
}

#[test]
fn the_total_explains_its_cut_period() {
    let line = term_line(&(&justcall()).into()).unwrap();
    assert_eq!(line.because.result, "$199.89");
    assert_eq!(line.because.arithmetic, "320 ÷ 365 days × $228.00");
    let months = Purchase { frequency: Frequency::Monthly, price: lot("31"), ..justcall() };
    let several = term_line(&(&months).into()).unwrap().because.arithmetic;
    assert_eq!(several, "10 payments × $31.00 + 17 ÷ 31 days × $31.00");
    let cut = &line.because.parts[1];
    assert_eq!(cut.rule, Rule::CutByDays);
    assert_eq!(cut.arithmetic, "15 Feb 2022 to 31 Dec 2022: 320 ÷ 365 days × $228.00");
}
