//! Reads a whole roster: the pager decides, the transport fetches, members leave page by page and in order.

use std::sync::Arc;

use roster::packed;
use scim::{Next, PageRequest, PageShape, PageVerdict, Pager, PagerLimits};

use crate::ahead::Ahead;
use crate::error::{ConnectError, SinkError};
use crate::findings::Findings;
use crate::hints::Hints;
use crate::licensing::Licensing;
use crate::page::{PageOfMembers, Reading};
use crate::recall::Recall;
use crate::repeats::Repeats;
use crate::trim::Trim;
use crate::users::Users;
use crate::whole::Errand;

/// So many of the last reading's members are looked at together.
const AT_ONCE: usize = 1_000;

/// Takes the pages.
pub(crate) type Sink<'a> = dyn FnMut(PageOfMembers) -> Result<(), SinkError> + Send + 'a;

/// Reads the users; what there is to tell about them comes beside the summary.
pub(crate) async fn read(
    errand: &Errand<'_>,
    how: &Arc<Licensing>,
    hints: Hints,
    findings: Findings,
    sink: &mut Sink<'_>,
) -> Result<(Reading, Findings), ConnectError> {
    let Errand { transport, allowance, ref recall, .. } = *errand;
    let limits = transport.limits();
    let paging = PagerLimits { pages: limits.pages, users: limits.users, rewalks: limits.rewalks };
    let mut pager = Pager::new(limits.page_size, paging);
    hints.tell(&mut pager);
    let mut ahead = Ahead::new(transport, Arc::clone(how), allowance, recall.clone());
    let (mut walk, mut trim) = (Walk { findings, ..Walk::default() }, Trim::default());
    while let Some(request) = pager.next() {
        let most = if allowance.is_strained() { 0 } else { limits.pages_in_flight.saturating_sub(1) };
        let users = match ahead.page(&request, pager.upcoming(most), pager.users()).await {
            Ok(users) => users,
            Err(error) if is_refusal(&error) && ahead.everything() => continue,
            Err(error) if asks_for_less(&error, &request) && pager.ask_less() => continue,
            Err(error) if knows_only_cursors(&error, &request) && pager.ask_by_cursor() => continue,
            Err(error) if is_refused_cursor(&error, &request) && pager.cursor_refused() => {
                walk = walk.again();
                continue;
            }
            Err(error) if request.past_end && is_past_end(&error) => Users::default(),
            Err(error) => return Err(on_page(error, request.page)),
        };
        if request.page == 1
            && users.next_cursor.is_some()
            && let Some(recall) = recall
        {
            pager.roster_was(remembered(recall.as_ref(), &pager));
        }
        walk.bytes += users.bytes;
        if walk.bytes > limits.reading_bytes {
            return Err(ConnectError::RosterTooLarge { limit: limits.reading_bytes });
        }
        let sample = trim.sample(how, &request, &users);
        let belied = users.belied;
        walk.take(&mut pager, &request, users, sink)?;
        if walk.restarted || belied {
            ahead.unconditionally();
        }
        if let Some(sample) = sample
            && let Some(less) = trim.prove(transport, how, allowance, &request, sample).await?
        {
            ahead.ask_less(less);
        }
        if allowance.is_cancelled() {
            return Err(ConnectError::Cancelled);
        }
    }
    let reading = Reading {
        pages: walk.pages,
        requests: allowance.requests(),
        bytes: allowance.bytes(),
        retries: allowance.retries(),
        users: pager.users(),
        findings: Vec::new(),
        cases: Vec::new(),
        values: Vec::new(),
    };
    Ok((reading, walk.findings))
}

/// Everybody of the last reading, as the pager knows them.
fn remembered(recall: &dyn Recall, pager: &Pager) -> Vec<u64> {
    let mut ids = Vec::new();
    loop {
        let members = recall.from(ids.len() as u64, AT_ONCE).members;
        let before = ids.len();
        ids.extend(members.rows().filter_map(packed::id).map(|id| pager.hash(id)));
        if ids.len() == before {
            return ids;
        }
    }
}

/// What is known of the walk so far; all of it is forgotten when the walk begins again.
#[derive(Default)]
struct Walk {
    pages: u64,
    bytes: u64,
    findings: Findings,
    repeats: Repeats,
    restarted: bool,
}

impl Walk {
    fn again(&mut self) -> Self {
        let (findings, repeats) = (self.findings.again(), self.repeats.again());
        Self { restarted: true, findings, repeats, ..Self::default() }
    }

    fn take(
        &mut self,
        pager: &mut Pager,
        request: &PageRequest,
        page: Users,
        sink: &mut Sink<'_>,
    ) -> Result<(), ConnectError> {
        let ids: Vec<u64> = page.members.rows().filter_map(packed::id).map(|id| pager.hash(id)).collect();
        let (total_results, next_cursor) = (page.total, page.next_cursor.as_deref());
        let shape = PageShape { ids: &ids, total_results, start_index: page.start_index, next_cursor };
        let verdict = pager.accept(&shape)?;
        let odd = verdict.repeated.iter().skip(verdict.expected).filter_map(|position| ids.get(*position));
        odd.for_each(|id| self.repeats.note(*id));
        if verdict.next == Next::Restart {
            *self = self.again();
            return Ok(());
        }
        let left_out = self.note(&page, &ids, &verdict);
        let mut members = page.members.without(&left_out);
        let mut left_out = left_out.iter().peekable();
        let kept = page.marks.iter().enumerate().filter(|(place, _)| left_out.next_if_eq(&place).is_none());
        let mut marks = kept.map(|(_, mark)| *mark).collect();
        if verdict.next == Next::Done {
            self.repeats.let_go(&mut members, &mut marks, &mut self.findings);
        }
        if members.is_empty() && request.page > 1 {
            return Ok(());
        }
        self.pages += 1;
        let restart = std::mem::take(&mut self.restarted);
        Ok(sink(PageOfMembers {
            members,
            marks,
            seen: page.seen,
            brief: false,
            page: self.pages,
            pages: pager.pages().map(|expected| expected.max(self.pages)),
            users: pager.users(),
            total: page.total,
            restart,
        })?)
    }
}

/// Of a page in the walk that counts.
impl Walk {
    /// Notes what there is to tell of everybody; gives the positions of those who are not handed over with this page,
    /// ascending.
    fn note(&mut self, page: &Users, ids: &[u64], verdict: &PageVerdict) -> Vec<usize> {
        let mut repeated = verdict.repeated.iter().enumerate().peekable();
        let mut left_out = Vec::with_capacity(verdict.repeated.len());
        let rows = page.members.rows().zip(&page.told).zip(&page.marks).zip(ids);
        for (position, (((row, told), mark), id)) in rows.enumerate() {
            if let Some((nth, _)) = repeated.next_if(|(_, repeat)| **repeat == position) {
                if nth >= verdict.expected {
                    self.repeats.compare(*id, row, &mut self.findings);
                }
                left_out.push(position);
            } else if self.repeats.hold(*id, row, told, *mark) {
                left_out.push(position);
            } else {
                self.findings.note_member(told, || packed::read(row));
            }
        }
        left_out
    }
}

/// What a server says to a question that it does not like, not to one that failed.
fn is_refusal(error: &ConnectError) -> bool {
    matches!(error, ConnectError::Status { status: 400 | 413 | 414 | 422 | 431 | 501, .. })
}

/// Whether fewer users at a time may go better. The count of a list by cursor has to stay (RFC 9865 §2).
pub(crate) fn asks_for_less(error: &ConnectError, request: &PageRequest) -> bool {
    match error {
        ConnectError::Status { status: 400 | 413 | 422, .. } => request.page == 1,
        // Users with their photos in them fill an answer of any size.
        ConnectError::TooLarge { .. } => request.page == 1 || request.cursor.is_none(),
        _ => false,
    }
}

/// A server that pages by cursor alone may answer that it knows no `startIndex`.
pub(crate) fn knows_only_cursors(error: &ConnectError, request: &PageRequest) -> bool {
    request.page == 1 && matches!(error, ConnectError::Status { status: 501, .. })
}

/// `expiredCursor`, `invalidCursor` and `invalidCount` (RFC 9865 §2.1): the walk begins again.
pub(crate) fn is_refused_cursor(error: &ConnectError, request: &PageRequest) -> bool {
    let ConnectError::Status { status: 400, scim_type: Some(kind), .. } = error else { return false };
    let is = |known: &str| kind.eq_ignore_ascii_case(known);
    request.cursor.is_some() && (is("expiredCursor") || is("invalidCursor") || is("invalidCount"))
}

/// Some servers answer a question for users after the last one with an error instead of an empty page.
pub(crate) fn is_past_end(error: &ConnectError) -> bool {
    matches!(error, ConnectError::Status { status: 400 | 416, .. } | ConnectError::NotFound { .. })
}

fn on_page(error: ConnectError, page: u64) -> ConnectError {
    match error {
        ConnectError::Cancelled | ConnectError::TookTooLong { .. } | ConnectError::NoId { .. } => error,
        error if page == 1 => error,
        // The list itself is there.
        ConnectError::NotFound { .. } => ConnectError::OnPage { page, cause: Box::new(ConnectError::NoSuchPage) },
        error => ConnectError::OnPage { page, cause: Box::new(error) },
    }
}
