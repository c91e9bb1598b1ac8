//! The address of a SCIM service as people paste it, made into the one base that requests are built from.
//! Absent on purpose: any look at the network.

use std::fmt;

use url::{Host, Url};

use crate::connector::Connector;
use crate::pace::known_rate;

/// Longer text is no address.
const MAX_CHARACTERS: usize = 2_048;

/// Why a text is no usable SCIM address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was given.
    #[error("The SCIM address is empty.")]
    Empty,
    /// Not a URL at all.
    #[error("The SCIM address is not a web address.")]
    NotAnAddress,
    /// Neither https nor http.
    #[error("The SCIM address begins with \"{0}:\", not with https:.")]
    Scheme(String),
    /// http to another machine: the token would travel in the clear.
    #[error("The SCIM address begins with http:, which would send the token unencrypted to {0}.")]
    NotEncrypted(String),
    /// `user:password@`.
    #[error("The SCIM address holds a user name or password.")]
    UserInfo,
    /// `?…`.
    #[error("The SCIM address holds a query (\"?\").")]
    Query,
    /// `#…`.
    #[error("The SCIM address holds a fragment (\"#\").")]
    Fragment,
    /// Port 0.
    #[error("The SCIM address names port 0, which nothing can listen on.")]
    Port,
}

impl AddressError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "address-empty",
            Self::NotAnAddress => "address-invalid",
            Self::Scheme(_) => "address-scheme",
            Self::NotEncrypted(_) => "address-not-encrypted",
            Self::UserInfo => "address-user-info",
            Self::Query => "address-query",
            Self::Fragment => "address-fragment",
            Self::Port => "address-port",
        }
    }

    /// The same, as people who connect an app of this connector should read it.
    pub fn hint_for(&self, connector: Connector) -> String {
        match (self, connector) {
            (Self::Empty | Self::NotAnAddress | Self::Scheme(_) | Self::Port, Connector::Scim) => {
                "Copy the SCIM base URL from the app's admin console; it begins with https: and often ends in /scim/v2."
                    .to_owned()
            }
            (Self::Query | Self::Fragment, Connector::Scim) => {
                "Paste the base URL only, without anything after a \"?\" or \"#\".".to_owned()
            }
            _ => self.hint(),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Empty | Self::NotAnAddress | Self::Scheme(_) | Self::Port => {
                "Copy the SCIM base URL from the app's admin console; for Lucid it is https://users.lucid.app/scim/v2."
            }
            Self::NotEncrypted(_) => "Use the https: address; http: is accepted for a server on this machine only.",
            Self::UserInfo => "Remove everything between // and @; the token is entered in its own field.",
            Self::Query | Self::Fragment => "Paste the base URL only, for Lucid https://users.lucid.app/scim/v2.",
        }
        .to_owned()
    }
}

/// Where a SCIM service lives: https, or http on this machine. No trailing slash, no query, no user name.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    url: Url,
    text: String,
}

impl BaseUrl {
    /// Reads an address as pasted: white space around it, a trailing slash and a trailing `/Users` are dropped,
    /// a missing scheme becomes https.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if text.len() > MAX_CHARACTERS || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(AddressError::NotAnAddress);
        }
        let mut url = if text.contains("://") { Url::parse(text) } else { with_scheme(text) }
            .map_err(|_| AddressError::NotAnAddress)?;
        refuse(&url)?;
        let path = base_path(url.path()).to_owned();
        url.set_path(&path);
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { url, text })
    }

    /// The address without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `scheme://host:port`, the port always written out: what a token is bound to.
    pub fn origin(&self) -> String {
        let port = self.url.port_or_known_default().unwrap_or_default();
        format!("{}://{}:{port}", self.url.scheme(), self.host())
    }

    /// Requests a minute that this host is known to bear, where that is known; never more are sent unless told so.
    pub fn usual_rate(&self) -> Option<u32> {
        known_rate(self.host())
    }

    /// The host as it is asked for (ASCII; punycode where it has other letters).
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether the server is on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Whether the connection is encrypted.
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The base with one more path segment (`Users`).
    pub(crate) fn endpoint(&self, name: &str) -> Url {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(name);
        }
        url
    }

    /// An address below the base, each name one path segment whatever it holds.
    pub(crate) fn below(&self, names: &[&str]) -> Url {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(names);
        }
        url
    }

    /// The host that a `Location` header leads to; `None` when it cannot be told.
    pub(crate) fn host_of(&self, location: &str) -> Option<String> {
        self.url.join(location).ok()?.host_str().map(str::to_owned)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "BaseUrl({})", self.text)
    }
}

/// `users.lucid.app/scim/v2` and `localhost:8080` lack only the scheme; `mailto:x` has another one.
fn with_scheme(text: &str) -> Result<Url, url::ParseError> {
    let port_follows = text.split_once(':').is_none_or(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()));
    if port_follows { Url::parse(&format!("https://{text}")) } else { Url::parse(text) }
}

fn refuse(url: &Url) -> Result<(), AddressError> {
    if !matches!(url.scheme(), "https" | "http") {
        return Err(AddressError::Scheme(url.scheme().to_owned()));
    }
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(AddressError::NotAnAddress)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::UserInfo);
    }
    if url.query().is_some() {
        return Err(AddressError::Query);
    }
    if url.fragment().is_some() {
        return Err(AddressError::Fragment);
    }
    if url.port() == Some(0) {
        return Err(AddressError::Port);
    }
    if url.scheme() == "http" && !is_loopback(url) {
        return Err(AddressError::NotEncrypted(host.to_owned()));
    }
    Ok(())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        None => false,
    }
}

/// People paste the address of a list as often as the base.
fn base_path(path: &str) -> &str {
    const ENDPOINTS: [&str; 3] = ["users", "groups", "serviceproviderconfig"];
    let path = path.trim_end_matches('/');
    match path.rsplit_once('/') {
        Some((base, last)) if ENDPOINTS.iter().any(|name| last.eq_ignore_ascii_case(name)) => {
            base.trim_end_matches('/')
        }
        _ => path,
    }
}
