//! What was bought and what it costs on any day: money, calendar, purchases, spend.
//! Absent on purpose: IO, the clock, SQL, JSON, floats, vendors.
#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects, clippy::as_conversions)]

pub mod money;
pub mod purchase;

pub use money::{Currency, Exact};
pub use purchase::{Frequency, Per, Price, Proration, Purchase, PurchaseId, Quantity, Term};
