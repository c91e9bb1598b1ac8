//! The client against SCIM servers that others wrote, and our simulated one before testers that others wrote.
//! scripts/others.sh installs and starts all of them; without it these tests do not run (docs/TESTING.md).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its set-up fails")]

mod command;
mod conformance;
mod many_apps;
mod moving;
mod peers;
mod people;
mod refused;
mod whole;
