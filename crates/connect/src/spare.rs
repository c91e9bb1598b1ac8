//! What users on a page have that no member is made of. To leave that out (`excludedAttributes`, RFC 7644 §3.9) cannot cost
//! an attribute that nobody on the page happens to have, as naming the needed ones could. Some servers leave out the whole
//! extension for one attribute of it: that would only be seen where somebody has a needed one in there.

use std::collections::{BTreeMap, BTreeSet};

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
    let mut spare = Spare::default();
    for _ in 0..LOOKED_AT {
        let mut user = Tree::default();
        if pieces.take(&mut user).is_none() {
            break;
        }
        for (key, node) in user.attributes().filter(|(_, node)| is_there(node)) {
            spare.add(key, node, &needed);
        }
    }
    spare.names()
}

#[derive(Default)]
struct Spare {
    /// Each with the extension that it is a part of, where that has needed attributes too.
    names: BTreeMap<String, Option<String>>,
    /// Extensions in which somebody has a needed attribute.
    proved: BTreeSet<String>,
}

impl Spare {
    fn add(&mut self, key: &str, node: &Node<'_>, needed: &[String]) {
        let lower = key.to_ascii_lowercase();
        if ALWAYS.contains(&lower.as_str()) || lower == CORE || !is_plain(key) {
            return;
        }
        match (is_needed(&lower, needed), node) {
            (false, _) if !lower.contains(ENTERPRISE) => drop(self.names.insert(key.to_owned(), None)),
            (true, Node::Complex(extension)) if key.contains(':') => {
                for (name, _) in extension.attributes().filter(|(name, node)| is_plain(name) && is_there(node)) {
                    let path = format!("{key}:{name}");
                    if is_needed(&path.to_ascii_lowercase(), needed) {
                        self.proved.insert(lower.clone());
                    } else {
                        self.names.insert(path, Some(lower.clone()));
                    }
                }
            }
            _ => {}
        }
    }

    fn names(self) -> Vec<String> {
        let Self { names, proved } = self;
        let safe =
            names.into_iter().filter(|(_, part_of)| part_of.as_ref().is_none_or(|part_of| proved.contains(part_of)));
        safe.map(|(name, _)| name).take(MOST).collect()
    }
}

fn is_there(node: &Node<'_>) -> bool {
    !matches!(node, Node::Absent | Node::More)
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
