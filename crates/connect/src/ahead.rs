//! Asks for the pages to come while the last one is taken: a few at a time, handed over in order.
//! What was foretold wrongly is dropped; the pager alone decides which page is next.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt;
use futures_util::stream::FuturesOrdered;
use reqwest::header::{ETAG, HeaderMap};
use scim::PageRequest;
use xxhash_rust::xxh3::xxh3_128;

use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::licensing::Licensing;
use crate::recall::{Memory, Nearby, Recall};
use crate::spare;
use crate::transport::Transport;
use crate::trim::{Less, is_worth_it};
use crate::unchanged::PageSeen;
use crate::users::{self, Users};

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Users, ConnectError>> + Send + 'a>>;

pub(crate) struct Ahead<'a> {
    transport: &'a Transport,
    how: &'a Licensing<'a>,
    allowance: &'a Allowance<'a>,
    /// Less than everything is asked for, once the server proved that nothing goes missing.
    less: Option<Less>,
    /// What each of `answers` was asked.
    asked: VecDeque<PageRequest>,
    answers: FuturesOrdered<Answer<'a>>,
    recall: Option<&'a dyn Recall>,
    /// Pages are asked for on the condition that they changed.
    conditional: bool,
    /// See [`Memory::shift`].
    shift: Arc<AtomicI64>,
    /// Room for pages, used again and again.
    buffers: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl<'a> Ahead<'a> {
    pub(crate) fn new(
        transport: &'a Transport,
        how: &'a Licensing<'a>,
        allowance: &'a Allowance<'a>,
        recall: Option<&'a dyn Recall>,
    ) -> Self {
        Self {
            transport,
            how,
            allowance,
            less: None,
            asked: VecDeque::new(),
            answers: FuturesOrdered::new(),
            recall,
            conditional: true,
            shift: Arc::default(),
            buffers: Arc::default(),
        }
    }

    /// The page that `request` asks for; those of `upcoming` are on their way when this returns. So many users came before.
    pub(crate) async fn page(
        &mut self,
        request: &PageRequest,
        upcoming: Vec<PageRequest>,
        before: u64,
    ) -> Result<Users, ConnectError> {
        if self.asked.front().is_some_and(|foretold| foretold != request) {
            self.asked.clear();
            self.answers = FuturesOrdered::new();
        }
        for (place, wanted) in [request.clone()].into_iter().chain(upcoming).enumerate() {
            match self.asked.get(place) {
                Some(asked) if *asked == wanted => {}
                // Foretold wrongly further on: seen when its turn comes.
                Some(_) => break,
                None => {
                    self.answers.push_back(self.ask(&wanted, before));
                    self.asked.push_back(wanted);
                }
            }
        }
        self.asked.pop_front();
        self.answers.next().await.unwrap_or(Err(ConnectError::Interrupted))
    }

    /// Asks for less than everything from now on.
    pub(crate) fn ask_less(&mut self, less: Less) {
        self.less = Some(less);
    }

    /// From now on pages are sent even if they did not change: what was kept of them did not add up.
    pub(crate) fn unconditionally(&mut self) {
        self.conditional = false;
    }

    /// Asks for everything again; `false` when that was so already.
    pub(crate) fn everything(&mut self) -> bool {
        self.asked.clear();
        self.answers = FuturesOrdered::new();
        self.less.take().is_some()
    }

    fn ask(&self, request: &PageRequest, before: u64) -> Answer<'a> {
        let (transport, how, allowance, page) = (self.transport, self.how, self.allowance, request.page);
        let url = transport.users(request.start_index, request.count, request.cursor.as_deref(), self.less.as_ref());
        let asked = request.clone();
        let recall = self.recall;
        let place = if request.cursor.is_some() { before } else { request.start_index.saturating_sub(1) };
        // The first page is always read: what the server sends is proved on it (see `trim`).
        let (shift, buffers, users) =
            (Arc::clone(&self.shift), Arc::clone(&self.buffers), if page > 1 { request.count as usize } else { 0 });
        let conditional = self.conditional && page > 1 && request.cursor.is_none();
        let name = format!("{:032x}", xxh3_128(url.as_str().as_bytes()));
        Box::pin(async move {
            let mut buffer = buffers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let now = recall.map(Recall::now).unwrap_or_default();
            let seen = recall.filter(|_| conditional).and_then(|recall| {
                let seen = PageSeen::from_text(&recall.page(&name)?).filter(|seen| seen.may_be_believed(now))?;
                Some((seen.etag()?, seen.page(recall)?, seen))
            });
            let read = |headers: &HeaderMap, body: &[u8]| {
                let memory = recall.map(|recall| Memory { recall, shift: &shift });
                let read = users::read(how, page, body, memory.map(|memory| Nearby::new(memory, place, users)))?;
                let spare = if is_worth_it(&asked, &read) { spare::names(how, body) } else { Vec::new() };
                let seen =
                    headers.get(ETAG).filter(|_| conditional).and_then(|etag| PageSeen::of(etag, place, &read, now));
                Ok(Users { seen: seen.map(|seen| (name.clone(), seen.to_text())), spare, ..read })
            };
            let etag = seen.as_ref().map(|(etag, ..)| etag);
            let answer = transport.fetch_if(&url, etag, allowance, &mut buffer, read).await;
            buffers.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
            match (answer?, seen) {
                (Some(read), _) => Ok(read),
                (None, Some((_, page, seen))) => {
                    Ok(Users { seen: Some((name.clone(), seen.believed_again().to_text())), ..page })
                }
                (None, None) => Err(ConnectError::Interrupted),
            }
        })
    }
}
