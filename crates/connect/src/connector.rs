//! The vendors that are known by name: their addresses and license types.
//! Absent on purpose: how each tells who holds what; that is beside the vendor's own module.

use roster::{KnownLicense, LicenseKey};

use crate::lucid;

/// Which vendor's roster is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Connector {
    /// Lucidchart, by Lucid.
    Lucid,
}

impl Connector {
    /// Every connector.
    pub const ALL: [Self; 1] = [Self::Lucid];

    /// Finds a connector by its key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|connector| connector.key() == key)
    }

    /// The stable key, as typed on the command line and stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Lucid => "lucid",
        }
    }

    /// Who makes the app.
    pub fn vendor(self) -> &'static str {
        match self {
            Self::Lucid => "Lucid",
        }
    }

    /// What the app is called.
    pub fn app_name(self) -> &'static str {
        match self {
            Self::Lucid => "Lucidchart",
        }
    }

    /// The base URL that the vendor documents.
    pub fn default_base_url(self) -> &'static str {
        match self {
            Self::Lucid => "https://users.lucid.app/scim/v2",
        }
    }

    /// The license types that the vendor is known to have.
    pub fn known_licenses(self) -> Vec<KnownLicense> {
        let types: &[(&str, &str, bool, i64)] = match self {
            Self::Lucid => &[(lucid::CAN_EDIT, "Can-Edit", true, 20), (lucid::VIEW_ONLY, "View-Only", false, 10)],
        };
        types
            .iter()
            .filter_map(|&(key, name, billable, rank)| {
                LicenseKey::new(key).map(|key| KnownLicense { key, name: name.to_owned(), billable, rank })
            })
            .collect()
    }
}
