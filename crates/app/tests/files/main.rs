//! Files in and out of the application: workbooks read back with another reader, cost data against the rules of its
//! standard, and purchases read from whatever people call a spreadsheet.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    reason = "a test stops where its set-up fails"
)]

#[path = "../window/desk.rs"]
#[allow(dead_code, reason = "shared with the tests of the window")]
mod desk;
mod focus;
mod focus_changes;
mod focus_shares;
mod import_desk;
mod mending;
mod odd_files;
mod odd_workbooks;
mod open_document;
mod packed;
mod rosters;
mod tables;
mod workbooks;
