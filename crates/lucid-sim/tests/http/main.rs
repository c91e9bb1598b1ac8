//! The server over real HTTP, one file per side of its behaviour.

#![allow(clippy::expect_used, reason = "a test's reader says what it expected")]

mod faults;
mod limits;
mod reader;
mod reading;
mod rest;
mod running;
mod switches;
