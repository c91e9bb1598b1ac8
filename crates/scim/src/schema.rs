//! `/Schemas` (RFC 7643 §7), reduced to which attributes there are and of which type. It is a hint at most.

use std::borrow::Cow;

use serde::de::MapAccess;

use crate::lenient::{Flag, Record, Text, records};
use crate::list::parse_listing;
use crate::parse_error::ParseError;

/// A schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schema<'a> {
    /// `id`: its URN.
    pub id: Option<Cow<'a, str>>,
    /// `attributes`.
    pub attributes: Vec<SchemaAttribute<'a>>,
}

/// An attribute of a schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchemaAttribute<'a> {
    /// `name`.
    pub name: Option<Cow<'a, str>>,
    /// `type`: "string", "boolean", "complex"…
    pub kind: Option<Cow<'a, str>>,
    /// `multiValued`.
    pub many: bool,
    /// `subAttributes`, whose own sub-attributes are left out (RFC 7643 §2.3.8 knows none).
    pub parts: Vec<SubAttribute<'a>>,
}

/// A sub-attribute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubAttribute<'a> {
    /// `name`.
    pub name: Option<Cow<'a, str>>,
    /// `type`.
    pub kind: Option<Cow<'a, str>>,
}

impl<'de> Record<'de> for Schema<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("id") {
            self.id = map.next_value::<Text<'de>>()?.0;
        } else if key.eq_ignore_ascii_case("attributes") {
            self.attributes = records(map)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

impl<'de> Record<'de> for SchemaAttribute<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("name") {
            self.name = map.next_value::<Text<'de>>()?.0;
        } else if key.eq_ignore_ascii_case("type") {
            self.kind = map.next_value::<Text<'de>>()?.0;
        } else if key.eq_ignore_ascii_case("multiValued") {
            self.many = map.next_value::<Flag>()?.0.unwrap_or_default();
        } else if key.eq_ignore_ascii_case("subAttributes") {
            self.parts = records(map)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

impl<'de> Record<'de> for SubAttribute<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("name") {
            self.name = map.next_value::<Text<'de>>()?.0;
        } else if key.eq_ignore_ascii_case("type") {
            self.kind = map.next_value::<Text<'de>>()?.0;
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

/// Reads the list of schemas.
pub fn parse_schemas(body: &[u8]) -> Result<Vec<Schema<'_>>, ParseError> {
    Ok(parse_listing::<Schema<'_>>(body)?.resources)
}
