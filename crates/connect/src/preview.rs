//! How many members would fall under each license type, counted without keeping anybody.

use roster::LicenseKey;

/// The counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// Everybody.
    pub users: u64,
    /// License types with the name as seen and how many hold each, most first.
    pub types: Vec<(LicenseKey, String, u64)>,
    /// The values as sent, most frequent first.
    pub values: Vec<(String, u64)>,
    /// Users without a license.
    pub without: u64,
    /// Users with several values.
    pub several: u64,
}
