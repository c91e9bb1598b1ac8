//! What was bought and what it costs on any day: money, calendar, purchases, spend.
//! Absent on purpose: IO, the clock, SQL, JSON, floats, vendors.
#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects, clippy::as_conversions)]

mod adding;
pub mod amount;
pub mod annual;
pub mod because;
pub mod calendar;
pub mod commitment;
pub mod conditions;
pub mod day;
pub mod discount;
mod exact;
pub mod explain;
pub mod facts;
pub mod fee;
pub mod findings;
pub mod fiscal;
pub mod forecast;
pub mod form;
pub mod format;
pub mod headcount;
pub mod icalendar;
pub mod installments;
pub mod invoice;
pub mod money;
pub mod overage;
pub mod packs;
pub mod payment;
pub mod pays_for;
pub mod percent;
pub mod purchase;
pub mod quantity;
pub mod rates;
pub mod renew;
pub mod renewals;
pub mod rule;
pub mod scenario;
pub mod sentence;
pub mod shape;
pub mod spend;
pub mod standing;
pub mod table;
pub mod term;
pub mod tiers;

pub use amount::{AmountError, ParsedAmount, parse_amount};
pub use annual::{Annual, annualised};
pub use because::{Because, Line, Parts};
pub use calendar::{days_between, last_day, nth_date};
pub use commitment::{BilledPeriod, Commitment};
pub use conditions::{Conditions, OncePolicy, RenewalTerms};
pub use day::{DateError, day_text, parse_day};
pub use discount::{Discount, Off, Taken};
pub use explain::{annual_line, tax_line, term_line};
pub use facts::{Cost, PurchaseFacts};
pub use fee::{Fee, FeeId};
pub use findings::{Finding, FindingKind, findings, successor};
pub use fiscal::{Bucket, FiscalYear, Grain, NoSuchStart};
pub use forecast::{Forecast, Outlook, Renewing, SeatChange, forecast};
pub use form::{ConditionsInput, FeeInput, Field, InvoiceInput, Parsed, PurchaseInput, RateInput, to_input};
pub use format::{display_amount, price_amount, sentence_amount};
pub use headcount::{Headcount, MissingHeadcount, headcount_on};
pub use icalendar::{Calendar, icalendar};
pub use installments::{Installment, PerAccount, installments};
pub use invoice::{Compared, Invoice, InvoiceId, compare};
pub use money::{Currency, Exact, Money, Rounding};
pub use overage::{OverSpan, Overage, OverageFrom, OveragePiece, OverageRate, overage};
pub use packs::{Ladder, PackError, Packs};
pub use payment::{Charged, Payment};
pub use pays_for::{Account, Match, PaysFor};
pub use purchase::{Frequency, Per, Price, Proration, Purchase, PurchaseId, Quantity, Term};
pub use quantity::{QuantityError, parse_quantity};
pub use rates::{Exchange, Found, MissingRate, Rate, RateError, RateKind, RatePolicy, Rates, When};
pub use renew::{RenewError, co_terminated, duplicated, renewed};
pub use renewals::{Mark, Renewal, Stage, renewals, suggested_seats};
pub use rule::Rule;
pub use scenario::{Change, Comparison, Difference, Scenario, ScenarioError, apply, compared};
pub use sentence::{live_sentence, sentence};
pub use shape::Shape;
pub use spend::{
    Bases, By, Chargeback, ChargebackRow, Note, NoteKind, Payer, Setting, Spend, TypeFacts, TypeSpend, WasteAt, bases,
    chargeback, in_force, payer, seats_in_force, spend, spend_in, spend_with_default,
};
pub use standing::{Standing, notice_by, standing, standing_sentence};
pub use table::{Basis, Counts, Row, Shown, Source, Table, Wanted, table};
pub use term::{TermTotal, term_total};
pub use tiers::{Tier, TierError, Tiers};
