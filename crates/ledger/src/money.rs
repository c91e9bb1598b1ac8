//! Exact amounts and ISO 4217 currencies. Rounding happens once, when an amount is shown.

use num_rational::BigRational;

/// An exact amount without a currency: a rational, because 18 months make 2/3 of a year.
pub type Exact = BigRational;

/// An ISO 4217 currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Reads an ISO 4217 code in any case, with spaces around it.
    pub fn from_code(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(&code.trim().to_ascii_uppercase()).map(Self)
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }
}
