//! What one reading or test may still spend, and what it spent: time, repeats, requests, bytes.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::journal::{Journal, News};
use crate::limits::Limits;
use crate::retry::{Patience, Trouble};

/// Waits that are shorter pass before anyone has read of them.
const NOTICED: Duration = Duration::from_secs(1);

pub(crate) struct Allowance<'a> {
    patience: Mutex<Patience>,
    deadline: Instant,
    cancel: &'a CancellationToken,
    requests: AtomicU64,
    bytes: AtomicU64,
    retries: AtomicU64,
    strained: AtomicBool,
    /// Where waits are told.
    journal: Option<&'a Journal>,
}

impl<'a> Allowance<'a> {
    pub(crate) fn new(patience: Patience, limits: &Limits, cancel: &'a CancellationToken) -> Self {
        Self::until(Instant::now() + limits.reading, patience, cancel)
    }

    fn until(deadline: Instant, patience: Patience, cancel: &'a CancellationToken) -> Self {
        Self {
            patience: Mutex::new(patience),
            deadline,
            cancel,
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            retries: AtomicU64::new(0),
            strained: AtomicBool::new(false),
            journal: None,
        }
    }

    /// The same, telling its waits.
    pub(crate) fn told_in(self, journal: &'a Journal) -> Self {
        Self { journal: Some(journal), ..self }
    }

    /// The same, for a question that may go unanswered: it is not repeated.
    pub(crate) fn without_repeats(&self) -> Self {
        let patience = self.patience.lock().unwrap_or_else(PoisonError::into_inner).without_repeats();
        Self { journal: self.journal, ..Self::until(self.deadline, patience, self.cancel) }
    }

    /// Adds what another one spent and met.
    pub(crate) fn add(&self, other: &Self) {
        self.requests.fetch_add(other.requests(), Relaxed);
        self.receives(other.bytes());
        self.retries.fetch_add(other.retries(), Relaxed);
        self.strained.fetch_or(other.is_strained(), Relaxed);
    }

    /// When the time is over.
    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Nothing is sent for so long.
    pub(crate) fn waits(&self, wait: Duration) {
        if let Some(journal) = self.journal.filter(|_| wait >= NOTICED) {
            journal.tell(News::Waits(wait));
        }
    }

    /// A request leaves.
    pub(crate) fn sends(&self) {
        self.requests.fetch_add(1, Relaxed);
    }

    /// So many bytes came.
    pub(crate) fn receives(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Relaxed);
    }

    /// Takes one repeat; `false` when none is left.
    pub(crate) fn repeats(&self, tried: u32, trouble: Trouble) -> bool {
        let taken = self.patience.lock().unwrap_or_else(PoisonError::into_inner).take(tried, trouble);
        self.retries.fetch_add(u64::from(taken), Relaxed);
        taken
    }

    /// The longest pause that is waited for when a server asks for it.
    pub(crate) fn longest_pause(&self) -> Duration {
        self.patience.lock().unwrap_or_else(PoisonError::into_inner).longest_pause
    }

    /// The server asked for fewer requests.
    pub(crate) fn strain(&self) {
        self.strained.store(true, Relaxed);
    }

    /// Requests sent, repeats included.
    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Relaxed)
    }

    /// Bytes received, once inflated.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Requests that were repeats.
    pub(crate) fn retries(&self) -> u64 {
        self.retries.load(Relaxed)
    }

    /// Ends when somebody asks to stop.
    pub(crate) async fn cancelled(&self) {
        self.cancel.cancelled().await;
    }

    /// Whether somebody asked to stop.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// Whether the server asked for fewer requests (429, 503).
    pub(crate) fn is_strained(&self) -> bool {
        self.strained.load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_question_without_repeats_spent_and_met_counts() {
        let (limits, cancel) = (Limits::default(), CancellationToken::new());
        let allowance = Allowance::new(Patience::reading(&limits), &limits, &cancel);
        let once = allowance.without_repeats();
        once.sends();
        once.receives(7);
        once.strain();
        assert!(!once.repeats(0, Trouble::Passing));
        allowance.add(&once);
        assert_eq!((allowance.requests(), allowance.bytes(), allowance.retries()), (1, 7, 0));
        assert!(allowance.is_strained());
        assert!(allowance.repeats(0, Trouble::Passing), "its own patience is whole");
    }
}
