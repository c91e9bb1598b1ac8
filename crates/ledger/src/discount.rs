//! Discounts, always in the same order: percentages as listed, then fixed amounts as listed (spend.md D6).
//! Absent on purpose: tax, which comes after and stays apart.

use num_traits::Zero as _;
use rust_decimal::Decimal;

use crate::money::{Exact, exact};
use crate::percent::fraction;

/// A discount of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    /// What it is given for, may be empty.
    pub name: String,
    /// How much it takes off.
    pub off: Off,
}

/// How much a discount takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// A percentage of what the discounts before it left.
    PercentOfRest(Decimal),
    /// A percentage of the list price.
    PercentOfList(Decimal),
    /// An amount off each payment.
    Fixed(Decimal),
}

/// One discount as it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The discount.
    pub discount: Discount,
    /// What it took off.
    pub off: Exact,
    /// What it left: never less than nothing.
    pub rest: Exact,
}

/// The discounts in the order in which they are taken.
pub fn in_order(discounts: &[Discount]) -> impl Iterator<Item = &Discount> {
    let fixed = |discount: &&Discount| matches!(discount.off, Off::Fixed(_));
    let percentages = discounts.iter().filter(move |discount| !fixed(discount));
    percentages.chain(discounts.iter().filter(fixed))
}

/// Takes the discounts off the list price, in their order.
pub fn take(list: &Exact, discounts: &[Discount]) -> Vec<Taken> {
    let mut rest = list.clone();
    let mut taken = Vec::with_capacity(discounts.len());
    for discount in in_order(discounts) {
        let wanted = match discount.off {
            Off::PercentOfRest(percent) => &rest * fraction(percent),
            Off::PercentOfList(percent) => list * fraction(percent),
            Off::Fixed(amount) => exact(amount),
        };
        let off = if wanted > rest { rest.clone() } else { wanted };
        rest -= &off;
        if rest.is_negative() {
            rest = Exact::zero();
        }
        taken.push(Taken { discount: discount.clone(), off, rest: rest.clone() });
    }
    taken
}
