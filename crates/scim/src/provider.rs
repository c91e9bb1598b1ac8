//! `ServiceProviderConfig` (RFC 7643 §5), reduced to what a reader can use. It is a hint at most: servers get it wrong.

use serde::de::MapAccess;

use crate::lenient::{Lenient, Many, Number, Record, Text};
use crate::parse_error::ParseError;
use crate::read::read;

/// What a server says about itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ServiceProviderConfig {
    /// `filter.maxResults`: the largest page, where it is told.
    pub max_results: Option<u64>,
    /// Whether the answer has anything of a `ServiceProviderConfig`.
    pub recognised: bool,
}

#[derive(Default)]
struct Filter {
    max_results: Option<u64>,
}

impl<'de> Record<'de> for Filter {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let known = key.eq_ignore_ascii_case("maxResults");
        if known {
            self.max_results = map.next_value::<Number>()?.0;
        }
        Ok(known)
    }
}

impl<'de> Record<'de> for ServiceProviderConfig {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("filter") {
            self.max_results = map.next_value::<Lenient<Filter>>()?.0.max_results.filter(|most| *most > 0);
            self.recognised = true;
        } else if key.eq_ignore_ascii_case("patch") {
            map.next_value::<Lenient<()>>()?;
            self.recognised = true;
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
