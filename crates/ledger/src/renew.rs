//! New purchases from old ones: renewed, duplicated, or added to end together. They have no id until they are stored.
//! Absent on purpose: storing; the old purchase stays as it is.

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::calendar::{days_between, months_after, whole_months};
use crate::day::day_text;
use crate::discount::{Discount, Off};
use crate::money::{Currency, Exact, exact, whole};
use crate::overage::{Overage, OverageRate};
use crate::percent::plus;
use crate::purchase::{Per, Price, Proration, Purchase, PurchaseId, Quantity, Term};
use crate::shape::Shape;

/// Why no new purchase can be made; a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RenewError {
    /// Nothing to renew.
    #[error("It has no end, so there is nothing to renew: end it first, or change its price from a day on.")]
    OpenEnded,
    /// The added seats would start outside of the term.
    #[error("{} is not a day of the term: choose one from {} to {}.", day_text(*.day), day_text(*.from), day_text(*.last))]
    OutsideTerm {
        /// The day as given.
        day: Date,
        /// The term's first day.
        from: Date,
        /// The term's last day.
        last: Date,
    },
    /// No seats at all.
    #[error("At least 1 seat must be added.")]
    NoSeats,
}

/// The purchase that follows: a term of the same length from its end, at its price with the uplift in percent.
pub fn renewed(purchase: &Purchase, uplift: Option<Decimal>) -> Result<Purchase, RenewError> {
    let term = nth_term(&purchase.term, 1).ok_or(RenewError::OpenEnded)?;
    let renewed = Purchase { id: PurchaseId(0), term, ..purchase.clone() };
    Ok(match uplift.filter(|uplift| !uplift.is_zero()) {
        Some(uplift) => uplifted(renewed, uplift),
        None => renewed,
    })
}

/// The same purchase once more.
pub fn duplicated(purchase: &Purchase) -> Purchase {
    Purchase { id: PurchaseId(0), ..purchase.clone() }
}

/// More seats of the same purchase, from the day to the same end; the cut period is charged by days.
pub fn co_terminated(purchase: &Purchase, from: Date, seats: u32) -> Result<Purchase, RenewError> {
    if seats == 0 {
        return Err(RenewError::NoSeats);
    }
    if !purchase.term.covers(from) {
        let last = purchase.last_day().unwrap_or(Date::MAX);
        return Err(RenewError::OutsideTerm { day: from, from: purchase.term.from, last });
    }
    let term = Term { from, ..purchase.term };
    let added = Purchase { id: PurchaseId(0), term, proration: Proration::Daily, ..purchase.clone() };
    Ok(with_seats(&added, seats))
}

/// The `k`-th term of the same length, counted from the first day of this one; `None` while it is open-ended.
pub(crate) fn nth_term(term: &Term, k: u32) -> Option<Term> {
    let end = term.end?;
    let months = whole_months(term.from, end);
    let nth = |k: u32| {
        if months > 0 && months_after(term.from, months) == end {
            return months_after(term.from, months.saturating_mul(k));
        }
        let days = days_between(term.from, end).saturating_mul(k.into());
        Span::new().try_days(days).map_or(Date::MAX, |span| term.from.saturating_add(span))
    };
    Some(Term { from: nth(k), end: Some(nth(k.saturating_add(1))) })
}

/// The purchase with another number of seats: a price for the lot, and fixed amounts, grow with them.
pub(crate) fn with_seats(purchase: &Purchase, seats: u32) -> Purchase {
    let mut changed = Purchase { quantity: Quantity::Seats(seats), ..purchase.clone() };
    let Quantity::Seats(before @ 1..) = purchase.quantity else { return changed };
    let share = whole(seats.into()) / whole(before.into());
    let grown = |amount: Decimal| scaled(amount, &share, purchase.currency);
    if let (Shape::Flat, Some(Price { amount, per: Per::Lot })) = (&purchase.conditions.shape, purchase.price) {
        changed.price = Some(Price { amount: grown(amount), per: Per::Lot });
    }
    for discount in &mut changed.conditions.discounts {
        if let Off::Fixed(amount) = discount.off {
            *discount = Discount { off: Off::Fixed(grown(amount)), ..discount.clone() };
        }
    }
    changed.conditions.commitment.per_payment = changed.conditions.commitment.per_payment.map(grown);
    changed.conditions.commitment.term = changed.conditions.commitment.term.map(grown);
    changed
}

/// The purchase at its prices with the percentage on top: fixed discounts and minimums stay as agreed.
pub(crate) fn uplifted(mut purchase: Purchase, percent: Decimal) -> Purchase {
    let factor = plus(&whole(1), percent);
    let currency = purchase.currency;
    let raised = |amount: Decimal| scaled(amount, &factor, currency);
    purchase.price = purchase.price.map(|price| Price { amount: raised(price.amount), ..price });
    let shape = match purchase.conditions.shape {
        Shape::Flat => Shape::Flat,
        Shape::Graduated(tiers) => Shape::Graduated(tiers.repriced(raised)),
        Shape::Volume(tiers) => Shape::Volume(tiers.repriced(raised)),
        Shape::BaseFee { included, unit } => Shape::BaseFee { included, unit: raised(unit) },
    };
    purchase.conditions.shape = shape;
    if let Some(Overage { rate: OverageRate::Own(price), .. }) = &mut purchase.conditions.overage {
        *price = raised(*price);
    }
    purchase
}

/// The amount times the factor, rounded half up to the currency's minor unit, or to the amount's own decimals where
/// those are more.
fn scaled(amount: Decimal, factor: &Exact, currency: Currency) -> Decimal {
    let digits = amount.normalize().scale().max(currency.minor_digits().into());
    let power = 10u64.saturating_pow(digits);
    let units = exact(amount) * factor * whole(power);
    let minor = (units + Exact::new(1, 2)).floor().to_integer();
    let Ok(minor) = i128::try_from(minor) else { return amount };
    Decimal::try_from_i128_with_scale(minor, digits).unwrap_or(amount)
}
