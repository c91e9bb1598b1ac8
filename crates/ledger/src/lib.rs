//! What was bought and what it costs on any day: money, calendar, purchases, spend.
//! Absent on purpose: IO, the clock, SQL, JSON, floats, vendors.
#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects, clippy::as_conversions)]

mod adding;
pub mod amount;
pub mod annual;
pub mod because;
mod beyond;
pub mod calendar;
pub mod commitment;
pub mod conditions;
pub mod contract;
pub mod counts;
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
pub mod paperwork;
pub mod payment;
pub mod pays_for;
pub mod percent;
pub mod purchase;
pub mod quantity;
pub mod rates;
mod remainders;
pub mod renew;
pub mod renewals;
pub mod rule;
pub mod scenario;
pub mod sentence;
pub mod shape;
pub mod spend;
pub mod standing;
pub mod succession;
pub mod table;
pub mod term;
pub mod tiers;
pub mod type_names;
pub mod upcoming;

pub use amount::{AmountError, ParsedAmount, parse_amount, parse_unit_price};
pub use annual::{Annual, annualised};
pub use because::{Because, Line, Parts};
pub use calendar::{days_between, last_day, nth_date};
pub use commitment::Commitment;
pub use conditions::{Conditions, OncePolicy, RenewalTerms};
pub use contract::{Contract, Origin, joined};
pub use counts::Counts;
pub use day::{DateError, day_text, parse_day, parse_last_day_after};
pub use discount::{Discount, Off, Taken};
pub use explain::{annual_line, tax_line, term_line};
pub use facts::{Cost, PurchaseFacts};
pub use fee::{Fee, FeeId, joined_fees};
pub use findings::{Finding, FindingKind, findings};
pub use fiscal::{Bucket, FiscalYear, Grain, NoSuchStart};
pub use forecast::{Ahead, Forecast, Outlook, Priced, Renewing, Repriced, SeatChange, Uplift, forecast};
pub use form::{ConditionsInput, FeeInput, Field, InvoiceInput, Parsed, PurchaseInput, RateInput, to_input};
pub use format::{display_amount, price_amount, sentence_amount};
pub use headcount::{Headcount, MissingHeadcount, headcount_on};
pub use icalendar::{Calendar, CalendarFile, icalendar};
pub use installments::{Installment, PerAccount, installments, without_double_days};
pub use invoice::{Compared, Invoice, InvoiceId, compare};
pub use money::{Currency, Exact, Money, Rounding};
pub use overage::{OverSpan, Overage, OverageFrom, OveragePiece, OverageRate, overage};
pub use packs::{Ladder, PackError, Packs};
pub use paperwork::{Document, Paperwork};
pub use payment::{Charged, Payment};
pub use pays_for::{Account, Match, PaysFor};
pub use purchase::{Frequency, Per, Price, Proration, Purchase, PurchaseId, Quantity, Term};
pub use quantity::{QuantityError, parse_quantity};
pub use rates::{Exchange, Found, MissingRate, Rate, RateError, RateKind, RatePolicy, Rates, When};
pub use renew::{RenewError, co_terminated, duplicated, renewed};
pub use renewals::{Mark, Renewal, Stage, committed_seats, renewals, suggested_seats};
pub use rule::Rule;
pub use scenario::{
    Change, Comparison, Difference, PlanError, Scenario, ScenarioError, agreed_until, apply, compared, plan,
};
pub use sentence::{live_sentence, sentence};
pub use shape::Shape;
pub use spend::{
    ActivityCounts, Bases, By, Chargeback, ChargebackRow, Counted, Note, NoteKind, Payer, Paying, Reclaim, SeatCounts,
    Setting, Spend, Sum, TypeFacts, TypeSpend, WasteAt, bases, chargeback, in_force, payer, seats_in_force, spend,
    spend_in, spend_with_default,
};
pub use standing::{Standing, notice_by, standing, standing_sentence};
pub use succession::{Succession, successions};
pub use table::{Basis, Payments, Reasons, Row, Shown, Source, Table, Wanted, table};
pub use term::{TermTotal, term_total};
pub use tiers::{Tier, TierError, Tiers};
pub use type_names::TypeNames;
pub use upcoming::{NextPayment, next_payment, notice_because, per_held_line};
