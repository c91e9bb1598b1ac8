//! Asks for the pages to come while the last one is taken: a few at a time, handed over in order. They are read beside the
//! wire, one after another. What was foretold wrongly is dropped; the pager alone decides which page is next.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt;
use futures_util::stream::FuturesOrdered;
use reqwest::header::{ETAG, HeaderMap, HeaderValue};
use scim::PageRequest;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use xxhash_rust::xxh3::xxh3_128;

use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::licensing::Licensing;
use crate::recall::{Memory, Nearby, Recall};
use crate::spare;
use crate::transport::{Transport, understood};
use crate::trim::{Less, is_worth_it};
use crate::unchanged::PageSeen;
use crate::users::{self, Users};

/// So many pages are read at a time. Where the users of one stand tells where those of the next do: more would know less.
const AT_ONCE: usize = 2;

/// A smaller page is read where it arrived: with a thread for each, a sync of 100 users a page took 3 % more of the processor.
const WORTH_A_THREAD: usize = 256 * 1024;

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Users, ConnectError>> + Send + 'a>>;

pub(crate) struct Ahead<'a> {
    transport: &'a Transport,
    how: Arc<Licensing>,
    allowance: &'a Allowance<'a>,
    /// Less than everything is asked for, once the server proved that nothing goes missing.
    less: Option<Less>,
    /// What each of `answers` was asked.
    asked: VecDeque<PageRequest>,
    answers: FuturesOrdered<Answer<'a>>,
    recall: Option<Arc<dyn Recall>>,
    /// Pages are asked for on the condition that they changed.
    conditional: bool,
    /// See [`Memory::shift`].
    shift: Arc<AtomicI64>,
    /// Room for pages, used again and again.
    buffers: Arc<Mutex<Vec<Vec<u8>>>>,
    /// Lets so many pages be read at a time.
    turn: Arc<Semaphore>,
}

impl<'a> Ahead<'a> {
    pub(crate) fn new(
        transport: &'a Transport,
        how: Arc<Licensing>,
        allowance: &'a Allowance<'a>,
        recall: Option<Arc<dyn Recall>>,
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
            turn: Arc::new(Semaphore::new(AT_ONCE)),
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
        let users = self.answers.next().await.unwrap_or(Err(ConnectError::Interrupted))?;
        match &self.less {
            Some(less) if less.is_doubtful(&users) => self.in_full(request, before, users).await,
            _ => Ok(users),
        }
    }

    /// The same page with everything. Where that tells more, or there were too many doubts, so are all to come.
    async fn in_full(&mut self, request: &PageRequest, before: u64, doubtful: Users) -> Result<Users, ConnectError> {
        let less = self.less.take();
        let whole = match self.ask(request, before).await {
            Ok(whole) => whole,
            Err(error) => {
                self.everything();
                return Err(error);
            }
        };
        self.less = less.filter(|_| whole.members == doubtful.members);
        if !self.less.as_mut().is_some_and(|less| less.is_right_about(&doubtful)) {
            self.everything();
        }
        Ok(whole)
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
        let (transport, allowance, page) = (self.transport, self.allowance, request.page);
        let url = transport.users(request.start_index, request.count, request.cursor.as_deref(), self.less.as_ref());
        let name = format!("{:032x}", xxh3_128(url.as_str().as_bytes()));
        let asked = Arc::new(Asked {
            how: Arc::clone(&self.how),
            recall: self.recall.clone(),
            shift: Arc::clone(&self.shift),
            place: if request.cursor.is_some() { before } else { request.start_index.saturating_sub(1) },
            // The first page is always read: what the server sends is proved on it (see `trim`).
            users: if page > 1 { request.count as usize } else { 0 },
            conditional: self.conditional && page > 1 && request.cursor.is_none(),
            name,
            request: request.clone(),
        });
        let (buffers, turn) = (Arc::clone(&self.buffers), Arc::clone(&self.turn));
        Box::pin(async move {
            let mut buffer = buffers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let seen = asked.seen();
            let etag = seen.as_ref().map(|(etag, ..)| etag);
            let read = |headers: HeaderMap, body: Vec<u8>| {
                let (asked, turn) = (Arc::clone(&asked), Arc::clone(&turn));
                async move {
                    if body.len() < WORTH_A_THREAD {
                        return understood(&headers, body, |headers, body| asked.read(headers, body));
                    }
                    // It is never closed.
                    let _turn = turn.acquire_owned().await;
                    let read = move || understood(&headers, body, |headers, body| asked.read(headers, body));
                    spawn_blocking(read).await.unwrap_or_else(|_| (Vec::new(), Err(ConnectError::Interrupted)))
                }
            };
            let answer = transport.fetch_if(&url, etag, allowance, &mut buffer, read).await;
            buffers.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
            match (answer?, seen) {
                (Some(read), _) => Ok(read),
                (None, Some((_, page, seen))) => {
                    Ok(Users { seen: Some((asked.name.clone(), seen.believed_again().to_text())), ..page })
                }
                (None, None) => Err(ConnectError::Interrupted),
            }
        })
    }
}

/// What reading a page needs: it is read on a thread of its own, while others are on their way.
struct Asked {
    how: Arc<Licensing>,
    recall: Option<Arc<dyn Recall>>,
    shift: Arc<AtomicI64>,
    request: PageRequest,
    /// Where its first user stands, counted from 0.
    place: u64,
    /// How many are looked for among those who are remembered.
    users: usize,
    /// It is asked for on the condition that it changed.
    conditional: bool,
    /// What the page is remembered by.
    name: String,
}

impl Asked {
    fn now(&self) -> i64 {
        self.recall.as_ref().map(|recall| recall.now()).unwrap_or_default()
    }

    /// What the server may say is as it was.
    fn seen(&self) -> Option<(HeaderValue, Users, PageSeen)> {
        let recall = self.recall.as_deref().filter(|_| self.conditional)?;
        let seen = PageSeen::from_text(&recall.page(&self.name)?).filter(|seen| seen.may_be_believed(recall.now()))?;
        Some((seen.etag()?, seen.page(recall)?, seen))
    }

    fn read(&self, headers: &HeaderMap, body: &[u8]) -> Result<Users, ConnectError> {
        let memory = self.recall.as_deref().map(|recall| Memory { recall, shift: &self.shift });
        let nearby = memory.map(|memory| Nearby::new(memory, self.place, self.users));
        let read = users::read(&self.how, self.request.page, body, nearby)?;
        let spare = if is_worth_it(&self.request, &read) { spare::names(&self.how, body) } else { Vec::new() };
        let by_index = self.request.cursor.is_none();
        let etag = headers.get(ETAG).filter(|_| self.conditional || (self.request.page == 1 && by_index));
        let seen = etag.and_then(|etag| PageSeen::of(etag, self.place, &read, self.now()));
        let (seen, belied) = match seen {
            Some(seen) if self.request.page == 1 => self.proved(seen, &read),
            seen => (seen, false),
        };
        Ok(Users { seen: seen.map(|seen| (self.name.clone(), seen.to_text())), belied, spare, ..read })
    }

    /// The first page is sent whatever its state is called: whether the server calls another page the same is seen on it.
    fn proved(&self, seen: PageSeen, page: &Users) -> (Option<PageSeen>, bool) {
        let before =
            self.recall.as_deref().and_then(|recall| Some((PageSeen::from_text(&recall.page(&self.name)?)?, recall)));
        match before {
            Some((before, recall)) if before.is_found_out(recall.now()) => {
                (Some(seen.since(&before).found_out()), true)
            }
            Some((before, recall)) if before.is_belied_by(&seen, &page.marks, recall) => (Some(seen.found_out()), true),
            _ => (Some(seen), false),
        }
    }
}
