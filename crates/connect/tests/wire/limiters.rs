//! Servers that count requests, by the minute or in their own way: each is waited for, and none is asked in vain.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connect::{
    BaseUrl, BearerToken, Client, Connector, Journal, Limits, News, Pace, PageOfMembers, SinkError, Sources,
};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::people::{honest, page};
use crate::raw::{Reply, Request, Server, TOKEN, http, quick, status};
use crate::virtual_time::{passing, patient};

const MINUTE: Duration = Duration::from_mins(1);

/// Lets so many requests through within any minute; counts those that it refuses.
struct Limiter {
    most: usize,
    lately: Mutex<VecDeque<Instant>>,
    refused: AtomicUsize,
}

impl Limiter {
    fn of(most: usize) -> Arc<Self> {
        Arc::new(Self { most, lately: Mutex::default(), refused: AtomicUsize::new(0) })
    }

    fn refuses(&self) -> bool {
        let (mut lately, now) = (self.lately.lock().unwrap(), Instant::now());
        while lately.front().is_some_and(|then| now.duration_since(*then) >= MINUTE) {
            lately.pop_front();
        }
        let full = lately.len() >= self.most;
        if full {
            self.refused.fetch_add(1, Ordering::SeqCst);
        } else {
            lately.push_back(now);
        }
        full
    }

    fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }

    /// A server of so many users, two on a page, behind this limiter.
    async fn guarding(self: &Arc<Self>, users: u64, refusal: &'static str) -> Server {
        let limiter = Arc::clone(self);
        Server::start(move |request| {
            if limiter.refuses() {
                Reply::Bytes(http("429 Too Many Requests", refusal, b""))
            } else {
                honest(request, users, 2)
            }
        })
        .await
    }
}

#[tokio::test]
async fn a_limiter_by_the_minute_that_tells_no_pause_is_outlasted() {
    for most in [20, 100] {
        let limiter = Limiter::of(most);
        let server = limiter.guarding(240, "").await;
        let (read, took) = passing(&server, server.read_with(patient())).await;
        let (reading, _) = read.unwrap();
        assert_eq!(reading.users, 240, "{most}");
        assert!(took >= MINUTE, "{took:?}");
        assert!((1..60).contains(&limiter.refused()), "{} of {most} a minute", limiter.refused());
    }
}

#[tokio::test]
async fn a_rate_is_learned_from_one_refusal() {
    for refusal in ["", "Retry-After: 61\r\n"] {
        let limiter = Limiter::of(100);
        let server = limiter.guarding(420, refusal).await;
        let (read, took) = passing(&server, server.read_with(patient())).await;
        assert_eq!(read.unwrap().0.users, 420);
        assert!(took >= MINUTE * 2, "{took:?}");
        // As many as were under way when the minute was full, and the repeats of one.
        assert!(limiter.refused() <= 10, "refused {} times", limiter.refused());
    }
}

#[tokio::test]
async fn refusals_for_more_than_a_minute_are_told() {
    let server = Server::start(|_| status("429 Too Many Requests")).await;
    let (read, took) = passing(&server, server.read_with(patient())).await;
    assert_eq!(read.unwrap_err().code(), "rate-limited");
    assert!(took > MINUTE, "{took:?}");
    assert_eq!(server.requests().len(), 7);
}

#[tokio::test]
async fn a_wait_for_the_pace_is_told_with_how_long_it_is() {
    let server = Limiter::of(1_000).guarding(80, "").await;
    let base = BaseUrl::parse(&server.base()).unwrap();
    let waits = Arc::new(Mutex::new(Vec::new()));
    for (rate, noticed) in [(Some(30), true), (None, false)] {
        let limits = Limits { requests_per_minute: rate, ..patient() };
        let told = Arc::clone(&waits);
        let journal = Journal::telling(move |news| {
            if let News::Waits(wait) = news {
                told.lock().unwrap().push(wait);
            }
        });
        let client = Client::new(&base, &BearerToken::from_pasted(TOKEN).unwrap(), limits).unwrap();
        let mut sink = |_: PageOfMembers| -> Result<(), SinkError> { Ok(()) };
        let (sources, cancel) = (Sources::of(Connector::Lucid), CancellationToken::new());
        let (read, took) = passing(&server, client.read_roster(&sources, &mut sink, &journal, &cancel)).await;
        assert_eq!(read.unwrap().users, 80);
        let waits = std::mem::take(&mut *waits.lock().unwrap());
        assert_eq!((!waits.is_empty(), took >= MINUTE), (noticed, noticed), "{waits:?} in {took:?}");
        assert!(waits.iter().all(|wait| (Duration::from_secs(1)..=MINUTE).contains(wait)), "{waits:?}");
    }
}

#[tokio::test]
async fn clients_of_one_connection_share_its_pace() {
    let limiter = Limiter::of(60);
    let server = limiter.guarding(80, "").await;
    let limits = Limits { requests_per_minute: Some(60), ..patient() };
    let base = BaseUrl::parse(&server.base()).unwrap();
    let pace = Pace::new(limits.rate(&base));
    let twice = async {
        for _ in 0..2 {
            let client = Client::new(&base, &BearerToken::from_pasted(TOKEN).unwrap(), limits.clone()).unwrap();
            let mut sink = |_: PageOfMembers| -> Result<(), SinkError> { Ok(()) };
            let client = client.paced(pace.clone());
            let (sources, journal, cancel) = (Sources::of(Connector::Lucid), Journal::new(), CancellationToken::new());
            let reading = client.read_roster(&sources, &mut sink, &journal, &cancel);
            assert_eq!(reading.await.unwrap().users, 80);
        }
    };
    passing(&server, twice).await;
    assert_eq!(limiter.refused(), 0);
}

#[tokio::test]
async fn a_pause_that_is_asked_for_beside_the_users_holds_for_them_too() {
    let server = Server::described(|request| match request.nth {
        0 => Reply::Bytes(http("429 Too Many Requests", "Retry-After: 120\r\n", b"")),
        _ => honest(request, 3, 100),
    })
    .await;
    let (read, took) = passing(&server, server.read_with(patient())).await;
    assert_eq!(read.unwrap().0.users, 3);
    assert!(server.requests()[0].path.ends_with("/ServiceProviderConfig"));
    assert!(took >= Duration::from_mins(2), "{took:?}");
}

#[tokio::test]
async fn a_pause_of_nothing_is_as_long_as_our_own() {
    let gone = "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\nRetry-After: Mon, 23 Nov 2026 09:00:00 GMT\r\n";
    for header in ["Retry-After: 0\r\n", gone] {
        let server = Server::start(move |_| Reply::Bytes(http("503 Service Unavailable", header, b""))).await;
        let (read, took) = passing(&server, server.read_with(patient())).await;
        assert_eq!(read.unwrap_err().code(), "server-error");
        assert_eq!(server.requests().len(), 7);
        assert!(took >= Duration::from_secs(7), "{took:?}");
    }
}

/// The most pages that were under way at once, after the third page failed once in this way.
async fn most_under_way(failure: &'static str) -> usize {
    let (now, most, failed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), AtomicUsize::new(0));
    let peak = Arc::clone(&most);
    let server = Server::start(move |request: &Request| {
        if request.start > 300 && failed.fetch_add(1, Ordering::SeqCst) == 0 {
            return status(failure);
        }
        let under_way = now.fetch_add(1, Ordering::SeqCst) + 1;
        // What was asked for before the failure was told is still under way.
        if request.start > 1_500 {
            peak.fetch_max(under_way, Ordering::SeqCst);
        }
        let now = Arc::clone(&now);
        let then = Box::new(move || {
            now.fetch_sub(1, Ordering::SeqCst);
        });
        Reply::Later(Duration::from_millis(20), http("200 OK", "", page(request, 4_000, 100).as_bytes()), then)
    })
    .await;
    assert_eq!(server.read_with(quick()).await.unwrap().0.users, 4_000);
    most.load(Ordering::SeqCst)
}

#[tokio::test]
async fn one_failure_does_not_end_reading_several_pages_at_once_and_a_refusal_does() {
    for failure in ["502 Bad Gateway", "500 Internal Server Error"] {
        assert!(most_under_way(failure).await > 1, "{failure}");
    }
    for refusal in ["429 Too Many Requests", "503 Service Unavailable"] {
        assert_eq!(most_under_way(refusal).await, 1, "{refusal}");
    }
}
