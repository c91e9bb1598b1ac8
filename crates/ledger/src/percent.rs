//! Percentages as exact fractions. Absent on purpose: what they are taken of.

use rust_decimal::Decimal;

use crate::money::{Exact, exact, whole};

/// 7.5 % as 3/40.
pub fn fraction(percent: Decimal) -> Exact {
    exact(percent) / whole(100)
}

/// What is left after taking the percentage off.
pub fn less(amount: &Exact, percent: Decimal) -> Exact {
    amount * (whole(1) - fraction(percent))
}

/// The amount with the percentage on top.
pub fn plus(amount: &Exact, percent: Decimal) -> Exact {
    amount * (whole(1) + fraction(percent))
}

/// "7.5%".
pub fn percent_text(percent: Decimal) -> String {
    format!("{}%", percent.normalize())
}
