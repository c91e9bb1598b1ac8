//! Keeps requests under a rate, at most so many within any minute: the one that a host is known to enforce, or the one
//! that its refusals tell. Clients of one connection share it. Time is an argument.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

const WINDOW: Duration = Duration::from_mins(1);
/// Lucid is said to refuse more than 100 a minute (lucid.md §3.9); some are left for other clients.
const LUCID: u32 = 90;
const LUCID_HOSTS: [&str; 4] = ["users.lucid.app", "lucidchart.com", "lucid.co", "lucidgov.app"];
/// What a first refusal may slow us down to: after a few requests it may have been another program's doing.
const SLOW: usize = 60;
/// What further refusals may slow us down to.
const SLOWEST: usize = 6;
/// Requests that are remembered where there is no limit, to tell a rate from when one is refused.
const REMEMBERED: usize = 10_000;

/// Told the ages of the requests of the last minute whenever one more leaves.
pub type OnSent = Box<dyn Fn(&[Duration]) + Send + Sync>;

/// When requests left, and when the next ones may. Clones are one and the same.
#[derive(Clone)]
pub struct Pace(Arc<Shared>);

struct Shared {
    minute: Mutex<Minute>,
    on_sent: Option<OnSent>,
}

impl fmt::Debug for Pace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.minute().fmt(formatter)
    }
}

impl Pace {
    /// At most so many requests a minute; `None` or 0 for as many as there are, until the server refuses some.
    pub fn new(per_minute: Option<u32>) -> Self {
        Self::remembering(per_minute, &[], None)
    }

    /// The same, knowing how long ago requests left before, and telling when more do: for whoever comes later.
    pub fn remembering(per_minute: Option<u32>, ages: &[Duration], on_sent: Option<OnSent>) -> Self {
        let mut minute = Minute::new(per_minute);
        let now = Instant::now();
        minute.sent = ages.iter().filter(|age| **age < WINDOW).filter_map(|age| now.checked_sub(*age)).collect();
        minute.sent.make_contiguous().sort_unstable();
        Self(Arc::new(Shared { minute: Mutex::new(minute), on_sent }))
    }

    /// Whether anybody else has it.
    pub fn is_shared(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    fn minute(&self) -> MutexGuard<'_, Minute> {
        self.0.minute.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When the next request may leave; it is taken as sent then.
    pub(crate) fn slot(&self, now: Instant) -> Instant {
        self.minute().slot(now)
    }

    /// A request leaves.
    pub(crate) fn leaves(&self, now: Instant) {
        if let Some(on_sent) = &self.0.on_sent {
            let ages: Vec<_> = self.minute().sent.iter().filter_map(|sent| now.checked_duration_since(*sent)).collect();
            on_sent(&ages);
        }
    }

    /// Lets nothing out before `until`.
    pub(crate) fn pause(&self, until: Instant) {
        self.minute().pause(until);
    }

    /// What left at `left` was refused for coming too soon: fewer leave from `now` on.
    pub(crate) fn slow_down(&self, left: Instant, now: Instant) {
        self.minute().slow_down(left, now);
    }
}

#[derive(Debug)]
struct Minute {
    most: Option<usize>,
    sent: VecDeque<Instant>,
    /// The server asked for a pause: nobody goes before.
    pause: Option<Instant>,
    /// When the rate was lowered last.
    lowered: Option<Instant>,
}

impl Minute {
    fn new(per_minute: Option<u32>) -> Self {
        Self {
            most: per_minute.filter(|most| *most > 0).and_then(|most| usize::try_from(most).ok()),
            sent: VecDeque::new(),
            pause: None,
            lowered: None,
        }
    }

    fn pause(&mut self, until: Instant) {
        self.pause = self.pause.max(Some(until));
    }

    fn slot(&mut self, now: Instant) -> Instant {
        let now = self.pause.map_or(now, |pause| now.max(pause));
        let remembered = self.most.unwrap_or_default().max(REMEMBERED);
        while self.sent.len() >= remembered || self.sent.front().is_some_and(|sent| *sent + WINDOW <= now) {
            self.sent.pop_front();
        }
        let before = self.most.and_then(|most| self.sent.len().checked_sub(most));
        let slot = before.and_then(|place| self.sent.get(place)).map_or(now, |first| now.max(*first + WINDOW));
        self.sent.push_back(slot);
        slot
    }

    /// To nine tenths of what left within the minute before, at most once a minute: what is refused until then is of the
    /// same minute.
    fn slow_down(&mut self, left: Instant, now: Instant) {
        if self.lowered.is_some_and(|lowered| left < lowered + WINDOW) {
            return;
        }
        let within = self.sent.iter().filter(|sent| **sent <= left && **sent + WINDOW > left).count();
        let least = if self.lowered.is_some() { SLOWEST } else { SLOW };
        let told = (within * 9 / 10).max(least);
        self.most = Some(self.most.map_or(told, |most| most.min(told)));
        self.lowered = Some(now);
    }
}

/// The rate that a host is known to enforce.
pub(crate) fn known_rate(host: &str) -> Option<u32> {
    let host = host.to_ascii_lowercase();
    let is = |known: &str| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    LUCID_HOSTS.into_iter().any(is).then_some(LUCID)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_ever_holds_more_requests_than_allowed() {
        let start = Instant::now();
        let mut pace = Minute::new(Some(90));
        let mut now = start;
        let mut slots = Vec::new();
        for request in 0..400_u64 {
            now = pace.slot(now + Duration::from_millis(request % 7));
            slots.push(now);
        }
        assert_eq!(slots[89].duration_since(start).as_secs(), 0, "a small roster is not slowed down");
        for (first, later) in slots.iter().zip(slots.iter().skip(90)) {
            assert!(later.duration_since(*first) >= WINDOW);
        }
    }

    #[test]
    fn a_pause_holds_back_every_request() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut pace = Minute::new(None);
        pace.pause(start + second);
        pace.pause(start);
        assert_eq!([pace.slot(start), pace.slot(start + second * 3)], [start + second, start + second * 3]);
    }

    #[test]
    fn a_refusal_tells_the_rate_and_counts_once() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut pace = Minute::new(None);
        for _ in 0..101 {
            pace.slot(start);
        }
        pace.slow_down(start, start + second);
        pace.slow_down(start, start + second * 2);
        assert_eq!(pace.most, Some(90), "what was under way together is refused together");
        assert_eq!(pace.slot(start + second * 2), start + WINDOW, "the minute that was too full has to pass");
        pace.slow_down(start + WINDOW * 3, start + WINDOW * 3);
        assert_eq!(pace.most, Some(SLOWEST), "a server that still refuses is asked ever less");
    }

    #[test]
    fn a_refusal_after_few_requests_slows_down_to_a_bearable_rate() {
        let start = Instant::now();
        let mut pace = Minute::new(Some(90));
        let slot = pace.slot(start);
        pace.slow_down(slot, start);
        assert_eq!(pace.most, Some(SLOW));
        let mut slower = Minute::new(Some(10));
        let slot = slower.slot(start);
        slower.slow_down(slot, start);
        assert_eq!(slower.most, Some(10), "never faster than before");
    }

    #[test]
    fn what_left_before_counts_as_far_as_it_is_of_the_same_minute() {
        let ages = [50, 10, 70].map(Duration::from_secs);
        let (told, tell) = std::sync::mpsc::channel();
        let on_sent: OnSent = Box::new(move |ages| told.send(ages.len()).unwrap_or_default());
        let pace = Pace::remembering(Some(2), &ages, Some(on_sent));
        let now = Instant::now();
        let slot = pace.slot(now);
        assert!((9..=10).contains(&slot.duration_since(now).as_secs()), "the older one leaves the minute first");
        pace.leaves(slot);
        assert_eq!(tell.recv(), Ok(3));
    }

    #[test]
    fn only_lucids_own_hosts_are_paced() {
        for host in ["users.lucid.app", "users.lucidchart.com", "www.lucidchart.com", "Users.Lucid.App", "api.lucid.co"]
        {
            assert_eq!(known_rate(host), Some(90), "{host}");
        }
        for host in ["127.0.0.1", "notlucid.co", "lucid.co.example.com", "scim.example.com"] {
            assert_eq!(known_rate(host), None, "{host}");
        }
    }
}
