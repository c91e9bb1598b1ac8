//! Adds many fractions at once, exactly. Absent on purpose: rounding.

use std::collections::BTreeMap;

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
pub(crate) struct Total {
    /// What is above each number.
    over: BTreeMap<i64, i128>,
    /// Those that are not native.
    rest: Exact,
}

impl Total {
    pub fn add(&mut self, amount: &Exact) {
        if amount.is_zero() {
            return;
        }
        let Some((numer, denom)) = amount.native() else {
            self.rest += amount;
            return;
        };
        let sum = self.over.entry(denom).or_default();
        match sum.checked_add(numer.into()) {
            Some(more) => *sum = more,
            None => self.rest += amount,
        }
    }

    pub fn into_exact(self) -> Exact {
        self.over.into_iter().map(|(over, sum)| Exact::of(sum, over.into())).fold(self.rest, |sum, part| sum + part)
    }
}
