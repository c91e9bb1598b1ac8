//! The payments of purchases and fees as charges: what is paid on which day for which days, and the tax on it.
//! Absent on purpose: columns, and amounts of the ledger's that are no payments, such as an annual average.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::money::whole;
use ledger::percent::fraction;
use ledger::{Charged, Currency, Exact, Fee, Installment, Payment, Payments, Purchase, Rule, display_amount};
use rust_decimal::Decimal;
use thiserror::Error;

/// The days that payments may fall on, both included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Window {
    pub(super) fn covers(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// One payment. Amounts are in whole minor units: they are what is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Charge {
    /// The day of the payment.
    pub(super) day: Date,
    /// The first day that is paid for.
    pub(super) from: Date,
    /// The day after the last one.
    pub(super) end: Date,
    /// The list price.
    pub(super) list: Exact,
    /// What is paid before tax, and what the contract makes of the list price.
    pub(super) cost: Exact,
    /// Tax in percent, and what it makes of the list price and of what is paid.
    pub(super) tax: Option<Tax>,
    /// The price of one seat, where so many of it make the amounts.
    pub(super) unit: Option<Unit>,
    /// Why it is not a full payment.
    pub(super) note: &'static str,
    /// What it is charged by.
    pub(super) by: By,
    /// Where it takes back what was paid: the day of that payment.
    pub(super) credits: Option<Date>,
}

impl Charge {
    /// Whether it takes back what was paid in an earlier billing period.
    pub(super) fn corrects(&self) -> bool {
        self.credits.is_some_and(|paid| paid.first_of_month() < self.day.first_of_month())
    }

    /// The first day that decides on who shares it: what is taken back is shared as it was when it was paid.
    pub(super) fn shared_from(&self) -> Date {
        self.credits.unwrap_or(self.from)
    }
}

/// What a charge goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum By {
    /// What was bought.
    Quantity,
    /// The accounts in unlimited seats at a price per unit.
    Accounts,
    /// The most accounts beyond the purchased seats.
    Beyond(u64),
}

/// Tax on a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tax {
    pub(super) percent: Decimal,
    pub(super) list: Exact,
    pub(super) cost: Exact,
}

/// Seats and what one of them costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) seats: u64,
    pub(super) list: Decimal,
    pub(super) cost: Decimal,
}

/// Why a purchase has no charges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum NoCharges {
    #[error("its price is not known")]
    UnknownPrice,
    #[error("its seats are unlimited at a price per unit, and no roster has been read to count the accounts")]
    UnlimitedUnits,
    #[error("its license type is marked as free")]
    Free,
}

/// The payments of a purchase that fall into the window; `payments` are those of all purchases.
pub(super) fn charges(purchase: &Purchase, payments: &Payments, window: Window) -> Result<Vec<Charge>, NoCharges> {
    let charged = Charged::from(purchase);
    if !charged.is_priced() {
        return Err(NoCharges::UnknownPrice);
    }
    let from = purchase.term.from.max(window.from);
    let due = payments.due(purchase.id, from, next_day(window.to)).ok_or(NoCharges::UnlimitedUnits)?;
    let (by_accounts, whole): (Vec<Installment>, Vec<Installment>) =
        due.into_iter().partition(|paid| by(paid) != By::Quantity || charged.payment().is_none());
    let tax = purchase.conditions.tax;
    let mut all: Vec<Charge> = periods(&by_accounts).iter().map(|paid| counted(paid, &charged, purchase)).collect();
    if let Some(payment) = charged.payment() {
        all.extend(whole.iter().map(|paid| charge(paid, &payment, purchase.currency, tax)));
    }
    all.sort_by_key(|charge| (charge.day, charge.by));
    Ok(all)
}

fn by(paid: &Installment) -> By {
    match (&paid.accounts, paid.rule) {
        (Some(of), Rule::Overage) => By::Beyond(of.accounts),
        (Some(_), _) => By::Accounts,
        (None, _) => By::Quantity,
    }
}

/// What is due on one day for the accounts of a period, whose number may have changed in it; minimums of a term apart.
fn periods(paid: &[Installment]) -> Vec<Vec<&Installment>> {
    let key = |paid: &Installment| (paid.day, paid.rule == Rule::Overage, paid.rule == Rule::TermMinimum);
    let mut periods: BTreeMap<_, Vec<&Installment>> = BTreeMap::new();
    for one in paid {
        periods.entry(key(one)).or_default().push(one);
    }
    periods.into_values().collect()
}

/// A charge by accounts: a percentage off the price is off the list price, what a minimum adds is not.
fn counted(paid: &[&Installment], charged: &Charged, purchase: &Purchase) -> Charge {
    let off = purchase.price.map(|price| ledger::money::exact(price.amount)).zip(charged.unit());
    let off = off.and_then(|(list, net)| ledger::money::ratio(&list, &net));
    let listed = |paid: &&&Installment| match (&off, paid.rule) {
        (Some(off), Rule::ByAccounts) => &paid.amount * off,
        _ => paid.amount.clone(),
    };
    let currency = purchase.currency;
    let rounded = |amount: &Exact| ledger::format::rounded(amount, currency);
    let list = rounded(&paid.iter().map(|paid| listed(&paid)).sum());
    let cost = rounded(&paid.iter().map(|paid| &paid.amount).sum());
    let most = paid.iter().map(|paid| by(paid)).max().unwrap_or(By::Accounts);
    let first = |paid: &&Installment| (paid.day, paid.from, paid.end, paid.rule);
    let (day, from, end, rule) =
        paid.first().map_or((purchase.term.from, purchase.term.from, purchase.term.from, Rule::Cash), first);
    Charge {
        day,
        from: paid.iter().map(|paid| paid.from).min().unwrap_or(from),
        end: paid.iter().map(|paid| paid.end).max().unwrap_or(end),
        tax: taxed(&list, &cost, purchase.conditions.tax, currency),
        list,
        cost,
        unit: None,
        note: if most == By::Accounts { note(rule) } else { ", accounts beyond the seats" },
        by: if most == By::Quantity { By::Accounts } else { most },
        credits: paid.first().and_then(|paid| paid.credits),
    }
}

/// The payments of a fee that fall into the window.
pub(super) fn fee_charges(fee: &Fee, window: Window) -> Vec<Charge> {
    let charged = fee.charged();
    let Some(payment) = charged.payment() else { return Vec::new() };
    paid(&charged, window).iter().map(|paid| charge(paid, &payment, fee.currency, None)).collect()
}

fn paid(charged: &Charged, window: Window) -> Vec<Installment> {
    let from = charged.term.map_or(window.from, |term| term.from.max(window.from));
    let mut paid = ledger::installments(charged, from, next_day(window.to)).unwrap_or_default();
    paid.retain(|paid| window.covers(paid.day));
    paid
}

fn charge(paid: &Installment, payment: &Payment, currency: Currency, tax: Option<Decimal>) -> Charge {
    let rounded = |amount: &Exact| ledger::format::rounded(amount, currency);
    let own = listed(paid, payment);
    let (list, cost) = (rounded(&own), rounded(&paid.amount));
    let tax = taxed(&list, &cost, tax, currency);
    let full = paid.amount == payment.amount && paid.rule == Rule::Payment;
    let unit = payment.seats.filter(|_| full).and_then(|seats| unit(seats, &list, &cost, currency));
    Charge {
        day: paid.day,
        from: paid.from,
        end: paid.end,
        list,
        cost,
        tax,
        unit,
        note: if paid.credits.is_some() { ", credited: the new price is paid from here on" } else { note(paid.rule) },
        by: By::Quantity,
        credits: paid.credits,
    }
}

fn taxed(list: &Exact, cost: &Exact, tax: Option<Decimal>, currency: Currency) -> Option<Tax> {
    let rounded = |amount: &Exact| ledger::format::rounded(amount, currency);
    tax.filter(|percent| !percent.is_zero()).map(|percent| Tax {
        percent,
        list: rounded(&(list * fraction(percent))),
        cost: rounded(&(cost * fraction(percent))),
    })
}

/// The list price of a payment that may be a part of a full one.
fn listed(paid: &Installment, payment: &Payment) -> Exact {
    match ledger::money::ratio(&paid.amount, &payment.amount) {
        _ if paid.rule == Rule::TermMinimum => paid.amount.clone(),
        Some(share) => &payment.list * share,
        None => payment.list.clone(),
    }
}

/// What one seat costs, where that is a decimal that makes the amounts exactly: a third of a payment is none.
fn unit(seats: u64, list: &Exact, cost: &Exact, currency: Currency) -> Option<Unit> {
    let of_one = |amount: &Exact| {
        let shown: Decimal = display_amount(amount, currency).parse().ok()?;
        let one = shown.checked_div(Decimal::from(seats))?.normalize();
        makes(one, seats, amount).then_some(one)
    };
    Some(Unit { seats, list: of_one(list)?, cost: of_one(cost)? })
}

/// Whether so many at the price are the amount. A decimal's own product would be rounded to its last digit, and a price cut
/// off after that digit would pass.
pub(super) fn makes(one: Decimal, quantity: u64, amount: &Exact) -> bool {
    ledger::money::exact(one) * whole(quantity) == *amount
}

fn note(rule: Rule) -> &'static str {
    match rule {
        Rule::CutInFull | Rule::CutByDays | Rule::CutByStartedMonths | Rule::CutByWholeMonths => {
            ", cut short by the end of the term"
        }
        Rule::TermMinimum => ", what the minimum of the term adds",
        _ => "",
    }
}

/// Parts of an amount in proportion to these numbers; they add up to it.
pub(super) fn shared(amount: &Exact, by: &[u64], currency: Currency) -> Vec<Exact> {
    let all = whole(by.iter().sum());
    let part = |number: &u64| ledger::money::ratio(&(amount * whole(*number)), &all).unwrap_or_else(|| whole(0));
    ledger::format::share_out(&by.iter().map(part).collect::<Vec<_>>(), currency)
}

pub(super) fn next_day(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}
