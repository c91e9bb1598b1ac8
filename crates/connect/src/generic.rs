//! What stands at an attribute path in a user as sent: its values as text, in the server's order, each once; and the license
//! that they mean. Every value is looked at, however many there are; only so many are kept to be shown.

use roster::LicenseKey;
use scim::{Node, Tree};

use crate::license_path::{Filter, LicensePath};
use crate::mapping::Mapping;

/// A longer value is no name of a license; it is cut.
const LONGEST_VALUE: usize = 200;
/// More are not shown.
const MOST_VALUES: usize = 20;
const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:user";

/// The values of one user.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Values {
    /// Some of them; the one that decides is always there.
    pub(crate) list: Vec<String>,
    /// One was too long, or there were more than are in the list.
    pub(crate) cut: bool,
    /// The record is so large that not all of it was kept: there may be other values.
    pub(crate) unread: bool,
    /// The license of the first row of the mapping that has one and is among the values; else the first value that nobody
    /// mapped is a license of its own.
    pub(crate) license: Option<LicenseKey>,
}

/// Goes through the values.
struct Reading<'m> {
    values: Values,
    mapping: &'m Mapping,
    /// The first row with a license that was met.
    row: Option<usize>,
    /// The first value that nobody mapped.
    own: Option<LicenseKey>,
}

impl Values {
    pub(crate) fn of(user: &Tree<'_>, path: &LicensePath, mapping: &Mapping) -> Self {
        let mut reading = Reading { values: Self::default(), mapping, row: None, own: None };
        match reach(user, path.head()) {
            Some((attribute, names)) => reading.walk(attribute, &names, path),
            None => reading.values.unread = user.is_cut(),
        }
        reading.done()
    }
}

impl Reading<'_> {
    fn done(self) -> Values {
        let mapped = self.row.and_then(|row| self.mapping.rows().get(row)?.license.clone());
        Values { license: mapped.or(self.own), ..self.values }
    }

    /// Follows the names down, through every value of what has several.
    fn walk(&mut self, node: &Node<'_>, names: &[&str], path: &LicensePath) {
        match (node, names) {
            (Node::Many(several), _) => {
                for one in several.iter().filter(|one| {
                    let filter = names.is_empty().then(|| path.filter()).flatten();
                    matches!(one, Node::More) || filter.is_none_or(|filter| holds(one, filter))
                }) {
                    self.one(one, names, path);
                }
            }
            (one, []) if path.filter().is_some_and(|filter| !holds(one, filter)) => {}
            _ => self.one(node, names, path),
        }
    }

    fn one(&mut self, node: &Node<'_>, names: &[&str], path: &LicensePath) {
        match (names, node) {
            (_, Node::More) => self.values.unread = true,
            ([], _) => self.end(node, path.sub()),
            ([name, rest @ ..], Node::Complex(parts)) => match parts.get(name) {
                Some(part) => self.walk(part, rest, path),
                None => self.values.unread |= parts.is_cut(),
            },
            // `roles.value` of a plain text is that text.
            (["value"], node) => self.take(node),
            _ => {}
        }
    }

    /// The path ends here: the sub-attribute, or `value`, else `display`.
    fn end(&mut self, node: &Node<'_>, sub: Option<&str>) {
        let Node::Complex(parts) = node else {
            if sub.is_none_or(|sub| sub.eq_ignore_ascii_case("value")) {
                self.take(node);
            }
            return;
        };
        let part = match sub {
            Some(sub) => parts.get(sub),
            None => parts.get("value").or_else(|| parts.get("display")),
        };
        match part {
            Some(part) => self.take(part),
            None => self.values.unread |= parts.is_cut(),
        }
    }

    fn take(&mut self, node: &Node<'_>) {
        match node {
            Node::Text(text) => self.push(text),
            Node::Flag(flag) => self.push(if *flag { "true" } else { "false" }),
            Node::Many(several) => several.iter().for_each(|one| self.end(one, None)),
            Node::More => self.values.unread = true,
            Node::Complex(_) | Node::Absent => {}
        }
    }

    fn push(&mut self, text: &str) {
        let text = text.trim();
        let kept = match text.char_indices().nth(LONGEST_VALUE) {
            Some((end, _)) => text.get(..end).unwrap_or_default(),
            None => text,
        };
        if kept.is_empty() {
            return;
        }
        let decides = self.weigh(text, kept);
        let Values { list, cut, .. } = &mut self.values;
        *cut |= kept.len() < text.len();
        if list.iter().any(|value| value == kept) {
            return;
        }
        if list.len() < MOST_VALUES {
            list.push(kept.to_owned());
            return;
        }
        *cut = true;
        if decides && let Some(last) = list.last_mut() {
            kept.clone_into(last);
        }
    }

    /// Whether, of all values so far, this one decides.
    fn weigh(&mut self, text: &str, kept: &str) -> bool {
        let rows = self.mapping.rows();
        let is = |seen: &str| seen == kept || seen == text;
        let stronger = rows.iter().take(self.row.unwrap_or(rows.len()));
        let row = stronger.enumerate().find(|(_, row)| row.license.is_some() && is(&row.seen)).map(|(row, _)| row);
        if row.is_some() {
            self.row = row;
            return true;
        }
        if self.row.is_some() || self.own.is_some() || rows.iter().any(|row| is(&row.seen)) {
            return false;
        }
        self.own = LicenseKey::new(kept);
        self.own.is_some()
    }
}

/// The attribute that a path begins with, and the names that lead on from there. A URN ends where one of the user's own
/// attributes does: of several the longest counts.
fn reach<'t, 'a, 'p>(user: &'t Tree<'a>, head: &'p str) -> Option<(&'t Node<'a>, Vec<&'p str>)> {
    let container = user
        .attributes()
        .filter(|(key, node)| key.contains(':') && !matches!(node, Node::Absent))
        .filter_map(|(key, node)| Some((key.len(), after(head, key)?, node)))
        .max_by_key(|(length, ..)| *length);
    if let Some((_, rest, node)) = container {
        return Some((node, rest.split('.').collect()));
    }
    let plain = after(head, CORE).unwrap_or(head);
    let (name, rest) = plain.split_once('.').map_or((plain, None), |(name, rest)| (name, Some(rest)));
    Some((user.get(name)?, rest.map(|rest| rest.split('.').collect()).unwrap_or_default()))
}

/// What follows a schema's URN, after a colon or, as Lucid writes it, a dot.
fn after<'p>(head: &'p str, urn: &str) -> Option<&'p str> {
    let (start, rest) = head.split_at_checked(urn.len())?;
    let rest = rest.strip_prefix([':', '.'])?;
    (start.eq_ignore_ascii_case(urn) && !rest.is_empty()).then_some(rest)
}

fn holds(node: &Node<'_>, filter: &Filter) -> bool {
    let is = |node: &Node<'_>| match node {
        Node::Text(text) => text.trim().eq_ignore_ascii_case(filter.value.trim()),
        Node::Flag(flag) => filter.value.eq_ignore_ascii_case(if *flag { "true" } else { "false" }),
        _ => false,
    };
    match node {
        Node::Complex(parts) => match parts.get(&filter.attribute) {
            Some(part) => is(part),
            // A missing `primary` is false (RFC 7643 §2.4).
            None => filter.attribute.eq_ignore_ascii_case("primary") && filter.value.eq_ignore_ascii_case("false"),
        },
        plain => filter.attribute.eq_ignore_ascii_case("value") && is(plain),
    }
}
