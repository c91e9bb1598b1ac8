//! Servers that page by cursor (RFC 9865), alone or when asked otherwise.

use crate::people::{list, person};
use crate::raw::{Reply, Request, Server, http, json, status};

const USERS: u64 = 250;
const CAP: u64 = 100;

/// The part of the query after `name=`.
fn value<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.path.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// The page that begins after so many users; its cursor needs escapes.
fn page(after: u64) -> Reply {
    let last = (after + CAP).min(USERS);
    let people: Vec<_> = (after + 1..=last).map(person).collect();
    let body = list(USERS, 1, &people).replace("\"startIndex\":1,", "");
    let next =
        if last < USERS { format!("\"nextCursor\":\"c&={last}+/\",\"Resources\"") } else { "\"Resources\"".to_owned() };
    json(&body.replace("\"Resources\"", &next))
}

fn after(cursor: &str) -> u64 {
    cursor.strip_prefix("c%26%3D").and_then(|rest| rest.strip_suffix("%2B%2F")).unwrap().parse().unwrap()
}

fn refusal(kind: &str) -> Reply {
    let body = format!(r#"{{"status":"400","scimType":"{kind}","detail":"no such place"}}"#);
    Reply::Bytes(http("400 Bad Request", "", body.as_bytes()))
}

#[tokio::test]
async fn rfc9865_2_3_a_server_that_answers_with_a_cursor_is_followed() {
    let server = Server::start(|request| page(value(request, "cursor").map_or(0, after))).await;
    let (reading, _) = server.read().await.unwrap();
    assert_eq!((reading.users, reading.requests), (250, 6));
    for request in &server.requests() {
        let by_cursor = value(request, "cursor").is_some();
        assert!(by_cursor != value(request, "startIndex").is_some(), "never both");
        assert_eq!(request.count, 500, "the count stays the same (RFC 9865 §2)");
    }
}

#[tokio::test]
async fn somebody_who_slips_through_between_two_cursors_is_found_by_a_second_walk() {
    // The cursor is a row number. Behind page 1 the first one leaves and somebody joins: 101 would never be sent.
    for (swaps, found) in [(1, true), (99, false)] {
        let server = Server::start(move |request| {
            let gone = ((request.nth as u64).div_ceil(if found { 1 } else { 3 })).min(swaps);
            let from = value(request, "cursor").map_or(0, after);
            let last = (from + CAP).min(USERS);
            let people: Vec<_> = (from + 1..=last).map(|row| person(row + gone)).collect();
            let body = list(USERS, 1, &people).replace("\"startIndex\":1,", "");
            let next = if last < USERS { format!("\"nextCursor\":\"c&={last}+/\",") } else { String::new() };
            json(&body.replace("\"Resources\"", &format!("{next}\"Resources\"")))
        })
        .await;
        let outcome = server.read().await.map(|(reading, pages)| {
            let listed = pages.iter().flat_map(|page| page.members.to_members()).map(|member| member.id);
            (reading.users, reading.requests, listed.collect::<std::collections::BTreeSet<_>>())
        });
        match outcome {
            Ok(read) if found => {
                assert_eq!(read, (250, 9, (2..=251).map(|number| format!("lucid-{number}")).collect()));
            }
            Err(error) if !found => assert_eq!((error.code(), server.requests().len()), ("roster-moved", 9)),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn rfc9865_2_a_server_that_knows_nothing_but_cursors_is_asked_by_cursor() {
    let server = Server::start(|request| match value(request, "cursor") {
        None => status("501 Not Implemented"),
        Some("") => page(0),
        Some(cursor) => page(after(cursor)),
    })
    .await;
    let (reading, _) = server.read().await.unwrap();
    assert_eq!((reading.users, reading.requests), (250, 7));
}

#[tokio::test]
async fn rfc9865_4_a_server_that_describes_itself_as_cursor_only_is_asked_so_at_once() {
    let server = Server::described(|request| match value(request, "cursor") {
        _ if request.path.ends_with("Config") => json(
            r#"{"patch":{},"pagination":{"cursor":true,"index":false,"maxPageSize":100},"filter":{"supported":true,"maxResults":500}}"#,
        ),
        None if request.count == 1 => json(&list(USERS, 1, &[person(1)])),
        Some("") => page(0),
        Some(cursor) => page(after(cursor)),
        None => status("501 Not Implemented"),
    })
    .await;
    let client = server.client();
    client.probe(&connect::Sources::of(connect::Connector::Lucid), &mut |_| {}).await.unwrap();
    let cancel = tokio_util::sync::CancellationToken::new();
    let reading = client
        .read_roster(
            &connect::Sources::of(connect::Connector::Lucid),
            &mut |_| Ok(()),
            &connect::Journal::new(),
            &cancel,
        )
        .await
        .unwrap();
    assert_eq!((reading.users, reading.requests), (250, 6));
    assert_eq!(server.requests().last().unwrap().count, 100);
}

#[tokio::test]
async fn rfc9865_2_1_a_refused_cursor_begins_again_once() {
    for kind in ["expiredCursor", "invalidCursor", "invalidCount"] {
        let server = Server::start(move |request| match (value(request, "cursor"), request.nth) {
            (Some(_), 1) => refusal(kind),
            (cursor, _) => page(cursor.map_or(0, after)),
        })
        .await;
        let (reading, pages) = server.read().await.unwrap();
        assert_eq!((reading.users, reading.requests), (250, 8), "{kind}");
        assert!(pages[0].restart);

        let never = Server::start(move |request| match value(request, "cursor") {
            Some(_) => refusal(kind),
            None => page(0),
        })
        .await;
        let error = never.read().await.unwrap_err();
        assert_eq!(error.code(), "server-error");
        assert_eq!(never.requests().len(), 4, "{kind}");
    }
}

#[tokio::test]
async fn rfc9865_2_a_cursor_that_leads_back_is_no_list() {
    let server = Server::start(|request| page(value(request, "cursor").map_or(0, |_| 0))).await;
    let error = server.read().await.unwrap_err();
    assert_eq!(error.to_string(), "Page 2 of the roster leads back to a page that was read before.");
}

#[tokio::test]
async fn rfc9865_4_a_server_that_says_cursor_and_pages_by_index_is_read_by_index() {
    for total in [true, false] {
        let server = Server::described(move |request| {
            if request.path.ends_with("Config") {
                return json(
                    r#"{"patch":{},"pagination":{"cursor":true,"index":false},"filter":{"supported":true,"maxResults":100}}"#,
                );
            }
            let start = request.start.max(1);
            let last = (start + CAP.min(request.count)).min(USERS + 1);
            let people: Vec<_> = (start..last).map(person).collect();
            let body = list(USERS, start, &people);
            json(&if total { body } else { body.replace("\"totalResults\":250,", "") })
        })
        .await;
        let (reading, pages) = server.read().await.unwrap();
        assert_eq!((reading.users, pages[0].restart), (250, true), "{total}");
        assert_eq!(value(&server.requests()[1], "cursor"), Some(""));
    }
}
