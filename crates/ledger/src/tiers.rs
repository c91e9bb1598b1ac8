//! A table of prices by number of seats, without holes: every number of seats has one band.
//! Absent on purpose: whether the bands are graduated or by volume; `shape` knows.

use rust_decimal::Decimal;
use thiserror::Error;

use crate::format::count;
use crate::money::{Exact, exact, whole};

/// One band of a tier table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// Its first seat.
    pub first: u32,
    /// Its last seat; `None` for "and more".
    pub last: Option<u32>,
    /// What one seat in it costs, each payment.
    pub unit: Decimal,
}

/// A complete tier table: it starts at seat 1, has no holes, and its last band is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiers(Vec<Tier>);

/// Why a tier table was refused: a predicate, to be said of the field ("Tier table has a hole: …").
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TierError {
    /// No rows.
    #[error("must have at least one row like 1+: 9.00")]
    Empty,
    /// The first band does not start at 1.
    #[error("must start at seat 1, but starts at {}", count(u64::from(*.0)))]
    StartsLate(u32),
    /// Seats without a price.
    #[error("has a hole: seats {} to {} have no price", count(u64::from(*.0)), count(u64::from(*.1)))]
    Hole(u32, u32),
    /// Seats with two prices.
    #[error("has seat {} in two rows: let the later row start at {}", count(u64::from(*.0)), count(u64::from(*.1)))]
    Overlap(u32, u32),
    /// A band that ends before it starts.
    #[error("has a row from {} to {}: its last seat must not be before its first", count(u64::from(*.0)), count(u64::from(*.1)))]
    Reversed(u32, u32),
    /// The last band ends.
    #[error("must go on without an end: write the last row like {}+", count(u64::from(*.0)))]
    Ends(u32),
}

impl Tiers {
    /// A table of these bands, in any order.
    pub fn new(mut bands: Vec<Tier>) -> Result<Self, TierError> {
        bands.sort_by_key(|band| band.first);
        let (first, last) = (bands.first().ok_or(TierError::Empty)?, bands.last().ok_or(TierError::Empty)?);
        if first.first != 1 {
            return Err(TierError::StartsLate(first.first));
        }
        for band in &bands {
            if let Some(end) = band.last.filter(|end| *end < band.first) {
                return Err(TierError::Reversed(band.first, end));
            }
        }
        for (band, next) in bands.iter().zip(bands.iter().skip(1)) {
            joins(*band, *next)?;
        }
        if last.last.is_some() {
            return Err(TierError::Ends(last.first));
        }
        Ok(Self(bands))
    }

    /// The bands, by number of seats.
    pub fn bands(&self) -> &[Tier] {
        &self.0
    }

    /// The same table with other prices.
    pub(crate) fn repriced(&self, price: impl Fn(Decimal) -> Decimal) -> Self {
        Self(self.0.iter().map(|band| Tier { unit: price(band.unit), ..*band }).collect())
    }

    /// How many of the seats lie in each band, and what they cost there each; bands without a seat are left out.
    pub fn graduated(&self, seats: u64) -> Vec<(u64, Decimal)> {
        let in_band = |band: &Tier| {
            let before = u64::from(band.first).saturating_sub(1);
            let last = band.last.map_or(seats, |last| seats.min(last.into()));
            last.saturating_sub(before)
        };
        self.0.iter().map(|band| (in_band(band), band.unit)).filter(|(seats, _)| *seats > 0).collect()
    }

    /// What every seat costs when so many are bought.
    pub fn reached(&self, seats: u64) -> Decimal {
        let reached = self.0.iter().rev().find(|band| u64::from(band.first) <= seats);
        reached.or(self.0.first()).map_or(Decimal::ZERO, |band| band.unit)
    }
}

fn joins(band: Tier, next: Tier) -> Result<(), TierError> {
    let last = band.last.unwrap_or(u32::MAX);
    let following = last.saturating_add(1);
    if next.first <= last {
        Err(TierError::Overlap(next.first, following))
    } else if next.first > following {
        Err(TierError::Hole(following, next.first.saturating_sub(1)))
    } else {
        Ok(())
    }
}

/// The sum over bands.
pub(crate) fn sum(bands: &[(u64, Decimal)]) -> Exact {
    bands.iter().map(|(seats, unit)| whole(*seats) * exact(*unit)).sum()
}
