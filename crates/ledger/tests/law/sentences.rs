//! The live sentence and what it rests on.

use ledger::{
    Cost, Currency, Frequency, Purchase, PurchaseFacts, Quantity, Rule, annual_line, live_sentence, sentence,
};

use crate::make::{caveat, lot, purchase, shown, term, unit};

#[test]
fn the_sentence_of_product_md() {
    assert_eq!(sentence(&purchase()), "50 seats × $9.00 monthly = $5,400.00 a year until 31 Mar 2027");
}

#[test]
fn the_sentence_says_each_shape_of_a_price() {
    let one = purchase();
    let cases = [
        (
            Purchase { price: lot("450"), ..one.clone() },
            "50 seats for $450.00 monthly = $5,400.00 a year until 31 Mar 2027",
        ),
        (
            Purchase { quantity: Quantity::Seats(1), frequency: Frequency::Every18Months, ..one.clone() },
            "1 seat × $9.00 every 18 months = $6.00 a year until 31 Mar 2027",
        ),
        (
            Purchase {
                quantity: Quantity::Unlimited,
                price: lot("9000"),
                frequency: Frequency::Annually,
                ..one.clone()
            },
            "Unlimited seats for $9,000.00 annually = $9,000.00 a year until 31 Mar 2027",
        ),
        (
            Purchase { quantity: Quantity::Unlimited, ..one.clone() },
            "Unlimited seats × $9.00 monthly = $108.00 a year for each account until 31 Mar 2027",
        ),
        (Purchase { price: None, ..one.clone() }, "50 seats until 31 Mar 2027, price not known"),
        (
            Purchase { term: term("2026-04-01", None), price: unit("0"), ..one.clone() },
            "50 seats × $0.00 monthly = $0.00 a year",
        ),
        (
            Purchase {
                frequency: Frequency::Once,
                price: lot("18000"),
                term: term("2025-01-15", Some("2026-07-14")),
                ..one.clone()
            },
            "50 seats for $18,000.00 once = $18,000.00 for 546 days, $12,032.97 a year until 14 Jul 2026",
        ),
        (
            Purchase { frequency: Frequency::Once, term: term("2026-04-01", None), ..one },
            "50 seats × $9.00 once = $450.00, paid on its date only: nothing a year",
        ),
    ];
    for (bought, expected) in cases {
        assert_eq!(sentence(&bought), expected);
    }
}

#[test]
fn there_is_no_sentence_while_too_little_is_typed() {
    let price = unit("9").unwrap();
    let mut facts = PurchaseFacts { quantity: Some(Quantity::Seats(50)), ..PurchaseFacts::default() };
    assert_eq!(live_sentence(&facts), None);
    facts.cost = Cost::Known(price);
    facts.currency = Currency::from_code("USD");
    assert_eq!(live_sentence(&facts), None);
    facts.frequency = Some(Frequency::Monthly);
    assert_eq!(
        live_sentence(&facts).as_deref(),
        Some("50 seats × $9.00 monthly = $5,400.00 a year"),
        "dates may follow"
    );
}

#[test]
fn the_annual_cost_explains_itself() {
    let line = annual_line(&(&purchase()).into()).unwrap();
    assert_eq!(shown(&line), "5400.00 USD");
    assert_eq!(line.because.arithmetic, "50 seats × $9.00 × 12");
    assert_eq!(line.because.rule, Rule::AnnualByMonths);
    assert_eq!(line.because.purchase, Some(purchase().id));
    assert_eq!(line.because.parts[0].result, "$450.00");
    let every_18 = Purchase { frequency: Frequency::Every18Months, ..purchase() };
    assert_eq!(annual_line(&(&every_18).into()).unwrap().because.arithmetic, "50 seats × $9.00 × 12 ÷ 18");
}

#[test]
fn d6_an_unknown_price_explains_itself_instead_of_being_0() {
    let line = annual_line(&(&Purchase { price: None, ..purchase() }).into()).unwrap();
    assert_eq!(shown(&line), "?");
    assert_eq!(line.because.rule, Rule::UnknownPrice);
    assert_eq!(caveat(&line), "The price is not known: enter the cost to see it here.");
}
