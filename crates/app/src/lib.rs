//! Use cases and view models; the only place that composes the other crates.
//! Absent on purpose: Tauri, SQL text, HTTP details.

mod activity;
mod apps;
mod bases;
mod burn_down;
pub mod clock;
mod connecting;
mod drafts;
pub mod error;
pub mod export;
mod fees;
mod finding;
mod forecast;
mod inputs;
mod integration;
mod invoices;
mod license_details;
mod over_time;
mod overview;
mod purchases;
mod rates;
mod renewals;
mod renewing;
mod runs;
mod sample;
mod scenario_form;
mod scenarios;
mod seatledger;
mod settings;
mod spend_by;
mod spending;
mod sync;
mod tokens;
mod versions;
pub mod view;
mod words;

pub use connecting::{OnPreview, OnStage};
pub use error::{Error, Result};
pub use sample::OnSample;
pub use seatledger::{Options, Seatledger, default_data_dir};
pub use sync::OnProgress;
pub use tokens::KeeperChoice;
