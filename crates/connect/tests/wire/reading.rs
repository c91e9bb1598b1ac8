//! Whole rosters, read to the end.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connect::{Connector, Journal, Limits, PageOfMembers, SinkError, Sources};
use roster::FindingCode;
use tokio_util::sync::CancellationToken;

use crate::people::{honest, list, page, person};
use crate::raw::{Reply, Server, TOKEN, http, json, quick, status};

fn ids(pages: &[PageOfMembers]) -> BTreeSet<String> {
    pages.iter().flat_map(|page| page.members.iter().map(|member| member.id.to_owned())).collect()
}

#[tokio::test]
async fn thirty_two_pages_make_one_roster() {
    let server = Server::start(|request| honest(request, 3_150, 100)).await;
    let (reading, pages) = server.read().await.unwrap();
    assert_eq!((reading.pages, reading.requests, reading.users), (32, 32, 3_150));
    assert!(reading.bytes > 3_150 * 300);
    assert_eq!(ids(&pages).len(), 3_150);
    assert_eq!(pages[2].page, 3);
    assert_eq!((pages[0].pages, pages[2].users, pages[2].total), (Some(32), 297, Some(3_150)));
    assert!(pages.iter().all(|page| !page.restart));
    assert_eq!(reading.findings, []);
    let requests = server.requests();
    assert_eq!((requests[0].start, requests[0].count), (1, 500), "a large page is asked for first");
    let third = requests.iter().find(|request| request.start == 198).unwrap();
    assert_eq!(third.count, 100, "then what the server grants");
    for request in &requests {
        let head = request.head.to_ascii_lowercase();
        assert!(head.contains(&format!("authorization: bearer {TOKEN}\r\n")));
        assert!(head.contains("accept: application/scim+json, application/json;q=0.9\r\n"));
        assert!(head.contains("accept-encoding: gzip\r\n"));
        assert!(!request.path.contains(TOKEN));
        assert!(request.path.starts_with("/scim/v2/Users?startIndex="));
    }
}

#[tokio::test]
async fn a_compressed_page_is_a_page() {
    let server = Server::start(|request| {
        use std::io::Write;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(crate::people::page(request, 7, 100).as_bytes()).unwrap();
        Reply::Bytes(http("200 OK", "Content-Encoding: gzip\r\n", &gzip.finish().unwrap()))
    })
    .await;
    assert_eq!(server.read().await.unwrap().0.users, 7);
}

#[tokio::test]
async fn json_is_recognised_whatever_it_is_called() {
    let server = Server::start(|request| {
        let body = format!("\u{feff}{}", crate::people::page(request, 7, 100));
        Reply::Bytes(http("200 OK", "Content-Type: text/html\r\n", body.as_bytes()))
    })
    .await;
    assert_eq!(server.read().await.unwrap().0.users, 7);
}

#[tokio::test]
async fn nobody_at_all_is_an_answer() {
    let server = Server::start(|_| json(r#"{"totalResults":0}"#)).await;
    let (reading, pages) = server.read().await.unwrap();
    assert_eq!((reading.users, pages.len(), pages[0].members.len()), (0, 1, 0));
}

#[tokio::test]
async fn the_same_id_twice_is_kept_once_and_told() {
    let rows = [1, 2, 2, 3].map(person);
    let server = Server::start(move |request| {
        let (from, most) =
            (usize::try_from(request.start).unwrap() - 1, usize::try_from(request.count).unwrap().min(3));
        json(&list(3, request.start, &rows[from..(from + most).min(4)]))
    })
    .await;
    let (reading, pages) = server.read().await.unwrap();
    assert_eq!(ids(&pages).len(), 3);
    assert_eq!(reading.users, 3);
    assert_eq!(reading.findings.len(), 1);
    assert_eq!(reading.findings[0].code, FindingCode::DuplicateId);
    assert_eq!((reading.findings[0].count, reading.findings[0].examples.as_slice()), (1, &["lucid-2".to_owned()][..]));
}

#[tokio::test]
async fn a_roster_that_moves_once_is_read_again_from_the_start() {
    let server = Server::start(|request| match request.nth {
        0 => honest(request, 250, 100),
        _ => honest(request, 249, 100),
    })
    .await;
    let (reading, pages) = server.read().await.unwrap();
    assert_eq!((reading.users, reading.pages, reading.requests), (249, 3, 5));
    assert_eq!(pages.iter().map(|page| page.restart).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(ids(&pages).len(), 249);
}

#[tokio::test]
async fn a_roster_that_never_holds_still_is_given_up() {
    let server = Server::start(|request| honest(request, 250 + request.nth as u64, 100)).await;
    let error = server.read().await.unwrap_err();
    assert_eq!(error.code(), "roster-moved");
    assert_eq!(server.requests().len(), 6, "bounded");
}

#[tokio::test]
async fn a_server_that_refuses_large_pages_is_asked_for_smaller_ones() {
    for (most, requests) in [(100, 3), (60, 5), (49, 10), (10, 19)] {
        let server = Server::start(move |request| {
            if request.count > most {
                let body = br#"{"status":"400","scimType":"tooMany","detail":"count is too large"}"#;
                return Reply::Bytes(http("400 Bad Request", "", body));
            }
            honest(request, 130, most)
        })
        .await;
        let (reading, pages) = server.read().await.unwrap();
        assert_eq!((reading.users, ids(&pages).len()), (130, 130), "{most}");
        assert_eq!(server.requests().len(), requests, "{most}");
    }
    let never = Server::start(|_| status("400 Bad Request")).await;
    assert_eq!(never.read().await.unwrap_err().code(), "server-error");
    assert_eq!(never.requests().len(), 5, "500, 100, 50, 20, 10");
}

#[tokio::test]
async fn users_who_are_too_much_for_one_answer_are_asked_for_a_few_at_a_time() {
    // With a photo of 20 KB each; from the hundredth on of 100 KB.
    for larger in [5, 1] {
        let server = Server::start(move |request| {
            let last = (request.start + request.count).min(251);
            let photo = |number: u64| "A".repeat(20_000 * if number > 150 { larger } else { 1 });
            let with =
                |number| person(number).replace("\"active\"", &format!("\"photo\":\"{}\",\"active\"", photo(number)));
            json(&list(250, request.start, &(request.start..last).map(with).collect::<Vec<_>>()))
        })
        .await;
        let (reading, pages) = server.read_with(Limits { answer_bytes: 2_500_000, ..quick() }).await.unwrap();
        assert_eq!((reading.users, ids(&pages).len()), (250, 250));
        let least = server.requests().iter().map(|request| request.count).min().unwrap();
        assert_eq!(least, if larger == 1 { 99 } else { 20 });
    }
}

#[tokio::test]
async fn an_error_behind_the_last_page_is_its_end() {
    for (users, cap) in [(1, 100), (7, 100), (7, 1)] {
        let server =
            Server::start(
                move |request| {
                    if request.start > users { status("404 Not Found") } else { honest(request, users, cap) }
                },
            )
            .await;
        assert_eq!(server.read().await.unwrap().0.users, users, "{users} {cap}");
    }
}

#[tokio::test]
async fn an_error_within_the_list_is_not_its_end() {
    // Gives 100 of 350, says that these are all, and refuses to page: only the question for the 100th shows it.
    for refusal in ["400 Bad Request", "404 Not Found", "416 Range Not Satisfiable"] {
        let server = Server::start(move |request| match request.start {
            1 => json(&page(request, 350, 100).replace("\"totalResults\":350", "\"totalResults\":100")),
            _ => status(refusal),
        })
        .await;
        let error = server.read().await.unwrap_err();
        assert_eq!((error.code(), error.kind()), ("server-error", connect::Kind::Network));
        let told = match refusal.split_once(' ').unwrap().0 {
            "404" => "The server says that there is no such page (404), though it gave the one before.".to_owned(),
            code => format!("The server answered with an error ({code})."),
        };
        assert_eq!(error.to_string(), format!("Page 2 of the roster could not be read. {told}"));
    }
}

#[tokio::test]
async fn a_cancelled_reading_ends_as_cancelled() {
    let server = Server::start(|request| match request.start {
        198 => Reply::Silence,
        _ => honest(request, 250, 100),
    })
    .await;
    let cancel = CancellationToken::new();
    let mut pages = 0;
    let mut sink = |_: PageOfMembers| -> Result<(), SinkError> {
        pages += 1;
        if pages == 2 {
            let cancel = cancel.clone();
            tokio::spawn(async move { cancel.cancel() });
        }
        Ok(())
    };
    let client = server.client_with(quick());
    let error =
        client.read_roster(&Sources::of(Connector::Lucid), &mut sink, &Journal::new(), &cancel).await.unwrap_err();
    assert_eq!((error.code(), error.kind()), ("cancelled", connect::Kind::Cancelled));
    assert_eq!(pages, 2);
}

#[tokio::test]
async fn a_receiver_that_fails_ends_the_reading_with_its_own_error() {
    let server = Server::start(|request| honest(request, 250, 100)).await;
    let mut sink = |_: PageOfMembers| Err(SinkError::new("the disk is full"));
    let client = server.client();
    let error = client
        .read_roster(&Sources::of(Connector::Lucid), &mut sink, &Journal::new(), &CancellationToken::new())
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.kind(), error.to_string().as_str()),
        ("sink", connect::Kind::Store, "the disk is full")
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_reading_may_run_on_any_thread() {
    let server = Server::start(|request| honest(request, 3, 100)).await;
    let client = server.client();
    let task = tokio::spawn(async move {
        let cancel = CancellationToken::new();
        client.probe(&Sources::of(Connector::Lucid), &mut |_| {}).await?;
        client.read_roster(&Sources::of(Connector::Lucid), &mut |_| Ok(()), &Journal::new(), &cancel).await
    });
    assert_eq!(task.await.unwrap().unwrap().users, 3);
}

#[tokio::test]
async fn pages_in_flight_arrive_in_order_and_are_few() {
    // Each page is answered the sooner the later it is, so that pages overtake each other.
    let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
    let (now, seen) = (Arc::clone(&open), Arc::clone(&most));
    let server = Server::start(move |request| {
        let under_way = now.fetch_add(1, Ordering::SeqCst) + 1;
        seen.lock().unwrap().push((request.start, under_way));
        let (body, now) = (page(request, 2_000, 100), Arc::clone(&now));
        let wait = Duration::from_millis(if request.start < 297 { 5 } else { 40 - (request.start / 100) % 4 * 10 });
        Reply::Later(
            wait,
            http("200 OK", "", body.as_bytes()),
            Box::new(move || {
                now.fetch_sub(1, Ordering::SeqCst);
            }),
        )
    })
    .await;
    let (reading, pages) = server.read().await.unwrap();
    assert_eq!((reading.users, reading.requests), (2_000, 21), "nothing was asked for in vain");
    let order: Vec<_> = pages.iter().flat_map(|page| page.members.iter().map(|member| member.id.to_owned())).collect();
    assert_eq!(order, (1..=2_000).map(|number| format!("lucid-{number}")).collect::<Vec<_>>());
    let under_way = most.lock().unwrap().clone();
    assert!(under_way.iter().all(|(start, open)| *open <= if *start < 198 { 1 } else { 4 }), "{under_way:?}");
    assert!(under_way.iter().any(|(_, open)| *open == 4), "{under_way:?}");
}

#[tokio::test]
async fn a_server_that_asks_for_a_pause_is_asked_one_page_at_a_time() {
    let server = Server::start(|request| match request.nth {
        2 => status("429 Too Many Requests"),
        _ => honest(request, 1_000, 100),
    })
    .await;
    let (reading, _) = server.read().await.unwrap();
    assert_eq!((reading.users, reading.requests), (1_000, 12));
}

#[tokio::test]
async fn a_roster_that_moves_under_pages_in_flight_is_read_again() {
    // From the sixth request on the first user is gone and another one is there: the total stays.
    let server = Server::start(|request| {
        let shift = u64::from(request.nth >= 5);
        let last = (request.start + request.count.min(100)).min(1_001);
        let people: Vec<_> = (request.start..last).map(|row| person(row + shift)).collect();
        json(&list(1_000, request.start, &people))
    })
    .await;
    let (_, pages) = server.read().await.unwrap();
    assert_eq!(ids(&pages), (2..=1_001).map(|number| format!("lucid-{number}")).collect());
    assert!(pages[0].restart);
}
