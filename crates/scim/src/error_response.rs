//! The body of a failed request: a SCIM error (RFC 7644 §3.12), or what other servers send in its place.

use std::borrow::Cow;

use serde::de::MapAccess;

use crate::lenient::{Number, Record, Text};
use crate::read::read;

/// Longer words of a server are cut.
const LONGEST_DETAIL: usize = 300;

/// What a server says went wrong. The HTTP status stays authoritative.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorResponse {
    /// `status`, from text or a number.
    pub status: Option<u16>,
    /// `scimType`.
    pub scim_type: Option<String>,
    /// `detail`, or the `message` of other dialects: one line, shortened.
    pub detail: Option<String>,
}

#[derive(Default)]
struct Raw<'a> {
    status: Option<u64>,
    scim_type: Option<Cow<'a, str>>,
    detail: Option<Cow<'a, str>>,
    message: Option<Cow<'a, str>>,
}

impl<'de> Record<'de> for Raw<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        if is("status") {
            self.status = map.next_value::<Number>()?.0;
        } else if is("scimType") {
            self.scim_type = map.next_value::<Text<'de>>()?.0;
        } else if is("detail") {
            self.detail = map.next_value::<Text<'de>>()?.0;
        } else if is("message") || is("error_description") {
            self.message = map.next_value::<Text<'de>>()?.0;
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

/// Reads the body of a failed request; `None` when it says nothing that can be understood.
pub fn parse_error(body: &[u8]) -> Option<ErrorResponse> {
    let raw: Raw<'_> = read(body).ok()?;
    let response = ErrorResponse {
        status: raw.status.and_then(|status| u16::try_from(status).ok()),
        scim_type: raw.scim_type.as_deref().and_then(one_line),
        detail: raw.detail.or(raw.message).as_deref().and_then(one_line),
    };
    (response != ErrorResponse::default()).then_some(response)
}

/// Foreign text in a sentence of ours: no line breaks, no control characters, no end.
fn one_line(text: &str) -> Option<String> {
    let words: Vec<_> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    let short: String = line.chars().take(LONGEST_DETAIL).collect();
    (!short.is_empty()).then(|| if short.len() < line.len() { format!("{short}…") } else { short })
}
