//! How a price depends on the seats: flat, graduated, by volume, or a base fee with included seats.
//! Absent on purpose: discounts, packs, minimums; `payment` puts them together.

use rust_decimal::Decimal;

use crate::format::{count, counted, price_amount};
use crate::money::{Currency, Exact, exact, whole};
use crate::purchase::{Per, Price};
use crate::rule::Rule;
use crate::tiers::{Tiers, sum};

/// How the price depends on the seats.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Shape {
    /// The purchase's price: for each seat, or for the lot.
    #[default]
    Flat,
    /// Every band of seats has its own price; the purchase itself has none.
    Graduated(Tiers),
    /// All seats cost what the band costs that their number reaches; the purchase itself has no price.
    Volume(Tiers),
    /// The purchase's price is a base fee; seats beyond the included ones cost extra.
    BaseFee {
        /// Seats that the base fee includes.
        included: u32,
        /// What each further seat costs, each payment.
        unit: Decimal,
    },
}

impl Shape {
    /// Whether the shape holds its own prices, so that the purchase needs none.
    pub fn has_own_prices(&self) -> bool {
        matches!(self, Self::Graduated(_) | Self::Volume(_))
    }

    /// The rule that makes the list price of a payment.
    pub fn rule(&self) -> Rule {
        match self {
            Self::Flat => Rule::Payment,
            Self::Graduated(_) => Rule::Graduated,
            Self::Volume(_) => Rule::Volume,
            Self::BaseFee { .. } => Rule::BaseFee,
        }
    }

    /// The list price of one payment for so many seats; `None` while the price is unknown.
    pub fn list(&self, price: Option<Price>, seats: u64) -> Option<Exact> {
        Some(match self {
            Self::Flat => match price? {
                Price { amount, per: Per::Unit } => exact(amount) * whole(seats),
                Price { amount, per: Per::Lot } => exact(amount),
            },
            Self::Graduated(tiers) => sum(&tiers.graduated(seats)),
            Self::Volume(tiers) => exact(tiers.reached(seats)) * whole(seats),
            Self::BaseFee { included, unit } => {
                let beyond = seats.saturating_sub((*included).into());
                exact(price?.amount) + exact(*unit) * whole(beyond)
            }
        })
    }

    /// "50 seats × $9.00", "10 × $9.00 + 40 × $8.00", "$500.00 + 5 × $9.00".
    pub fn arithmetic(&self, price: Option<Price>, seats: u64, currency: Currency) -> String {
        let amount = |amount| price_amount(amount, currency);
        let named = counted(seats, "seat", "seats");
        match (self, price) {
            (Self::Flat, Some(Price { amount: unit, per: Per::Unit })) => format!("{named} × {}", amount(unit)),
            (Self::Flat, Some(Price { amount: lot, per: Per::Lot })) => format!("{} for {named}", amount(lot)),
            (Self::Graduated(tiers), _) => {
                let bands = tiers.graduated(seats);
                let bands: Vec<String> =
                    bands.into_iter().map(|(seats, unit)| format!("{} × {}", count(seats), amount(unit))).collect();
                if bands.is_empty() { named } else { bands.join(" + ") }
            }
            (Self::Volume(tiers), _) => format!("{named} × {}", amount(tiers.reached(seats))),
            (Self::BaseFee { included, unit }, Some(base)) => {
                let beyond = seats.saturating_sub((*included).into());
                format!("{} + {} × {}", amount(base.amount), count(beyond), amount(*unit))
            }
            (Self::Flat | Self::BaseFee { .. }, None) => "No cost was entered".to_owned(),
        }
    }
}
