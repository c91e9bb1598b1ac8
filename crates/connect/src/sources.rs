//! Where a reading looks for licenses: the user's own record always, an attribute path, groups and the REST API as told.

use crate::address::BaseUrl;
use crate::connector::Connector;
use crate::license_path::LicensePath;
use crate::mapping::Mapping;
use crate::pace::Pace;
use crate::token::BearerToken;

/// The sources of one connection.
#[derive(Debug)]
pub struct Sources {
    /// Whose shapes to expect.
    pub connector: Connector,
    /// Which attribute tells the license, for [`Connector::Scim`].
    pub license_from: Option<LicensePath>,
    /// What its values stand for; a value without a row is a license type of its own.
    pub values: Mapping,
    /// What groups stand for; `None`: groups are not read.
    pub groups: Option<Mapping>,
    /// Lucid's REST API, where it was connected.
    pub rest: Option<RestSource>,
}

/// Lucid's REST API as a second source.
#[derive(Debug)]
pub struct RestSource {
    /// Usually [`RestClient::DEFAULT_BASE`](crate::RestClient::DEFAULT_BASE).
    pub base: BaseUrl,
    /// The API key.
    pub key: BearerToken,
    /// What subscriptions stand for.
    pub subscriptions: Mapping,
    /// The pace that other clients of the API share; `None` for one of its own.
    pub pace: Option<Pace>,
}

impl Sources {
    /// The users' own records alone.
    pub fn of(connector: Connector) -> Self {
        Self { connector, license_from: None, values: Mapping::default(), groups: None, rest: None }
    }
}
