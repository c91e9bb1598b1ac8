//! Servers that are no SCIM servers, that die, lie, or send too much: each ends in a sentence, never in a roster.

use std::time::Duration;

use connect::{ConnectError, Kind, Limits, Reading};
use roster::{FindingCode, Member};

use crate::people::{honest, list, page, person};
use crate::raw::{Reply, Server, TOKEN, http, json, quick, status};

async fn failure(answer: impl Fn(&crate::raw::Request) -> Reply + Send + Sync + 'static) -> ConnectError {
    let error = Server::start(answer).await.read().await.unwrap_err();
    let told = format!("{error} {} {error:?}", error.hint());
    assert!(!told.contains(TOKEN), "the token is never told");
    assert!(!error.hint().is_empty());
    error
}

#[tokio::test]
async fn a_web_page_is_not_scim() {
    let html = b"<!doctype html><title>Sign in</title>";
    let error = failure(|_| Reply::Bytes(http("200 OK", "Content-Type: text/html\r\n", html))).await;
    assert_eq!((error.code(), error.kind()), ("web-page", Kind::Address));
    assert_eq!(error.to_string(), "The server answered with a web page, not with SCIM.");
}

#[tokio::test]
async fn other_json_is_not_scim() {
    assert_eq!(failure(|_| json(r#"{"hello":"world"}"#)).await.code(), "not-scim");
    assert_eq!(failure(|_| json("[]")).await.code(), "not-scim");
    assert_eq!(failure(|_| status("204 No Content")).await.code(), "not-scim");
    let error = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"500"}"#;
    assert_eq!(failure(move |_| json(error)).await.to_string(), "The server answered with a SCIM error (500).");
}

#[tokio::test]
async fn nothing_at_the_address_is_told_with_the_address() {
    let server = Server::start(|_| status("404 Not Found")).await;
    let error = server.read().await.unwrap_err();
    assert_eq!((error.code(), error.kind()), ("not-found", Kind::Address));
    assert_eq!(error.to_string(), format!("There is no SCIM service at {}.", server.base()));
}

#[tokio::test]
async fn a_rejected_token_says_where_to_get_a_new_one() {
    let error = failure(|_| status("401 Unauthorized")).await;
    assert_eq!((error.code(), error.kind()), ("token-rejected", Kind::Token));
    assert_eq!(error.to_string(), "The server rejected the token.");
    assert_eq!(error.hint(), "Generate a new token in Lucid under Team › App Integration › SCIM and paste it again.");
    let error = failure(|_| status("403 Forbidden")).await;
    assert_eq!((error.code(), error.kind()), ("token-forbidden", Kind::Token));
}

#[tokio::test]
async fn a_token_that_expires_on_page_two_is_told_so_and_not_repeated() {
    let server = Server::start(|request| match request.start {
        1 => honest(request, 250, 100),
        _ => status("401 Unauthorized"),
    })
    .await;
    let error = server.read().await.unwrap_err();
    assert_eq!((error.code(), error.kind()), ("token-rejected", Kind::Token));
    assert_eq!(error.to_string(), "Page 2 of the roster could not be read. The server rejected the token.");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_server_that_echoes_the_token_does_not_get_it_into_our_sentence() {
    let body = format!(r#"{{"detail":"token {TOKEN} is odd"}}"#);
    let error = failure(move |_| Reply::Bytes(http("409 Conflict", "", body.as_bytes()))).await;
    assert_eq!(error.to_string(), "The server answered with an error (409): token … is odd.");
}

#[tokio::test]
async fn what_a_server_tells_of_the_token_is_struck_out_wherever_it_stands() {
    let told = |key: &str, words: &str| format!(r#"{{"{key}":"{words}"}}"#);
    let odd = |body: String| http("400 Bad Request", "", body.as_bytes());
    let answers = [
        // Too long to be told whole: what is left of it after the cut.
        odd(told("detail", &format!("{}{TOKEN}", "so ".repeat(92)))),
        odd(told("detail", &TOKEN.to_ascii_uppercase())),
        odd(told("scimType", TOKEN)),
        http("302 Found", &format!("Location: https://{}.example.com/\r\n", TOKEN.to_ascii_uppercase()), b""),
        http("200 OK", &format!("Content-Encoding: {TOKEN}\r\n"), b"{}"),
    ];
    for answer in answers {
        let sent = answer.clone();
        let error = failure(move |_| Reply::Bytes(sent.clone())).await;
        let told = format!("{error} {error:?}").to_ascii_lowercase();
        let shown = TOKEN.as_bytes().windows(8).find(|part| told.as_bytes().windows(8).any(|words| words == *part));
        assert_eq!(shown, None, "{} came to {told}", String::from_utf8_lossy(&answer));
    }
}

#[tokio::test]
async fn a_server_that_dies_in_the_middle_of_page_three_leaves_no_roster() {
    for reset in [false, true] {
        let server = Server::start(move |request| {
            let whole = http("200 OK", "", page(request, 450, 100).as_bytes());
            match request.start {
                198 if reset => Reply::Reset(whole[..whole.len() / 2].to_vec()),
                198 => Reply::Bytes(whole[..whole.len() / 2].to_vec()),
                _ => Reply::Bytes(whole),
            }
        })
        .await;
        let error = server.read().await.unwrap_err();
        assert_eq!((error.code(), error.kind()), ("connection-broke", Kind::Network));
        assert_eq!(
            error.to_string(),
            "Page 3 of the roster could not be read. The connection broke off in the middle of an answer."
        );
        let tries = server.requests().iter().filter(|request| request.start == 198).count();
        assert_eq!(tries, 3, "the page was asked for again, a bounded number of times");
    }
}

#[tokio::test]
async fn a_page_that_is_cut_without_a_length_is_seen_by_its_json() {
    let server = Server::start(|request| {
        let body = page(request, 250, 100);
        let end = if request.start == 100 { body.len() - 40 } else { body.len() };
        Reply::Bytes([b"HTTP/1.0 200 OK\r\n\r\n", &body.as_bytes()[..end]].concat())
    })
    .await;
    let error = server.read().await.unwrap_err();
    assert_eq!(error.code(), "not-scim");
    assert!(error.to_string().starts_with("Page 2 of the roster could not be read. The server's answer breaks off at"));
    assert_eq!(server.requests().len(), 1 + 3);
}

#[tokio::test]
async fn broken_json_is_told_by_its_place_and_not_repeated() {
    let server = Server::start(|_| json(r#"{"totalResults":1,"Resources":[{"id":"secret@acme.test" oops}]}"#)).await;
    let error = server.read().await.unwrap_err();
    assert_eq!(error.to_string(), "The server's answer is malformed at line 1, column 57.");
    assert!(!format!("{error:?}").contains("secret"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_empty_page_before_the_total_names_both() {
    let error = failure(|request| match request.start {
        1 => honest(request, 250, 100),
        start => json(&list(250, start, &[])),
    })
    .await;
    assert_eq!(error.code(), "paging");
    assert_eq!(error.to_string(), "Page 2 of the roster came back empty after 100 of 250 users.");
}

#[tokio::test]
async fn a_server_that_ignores_start_index_is_caught_on_page_two() {
    let server = Server::start(|_| json(&list(250, 1, &(1..=20).map(person).collect::<Vec<_>>()))).await;
    let error = server.read().await.unwrap_err();
    assert_eq!(error.code(), "paging");
    assert_eq!(
        error.to_string(),
        "Page 2 of the roster (from user 21) held only users of earlier pages, after 20 users."
    );
    assert_eq!(server.requests().len(), 4, "also asked where a page would begin");
}

#[tokio::test]
async fn a_user_without_an_id_is_named_by_its_place() {
    let error = failure(|_| json(&list(2, 1, &[person(1), r#"{"userName":"x@acme.test"}"#.to_owned()]))).await;
    assert_eq!(error.code(), "user-without-id");
    assert_eq!(error.to_string(), "A user on page 1 (number 2 there) has no id.");
}

/// Blanks, so many times 16 MB, as gzip: after a full flush what follows does not depend on what came before.
fn bomb(times: usize) -> Vec<u8> {
    let mut deflate = flate2::Compress::new(flate2::Compression::best(), false);
    let mut piece = Vec::with_capacity(1024 * 1024);
    let blanks = vec![b' '; 16 * 1024 * 1024];
    deflate.compress_vec(&blanks, &mut piece, flate2::FlushCompress::Full).unwrap();
    assert_eq!(deflate.total_in(), blanks.len() as u64);
    // The header of RFC 1952 §2.3: no name, no time.
    [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255][..], &piece.repeat(times)].concat()
}

/// The most memory that this process ever had, in KB.
#[cfg(target_os = "linux")]
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    most.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test]
async fn a_small_answer_that_inflates_without_end_is_cut_off() {
    let bomb = http("200 OK", "Content-Encoding: gzip\r\n", &bomb(1_024));
    assert!(bomb.len() < 20 * 1024 * 1024);
    let server = Server::start(move |_| Reply::Bytes(bomb.clone())).await;
    let limits = Limits { answer_bytes: 4 * 1024 * 1024, ..quick() };
    // Whoever inflated 16 GB first would need more memory and time than this.
    let read = tokio::time::timeout(Duration::from_mins(1), server.read_with(limits)).await;
    #[cfg(target_os = "linux")]
    assert!(most_memory() < 1_024 * 1_024, "{} KB", most_memory());
    let error = read.expect("an end in time").unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), ("too-large", "The server's answer is larger than 4 MB."));
    assert_eq!(server.requests().len(), 5, "500, 100, 50, 20, 10");
}

#[tokio::test]
async fn an_answer_that_drips_for_ever_ends_at_the_total_time() {
    let server = Server::start(|_| Reply::Drip(b"HTTP/1.1 200 OK\r\n\r\n{".to_vec())).await;
    let limits = Limits { answer: Duration::from_millis(150), retries: 1, ..quick() };
    let error = server.read_with(limits).await.unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), ("timed-out", "127.0.0.1 did not answer in time."));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_silent_server_ends_at_the_time_for_the_whole_reading() {
    let server = Server::start(|_| Reply::Silence).await;
    let limits = Limits { silence: Duration::from_millis(80), retries: 1, ..quick() };
    assert_eq!(server.read_with(limits).await.unwrap_err().code(), "timed-out");
    let limits = Limits { reading: Duration::from_millis(80), ..quick() };
    assert_eq!(server.read_with(limits).await.unwrap_err().code(), "took-too-long");
}

#[tokio::test]
async fn more_pages_users_or_bytes_than_sane_end_the_reading() {
    let server = Server::start(|request| honest(request, 250, 100)).await;
    let cases =
        [Limits { pages: 2, ..quick() }, Limits { users: 150, ..quick() }, Limits { reading_bytes: 60_000, ..quick() }];
    let mut codes = Vec::new();
    for limits in cases {
        codes.push(server.read_with(limits).await.unwrap_err().code());
    }
    assert_eq!(codes, ["paging", "paging", "too-large"]);
}

#[tokio::test]
async fn nobody_listening_is_told_with_the_host() {
    let base = Server::start(|_| status("200 OK")).await.base();
    let token = connect::BearerToken::from_pasted(TOKEN).unwrap();
    // The server is gone, its port is free.
    tokio::time::sleep(Duration::from_millis(20)).await;
    let client = connect::Client::new(&connect::BaseUrl::parse(&base).unwrap(), &token, quick()).unwrap();
    let error = client.probe(&connect::Sources::of(connect::Connector::Lucid), &mut |_| {}).await.unwrap_err();
    assert_eq!((error.code(), error.kind()), ("host-unreachable", Kind::Network));
    assert_eq!(error.to_string(), "127.0.0.1 cannot be reached.");
}

/// The second user comes twice, the second time changed like this.
async fn second_time(from: &str, to: &str) -> (Reading, Vec<Member>) {
    let changed = person(2).replace(from, to);
    assert!(changed != person(2) || from == to);
    let people = [person(1), person(2), changed, person(3)];
    let server = Server::start(move |request| match request.start {
        1 => json(&list(3, 1, &people)),
        start => json(&list(3, start, &people[3..])),
    })
    .await;
    let (reading, pages) = server.read().await.unwrap();
    let mut members: Vec<_> = pages.iter().flat_map(|page| page.members.to_members()).collect();
    members.sort_by(|one, other| one.id.cmp(&other.id));
    assert_eq!(members.len(), 3);
    assert_eq!(pages.iter().map(|page| page.marks.len()).sum::<usize>(), 3);
    (reading, members)
}

fn told(reading: &Reading) -> Vec<(FindingCode, u64, Vec<String>)> {
    reading.findings.iter().map(|found| (found.code, found.count, found.examples.clone())).collect()
}

#[tokio::test]
async fn one_id_with_two_contents_counts_once_and_is_told() {
    let (reading, members) = second_time("\"Lucidchart\":false", "\"Lucidchart\":true").await;
    assert_eq!(members[1].license.key(), None, "neither is known to be right");
    let named = vec!["p2@acme.test (view-only, can-edit)".to_owned()];
    assert_eq!(told(&reading), [(FindingCode::DuplicateDiffers, 1, named)]);

    let (reading, members) = second_time("\"familyName\":\"N2\"", "\"familyName\":\"M2\"").await;
    assert_eq!(members[1].license.key().unwrap().as_str(), "view-only");
    assert_eq!(members[1].family_name.as_deref(), Some("N2"), "the first one counts");
    assert_eq!(told(&reading), [(FindingCode::DuplicateDiffers, 1, vec!["p2@acme.test".to_owned()])]);

    let (reading, _) = second_time("", "").await;
    assert_eq!(told(&reading), [(FindingCode::DuplicateId, 1, vec!["lucid-2".to_owned()])]);
}
