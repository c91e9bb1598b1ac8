//! The bearer token between the paste and the request header. It can be neither printed nor compared nor copied.
//! Absent on purpose: where it is kept.

use std::collections::HashSet;
use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::connector::Connector;

/// So many characters of a token in a row are more than chance.
const TELLING: usize = 8;
const STRUCK: &str = "…";

/// Longer text is no token.
const MAX_CHARACTERS: usize = 16_384;

/// Why a pasted text is no usable token. No variant holds any of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing was left after cleaning.
    #[error("The token is empty.")]
    Empty,
    /// White space inside: more than the token was copied.
    #[error("The token has spaces or line breaks inside it.")]
    InnerSpace,
    /// A character that cannot be in a token.
    #[error("The token has a character that no bearer token contains.")]
    Character,
    /// Too long.
    #[error("The token is longer than any bearer token.")]
    TooLong,
}

impl TokenError {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "token-empty",
            Self::InnerSpace => "token-spaces",
            Self::Character => "token-character",
            Self::TooLong => "token-too-long",
        }
    }

    /// The same, as people who connect an app of this connector should read it.
    pub fn hint_for(self, connector: Connector) -> String {
        match (self, connector) {
            (Self::Empty, Connector::Scim) => {
                "Paste the SCIM bearer token that the app's admin console shows.".to_owned()
            }
            _ => self.hint(),
        }
    }

    /// What to do about it.
    pub fn hint(self) -> String {
        match self {
            Self::Empty => "Paste the SCIM bearer token. In Lucid: Team › App Integration › SCIM.",
            Self::InnerSpace | Self::Character | Self::TooLong => {
                "Copy the token again, and nothing but the token, with the console's copy button."
            }
        }
        .to_owned()
    }
}

/// A bearer token in memory, wiped when dropped.
pub struct BearerToken(SecretString);

impl BearerToken {
    /// Cleans what people paste: spaces and line ends around it, quotes, a leading `Bearer` or `Authorization: Bearer`.
    pub fn from_pasted(text: &str) -> Result<Self, TokenError> {
        let token = without_quotes(text);
        let token = without_quotes(without_prefix(without_prefix(token, "authorization:"), "bearer"));
        if token.is_empty() || token.eq_ignore_ascii_case("bearer") {
            Err(TokenError::Empty)
        } else if token.len() > MAX_CHARACTERS {
            Err(TokenError::TooLong)
        } else if token.chars().any(char::is_whitespace) {
            Err(TokenError::InnerSpace)
        } else if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            Err(TokenError::Character)
        } else {
            Ok(Self(SecretString::from(token)))
        }
    }

    /// Takes a token that was cleaned before.
    pub fn from_secret(secret: SecretString) -> Self {
        Self(secret)
    }

    /// Hands the secret to the vault.
    pub fn into_secret(self) -> SecretString {
        self.0
    }

    /// A second holder of the same secret, for a client beside the vault.
    pub fn secret(&self) -> SecretString {
        self.0.clone()
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Words of a server without the token in them: neither whole, nor what a cut left of it, nor in other case.
    pub(crate) fn struck_from(&self, words: &str) -> String {
        let token = self.expose();
        if token.len() < TELLING {
            return words.replace(token, STRUCK);
        }
        let parts: HashSet<Vec<u8>> = token.as_bytes().windows(TELLING).map(<[u8]>::to_ascii_lowercase).collect();
        let mut struck = vec![false; words.len()];
        for (at, part) in words.as_bytes().windows(TELLING).enumerate() {
            if parts.contains(&part.to_ascii_lowercase()) {
                struck[at..at + TELLING].fill(true);
            }
        }
        let mut left = String::with_capacity(words.len());
        let mut within = false;
        for (at, sign) in words.char_indices() {
            if !struck[at] {
                left.push(sign);
            } else if !within {
                left.push_str(STRUCK);
            }
            within = struck[at];
        }
        left
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BearerToken")
    }
}

fn without_quotes(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '\u{feff}' | '\u{200b}'))
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.split_at_checked(prefix.len()) {
        Some((head, rest))
            if head.eq_ignore_ascii_case(prefix)
                && (prefix.ends_with(':') || rest.starts_with(char::is_whitespace) || rest.starts_with(':')) =>
        {
            rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':')
        }
        _ => text,
    }
}
