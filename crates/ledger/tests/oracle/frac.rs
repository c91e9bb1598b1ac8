//! Fractions of 128-bit whole numbers, always shortened. Absent on purpose: speed.

use rust_decimal::Decimal;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frac {
    over: i128,
    under: i128,
}

fn common(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs().max(1) } else { common(b, a % b) }
}

impl Frac {
    pub const ZERO: Self = Self { over: 0, under: 1 };

    pub fn new(over: i128, under: i128) -> Self {
        let shared = common(over, under) * under.signum();
        Self { over: over / shared, under: under / shared }
    }

    pub fn whole(number: i128) -> Self {
        Self::new(number, 1)
    }

    pub fn of(amount: Decimal) -> Self {
        Self::new(amount.mantissa(), 10i128.pow(amount.scale()))
    }

    pub fn plus(self, other: Self) -> Self {
        let shared = common(self.under, other.under);
        let over =
            self.over.checked_mul(other.under / shared).unwrap() + other.over.checked_mul(self.under / shared).unwrap();
        Self::new(over, self.under.checked_mul(other.under / shared).unwrap())
    }

    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { over: -other.over, under: other.under })
    }

    pub fn times(self, other: Self) -> Self {
        let (left, right) = (common(self.over, other.under), common(other.over, self.under));
        let over = (self.over / left).checked_mul(other.over / right).unwrap();
        Self::new(over, (self.under / right).checked_mul(other.under / left).unwrap())
    }

    pub fn share(self, part: i128, of: i128) -> Self {
        self.times(Self::new(part, of))
    }

    pub fn is_less_than(self, other: Self) -> bool {
        self.minus(other).over < 0
    }

    pub fn at_least(self, other: Self) -> Self {
        if self.is_less_than(other) { other } else { self }
    }

    pub fn over(self, by: Self) -> Self {
        self.times(Self::new(by.under, by.over))
    }

    /// Rounded half up to cents.
    pub fn to_cents(self) -> Self {
        Self::of(self.cents().parse().unwrap())
    }

    /// The whole cents below, and what is left of one.
    pub fn cent_and_rest(self) -> (i128, Self) {
        let cents = self.share(100, 1);
        let below = cents.over.div_euclid(cents.under);
        (below, cents.minus(Self::whole(below)))
    }

    /// Rounded half up to cents, as text.
    pub fn cents(self) -> String {
        let sign = if self.over < 0 { "-" } else { "" };
        let (whole, rest) = (self.over.abs() / self.under, self.over.abs() % self.under);
        let cents = (rest * 200 + self.under) / (self.under * 2);
        let (whole, cents) = if cents == 100 { (whole + 1, 0) } else { (whole, cents) };
        let sign = if whole == 0 && cents == 0 { "" } else { sign };
        format!("{sign}{whole}.{cents:02}")
    }

    pub fn text(self) -> String {
        if self.under == 1 { self.over.to_string() } else { format!("{}/{}", self.over, self.under) }
    }
}
