//! Exact amounts and ISO 4217 currencies. Rounding happens once, when an amount is shown (see `format`).
//! Absent on purpose: exchange rates.

use std::fmt;
use std::hash::{Hash, Hasher};

use num_traits::Zero as _;
use rust_decimal::Decimal;

pub use crate::exact::Exact;

/// A whole number as an exact amount.
pub fn whole(number: u64) -> Exact {
    Exact::of(number.into(), 1)
}

/// A decimal as typed, as an exact amount.
pub fn exact(decimal: Decimal) -> Exact {
    Exact::of(decimal.mantissa(), 10i128.saturating_pow(decimal.scale()))
}

/// `part ÷ whole`; nothing when there is nothing to divide by.
pub fn ratio(part: &Exact, whole: &Exact) -> Option<Exact> {
    (!whole.is_zero()).then(|| part / whole)
}

/// An amount in a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// How much, exactly.
    pub amount: Exact,
    /// Of what.
    pub currency: Currency,
}

/// An ISO 4217 currency that amounts can be counted in: precious metals and testing codes are left out. It carries along
/// how amounts in it are rounded when they are shown, which makes no other currency of it.
#[derive(Clone, Copy)]
pub struct Currency(iso_currency::Currency, Rounding);

/// Which way an amount goes that lies in the middle of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rounding {
    /// Away from 0.
    #[default]
    HalfUp,
    /// To the even one of the two.
    HalfEven,
}

impl PartialEq for Currency {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Currency {}

impl Hash for Currency {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// ISO 4217 numbers have three digits.
const NUMBERS: std::ops::RangeInclusive<u16> = 1..=999;

/// The symbols that sentences use: only where one currency alone comes to mind. A dollar without a country is the
/// United States' one.
const SYMBOLS: [(&str, &str); 11] = [
    ("USD", "$"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("JPY", "¥"),
    ("INR", "₹"),
    ("KRW", "₩"),
    ("ILS", "₪"),
    ("UAH", "₴"),
    ("TRY", "₺"),
    ("NGN", "₦"),
    ("BRL", "R$"),
];

impl Currency {
    /// The United States dollar: the default until one is set.
    pub const USD: Self = Self(iso_currency::Currency::USD, Rounding::HalfUp);

    /// Reads an ISO 4217 code in any case, with spaces around it.
    pub fn from_code(code: &str) -> Option<Self> {
        let currency = iso_currency::Currency::from_code(&code.trim().to_ascii_uppercase())?;
        currency.exponent().is_some().then_some(Self(currency, Rounding::default()))
    }

    /// The same currency, with amounts rounded this way.
    #[must_use]
    pub fn rounding(self, rounding: Rounding) -> Self {
        Self(self.0, rounding)
    }

    /// The same currency, with amounts rounded as those of the other one.
    #[must_use]
    pub fn rounding_as(self, other: Self) -> Self {
        self.rounding(other.1)
    }

    /// Whether an amount in the middle of a whole number of minor units and the next one belongs to the next one.
    pub(crate) fn rounds_up_from(self, below: &Exact) -> bool {
        match self.1 {
            Rounding::HalfUp => true,
            Rounding::HalfEven => !(below / whole(2)).is_integer(),
        }
    }

    /// "half up", "half to even".
    pub(crate) fn rounds(self) -> &'static str {
        match self.1 {
            Rounding::HalfUp => "half up",
            Rounding::HalfEven => "half to even",
        }
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Its English name ("United States dollar").
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// Decimals of its minor unit: 2 for most, 0 for JPY, 3 for KWD.
    pub fn minor_digits(self) -> u8 {
        self.0.exponent().and_then(|digits| u8::try_from(digits).ok()).unwrap_or(2)
    }

    /// The symbol, where it means this currency and no other.
    pub fn symbol(self) -> Option<&'static str> {
        SYMBOLS.iter().find(|(code, _)| *code == self.code()).map(|(_, symbol)| *symbol)
    }

    /// Every currency that can be offered, by code: funds and superseded currencies can be typed, but are not offered.
    pub fn all() -> impl Iterator<Item = Self> {
        let mut all: Vec<Self> = Self::countable().filter(|currency| currency.0.flags().is_empty()).collect();
        all.sort_by_key(|currency| currency.code());
        all.into_iter()
    }

    /// Whether people write this sign for the currency: its symbol, or a symbol that it shares with others.
    pub(crate) fn is_written(self, sign: &str) -> bool {
        self.code().eq_ignore_ascii_case(sign)
            || self.symbol() == Some(sign)
            || self.0.symbol().symbol == sign
            || (sign == "$" && self.name().contains("dollar"))
            || (self.code() == "USD" && sign.eq_ignore_ascii_case("US$"))
            || (self.code() == "CHF" && matches!(sign, "Fr" | "Fr." | "SFr."))
    }

    /// Whether the sign stands for any currency at all.
    pub(crate) fn is_known_sign(sign: &str) -> bool {
        Self::countable().any(|currency| currency.is_written(sign))
    }

    /// Every currency that has a minor unit, by number.
    fn countable() -> impl Iterator<Item = Self> {
        let known = NUMBERS.filter_map(iso_currency::Currency::from_numeric);
        known.filter(|currency| currency.exponent().is_some()).map(|currency| Self(currency, Rounding::default()))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}
