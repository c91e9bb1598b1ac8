//! Use cases and view models; the only place that composes the other crates.
//! Absent on purpose: Tauri, SQL text, HTTP details.

mod activity;
mod apps;
pub mod clock;
mod connecting;
pub mod error;
pub mod export;
mod finding;
mod held;
pub mod import;
mod integration;
mod license_details;
mod limits;
mod looking;
mod mapping;
mod overview;
mod purchases;
mod rest;
mod runs;
mod sample;
mod schedule;
mod seatledger;
mod settings;
mod sources;
mod spending;
mod stages;
mod suggestion;
mod sync;
mod tokens;
pub mod view;
mod words;

pub use connecting::OnStage;
pub use error::{Error, Result};
pub use integration::ConnectionChange;
pub use sample::OnSample;
pub use seatledger::{Options, Seatledger, default_data_dir};
pub use suggestion::OnPreview;
pub use sync::OnProgress;
pub use tokens::KeeperChoice;
