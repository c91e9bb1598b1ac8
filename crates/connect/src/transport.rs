//! The one place that sends requests: no redirects, no cookies, https or this machine only, limits on time and size.
//! Only `bearer_auth` touches the token, and it goes to the base URL's own origin alone.

use std::future::ready;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, CONTENT_ENCODING, DATE, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, LOCATION, RETRY_AFTER,
};
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode, Url};
use scim::ErrorResponse;
use scim::ParseError::{Malformed, NumberTooLong, Truncated};
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::address::BaseUrl;
use crate::allowance::Allowance;
use crate::authority::trusting;
use crate::diagnose::diagnose;
use crate::error::ConnectError;
use crate::limits::Limits;
use crate::pace::Pace;
use crate::retry::{Trouble, backoff, refused_backoff, retry_after};
use crate::token::BearerToken;
use crate::trim::Less;

const ACCEPTED: HeaderValue = HeaderValue::from_static("application/scim+json, application/json;q=0.9");
const AGENT: &str = concat!("Seatledger/", env!("CARGO_PKG_VERSION"));
/// Enough of a failed request's body to find the server's own words.
const ERROR_BYTES: usize = 64 * 1024;
/// From here on a pause after 429 is that of a limiter that counts by the minute.
const LONG_PAUSE: Duration = Duration::from_secs(10);

pub(crate) struct Transport {
    http: reqwest::Client,
    base: BaseUrl,
    token: BearerToken,
    limits: Limits,
    pace: Pace,
    /// A header that an API wants beside the token.
    version: Option<(HeaderName, HeaderValue)>,
}

/// One request that failed.
struct Failure {
    error: ConnectError,
    /// Set where the same request may succeed later.
    trouble: Option<Trouble>,
    wait: Option<Duration>,
}

impl Failure {
    fn wants_fewer(&self) -> bool {
        self.trouble == Some(Trouble::TooOften) || matches!(self.error, ConnectError::Status { status: 503, .. })
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        let trouble = match error {
            ConnectError::Unreachable { .. } | ConnectError::UnknownHost { .. } => Some(Trouble::Unreachable),
            ConnectError::Interrupted
            | ConnectError::TimedOut { .. }
            | ConnectError::TooSlow { .. }
            | ConnectError::Unreadable(Truncated { .. }) => Some(Trouble::Passing),
            _ => None,
        };
        Self { error, trouble, wait: None }
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
        let pace = Pace::new(limits.rate(base));
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

    /// The same, at a pace that others share.
    pub(crate) fn paced(self, pace: Pace) -> Self {
        Self { pace, ..self }
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
        let at_once = |headers: HeaderMap, body: Vec<u8>| ready(understood(&headers, body, &read));
        self.fetch_if(url, None, allowance, buffer, at_once).await?.ok_or(ConnectError::Interrupted)
    }

    /// The same, on the condition that what is there differs from what had this `ETag`; `None` when it does not. `read`
    /// may take its time, and gives the body's room back.
    pub(crate) async fn fetch_if<T, R: Future<Output = Understood<T>>>(
        &self,
        url: &Url,
        etag: Option<&HeaderValue>,
        allowance: &Allowance<'_>,
        buffer: &mut Vec<u8>,
        read: impl Fn(HeaderMap, Vec<u8>) -> R,
    ) -> Result<Option<T>, ConnectError> {
        let mut tried = 0;
        loop {
            let slot = self.pace.slot(Instant::now());
            self.pause(slot, allowance).await?;
            self.pace.leaves(Instant::now());
            allowance.sends();
            let outcome = tokio::select! {
                biased;
                () = allowance.cancelled() => return Err(ConnectError::Cancelled),
                () = sleep_until(allowance.deadline()) => return Err(self.too_long()),
                outcome = self.attempt(url, etag, buffer) => outcome,
            };
            allowance.receives(buffer.len() as u64);
            let outcome = match outcome {
                Ok(Some(headers)) => {
                    let (body, read) = read(headers, std::mem::take(buffer)).await;
                    *buffer = body;
                    read.map(Some).map_err(Failure::from)
                }
                Ok(None) => Ok(None),
                Err(failure) => Err(failure),
            };
            buffer.clear();
            let failure = match outcome {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            };
            let Some(trouble) = Self::may_pass(&failure, allowance) else { return Err(self.told(failure, allowance)) };
            let until = self.hold_back(&failure, slot, tried, allowance);
            if !allowance.repeats(tried, trouble) {
                return Err(self.told(failure, allowance));
            }
            self.pause(until, allowance).await?;
            tried += 1;
        }
    }

    /// What is told of a failure: a server may well repeat what it was sent; a pause that is waited for is no matter.
    fn told(&self, failure: Failure, allowance: &Allowance<'_>) -> ConnectError {
        let mut error = failure.error.with_words(|words| self.token.struck_from(words));
        if let ConnectError::Status { wait, .. } = &mut error {
            *wait = wait.filter(|wait| *wait > allowance.longest_pause());
        }
        error
    }

    /// Whether and how the failure may pass by itself, in a time that is worth waiting for.
    fn may_pass(failure: &Failure, allowance: &Allowance<'_>) -> Option<Trouble> {
        failure.trouble.filter(|_| failure.wait.is_none_or(|wait| wait <= allowance.longest_pause()))
    }

    /// When to ask again what left at `left`. Whoever shares the pace waits too where the server wants fewer requests,
    /// whether this one is repeated or not.
    fn hold_back(&self, failure: &Failure, left: Instant, tried: u32, allowance: &Allowance<'_>) -> Instant {
        let now = Instant::now();
        let too_often = failure.trouble == Some(Trouble::TooOften);
        let ours = match failure.wait {
            None if too_often => refused_backoff(&self.limits, tried),
            _ => backoff(&self.limits, tried),
        };
        let until = now + failure.wait.unwrap_or_default().max(ours);
        if failure.wants_fewer() {
            allowance.strain();
        }
        if failure.wait.is_some() || too_often {
            self.pace.pause(until);
        }
        // A short pause that the server tells is not of a limiter by the minute.
        if too_often && failure.wait.is_none_or(|wait| wait >= LONG_PAUSE) {
            self.pace.slow_down(left, now);
        }
        until
    }

    async fn pause(&self, until: Instant, allowance: &Allowance<'_>) -> Result<(), ConnectError> {
        // A timer that has run out already still takes up to a millisecond: on a fast wire longer than the answer.
        if until <= Instant::now() {
            return if allowance.is_cancelled() { Err(ConnectError::Cancelled) } else { Ok(()) };
        }
        allowance.waits(until.min(allowance.deadline()).saturating_duration_since(Instant::now()));
        tokio::select! {
            biased;
            () = allowance.cancelled() => Err(ConnectError::Cancelled),
            () = sleep_until(until.min(allowance.deadline())) => {
                if until > allowance.deadline() { Err(self.too_long()) } else { Ok(()) }
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
            plain(response.headers())?;
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
        let error = match status {
            StatusCode::UNAUTHORIZED => ConnectError::TokenRejected,
            StatusCode::FORBIDDEN => ConnectError::Forbidden,
            StatusCode::NOT_FOUND => ConnectError::NotFound { base: self.base.as_str().to_owned() },
            StatusCode::PROXY_AUTHENTICATION_REQUIRED => ConnectError::Proxy { host: self.base.host().to_owned() },
            StatusCode::TOO_MANY_REQUESTS => ConnectError::RateLimited { wait },
            _ => {
                let ErrorResponse { scim_type, detail, .. } = told;
                ConnectError::Status { status: status.as_u16(), scim_type, detail, wait }
            }
        };
        Failure { error, trouble: trouble(status), wait }
    }
}

/// What a body came to, and its room.
pub(crate) type Understood<T> = (Vec<u8>, Result<T, ConnectError>);

/// Reads a body; one that is no JSON, or has numbers that cannot be kept, is read once more when it can be mended.
pub(crate) fn understood<T>(
    headers: &HeaderMap,
    mut body: Vec<u8>,
    read: impl Fn(&HeaderMap, &[u8]) -> Result<T, ConnectError>,
) -> Understood<T> {
    let mut outcome = read(headers, &body);
    // One answer may need both.
    for _ in 0..2 {
        outcome = match outcome {
            Err(ConnectError::Unreadable(Malformed { .. })) if scim::mend(&mut body) => read(headers, &body),
            Err(ConnectError::Unreadable(NumberTooLong { .. })) if scim::quote_numbers(&mut body) => {
                read(headers, &body)
            }
            outcome => return (body, outcome),
        };
    }
    (body, outcome)
}

fn trouble(status: StatusCode) -> Option<Trouble> {
    match status.as_u16() {
        429 => Some(Trouble::TooOften),
        408 | 425 | 500 | 502 | 503 | 504 | 520..=529 => Some(Trouble::Passing),
        _ => None,
    }
}

/// The HTTP library takes away the one compression that was asked for; what is left is one that was not.
fn plain(headers: &HeaderMap) -> Result<(), ConnectError> {
    let Some(encoding) = header(headers, &CONTENT_ENCODING) else { return Ok(()) };
    if encoding.trim().is_empty() || encoding.trim().eq_ignore_ascii_case("identity") {
        return Ok(());
    }
    let encoding = encoding.chars().filter(|sign| sign.is_ascii_alphanumeric() || "-, ".contains(*sign)).take(20);
    Err(ConnectError::Compressed { encoding: encoding.collect() })
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
