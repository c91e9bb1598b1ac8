//! A realistic Lucid SCIM server on loopback, for tests, benches and the sample organisation: the independent other side.
//! Absent on purpose: any crate that reads SCIM (what both sides share, no test can find wrong), writing, and the clock.

mod config;
mod fault;
mod organisation;
mod server;
mod wire;

pub use config::{Config, LicenseMode, LicenseValueType, PastEnd, RolesShape, SAMPLE_WEEKS, TokenKind};
pub use fault::{Fault, FaultError, Known, known_faults};
pub use organisation::{Happening, Organisation, Products, Roster, Seat, TruthUser};
pub use server::{RequestLine, Server, StartError};
