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

impl Member {
    /// Of a member about whom a source told little: what was known before stays known.
    #[must_use]
    pub fn or_as_before(self, before: Self) -> Self {
        Self {
            email: self.email.or(before.email),
            given_name: self.given_name.or(before.given_name),
            middle_name: self.middle_name.or(before.middle_name),
            family_name: self.family_name.or(before.family_name),
            display_name: self.display_name.or(before.display_name),
            created: self.created.or(before.created),
            last_modified: self.last_modified.or(before.last_modified),
            department: self.department.or(before.department),
            cost_center: self.cost_center.or(before.cost_center),
            products: if self.products.is_empty() { before.products } else { self.products },
            groups: if self.groups.is_empty() { before.groups } else { self.groups },
            ..self
        }
    }
}

/// One product of the vendor and whether the member holds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProductLicense {
    /// The vendor's product name as sent (`Lucidspark`).
    pub product: String,
    /// Whether the member holds it.
    pub granted: bool,
}
