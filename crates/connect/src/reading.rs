//! Reads a whole roster: the pager decides, the transport fetches, members leave page by page.
//! Sequential on purpose: a page is asked for when the last one was taken.

use roster::FindingCode;
use scim::{Next, PageRequest, PageShape, Pager, PagerLimits};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::connector::Connector;
use crate::error::{ConnectError, SinkError};
use crate::findings::Findings;
use crate::page::{PageOfMembers, Reading};
use crate::retry::Patience;
use crate::transport::{Allowance, Transport};
use crate::users::{self, Users};

/// The page size that every server is expected to grant; asked for when a larger one was refused.
const MODEST: u32 = 100;

/// Takes the pages.
pub(crate) type Sink<'a> = dyn FnMut(PageOfMembers) -> Result<(), SinkError> + Send + 'a;

pub(crate) async fn read(
    transport: &Transport,
    connector: Connector,
    granted: Option<u32>,
    sink: &mut Sink<'_>,
    cancel: &CancellationToken,
) -> Result<Reading, ConnectError> {
    let limits = transport.limits();
    let paging = PagerLimits { pages: limits.pages, users: limits.users, rewalks: limits.rewalks };
    let mut pager = Pager::new(limits.page_size, paging);
    if let Some(most) = granted {
        pager.granted(most);
    }
    let mut allowance = Allowance {
        patience: Patience::reading(limits),
        deadline: Instant::now() + limits.reading,
        cancel,
        requests: 0,
        bytes: 0,
    };
    let mut buffer = Vec::new();
    let mut walk = Walk::default();
    while let Some(request) = pager.next() {
        let before = allowance.bytes;
        let page = fetch(transport, connector, &request, &mut allowance, &mut buffer).await;
        let users = match page {
            Ok(users) => users,
            Err(error) if asks_for_less(&error, &request) && pager.ask_less(MODEST) => continue,
            Err(error) if request.past_end && is_past_end(&error) => Users::nobody(),
            Err(error) => return Err(on_page(error, request.page)),
        };
        walk.bytes += allowance.bytes - before;
        if walk.bytes > limits.reading_bytes {
            return Err(ConnectError::TooLarge { limit: limits.reading_bytes });
        }
        walk.take(&mut pager, &request, users, sink)?;
        if cancel.is_cancelled() {
            return Err(ConnectError::Cancelled);
        }
    }
    Ok(Reading {
        pages: walk.pages,
        requests: allowance.requests,
        bytes: allowance.bytes,
        users: pager.users(),
        findings: walk.findings.into_list(),
    })
}

/// What is known of the walk so far; all of it is forgotten when the walk begins again.
#[derive(Default)]
struct Walk {
    pages: u64,
    bytes: u64,
    findings: Findings,
    restarted: bool,
}

impl Walk {
    fn take(
        &mut self,
        pager: &mut Pager,
        request: &PageRequest,
        page: Users,
        sink: &mut Sink<'_>,
    ) -> Result<(), ConnectError> {
        let ids: Vec<u64> = page.list.iter().map(|user| pager.hash(&user.member.id)).collect();
        let shape = PageShape { ids: &ids, total_results: page.total, start_index: page.start_index };
        let verdict = pager.accept(&shape)?;
        if verdict.next == Next::Restart {
            *self = Self { restarted: true, ..Self::default() };
            return Ok(());
        }
        let mut repeated = verdict.repeated.iter().enumerate().peekable();
        let mut members = Vec::with_capacity(ids.len() - verdict.repeated.len());
        for (position, user) in page.list.into_iter().enumerate() {
            if let Some((nth, _)) = repeated.next_if(|(_, repeat)| **repeat == position) {
                if nth >= verdict.expected {
                    self.findings.note(FindingCode::DuplicateId, &user.member.id);
                }
                continue;
            }
            self.findings.note_member(&user.member, user.disagree);
            members.push(user.member);
        }
        if members.is_empty() && request.page > 1 {
            return Ok(());
        }
        self.pages += 1;
        let restart = std::mem::take(&mut self.restarted);
        Ok(sink(PageOfMembers {
            members,
            page: self.pages,
            pages: pager.pages().map(|expected| expected.max(self.pages)),
            users: pager.users(),
            total: page.total,
            restart,
        })?)
    }
}

async fn fetch(
    transport: &Transport,
    connector: Connector,
    request: &PageRequest,
    allowance: &mut Allowance<'_>,
    buffer: &mut Vec<u8>,
) -> Result<Users, ConnectError> {
    let url = transport.users(request.start_index, request.count);
    transport.fetch(&url, allowance, buffer, |body| users::read(connector, request.page, body)).await
}

fn asks_for_less(error: &ConnectError, request: &PageRequest) -> bool {
    request.page == 1 && matches!(error, ConnectError::Status { status: 400 | 413 | 422, .. })
}

/// Some servers answer a question for users after the last one with an error instead of an empty page.
fn is_past_end(error: &ConnectError) -> bool {
    matches!(error, ConnectError::Status { status: 400 | 416, .. } | ConnectError::NotFound { .. })
}

fn on_page(error: ConnectError, page: u64) -> ConnectError {
    match error {
        ConnectError::Cancelled | ConnectError::TookTooLong { .. } | ConnectError::NoId { .. } => error,
        error if page == 1 => error,
        error => ConnectError::OnPage { page, cause: Box::new(error) },
    }
}
