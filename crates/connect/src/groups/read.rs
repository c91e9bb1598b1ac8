//! Reads `/Groups` whole, with the pager's own proofs, one page at a time.

use std::borrow::Cow;

use scim::{GroupResource, Next, PageRequest, PageShape, Pager, PagerError, PagerLimits, parse_listing};

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
}

/// All groups with who is in them.
pub(crate) async fn read(
    transport: &Transport,
    hints: Hints,
    allowance: &Allowance<'_>,
) -> Result<Result<GroupTree, NotOffered>, ConnectError> {
    let limits = transport.limits();
    let paging = PagerLimits { pages: limits.pages, users: MOST_GROUPS, rewalks: limits.rewalks };
    let mut pager = Pager::new(PAGE, paging);
    if hints.cursor_only {
        pager.ask_by_cursor();
    }
    let mut tree = GroupTree::default();
    while let Some(request) = pager.next() {
        let page = match page(transport, &pager, &tree, &request, allowance).await {
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
        let groups = page.groups.into_iter().enumerate().filter(|(place, _)| !verdict.repeated.contains(place));
        groups.filter_map(|(_, group)| group).for_each(|group| tree.push(group));
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
            ids: sent.resources.iter().map(|group| pager.hash(group.id.as_deref().unwrap_or_default())).collect(),
            groups: sent.resources.into_iter().map(|group| tree.group(group)).collect(),
        })
    };
    transport.fetch(&url, allowance, &mut Vec::new(), read).await
}

impl Page {
    fn nothing() -> Self {
        Self { total: None, start_index: None, next_cursor: None, ids: Vec::new(), groups: Vec::new() }
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
