//! spend.md D4 and D10 cases 3 to 5.

use ledger::calendar::{end_after, term_days, whole_months};
use ledger::{days_between, last_day, nth_date};

use crate::make::{day, term};

fn dates(anchor: &str, months: u8, count: u32) -> Vec<String> {
    (0..count).map(|k| nth_date(day(anchor), months, k).to_string()).collect()
}

#[test]
fn case_3_a_31st_is_clamped_from_the_anchor_and_never_drifts() {
    assert_eq!(dates("2026-01-31", 1, 4), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
    assert_eq!(nth_date(day("2024-01-31"), 1, 1), day("2024-02-29"), "a leap year");
    assert_eq!(nth_date(day("2024-01-31"), 1, 13), day("2025-02-28"));
    assert_eq!(nth_date(day("2024-01-31"), 1, 24), day("2026-01-31"));
}

#[test]
fn case_4_a_29_feb_anchor_comes_back_in_leap_years() {
    assert_eq!(dates("2024-02-29", 12, 5), ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
}

#[test]
fn d4_term_days_include_a_leap_day_or_not() {
    assert_eq!(term_days(&term("2023-04-01", Some("2024-03-31"))), Some(366));
    assert_eq!(term_days(&term("2024-04-01", Some("2025-03-31"))), Some(365));
    assert_eq!(days_between(day("2025-07-01"), day("2028-07-01")), 1096);
    assert_eq!(term_days(&term("2024-04-01", None)), None);
}

#[test]
fn d4_the_last_day_is_inclusive_and_the_end_is_the_day_after() {
    let year = term("2026-04-01", Some("2027-03-31"));
    assert!(year.covers(day("2026-04-01")) && year.covers(day("2027-03-31")));
    assert!(!year.covers(day("2026-03-31")) && !year.covers(day("2027-04-01")));
    assert_eq!(last_day(&year), Some(day("2027-03-31")));
    assert_eq!(Some(end_after(day("2027-03-31"))), year.end);
}

#[test]
fn whole_months_count_only_what_is_complete() {
    let months = |from, end| whole_months(day(from), day(end));
    assert_eq!(months("2026-01-31", "2026-02-28"), 1, "28 Feb is the clamped 31st");
    assert_eq!(months("2026-01-31", "2026-02-27"), 0);
    assert_eq!(months("2026-04-01", "2027-04-01"), 12);
    assert_eq!(months("2026-04-15", "2027-04-14"), 11);
    assert_eq!(months("2026-04-15", "2026-04-01"), 0, "an end before the start has no months");
}

#[test]
fn a_date_beyond_the_calendar_is_the_calendar_s_last_one() {
    assert_eq!(nth_date(day("2026-01-31"), 36, u32::MAX), day("9999-12-31"));
}
