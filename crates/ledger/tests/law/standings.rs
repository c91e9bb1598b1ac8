//! spend.md D10 case 20, and the notice deadline of D8.

use ledger::{Purchase, Standing, notice_by, standing, standing_sentence};

use crate::make::{day, purchase, term};

#[test]
fn case_20_an_expired_term_says_for_how_long_and_never_0_days_left() {
    let said = |today| standing_sentence(&purchase(), day(today));
    assert_eq!(said("2026-11-23"), "Ends in 128 days, on 31 Mar 2027");
    assert_eq!(said("2027-03-30"), "Ends tomorrow, on 31 Mar 2027");
    assert_eq!(said("2027-03-31"), "Ends today, on 31 Mar 2027");
    assert_eq!(said("2027-04-01"), "Expired 1 day ago, on 31 Mar 2027");
    assert_eq!(said("2027-04-03"), "Expired 3 days ago, on 31 Mar 2027");
    assert_eq!(said("2026-03-31"), "Starts tomorrow, on 1 Apr 2026");
    assert_eq!(said("2026-03-01"), "Starts in 31 days, on 1 Apr 2026");
    assert_eq!(standing(&purchase(), day("2027-03-31")), Standing::InForce);
    assert_eq!(standing(&purchase(), day("2027-04-01")), Standing::Expired);
}

#[test]
fn a_term_without_an_end_says_so() {
    let open = Purchase { term: term("2026-04-01", None), ..purchase() };
    assert_eq!(standing_sentence(&open, day("2027-04-01")), "In force since 1 Apr 2026, without an end");
}

#[test]
fn d8_notice_is_due_its_period_before_the_last_day() {
    assert_eq!(notice_by(&Purchase { notice_days: Some(30), ..purchase() }), Some(day("2027-03-01")));
    assert_eq!(notice_by(&purchase()), None);
    assert_eq!(notice_by(&Purchase { notice_days: Some(30), term: term("2026-04-01", None), ..purchase() }), None);
}
