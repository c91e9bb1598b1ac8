//! The story of one reading, stage by stage: filled as it goes on, readable at any time, after a failure too.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::allowance::Allowance;
use crate::error::ConnectError;

/// The stages of a reading, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReadStage {
    /// What the server says about itself.
    ServiceProvider,
    /// Organizational groups.
    Groups,
    /// Subscriptions and who holds a license of them.
    Licenses,
    /// Deactivated users.
    Deactivated,
    /// The users.
    Users,
    /// Users who are listed no more, asked for by id.
    Missed,
}

impl ReadStage {
    /// Every stage, in order.
    pub const ALL: [Self; 6] =
        [Self::ServiceProvider, Self::Groups, Self::Licenses, Self::Deactivated, Self::Users, Self::Missed];

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::ServiceProvider => "service-provider",
            Self::Groups => "groups",
            Self::Licenses => "licenses",
            Self::Deactivated => "deactivated",
            Self::Users => "users",
            Self::Missed => "missed",
        }
    }
}

/// What one stage took and came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageRecord {
    /// Which.
    pub stage: ReadStage,
    /// Requests sent, repeats included.
    pub requests: u64,
    /// Bytes received, once inflated.
    pub bytes: u64,
    /// Requests that were repeats.
    pub retries: u64,
    /// For how long.
    pub took: Duration,
    /// What it came to, in a sentence.
    pub detail: String,
    /// Whether it came to its end.
    pub completed: bool,
}

/// What is told while a reading goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A stage begins.
    Begins(ReadStage),
    /// Nothing is asked for so long: the server takes no more requests for now, or said when to come back.
    Waits(Duration),
}

type OnNews = dyn Fn(News) + Send + Sync;

/// What a reading did so far.
#[derive(Default)]
pub struct Journal {
    stages: Mutex<Vec<StageRecord>>,
    on_news: Option<Box<OnNews>>,
}

impl Journal {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty one that tells each stage as it begins, and each wait that people notice.
    pub fn telling(on_news: impl Fn(News) + Send + Sync + 'static) -> Self {
        Self { on_news: Some(Box::new(on_news)), ..Self::default() }
    }

    /// The stages that ended, well or not, in their order.
    pub fn stages(&self) -> Vec<StageRecord> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn tell(&self, news: News) {
        if let Some(on_news) = &self.on_news {
            on_news(news);
        }
    }

    /// Begins a stage; what it takes is counted on `allowance`.
    pub(crate) fn begin<'a>(&'a self, stage: ReadStage, allowance: &'a Allowance<'a>) -> OpenStage<'a> {
        self.tell(News::Begins(stage));
        let before = [allowance.requests(), allowance.bytes(), allowance.retries()];
        OpenStage { journal: self, stage, allowance, before, since: Instant::now(), ended: None }
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Journal").field("stages", &self.stages()).finish_non_exhaustive()
    }
}

/// A stage under way. Dropped without an end, it is written down as not completed.
pub(crate) struct OpenStage<'a> {
    journal: &'a Journal,
    stage: ReadStage,
    allowance: &'a Allowance<'a>,
    before: [u64; 3],
    since: Instant,
    ended: Option<(String, bool)>,
}

impl OpenStage<'_> {
    /// It came to its end.
    pub(crate) fn completed(mut self, detail: impl Into<String>) {
        self.ended = Some((detail.into(), true));
    }

    /// It ended before that.
    pub(crate) fn failed(mut self, error: &ConnectError) {
        self.ended = Some((error.to_string(), false));
    }
}

impl Drop for OpenStage<'_> {
    fn drop(&mut self) {
        let (detail, completed) = self.ended.take().unwrap_or_else(|| ("It was stopped.".to_owned(), false));
        let [requests, bytes, retries] = self.before;
        let record = StageRecord {
            stage: self.stage,
            requests: self.allowance.requests() - requests,
            bytes: self.allowance.bytes() - bytes,
            retries: self.allowance.retries() - retries,
            took: self.since.elapsed(),
            detail,
            completed,
        };
        self.journal.stages.lock().unwrap_or_else(PoisonError::into_inner).push(record);
    }
}
