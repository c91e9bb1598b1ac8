//! A user as sent (RFC 7643 §4.1): what was there is kept as it was, what was not is `None`.
//! Attributes that no screen shows are skipped while reading; a vendor's own are read by its [`Record`].

use std::borrow::Cow;

use serde::de::MapAccess;

use crate::lenient::{Answer, Flag, Lenient, Record, Text, records};

const ENTERPRISE: &str = ":extension:enterprise:";
const ENTERPRISE_2: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// A user of a list, borrowing from the page where it can. `X` takes the vendor's attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct User<'a, X> {
    /// `id`.
    pub id: Option<Cow<'a, str>>,
    /// `userName`.
    pub user_name: Option<Cow<'a, str>>,
    /// `displayName`.
    pub display_name: Option<Cow<'a, str>>,
    /// `name`.
    pub name: Name<'a>,
    /// `emails`.
    pub emails: Vec<Email<'a>>,
    /// `active`.
    pub active: Option<bool>,
    /// Something stands at `active` that is neither true nor false in any known way.
    pub active_unreadable: bool,
    /// `groups`.
    pub groups: Vec<Group<'a>>,
    /// `meta`.
    pub meta: Meta<'a>,
    /// `department` of the enterprise extension.
    pub department: Option<Cow<'a, str>>,
    /// `costCenter` of the enterprise extension.
    pub cost_center: Option<Cow<'a, str>>,
    /// The vendor's attributes.
    pub extras: X,
}

/// `name`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name<'a> {
    /// `formatted`, or `name` itself where it is a plain text.
    pub formatted: Option<Cow<'a, str>>,
    /// `givenName`.
    pub given: Option<Cow<'a, str>>,
    /// `middleName`.
    pub middle: Option<Cow<'a, str>>,
    /// `familyName`.
    pub family: Option<Cow<'a, str>>,
}

/// One of `emails`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Email<'a> {
    /// `value`, or the entry itself where it is a plain text.
    pub value: Option<Cow<'a, str>>,
    /// `type`.
    pub kind: Option<Cow<'a, str>>,
    /// `primary`.
    pub primary: bool,
}

/// One of `groups`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group<'a> {
    /// `value`, or the entry itself where it is a plain text.
    pub value: Option<Cow<'a, str>>,
    /// `display`.
    pub display: Option<Cow<'a, str>>,
}

/// `meta`, as text: what is no date stays visible as what it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta<'a> {
    /// `created`.
    pub created: Option<Cow<'a, str>>,
    /// `lastModified`.
    pub last_modified: Option<Cow<'a, str>>,
}

#[derive(Default)]
struct Enterprise<'a> {
    department: Option<Cow<'a, str>>,
    cost_center: Option<Cow<'a, str>>,
}

/// Sets a field from the value of the current key.
macro_rules! take {
    ($key:ident, $map:ident, { $($name:literal => $field:expr, $kind:ty;)* }) => {
        $(if $key.eq_ignore_ascii_case($name) {
            $field = $map.next_value::<$kind>()?.0.into();
            return Ok(true);
        })*
    };
}

impl<'de, X: Record<'de>> Record<'de> for User<'de, X> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        take!(key, map, {
            "id" => self.id, Text<'de>;
            "userName" => self.user_name, Text<'de>;
            "displayName" => self.display_name, Text<'de>;
            "name" => self.name, Lenient<Name<'de>>;
            "meta" => self.meta, Lenient<Meta<'de>>;
        });
        if key.eq_ignore_ascii_case("active") {
            (self.active, self.active_unreadable) = match map.next_value()? {
                Answer::Is(active) => (Some(active), false),
                Answer::Absent => (None, false),
                Answer::Unreadable => (None, true),
            };
        } else if key.eq_ignore_ascii_case("emails") {
            self.emails = records(map)?;
        } else if key.eq_ignore_ascii_case("groups") {
            self.groups = records(map)?;
        } else if key != ENTERPRISE_2 && self.extras.field(key, map)? {
            // Before the search below, since most long keys are the vendor's.
        } else if is_enterprise(key) {
            let Enterprise { department, cost_center } = map.next_value::<Lenient<Enterprise<'de>>>()?.0;
            self.department = department;
            self.cost_center = cost_center;
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

impl<'de> Record<'de> for Name<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        take!(key, map, {
            "formatted" => self.formatted, Text<'de>;
            "givenName" => self.given, Text<'de>;
            "middleName" => self.middle, Text<'de>;
            "familyName" => self.family, Text<'de>;
        });
        Ok(false)
    }

    fn plain(&mut self, text: Cow<'de, str>) {
        self.formatted = Some(text);
    }
}

impl<'de> Record<'de> for Email<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        take!(key, map, {
            "value" => self.value, Text<'de>;
            "type" => self.kind, Text<'de>;
        });
        let primary = key.eq_ignore_ascii_case("primary");
        if primary {
            self.primary = map.next_value::<Flag>()?.0.unwrap_or_default();
        }
        Ok(primary)
    }

    fn plain(&mut self, text: Cow<'de, str>) {
        self.value = Some(text);
    }
}

impl<'de> Record<'de> for Group<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        take!(key, map, {
            "value" => self.value, Text<'de>;
            "display" => self.display, Text<'de>;
        });
        Ok(false)
    }

    fn plain(&mut self, text: Cow<'de, str>) {
        self.value = Some(text);
    }
}

impl<'de> Record<'de> for Meta<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        take!(key, map, {
            "created" => self.created, Text<'de>;
            "lastModified" => self.last_modified, Text<'de>;
        });
        Ok(false)
    }
}

impl<'de> Record<'de> for Enterprise<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        take!(key, map, {
            "department" => self.department, Text<'de>;
            "costCenter" => self.cost_center, Text<'de>;
        });
        Ok(false)
    }
}

/// Version 1.0 and 2.0 of the extension carry the same attributes.
fn is_enterprise(key: &str) -> bool {
    key.len() > ENTERPRISE.len()
        && key.as_bytes().windows(ENTERPRISE.len()).any(|part| part.eq_ignore_ascii_case(ENTERPRISE.as_bytes()))
}
