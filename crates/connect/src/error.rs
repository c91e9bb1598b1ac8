//! What can go wrong between us and a server, in words for the people who look after the app.
//! No variant holds a URL's query, a token, or a value out of a user's record.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use scim::{PagerError, ParseError};

/// What kind of trouble it is: decides the exit status and which field is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The token was rejected or cannot be used.
    Token,
    /// The network or the server.
    Network,
    /// The address is not that of a SCIM service.
    Address,
    /// The pages could not be kept.
    Store,
    /// The user stopped it.
    Cancelled,
}

/// Why a certificate was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TlsProblem {
    /// Signed by nobody that this machine trusts.
    UnknownIssuer,
    /// No longer valid.
    Expired,
    /// Not valid yet.
    NotYetValid,
    /// Made for another host.
    WrongName,
    /// Withdrawn by its issuer.
    Revoked,
    /// No common language, or anything else.
    Other,
}

/// Why the receiver of a page refused it.
#[derive(Debug)]
pub struct SinkError(Box<dyn Error + Send + Sync>);

impl SinkError {
    /// Wraps the receiver's own error.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into())
    }

    /// The receiver's own error back.
    pub fn into_inner(self) -> Box<dyn Error + Send + Sync> {
        self.0
    }
}

impl fmt::Display for SinkError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Why a test or a reading failed. Nothing that was read before counts.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The host name has no address.
    #[error("There is no server called {host}.")]
    UnknownHost {
        /// Who was asked for.
        host: String,
    },
    /// Nobody listens, or the way there is blocked.
    #[error("{host} cannot be reached.")]
    Unreachable {
        /// Who was asked for.
        host: String,
    },
    /// No answer in time.
    #[error("{host} did not answer in time.")]
    TimedOut {
        /// Who was asked.
        host: String,
    },
    /// The answer broke off.
    #[error("The connection broke off in the middle of an answer.")]
    Interrupted,
    /// The certificate or the handshake was refused before anything was sent.
    #[error("{}", tls_sentence(*.problem, .host))]
    Tls {
        /// Who showed it.
        host: String,
        /// What is wrong with it.
        problem: TlsProblem,
    },
    /// A proxy stands between, and wants something.
    #[error("The network's proxy refused the connection to {host}.")]
    Proxy {
        /// Who was asked for.
        host: String,
    },
    /// A redirect; it was not followed.
    #[error("The server redirects to {}. It was not followed: the token stays with the address it was entered for.", .to.as_deref().unwrap_or("another address"))]
    Redirected {
        /// The host it leads to.
        to: Option<String>,
    },
    /// 401.
    #[error("The server rejected the token.")]
    TokenRejected,
    /// 401 of the REST API.
    #[error("The REST API rejected the API key.")]
    KeyRejected,
    /// 403.
    #[error("The server accepted the token but does not let it read users.")]
    Forbidden,
    /// The token cannot be sent.
    #[error("The token has a character that cannot be sent.")]
    TokenUnusable,
    /// 404.
    #[error("There is no SCIM service at {base}.")]
    NotFound {
        /// The base URL.
        base: String,
    },
    /// 404 to a later page of a list that was there.
    #[error("The server says that there is no such page (404), though it gave the one before.")]
    NoSuchPage,
    /// 429 for longer than is waited for.
    #[error("The server asks for a pause{}.", .wait.map(|wait| format!(" of {}", span(wait))).unwrap_or_default())]
    RateLimited {
        /// For how long, when it told.
        wait: Option<Duration>,
    },
    /// Another status.
    #[error("The server answered with an error ({status}){}.{}", .detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default(), .wait.map(|wait| format!(" It asks for a pause of {}.", span(wait))).unwrap_or_default())]
    Status {
        /// The HTTP status.
        status: u16,
        /// `scimType`, when it told.
        scim_type: Option<String>,
        /// The server's own words, shortened.
        detail: Option<String>,
        /// The pause that it asks for, where that is too long to be waited for.
        wait: Option<Duration>,
    },
    /// The body comes in a form that was not asked for.
    #[error("The server's answer is compressed as {encoding}, which was not asked for.")]
    Compressed {
        /// `Content-Encoding`.
        encoding: String,
    },
    /// The body was not what was asked for.
    #[error(transparent)]
    Unreadable(#[from] ParseError),
    /// The pages contradict each other.
    #[error(transparent)]
    Paging(#[from] PagerError),
    /// A user without the one attribute that is needed.
    #[error("A user on page {page} (number {position} there) has no id.")]
    NoId {
        /// Which page.
        page: u64,
        /// Which user of the page, from 1.
        position: u64,
    },
    /// More than is sane.
    #[error("The server's answer is larger than {} MB.", .limit / (1024 * 1024))]
    TooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// The pages together are more than is sane.
    #[error("The pages of the roster are larger than {} MB in all.", .limit / (1024 * 1024))]
    RosterTooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// More headers than is sane.
    #[error("The server's answer has too many headers: more than 100, or more than {} KB in all.", .limit / 1024)]
    HeadersTooLarge {
        /// Bytes allowed.
        limit: usize,
    },
    /// The answer comes, but too slowly ever to end.
    #[error("{host} sends its answer too slowly.")]
    TooSlow {
        /// Who was asked.
        host: String,
    },
    /// A file of certificate authorities that was named cannot be used.
    #[error("The certificate file {file} {problem}.")]
    Authority {
        /// Its path.
        file: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The reading took too long.
    #[error("Reading the roster took longer than {}.", span(*.limit))]
    TookTooLong {
        /// What is allowed.
        limit: Duration,
    },
    /// The machine's TLS or network set-up is broken.
    #[error("This machine's network set-up cannot be used: {0}.")]
    Setup(String),
    /// The receiver of the pages failed.
    #[error("{0}")]
    Sink(SinkError),
    /// The user stopped it.
    #[error("The sync was stopped.")]
    Cancelled,
    /// The server has no groups, or none for this token.
    #[error("The server does not let this token read groups ({status}).")]
    GroupsNotOffered {
        /// The HTTP status.
        status: u16,
    },
    /// A list goes on at another origin; that was not followed.
    #[error("The list goes on at {}. It was not followed: the key stays with the address it was entered for.", .to.as_deref().unwrap_or("another address"))]
    LinkElsewhere {
        /// The host it leads to.
        to: Option<String>,
    },
    /// The next page is one that was read before.
    #[error("The pages of the list lead round in a circle.")]
    LinksGoRound,
    /// More groups than is sane.
    #[error("The server lists more than {limit} groups.")]
    TooManyGroups {
        /// Groups allowed.
        limit: u64,
    },
    /// More pages or entries than is sane.
    #[error("The list does not end after {limit} pages.")]
    ListTooLong {
        /// Pages allowed.
        limit: u64,
    },
    /// Any of these, from another source than the users themselves.
    #[error("{what} could not be read. {cause}")]
    Source {
        /// Which.
        what: &'static str,
        /// Why.
        cause: Box<ConnectError>,
    },
    /// Any of these, from a server whose vendor no module here knows: the advice names nobody.
    #[error("{0}")]
    Unnamed(Box<ConnectError>),
    /// Any of these, on a later page.
    #[error("Page {page} of the roster could not be read. {cause}")]
    OnPage {
        /// Which page.
        page: u64,
        /// Why.
        cause: Box<ConnectError>,
    },
}

impl From<SinkError> for ConnectError {
    fn from(error: SinkError) -> Self {
        Self::Sink(error)
    }
}

impl ConnectError {
    /// The same, with `mend` over all words that a server chose.
    pub(crate) fn with_words(mut self, mend: impl Fn(&str) -> String) -> Self {
        let over = |words: &mut Option<String>| *words = words.as_deref().map(&mend);
        match &mut self {
            Self::Redirected { to } | Self::LinkElsewhere { to } => over(to),
            Self::Status { scim_type, detail, .. } => {
                over(scim_type);
                over(detail);
            }
            Self::Compressed { encoding } => *encoding = mend(encoding),
            _ => {}
        }
        self
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownHost { .. } => "host-unknown",
            Self::Unreachable { .. } => "host-unreachable",
            Self::TimedOut { .. } => "timed-out",
            Self::Interrupted => "connection-broke",
            Self::Tls { .. } => "tls",
            Self::Proxy { .. } => "proxy",
            Self::Redirected { .. } => "redirected",
            Self::TokenRejected => "token-rejected",
            Self::Forbidden => "token-forbidden",
            Self::TokenUnusable => "token-unusable",
            Self::NotFound { .. } => "not-found",
            Self::RateLimited { .. } => "rate-limited",
            Self::Status { .. } | Self::NoSuchPage => "server-error",
            Self::Unreadable(ParseError::NotJson { looks_like_html: true }) => "web-page",
            Self::Unreadable(_) | Self::Compressed { .. } => "not-scim",
            Self::Paging(PagerError::RosterMoved { .. } | PagerError::NeverTheSame) => "roster-moved",
            Self::NoId { .. } => "user-without-id",
            Self::TooLarge { .. } | Self::RosterTooLarge { .. } | Self::HeadersTooLarge { .. } => "too-large",
            Self::TooSlow { .. } => "too-slow",
            Self::Authority { .. } => "certificate-file",
            Self::TookTooLong { .. } => "took-too-long",
            Self::Setup(_) => "network-setup",
            Self::Sink(_) => "sink",
            Self::Cancelled => "cancelled",
            Self::KeyRejected => "key-rejected",
            Self::GroupsNotOffered { .. } => "groups-not-offered",
            Self::LinkElsewhere { .. } => "link-elsewhere",
            Self::Paging(_) | Self::LinksGoRound | Self::ListTooLong { .. } | Self::TooManyGroups { .. } => "paging",
            Self::OnPage { cause, .. } | Self::Source { cause, .. } | Self::Unnamed(cause) => cause.code(),
        }
    }

    /// What kind of trouble it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::TokenRejected
            | Self::KeyRejected
            | Self::Forbidden
            | Self::TokenUnusable
            | Self::GroupsNotOffered { .. } => Kind::Token,
            Self::Redirected { .. }
            | Self::NotFound { .. }
            | Self::UnknownHost { .. }
            | Self::Unreadable(ParseError::NotJson { .. } | ParseError::NotAList) => Kind::Address,
            Self::Sink(_) => Kind::Store,
            Self::Cancelled => Kind::Cancelled,
            Self::OnPage { cause, .. } | Self::Source { cause, .. } | Self::Unnamed(cause) => cause.kind(),
            _ => Kind::Network,
        }
    }
}

fn tls_sentence(problem: TlsProblem, host: &str) -> String {
    match problem {
        TlsProblem::UnknownIssuer => format!("The certificate of {host} is signed by nobody that this machine trusts."),
        TlsProblem::Expired => format!("The certificate of {host} has expired."),
        TlsProblem::NotYetValid => format!("The certificate of {host} is not valid yet."),
        TlsProblem::WrongName => format!("The certificate that the server showed was not made for {host}."),
        TlsProblem::Revoked => format!("The certificate of {host} was withdrawn by its issuer."),
        TlsProblem::Other => format!("No secure connection to {host} could be agreed on."),
    }
}

fn span(duration: Duration) -> String {
    match duration.as_secs() {
        0..=1 => "a second".to_owned(),
        seconds @ 2..=119 => format!("{seconds} seconds"),
        seconds @ 120..=10_800 => format!("{} minutes", seconds.div_ceil(60)),
        seconds => format!("{} hours", seconds.div_ceil(3_600)),
    }
}
