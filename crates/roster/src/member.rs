//! A person in one app, as meant: no wire shapes are left in here, and a missing value is `None`, never "".

use jiff::Timestamp;

use crate::license::License;

/// One member of an app's roster, as the vendor reported them last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The vendor's identifier (RFC 7643 §3.1): non-empty, stable, compared bytewise.
    pub id: String,
    /// `userName` as sent.
    pub user_name: String,
    /// The chosen e-mail address as sent.
    pub email: Option<String>,
    /// `name.givenName`.
    pub given_name: Option<String>,
    /// `name.middleName`.
    pub middle_name: Option<String>,
    /// `name.familyName`.
    pub family_name: Option<String>,
    /// `displayName`, else `name.formatted`.
    pub display_name: Option<String>,
    /// `active`; a member without the attribute counts as active, as the roster lists them.
    pub active: bool,
    /// `meta.created`: the Active date.
    pub created: Option<Timestamp>,
    /// `meta.lastModified`: when the record changed. It says nothing about activity.
    pub last_modified: Option<Timestamp>,
    /// What the member holds of the app's own license types.
    pub license: License,
    /// Every product the vendor reported, the app's own included.
    pub products: Vec<ProductLicense>,
    /// Enterprise extension `department`.
    pub department: Option<String>,
    /// Enterprise extension `costCenter`.
    pub cost_center: Option<String>,
    /// Display names of the groups, else their ids.
    pub groups: Vec<String>,
}

/// One product of the vendor and whether the member holds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProductLicense {
    /// The vendor's product name as sent (`Lucidspark`).
    pub product: String,
    /// Whether the member holds it.
    pub granted: bool,
}
