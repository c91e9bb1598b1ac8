//! `ServiceProviderConfig` (RFC 7643 §5), reduced to what a reader can use. It is a hint at most: servers get it wrong.

use serde::de::MapAccess;

use crate::lenient::{Flag, Lenient, Many, Number, Record, Text};
use crate::parse_error::ParseError;
use crate::read::read;

/// What a server says about itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ServiceProviderConfig {
    /// `filter.maxResults`: the largest page, where it is told.
    pub max_results: Option<u64>,
    /// `filter.supported`.
    pub filter: Option<bool>,
    /// `pagination.maxPageSize` (RFC 9865 §4).
    pub max_page_size: Option<u64>,
    /// `pagination.index`.
    pub index: Option<bool>,
    /// `pagination.cursor`.
    pub cursor: Option<bool>,
    /// `etag.supported`.
    pub etag: Option<bool>,
    /// Whether the answer has anything of a `ServiceProviderConfig`.
    pub recognised: bool,
}

#[derive(Default)]
struct Filter {
    supported: Option<bool>,
    max_results: Option<u64>,
}

#[derive(Default)]
struct Pagination {
    index: Option<bool>,
    cursor: Option<bool>,
    max_page_size: Option<u64>,
}

#[derive(Default)]
struct Supported(Option<bool>);

impl ServiceProviderConfig {
    /// The largest page, as far as anything is told about it. Nothing told never means that there is no limit.
    pub fn largest_page(&self) -> Option<u64> {
        self.max_page_size.into_iter().chain(self.max_results).min()
    }

    /// Whether the server says that it pages by cursor and by nothing else.
    pub fn is_cursor_only(&self) -> bool {
        (self.index, self.cursor) == (Some(false), Some(true))
    }
}

impl<'de> Record<'de> for Pagination {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("index") {
            self.index = map.next_value::<Flag>()?.0;
        } else if key.eq_ignore_ascii_case("cursor") {
            self.cursor = map.next_value::<Flag>()?.0;
        } else if key.eq_ignore_ascii_case("maxPageSize") {
            self.max_page_size = map.next_value::<Number>()?.0.filter(|most| *most > 0);
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

impl<'de> Record<'de> for Supported {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let known = key.eq_ignore_ascii_case("supported");
        if known {
            self.0 = map.next_value::<Flag>()?.0;
        }
        Ok(known)
    }
}

impl<'de> Record<'de> for Filter {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("supported") {
            self.supported = map.next_value::<Flag>()?.0;
        } else if key.eq_ignore_ascii_case("maxResults") {
            self.max_results = map.next_value::<Number>()?.0.filter(|most| *most > 0);
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

impl<'de> Record<'de> for ServiceProviderConfig {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("filter") {
            let Filter { supported, max_results } = map.next_value::<Lenient<Filter>>()?.0;
            (self.filter, self.max_results, self.recognised) = (supported, max_results, true);
        } else if key.eq_ignore_ascii_case("patch") {
            map.next_value::<Lenient<()>>()?;
            self.recognised = true;
        } else if key.eq_ignore_ascii_case("pagination") {
            let Pagination { index, cursor, max_page_size } = map.next_value::<Lenient<Pagination>>()?.0;
            (self.index, self.cursor, self.max_page_size) = (index, cursor, max_page_size);
        } else if key.eq_ignore_ascii_case("etag") {
            self.etag = map.next_value::<Lenient<Supported>>()?.0.0;
        } else if key.eq_ignore_ascii_case("schemas") {
            let schemas: Many<Text<'de>> = map.next_value()?;
            self.recognised |= schemas.0.iter().filter_map(|schema| schema.0.as_deref()).any(is_provider);
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

/// Reads a `ServiceProviderConfig`.
pub fn parse_service_provider_config(body: &[u8]) -> Result<ServiceProviderConfig, ParseError> {
    read(body)
}

fn is_provider(schema: &str) -> bool {
    schema.to_ascii_lowercase().ends_with(":serviceproviderconfig")
}
