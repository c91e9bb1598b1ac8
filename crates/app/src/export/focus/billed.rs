//! Which recorded invoice a charge stands on. The specification wants the charges of an invoice to add up to it, so only
//! those get its number; where they do not, a note says why. Invoices are recorded before tax: tax rows get none.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use ledger::money::exact;
use ledger::{Exact, Invoice, Payments, Purchase, PurchaseId, display_amount, last_day};

use super::charge::{By, Charge, Window, charges};

/// A payment of a purchase: no two share their purchase, day, period and what they are charged by.
pub(super) type Key = (PurchaseId, Date, Date, By);

/// What is said of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Billed {
    /// The number of its invoice.
    pub(super) invoice: Option<String>,
    /// Why it has none although one bills it.
    pub(super) note: Option<String>,
}

pub(super) fn key(purchase: PurchaseId, charge: &Charge) -> Key {
    (purchase, charge.day, charge.from, charge.by)
}

/// All purchases, with what is paid for them.
#[derive(Clone, Copy)]
pub(super) struct Bought<'a> {
    pub(super) purchases: &'a [Purchase],
    pub(super) payments: &'a Payments<'a>,
}

/// What an invoice bills, and what is wrong with it.
struct Line<'a> {
    invoice: &'a Invoice,
    keys: Vec<Key>,
    wrong: Option<String>,
}

/// The invoices of the payments, for a file with the payments in the window.
pub(super) fn billed(invoices: &[Invoice], bought: Bought, window: Window) -> HashMap<Key, Billed> {
    let mut lines: Vec<Line> = invoices.iter().map(|invoice| line(invoice, bought, window)).collect();
    let mut seen: HashSet<Key> = HashSet::new();
    let twice: HashSet<Key> =
        lines.iter().flat_map(|line| line.keys.iter().copied()).filter(|key| !seen.insert(*key)).collect();
    for line in lines.iter_mut().filter(|line| line.keys.iter().any(|key| twice.contains(key))) {
        line.wrong = Some(format!("Invoice {} and another one bill the same payment.", line.invoice.number));
    }
    // Lines of one invoice are recorded under one number: all of them hold, or none.
    let mut wrong: BTreeMap<&str, String> = BTreeMap::new();
    for line in &lines {
        if let Some(why) = &line.wrong {
            wrong.entry(&line.invoice.number).or_insert_with(|| why.clone());
        }
    }
    let mut all: HashMap<Key, Billed> = HashMap::new();
    for line in &lines {
        let number = &line.invoice.number;
        let note = wrong.get(number.as_str()).cloned();
        let told = Billed { invoice: note.is_none().then(|| number.clone()), note };
        line.keys.iter().for_each(|key| drop(all.insert(*key, told.clone())));
    }
    all
}

fn line<'a>(invoice: &'a Invoice, bought: Bought, window: Window) -> Line<'a> {
    let number = &invoice.number;
    let Some(purchase) = bought.purchases.iter().find(|purchase| purchase.id == invoice.purchase) else {
        let wrong = Some(format!("A line of invoice {number} bills a purchase that was deleted."));
        return Line { invoice, keys: Vec::new(), wrong };
    };
    let last = last_day(&invoice.period).unwrap_or(invoice.period.from);
    let paid = charges(purchase, bought.payments, Window { from: invoice.period.from, to: last }).unwrap_or_default();
    let keys = paid.iter().map(|charge| key(purchase.id, charge)).collect();
    Line { invoice, keys, wrong: wrong(invoice, purchase, &paid, window) }
}

fn wrong(invoice: &Invoice, purchase: &Purchase, paid: &[Charge], window: Window) -> Option<String> {
    let (number, currency) = (&invoice.number, invoice.currency);
    if currency != purchase.currency {
        return Some(format!("Invoice {number} is in {currency}, the purchase in {}.", purchase.currency));
    }
    if paid.iter().any(|charge| !window.covers(charge.day)) {
        return Some(format!("Invoice {number} also bills payments outside the days of this file."));
    }
    let computed: Exact = paid.iter().map(|charge| &charge.cost).sum();
    let recorded = exact(invoice.amount);
    (recorded != computed).then(|| {
        let (recorded, computed) = (display_amount(&recorded, currency), display_amount(&computed, currency));
        format!("Invoice {number} bills {recorded} {currency}, the payments of its days are {computed} {currency}.")
    })
}
