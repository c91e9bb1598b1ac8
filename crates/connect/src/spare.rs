//! What users on a page have that no member is made of. To leave that out (`excludedAttributes`, RFC 7644 §3.9) cannot cost
//! an attribute that nobody on the page happens to have, as naming the needed ones could.

use std::collections::BTreeSet;

use scim::{Node, Pieces, Tree};

use crate::licensing::Licensing;
use crate::users;

/// So many users show what there is.
const LOOKED_AT: usize = 50;
/// More names make an address that some servers refuse.
const MOST: usize = 40;
const LONGEST: usize = 120;
/// These come always (RFC 7643 §7, `returned`).
const ALWAYS: &[&str] = &["id", "schemas"];
/// A user's own schema, which some servers name before an attribute.
const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:user";
/// Version 1.0 and 2.0 of the extension are read alike, whichever name was asked for.
const ENTERPRISE: &str = ":extension:enterprise:";

/// The names, in an order that does not depend on the users; none when the page has an unusual form.
pub(crate) fn names(how: &Licensing, body: &[u8]) -> Vec<String> {
    let Some(mut pieces) = Pieces::open(body) else { return Vec::new() };
    let needed: Vec<String> = users::needed(how).map(str::to_ascii_lowercase).collect();
    let mut names = BTreeSet::new();
    for _ in 0..LOOKED_AT {
        let mut user = Tree::default();
        if pieces.take(&mut user).is_none() {
            break;
        }
        for (key, node) in user.attributes().filter(|(_, node)| !matches!(node, Node::Absent | Node::More)) {
            add(key, node, &needed, &mut names);
        }
    }
    names.into_iter().take(MOST).collect()
}

fn add(key: &str, node: &Node<'_>, needed: &[String], names: &mut BTreeSet<String>) {
    let lower = key.to_ascii_lowercase();
    if ALWAYS.contains(&lower.as_str()) || lower == CORE || !is_plain(key) {
        return;
    }
    match (is_needed(&lower, needed), node) {
        (false, _) if !lower.contains(ENTERPRISE) => drop(names.insert(key.to_owned())),
        (true, Node::Complex(extension)) if key.contains(':') => {
            let inside = extension.attributes().filter(|(name, _)| is_plain(name));
            let paths = inside.map(|(name, _)| format!("{key}:{name}"));
            names.extend(paths.filter(|path| !is_needed(&path.to_ascii_lowercase(), needed)));
        }
        _ => {}
    }
}

/// Whether the attribute, or a part of it, is one of the needed ones.
fn is_needed(lower: &str, needed: &[String]) -> bool {
    needed.iter().any(|name| {
        let name = name.strip_prefix(CORE).and_then(|rest| rest.strip_prefix([':', '.'])).unwrap_or(name);
        name.strip_prefix(lower).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.']))
    })
}

fn is_plain(name: &str) -> bool {
    name.len() <= LONGEST && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":._-$".contains(&byte))
}
