//! What passes is tried again, what does not is not, and both end.

use std::time::Duration;

use connect::Limits;

use crate::people::honest;
use crate::raw::{Reply, Request, Server, http, json, quick, status};

/// Fails each page once with this answer.
async fn once(failing: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    let failed = std::sync::Mutex::new(std::collections::HashSet::new());
    Server::start(
        move |request: &Request| {
            if failed.lock().unwrap().insert(request.start) { failing() } else { honest(request, 250, 100) }
        },
    )
    .await
}

#[tokio::test]
async fn passing_failures_are_overcome() {
    let failures: [fn() -> Reply; 12] = [
        || Reply::Bytes(http("429 Too Many Requests", "Retry-After: 0\r\n", b"")),
        || status("429 Too Many Requests"),
        || {
            let dates = "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\nRetry-After: Mon, 23 Nov 2026 10:00:00 GMT\r\n";
            Reply::Bytes(http("429 Too Many Requests", dates, b""))
        },
        || status("408 Request Timeout"),
        || status("425 Too Early"),
        || status("500 Internal Server Error"),
        || status("502 Bad Gateway"),
        || status("504 Gateway Timeout"),
        || Reply::Bytes(http("503 Service Unavailable", "Content-Type: text/html\r\n", b"<html>")),
        || Reply::Reset(Vec::new()),
        || Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"totalResults\"".to_vec()),
        || json(r#"{"totalResults":250,"Resources":[{"id":"#),
    ];
    for failing in failures {
        let server = once(failing).await;
        let (reading, _) = server.read().await.unwrap();
        assert_eq!((reading.users, reading.pages, reading.requests), (250, 3, 6));
    }
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let server = once(|| Reply::Bytes(http("429 Too Many Requests", "Retry-After: 1\r\n", b""))).await;
    // Our own pauses are milliseconds: only the server's second can exceed this limit.
    let error = server.read_with(Limits { reading: Duration::from_millis(500), ..quick() }).await.unwrap_err();
    assert_eq!(error.code(), "took-too-long");
    assert_eq!(server.requests().len(), 1, "nothing was sent during the pause");
}

#[tokio::test]
async fn a_pause_that_is_too_long_is_told_instead() {
    for header in
        ["Retry-After: 7200", "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\nRetry-After: Mon, 23 Nov 2026 12:00:00 GMT"]
    {
        let header = format!("{header}\r\n");
        let server = Server::start(move |_| Reply::Bytes(http("429 Too Many Requests", &header, b""))).await;
        let error = server.read().await.unwrap_err();
        assert_eq!(error.code(), "rate-limited");
        assert_eq!(error.to_string(), "The server asks for a pause of 120 minutes.");
        assert_eq!(server.requests().len(), 1);
    }
    let busy = || Reply::Bytes(http("503 Service Unavailable", "Retry-After: 14400\r\n", br#"{"detail":"upgrading"}"#));
    let server = Server::start(move |_| busy()).await;
    let error = server.read().await.unwrap_err();
    let sentence = "The server answered with an error (503): upgrading. It asks for a pause of 4 hours.";
    assert_eq!((error.code(), error.to_string().as_str()), ("server-error", sentence));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn refusals_for_ever_end_after_a_bounded_number_of_requests() {
    let server = Server::start(|_| status("429 Too Many Requests")).await;
    assert_eq!(server.read().await.unwrap_err().code(), "rate-limited");
    assert_eq!(server.requests().len(), 3);
    let server =
        Server::start(|_| Reply::Bytes(http("502 Bad Gateway", "", br#"{"detail":"upstream is down"}"#))).await;
    let error = server.read().await.unwrap_err();
    assert_eq!(error.to_string(), "The server answered with an error (502): upstream is down.");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn all_repeats_of_a_reading_are_bounded_together() {
    let server = once(|| status("503 Service Unavailable")).await;
    let error = server.read_with(Limits { retries_in_all: 2, ..quick() }).await.unwrap_err();
    assert_eq!(error.code(), "server-error");
    assert!(error.to_string().starts_with("Page 3 of the roster could not be read."));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn what_will_not_change_is_not_tried_again() {
    for answer in ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"] {
        let server = Server::start(move |_| status(answer)).await;
        let limits = Limits { page_size: 100, ..quick() };
        server.read_with(limits).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{answer}");
    }
    // A page may be too large: fewer are asked for, down to ten.
    let server = Server::start(|_| status("400 Bad Request")).await;
    server.read_with(Limits { page_size: 100, ..quick() }).await.unwrap_err();
    assert_eq!(server.requests().iter().map(|request| request.count).collect::<Vec<_>>(), [100, 50, 20, 10]);
    // Who knows no indexes may know cursors: that is another question, asked once.
    let server = Server::start(|_| status("501 Not Implemented")).await;
    server.read_with(Limits { page_size: 100, ..quick() }).await.unwrap_err();
    assert_eq!(server.requests().len(), 2);
}
