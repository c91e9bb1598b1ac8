//! Minimum commitments: what is billed at least, for each payment and over the term (spend.md D6).
//! Absent on purpose: how usage is measured.

use num_traits::Zero as _;
use rust_decimal::Decimal;

use crate::money::{Exact, exact};

/// What must be paid at least, whatever is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Commitment {
    /// At each payment.
    pub per_payment: Option<Decimal>,
    /// Over the whole term; what is missing is due with the last payment.
    pub term: Option<Decimal>,
}

impl Commitment {
    /// Whether nothing is committed.
    pub fn is_none(&self) -> bool {
        self.per_payment.is_none() && self.term.is_none()
    }

    /// What must be added to one payment.
    pub fn missing_in_payment(&self, payment: &Exact) -> Exact {
        missing(self.per_payment, payment)
    }

    /// What must be added to all payments of a term.
    pub fn missing_in_term(&self, payments: &Exact) -> Exact {
        missing(self.term, payments)
    }
}

fn missing(least: Option<Decimal>, paid: &Exact) -> Exact {
    least.map(|least| exact(least) - paid).filter(|missing| *missing > Exact::zero()).unwrap_or_else(Exact::zero)
}
