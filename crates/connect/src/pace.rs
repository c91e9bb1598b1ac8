//! Keeps requests under a rate that a host is known to enforce: at most so many within any minute.
//! Time is an argument.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

const WINDOW: Duration = Duration::from_mins(1);
/// Lucid is said to refuse more than 100 a minute (lucid.md §3.9); some are left for other clients.
const LUCID: u32 = 90;
const LUCID_HOSTS: [&str; 4] = ["users.lucid.app", "lucidchart.com", "lucid.co", "lucidgov.app"];

#[derive(Debug)]
pub(crate) struct Pace {
    most: Option<usize>,
    sent: VecDeque<Instant>,
    /// The server asked for a pause: nobody goes before.
    pause: Option<Instant>,
}

impl Pace {
    pub(crate) fn new(per_minute: Option<u32>) -> Self {
        Self {
            most: per_minute.filter(|most| *most > 0).and_then(|most| usize::try_from(most).ok()),
            sent: VecDeque::new(),
            pause: None,
        }
    }

    /// Lets nothing out before `until`.
    pub(crate) fn pause(&mut self, until: Instant) {
        self.pause = self.pause.max(Some(until));
    }

    /// When the next request may leave; it is taken as sent then.
    pub(crate) fn slot(&mut self, now: Instant) -> Instant {
        let now = self.pause.map_or(now, |pause| now.max(pause));
        let Some(most) = self.most else { return now };
        let first = if self.sent.len() >= most { self.sent.pop_front() } else { None };
        let slot = first.map_or(now, |first| now.max(first + WINDOW));
        self.sent.push_back(slot);
        slot
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
        let mut pace = Pace::new(Some(90));
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
        let mut pace = Pace::new(None);
        pace.pause(start + second);
        pace.pause(start);
        assert_eq!([pace.slot(start), pace.slot(start + second * 3)], [start + second, start + second * 3]);
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
