//! `ListResponse` (RFC 7644 §3.4.2): one page of users, of groups, or of whatever else a server lists.

use std::borrow::Cow;

use serde::de::MapAccess;

use crate::lenient::{Many, Number, Record, Text, records};
use crate::parse_error::ParseError;
use crate::read::read;
use crate::user::User;

/// One page of users; `X` takes the vendor's attributes.
pub type ListResponse<'a, X> = Listing<'a, User<'a, X>>;

/// One page of resources, borrowing from the page's bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing<'a, R> {
    /// `totalResults`.
    pub total_results: Option<u64>,
    /// `startIndex`.
    pub start_index: Option<u64>,
    /// `itemsPerPage`: shown to people at most; servers send anything here.
    pub items_per_page: Option<u64>,
    /// `nextCursor` (RFC 9865 §2), unless it is empty.
    pub next_cursor: Option<Cow<'a, str>>,
    /// `Resources`.
    pub resources: Vec<R>,
    has_resources: bool,
    is_error: bool,
    status: Option<u64>,
}

impl<'de, R: Record<'de>> Record<'de> for Listing<'de, R> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("Resources") {
            let listed: Vec<R> = records(map)?;
            self.has_resources = true;
            if self.resources.is_empty() {
                self.resources = listed;
            } else {
                self.resources.extend(listed);
            }
        } else if key.eq_ignore_ascii_case("totalResults") {
            self.total_results = map.next_value::<Number>()?.0;
        } else if key.eq_ignore_ascii_case("startIndex") {
            self.start_index = map.next_value::<Number>()?.0;
        } else if key.eq_ignore_ascii_case("itemsPerPage") {
            self.items_per_page = map.next_value::<Number>()?.0;
        } else if key.eq_ignore_ascii_case("nextCursor") {
            self.next_cursor = map.next_value::<Text<'de>>()?.0.filter(|cursor| !cursor.is_empty());
        } else if key.eq_ignore_ascii_case("status") {
            self.status = map.next_value::<Number>()?.0;
        } else if key.eq_ignore_ascii_case("schemas") {
            let schemas: Many<Text<'de>> = map.next_value()?;
            self.is_error = schemas.0.iter().filter_map(|schema| schema.0.as_deref()).any(is_error);
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

/// Reads a page of users.
pub fn parse_list<'a, X: Record<'a>>(body: &'a [u8]) -> Result<ListResponse<'a, X>, ParseError> {
    parse_listing(body)
}

/// Reads a page of any resources.
pub fn parse_listing<'a, R: Record<'a>>(body: &'a [u8]) -> Result<Listing<'a, R>, ParseError> {
    let list: Listing<'a, R> = read(body)?;
    if list.is_error || (list.status.is_some() && !list.has_resources) {
        Err(ParseError::ErrorInstead { status: list.status.and_then(|status| u16::try_from(status).ok()) })
    } else if list.has_resources || list.total_results.is_some() {
        Ok(list)
    } else {
        Err(ParseError::NotAList)
    }
}

fn is_error(schema: &str) -> bool {
    schema.to_ascii_lowercase().ends_with("messages:2.0:error")
}
