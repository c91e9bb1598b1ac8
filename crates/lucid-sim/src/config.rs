//! What a simulated Lucid account is like: its people, its day, and the choices that Lucid's documentation leaves open.
//! Every default is the one of the design's table, except the rate limit: off, because a bench must not measure it.

use clap::ValueEnum;
use jiff::civil::{Date, date};

use crate::fault::Fault;

/// Weeks between the first and the last sync of the sample organisation's history: 57 syncs in all.
pub const SAMPLE_WEEKS: u32 = 56;

/// How a user's license shows on the wire: the four generations seen in the field, and what other SCIM apps do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum LicenseMode {
    /// `canEdit` under the Lucidchart URN only.
    CanEdit,
    /// `productLicenses` under the lucid:2.0 URN only.
    ProductLicenses,
    /// All four extension URNs and a top-level `canEdit`, as captured from a real account.
    #[default]
    AllUrns,
    /// No license at all: accounts on organizational groups.
    None,
    /// Not Lucid's shape: `userType`, as another SCIM app may tell it.
    UserType,
    /// Not Lucid's shape: one of `entitlements`, beside others that are no licenses.
    Entitlements,
    /// Not Lucid's shape: one of `roles`.
    Roles,
    /// Not Lucid's shape: `plan` in an extension of the app's own.
    Extension,
}

/// Which integration the SCIM token belongs to: it decides what `/Groups` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum TokenKind {
    /// Organizational groups.
    #[default]
    Admin,
    /// Teams: any number for each user, no subgroups, nothing to do with licenses.
    Content,
}

/// The JSON type of a product license.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LicenseValueType {
    /// `true` and `false`.
    #[default]
    Bool,
    /// `"true"` and `"false"`, as one identity provider types them.
    String,
}

/// How `roles` is shaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum RolesShape {
    /// `[{"value": "BillingAdmin"}]`, as documented now.
    #[default]
    Objects,
    /// `["BillingAdmin"]`, as documented for 1.0.
    Strings,
}

/// What a page past the end looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum PastEnd {
    /// `"Resources": []`.
    #[default]
    Empty,
    /// No `Resources` at all.
    Absent,
}

/// The whole simulated account and how it answers.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, as the design's table lists them")]
pub struct Config {
    /// People on the roster on [`Config::first_day`], exactly.
    pub users: u32,
    /// About how many there are after [`Config::days`]; `None`: as many as at first, though not the same people.
    pub grow_to: Option<u32>,
    /// Same seed, same people, same history.
    pub seed: u64,
    /// The first day of the history.
    pub first_day: Date,
    /// Days over which the account grows; people go on joining and leaving for a year after that, then all stands still.
    pub days: u32,
    /// The day that the server shows at first; `None`: the first day.
    pub day: Option<Date>,
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The bearer token that is accepted.
    pub token: String,
    /// Which integration that token belongs to.
    pub token_kind: TokenKind,
    /// The API key that the REST API accepts.
    pub rest_key: String,
    /// Whether the REST API lets that key see subscriptions and licenses; 403 otherwise.
    pub rest_licenses: bool,
    /// Whether the REST API lets that key list users; 403 otherwise.
    pub rest_users: bool,
    /// The largest page of the REST API.
    pub rest_page: u32,
    /// So many of the first people have the opposite license in SCIM; the REST API and the groups tell the truth.
    pub contradicted: u32,
    /// The group of all licensed people is also inside one of its own subgroups.
    pub group_cycle: bool,
    /// How licenses show.
    pub license_mode: LicenseMode,
    /// The JSON type of product licenses.
    pub license_value_type: LicenseValueType,
    /// How roles are shaped.
    pub roles_shape: RolesShape,
    /// The largest page; a larger `count` is cut to it without a word.
    pub max_count: u32,
    /// The page when `count` is not sent.
    pub default_count: u32,
    /// What a page past the end looks like.
    pub past_end: PastEnd,
    /// List deactivated users too, as some readers of Lucid say it does.
    pub include_inactive: bool,
    /// Requests a minute before 429; `None`: no limit.
    pub rate_per_min: Option<u32>,
    /// Whether that 429 carries `Retry-After`.
    pub retry_after: bool,
    /// Status for an unknown user id: 404 now, 403 in the 1.0 documentation.
    pub missing_user_status: u16,
    /// The fault from the start.
    pub fault: Option<Fault>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            users: 250,
            grow_to: None,
            seed: 1,
            first_day: date(2025, 10, 27),
            days: SAMPLE_WEEKS * 7,
            day: None,
            port: 0,
            token: "00112233445566778899aabbccddeeff".to_owned(),
            token_kind: TokenKind::default(),
            rest_key: "key-ffeeddccbbaa99887766554433221100".to_owned(),
            rest_licenses: true,
            rest_users: true,
            rest_page: 200,
            contradicted: 0,
            group_cycle: false,
            license_mode: LicenseMode::default(),
            license_value_type: LicenseValueType::default(),
            roles_shape: RolesShape::default(),
            max_count: 100,
            default_count: 100,
            past_end: PastEnd::default(),
            include_inactive: false,
            rate_per_min: None,
            retry_after: false,
            missing_user_status: 404,
            fault: None,
        }
    }
}

impl Config {
    /// The sample organisation: about 240 people growing to about 320 in the [`SAMPLE_WEEKS`] after its first day.
    pub fn sample(first_day: Date) -> Self {
        Self { users: 240, grow_to: Some(320), seed: 2026, first_day, ..Self::default() }
    }

    /// An account of this size with this seed, otherwise the default.
    pub fn of(users: u32, seed: u64) -> Self {
        Self { users, seed, ..Self::default() }
    }
}
