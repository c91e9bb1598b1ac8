//! Use cases and view models; the only place that composes the other crates.
//! Absent on purpose: Tauri, SQL text, HTTP details.

pub mod view;
