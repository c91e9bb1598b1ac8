//! Things worth telling about a roster that did not stop it from being read.

/// What was found; the code is stable, scripts may branch on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindingCode {
    /// Members whose license came in no known shape.
    UnknownLicense,
    /// Members without an e-mail address.
    NoEmail,
    /// Members without any name.
    NoName,
    /// Members without `meta.created`, so without an Active date.
    NoActiveDate,
    /// The same id was listed more than once.
    DuplicateId,
    /// Sources of the same member's license disagree.
    LicenseSourcesDisagree,
}

impl FindingCode {
    /// Every code, in the order in which findings are told.
    pub const ALL: [Self; 6] = [
        Self::UnknownLicense,
        Self::LicenseSourcesDisagree,
        Self::DuplicateId,
        Self::NoEmail,
        Self::NoName,
        Self::NoActiveDate,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownLicense => "unknown-license",
            Self::NoEmail => "no-email",
            Self::NoName => "no-name",
            Self::NoActiveDate => "no-active-date",
            Self::DuplicateId => "duplicate-id",
            Self::LicenseSourcesDisagree => "license-sources-disagree",
        }
    }
}

/// A finding with how many members it concerns and a few of their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// How many members it concerns.
    pub count: u64,
    /// Up to five ids.
    pub examples: Vec<String>,
}
