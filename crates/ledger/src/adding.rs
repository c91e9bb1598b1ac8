//! Adds many fractions at once, exactly. Absent on purpose: rounding.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero as _;

use crate::money::Exact;

/// The sum of all.
pub(crate) fn sum<'a>(amounts: impl IntoIterator<Item = &'a Exact>) -> Exact {
    let mut total = Total::default();
    for amount in amounts {
        total.add(amount);
    }
    total.into_exact()
}

/// A sum of fractions: those over the same number are added first, so that the fraction is shortened only a few times.
#[derive(Debug, Default)]
pub(crate) struct Total(BTreeMap<BigInt, BigInt>);

impl Total {
    pub fn add(&mut self, amount: &Exact) {
        if amount.is_zero() {
            return;
        }
        match self.0.get_mut(amount.denom()) {
            Some(over) => *over += amount.numer(),
            None => drop(self.0.insert(amount.denom().clone(), amount.numer().clone())),
        }
    }

    pub fn into_exact(self) -> Exact {
        self.0.into_iter().map(|(over, sum)| Exact::new(sum, over)).sum()
    }
}
