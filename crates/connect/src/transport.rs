//! The one place that sends requests: no redirects, no cookies, https or this machine only, limits on time and size.
//! Only `bearer_auth` touches the token, and it goes to the base URL's own origin alone.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT, DATE, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, LOCATION, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode, Url};
use scim::ParseError::{Malformed, Truncated};
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::address::BaseUrl;
use crate::authority::trusting;
use crate::diagnose::diagnose;
use crate::error::ConnectError;
use crate::limits::Limits;
use crate::pace::Pace;
use crate::retry::{Patience, backoff, retry_after};
use crate::token::BearerToken;
use crate::trim::Less;

const ACCEPTED: HeaderValue = HeaderValue::from_static("application/scim+json, application/json;q=0.9");
const AGENT: &str = concat!("Seatledger/", env!("CARGO_PKG_VERSION"));
/// Enough of a failed request's body to find the server's own words.
const ERROR_BYTES: usize = 64 * 1024;

pub(crate) struct Transport {
    http: reqwest::Client,
    base: BaseUrl,
    token: BearerToken,
    limits: Limits,
    pace: Mutex<Pace>,
    /// A header that an API wants beside the token.
    version: Option<(HeaderName, HeaderValue)>,
}

/// What one reading or test may still spend, and what it spent.
pub(crate) struct Allowance<'a> {
    patience: Mutex<Patience>,
    deadline: Instant,
    cancel: &'a CancellationToken,
    requests: AtomicU64,
    bytes: AtomicU64,
    retries: AtomicU64,
    strained: AtomicBool,
}

impl<'a> Allowance<'a> {
    pub(crate) fn new(patience: Patience, limits: &Limits, cancel: &'a CancellationToken) -> Self {
        Self {
            patience: Mutex::new(patience),
            deadline: Instant::now() + limits.reading,
            cancel,
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            retries: AtomicU64::new(0),
            strained: AtomicBool::new(false),
        }
    }

    /// The same, for a question that may go unanswered: it is not repeated.
    pub(crate) fn without_repeats(&self) -> Self {
        Self {
            patience: Mutex::new(Patience { each: 0, in_all: 0, unreachable: false }),
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            retries: AtomicU64::new(0),
            strained: AtomicBool::new(false),
            ..*self
        }
    }

    /// Adds what another one spent.
    pub(crate) fn add(&self, other: &Self) {
        self.requests.fetch_add(other.requests(), Relaxed);
        self.bytes.fetch_add(other.bytes(), Relaxed);
        self.retries.fetch_add(other.retries(), Relaxed);
    }

    /// Requests sent, repeats included.
    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Relaxed)
    }

    /// Bytes received, once inflated.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Requests that were repeats.
    pub(crate) fn retries(&self) -> u64 {
        self.retries.load(Relaxed)
    }

    /// Whether somebody asked to stop.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// Whether the server asked for fewer requests, or failed under them.
    pub(crate) fn is_strained(&self) -> bool {
        self.strained.load(Relaxed)
    }
}

/// One request that failed.
struct Failure {
    error: ConnectError,
    /// Whether the same request may succeed later.
    passing: bool,
    wait: Option<Duration>,
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        let passing = matches!(
            error,
            ConnectError::Interrupted
                | ConnectError::TimedOut { .. }
                | ConnectError::TooSlow { .. }
                | ConnectError::Unreadable(Truncated { .. })
        );
        Self { error, passing, wait: None }
    }
}

impl Transport {
    pub(crate) fn new(base: &BaseUrl, token: &BearerToken, limits: Limits) -> Result<Self, ConnectError> {
        let builder = reqwest::Client::builder()
            .user_agent(AGENT)
            .https_only(base.is_https())
            .redirect(Policy::none())
            .referer(false)
            .gzip(true)
            .connect_timeout(limits.connect)
            .read_timeout(limits.silence)
            .timeout(limits.answer);
        // A proxy has no business between two programs of one machine, and would read the token.
        let builder = if base.is_loopback() { builder.no_proxy() } else { builder };
        // Without TLS there is nothing to verify: the machine's certificate store need not be read.
        let builder = if base.is_https() { builder } else { builder.tls_certs_only([]) };
        let builder = trusting(builder, &limits.authorities)?;
        let http = builder.build().map_err(|error| ConnectError::Setup(innermost(&error)))?;
        let pace = Mutex::new(Pace::new(limits.requests_per_minute.or_else(|| base.usual_rate())));
        Ok(Self {
            http,
            base: base.clone(),
            token: BearerToken::from_secret(token.secret()),
            limits,
            pace,
            version: None,
        })
    }

    /// The same, with one more header on every request.
    pub(crate) fn with_version(self, name: HeaderName, version: HeaderValue) -> Self {
        Self { version: Some((name, version)), ..self }
    }

    pub(crate) fn base(&self) -> &BaseUrl {
        &self.base
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The address of one page of users. Both numbers are always sent: some servers list nobody otherwise. A cursor
    /// stands in the place of `startIndex`: both together are refused (RFC 9865 §2).
    pub(crate) fn users(&self, start_index: u64, count: u32, cursor: Option<&str>, less: Option<&Less>) -> Url {
        self.list("Users", start_index, count, cursor, less)
    }

    /// The same of any list.
    pub(crate) fn list(
        &self,
        name: &str,
        start_index: u64,
        count: u32,
        cursor: Option<&str>,
        less: Option<&Less>,
    ) -> Url {
        let mut url = self.base.endpoint(name);
        let start = start_index.to_string();
        let place = cursor.map_or(("startIndex", start.as_str()), |cursor| ("cursor", cursor));
        let mut query = url.query_pairs_mut();
        query.append_pair(place.0, place.1).append_pair("count", &count.to_string());
        if let Some((name, attributes)) = less.map(Less::parameter) {
            query.append_pair(name, attributes);
        }
        drop(query);
        url
    }

    /// Gets `url` and reads its body, again and again as far as the allowance goes. The body lives in `buffer` only
    /// until `read` returns.
    pub(crate) async fn fetch<T>(
        &self,
        url: &Url,
        allowance: &Allowance<'_>,
        buffer: &mut Vec<u8>,
        read: impl Fn(&[u8]) -> Result<T, ConnectError>,
    ) -> Result<T, ConnectError> {
        self.fetch_with_headers(url, allowance, buffer, |_, body| read(body)).await
    }

    /// The same, for lists that tell in a header where they go on.
    pub(crate) async fn fetch_with_headers<T>(
        &self,
        url: &Url,
        allowance: &Allowance<'_>,
        buffer: &mut Vec<u8>,
        read: impl Fn(&HeaderMap, &[u8]) -> Result<T, ConnectError>,
    ) -> Result<T, ConnectError> {
        self.fetch_if(url, None, allowance, buffer, read).await?.ok_or(ConnectError::Interrupted)
    }

    /// The same, on the condition that what is there differs from what had this `ETag`; `None` when it does not.
    pub(crate) async fn fetch_if<T>(
        &self,
        url: &Url,
        etag: Option<&HeaderValue>,
        allowance: &Allowance<'_>,
        buffer: &mut Vec<u8>,
        read: impl Fn(&HeaderMap, &[u8]) -> Result<T, ConnectError>,
    ) -> Result<Option<T>, ConnectError> {
        let mut tried = 0;
        loop {
            let slot = self.pace.lock().unwrap_or_else(PoisonError::into_inner).slot(Instant::now());
            self.pause(slot, allowance).await?;
            allowance.requests.fetch_add(1, Relaxed);
            let outcome = tokio::select! {
                biased;
                () = allowance.cancel.cancelled() => return Err(ConnectError::Cancelled),
                () = sleep_until(allowance.deadline) => return Err(self.too_long()),
                outcome = self.attempt(url, etag, buffer) => outcome,
            };
            allowance.bytes.fetch_add(buffer.len() as u64, Relaxed);
            let outcome = outcome.and_then(|headers| {
                let read = headers.map(|headers| match read(&headers, buffer) {
                    Err(ConnectError::Unreadable(Malformed { .. })) if scim::mend(buffer) => read(&headers, buffer),
                    outcome => outcome,
                });
                read.transpose().map_err(Failure::from)
            });
            buffer.clear();
            let Failure { error, passing, wait } = match outcome {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            };
            let unreachable = matches!(error, ConnectError::Unreachable { .. } | ConnectError::UnknownHost { .. });
            if !passing && !unreachable || wait.is_some_and(|wait| wait > self.limits.longest_retry_after) {
                return Err(error);
            }
            if !allowance.patience.lock().unwrap_or_else(PoisonError::into_inner).take(tried, unreachable) {
                return Err(error);
            }
            allowance.strained.store(true, Relaxed);
            let until = Instant::now() + wait.unwrap_or_else(|| backoff(&self.limits, tried));
            if wait.is_some() {
                self.pace.lock().unwrap_or_else(PoisonError::into_inner).pause(until);
            }
            self.pause(until, allowance).await?;
            tried += 1;
            allowance.retries.fetch_add(1, Relaxed);
        }
    }

    async fn pause(&self, until: Instant, allowance: &Allowance<'_>) -> Result<(), ConnectError> {
        tokio::select! {
            biased;
            () = allowance.cancel.cancelled() => Err(ConnectError::Cancelled),
            () = sleep_until(until.min(allowance.deadline)) => {
                if until > allowance.deadline { Err(self.too_long()) } else { Ok(()) }
            }
        }
    }

    fn too_long(&self) -> ConnectError {
        ConnectError::TookTooLong { limit: self.limits.reading }
    }

    /// The headers of an answer whose body is in `buffer`; `None` when the server says that nothing changed.
    async fn attempt(
        &self,
        url: &Url,
        etag: Option<&HeaderValue>,
        buffer: &mut Vec<u8>,
    ) -> Result<Option<HeaderMap>, Failure> {
        let request = self.http.get(url.clone()).header(ACCEPT, ACCEPTED).bearer_auth(self.token.expose());
        let request = match &self.version {
            Some((name, version)) => request.header(name, version),
            None => request,
        };
        let request = match etag {
            Some(etag) => request.header(IF_NONE_MATCH, etag),
            None => request,
        };
        let mut response = request.send().await.map_err(|error| self.diagnosed(&error))?;
        let status = response.status();
        let headers: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if headers > self.limits.header_bytes {
            return Err(ConnectError::HeadersTooLarge { limit: self.limits.header_bytes }.into());
        }
        if status.is_success() {
            self.body(&mut response, self.limits.answer_bytes, buffer).await?;
            Ok(Some(std::mem::take(response.headers_mut())))
        } else if etag.is_some() && status == StatusCode::NOT_MODIFIED {
            Ok(None)
        } else {
            Err(self.refused(status, response).await)
        }
    }

    /// The body as far as `limit`, counted after inflating, and as long as enough of it comes.
    async fn body(&self, response: &mut Response, limit: usize, buffer: &mut Vec<u8>) -> Result<(), Failure> {
        let (mut since, mut before) = (Instant::now(), 0);
        loop {
            let Ok(chunk) = timeout_at(since + self.limits.least_within, response.chunk()).await else {
                if buffer.len() - before < self.limits.least_bytes {
                    return Err(ConnectError::TooSlow { host: self.base.host().to_owned() }.into());
                }
                (since, before) = (Instant::now(), buffer.len());
                continue;
            };
            let Some(chunk) = chunk.map_err(|error| self.diagnosed(&error))? else { return Ok(()) };
            if chunk.len() > limit.saturating_sub(buffer.len()) {
                return Err(ConnectError::TooLarge { limit: limit as u64 }.into());
            }
            buffer.extend_from_slice(&chunk);
        }
    }

    fn diagnosed(&self, error: &reqwest::Error) -> Failure {
        diagnose(error, self.base.host(), self.limits.header_bytes).into()
    }

    async fn refused(&self, status: StatusCode, mut response: Response) -> Failure {
        let wait = retry_after(header(response.headers(), &RETRY_AFTER), header(response.headers(), &DATE));
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            let to = header(response.headers(), &LOCATION).and_then(|location| self.base.host_of(location));
            return ConnectError::Redirected { to }.into();
        }
        let mut body = Vec::new();
        // Whatever arrived of it will do.
        let _ = self.body(&mut response, ERROR_BYTES, &mut body).await;
        let told = scim::parse_error(&body).unwrap_or_default();
        let detail = told.detail.map(|detail| detail.replace(self.token.expose(), "…"));
        let error = match status {
            StatusCode::UNAUTHORIZED => ConnectError::TokenRejected,
            StatusCode::FORBIDDEN => ConnectError::Forbidden,
            StatusCode::NOT_FOUND => ConnectError::NotFound { base: self.base.as_str().to_owned() },
            StatusCode::PROXY_AUTHENTICATION_REQUIRED => ConnectError::Proxy { host: self.base.host().to_owned() },
            StatusCode::TOO_MANY_REQUESTS => ConnectError::RateLimited { wait },
            _ => ConnectError::Status { status: status.as_u16(), scim_type: told.scim_type, detail },
        };
        Failure { error, passing: is_passing(status), wait }
    }
}

fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504 | 520..=529)
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The cause at the bottom: no request exists yet, so there is no URL in it.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
