//! Exact fractions: over native numbers as long as they fit, which nearly all amounts do, else over big ones.
//! Absent on purpose: floats, and any limit.
#![expect(clippy::arithmetic_side_effects, reason = "two products of 64-bit numbers fit into 128 bits; big ones grow")]

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{Signed as _, ToPrimitive as _, Zero};

/// An exact amount without a currency: a fraction, because 18 months make 2/3 of a year.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Kept);

/// Shortened, over a positive number, and native whenever it fits: so equal fractions are kept equally.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Kept {
    /// Neither is the smallest number there is, so that signs can be changed.
    Native(i64, i64),
    Big(Box<BigRational>),
}

impl Exact {
    /// `numer ÷ denom`; `denom` is not 0.
    pub fn new(numer: i64, denom: i64) -> Self {
        Self::of(numer.into(), denom.into())
    }

    /// A whole number.
    pub fn from_integer(number: i64) -> Self {
        Self::of(number.into(), 1)
    }

    /// `numer ÷ denom`; `denom` is not 0.
    pub(crate) fn of(numer: i128, denom: i128) -> Self {
        let shared = match (i64::try_from(numer), i64::try_from(denom)) {
            (Ok(numer), Ok(denom)) => i128::from(numer.unsigned_abs().gcd(&denom.unsigned_abs())),
            _ => numer.gcd(&denom),
        };
        if shared > 1 && denom > 0 {
            Self::shortened(numer / shared, denom / shared)
        } else {
            Self::unsure(numer, denom)
        }
    }

    /// Nothing to shorten, unless the sign stands below.
    fn unsure(numer: i128, denom: i128) -> Self {
        if denom > 0 { Self::shortened(numer, denom) } else { Self::big(BigRational::new(numer.into(), denom.into())) }
    }

    fn shortened(numer: i128, denom: i128) -> Self {
        match (i64::try_from(numer), i64::try_from(denom)) {
            (Ok(numer), Ok(denom)) if numer > i64::MIN => Self(Kept::Native(numer, denom)),
            _ => Self(Kept::Big(Box::new(BigRational::new_raw(numer.into(), denom.into())))),
        }
    }

    fn big(fraction: BigRational) -> Self {
        match (fraction.numer().to_i64(), fraction.denom().to_i64()) {
            (Some(numer), Some(denom)) if numer > i64::MIN => Self(Kept::Native(numer, denom)),
            _ => Self(Kept::Big(Box::new(fraction))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Kept::Native(numer, denom) => BigRational::new_raw((*numer).into(), (*denom).into()),
            Kept::Big(fraction) => (**fraction).clone(),
        }
    }

    /// Both numbers, where they are native.
    pub(crate) fn native(&self) -> Option<(i64, i64)> {
        match self.0 {
            Kept::Native(numer, denom) => Some((numer, denom)),
            Kept::Big(_) => None,
        }
    }

    /// Whether it is less than nothing.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Kept::Native(numer, _) => *numer < 0,
            Kept::Big(fraction) => fraction.is_negative(),
        }
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Kept::Native(_, denom) => *denom == 1,
            Kept::Big(fraction) => fraction.is_integer(),
        }
    }

    /// The next whole number below, and what is left.
    pub(crate) fn split(&self) -> (Self, Self) {
        match &self.0 {
            // What is left has nothing in common with the denominator either.
            Kept::Native(numer, denom) => {
                let (below, left) = numer.div_mod_floor(denom);
                (Self(Kept::Native(below, 1)), Self(Kept::Native(left, if left == 0 { 1 } else { *denom })))
            }
            Kept::Big(fraction) => {
                let below = fraction.floor();
                (Self::big(below.clone()), Self::big(&**fraction - below))
            }
        }
    }

    /// The next whole number below.
    #[must_use]
    pub fn floor(&self) -> Self {
        self.split().0
    }

    /// The next whole number above.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self::big(self.to_big().ceil())
    }

    /// The whole number in it, towards 0.
    #[must_use]
    pub fn trunc(&self) -> Self {
        Self::big(self.to_big().trunc())
    }

    /// What is left without the whole number in it.
    #[must_use]
    pub fn fract(&self) -> Self {
        Self::big(self.to_big().fract())
    }

    /// The whole number in it, towards 0.
    pub fn to_integer(&self) -> BigInt {
        self.to_big().to_integer()
    }

    fn plus(&self, other: &Self, sign: i64) -> Self {
        let (Some((a, b)), Some((c, d))) = (self.native(), other.native()) else {
            let other = other.to_big();
            return Self::big(if sign < 0 { self.to_big() - other } else { self.to_big() + other });
        };
        let c = i128::from(sign * c);
        if b == d {
            return Self::of(i128::from(a) + c, b.into());
        }
        let shared = b.gcd(&d);
        let (left, right) = (b / shared, d / shared);
        let sum = i128::from(a) * i128::from(right) + c * i128::from(left);
        // Only what both were over can be shortened (Knuth, The Art of Computer Programming, 4.5.1).
        let rest = i64::try_from(sum % i128::from(shared)).unwrap_or_default();
        let again = rest.gcd(&shared);
        Self::shortened(sum / i128::from(again), i128::from(left) * i128::from(d / again))
    }

    fn times(&self, other: &Self) -> Self {
        let (Some((a, b)), Some((c, d))) = (self.native(), other.native()) else {
            return Self::big(self.to_big() * other.to_big());
        };
        let shared = |numer: i64, denom: i64| if denom == 1 { 1 } else { numer.gcd(&denom) };
        let (one, two) = (shared(a, d), shared(c, b));
        Self::shortened(i128::from(a / one) * i128::from(c / two), i128::from(b / two) * i128::from(d / one))
    }

    fn over(&self, other: &Self) -> Self {
        match other.native() {
            Some((numer, denom)) if numer != 0 => self.times(&Self(Kept::Native(denom * numer.signum(), numer.abs()))),
            _ => Self::big(self.to_big() / other.to_big()),
        }
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self(Kept::Native(0, 1))
    }
}

impl From<i64> for Exact {
    fn from(number: i64) -> Self {
        Self::from_integer(number)
    }
}

impl Zero for Exact {
    fn zero() -> Self {
        Self::default()
    }

    fn is_zero(&self) -> bool {
        matches!(self.0, Kept::Native(0, _))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.native(), other.native()) {
            (Some((a, b)), Some((c, d))) => (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b))),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kept::Native(numer, 1) => write!(formatter, "{numer}"),
            Kept::Native(numer, denom) => write!(formatter, "{numer}/{denom}"),
            Kept::Big(fraction) => fraction.fmt(formatter),
        }
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Neg for &Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        match &self.0 {
            Kept::Native(numer, denom) => Exact(Kept::Native(-numer, *denom)),
            Kept::Big(fraction) => Exact::big(-(**fraction).clone()),
        }
    }
}

impl Neg for Exact {
    type Output = Self;

    fn neg(self) -> Self {
        -&self
    }
}

/// The four ways to hand two fractions to an operator.
macro_rules! operator {
    ($trait:ident, $name:ident, $work:expr) => {
        impl $trait<&Exact> for &Exact {
            type Output = Exact;
            fn $name(self, other: &Exact) -> Exact {
                $work(self, other)
            }
        }
        impl $trait<Exact> for &Exact {
            type Output = Exact;
            fn $name(self, other: Exact) -> Exact {
                $work(self, &other)
            }
        }
        impl $trait<&Exact> for Exact {
            type Output = Exact;
            fn $name(self, other: &Exact) -> Exact {
                $work(&self, other)
            }
        }
        impl $trait<Exact> for Exact {
            type Output = Exact;
            fn $name(self, other: Exact) -> Exact {
                $work(&self, &other)
            }
        }
    };
}

operator!(Add, add, |one: &Exact, other| one.plus(other, 1));
operator!(Sub, sub, |one: &Exact, other| one.plus(other, -1));
operator!(Mul, mul, Exact::times);
operator!(Div, div, Exact::over);

impl AddAssign<&Self> for Exact {
    fn add_assign(&mut self, other: &Self) {
        *self = self.plus(other, 1);
    }
}

impl AddAssign for Exact {
    fn add_assign(&mut self, other: Self) {
        *self += &other;
    }
}

impl SubAssign<&Self> for Exact {
    fn sub_assign(&mut self, other: &Self) {
        *self = self.plus(other, -1);
    }
}

impl MulAssign<&Self> for Exact {
    fn mul_assign(&mut self, other: &Self) {
        *self = self.times(other);
    }
}

impl<'a> Sum<&'a Self> for Exact {
    fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), |sum, amount| sum + amount)
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), |sum, amount| sum + amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDS: [i64; 12] = [0, 1, -1, 2, -3, 365, 1_000_003, -6_700_417, i64::MAX, -i64::MAX, i64::MAX - 58, i64::MIN];

    fn all() -> Vec<(Exact, BigRational)> {
        let pairs = ENDS.iter().flat_map(|numer| ENDS.iter().map(move |denom| (*numer, *denom)));
        pairs
            .filter(|(_, denom)| *denom != 0)
            .map(|(numer, denom)| (Exact::new(numer, denom), BigRational::new(numer.into(), denom.into())))
            .collect()
    }

    /// Kept as the same fraction that is reached otherwise is kept: native whenever it fits.
    fn same(found: &Exact, expected: &BigRational, what: &str) {
        assert_eq!(found.to_big(), *expected, "{what}");
        assert_eq!(*found, Exact::big(expected.clone()), "{what}: kept in one way only");
        assert_eq!(found.to_string(), expected.to_string(), "{what}");
    }

    #[test]
    fn native_numbers_calculate_as_big_ones_up_to_their_ends_and_beyond() {
        for (one, big) in all() {
            same(&one, &big, "made");
            same(&-&one, &-&big, "negated");
            same(&one.abs(), &big.abs(), "without its sign");
            same(&one.floor(), &big.floor(), "floor");
            same(&one.ceil(), &big.ceil(), "ceiling");
            same(&one.split().1, &(&big - big.floor()), "what is left");
            same(&(one.trunc() + one.fract()), &big, "whole and rest");
            assert_eq!((one.is_zero(), one.is_negative()), (big.is_zero(), big.is_negative()));
            for (other, other_big) in all() {
                same(&(&one + &other), &(&big + &other_big), "sum");
                same(&(&one - &other), &(&big - &other_big), "difference");
                same(&(&one * &other), &(&big * &other_big), "product");
                if !other.is_zero() {
                    same(&(&one / &other), &(&big / &other_big), "quotient");
                }
                assert_eq!(one.cmp(&other), big.cmp(&other_big), "{one} and {other}");
                assert_eq!(one == other, big == other_big);
            }
        }
    }

    #[test]
    fn big_numbers_become_native_again_once_they_fit() {
        let huge = Exact::from(i64::MAX) * Exact::from(i64::MAX);
        assert_eq!(huge.native(), None);
        assert_eq!((huge / Exact::from(i64::MAX)).native(), Some((i64::MAX, 1)));
    }
}
