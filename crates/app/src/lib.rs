//! Use cases and view models; the only place that composes the other crates.
//! Absent on purpose: Tauri, SQL text, HTTP details.

mod activity;
mod apps;
pub mod clock;
mod connecting;
mod drafts;
pub mod error;
pub mod export;
mod fees;
mod finding;
mod integration;
mod invoices;
mod license_details;
mod overview;
mod purchases;
mod rates;
mod renewing;
mod runs;
mod sample;
mod seatledger;
mod settings;
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
