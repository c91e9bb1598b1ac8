//! What there is to tell about one member, as a small set; the findings count them.

use roster::FindingCode;

/// Which findings a member belongs to, beyond those that the member itself shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Remarks(u16);

const CODES: [FindingCode; 9] = [
    FindingCode::LicenseSourcesDisagree,
    FindingCode::SourcesDisagree,
    FindingCode::SeveralValues,
    FindingCode::NoLicenseValue,
    FindingCode::ValueCut,
    FindingCode::SeveralPrimaryEmails,
    FindingCode::SeveralGroups,
    FindingCode::ActiveUnreadable,
    FindingCode::RecordCut,
];

impl Remarks {
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds one of [`CODES`].
    pub(crate) fn add(&mut self, code: FindingCode) {
        self.0 |= CODES.iter().position(|known| *known == code).map_or(0, |bit| 1 << bit);
    }

    pub(crate) fn codes(self) -> impl Iterator<Item = FindingCode> {
        CODES.into_iter().enumerate().filter(move |(bit, _)| self.0 & (1 << bit) != 0).map(|(_, code)| code)
    }
}
