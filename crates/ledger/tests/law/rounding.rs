//! spend.md D7: half up or half to even, wherever an amount is shown; parts equal the whole either way.

use std::collections::HashSet;

use ledger::format::{rounded, share_out};
use ledger::{
    Basis, Currency, Exact, FiscalYear, Frequency, Grain, Purchase, Rounding, display_amount, sentence_amount, spend,
    table,
};

use crate::make::{can_edit, currency, day, lot, purchase, term, totals, wanted};

fn even(code: &str) -> Currency {
    currency(code).rounding(Rounding::HalfEven)
}

#[test]
fn an_amount_in_the_middle_of_two_goes_up_or_to_the_even_one() {
    // Thousandths, and what is shown of them.
    for (thousandths, up, to_even) in [
        (5, "0.01", "0.00"),
        (15, "0.02", "0.02"),
        (25, "0.03", "0.02"),
        (-25, "-0.03", "-0.02"),
        (-5, "-0.01", "0.00"),
        (24, "0.02", "0.02"),
        (26, "0.03", "0.03"),
        (1_995, "2.00", "2.00"),
        (2_005, "2.01", "2.00"),
    ] {
        let amount = Exact::new(thousandths, 1000);
        assert_eq!(display_amount(&amount, currency("USD")), up, "{thousandths}");
        assert_eq!(display_amount(&amount, even("USD")), to_even, "{thousandths}");
    }
    let half = |code| sentence_amount(&Exact::new(5, 2), even(code));
    assert_eq!([half("JPY"), half("KWD")], ["¥2", "KWD 2.500"], "by the currency's own unit");
    assert_eq!(rounded(&Exact::new(125, 1000), even("USD")), Exact::new(12, 100));
}

#[test]
fn parts_equal_the_whole_in_either_way() {
    for parts in
        [vec![(5, 1000)], vec![(5, 1000), (20, 1000)], vec![(1000, 3), (1000, 3), (1000, 3)], vec![(-25, 1000), (1, 7)]]
    {
        let parts: Vec<Exact> = parts.into_iter().map(|(numer, denom)| Exact::new(numer, denom)).collect();
        for currency in [currency("USD"), even("USD")] {
            let whole: Exact = parts.iter().sum();
            let shares: Exact = share_out(&parts, currency).iter().sum();
            assert_eq!(shares, rounded(&whole, currency), "{parts:?}");
        }
    }
}

#[test]
fn figures_and_tables_are_rounded_as_their_currency_says() {
    let bought = |currency| Purchase {
        price: lot("100.05"),
        frequency: Frequency::Every2Years,
        term: term("2026-01-01", Some("2027-12-31")),
        currency,
        ..purchase()
    };
    let committed = |currency| totals(&spend(day("2026-11-23"), &[can_edit(50)], &[bought(currency)]))[1].clone();
    assert_eq!([committed(currency("USD")), committed(even("USD"))], ["50.03 USD", "50.02 USD"]);
    let years = FiscalYear::default().buckets(Grain::FiscalYear, day("2026-01-01"), day("2028-01-01"));
    let of = |currency| {
        let purchases = [bought(currency)];
        let wanted = wanted(Basis::Accrual, &purchases, &years);
        let shown = table(&wanted).shown();
        let whole = display_amount(&shown.total.unwrap(), currency);
        let cells = shown.totals.into_iter().flatten().map(|total| display_amount(&total, currency));
        (cells.collect::<Vec<_>>().join(" + "), whole)
    };
    let parts = "50.03 + 50.02".to_owned();
    assert_eq!(of(currency("USD")), (parts.clone(), "100.05".to_owned()));
    assert_eq!(of(even("USD")), (parts, "100.05".to_owned()), "what adds up is shared out, not rounded");
}

#[test]
fn it_stays_the_same_currency() {
    assert_eq!(currency("EUR"), even("EUR"));
    assert_eq!(HashSet::from([currency("EUR"), even("EUR")]).len(), 1);
    assert_ne!(currency("EUR"), even("USD"));
}
