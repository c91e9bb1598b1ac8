//! What was bought and what it costs on any day: money, calendar, purchases, spend.
//! Absent on purpose: IO, the clock, SQL, JSON, floats, vendors.
#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects, clippy::as_conversions)]

pub mod amount;
pub mod annual;
pub mod because;
pub mod calendar;
pub mod day;
pub mod explain;
pub mod facts;
pub mod form;
pub mod format;
pub mod money;
pub mod purchase;
pub mod quantity;
pub mod rule;
pub mod sentence;
pub mod spend;
pub mod standing;
pub mod term;

pub use amount::{AmountError, ParsedAmount, parse_amount};
pub use annual::{Annual, annualised};
pub use because::{Because, Line};
pub use calendar::{days_between, last_day, nth_date};
pub use day::{DateError, day_text, parse_day};
pub use explain::{annual_line, term_line};
pub use facts::{Cost, PurchaseFacts};
pub use form::{Field, Parsed, PurchaseInput, to_input};
pub use format::{display_amount, price_amount, sentence_amount};
pub use money::{Currency, Exact, Money};
pub use purchase::{Frequency, Per, Price, Proration, Purchase, PurchaseId, Quantity, Term};
pub use quantity::{QuantityError, parse_quantity};
pub use rule::Rule;
pub use sentence::{live_sentence, sentence};
pub use spend::{Note, NoteKind, Spend, TypeFacts, TypeSpend, in_force, seats_in_force, spend, spend_with_default};
pub use standing::{Standing, notice_by, standing, standing_sentence};
pub use term::{TermTotal, term_total};
