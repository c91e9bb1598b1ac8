//! Recorded invoices beside what is computed for the same days. Absent on purpose: which of the two is right.

use jiff::civil::Date;
use num_traits::Zero as _;
use rust_decimal::Decimal;

use crate::because::{Because, Line, amount_step, line};
use crate::calendar::{days_between, end_after};
use crate::day::day_text;
use crate::format::{counted, exact_amount, sentence_amount};
use crate::money::{Currency, Exact, exact};
use crate::purchase::{Purchase, PurchaseId, Term};
use crate::rates::Rates;
use crate::rule::Rule;
use crate::table::Payments;

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

/// Compares the invoices of the purchase; `None` without any. One in another currency is converted with the rate of its day.
/// `payments` are those of all purchases: what is paid by accounts depends on the seats of the others.
pub fn compare(purchase: &Purchase, invoices: &[Invoice], rates: &Rates, payments: &Payments) -> Option<Compared> {
    let mut own: Vec<&Invoice> = invoices.iter().filter(|invoice| invoice.purchase == purchase.id).collect();
    own.sort_by_key(|invoice| (invoice.day, invoice.id));
    let first = own.iter().map(|invoice| invoice.period.from).min()?;
    let end = own.iter().map(|invoice| end_of(invoice)).max()?;
    let recorded = recorded(purchase, &own, rates);
    let computed = computed(purchase, &own, payments, (first, end));
    let variance = variance(purchase, &recorded, &computed);
    Some(Compared { purchase: purchase.id, recorded, computed, variance })
}

fn end_of(invoice: &Invoice) -> Date {
    invoice.period.end.unwrap_or_else(|| end_after(invoice.period.from))
}

fn recorded(purchase: &Purchase, own: &[&Invoice], rates: &Rates) -> Line {
    let billed: Vec<Billed> = own.iter().map(|invoice| billed(purchase, invoice, rates)).collect();
    let told = |one: &Billed| match &one.amount {
        Ok(amount) => exact_amount(amount, purchase.currency),
        Err(_) => one.step.result.clone(),
    };
    let terms: Vec<String> = billed.iter().map(told).collect();
    let mut sum = line(label(purchase, "recorded invoices"), Rule::Invoiced, terms.join(" + "));
    sum.because.purchase = Some(purchase.id);
    let amounts: Result<Vec<&Exact>, &String> = billed.iter().map(|one| one.amount.as_ref()).collect();
    match amounts {
        Ok(amounts) => sum.set(amounts.into_iter().sum(), purchase.currency),
        Err(why) => sum.caveat = Some(why.clone()),
    }
    sum.because.parts = billed.into_iter().map(|one| one.step).collect();
    sum
}

/// One invoice in the currency of the purchase, or why it cannot be.
struct Billed {
    amount: Result<Exact, String>,
    step: Because,
}

fn billed(purchase: &Purchase, invoice: &Invoice, rates: &Rates) -> Billed {
    let amount = exact(invoice.amount);
    let name = format!("Invoice {}", invoice.number);
    let dated = format!("Dated {}", day_text(invoice.day));
    let step = amount_step(name.clone(), &amount, invoice.currency, Rule::Invoiced, dated);
    if invoice.currency == purchase.currency {
        return Billed { amount: Ok(amount), step };
    }
    match rates.on(invoice.currency, purchase.currency, invoice.day) {
        Ok(found) => {
            let because = found.because(name, &amount, vec![step]);
            Billed { amount: Ok(amount * found.factor), step: because }
        }
        Err(missing) => {
            let (own, other) = (purchase.currency, invoice.currency);
            Billed { amount: Err(format!("{name} is in {other}, the purchase in {own}. {missing}")), step }
        }
    }
}

/// The payments whose day lies in a billed period; a payment counts once even where two invoices bill its days.
fn computed(purchase: &Purchase, own: &[&Invoice], payments: &Payments, (first, end): (Date, Date)) -> Line {
    let billed = |day: Date| own.iter().any(|invoice| invoice.period.from <= day && day < end_of(invoice));
    let label = label(purchase, "computed");
    let Some(paid) = payments.due(purchase.id, first, end) else {
        let mut unknown = line(label, Rule::UnknownPrice, "No payment can be computed".to_owned());
        unknown.caveat = Some("The price is not known, or depends on accounts that were never counted.".to_owned());
        return unknown;
    };
    let due: Vec<_> = paid.into_iter().filter(|paid| billed(paid.day)).collect();
    let number = counted(u64::try_from(due.len()).unwrap_or(u64::MAX), "payment", "payments");
    let last = day_text(end.yesterday().unwrap_or(end));
    let mut sum = line(label, Rule::Cash, format!("Payments due from {} to {last}: {number}", day_text(first)));
    sum.because.purchase = Some(purchase.id);
    for one in &due {
        let text = |amount: &Exact| exact_amount(amount, purchase.currency);
        let arithmetic = one.by_accounts(days_between(one.from, one.end), text).unwrap_or_else(|| text(&one.amount));
        let label = format!("Due {}", day_text(one.day));
        sum.because.parts.push(amount_step(label, &one.amount, purchase.currency, one.rule, arithmetic));
    }
    let since = payments.counted_from(purchase.id).filter(|since| first < *since);
    sum.caveat = since.map(|since| {
        format!("Accounts were counted from {} on: nothing is computed for them before.", day_text(since))
    });
    sum.set(due.iter().map(|paid| &paid.amount).sum(), purchase.currency);
    sum
}

fn variance(purchase: &Purchase, recorded: &Line, computed: &Line) -> Line {
    let told = |line: &Line| match &line.value {
        Some(value) => exact_amount(&value.amount, value.currency),
        None => line.because.result.clone(),
    };
    let arithmetic = format!("{} − {}", told(recorded), told(computed));
    let mut variance = line(label(purchase, "variance"), Rule::Invoiced, arithmetic);
    variance.because.purchase = Some(purchase.id);
    variance.because.parts = vec![recorded.because.clone(), computed.because.clone()].into();
    let values = (&recorded.value, &computed.value);
    let (Some(recorded_value), Some(computed_value)) = values else {
        variance.caveat = recorded.caveat.clone().or_else(|| computed.caveat.clone());
        return variance;
    };
    variance.caveat.clone_from(&computed.caveat);
    let difference: Exact = &recorded_value.amount - &computed_value.amount;
    if !difference.is_zero() {
        let more = if difference.is_negative() { "less" } else { "more" };
        let amount = sentence_amount(&difference.abs(), purchase.currency);
        let bill = format!("The invoices bill {amount} {more} than the purchase says.");
        variance.caveat = Some(variance.caveat.map_or(bill.clone(), |caveat| format!("{bill} {caveat}")));
    }
    variance.set(difference, purchase.currency);
    variance
}

fn label(purchase: &Purchase, what: &str) -> String {
    let name = [&purchase.name, &purchase.po].into_iter().find(|name| !name.is_empty());
    format!("{}: {what}", name.map_or("Purchase", String::as_str))
}
