//! What to do about an error, in words that name the vendor where it is known and nobody otherwise.

use scim::{PagerError, ParseError};

use crate::connector::Connector;
use crate::error::{ConnectError, TlsProblem};

impl ConnectError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        self.advice().to_owned()
    }

    /// The same, as people who look after an app of this connector should read it.
    pub(crate) fn at(self, connector: Connector) -> Self {
        match self {
            // Neither is the server's; and the receiver of pages wants its own error back.
            Self::Sink(_) | Self::Cancelled => self,
            other if connector == Connector::Scim => Self::Unnamed(Box::new(other)),
            other => other,
        }
    }

    /// The advice that would name a vendor, in words for any.
    fn advice_for_any(&self) -> &'static str {
        match self {
            Self::TokenRejected | Self::TokenUnusable => {
                "Generate a new SCIM token in the app's admin console and paste it again."
            }
            Self::Forbidden => {
                "Generate the SCIM token as an administrator of the app, and check that the app's plan includes SCIM."
            }
            Self::NotFound { .. } => "Check the base URL; the app's admin console shows it beside the SCIM token.",
            Self::Unreadable(ParseError::NotJson { looks_like_html: true }) => {
                "This is the address of a page for people, perhaps of a sign-in page. Enter the SCIM base URL that the app's admin console shows."
            }
            Self::Unreadable(
                ParseError::Truncated { .. } | ParseError::Malformed { .. } | ParseError::ErrorInstead { .. },
            ) => self.advice(),
            Self::Unreadable(_) => "Check that the address is the SCIM base URL that the app's admin console shows.",
            Self::OnPage { cause, .. } | Self::Source { cause, .. } => cause.advice_for_any(),
            other => other.advice(),
        }
    }

    fn advice(&self) -> &'static str {
        match self {
            Self::KeyRejected => {
                "Create a new API key in Lucid's developer settings, with the right to read users and licenses, and enter it again."
            }
            Self::GroupsNotOffered { .. } => {
                "Organizational groups are read with the SCIM token for admin management; generate one as account owner or admin."
            }
            Self::LinkElsewhere { .. } | Self::LinksGoRound | Self::ListTooLong { .. } => {
                "Nothing was changed. Check the address of the API; if it is right, tell the vendor's support this sentence."
            }
            Self::Unnamed(cause) => cause.advice_for_any(),
            Self::UnknownHost { .. } => "Check the address for a typing error, and this machine's internet connection.",
            Self::Unreachable { .. } => {
                "Check the address and this machine's internet connection; a firewall or VPN may block the way."
            }
            Self::TimedOut { .. } | Self::TookTooLong { .. } | Self::TooSlow { .. } => {
                "Nothing was changed. Try again later; if it keeps happening, check whether a firewall or VPN slows the connection."
            }
            Self::Interrupted => {
                "Nothing was changed. Try again; if it keeps happening, the server or a proxy between ends the connection."
            }
            Self::Tls { problem, .. } => tls_advice(*problem),
            Self::Proxy { .. } => {
                "Ask the network's administrators to let this machine reach the address, or set HTTPS_PROXY with the right sign-in."
            }
            Self::Redirected { .. } => {
                "Enter the address that the service lives at now. If it is a sign-in page, the base URL is wrong."
            }
            Self::TokenRejected | Self::TokenUnusable => {
                "Generate a new token in Lucid under Team › App Integration › SCIM and paste it again."
            }
            Self::Forbidden => {
                "Generate the SCIM token as account owner or admin, and check that SCIM is enabled for the account (Enterprise plan)."
            }
            Self::NotFound { .. } => "Check the base URL; for Lucid it is https://users.lucid.app/scim/v2.",
            Self::RateLimited { .. } => {
                "Nothing was changed. Try again later; another program may be using the same token."
            }
            Self::NoSuchPage => {
                "Nothing was changed, because part of the roster may be missing. If it keeps happening, tell the vendor's support this sentence."
            }
            Self::Status { status: 500.., .. } => {
                "Nothing was changed. Try again later; if it keeps happening, ask the vendor's support."
            }
            Self::Status { .. } => {
                "Check the base URL and that SCIM is enabled for the account; the vendor's support can tell what the answer means."
            }
            Self::Unreadable(ParseError::NotJson { looks_like_html: true }) => {
                "This is the address of a page for people, perhaps of a sign-in page. Enter the SCIM base URL; for Lucid it is https://users.lucid.app/scim/v2."
            }
            Self::Unreadable(ParseError::Truncated { .. } | ParseError::Malformed { .. }) => {
                "Nothing was changed. Try again; if it keeps happening, ask the vendor's support."
            }
            Self::Unreadable(ParseError::ErrorInstead { .. }) => {
                "Check that SCIM is enabled for the account, then try again; if it keeps happening, ask the vendor's support."
            }
            Self::Unreadable(_) => {
                "Check that the address is the SCIM base URL; for Lucid it is https://users.lucid.app/scim/v2."
            }
            Self::Paging(PagerError::RosterMoved { .. } | PagerError::NeverTheSame) => {
                "Nothing was changed. Try again when no provisioning is running."
            }
            Self::Paging(PagerError::TooManyPages { .. } | PagerError::TooManyUsers { .. })
            | Self::TooManyGroups { .. }
            | Self::RosterTooLarge { .. }
            | Self::HeadersTooLarge { .. } => {
                "Nothing was changed. No real roster is expected to be that large; check that the address is the right one."
            }
            Self::TooLarge { .. } => {
                "Nothing was changed. Even ten users at a time are too much; check that the address is the right one, or ask the vendor's support whether photos can be left out of the list."
            }
            Self::Compressed { .. } => {
                "Nothing was changed. A proxy between may compress answers; ask the network's administrators or the vendor's support."
            }
            Self::Paging(_) => {
                "Nothing was changed, because part of the roster would be missing. Try again; if it keeps happening, tell the vendor's support this sentence."
            }
            Self::NoId { .. } => "Nothing was changed. Tell the vendor's support: SCIM requires an id for every user.",
            Self::Authority { .. } => "Name a PEM file that begins with -----BEGIN CERTIFICATE-----.",
            Self::Setup(_) => "Check the machine's certificate store and proxy settings.",
            Self::Sink(_) => "Nothing was changed.",
            Self::Cancelled => "Nothing was changed. Start it again at any time.",
            Self::OnPage { cause, .. } | Self::Source { cause, .. } => cause.advice(),
        }
    }
}

fn tls_advice(problem: TlsProblem) -> &'static str {
    match problem {
        TlsProblem::UnknownIssuer => {
            "The token was not sent. If your company inspects traffic, its certificate must be in this machine's certificate store, or be named as this connection's certificate authority (`--ca-file`)."
        }
        TlsProblem::NotYetValid => "The token was not sent. Check this machine's date and time.",
        TlsProblem::WrongName => "The token was not sent. Check the address for a typing error.",
        TlsProblem::Expired => {
            "The token was not sent. Check this machine's date and time; otherwise the server's owner must renew the certificate."
        }
        TlsProblem::Revoked | TlsProblem::Other => {
            "The token was not sent. Check the address, and ask the network's administrators whether something intercepts the connection."
        }
    }
}
