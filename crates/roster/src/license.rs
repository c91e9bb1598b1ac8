//! License types as the roster sees them: a key, and an order between them.

use std::fmt;

/// The stable key of a license type within an app (`can-edit`): lower case, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LicenseKey(String);

impl LicenseKey {
    /// Makes a key from any text: lower-cased, runs of other characters become one hyphen, and a plus after a name is
    /// spelled out: "Pro" and "Pro+" are two license types. Text without a letter or digit has no key.
    pub fn new(text: &str) -> Option<Self> {
        let mut key = String::with_capacity(text.len());
        for character in text.chars() {
            if character.is_alphanumeric() {
                // "İ" becomes "i" and a combining dot: the dot is no letter, a key made from the key would lose it.
                key.extend(character.to_lowercase().filter(|lower| lower.is_alphanumeric()));
            } else if !key.is_empty() {
                let hyphen = if key.ends_with('-') { "" } else { "-" };
                key.push_str(hyphen);
                key.push_str(if character == '+' { "plus-" } else { "" });
            }
        }
        let key = key.trim_end_matches('-');
        (!key.is_empty()).then(|| Self(key.to_owned()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LicenseKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a member holds. `Unknown` means that the vendor did not tell; it never means "nothing".
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum License {
    /// Holds this license type.
    Type(LicenseKey),
    /// The vendor's answer held no license in a known shape.
    Unknown,
}

impl License {
    /// The key, where one is known.
    pub fn key(&self) -> Option<&LicenseKey> {
        match self {
            Self::Type(key) => Some(key),
            Self::Unknown => None,
        }
    }
}

/// A license type that a connector knows beforehand, with what it usually means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLicense {
    /// Its key.
    pub key: LicenseKey,
    /// The name people see ("Can-Edit").
    pub name: String,
    /// Whether contracts usually charge for it.
    pub billable: bool,
    /// Higher is more: decides between upgraded and downgraded.
    pub rank: i64,
}
