//! An attribute path (RFC 7644 §3.10) that leads to a license: `userType`, `entitlements[type eq "license"].value`,
//! `urn:…:User:attribute.sub`. Names are compared without regard to case. Only `eq` filters; nothing is evaluated here.

use std::fmt;

const LONGEST: usize = 512;
/// `attribute.sub`, and one more where a URN's last part looks like an attribute.
const MOST_NAMES: usize = 3;

/// A valid path, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicensePath {
    text: String,
    /// Everything before the filter, or before the end.
    head: usize,
    filter: Option<Filter>,
    /// What stands after the filter.
    sub: Option<String>,
}

/// `[attribute eq value]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) attribute: String,
    pub(crate) value: String,
}

/// Why a text is no path to a license.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LicensePathError {
    /// Nothing was given.
    #[error("The attribute path is empty.")]
    Empty,
    /// Longer than any path.
    #[error("The attribute path is longer than {LONGEST} characters.")]
    TooLong,
    /// A name that no attribute has.
    #[error("\"{0}\" cannot be the name of an attribute.")]
    Name(String),
    /// More sub-attributes than SCIM has.
    #[error("The attribute path goes deeper than attribute.subAttribute.")]
    TooDeep,
    /// `[` without `]`, or more than one.
    #[error("The filter of the attribute path is not closed: it must end with one \"]\".")]
    Bracket,
    /// Not `attribute eq value`.
    #[error("The filter of the attribute path is not of the form [attribute eq \"value\"].")]
    Filter,
    /// `co`, `sw`, `pr`, `and`…
    #[error("The filter of the attribute path uses \"{0}\"; only eq can be used here.")]
    Operator(String),
    /// A URN and nothing after it.
    #[error("The attribute path names a schema but no attribute of it.")]
    OnlySchema,
}

impl LicensePathError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        "license-path"
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::OnlySchema => {
                "Add the attribute after the schema: urn:ietf:params:scim:schemas:extension:acme:2.0:User:plan."
            }
            _ => "Examples: userType, entitlements[type eq \"license\"].value, urn:ietf:params:scim:schemas:extension:acme:2.0:User:plan.",
        }
        .to_owned()
    }
}

impl LicensePath {
    /// Reads a path.
    pub fn parse(text: &str) -> Result<Self, LicensePathError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LicensePathError::Empty);
        }
        if text.len() > LONGEST {
            return Err(LicensePathError::TooLong);
        }
        let (head, filter, sub) = match text.split_once('[') {
            None if text.contains(']') => return Err(LicensePathError::Bracket),
            None => (text, None, None),
            Some((head, rest)) => {
                let (inside, after) = closed(rest).ok_or(LicensePathError::Bracket)?;
                (head, Some(Filter::parse(inside)?), sub_attribute(after)?)
            }
        };
        check_head(head)?;
        Ok(Self { text: text.to_owned(), head: head.len(), filter, sub })
    }

    /// The path as it was written, without white space around it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Everything before the filter.
    pub(crate) fn head(&self) -> &str {
        self.text.get(..self.head).unwrap_or_default()
    }

    pub(crate) fn filter(&self) -> Option<&Filter> {
        self.filter.as_ref()
    }

    /// The sub-attribute after the filter.
    pub(crate) fn sub(&self) -> Option<&str> {
        self.sub.as_deref()
    }
}

impl fmt::Display for LicensePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Filter {
    fn parse(text: &str) -> Result<Self, LicensePathError> {
        let (attribute, rest) = text.trim().split_once(char::is_whitespace).ok_or(LicensePathError::Filter)?;
        check_name(attribute)?;
        let (operator, value) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
        if !operator.eq_ignore_ascii_case("eq") {
            return Err(LicensePathError::Operator(operator.to_owned()));
        }
        let value = literal(value.trim()).ok_or(LicensePathError::Filter)?;
        Ok(Self { attribute: attribute.to_owned(), value })
    }
}

/// The filter's inside and what follows; a `]` inside quotes does not close it.
fn closed(text: &str) -> Option<(&str, &str)> {
    let (mut quoted, mut escaped) = (false, false);
    for (place, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ']' if !quoted => return Some((text.get(..place)?, text.get(place + 1..)?)),
            _ => {}
        }
    }
    None
}

/// A JSON string, a boolean or a number.
fn literal(text: &str) -> Option<String> {
    match serde_json::from_str::<serde_json::Value>(text).ok()? {
        serde_json::Value::String(text) => Some(text),
        value @ (serde_json::Value::Bool(_) | serde_json::Value::Number(_)) => Some(value.to_string()),
        _ => None,
    }
}

fn sub_attribute(after: &str) -> Result<Option<String>, LicensePathError> {
    if after.is_empty() {
        return Ok(None);
    }
    let name = after.strip_prefix('.').ok_or(LicensePathError::Bracket)?;
    check_name(name)?;
    Ok(Some(name.to_owned()))
}

fn check_head(head: &str) -> Result<(), LicensePathError> {
    let is_urn = head.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:"));
    if !is_urn {
        return check_names(head, MOST_NAMES - 1);
    }
    let (schema, names) = head.rsplit_once(':').ok_or(LicensePathError::OnlySchema)?;
    let has_schema = schema.len() > 4 && schema.split(':').all(|part| !part.is_empty());
    let in_urn = |c: char| c.is_ascii_alphanumeric() || "-._~:+$%*@/!'()".contains(c);
    if !has_schema || names.is_empty() {
        return Err(LicensePathError::OnlySchema);
    }
    if let Some(odd) = schema.chars().find(|c| !in_urn(*c)) {
        return Err(LicensePathError::Name(odd.to_string()));
    }
    check_names(names, MOST_NAMES)
}

fn check_names(names: &str, most: usize) -> Result<(), LicensePathError> {
    if names.split('.').count() > most {
        return Err(LicensePathError::TooDeep);
    }
    names.split('.').try_for_each(check_name)
}

/// `ATTRNAME = ALPHA *(nameChar)` (RFC 7643 §2.1), and a digit or `$` at its beginning, which servers do not mind.
fn check_name(name: &str) -> Result<(), LicensePathError> {
    let is_valid = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$');
    if !name.is_empty() && name.chars().all(is_valid) { Ok(()) } else { Err(LicensePathError::Name(name.to_owned())) }
}
