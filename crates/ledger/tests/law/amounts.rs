//! Typed amounts and quantities.

use ledger::{parse_amount, parse_quantity};

use crate::make::currency;

fn read(text: &str, code: &str) -> String {
    match parse_amount(text, currency(code)) {
        Ok(amount) => match amount.echo {
            Some(echo) => format!("{} ({echo})", amount.value),
            None => amount.value.to_string(),
        },
        Err(error) => format!("Cost {error}"),
    }
}

#[test]
fn amounts_are_read_in_the_writing_of_most_countries() {
    for (text, expected) in [
        ("108.50", "108.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("€ 1 234.5", "1234.5"),
        ("1\u{a0}234,5", "1234.5"),
        ("1\u{202f}234\u{202f}567", "1234567"),
        ("1'234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("9", "9"),
        ("9,5", "9.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0", "0"),
        ("007", "7"),
        ("10.5000", "10.50"),
        ("EUR 12", "12"),
        ("12 eur", "12"),
        ("€.50", "0.50"),
        ("+5", "5"),
    ] {
        assert_eq!(read(text, "EUR"), expected, "{text}");
    }
    assert_eq!(read("$9", "USD"), "9");
    assert_eq!(read("US$9.50", "USD"), "9.50");
    assert_eq!(read("$9", "CAD"), "9");
    assert_eq!(read("Fr. 9.50", "CHF"), "9.50");
}

#[test]
fn a_lone_separator_before_three_digits_is_read_and_echoed() {
    assert_eq!(read("1,234", "USD"), "1234 ($1,234.00)");
    assert_eq!(read("1,234", "JPY"), "1234 (¥1,234)");
    assert_eq!(read("1,234", "KWD"), "1234 (KWD 1,234.000)");
    assert_eq!(read("1.234", "KWD"), "1.234 (KWD 1.234)", "three decimals are what dinars have");
}

#[test]
fn more_decimals_than_the_currency_has_are_refused_in_words() {
    assert_eq!(read("1.234", "USD"), "Cost has 3 decimals, but USD has 2: write it like 108.50", "not 1,234");
    assert_eq!(read("1.234", "JPY"), "Cost has 3 decimals, but JPY has none: write it like 1200");
    assert_eq!(read("1.2345", "USD"), "Cost has 4 decimals, but USD has 2: write it like 108.50");
    assert_eq!(read("0.125", "USD"), "Cost has 3 decimals, but USD has 2: write it like 108.50");
    assert_eq!(read("1 234,567", "EUR"), "Cost has 3 decimals, but EUR has 2: write it like 108.50");
    assert_eq!(read("12.5", "JPY"), "Cost has 1 decimal, but JPY has none: write it like 1200");
    assert_eq!(read("1.2345", "KWD"), "Cost has 4 decimals, but KWD has 3: write it like 108.500");
}

#[test]
fn negative_and_absurd_amounts_are_refused() {
    for text in ["-5", "5-", "(5)", "$-5", "-$5", "\u{2212}5", "- 5"] {
        assert_eq!(read(text, "USD"), "Cost must not be negative", "{text}");
    }
    assert_eq!(read("1000000000000", "USD"), "1000000000000");
    assert_eq!(read("1000000000001", "USD"), "Cost must be at most 1,000,000,000,000");
    assert_eq!(read(&"9".repeat(500), "USD"), "Cost must be at most 1,000,000,000,000");
}

#[test]
fn an_amount_in_another_currency_is_refused() {
    assert_eq!(read("€ 5", "USD"), "Cost says €, but the currency is USD: change one of the two");
    assert_eq!(read("5 CHF", "USD"), "Cost says CHF, but the currency is USD: change one of the two");
}

#[test]
fn what_is_no_amount_is_refused_with_an_example() {
    for text in
        ["abc", "1e5", "5k", "1 2", "1,23,4", "1.2.3", "12..5", "--", ".", "1 234.5 6", "1,234.567,8", "5/6", "٣"]
    {
        assert_eq!(read(text, "USD"), "Cost must be an amount like 108.50", "{text}");
    }
    assert_eq!(read("  ", "JPY"), "Cost must not be empty: write an amount like 1200");
}

#[test]
fn quantities_are_whole_numbers_with_separators() {
    for (text, expected) in
        [("50", 50), (" 1,000 ", 1000), ("1.000", 1000), ("1 000", 1000), ("50.0", 50), ("12'000", 12_000)]
    {
        assert_eq!(parse_quantity(text), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_no_quantity_is_refused_in_words() {
    for (text, expected) in [
        ("", "must not be empty: write a whole number like 50"),
        ("ten", "must be a whole number like 50"),
        ("2.5", "must be a whole number: 2 or 3"),
        ("2,5", "must be a whole number: 2 or 3"),
        ("-3", "must not be negative"),
        ("0", "must be at least 1"),
        ("100000001", "must be at most 100,000,000"),
        ("99999999999999999999", "must be at most 100,000,000"),
        ("1,2,3", "must be a whole number like 50"),
    ] {
        assert_eq!(parse_quantity(text).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn what_stands_after_an_equals_sign_is_worked_out_exactly_and_echoed() {
    for (text, expected) in [
        ("=12*9", "108 (€108.00)"),
        ("= 12 * (9 + 0.50)", "114 (€114.00)"),
        ("=1,234.50*2", "2469 (€2,469.00)"),
        ("=0.1+0.2", "0.3 (€0.30)"),
        ("=100/8", "12.5 (€12.50)"),
        ("=1/3*3", "1 (€1.00)"),
        ("=10-2-3", "5 (€5.00)"),
        ("=2+3*4", "14 (€14.00)"),
        ("=-5+8", "3 (€3.00)"),
        ("=7", "7 (€7.00)"),
    ] {
        assert_eq!(read(text, "EUR"), expected, "{text}");
    }
    assert_eq!(read("=1200*1.1", "JPY"), "1320 (¥1,320)");
}

#[test]
fn a_sum_that_gives_no_amount_is_refused_in_words() {
    for text in [
        "=",
        "=12*",
        "=(1+2",
        "=1+2)",
        "=2**3",
        "=a1",
        "=SUM(1)",
        "=$5*2",
        "=2^3",
        "=.",
        &format!("={}", "(".repeat(300)),
    ] {
        assert_eq!(
            read(text, "USD"),
            "Cost must be something to work out like =12*9 after the \"=\", with + - * / and brackets",
            "{text}"
        );
    }
    assert_eq!(read("=5/(2-2)", "USD"), "Cost divides by zero");
    assert_eq!(
        read("=100/3", "USD"),
        "Cost comes to an amount that does not end, about 33.33: write the amount that is meant"
    );
    assert_eq!(read("=1/8", "USD"), "Cost has 3 decimals, but USD has 2: write it like 108.50");
    assert_eq!(read("=5-8", "USD"), "Cost must not be negative");
    assert_eq!(read("=999999999999*9", "USD"), "Cost must be at most 1,000,000,000,000");
    assert_eq!(read("=99999999999999999999999999999999999999999*0", "USD"), "Cost must be at most 1,000,000,000,000");
}
