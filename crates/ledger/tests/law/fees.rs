//! Miscellaneous fees and recorded invoices.

use ledger::{
    Compared, Fee, FeeId, Frequency, Invoice, InvoiceId, Payments, Proration, Purchase, PurchaseId, Rates, Rule,
    compare, display_amount,
};

use crate::make::{currency, day, lot, purchase, shown, term};
use crate::rates::rate;

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

fn beside(bought: &Purchase, invoices: &[Invoice], rates: &Rates) -> Option<Compared> {
    compare(bought, invoices, rates, &Payments::new(std::slice::from_ref(bought), None))
}

#[test]
fn recorded_invoices_stand_beside_the_computed_payments_with_their_variance() {
    let bought = Purchase { price: lot("450"), ..purchase() };
    let two = [invoice(2, "2026-05-01", "468.10"), invoice(1, "2026-04-01", "450")];
    let compared = beside(&bought, &two, &Rates::default()).unwrap();
    let figures = [&compared.recorded, &compared.computed, &compared.variance].map(shown);
    assert_eq!(figures, ["918.10 USD", "900.00 USD", "18.10 USD"]);
    assert_eq!(compared.variance.caveat.as_deref(), Some("The invoices bill $18.10 more than the purchase says."));
    assert_eq!(compared.computed.because.arithmetic, "Payments due from 1 Apr 2026 to 31 May 2026: 2 payments");
    assert_eq!(compared.recorded.because.parts[0].label, "Invoice R-1", "by day");
}

#[test]
fn an_invoice_in_another_currency_without_a_rate_is_not_compared() {
    let euros = Invoice { currency: currency("EUR"), ..invoice(1, "2026-04-01", "450") };
    let compared = beside(&purchase(), &[euros], &Rates::default()).unwrap();
    assert_eq!([shown(&compared.recorded), shown(&compared.variance)], ["?", "?"]);
    assert_eq!(
        compared.variance.caveat.as_deref(),
        Some(
            "Invoice R-1 is in EUR, the purchase in USD. There is no rate from EUR to USD on or before 1 Apr 2026: \
             enter one to see this in USD."
        )
    );
    assert!(beside(&purchase(), &[], &Rates::default()).is_none());
}

#[test]
fn an_invoice_in_another_currency_is_converted_with_the_rate_of_its_own_day() {
    let bought = Purchase { price: lot("450"), ..purchase() };
    let euros = Invoice { currency: currency("EUR"), ..invoice(1, "2026-04-03", "400") };
    let all = [euros, invoice(2, "2026-05-01", "450")];
    let rates = [rate("EUR", "USD", "2026-04-02", "1.10"), rate("EUR", "USD", "2026-04-04", "2")];
    let compared = beside(&bought, &all, &Rates::new(rates).unwrap()).unwrap();
    assert_eq!([shown(&compared.recorded), shown(&compared.variance)], ["890.00 USD", "440.00 USD"]);
    let first = &compared.recorded.because.parts[0];
    assert_eq!((first.label.as_str(), first.arithmetic.as_str()), ("Invoice R-1", "€400.00 × 1.1 (ECB, 2 Apr 2026)"));
    assert_eq!(first.parts[0].arithmetic, "Dated 3 Apr 2026", "as it was billed");
}
