//! Recorded invoices beside what is computed for the same days. Absent on purpose: which of the two is right.

use jiff::civil::Date;
use num_traits::Zero as _;
use rust_decimal::Decimal;

use crate::because::{Line, line, step};
use crate::calendar::end_after;
use crate::day::day_text;
use crate::format::{counted, sentence_amount};
use crate::installments::installments;
use crate::money::{Currency, Exact, exact};
use crate::payment::Charged;
use crate::purchase::{Purchase, PurchaseId, Term};
use crate::rule::Rule;

/// Identifies a recorded invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InvoiceId(pub i64);

/// An invoice as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Its identity.
    pub id: InvoiceId,
    /// The vendor's number.
    pub number: String,
    /// Its day.
    pub day: Date,
    /// What it bills, before tax; negative for a credit note.
    pub amount: Decimal,
    /// The currency of the amount.
    pub currency: Currency,
    /// The days that it bills; without an end its day alone.
    pub period: Term,
    /// The purchase that it bills.
    pub purchase: PurchaseId,
}

/// The invoices of a purchase beside what is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The purchase.
    pub purchase: PurchaseId,
    /// What the invoices add up to.
    pub recorded: Line,
    /// The payments that are due in the days that the invoices bill.
    pub computed: Line,
    /// Recorded − computed.
    pub variance: Line,
}

/// Compares the invoices of the purchase; `None` without any.
pub fn compare(purchase: &Purchase, invoices: &[Invoice]) -> Option<Compared> {
    let mut own: Vec<&Invoice> = invoices.iter().filter(|invoice| invoice.purchase == purchase.id).collect();
    own.sort_by_key(|invoice| (invoice.day, invoice.id));
    let first = own.iter().map(|invoice| invoice.period.from).min()?;
    let end = own.iter().map(|invoice| end_of(invoice)).max()?;
    let recorded = recorded(purchase, &own);
    let computed = computed(purchase, &own, first, end);
    let variance = variance(purchase, &recorded, &computed);
    Some(Compared { purchase: purchase.id, recorded, computed, variance })
}

fn end_of(invoice: &Invoice) -> Date {
    invoice.period.end.unwrap_or_else(|| end_after(invoice.period.from))
}

fn recorded(purchase: &Purchase, own: &[&Invoice]) -> Line {
    let terms: Vec<String> =
        own.iter().map(|invoice| sentence_amount(&exact(invoice.amount), invoice.currency)).collect();
    let mut sum = line(label(purchase, "recorded invoices"), Rule::Invoiced, terms.join(" + "));
    sum.because.purchase = Some(purchase.id);
    for (invoice, term) in own.iter().zip(terms) {
        let label = format!("Invoice {}", invoice.number);
        sum.because.parts.push(step(label, term, Rule::Invoiced, format!("Dated {}", day_text(invoice.day))));
    }
    if let Some(other) = own.iter().find(|invoice| invoice.currency != purchase.currency) {
        sum.caveat = Some(format!(
            "Invoice {} is in {}, the purchase in {}: they cannot be compared without an exchange rate.",
            other.number, other.currency, purchase.currency
        ));
    } else {
        sum.set(own.iter().map(|invoice| exact(invoice.amount)).sum(), purchase.currency);
    }
    sum
}

/// The payments whose day lies in a billed period; a payment counts once even where two invoices bill its days.
fn computed(purchase: &Purchase, own: &[&Invoice], first: Date, end: Date) -> Line {
    let billed = |day: Date| own.iter().any(|invoice| invoice.period.from <= day && day < end_of(invoice));
    let label = label(purchase, "computed");
    let Some(paid) = installments(&Charged::from(purchase), first, end) else {
        let mut unknown = line(label, Rule::UnknownPrice, "No payment can be computed".to_owned());
        unknown.caveat = Some("The price is not known, or depends on the accounts.".to_owned());
        return unknown;
    };
    let due: Vec<_> = paid.into_iter().filter(|paid| billed(paid.day)).collect();
    let number = counted(u64::try_from(due.len()).unwrap_or(u64::MAX), "payment", "payments");
    let last = day_text(end.yesterday().unwrap_or(end));
    let mut sum = line(label, Rule::Cash, format!("{number} due from {} to {last}", day_text(first)));
    sum.because.purchase = Some(purchase.id);
    for one in &due {
        let amount = sentence_amount(&one.amount, purchase.currency);
        sum.because.parts.push(step(format!("Due {}", day_text(one.day)), amount.clone(), one.rule, amount));
    }
    sum.set(due.iter().map(|paid| &paid.amount).sum(), purchase.currency);
    sum
}

fn variance(purchase: &Purchase, recorded: &Line, computed: &Line) -> Line {
    let arithmetic = format!("{} − {}", recorded.because.result, computed.because.result);
    let mut variance = line(label(purchase, "variance"), Rule::Invoiced, arithmetic);
    variance.because.purchase = Some(purchase.id);
    variance.because.parts = vec![recorded.because.clone(), computed.because.clone()].into();
    let values = (&recorded.value, &computed.value);
    let (Some(recorded_value), Some(computed_value)) = values else {
        variance.caveat = recorded.caveat.clone().or_else(|| computed.caveat.clone());
        return variance;
    };
    let difference: Exact = &recorded_value.amount - &computed_value.amount;
    if !difference.is_zero() {
        let more = if difference.is_negative() { "less" } else { "more" };
        let amount = sentence_amount(&difference.abs(), purchase.currency);
        variance.caveat = Some(format!("The invoices bill {amount} {more} than the purchase says."));
    }
    variance.set(difference, purchase.currency);
    variance
}

fn label(purchase: &Purchase, what: &str) -> String {
    let name = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty());
    format!("{}: {what}", name.map_or("Purchase", String::as_str))
}
