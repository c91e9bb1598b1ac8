//! What goes over the wire. The usual answers are typed and written straight to bytes; only what a fault or an
//! attribute selection changes goes through a tree of values.

pub mod bend;
pub mod discovery;
pub mod group;
pub mod list;
pub mod rest;
pub mod select;
pub mod user;

use serde::Serialize;

pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
pub const ACME: &str = "urn:example:params:scim:schemas:extension:acme:2.0:User";
pub const LUCIDCHART_BARE: &str = "urn:lucidchart:schemas:1.0:User";
pub const LUCIDCHART: &str = "urn:ietf:params:scim:schemas:extension:lucidchart:1.0:User";
pub const LUCID_1: &str = "urn:ietf:params:scim:schemas:extension:lucid:1.0:User";
pub const LUCID_2: &str = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User";

/// A SCIM error (RFC 7644 §3.12).
#[derive(Debug, Serialize)]
pub struct ScimError<'a> {
    schemas: [&'static str; 1],
    status: String,
    #[serde(rename = "scimType", skip_serializing_if = "Option::is_none")]
    scim_type: Option<&'static str>,
    detail: &'a str,
}

impl<'a> ScimError<'a> {
    pub fn new(status: u16, scim_type: Option<&'static str>, detail: &'a str) -> Self {
        let schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
        Self { schemas, status: status.to_string(), scim_type, detail }
    }
}
