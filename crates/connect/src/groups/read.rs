//! Reads `/Groups` whole, with the pager's own proofs, one page at a time.

use std::borrow::Cow;
use std::collections::HashMap;

use scim::{GroupMember, GroupResource, Next, PageRequest, PageShape, Pager, PagerError, PagerLimits, parse_listing};

use super::GroupTree;
use super::tree::Group;
use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::hints::Hints;
use crate::reading::{asks_for_less, is_past_end, is_refused_cursor, knows_only_cursors};
use crate::transport::Transport;

/// The documented page of groups; each may list everybody.
const PAGE: u32 = 100;
/// Nobody looks after more.
const MOST_GROUPS: u64 = 20_000;

/// The server has no groups for this token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotOffered(pub(crate) u16);

/// A page as taken from the wire.
struct Page {
    total: Option<u64>,
    start_index: Option<u64>,
    next_cursor: Option<String>,
    ids: Vec<u64>,
    groups: Vec<Option<Group>>,
    /// One group is on several rows, with other members on each.
    has_parts: bool,
}

/// What a row is, so that the pager can tell one from another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// A group, known by its id.
    Groups,
    /// A part of one: its members are needed to know it again, and somebody who joins one between two pages makes it another.
    Parts,
}

impl Rows {
    fn id(self, pager: &Pager, group: &GroupResource<'_>) -> u64 {
        let key = group.key().unwrap_or_default();
        match self {
            Self::Groups => pager.hash(key),
            Self::Parts => {
                // In any order: some servers have none.
                let members = group.members.iter().filter_map(GroupMember::id).map(|id| pager.hash(&id));
                pager.hash(&format!("{key} {:x}", members.fold(0, u64::wrapping_add)))
            }
        }
    }
}

fn has_parts(groups: &[GroupResource<'_>]) -> bool {
    let mut seen = HashMap::with_capacity(groups.len());
    groups.iter().any(|group| {
        let before = group.key().and_then(|key| seen.insert(key, &group.members));
        before.is_some_and(|members| *members != group.members)
    })
}

/// All groups with who is in them.
pub(crate) async fn read(
    transport: &Transport,
    hints: Hints,
    allowance: &Allowance<'_>,
) -> Result<Result<GroupTree, NotOffered>, ConnectError> {
    let limits = transport.limits();
    let paging = PagerLimits { pages: limits.pages, users: MOST_GROUPS, rewalks: limits.rewalks };
    let begin = || {
        let mut pager = Pager::new(PAGE, paging);
        if hints.cursor_only {
            pager.ask_by_cursor();
        }
        pager
    };
    let (mut pager, mut tree, mut rows) = (begin(), GroupTree::default(), Rows::Groups);
    while let Some(request) = pager.next() {
        let page = match page(transport, &pager, &tree, rows, &request, allowance).await {
            Ok(page) if page.has_parts && rows == Rows::Groups => {
                rows = Rows::Parts;
                (pager, tree) = (begin(), GroupTree::default());
                continue;
            }
            Ok(page) => page,
            Err(error) if asks_for_less(&error, &request) && pager.ask_less() => continue,
            Err(error) if knows_only_cursors(&error, &request) && pager.ask_by_cursor() => continue,
            Err(error) if is_refused_cursor(&error, &request) && pager.cursor_refused() => {
                tree.clear();
                continue;
            }
            Err(error) if request.past_end && is_past_end(&error) => Page::nothing(),
            Err(error) => return if request.page == 1 { not_offered(error).map(Err) } else { Err(error) },
        };
        if allowance.bytes() > limits.reading_bytes {
            return Err(ConnectError::RosterTooLarge { limit: limits.reading_bytes });
        }
        let shape = PageShape {
            ids: &page.ids,
            total_results: page.total,
            start_index: page.start_index,
            next_cursor: page.next_cursor.as_deref(),
        };
        let verdict = pager.accept(&shape).map_err(too_many)?;
        if verdict.next == Next::Restart {
            tree.clear();
            continue;
        }
        // One that came before may tell more members this time.
        page.groups.into_iter().flatten().for_each(|group| tree.push(group));
    }
    tree.complete();
    Ok(Ok(tree))
}

/// To the pager groups are users.
fn too_many(error: PagerError) -> ConnectError {
    match error {
        PagerError::TooManyUsers { limit } => ConnectError::TooManyGroups { limit },
        other => other.into(),
    }
}

async fn page(
    transport: &Transport,
    pager: &Pager,
    tree: &GroupTree,
    rows: Rows,
    request: &PageRequest,
    allowance: &Allowance<'_>,
) -> Result<Page, ConnectError> {
    let url = transport.list("Groups", request.start_index, request.count, request.cursor.as_deref(), None);
    let read = |body: &[u8]| {
        let sent = parse_listing::<GroupResource<'_>>(body)?;
        Ok(Page {
            total: sent.total_results,
            start_index: sent.start_index,
            next_cursor: sent.next_cursor.map(Cow::into_owned),
            ids: sent.resources.iter().map(|group| rows.id(pager, group)).collect(),
            has_parts: has_parts(&sent.resources),
            groups: sent.resources.into_iter().map(|group| tree.group(group)).collect(),
        })
    };
    transport.fetch(&url, allowance, &mut Vec::new(), read).await
}

impl Page {
    fn nothing() -> Self {
        Self {
            total: None,
            start_index: None,
            next_cursor: None,
            ids: Vec::new(),
            groups: Vec::new(),
            has_parts: false,
        }
    }
}

/// What a server says that has no groups, or none for this token.
fn not_offered(error: ConnectError) -> Result<NotOffered, ConnectError> {
    match error {
        ConnectError::Forbidden => Ok(NotOffered(403)),
        ConnectError::NotFound { .. } => Ok(NotOffered(404)),
        ConnectError::Status { status: status @ (405 | 501), .. } => Ok(NotOffered(status)),
        error => Err(error),
    }
}
