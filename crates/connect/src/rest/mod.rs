//! Lucid's REST API, read only: subscriptions and who holds a license of them, and who is deactivated.

mod licenses;
mod link;
mod wire;

use std::collections::HashSet;

use jiff::Timestamp;
use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use scim::parse_records;
use tokio_util::sync::CancellationToken;

use crate::address::BaseUrl;
use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::limits::Limits;
use crate::pace::Pace;
use crate::token::BearerToken;
use crate::transport::Transport;
use crate::whole::allowance;
pub(crate) use licenses::{RestLicenses, ask};
use wire::Listed;

const VERSION: (HeaderName, HeaderValue) =
    (HeaderName::from_static("lucid-api-version"), HeaderValue::from_static("1"));
/// The documented default, and the most.
const PAGE: &str = "200";

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

/// The API has no such thing for this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotOffered(pub(crate) u16);

impl RestClient {
    /// Where Lucid's REST API lives.
    pub const DEFAULT_BASE: &'static str = "https://api.lucid.co";

    /// Makes a client; nothing is sent yet.
    pub fn new(base: &BaseUrl, key: &BearerToken, limits: Limits) -> Result<Self, ConnectError> {
        let (name, version) = VERSION;
        Ok(Self { transport: Transport::new(base, key, limits)?.with_version(name, version) })
    }

    /// The same, at a pace that other clients of the API share.
    #[must_use]
    pub fn paced(self, pace: Pace) -> Self {
        Self { transport: self.transport.paced(pace) }
    }

    /// The account's subscriptions.
    pub async fn subscriptions(&self, cancel: &CancellationToken) -> Result<RestSeen, ConnectError> {
        let seen = self.read_subscriptions(&allowance(&self.transport, cancel)).await.map_err(of_rest)?;
        Ok(match seen {
            Ok(subscriptions) => RestSeen::Offered(subscriptions),
            Err(NotOffered(status)) => RestSeen::NotOffered { status },
        })
    }

    /// The status with which users are refused to this key; `None` where they can be read.
    pub async fn users_refused(&self, cancel: &CancellationToken) -> Result<Option<u16>, ConnectError> {
        let mut url = self.transport.base().below(&["v1", "users"]);
        url.query_pairs_mut().append_pair("pageSize", PAGE);
        let read = |_: &HeaderMap, body: &[u8]| Ok(parse_records::<wire::User>(body)?.len());
        let allowance = allowance(&self.transport, cancel);
        match self.transport.fetch_with_headers(&url, &allowance, &mut Vec::new(), read).await {
            Ok(_) => Ok(None),
            Err(error) => not_offered(error).map(|NotOffered(status)| Some(status)).map_err(of_rest),
        }
    }

    async fn read_subscriptions(
        &self,
        allowance: &Allowance<'_>,
    ) -> Result<Result<Vec<SubscriptionSeen>, NotOffered>, ConnectError> {
        let mut seen: Vec<SubscriptionSeen> = Vec::new();
        let mut take = |subscription: wire::Subscription| {
            let subscription = subscription.seen();
            seen.extend(subscription.filter(|new| !seen.iter().any(|known| known.id == new.id)));
        };
        let read = self.walk(&["v1", "subscriptions"], allowance, &mut take).await?;
        Ok(read.map(|()| seen))
    }

    /// Reads a list to its end, page after page, each from where the last one said.
    async fn walk<R: Listed + Send>(
        &self,
        path: &[&str],
        allowance: &Allowance<'_>,
        take: &mut (dyn FnMut(R) + Send),
    ) -> Result<Result<(), NotOffered>, ConnectError> {
        let limits = self.transport.limits();
        let mut url = self.transport.base().below(path);
        url.query_pairs_mut().append_pair("pageSize", PAGE);
        let (mut walked, mut buffer) = (HashSet::new(), Vec::new());
        let (mut bytes, mut known) = (0, HashSet::new());
        loop {
            let at = &url;
            let read = |headers: &HeaderMap, body: &[u8]| {
                let listed: Vec<R> = parse_records(body)?;
                Ok((listed, link::next(headers, at)?, body.len() as u64))
            };
            let page = self.transport.fetch_with_headers(&url, allowance, &mut buffer, read).await;
            let (listed, next, size): (Vec<R>, Option<Url>, u64) = match page {
                Ok(page) => page,
                Err(error) if walked.is_empty() => return not_offered(error).map(Err),
                Err(error) => return Err(error),
            };
            bytes += size;
            if bytes > limits.reading_bytes {
                return Err(ConnectError::RosterTooLarge { limit: limits.reading_bytes });
            }
            if listed.is_empty() {
                return Ok(Ok(()));
            }
            let before = known.len();
            for record in listed {
                if record.key().is_some_and(|key| known.insert(key)) {
                    take(record);
                }
            }
            walked.insert(url.as_str().to_owned());
            let Some(next) = next else { return Ok(Ok(())) };
            // A page with nothing new that leads on leads nowhere: what it should have listed would be missing.
            if known.len() == before {
                return Err(ConnectError::LinksGoRound);
            }
            // The last page of some lists leads to itself.
            if next == url {
                return Ok(Ok(()));
            }
            if walked.contains(next.as_str()) {
                return Err(ConnectError::LinksGoRound);
            }
            if walked.len() as u64 >= limits.pages || known.len() as u64 > limits.users {
                return Err(ConnectError::ListTooLong { limit: walked.len() as u64 });
            }
            url = next;
        }
    }
}

/// Where a list goes on: for the fuzzing of this crate.
#[cfg(test)]
pub(crate) fn next_of(headers: &reqwest::header::HeaderMap, at: &Url) -> Result<Option<Url>, ConnectError> {
    link::next(headers, at)
}

/// How many subscriptions, licenses and users a body lists: for the fuzzing of this crate.
#[cfg(test)]
pub(crate) fn listed_of(body: &[u8]) -> [Result<usize, ConnectError>; 3] {
    fn known<R: Listed>(body: &[u8]) -> Result<usize, ConnectError> {
        Ok(parse_records::<R>(body)?.iter().filter(|record| record.key().is_some()).count())
    }
    [known::<wire::Subscription>(body), known::<wire::License>(body), known::<wire::User>(body)]
}

fn not_offered(error: ConnectError) -> Result<NotOffered, ConnectError> {
    match error {
        ConnectError::Forbidden => Ok(NotOffered(403)),
        ConnectError::NotFound { .. } => Ok(NotOffered(404)),
        error => Err(error),
    }
}

/// An error of this API, in words that name it.
fn of_rest(error: ConnectError) -> ConnectError {
    match error {
        ConnectError::Cancelled | ConnectError::TookTooLong { .. } => error,
        ConnectError::TokenRejected => ConnectError::KeyRejected,
        cause => ConnectError::Source { what: "The licenses of the REST API", cause: Box::new(cause) },
    }
}
