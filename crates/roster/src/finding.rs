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
    /// Members of whom the server says in no readable way whether they are active.
    ActiveUnreadable,
    /// The same id was listed more than once.
    DuplicateId,
    /// The same id was listed more than once, with different contents; the examples are user names, with the licenses
    /// where these differ.
    DuplicateDiffers,
    /// Members with several primary e-mail addresses.
    SeveralPrimaryEmails,
    /// Places of the same member's record disagree about the license.
    LicenseSourcesDisagree,
    /// Which generations of license shapes the tenant's users showed; the examples are these with their counts.
    TenantShows,
    /// Two sources (the member's record, the groups, the REST API) tell different things; the examples are user names.
    SourcesDisagree,
    /// The REST API that was connected does not offer what was asked for.
    RestNotOffered,
    /// Subscriptions that nobody mapped to a license type.
    SubscriptionUnmapped,
    /// Groups that nobody mapped to a license type.
    GroupUnmapped,
    /// Groups that contain themselves.
    GroupCycle,
    /// Groups with subgroups that the server does not list.
    SubgroupNotRead,
    /// The server does not offer the groups that were mapped.
    GroupsNotRead,
    /// Mapped groups or subscriptions that are no longer there.
    MappingNotSeen,
    /// Deactivated members whom only the REST API lists.
    DeactivatedAdded,
    /// Members who are listed no more and are deactivated.
    GoneDeactivated,
    /// Members who are listed no more and were deleted.
    GoneDeleted,
    /// Members who are listed no more, and of whom nobody knows what became of them.
    GoneUnconfirmed,
    /// Members with several license values.
    SeveralValues,
    /// Members in groups that stand for different license types, where nothing but groups tells.
    SeveralGroups,
    /// Members without any license value.
    NoLicenseValue,
    /// Members with more license values than are kept, or with one too long to be kept whole.
    ValueCut,
    /// Members with records of more attributes or values than are read.
    RecordCut,
    /// License values that no earlier roster had; the examples are these.
    NewValue,
    /// License values that nobody mapped and that mean one license type; the examples are these.
    ValuesAlike,
}

impl FindingCode {
    /// Every code, in the order in which findings are told.
    pub const ALL: [Self; 29] = [
        Self::TenantShows,
        Self::UnknownLicense,
        Self::SourcesDisagree,
        Self::LicenseSourcesDisagree,
        Self::NoLicenseValue,
        Self::NewValue,
        Self::ValuesAlike,
        Self::SeveralValues,
        Self::SeveralGroups,
        Self::ValueCut,
        Self::RecordCut,
        Self::ActiveUnreadable,
        Self::DeactivatedAdded,
        Self::GoneDeactivated,
        Self::GoneDeleted,
        Self::GoneUnconfirmed,
        Self::RestNotOffered,
        Self::GroupsNotRead,
        Self::SubgroupNotRead,
        Self::SubscriptionUnmapped,
        Self::GroupUnmapped,
        Self::MappingNotSeen,
        Self::GroupCycle,
        Self::DuplicateDiffers,
        Self::DuplicateId,
        Self::SeveralPrimaryEmails,
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
            Self::ActiveUnreadable => "active-unreadable",
            Self::DuplicateId => "duplicate-id",
            Self::DuplicateDiffers => "duplicate-differs",
            Self::SeveralPrimaryEmails => "several-primary-emails",
            Self::LicenseSourcesDisagree => "license-sources-disagree",
            Self::TenantShows => "tenant-shows",
            Self::SourcesDisagree => "sources-disagree",
            Self::RestNotOffered => "rest-not-offered",
            Self::SubscriptionUnmapped => "subscription-unmapped",
            Self::GroupUnmapped => "group-unmapped",
            Self::GroupCycle => "group-cycle",
            Self::SubgroupNotRead => "subgroup-not-read",
            Self::GroupsNotRead => "groups-not-read",
            Self::MappingNotSeen => "mapping-not-seen",
            Self::DeactivatedAdded => "deactivated-added",
            Self::GoneDeactivated => "gone-deactivated",
            Self::GoneDeleted => "gone-deleted",
            Self::GoneUnconfirmed => "gone-unconfirmed",
            Self::SeveralValues => "several-values",
            Self::SeveralGroups => "several-groups",
            Self::NoLicenseValue => "no-license-value",
            Self::RecordCut => "record-cut",
            Self::ValueCut => "value-cut",
            Self::NewValue => "new-license-value",
            Self::ValuesAlike => "license-values-alike",
        }
    }
}

/// A finding with how many it concerns (members, unless its code says otherwise) and a few examples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// How many it concerns.
    pub count: u64,
    /// Up to five: ids, unless the code says otherwise.
    pub examples: Vec<String>,
}

/// Of one finding, so many members are kept by name.
pub const MOST_CASES: u64 = 1_000;

/// A member whom a finding concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The finding.
    pub code: FindingCode,
    /// The vendor's identifier.
    pub id: String,
    /// `userName`.
    pub user_name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// What was told of them: `rest`, `record`, `group` or `value`, and the key of a license type, `active`, `deactivated`
    /// or the value as it stands there. Empty where the finding is all there is to tell.
    pub told: Vec<(String, String)>,
}
