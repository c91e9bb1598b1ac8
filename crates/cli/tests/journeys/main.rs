//! Journeys: what an administrator does with the command line, from the first connection to the last export, and everything
//! that can go wrong on the way. Each runs the built program as processes against a real server on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its set-up fails")]

mod activity;
mod as_of;
mod bad_entries;
mod bad_folders;
mod bad_servers;
mod books;
mod connections;
mod desk;
mod exports;
mod folder;
mod full_disk;
mod generations;
mod generic;
mod held;
mod history;
mod imports;
mod main_job;
mod money;
mod outlook;
mod output;
mod reasons;
#[path = "../../../ledger/tests/recount/mod.rs"]
mod recount;
mod remembered;
mod sample;
mod secrets;
mod settings;
mod sources;
mod together;
mod truth;
