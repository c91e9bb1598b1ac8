//! Attributes that may tell the license, found on the first pages.

use crate::license_path::LicensePath;

/// An attribute that may tell the license, with what it held on the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The attribute.
    pub path: LicensePath,
    /// Users of the sample that have a value.
    pub with_value: u64,
    /// Users of the sample.
    pub of: u64,
    /// Different values.
    pub distinct: u64,
    /// At most 50 of them, most frequent first, with how many users have each.
    pub values: Vec<(String, u64)>,
}
