//! New purchases from old ones: renewed, duplicated, or added to end together. They have no id until they are stored.
//! Absent on purpose: storing; the old purchase stays as it is.

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::calendar::{days_between, months_after, whole_months};
use crate::commitment::Commitment;
use crate::conditions::Conditions;
use crate::contract::{Contract, Origin};
use crate::day::day_text;
use crate::discount::{Discount, Off};
use crate::format::{count, counted};
use crate::money::{Currency, Exact, exact, whole};
use crate::overage::{Overage, OverageFrom, OverageRate};
use crate::packs::Packs;
use crate::percent::plus;
use crate::purchase::{Per, Price, Purchase, PurchaseId, Quantity, Term};
use crate::shape::Shape;

/// An amount with more decimals is not written out.
const MOST_DIGITS: u32 = 9;

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
    /// The seats are part of what is sold already.
    #[error("The {} that are sold are enough for {}: raise the quantity of the purchase instead, it costs nothing more.", counted(*.sold, "seat", "seats"), count(*.need))]
    Sold {
        /// Seats that are sold.
        sold: u64,
        /// Seats that would be needed.
        need: u64,
    },
    /// Another purchase has taken over within the term.
    #[error("Its price changed within the term: add the seats to the purchase that continues it.")]
    GoesOn,
    /// No seats at all.
    #[error("At least 1 seat must be added.")]
    NoSeats,
}

/// The purchase that follows: a term of the same length from its end, with the seats that are planned for it, at its price
/// with the uplift in percent.
pub fn renewed(purchase: &Purchase, uplift: Option<Decimal>) -> Result<Purchase, RenewError> {
    let renewed = as_planned(nth_renewal(purchase, 1).ok_or(RenewError::OpenEnded)?);
    Ok(match uplift.filter(|uplift| !uplift.is_zero()) {
        Some(uplift) => uplifted(renewed, uplift),
        None => renewed,
    })
}

/// The purchase in the `k`-th term after its own, at its prices; `None` while it is open-ended. Where it is a part of a
/// contract, the whole contract is renewed.
pub(crate) fn nth_renewal(purchase: &Purchase, k: u32) -> Option<Purchase> {
    let before = purchase.contract_term();
    let term = nth_term(&before, k)?;
    let mut next = Purchase { id: PurchaseId(0), term, ..purchase.clone() };
    next.conditions.contract = None;
    if let Some(Overage { charged: OverageFrom::TrueUp(day), .. }) = &mut next.conditions.overage {
        *day = as_far_from(*day, before.from, term.from);
    }
    true_up_within(&mut next);
    Some(next)
}

/// The purchase with the seats that are planned for its renewal: then the plan is carried out.
pub(crate) fn as_planned(purchase: Purchase) -> Purchase {
    let mut planned = match (purchase.conditions.renewal.seats, purchase.quantity) {
        (Some(seats), Quantity::Seats(now)) if seats != now => with_seats(&purchase, seats),
        _ => purchase,
    };
    planned.conditions.renewal.seats = None;
    planned
}

/// The day that lies as far from the second date as this one does from the first, by months where those are whole ones.
fn as_far_from(day: Date, old: Date, new: Date) -> Date {
    let months = whole_months(old, new);
    if months_after(old, months) == new {
        return months_after(day, months);
    }
    Span::new().try_days(days_between(old, new)).map_or(day, |span| day.saturating_add(span))
}

/// Moves a true-up date that lies outside of the term to its nearest day.
fn true_up_within(purchase: &mut Purchase) {
    let (from, last) = (purchase.term.from, purchase.last_day().unwrap_or(Date::MAX));
    if let Some(Overage { charged: OverageFrom::TrueUp(day), .. }) = &mut purchase.conditions.overage {
        *day = (*day).min(last).max(from);
    }
}

/// The same purchase once more.
pub fn duplicated(purchase: &Purchase) -> Purchase {
    Purchase { id: PurchaseId(0), ..purchase.clone() }
}

/// More seats of the same purchase, from the day to the same end: they are paid on its days, the rest of the running period
/// by days, and cost what the whole costs more with them.
pub fn co_terminated(purchase: &Purchase, from: Date, seats: u32) -> Result<Purchase, RenewError> {
    if seats == 0 {
        return Err(RenewError::NoSeats);
    }
    if !purchase.term.covers(from) {
        let last = purchase.last_day().unwrap_or(Date::MAX);
        return Err(RenewError::OutsideTerm { day: from, from: purchase.term.from, last });
    }
    if purchase.goes_on() {
        return Err(RenewError::GoesOn);
    }
    let mut added = more_seats(purchase, seats)?;
    added.id = PurchaseId(0);
    added.term.from = from;
    // What is planned is planned for the whole.
    added.conditions.renewal.seats = None;
    // So is what is agreed for accounts beyond the seats: the purchase charges for them, once and for all of its days.
    added.conditions.overage = None;
    let origin = Some(Origin { from, ..purchase.origin() });
    let contract = purchase.contract_term().from;
    added.conditions.contract = Some(Contract { from: contract, later: None, others: None, origin });
    Ok(added)
}

/// The seats alone, at the price that the whole costs more with them. Its minimums stay with the purchase.
fn more_seats(purchase: &Purchase, seats: u32) -> Result<Purchase, RenewError> {
    let conditions = &purchase.conditions;
    let fixed = conditions.discounts.iter().any(|discount| matches!(discount.off, Off::Fixed(_)));
    let each_alike = conditions.shape == Shape::Flat
        && conditions.packs == Packs::Single
        && !fixed
        && conditions.commitment.per_payment.is_none();
    let Quantity::Seats(before) = purchase.quantity else { return Ok(with_seats(purchase, seats)) };
    if each_alike {
        let mut added = with_seats(purchase, seats);
        added.conditions.commitment = Commitment::default();
        return Ok(added);
    }
    let need = before.saturating_add(seats);
    let whole = grown_lot(purchase, need);
    let sold = purchase.seats().unwrap_or_default();
    let more = whole.seats().unwrap_or_default().saturating_sub(sold);
    let Some(more) = u32::try_from(more).ok().filter(|more| *more > 0) else {
        return Err(RenewError::Sold { sold, need: need.into() });
    };
    let price = purchase
        .payment()
        .zip(whole.payment())
        .map(|(now, then)| Price { amount: as_decimal(&(then.amount - now.amount), purchase.currency), per: Per::Lot });
    let conditions = Conditions {
        shape: Shape::Flat,
        packs: Packs::Single,
        discounts: Vec::new(),
        commitment: Commitment::default(),
        ..conditions.clone()
    };
    Ok(Purchase { quantity: Quantity::Seats(more), price, conditions, ..purchase.clone() })
}

/// The purchase for another number of seats: a price for the lot grows with them, all else is as agreed.
fn grown_lot(purchase: &Purchase, seats: u32) -> Purchase {
    let price = with_seats(purchase, seats).price;
    Purchase { quantity: Quantity::Seats(seats), price, ..purchase.clone() }
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

/// The purchase with another number of seats: a price for the lot, and fixed discounts, grow with them. Its minimums stay as
/// agreed: they are there to limit what fewer seats save.
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
    rounded_to(&(exact(amount) * factor), digits).unwrap_or(amount)
}

/// The amount as a decimal: exactly where it is one, otherwise rounded half up to the currency's minor unit.
fn as_decimal(amount: &Exact, currency: Currency) -> Decimal {
    let minor = u32::from(currency.minor_digits());
    let exactly =
        (minor..MOST_DIGITS).filter_map(|digits| rounded_to(amount, digits)).find(|one| exact(*one) == *amount);
    exactly.or_else(|| rounded_to(amount, minor)).unwrap_or_default()
}

fn rounded_to(amount: &Exact, digits: u32) -> Option<Decimal> {
    let units = amount * whole(10u64.saturating_pow(digits));
    let minor = (units + Exact::new(1, 2)).floor().to_integer();
    Decimal::try_from_i128_with_scale(i128::try_from(minor).ok()?, digits).ok()
}
