//! What a connection test tells: its named stages as they pass, and what it found.

use roster::Finding;

use crate::suggest::Suggestion;

/// The stages, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StageKey {
    /// The server can be reached.
    Address,
    /// Its certificate verifies.
    Tls,
    /// `/ServiceProviderConfig` answers.
    ServiceProviderConfig,
    /// `/Users?count=1` answers.
    Users,
    /// How licenses are represented.
    Licenses,
}

impl StageKey {
    /// Every stage, in order.
    pub const ALL: [Self; 5] = [Self::Address, Self::Tls, Self::ServiceProviderConfig, Self::Users, Self::Licenses];

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Tls => "tls",
            Self::ServiceProviderConfig => "service-provider-config",
            Self::Users => "users",
            Self::Licenses => "licenses",
        }
    }
}

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StageState {
    /// Under way.
    Running,
    /// As it should be.
    Passed,
    /// Odd, but no obstacle.
    Warned,
    /// The test ends here.
    Failed,
}

/// One step of the test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Which.
    pub key: StageKey,
    /// How it stands.
    pub state: StageState,
    /// What was found, in a sentence; empty while it runs.
    pub detail: String,
}

/// Where the server says who holds a license.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LicenseShape {
    /// `productLicenses` under `lucid:2.0`.
    ProductLicenses2,
    /// `productLicenses` under `lucid:1.0`.
    ProductLicenses1,
    /// `canEdit`.
    CanEdit,
    /// Nowhere that is known: every member will be *unknown*.
    NotVisible,
    /// No user was listed, so nothing could be seen.
    NoUsers,
}

/// What a test that passed found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// `totalResults`, when the server told.
    pub users: Option<u64>,
    /// Where licenses are.
    pub licenses: LicenseShape,
    /// The same in a sentence.
    pub licenses_sentence: String,
    /// What is worth telling about the users that were seen.
    pub findings: Vec<Finding>,
    /// Attributes that may tell the license, best first, where the connector knows none.
    pub suggestions: Vec<Suggestion>,
    /// How many users were looked at for them.
    pub sampled: u64,
    /// Whether these were all.
    pub complete: bool,
}
