//! The payments of a purchase as charges: what is paid on which day for which days.
//! Absent on purpose: columns, and amounts of the ledger's that are no payments, such as an annual average.

use jiff::civil::Date;
use ledger::{Exact, Frequency, Per, Purchase, Quantity, TermTotal};
use thiserror::Error;

/// The days that payments may fall on, both included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Window {
    fn covers(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Charge {
    /// The first day that is paid for, and the day of the payment.
    pub(super) from: Date,
    /// The day after the last one.
    pub(super) end: Date,
    /// What is paid, in the purchase's currency, with its decimals.
    pub(super) cost: String,
    /// The price of one of `quantity`.
    pub(super) unit_price: String,
    /// How many of `unit_price` make the cost, exactly.
    pub(super) quantity: u32,
    /// Whether the end of the term cuts the period short.
    pub(super) cut: bool,
}

/// Why a purchase has no charges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum NoCharges {
    #[error("its price is not known")]
    UnknownPrice,
    #[error("its seats are unlimited at a price per unit, so no payment is known beforehand")]
    UnlimitedUnits,
}

/// The payments that fall into the window.
pub(super) fn charges(purchase: &Purchase, window: Window) -> Result<Vec<Charge>, NoCharges> {
    let annual = ledger::annualised(purchase).ok_or(NoCharges::UnknownPrice)?;
    let payment = annual.payment.ok_or(NoCharges::UnlimitedUnits)?;
    let all = match (ledger::term_total(purchase), purchase.frequency.months()) {
        (_, None) => vec![once(purchase, &payment)],
        (Some(total), Some(months)) => of_term(purchase, &total, months),
        (None, Some(months)) => open_ended(purchase, &payment, months, window),
    };
    Ok(all.into_iter().filter(|charge| window.covers(charge.from)).collect())
}

/// A single payment is for its term; without an end it is for its day.
fn once(purchase: &Purchase, payment: &Exact) -> Charge {
    let from = purchase.term.from;
    full(purchase, payment, from, purchase.term.end.unwrap_or_else(|| next_day(from)))
}

fn of_term(purchase: &Purchase, total: &TermTotal, months: u8) -> Vec<Charge> {
    let mut charges: Vec<Charge> =
        (0..total.full_payments).map(|number| period(purchase, &total.payment, months, number)).collect();
    charges.extend(total.cut.as_ref().map(|cut| {
        let cost = ledger::display_amount(&(&total.payment * &cut.share), purchase.currency);
        Charge { from: cut.from, end: cut.end, unit_price: cost.clone(), cost, quantity: 1, cut: true }
    }));
    charges
}

fn open_ended(purchase: &Purchase, payment: &Exact, months: u8, window: Window) -> Vec<Charge> {
    let periods = (0..).map(|number| period(purchase, payment, months, number));
    periods.take_while(|charge| charge.from <= window.to && charge.from < charge.end).collect()
}

fn period(purchase: &Purchase, payment: &Exact, months: u8, number: u32) -> Charge {
    let start = |number| ledger::nth_date(purchase.term.from, months, number);
    full(purchase, payment, start(number), start(number.saturating_add(1)))
}

fn full(purchase: &Purchase, payment: &Exact, from: Date, end: Date) -> Charge {
    let cost = ledger::display_amount(payment, purchase.currency);
    let (unit_price, quantity) = match (purchase.price, purchase.quantity) {
        (Some(price), Quantity::Seats(seats)) if price.per == Per::Unit => (price.amount.to_string(), seats),
        _ => (cost.clone(), 1),
    };
    Charge { from, end, cost, unit_price, quantity, cut: false }
}

pub(super) fn next_day(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

/// Whether the payments are the use of a month rather than something bought for longer (spend.md D9).
pub(super) fn is_usage(purchase: &Purchase) -> bool {
    purchase.frequency == Frequency::Monthly
}
