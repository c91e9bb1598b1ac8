//! spend.md D7 and D10 case 14: rounding, minor units, symbols.

use std::str::FromStr as _;

use ledger::format::{rounded, share_out};
use ledger::money::{exact, ratio, whole};
use ledger::{Currency, Exact, display_amount, price_amount, sentence_amount};
use rust_decimal::Decimal;

use crate::make::currency;

fn amount(text: &str) -> Exact {
    exact(Decimal::from_str(text).unwrap())
}

#[test]
fn amounts_are_rounded_half_up_away_from_zero() {
    let usd = currency("USD");
    for (given, expected) in [
        ("0", "0.00"),
        ("0.004", "0.00"),
        ("0.005", "0.01"),
        ("2.675", "2.68"),
        ("-0.005", "-0.01"),
        ("-0.004", "0.00"),
        ("899.5065", "899.51"),
        ("5400", "5400.00"),
    ] {
        assert_eq!(display_amount(&amount(given), usd), expected, "{given}");
    }
}

#[test]
fn case_14_yen_have_no_decimals_and_kuwaiti_dinars_have_three() {
    let (yen, dinar) = (currency("JPY"), currency("KWD"));
    assert_eq!((yen.minor_digits(), dinar.minor_digits()), (0, 3));
    assert_eq!(display_amount(&amount("1200.5"), yen), "1201");
    assert_eq!(display_amount(&amount("1200.5"), dinar), "1200.500");
    assert_eq!(sentence_amount(&amount("1200"), yen), "¥1,200");
    assert_eq!(sentence_amount(&amount("1200.5"), dinar), "KWD 1,200.500");
}

#[test]
fn sentences_use_a_symbol_only_where_it_means_one_currency() {
    let shown = |code| sentence_amount(&amount("5400"), currency(code));
    assert_eq!(shown("USD"), "$5,400.00");
    assert_eq!(shown("EUR"), "€5,400.00");
    assert_eq!(shown("CHF"), "CHF 5,400.00");
    assert_eq!(shown("CAD"), "CAD 5,400.00", "a dollar sign would be read as US dollars");
    assert_eq!(shown("SEK"), "SEK 5,400.00");
    assert_eq!(sentence_amount(&amount("-1234567.8"), currency("USD")), "-$1,234,567.80");
}

#[test]
fn amounts_beyond_every_machine_number_are_shown_exactly() {
    let huge = amount("79228162514264337593543950335") * whole(1_000_000);
    assert_eq!(display_amount(&huge, currency("USD")), "79228162514264337593543950335000000.00");
}

#[test]
fn a_price_keeps_the_decimals_it_was_given() {
    let price = |text: &str| price_amount(Decimal::from_str(text).unwrap(), currency("USD"));
    assert_eq!(price("9"), "$9.00");
    assert_eq!(price("0.0125"), "$0.0125");
}

#[test]
fn d7_a_third_of_1000_three_times_is_1000_again() {
    let usd = currency("USD");
    let third = ratio(&whole(1000), &whole(3)).unwrap();
    let shares = share_out(&[third.clone(), third.clone(), third.clone()], usd);
    let texts: Vec<String> = shares.iter().map(|share| display_amount(share, usd)).collect();
    assert_eq!(texts, ["333.34", "333.33", "333.33"]);
    assert_eq!(shares.iter().sum::<Exact>(), whole(1000));
    assert_eq!(display_amount(&rounded(&third, usd), usd), "333.33");
}

#[test]
fn the_units_left_over_go_to_the_largest_remainders() {
    let usd = currency("USD");
    let shares = share_out(&[amount("0.001"), amount("0.006"), amount("0.003")], usd);
    let texts: Vec<String> = shares.iter().map(|share| display_amount(share, usd)).collect();
    assert_eq!(texts, ["0.00", "0.01", "0.00"]);
}

#[test]
fn currencies_are_offered_by_code_without_funds_metals_and_the_superseded() {
    let codes: Vec<&str> = Currency::all().map(Currency::code).collect();
    assert!(codes.is_sorted());
    for code in ["USD", "EUR", "JPY", "KWD", "CHF"] {
        assert!(codes.contains(&code), "{code}");
    }
    for code in ["XAU", "XXX", "XTS", "USN", "HRK"] {
        assert!(!codes.contains(&code), "{code}");
    }
    assert_eq!(currency("USD").name(), "United States dollar");
}

#[test]
fn codes_are_read_in_any_case_and_what_cannot_be_counted_is_no_currency() {
    assert_eq!(Currency::from_code(" eur ").map(Currency::code), Some("EUR"));
    for code in ["", "EURO", "XAU", "XXX", "ABC", "€"] {
        assert_eq!(Currency::from_code(code), None, "{code}");
    }
}
