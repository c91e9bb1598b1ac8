//! RFC 7643/7644 as types, read leniently, and a pager without IO.
//! Absent on purpose: an HTTP client, any vendor's extension (a vendor brings its own [`Record`]), the store.

pub mod pager;

mod date_time;
mod error_response;
mod group;
mod lenient;
mod list;
mod mend;
mod parse_error;
mod pieces;
mod provider;
mod read;
mod schema;
mod tree;
mod user;

pub use date_time::date_time;
pub use error_response::{ErrorResponse, parse_error};
pub use group::{GroupMember, GroupResource};
pub use lenient::{Answer, Flag, Lenient, Many, Number, Record, Text};
pub use list::{ListResponse, Listing, parse_list, parse_listing};
pub use mend::{mend, quote_numbers};
pub use pager::{Next, PageRequest, PageShape, PageVerdict, Pager, PagerError, PagerLimits};
pub use parse_error::ParseError;
pub use pieces::{Envelope, Pieces};
pub use provider::{ServiceProviderConfig, parse_service_provider_config};
pub use read::{parse_record, parse_records};
pub use schema::{Schema, SchemaAttribute, SubAttribute, parse_schemas};
pub use tree::{Node, Tree};
pub use user::{Email, Group, Meta, Name, User};
