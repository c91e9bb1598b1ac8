//! Miscellaneous fees and recorded invoices.

use jiff::Span;
use jiff::civil::Date;
use ledger::table::Wanted;
use ledger::{
    Basis, Compared, Conditions, Exact, Fee, FeeId, FiscalYear, Frequency, Grain, Invoice, InvoiceId, Payments,
    Proration, Purchase, PurchaseId, Rates, Rule, Setting, Term, TypeNames, bases, compare, display_amount,
    joined_fees, table,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::any::{any_proration, any_term};
use crate::make::{can_edit, currency, day, lot, purchase, shown, term, yearly};
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
        conditions: ledger::Conditions::default(),
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

/// Ended the day before, and continued from the day on by the other fee.
fn changed(old: &Fee, on: Date, new: Fee) -> Vec<Fee> {
    let ended = Fee { term: Term { end: Some(on), ..old.term }, ..old.clone() };
    let next = Fee { id: FeeId(old.id.0 + 1), term: Term { from: on, ..old.term }, ..new };
    let link = (next.id, old.id);
    joined_fees(vec![next, ended], &[link])
}

fn months_of(basis: Basis, fees: &[Fee], from: &str, end: &str) -> Vec<Exact> {
    let buckets = FiscalYear::default().buckets(Grain::Month, day(from), day(end));
    let made = table(&Wanted {
        basis,
        purchases: &[],
        fees,
        free: &[],
        names: TypeNames::default(),
        buckets: &buckets,
        exchange: None,
        counts: None,
    });
    made.totals.into_iter().map(|total| total.map(|total| total.amount).unwrap_or_default()).collect()
}

fn shown_months(basis: Basis, fees: &[Fee], from: &str, end: &str) -> Vec<String> {
    let months = months_of(basis, fees, from, end);
    months.iter().map(|amount| display_amount(amount, currency("USD"))).collect()
}

/// What the fees in force cost in a year, and what a billable account costs with them.
fn on_day(on: Date, fees: &[Fee]) -> [String; 3] {
    let setting = Setting { fees, ..Setting::default() };
    let found = bases(on, &[can_edit(50)], &[yearly(1, 50, "120")], setting);
    [&found.fees_annual, &found.committed_annual, &found.run_rate].map(shown)
}

#[test]
fn a_fee_whose_price_changes_within_a_prepaid_year_costs_the_difference_for_its_rest() {
    let support = Fee { term: term("2026-01-01", Some("2026-12-31")), ..fee("365", Frequency::Annually) };
    let on = day("2026-07-01");
    let parts = changed(&support, on, Fee { amount: "730".parse().unwrap(), ..support.clone() });
    let cash = shown_months(Basis::Cash, &parts, "2026-01-01", "2027-01-01");
    assert_eq!([cash[0].as_str(), &cash[5], &cash[6]], ["365.00", "0.00", "184.00"], "365 × 184 ÷ 365 more");
    let accrual = shown_months(Basis::Accrual, &parts, "2026-01-01", "2027-01-01");
    assert_eq!([accrual[5].as_str(), &accrual[6]], ["30.00", "62.00"], "a dollar a day, then two, from the day on");
    assert_eq!(on_day(day("2026-06-30"), &parts)[0], "365.00 USD");
    assert_eq!(on_day(on, &parts)[0], "730.00 USD", "half-open: the day itself has the new price");
    let terms: Vec<Term> = parts.iter().map(Fee::contract_term).collect();
    assert_eq!(terms, [support.term; 2], "both are reckoned by the days of the whole");
}

#[test]
fn fees_that_do_not_meet_are_no_parts_of_one() {
    let old = Fee { term: term("2026-01-01", Some("2026-06-30")), ..fee("10", Frequency::Monthly) };
    let new = Fee { id: FeeId(2), term: term("2026-08-01", None), ..old.clone() };
    let all = vec![old, new];
    assert_eq!(joined_fees(all.clone(), &[(FeeId(2), FeeId(1))]), all);
    assert_eq!(joined_fees(all.clone(), &[(FeeId(2), FeeId(1)), (FeeId(1), FeeId(2))]), all, "nor in a circle");
}

proptest! {
    #[test]
    fn a_fee_at_the_same_price_from_a_day_on_changes_no_figure(
        cents in 0i64..1_000_000,
        frequency in proptest::sample::select(Frequency::ALL.to_vec()),
        term in any_term(),
        proration in any_proration(),
        after in 1i64..1500,
        again in 1i64..400,
    ) {
        let one = Fee { amount: Decimal::new(cents, 2), term, proration, ..fee("1", frequency) };
        let on = term.from.checked_add(Span::new().days(after)).unwrap();
        prop_assume!(term.end.is_none_or(|end| on < end));
        let mut parts = changed(&one, on, one.clone());
        let later = on.checked_add(Span::new().days(again)).unwrap();
        if term.end.is_none_or(|end| later < end) {
            for part in &mut parts {
                part.conditions = Conditions::default();
            }
            let third = Fee { id: FeeId(3), term: Term { from: later, end: term.end }, ..one.clone() };
            parts.iter_mut().find(|part| part.id == FeeId(2)).unwrap().term.end = Some(later);
            parts.push(third);
            parts = joined_fees(parts, &[(FeeId(2), FeeId(1)), (FeeId(3), FeeId(2))]);
        }
        let whole = std::slice::from_ref(&one);
        for basis in [Basis::Cash, Basis::Accrual] {
            let of = |fees: &[Fee]| months_of(basis, fees, "2024-01-01", "2036-01-01");
            prop_assert_eq!(of(&parts), of(whole), "{:?}", basis);
        }
        for looked in [on.yesterday().unwrap(), on, later] {
            prop_assert_eq!(on_day(looked, &parts), on_day(looked, whole));
        }
    }
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
