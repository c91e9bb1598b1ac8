//! The vendors that are known by name: their addresses and license types.
//! Absent on purpose: how each tells who holds what; that is beside the vendor's own module.

use roster::{KnownLicense, LicenseKey};

use crate::lucid;

/// Which vendor's roster is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Connector {
    /// Lucidchart, by Lucid.
    Lucid,
    /// Any app that speaks SCIM; where licenses are is told by an attribute path.
    Scim,
}

impl Connector {
    /// Every connector.
    pub const ALL: [Self; 2] = [Self::Lucid, Self::Scim];

    /// Finds a connector by its key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|connector| connector.key() == key)
    }

    /// The stable key, as typed on the command line and stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Lucid => "lucid",
            Self::Scim => "scim",
        }
    }

    /// Who makes the app, as far as the connector tells.
    pub fn vendor(self) -> &'static str {
        match self {
            Self::Lucid => "Lucid",
            Self::Scim => "the vendor",
        }
    }

    /// What the app is called unless somebody names it.
    pub fn app_name(self) -> &'static str {
        match self {
            Self::Lucid => "Lucidchart",
            Self::Scim => "SCIM app",
        }
    }

    /// The base URL that the vendor documents, where there is one for all accounts.
    pub fn default_base_url(self) -> Option<&'static str> {
        match self {
            Self::Lucid => Some("https://users.lucid.app/scim/v2"),
            Self::Scim => None,
        }
    }

    /// Whether a license type that nobody knows is billable until a person says otherwise. Of a vendor whose types are
    /// known, another one is most often a part of something that is paid for already; of an app that nobody knows, to
    /// leave it out would call free what has no price yet.
    pub fn bills_unknown_types(self) -> bool {
        match self {
            Self::Lucid => false,
            Self::Scim => true,
        }
    }

    /// The license types that the vendor is known to have.
    pub fn known_licenses(self) -> Vec<KnownLicense> {
        let types: &[(&str, &str, bool, i64)] = match self {
            Self::Lucid => &[(lucid::CAN_EDIT, "Can-Edit", true, 20), (lucid::VIEW_ONLY, "View-Only", false, 10)],
            Self::Scim => &[],
        };
        types
            .iter()
            .filter_map(|&(key, name, billable, rank)| {
                LicenseKey::new(key).map(|key| KnownLicense { key, name: name.to_owned(), billable, rank })
            })
            .collect()
    }
}
