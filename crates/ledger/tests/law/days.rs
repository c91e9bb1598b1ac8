//! Typed days.

use ledger::{day_text, parse_day, parse_last_day_after};

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
    for text in ["31 mar 27", "31 March 27", "Mar 31, 27"] {
        assert_eq!(parse_day(text), Ok(day("2027-03-31")), "{text}: beside a name it can be one year only");
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
    for text in ["tomorrow", "2027", "2027-03", "31 Foo 2027", "-2027-03-31", "2027-03-31T00:00", "Mar Apr 2027"] {
        assert_eq!(refusal(text), "End date must be a day like 2027-03-31 or 31 Mar 2027", "{text}");
    }
    assert_eq!(refusal("31/3/27"), "End date needs a year with four digits, like 2027-03-31");
    assert_eq!(refusal("1 Mar 0027"), "End date must lie between 1970 and 2199");
    assert_eq!(refusal(""), "End date must not be empty: write a day like 2027-03-31");
}

#[test]
fn a_last_day_can_be_a_length_from_the_first_day_on() {
    for (text, first, last) in [
        ("+1y", "2027-04-01", "2028-03-31"),
        ("+1y", "2027-03-01", "2028-02-29"),
        ("+1 year", "2028-02-29", "2029-02-27"),
        ("+18m", "2027-01-31", "2028-07-30"),
        (" +18 Months ", "2027-01-01", "2028-06-30"),
        ("+2w", "2027-01-01", "2027-01-14"),
        ("+1d", "2027-01-01", "2027-01-01"),
        ("31 mar 28", "2027-04-01", "2028-03-31"),
    ] {
        assert_eq!(parse_last_day_after(text, day(first)), Ok(day(last)), "{text} from {first}");
    }
    let refused = |text| format!("Expiry date {}", parse_last_day_after(text, day("2027-04-01")).unwrap_err());
    for text in ["+", "+y", "+0m", "+1", "+1q", "+1.5y", "++1y1", "+99999d"] {
        assert_eq!(
            refused(text),
            "Expiry date must be a length like +1y, +18m, +6w or +30d, or a day like 2027-03-31",
            "{text}"
        );
    }
    assert_eq!(refused("+900y"), "Expiry date must lie between 1970 and 2199");
    assert_eq!(
        refusal("+1y"),
        "End date must be a day like 2027-03-31: only a last day can be a length like +1y, counted from the first day"
    );
}

#[test]
fn days_are_written_so_that_everybody_reads_the_same() {
    assert_eq!(day_text(day("2027-03-01")), "1 Mar 2027");
}
