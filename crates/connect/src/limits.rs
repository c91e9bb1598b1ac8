//! How long and how much: what a hostile or broken server can take from us at most.

use std::path::PathBuf;
use std::time::Duration;

use crate::address::BaseUrl;

/// The limits of one connection. The default values are for real servers; tests use smaller ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// To reach the server and agree on TLS.
    pub connect: Duration,
    /// Between two pieces of an answer, the first included.
    pub silence: Duration,
    /// One whole answer.
    pub answer: Duration,
    /// Bytes that have to arrive within [`Self::least_within`] while an answer's body is read.
    pub least_bytes: usize,
    /// How long a body may stay below [`Self::least_bytes`].
    pub least_within: Duration,
    /// The whole reading of a roster. The usual is enough for the most users by pages of 100 at 90 requests a minute,
    /// which take 3 hours and 42 minutes, and for groups and a walk that begins again late.
    pub reading: Duration,
    /// Bytes of one answer's headers.
    pub header_bytes: usize,
    /// Bytes of one answer once inflated.
    pub answer_bytes: usize,
    /// Bytes of all pages of one walk once inflated.
    pub reading_bytes: u64,
    /// Pages of one walk.
    pub pages: u64,
    /// Users of one roster.
    pub users: u64,
    /// Users asked for at once; servers may give fewer, and are asked for up to twice as many where they document it.
    pub page_size: u32,
    /// Pages asked for at the same time, once the server proved that it can begin a page anywhere.
    pub pages_in_flight: usize,
    /// How often a walk begins again because the roster moved under it.
    pub rewalks: u32,
    /// Repeats of one request.
    pub retries: u32,
    /// Repeats during one reading.
    pub retries_in_all: u32,
    /// The first pause before a repeat; it doubles.
    pub pause: Duration,
    /// The first pause after a refusal for coming too often that tells none; it doubles too. All of them together
    /// outlast a minute, the longest that a limiter is expected to count.
    pub refused_pause: Duration,
    /// The longest pause of our own choice.
    pub longest_pause: Duration,
    /// The longest `Retry-After` that is waited for.
    pub longest_retry_after: Duration,
    /// Requests a minute, 0 for as many as there are; `None` follows [`BaseUrl::usual_rate`](crate::BaseUrl::usual_rate).
    pub requests_per_minute: Option<u32>,
    /// PEM files with certificate authorities that are trusted beside the machine's own.
    pub authorities: Vec<PathBuf>,
}

impl Limits {
    /// Requests a minute that a host is asked for at most: as told, else as many as it is known to bear.
    pub fn rate(&self, base: &BaseUrl) -> Option<u32> {
        self.requests_per_minute.or_else(|| base.usual_rate()).filter(|rate| *rate > 0)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            answer: Duration::from_mins(2),
            least_bytes: 30 * 1024,
            least_within: Duration::from_secs(30),
            reading: Duration::from_hours(8),
            header_bytes: 64 * 1024,
            answer_bytes: 32 * 1024 * 1024,
            reading_bytes: 2 * 1024 * 1024 * 1024,
            pages: 20_000,
            users: 2_000_000,
            page_size: 500,
            pages_in_flight: 4,
            rewalks: 2,
            retries: 6,
            retries_in_all: 60,
            pause: Duration::from_millis(500),
            refused_pause: Duration::from_secs(5),
            longest_pause: Duration::from_mins(1),
            longest_retry_after: Duration::from_mins(15),
            requests_per_minute: None,
            authorities: Vec::new(),
        }
    }
}
