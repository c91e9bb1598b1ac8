//! Lucid's REST API, read only: subscriptions and who holds a license of them, and who is deactivated.

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::address::BaseUrl;
use crate::error::ConnectError;
use crate::limits::Limits;
use crate::token::BearerToken;
use crate::transport::Transport;

/// A connection to the REST API.
pub struct RestClient {
    transport: Transport,
}

/// What the REST API tells about licenses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestSeen {
    /// It does not tell this key, or this account has no such thing.
    NotOffered {
        /// 403 or 404.
        status: u16,
    },
    /// The subscriptions.
    Offered(Vec<SubscriptionSeen>),
}

/// A subscription as somebody maps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionSeen {
    /// Its id.
    pub id: String,
    /// Licenses bought, where it is told.
    pub total: Option<u64>,
    /// Licenses in use.
    pub used: u64,
    /// A trial.
    pub trial: bool,
    /// When it renews.
    pub renewal: Option<Timestamp>,
}

impl RestClient {
    /// Where Lucid's REST API lives.
    pub const DEFAULT_BASE: &'static str = "https://api.lucid.co";

    /// Makes a client; nothing is sent yet.
    pub fn new(base: &BaseUrl, key: &BearerToken, limits: Limits) -> Result<Self, ConnectError> {
        Ok(Self { transport: Transport::new(base, key, limits)? })
    }

    /// The account's subscriptions.
    #[expect(clippy::unused_async, reason = "the reading of it comes with the next change")]
    pub async fn subscriptions(&self, _cancel: &CancellationToken) -> Result<RestSeen, ConnectError> {
        Err(ConnectError::NotFound { base: self.transport.base().as_str().to_owned() })
    }
}
