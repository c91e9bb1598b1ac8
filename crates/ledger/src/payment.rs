//! One payment, step by step: list price, discounts in their order, the minimum, and the tax, which stays apart.
//! Absent on purpose: how often it is paid; `annual`, `term` and `installments` know.

use num_traits::Zero as _;

use crate::conditions::{Conditions, OncePolicy};
use crate::discount::{Off, Taken, take};
use crate::money::{Exact, exact, ratio, whole};
use crate::percent::{fraction, less};
use crate::purchase::{Frequency, Per, Price, Proration, Purchase, Quantity, Term};
use crate::shape::Shape;

/// The parts of a purchase that make its cost.
#[derive(Debug, Clone, Copy)]
pub struct Charged<'a> {
    /// How many seats.
    pub quantity: Quantity,
    /// What is paid; `None` while unknown, or where the tiers hold the prices.
    pub price: Option<Price>,
    /// How often.
    pub frequency: Frequency,
    /// When it is in force; `None` while that is not known.
    pub term: Option<Term>,
    /// How a cut period is charged.
    pub proration: Proration,
    /// The conditions.
    pub conditions: &'a Conditions,
}

impl<'a> From<&'a Purchase> for Charged<'a> {
    fn from(purchase: &'a Purchase) -> Self {
        Self {
            quantity: purchase.quantity,
            price: purchase.price,
            frequency: purchase.frequency,
            term: Some(purchase.term),
            proration: purchase.proration,
            conditions: &purchase.conditions,
        }
    }
}

/// One payment for the whole quantity. Amounts are exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Seats that are paid for; `None` when unlimited.
    pub seats: Option<u64>,
    /// The list price.
    pub list: Exact,
    /// The discounts as they were taken.
    pub discounts: Vec<Taken>,
    /// After discounts.
    pub net: Exact,
    /// What the minimum adds.
    pub shortfall: Exact,
    /// What is paid before tax: after discounts, with the shortfall.
    pub amount: Exact,
    /// Tax on it.
    pub tax: Exact,
}

impl Payment {
    /// What the contract saves against the list price: List − Contracted.
    pub fn saving(&self) -> Exact {
        &self.list - &self.net
    }
}

impl Charged<'_> {
    /// Whether a price is known.
    pub fn is_priced(&self) -> bool {
        self.price.is_some() || self.conditions.shape.has_own_prices()
    }

    /// Seats that are paid for: the quantity, rounded up to what is sold; `None` when unlimited.
    pub fn seats(&self) -> Option<u64> {
        match self.quantity {
            Quantity::Seats(seats) => Some(self.conditions.packs.sold(seats.into())),
            Quantity::Unlimited => None,
        }
    }

    /// What one payment costs; `None` while unknown, or where it depends on the accounts.
    pub fn payment(&self) -> Option<Payment> {
        let seats = self.seats();
        let list = match (seats, &self.conditions.shape, self.price) {
            (Some(seats), shape, price) => shape.list(price, seats)?,
            (None, Shape::Flat, Some(Price { amount, per: Per::Lot })) => exact(amount),
            (None, _, _) => return None,
        };
        let discounts = take(&list, &self.conditions.discounts);
        let net = discounts.last().map_or_else(|| list.clone(), |last| last.rest.clone());
        let shortfall = self.conditions.commitment.missing_in_payment(&net);
        let amount = &net + &shortfall;
        let tax = self.conditions.tax.map_or_else(Exact::zero, |tax| &amount * fraction(tax));
        Some(Payment { seats, list, discounts, net, shortfall, amount, tax })
    }

    /// What one seat costs at each payment, after discounts; `None` while unknown or not per seat.
    pub fn unit(&self) -> Option<Exact> {
        match (self.seats(), &self.conditions.shape, self.price) {
            (Some(0) | None, Shape::Flat, Some(Price { amount, per: Per::Unit })) => {
                Some(self.after_percentages(&exact(amount)))
            }
            (Some(seats), _, _) => ratio(&self.payment()?.amount, &whole(seats)),
            (None, _, _) => None,
        }
    }

    /// A fixed discount of a payment says nothing about one seat of unlimited ones.
    fn after_percentages(&self, list: &Exact) -> Exact {
        let mut rest = list.clone();
        for discount in &self.conditions.discounts {
            rest = match discount.off {
                Off::PercentOfRest(percent) => less(&rest, percent),
                Off::PercentOfList(percent) => rest - list * fraction(percent),
                Off::Fixed(_) => rest,
            };
        }
        rest.max(Exact::zero())
    }

    /// How a price that is paid once is spread.
    pub fn once(&self) -> OncePolicy {
        self.conditions.once
    }
}

impl Purchase {
    /// Seats that are paid for: the quantity, rounded up to what is sold; `None` when unlimited.
    pub fn seats(&self) -> Option<u64> {
        Charged::from(self).seats()
    }

    /// Whether its price is known.
    pub fn is_priced(&self) -> bool {
        Charged::from(self).is_priced()
    }

    /// What one payment costs; `None` while unknown, or where it depends on the accounts.
    pub fn payment(&self) -> Option<Payment> {
        Charged::from(self).payment()
    }
}
