//! The ledger against `spend.md`: every table row and example that concerns what exists is a test with its figure.
#![allow(clippy::unwrap_used, reason = "everything here is a test or makes something for one")]

mod ahead;
mod allocation;
mod amounts;
mod annual;
mod any;
mod bases;
mod by_accounts;
mod calendar;
mod calendar_file;
mod condition_forms;
mod contracts;
mod days;
mod fees;
mod findings;
mod forms;
mod formulas;
mod make;
mod money;
mod overages;
mod paperwork;
mod parts;
mod periods;
mod properties;
mod rate_choices;
mod rates;
mod reasons;
#[path = "../recount/mod.rs"]
mod recount;
mod rounding;
mod scenarios;
mod sentences;
mod shapes;
mod spending;
mod standings;
mod terms;
mod upcoming;
