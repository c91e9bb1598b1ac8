//! A group as sent (RFC 7643 §4.2), for those who want to know who is in it.

use std::borrow::Cow;

use serde::de::MapAccess;

use crate::lenient::{Record, Text, records};

/// A group of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupResource<'a> {
    /// `id`.
    pub id: Option<Cow<'a, str>>,
    /// `displayName`.
    pub display_name: Option<Cow<'a, str>>,
    /// `members`.
    pub members: Vec<GroupMember<'a>>,
}

/// One of `members`: a user or another group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupMember<'a> {
    /// `value`, or the entry itself where it is a plain text.
    pub value: Option<Cow<'a, str>>,
    /// `type`: "User" or "Group", where it is told.
    pub kind: Option<Cow<'a, str>>,
    /// `$ref`: looked at, never fetched.
    pub reference: Option<Cow<'a, str>>,
}

impl GroupMember<'_> {
    /// Whether it is a group, as far as the entry itself tells.
    pub fn is_group(&self) -> Option<bool> {
        if let Some(kind) = &self.kind {
            return Some(kind.eq_ignore_ascii_case("group"));
        }
        let reference = self.reference.as_ref()?.to_ascii_lowercase();
        let kind = reference.trim_end_matches('/').rsplit('/').nth(1)?;
        match kind {
            "groups" => Some(true),
            "users" => Some(false),
            _ => None,
        }
    }
}

impl<'de> Record<'de> for GroupResource<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("id") {
            self.id = map.next_value::<Text<'de>>()?.0;
        } else if key.eq_ignore_ascii_case("displayName") {
            self.display_name = map.next_value::<Text<'de>>()?.0;
        } else if key.eq_ignore_ascii_case("members") {
            self.members = records(map)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

impl<'de> Record<'de> for GroupMember<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if key.eq_ignore_ascii_case("value") {
            self.value = map.next_value::<Text<'de>>()?.0;
        } else if key.eq_ignore_ascii_case("type") {
            self.kind = map.next_value::<Text<'de>>()?.0;
        } else if key.eq_ignore_ascii_case("$ref") {
            self.reference = map.next_value::<Text<'de>>()?.0;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn plain(&mut self, text: Cow<'de, str>) {
        self.value = Some(text);
    }
}
