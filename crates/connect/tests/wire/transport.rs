//! What the transport refuses to carry, each with a message of its own, and what it can be told.

use std::time::Duration;

use connect::{BaseUrl, BearerToken, Client, Limits};

use crate::people::{honest, page};
use crate::raw::{Reply, Server, TOKEN, http, json, quick, status};

async fn refusal(server: &Server, limits: Limits) -> (&'static str, String) {
    let error = server.read_with(limits).await.unwrap_err();
    assert!(!error.hint().is_empty());
    (error.code(), error.to_string())
}

#[tokio::test]
async fn an_answer_slower_than_the_least_rate_is_given_up() {
    let server = Server::start(|_| Reply::Drip(b"HTTP/1.1 200 OK\r\n\r\n{".to_vec())).await;
    let limits = Limits { least_bytes: 4096, least_within: Duration::from_millis(120), ..quick() };
    let told = refusal(&server, limits).await;
    assert_eq!(told, ("too-slow", "127.0.0.1 sends its answer too slowly.".to_owned()));
    assert_eq!(server.requests().len(), 3, "another try may find a better line");
    let limits = Limits { least_bytes: 2, least_within: Duration::from_millis(120), retries: 0, ..quick() };
    let limits = Limits { answer: Duration::from_millis(600), ..limits };
    assert_eq!(refusal(&server, limits).await.0, "timed-out", "slow but steady is no reason");
}

#[tokio::test]
async fn headers_without_end_have_their_own_message() {
    for (many, each) in [(70, 1_000), (1, 300_000), (1, 3_000_000), (120, 8)] {
        let server = Server::start(move |_| {
            let padding = "x".repeat(each);
            let headers = (0..many).fold(String::new(), |all, n| all + &format!("X-Padding-{n}: {padding}\r\n"));
            Reply::Bytes(http("200 OK", &headers, br#"{"totalResults":0}"#))
        })
        .await;
        let told = refusal(&server, quick()).await;
        let sentence = "The server's answer has too many headers: more than 100, or more than 64 KB in all.";
        assert_eq!(told, ("too-large", sentence.to_owned()), "{many} × {each}");
    }
}

#[tokio::test]
async fn a_compression_that_nobody_asked_for_is_named() {
    let server = Server::start(|_| Reply::Bytes(http("200 OK", "Content-Encoding: br\r\n", &[0x8b, 2, 0x80, 3]))).await;
    let told = refusal(&server, quick()).await;
    assert_eq!(told, ("not-scim", "The server's answer is compressed as br, which was not asked for.".to_owned()));
    assert_eq!(server.requests().len(), 1);
    let plain = Server::start(|request| {
        Reply::Bytes(http("200 OK", "Content-Encoding: identity\r\n", page(request, 3, 100).as_bytes()))
    })
    .await;
    assert_eq!(plain.read().await.unwrap().0.users, 3);
}

#[tokio::test]
async fn nesting_without_end_has_its_own_message() {
    let deep = format!(r#"{{"Resources":[{{"id":"a","x":{}{}}}]}}"#, "[".repeat(5_000), "]".repeat(5_000));
    let server = Server::start(move |_| json(&deep)).await;
    let told = refusal(&server, quick()).await;
    assert_eq!(told.0, "not-scim");
    assert!(told.1.starts_with("The server's answer is nested too deeply at line 1"), "{}", told.1);
}

#[tokio::test]
async fn a_text_without_end_has_its_own_message() {
    let long = format!(r#"{{"Resources":[{{"id":"a","displayName":"{}"}}]}}"#, "x".repeat(5_000_000));
    let server = Server::start(move |_| json(&long)).await;
    let told = refusal(&server, quick()).await;
    assert_eq!(told.0, "not-scim");
    assert!(told.1.starts_with("The server's answer has a text of more than 64 KB at line 1"), "{}", told.1);
}

#[tokio::test]
async fn each_limit_on_a_roster_has_its_own_message() {
    let server = Server::start(|request| honest(request, 250, 100)).await;
    let cases = [
        (Limits { pages: 2, ..quick() }, "The roster has more than 2 pages."),
        (Limits { users: 150, ..quick() }, "The roster has more than 150 users."),
        (Limits { reading_bytes: 60_000, ..quick() }, "The pages of the roster are larger than 0 MB in all."),
        (Limits { answer_bytes: 2_000, ..quick() }, "The server's answer is larger than 0 MB."),
    ];
    for (limits, sentence) in cases {
        assert_eq!(refusal(&server, limits).await.1, sentence);
    }
}

#[tokio::test]
async fn not_modified_without_a_question_is_no_roster() {
    let server = Server::start(|_| status("304 Not Modified")).await;
    let told = refusal(&server, quick()).await;
    assert_eq!(told, ("server-error", "The server answered with an error (304).".to_owned()));
}

#[tokio::test]
async fn a_rate_of_ones_own_is_kept_and_none_means_none() {
    let server = Server::start(|request| honest(request, 500, 100)).await;
    let limits = Limits { requests_per_minute: Some(3), reading: Duration::from_secs(2), ..quick() };
    assert_eq!(refusal(&server, limits).await.0, "took-too-long", "the third page had to wait for the next minute");
    assert_eq!(server.requests().len(), 2, "beside the question for a description");
    let limits = Limits { requests_per_minute: Some(0), ..quick() };
    assert_eq!(server.read_with(limits).await.unwrap().0.users, 500);
    assert_eq!(BaseUrl::parse("https://users.lucid.app/scim/v2").unwrap().usual_rate(), Some(90));
    assert_eq!(BaseUrl::parse(&server.base()).unwrap().usual_rate(), None);
}

#[test]
fn a_certificate_file_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "no certificate here").unwrap();
    let client = |file: std::path::PathBuf| {
        let limits = Limits { authorities: vec![file], ..Limits::default() };
        let base = BaseUrl::parse("https://scim.example.test").unwrap();
        Client::new(&base, &BearerToken::from_pasted(TOKEN).unwrap(), limits).err().unwrap()
    };
    let error = client(empty.clone());
    assert_eq!(error.code(), "certificate-file");
    assert_eq!(error.to_string(), format!("The certificate file {} holds no certificate.", empty.display()));
    let missing = client(folder.path().join("missing.pem"));
    assert!(missing.to_string().ends_with("cannot be read."), "{missing}");
}

#[tokio::test]
async fn half_a_character_in_a_name_costs_that_character_alone() {
    let server = Server::start(|request| {
        json(
            &page(request, 150, 100).replace(r#""givenName":"Pat","familyName":"N120""#, r#""givenName":"Pat \ud83d""#),
        )
    })
    .await;
    let (reading, pages) = server.read().await.unwrap();
    assert_eq!((reading.users, reading.retries), (150, 0));
    let members: Vec<_> = pages.iter().flat_map(|page| page.members.to_members()).collect();
    let mended: Vec<_> = members.iter().filter(|member| member.given_name.as_deref() != Some("Pat")).collect();
    assert_eq!(mended.len(), 1);
    assert_eq!((mended[0].id.as_str(), mended[0].given_name.as_deref()), ("lucid-120", Some("Pat \u{fffd}")));
}

#[tokio::test]
async fn ids_of_more_digits_than_a_number_has_stay_apart() {
    let server = Server::start(|request| {
        let users = page(request, 250, 100).replace(r#""id":"lucid-"#, r#""id":""#);
        // 1 to 250 become 200000000000000000001 and so on, as numbers.
        let mut long = String::new();
        for part in users.split_inclusive(r#""id":""#) {
            let digits = part.split('"').next().unwrap_or_default();
            let part = match digits.parse::<u64>() {
                Ok(number) => part.replacen(&format!("{digits}\""), &format!("20000000000000000{number:04}"), 1),
                Err(_) => part.to_owned(),
            };
            long.push_str(&part.replace(r#""id":""#, r#""id":"#));
        }
        json(&long.replace(r#""givenName":"Pat","familyName":"N120""#, r#""givenName":"Pat \ud83d""#))
    })
    .await;
    let (reading, pages) = server.read().await.unwrap();
    assert_eq!((reading.users, reading.findings), (250, Vec::new()));
    let members: Vec<_> = pages.iter().flat_map(|page| page.members.to_members()).collect();
    for (member, number) in members.iter().zip(1..) {
        assert_eq!(member.id, format!("20000000000000000{number:04}"));
        assert_eq!(member.user_name, format!("p{number}@acme.test"));
    }
    assert_eq!(members[119].given_name.as_deref(), Some("Pat \u{fffd}"), "both are mended");
}

#[tokio::test]
async fn counting_does_not_wait_for_a_server_that_is_not_there() {
    let server = Server::start(|_| status("200 OK")).await;
    let client = server.client_with(Limits {
        pause: Duration::from_hours(1),
        longest_pause: Duration::from_hours(1),
        ..quick()
    });
    drop(server);
    // The server is gone, its port is free.
    tokio::time::sleep(Duration::from_millis(20)).await;
    let sources = connect::Sources::of(connect::Connector::Scim);
    let never = tokio_util::sync::CancellationToken::new();
    let counted = client.preview(&sources, &mut |_, _| {}, &never).await;
    assert_eq!(counted.unwrap_err().code(), "host-unreachable");
}
