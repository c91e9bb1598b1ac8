//! The purchase form: what it refuses, what it doubts, and the way back.

use ledger::form::{Field, parse, parse_last_day};
use ledger::{
    Frequency, Per, Price, Proration, Purchase, PurchaseId, PurchaseInput, Quantity, live_sentence, to_input,
};

use crate::make::{currency, day, purchase, term};

fn typed() -> PurchaseInput {
    to_input(&Purchase { name: "Main".to_owned(), ..purchase() })
}

fn problems(input: &PurchaseInput) -> Vec<(&'static str, String)> {
    let parsed = parse(input, currency("USD"));
    assert_eq!(parsed.purchase.is_some(), parsed.problems.is_empty(), "refused exactly when something is wrong");
    parsed.problems.into_iter().map(|(field, problem)| (field.name(), problem)).collect()
}

fn warnings(input: &PurchaseInput) -> Vec<(Field, String)> {
    let parsed = parse(input, currency("USD"));
    assert_eq!(parsed.problems, []);
    parsed.warnings
}

fn one(input: &PurchaseInput) -> (&'static str, String) {
    let mut problems = problems(input);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

#[test]
fn a_form_as_people_fill_it_makes_a_purchase() {
    let input = PurchaseInput {
        license_type: " Can-Edit ".to_owned(),
        quantity: "1,000".to_owned(),
        cost: "$9.50".to_owned(),
        per: "unit".to_owned(),
        every: "Monthly".to_owned(),
        from: "1 Apr 2026".to_owned(),
        until: "Mar 31, 2027".to_owned(),
        ..PurchaseInput::default()
    };
    let parsed = parse(&input, currency("USD"));
    assert_eq!((&parsed.problems[..], &parsed.warnings[..]), (&[][..], &[][..]));
    let bought = parsed.purchase.unwrap();
    assert_eq!(bought.license_type, "Can-Edit");
    assert_eq!(bought.quantity, Quantity::Seats(1000));
    assert_eq!(bought.term, term("2026-04-01", Some("2027-03-31")));
    assert_eq!(bought.currency, currency("USD"), "an empty currency is the default");
}

#[test]
fn an_empty_cost_is_an_unknown_price_and_allowed() {
    let parsed = parse(&PurchaseInput { cost: "  ".to_owned(), per: String::new(), ..typed() }, currency("USD"));
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.purchase.unwrap().price, None);
    assert_eq!(live_sentence(&parsed.facts).unwrap(), "50 seats until 31 Mar 2027, price not known");
}

#[test]
fn each_wrong_field_is_refused_in_words_that_say_what_to_do() {
    let cases: [(PurchaseInput, &str, &str); 17] = [
        (
            PurchaseInput { license_type: " ".to_owned(), ..typed() },
            "license_type",
            "License type must not be empty: choose one, or write the name of a new one",
        ),
        (
            PurchaseInput { quantity: "2.5".to_owned(), ..typed() },
            "quantity",
            "Purchased quantity must be a whole number: 2 or 3",
        ),
        (PurchaseInput { quantity: "0".to_owned(), ..typed() }, "quantity", "Purchased quantity must be at least 1"),
        (PurchaseInput { cost: "-9".to_owned(), ..typed() }, "cost", "Cost must not be negative"),
        (PurchaseInput { cost: "nine".to_owned(), ..typed() }, "cost", "Cost must be an amount like 108.50"),
        (
            PurchaseInput {
                cost: "9,999".to_owned(),
                currency: "JPY".to_owned(),
                quantity: "5x".to_owned(),
                ..typed()
            },
            "quantity",
            "Purchased quantity must be a whole number like 50",
        ),
        (
            PurchaseInput { cost: "9.9999999".to_owned(), ..typed() },
            "cost",
            "Cost has 7 decimals, but a price of one seat has at most 6: round it",
        ),
        (
            PurchaseInput { cost: "2000000000000".to_owned(), ..typed() },
            "cost",
            "Cost must be at most 1,000,000,000,000",
        ),
        (
            PurchaseInput { per: "each".to_owned(), ..typed() },
            "per",
            "Say what the cost covers: unit (each seat) or lot (all seats together)",
        ),
        (
            PurchaseInput { currency: "EURO".to_owned(), ..typed() },
            "currency",
            "Currency EURO is not known: use a code of three letters like USD or EUR",
        ),
        (
            PurchaseInput { every: "biannually".to_owned(), ..typed() },
            "every",
            "Payment frequency must be one of once, month, quarter, 6months, year, 18months, 2years, 3years",
        ),
        (
            PurchaseInput { from: String::new(), ..typed() },
            "from",
            "Effective date must not be empty: write a day like 2027-03-31",
        ),
        (
            PurchaseInput { until: "01/02/2027".to_owned(), ..typed() },
            "until",
            "End date can be read as 2 Jan 2027 or as 1 Feb 2027: write it like 2027-01-02",
        ),
        (
            PurchaseInput { until: "2026-03-31".to_owned(), ..typed() },
            "until",
            "End date must not be before the effective date, 1 Apr 2026",
        ),
        (
            PurchaseInput { proration: "weekly".to_owned(), ..typed() },
            "proration",
            "Proration must be one of none, daily, whole-month-up, whole-month-down",
        ),
        (
            PurchaseInput { notice_days: "3651".to_owned(), ..typed() },
            "notice_days",
            "Notice period must be at most 3,650",
        ),
        (
            PurchaseInput { name: "x".repeat(201), ..typed() },
            "name",
            "Name must have at most 200 characters; it has 201",
        ),
    ];
    for (input, field, problem) in cases {
        assert_eq!(one(&input), (field, problem.to_owned()));
    }
}

#[test]
fn several_wrong_fields_are_all_told_at_once() {
    let fields: Vec<&str> = problems(&PurchaseInput::default()).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["license_type", "quantity", "every", "from"]);
}

#[test]
fn an_ambiguous_cost_is_echoed_as_understood() {
    let parsed = warnings(&PurchaseInput { cost: "1,234".to_owned(), ..typed() });
    assert_eq!(parsed, [(Field::Cost, "Cost is understood as $1,234.00.".to_owned())]);
}

#[test]
fn a_doubtful_form_is_allowed_with_a_warning() {
    let cases = [
        (
            PurchaseInput { until: "2031-04-01".to_owned(), ..typed() },
            Field::Until,
            "The term is longer than 5 years: is 1 Apr 2031 the right last day?",
        ),
        (
            PurchaseInput { cost: "0".to_owned(), ..typed() },
            Field::Cost,
            "A cost of 0 means that the seats are free; leave it empty if the price is not known.",
        ),
        (
            PurchaseInput { every: "2years".to_owned(), ..typed() },
            Field::Every,
            "The term of 365 days is shorter than one payment period: without proration the whole payment is charged.",
        ),
        (
            PurchaseInput { notice_days: "365".to_owned(), ..typed() },
            Field::NoticeDays,
            "The notice period is as long as the whole term.",
        ),
        (
            PurchaseInput { notice_days: "30".to_owned(), until: String::new(), ..typed() },
            Field::NoticeDays,
            "Without an end date there is no day to give notice by.",
        ),
        (
            PurchaseInput { auto_renews: true, until: String::new(), ..typed() },
            Field::AutoRenews,
            "Without an end date there is nothing to renew.",
        ),
    ];
    for (input, field, warning) in cases {
        assert_eq!(warnings(&input), [(field, warning.to_owned())]);
    }
    assert_eq!(warnings(&PurchaseInput { until: "2031-03-31".to_owned(), ..typed() }), [], "exactly 5 years");
}

#[test]
fn a_term_of_one_day_is_a_term() {
    let parsed =
        parse(&PurchaseInput { every: "once".to_owned(), until: "2026-04-01".to_owned(), ..typed() }, currency("USD"));
    assert_eq!(parsed.purchase.unwrap().term, term("2026-04-01", Some("2026-04-01")));
}

#[test]
fn unlimited_can_be_ticked_or_written() {
    let ticked = PurchaseInput { unlimited: true, quantity: "what?".to_owned(), ..typed() };
    let written = PurchaseInput { quantity: "Unlimited".to_owned(), ..typed() };
    for input in [ticked, written] {
        assert_eq!(parse(&input, currency("USD")).purchase.unwrap().quantity, Quantity::Unlimited);
    }
}

#[test]
fn the_live_sentence_appears_while_other_fields_are_still_wrong() {
    let input = PurchaseInput { license_type: String::new(), notice_days: "soon".to_owned(), ..typed() };
    let parsed = parse(&input, currency("USD"));
    assert!(parsed.purchase.is_none());
    assert_eq!(live_sentence(&parsed.facts).unwrap(), "50 seats × $9.00 monthly = $5,400.00 a year until 31 Mar 2027");
}

#[test]
fn ending_a_purchase_takes_a_last_day_inside_its_term() {
    let from = day("2026-04-01");
    assert_eq!(parse_last_day("30 Nov 2026", from), Ok(term("2026-04-01", Some("2026-11-30"))));
    assert_eq!(
        parse_last_day("2026-03-01", from).unwrap_err(),
        "End date must not be before the effective date, 1 Apr 2026"
    );
    assert_eq!(parse_last_day(" ", from).unwrap_err(), "End date must not be empty: write a day like 2027-03-31");
}

#[test]
fn a_price_with_more_decimals_than_its_currency_is_never_read_back_as_thousands() {
    let price = Some(Price { amount: "1.234".parse().unwrap(), per: Per::Unit });
    let input = to_input(&Purchase { price, ..purchase() });
    assert_eq!(parse(&input, currency("USD")).purchase.and_then(|kept| kept.price), price);
    assert_eq!(
        warnings(&input),
        [(Field::Cost, "Cost is kept exactly; only what is paid is rounded to USD.".to_owned())]
    );
}

#[test]
fn a_price_of_one_seat_may_have_six_decimals_and_that_of_all_seats_what_the_currency_has() {
    let costing = |cost: &str, per: &str, currency: &str| PurchaseInput {
        cost: cost.to_owned(),
        per: per.to_owned(),
        currency: currency.to_owned(),
        ..typed()
    };
    let echoed: Vec<String> = warnings(&costing("7.125", "unit", "USD")).into_iter().map(|(_, said)| said).collect();
    let exactly = "Cost is kept exactly; only what is paid is rounded to USD.";
    assert_eq!(echoed, [exactly, "Cost is understood as $7.125."], "a lone point could be one between thousands");
    assert_eq!(warnings(&costing("0,083333", "unit", "USD")).len(), 1);
    assert_eq!(warnings(&costing("0.5", "unit", "JPY")).len(), 1);
    assert_eq!(one(&costing("7.125", "lot", "USD")).1, "Cost has 3 decimals, but USD has 2: write it like 108.50");
    assert_eq!(one(&costing("7.5", "lot", "JPY")).1, "Cost has 1 decimal, but JPY has none: write it like 1200");
    assert_eq!(parse(&costing("7.125", "lot", "KWD"), currency("USD")).problems, [], "as dinars have three");
}

#[test]
fn an_edit_starts_from_what_makes_the_purchase() {
    let bought = Purchase {
        id: PurchaseId(0),
        name: "Main".to_owned(),
        po: "PO-7".to_owned(),
        price: Some(Price { amount: "108.5".parse().unwrap(), per: Per::Lot }),
        frequency: Frequency::Every18Months,
        proration: Proration::WholeMonthDown,
        auto_renews: true,
        notice_days: Some(90),
        note: "two\nlines".to_owned(),
        ..purchase()
    };
    let input = to_input(&bought);
    assert_eq!((input.cost.as_str(), input.until.as_str(), input.every.as_str()), ("108.50", "2027-03-31", "18months"));
    assert_eq!(parse(&input, currency("EUR")).purchase, Some(bought));
}
