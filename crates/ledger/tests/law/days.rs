//! Typed days.

use ledger::{day_text, parse_day};

use crate::make::day;

fn refusal(text: &str) -> String {
    format!("End date {}", parse_day(text).unwrap_err())
}

#[test]
fn days_are_read_where_they_can_mean_one_day_only() {
    for text in [
        "2027-03-31",
        "2027/3/31",
        "2027.03.31",
        " 31 Mar 2027 ",
        "31 March 2027",
        "31-mar-2027",
        "Mar 31, 2027",
        "MARCH 31 2027",
        "March 31st, 2027",
        "31/03/2027",
        "03/31/2027",
        "31.3.2027",
    ] {
        assert_eq!(parse_day(text), Ok(day("2027-03-31")), "{text}");
    }
    assert_eq!(parse_day("05/05/2027"), Ok(day("2027-05-05")), "either order is the same day");
    assert_eq!(parse_day("1 Sept 2027"), Ok(day("2027-09-01")));
    assert_eq!(parse_day("29 Feb 2028"), Ok(day("2028-02-29")));
}

#[test]
fn a_day_that_can_mean_two_is_refused_with_both_readings() {
    assert_eq!(refusal("01/02/2027"), "End date can be read as 2 Jan 2027 or as 1 Feb 2027: write it like 2027-01-02");
}

#[test]
fn a_day_that_does_not_exist_is_refused_with_the_reason() {
    assert_eq!(refusal("2027-02-29"), "End date does not exist: February 2027 has 28 days");
    assert_eq!(refusal("31 Apr 2027"), "End date does not exist: April 2027 has 30 days");
    assert_eq!(refusal("31/04/2027"), "End date does not exist: April 2027 has 30 days");
    assert_eq!(refusal("04/31/2027"), "End date does not exist: April 2027 has 30 days");
    assert_eq!(
        refusal("2027-13-01"),
        "End date has month 13, but a year has 12: write it like 2027-03-31 or 31 Mar 2027"
    );
}

#[test]
fn what_is_no_day_is_refused_with_an_example() {
    for text in
        ["tomorrow", "2027", "2027-03", "31 Foo 2027", "-2027-03-31", "+027-03-31", "2027-03-31T00:00", "Mar Apr 2027"]
    {
        assert_eq!(refusal(text), "End date must be a day like 2027-03-31 or 31 Mar 2027", "{text}");
    }
    assert_eq!(refusal("31/3/27"), "End date needs a year with four digits, like 2027-03-31");
    assert_eq!(refusal("1 Mar 0027"), "End date must lie between 1970 and 2199");
    assert_eq!(refusal(""), "End date must not be empty: write a day like 2027-03-31");
}

#[test]
fn days_are_written_so_that_everybody_reads_the_same() {
    assert_eq!(day_text(day("2027-03-01")), "1 Mar 2027");
}
