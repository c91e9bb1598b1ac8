//! The only HTTP: reads a vendor's roster over SCIM with a bearer token and turns it into members.
//! Absent on purpose: SQL, money, the token at rest, and anything that writes to a vendor.

mod address;
mod ahead;
mod authority;
mod client;
mod connector;
mod diagnose;
mod error;
mod findings;
mod hints;
mod limits;
mod lucid;
mod member;
mod pace;
mod page;
mod probe;
mod probing;
mod reading;
mod retry;
mod token;
mod transport;
mod trim;
mod users;
mod vendor;

pub use address::{AddressError, BaseUrl};
pub use client::Client;
pub use connector::Connector;
pub use error::{ConnectError, Kind, SinkError, TlsProblem};
pub use limits::Limits;
pub use page::{PageOfMembers, Reading};
pub use probe::{LicenseShape, Probe, Stage, StageKey, StageState};
pub use token::{BearerToken, TokenError};
