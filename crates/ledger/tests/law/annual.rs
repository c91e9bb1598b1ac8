//! spend.md D3 and D10 cases 1 and 2.

use ledger::{Frequency, Purchase, Quantity, Rule, annualised, display_amount};

use crate::make::{lot, purchase, term, unit};

fn annual(purchase: &Purchase) -> String {
    let annual = annualised(purchase).unwrap().annual.unwrap();
    display_amount(&annual, purchase.currency)
}

#[test]
fn case_1_each_of_the_frequencies_annualises_1200_by_months() {
    let expected = [
        (Frequency::Monthly, "14400.00"),
        (Frequency::Quarterly, "4800.00"),
        (Frequency::SemiAnnually, "2400.00"),
        (Frequency::Annually, "1200.00"),
        (Frequency::Every18Months, "800.00"),
        (Frequency::Every2Years, "600.00"),
        (Frequency::Every3Years, "400.00"),
    ];
    for (frequency, expected) in expected {
        let bought = Purchase { price: lot("1200"), frequency, ..purchase() };
        assert_eq!(annual(&bought), expected, "{frequency:?}");
    }
    assert_eq!(expected.len() + 1, Frequency::ALL.len(), "a price paid once is case 2");
}

#[test]
fn d3_a_price_paid_once_is_spread_over_the_days_of_its_term() {
    let year = Purchase { price: lot("1200"), frequency: Frequency::Once, ..purchase() };
    assert_eq!(annual(&year), "1200.00");
    let leap = Purchase { term: term("2023-04-01", Some("2024-03-31")), ..year };
    assert_eq!(annual(&leap), "1196.72", "366 days: 1,200 × 365 ÷ 366");
}

#[test]
fn d3_a_price_paid_once_without_an_end_adds_nothing_to_a_year() {
    let bought =
        Purchase { price: lot("1200"), frequency: Frequency::Once, term: term("2026-04-01", None), ..purchase() };
    let annual = annualised(&bought).unwrap();
    assert_eq!(annual.rule, Rule::AnnualOnceOpenEnded);
    assert_eq!(display_amount(&annual.annual.unwrap(), bought.currency), "0.00");
    assert_eq!(display_amount(&annual.payment.unwrap(), bought.currency), "1200.00", "the payment is still known");
}

#[test]
fn d3_18_months_for_18000_are_12000_by_months_and_12032_97_by_days() {
    let by_months = Purchase {
        price: lot("18000"),
        frequency: Frequency::Every18Months,
        term: term("2025-01-15", Some("2026-07-14")),
        ..purchase()
    };
    assert_eq!(annual(&by_months), "12000.00");
    let by_days = Purchase { frequency: Frequency::Once, ..by_months };
    assert_eq!(annual(&by_days), "12032.97");
}

#[test]
fn d6_the_lot_total_stays_exact_and_the_unit_price_is_a_ratio() {
    let bought =
        Purchase { quantity: Quantity::Seats(3), price: lot("1000"), frequency: Frequency::Annually, ..purchase() };
    let figures = annualised(&bought).unwrap();
    let seat = figures.unit_annual.unwrap();
    assert_eq!(display_amount(&seat, bought.currency), "333.33");
    assert_eq!(seat * ledger::money::whole(3), figures.annual.unwrap(), "three thirds are the whole");
}

#[test]
fn unlimited_seats_have_a_cost_for_the_lot_or_for_each_account_never_both() {
    let unlimited = Purchase { quantity: Quantity::Unlimited, ..purchase() };
    let each = annualised(&Purchase { price: unit("9"), ..unlimited.clone() }).unwrap();
    assert!(each.annual.is_none() && each.payment.is_none() && each.unit_annual.is_some());
    let whole = annualised(&Purchase { price: lot("9000"), ..unlimited }).unwrap();
    assert!(whole.annual.is_some() && whole.unit_annual.is_none());
}

#[test]
fn a_purchase_without_a_price_has_no_annual_cost_rather_than_0() {
    assert_eq!(annualised(&Purchase { price: None, ..purchase() }), None);
}
