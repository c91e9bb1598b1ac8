//! What the server remembers between requests: the day's listing, the fault's progress, the request log.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::stranger::Stranger;
use crate::config::{Config, TokenKind};
use crate::fault::Fault;
use crate::organisation::{Organisation, TruthUser};
use crate::wire::user::Style;

const LOG: usize = 10_000;
const MINUTE: Duration = Duration::from_mins(1);

/// A request as logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLine {
    /// `GET`.
    pub method: String,
    /// `/scim/v2/Users`.
    pub path: String,
    /// `startIndex=1&count=100`, or nothing.
    pub query: String,
}

/// Who is listed on a day.
#[derive(Debug, Clone)]
pub struct Listing {
    pub day: i32,
    pub people: Vec<u32>,
}

#[derive(Debug)]
struct Now {
    day: Date,
    /// Worked out when first asked for.
    listing: Option<Arc<Listing>>,
    /// People beyond the plan that faults made.
    newcomers: u32,
}

#[derive(Debug, Default)]
struct Mischief {
    fault: Option<Fault>,
    met: HashSet<usize>,
    spent: u64,
}

/// All of it.
#[derive(Debug)]
pub struct Shared {
    pub config: Config,
    pub organisation: Organisation,
    pub base_url: String,
    pub rest_base_url: String,
    pub stranger: OnceLock<Option<Stranger>>,
    now: Mutex<Now>,
    mischief: Mutex<Mischief>,
    log: Mutex<VecDeque<RequestLine>>,
    requests: AtomicU64,
    lately: Mutex<VecDeque<Instant>>,
}

/// A lock that a panicking thread left behind is still good: every change under it is complete in itself.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub fn new(config: Config, port: u16) -> Self {
        let day = config.day.unwrap_or(config.first_day);
        Self {
            organisation: Organisation::new(&config),
            base_url: format!("http://127.0.0.1:{port}/scim/v2"),
            rest_base_url: format!("http://127.0.0.1:{port}"),
            stranger: OnceLock::new(),
            now: Mutex::new(Now { day, listing: None, newcomers: 0 }),
            mischief: Mutex::default(),
            log: Mutex::default(),
            requests: AtomicU64::new(0),
            lately: Mutex::default(),
            config,
        }
    }

    pub fn style(&self) -> Style {
        let config = &self.config;
        let teams = config.token_kind == TokenKind::Content;
        Style { licenses: config.license_mode, values: config.license_value_type, roles: config.roles_shape, teams }
    }

    /// The person as SCIM shows them: some have the opposite license there.
    pub fn shown(&self, index: u32, mut user: TruthUser) -> TruthUser {
        if index < self.config.contradicted {
            user.contradict();
        }
        user
    }

    pub fn day(&self) -> Date {
        held(&self.now).day
    }

    pub fn set_day(&self, day: Date) {
        let mut now = held(&self.now);
        now.day = day;
        now.listing = None;
    }

    pub fn listing(&self) -> Arc<Listing> {
        Arc::clone(self.listing_of(&mut held(&self.now)))
    }

    fn listing_of<'a>(&self, now: &'a mut Now) -> &'a mut Arc<Listing> {
        let day = self.organisation.offset(now.day);
        now.listing.get_or_insert_with(|| Arc::new(Listing { day, people: self.organisation.listed(day) }))
    }

    pub fn truth(&self) -> Vec<TruthUser> {
        let listing = self.listing();
        listing.people.iter().filter_map(|&index| self.organisation.user(index, listing.day)).collect()
    }

    pub fn fault(&self) -> Option<Fault> {
        held(&self.mischief).fault
    }

    pub fn set_fault(&self, fault: Option<Fault>) {
        *held(&self.mischief) = Mischief { fault, ..Mischief::default() };
    }

    /// Whether the fault meets this page for the first time.
    pub fn first_time(&self, page: usize) -> bool {
        held(&self.mischief).met.insert(page)
    }

    /// Changes the roster behind the reader's back when the fault says so.
    pub fn page_one_was_served(&self) {
        let mut mischief = held(&self.mischief);
        let Some(fault @ (Fault::Grow(times) | Fault::Shrink(times) | Fault::Swap(times))) = mischief.fault else {
            return;
        };
        if mischief.spent == times {
            return;
        }
        mischief.spent += 1;
        let mut now = held(&self.now);
        let newcomer = self.organisation.people() + now.newcomers;
        let people = &mut Arc::make_mut(self.listing_of(&mut now)).people;
        if !matches!(fault, Fault::Grow(_)) && !people.is_empty() {
            people.remove(0);
        }
        match fault {
            Fault::Grow(_) => people.insert(0, newcomer),
            Fault::Swap(_) => people.push(newcomer),
            _ => return,
        }
        now.newcomers += 1;
    }

    pub fn record(&self, method: &str, path: &str, query: &str) {
        self.requests.fetch_add(1, Ordering::SeqCst);
        let mut log = held(&self.log);
        if log.len() == LOG {
            log.pop_front();
        }
        log.push_back(RequestLine { method: method.to_owned(), path: path.to_owned(), query: query.to_owned() });
    }

    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }

    pub fn request_log(&self) -> Vec<RequestLine> {
        held(&self.log).iter().cloned().collect()
    }

    /// Counts a request against the limit of the minute; over it, the seconds until the next is welcome.
    pub fn too_many(&self) -> Option<u64> {
        let limit = self.config.rate_per_min? as usize;
        let mut lately = held(&self.lately);
        let now = Instant::now();
        while lately.front().is_some_and(|&then| now.duration_since(then) >= MINUTE) {
            lately.pop_front();
        }
        if lately.len() < limit {
            lately.push_back(now);
            return None;
        }
        let wait = lately.front().map_or(MINUTE, |&then| MINUTE.saturating_sub(now.duration_since(then)));
        Some(wait.as_secs() + 1)
    }
}
