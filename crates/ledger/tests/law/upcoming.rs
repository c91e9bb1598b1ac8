//! The next payment, the last day to give notice and the cost of an assigned seat, each with its reason.

use ledger::{Frequency, Proration, Purchase, PurchaseFacts, next_payment, notice_because, per_held_line};

use crate::make::{day, purchase, shown, term, unit, yearly};

fn next(purchase: &Purchase, today: &str) -> Option<(String, String)> {
    let next = next_payment(&PurchaseFacts::from(purchase), day(today))?;
    Some((next.day.to_string(), shown(&next.line)))
}

fn paid(day: &str, amount: &str) -> (String, String) {
    (day.to_owned(), amount.to_owned())
}

#[test]
fn the_next_payment_is_the_first_one_from_today_on() {
    let monthly = Purchase {
        frequency: Frequency::Monthly,
        term: term("2026-01-31", Some("2026-12-31")),
        price: unit("10"),
        proration: Proration::Daily,
        ..yearly(1, 5, "10")
    };
    assert_eq!(next(&monthly, "2025-06-01"), Some(paid("2026-01-31", "50.00 USD")), "the first one, before the term");
    assert_eq!(next(&monthly, "2026-02-28"), Some(paid("2026-02-28", "50.00 USD")), "today is not over");
    assert_eq!(next(&monthly, "2026-03-01"), Some(paid("2026-03-31", "50.00 USD")));
    // The last one is cut: 31 December alone of the 31 days from 31 December to 30 January.
    assert_eq!(next(&monthly, "2026-12-01"), Some(paid("2026-12-31", "1.61 USD")));
    assert_eq!(next(&monthly, "2027-01-01"), None, "nothing is left to pay");
    let three = Purchase { frequency: Frequency::Every3Years, term: term("2026-01-01", None), ..yearly(1, 10, "100") };
    assert_eq!(next(&three, "2026-01-02"), Some(paid("2029-01-01", "1000.00 USD")));
    assert_eq!(next(&Purchase { price: None, ..three }, "2026-01-02"), None, "its price is not known");
}

#[test]
fn the_last_day_to_give_notice_says_how_it_is_found() {
    let made = notice_because(&PurchaseFacts::from(&Purchase { notice_days: Some(30), ..purchase() })).unwrap();
    assert_eq!((made.result.as_str(), made.arithmetic.as_str()), ("1 Mar 2027", "31 Mar 2027 − 30 days"));
    assert_eq!(notice_because(&PurchaseFacts::from(&purchase())), None);
}

#[test]
fn an_assigned_seat_costs_its_share_of_the_year() {
    let facts = PurchaseFacts::from(&yearly(1, 10, "100"));
    let line = per_held_line(&facts, 8).unwrap();
    assert_eq!(shown(&line), "125.00 USD");
    assert_eq!(line.because.arithmetic, "$1,000.00 ÷ 8 assigned seats");
    let nobody = per_held_line(&facts, 0).unwrap();
    assert_eq!(nobody.value, None, "never divided by nothing");
    assert_eq!(nobody.caveat.as_deref(), Some("Nobody holds a seat of this license type yet."));
}
