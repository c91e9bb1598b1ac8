//! Miscellaneous fees and recorded invoices.

use ledger::{
    Fee, FeeId, Frequency, Invoice, InvoiceId, Proration, Purchase, PurchaseId, Rule, compare, display_amount,
};

use crate::make::{currency, day, lot, purchase, shown, term};

pub fn fee(amount: &str, frequency: Frequency) -> Fee {
    Fee {
        id: FeeId(1),
        name: "Support".to_owned(),
        amount: amount.parse().unwrap(),
        currency: currency("USD"),
        frequency,
        term: term("2026-04-01", Some("2027-03-31")),
        proration: Proration::None,
        in_annual_spend: true,
        in_cost_per_account: true,
        note: String::new(),
    }
}

#[test]
fn a_fee_is_annualised_like_a_price_for_a_lot() {
    let support = fee("250", Frequency::Quarterly);
    let line = support.annual_line().unwrap();
    assert_eq!(shown(&line), "1000.00 USD");
    assert_eq!((line.because.rule, line.because.arithmetic.as_str()), (Rule::Fee, "$250.00 × 4"));
    assert_eq!(line.because.label, "Support: a year");
    assert_eq!(display_amount(&support.annual().unwrap().annual.unwrap(), support.currency), "1000.00");
}

fn invoice(id: i64, on: &str, amount: &str) -> Invoice {
    Invoice {
        id: InvoiceId(id),
        number: format!("R-{id}"),
        day: day(on),
        amount: amount.parse().unwrap(),
        currency: currency("USD"),
        period: ledger::Term { from: day(on), end: Some(ledger::calendar::months_after(day(on), 1)) },
        purchase: PurchaseId(1),
    }
}

#[test]
fn recorded_invoices_stand_beside_the_computed_payments_with_their_variance() {
    let bought = Purchase { price: lot("450"), ..purchase() };
    let two = [invoice(2, "2026-05-01", "468.10"), invoice(1, "2026-04-01", "450")];
    let compared = compare(&bought, &two).unwrap();
    let figures = [&compared.recorded, &compared.computed, &compared.variance].map(shown);
    assert_eq!(figures, ["918.10 USD", "900.00 USD", "18.10 USD"]);
    assert_eq!(compared.variance.caveat.as_deref(), Some("The invoices bill $18.10 more than the purchase says."));
    assert_eq!(compared.computed.because.arithmetic, "2 payments due from 1 Apr 2026 to 31 May 2026");
    assert_eq!(compared.recorded.because.parts[0].label, "Invoice R-1", "by day");
}

#[test]
fn an_invoice_in_another_currency_is_not_compared() {
    let euros = Invoice { currency: currency("EUR"), ..invoice(1, "2026-04-01", "450") };
    let compared = compare(&purchase(), &[euros]).unwrap();
    assert_eq!([shown(&compared.recorded), shown(&compared.variance)], ["?", "?"]);
    assert!(compared.variance.caveat.unwrap().contains("R-1 is in EUR"));
    assert!(compare(&purchase(), &[]).is_none());
}
