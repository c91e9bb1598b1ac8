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

impl GroupResource<'_> {
    /// What the group is known by: its `id`, else its name, which is what people map.
    pub fn key(&self) -> Option<&str> {
        [&self.id, &self.display_name]
            .into_iter()
            .flatten()
            .map(AsRef::as_ref)
            .find(|text: &&str| !text.trim().is_empty())
    }
}

impl GroupMember<'_> {
    /// Its id: `value`, else what `$ref` ends with (RFC 7643 §4.2 asks for either).
    pub fn id(&self) -> Option<Cow<'_, str>> {
        if let Some(value) = self.value.as_deref().filter(|value| !value.trim().is_empty()) {
            return Some(Cow::Borrowed(value));
        }
        let path = self.reference.as_ref()?.split(['?', '#']).next()?.trim();
        let last = path.trim_end_matches('/').rsplit('/').next().filter(|last| !last.is_empty())?;
        Some(unescaped(last))
    }

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

/// `%20` as what it stands for (RFC 3986 §2.1).
fn unescaped(segment: &str) -> Cow<'_, str> {
    let mut parts = segment.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, part.get(2..)) {
            (Some(byte), Some(rest)) => {
                bytes.push(byte);
                bytes.extend(rest.as_bytes());
            }
            _ => return Cow::Borrowed(segment),
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(segment), Cow::Owned)
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
