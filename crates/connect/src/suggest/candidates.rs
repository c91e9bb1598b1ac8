//! Which attributes of a user may tell a license, and how likely.

use scim::{Node, Tree};

/// Core attributes that say who somebody is, how to reach them, or how they sign in.
const NEVER: &[&str] = &[
    "schemas",
    "id",
    "externalId",
    "userName",
    "displayName",
    "nickName",
    "name",
    "emails",
    "phoneNumbers",
    "addresses",
    "photos",
    "ims",
    "password",
    "meta",
    "active",
    "profileUrl",
    "locale",
    "timezone",
    "preferredLanguage",
    "x509Certificates",
    "x509certificates",
    "manager",
    "employeeNumber",
];
/// Parts of a value that are no license of their own.
const NEVER_PARTS: &[&str] = &["$ref", "type", "primary", "display", "value"];
const KINDS: usize = 8;
/// What people call a value.
const DISPLAY: &str = "display";
/// What licenses are called.
const WORDS: &[&str] =
    &["licen", "plan", "seat", "tier", "subscri", "edition", "entitle", "product", "sku", "package", "usertype"];
const MAYBE: &[&str] = &["role", "group", "access", "level", "status", "profile", "category"];

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Every path of a user that may lead to a license.
pub(super) fn paths(user: &Tree<'_>) -> Vec<String> {
    let mut paths = Vec::new();
    for (key, node) in user.attributes().filter(|(key, _)| !is_one_of(NEVER, key)) {
        match node {
            Node::Complex(extension) if key.contains(':') => {
                let inside = extension.attributes().filter(|(name, _)| !is_one_of(NEVER, name));
                inside.for_each(|(name, node)| attribute(&format!("{key}:{name}"), node, &mut paths));
            }
            node if !key.contains(':') => attribute(key, node, &mut paths),
            _ => {}
        }
    }
    paths
}

fn attribute(path: &str, node: &Node<'_>, paths: &mut Vec<String>) {
    match node {
        Node::Text(_) | Node::Flag(_) => paths.push(path.to_owned()),
        Node::Many(several) => {
            paths.push(path.to_owned());
            if several.iter().any(is_displayed) {
                paths.push(format!("{path}.{DISPLAY}"));
            }
            let kinds = several.iter().filter_map(|one| match one {
                Node::Complex(parts) => text(parts.get("type")?),
                _ => None,
            });
            for kind in kinds.take(KINDS) {
                let quoted = serde_json::Value::from(kind);
                let filtered = format!("{path}[type eq {quoted}].value");
                if !paths.contains(&filtered) {
                    paths.push(filtered);
                }
            }
        }
        Node::Complex(parts) => {
            if parts.get("value").or_else(|| parts.get("display")).is_some() {
                paths.push(path.to_owned());
            }
            if is_displayed(node) {
                paths.push(format!("{path}.{DISPLAY}"));
            }
            let parts = parts.attributes().filter(|(name, _)| !is_one_of(NEVER_PARTS, name));
            let told = parts.filter(|(_, node)| matches!(node, Node::Text(_) | Node::Flag(_)));
            paths.extend(told.map(|(name, _)| format!("{path}.{name}")));
        }
        Node::Absent | Node::More => {}
    }
}

/// Whether a value is shown to people as something else than it is: an opaque id with a name.
fn is_displayed(node: &Node<'_>) -> bool {
    let Node::Complex(parts) = node else { return false };
    let part = |name| parts.get(name).and_then(text).map(str::trim).filter(|text| !text.is_empty());
    part("value").zip(part(DISPLAY)).is_some_and(|(value, display)| value != display)
}

fn text<'t>(node: &'t Node<'_>) -> Option<&'t str> {
    match node {
        Node::Text(text) => Some(text),
        _ => None,
    }
}

/// How likely a path tells the license; `None` when its values are as many as the users.
pub(super) fn weight(path: &str, with_value: u64, distinct: usize, users: u64) -> Option<i64> {
    if distinct > 20 && distinct as u64 * 4 > with_value {
        return None;
    }
    // The URN's own words say nothing about the attribute: "enterprise" is in every directory's.
    let name = path.rsplit_once(':').map_or(path, |(_, name)| name).to_ascii_lowercase();
    let named = if WORDS.iter().any(|word| name.contains(word)) {
        300
    } else if MAYBE.iter().any(|word| name.contains(word)) {
        150
    } else {
        0
    };
    let spread = match distinct {
        0 => -300,
        2..=12 => 100,
        1 | 13..=50 => 30,
        _ => -100,
    };
    let coverage = (with_value * 90).checked_div(users).unwrap_or_default();
    // A name that people know is worth more than the id that it stands for.
    let shown = if name.ends_with(".display") { 20 } else { 0 };
    Some(named + spread + shown + i64::try_from(coverage).unwrap_or_default())
}

/// What a path loses in weight where most users have several values: it mixes licenses with something else.
pub(super) fn mixture(several: u64, with_value: u64) -> i64 {
    if several * 2 > with_value { 150 } else { 0 }
}

/// Whether a name is one that licenses have.
pub(super) fn is_license_like(path: &str) -> bool {
    let name = path.rsplit_once(':').map_or(path, |(_, name)| name).to_ascii_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}
