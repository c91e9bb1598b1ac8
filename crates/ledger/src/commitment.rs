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

/// One billed period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BilledPeriod {
    /// What was used.
    pub usage: Exact,
    /// What is billed: usage and shortfall.
    pub billed: Exact,
    /// What the commitment adds to the usage.
    pub shortfall: Exact,
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

    /// Bills the usage of every period of a term: each at least at its minimum, the last one with all that the term's
    /// commitment still misses.
    pub fn settle(&self, usage: &[Exact]) -> Vec<BilledPeriod> {
        let mut sum = Exact::zero();
        let last = usage.len().checked_sub(1);
        let period = |(index, usage): (usize, &Exact)| {
            let mut shortfall = self.missing_in_payment(usage);
            if Some(index) == last {
                // What the term still misses counts from the usage: it stands in for the period's own minimum.
                shortfall = shortfall.max(self.missing_in_term(&(&sum + usage)));
            }
            let billed = usage + &shortfall;
            sum += &billed;
            BilledPeriod { usage: usage.clone(), billed, shortfall }
        };
        usage.iter().enumerate().map(period).collect()
    }
}

fn missing(least: Option<Decimal>, paid: &Exact) -> Exact {
    least.map(|least| exact(least) - paid).filter(|missing| *missing > Exact::zero()).unwrap_or_else(Exact::zero)
}
