//! The connection test: which stage passes, warns or fails, and in which words.

use connect::{ConnectError, Connector, Journal, LicenseShape, Probe, Sources, StageKey, StageState};

use crate::people::{honest, list};
use crate::raw::{Reply, Request, Server, http, json, status};

const CONFIG: &str = r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    "filter":{"supported":true,"maxResults":100},"patch":{"supported":true}}"#;

type Ends = Vec<(StageKey, StageState)>;

async fn probe(server: &Server) -> (Result<Probe, ConnectError>, Ends, Vec<String>) {
    let (mut ends, mut details, mut running) = (Vec::new(), Vec::new(), None);
    let result = server
        .client()
        .probe(&Sources::of(Connector::Lucid), &mut |stage| {
            if stage.state == StageState::Running {
                running = Some(stage.key);
            } else {
                assert_eq!(running.take(), Some(stage.key), "a stage begins before it ends");
                assert!(!stage.detail.is_empty());
                ends.push((stage.key, stage.state));
                details.push(stage.detail);
            }
        })
        .await;
    (result, ends, details)
}

async fn described(config: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    Server::described(move |request: &Request| match request.path.as_str() {
        "/scim/v2/ServiceProviderConfig" => config(),
        _ => honest(request, 243, 100),
    })
    .await
}

#[tokio::test]
async fn a_good_server_passes_every_stage() {
    use StageKey::{Address, Licenses, ServiceProviderConfig, Tls, Users};
    let server = described(|| json(CONFIG)).await;
    let (result, ends, details) = probe(&server).await;
    let probe = result.unwrap();
    assert_eq!(ends, [Address, Tls, ServiceProviderConfig, Users, Licenses].map(|key| (key, StageState::Passed)));
    assert_eq!(details[0], "127.0.0.1 answers.");
    assert_eq!(details[2], "A SCIM 2.0 server. It gives up to 100 users at a time and can filter.");
    assert_eq!(details[3], "The token is accepted; 243 users are listed.");
    assert_eq!((probe.users, probe.licenses), (Some(243), LicenseShape::ProductLicenses2));
    assert_eq!(details[4], probe.licenses_sentence);
    let paths: Vec<_> = server.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/scim/v2/ServiceProviderConfig", "/scim/v2/Users?startIndex=1&count=1"]);
}

#[tokio::test]
async fn what_a_server_says_about_itself_is_told() {
    let cases = [
        (r#""patch":{}"#, "It tells no largest page."),
        (
            r#""filter":{"supported":false,"maxResults":"200"},"etag":{"supported":true}"#,
            "It gives up to 200 users at a time, cannot filter and names the state of answers (ETag).",
        ),
        (
            r#""filter":{"supported":true},"etag":{"supported":false},"pagination":{"cursor":true,"index":false}"#,
            "It tells no largest page, pages by cursor alone, can filter and does not promise to name the state of answers (ETag).",
        ),
    ];
    for (config, told) in cases {
        let server = described(move || json(&format!(r#"{{"patch":{{}},{config}}}"#))).await;
        assert_eq!(probe(&server).await.2[2], format!("A SCIM 2.0 server. {told}"));
    }
}

#[tokio::test]
async fn a_missing_or_odd_description_is_a_warning() {
    let answers: [fn() -> Reply; 9] = [
        || Reply::Silence,
        || status("401 Unauthorized"),
        || Reply::Bytes(http("302 Found", "Location: /login\r\n", b"")),
        || Reply::Bytes(http("429 Too Many Requests", "Retry-After: 600\r\n", b"")),
        || status("404 Not Found"),
        || Reply::Bytes(http("200 OK", "", b"<html>")),
        || json(r#"{"hello":1}"#),
        || status("500 Internal Server Error"),
        || status("403 Forbidden"),
    ];
    for answer in answers {
        let (result, ends, _) = probe(&described(answer).await).await;
        assert_eq!(result.unwrap().users, Some(243));
        assert_eq!(ends[2], (StageKey::ServiceProviderConfig, StageState::Warned));
        assert_eq!(ends[3], (StageKey::Users, StageState::Passed));
    }
}

#[tokio::test]
async fn a_rejected_token_fails_where_it_is_first_rejected() {
    let (result, ends, details) = probe(&Server::described(|_| status("401 Unauthorized")).await).await;
    assert_eq!(result.unwrap_err().code(), "token-rejected");
    assert_eq!(ends.last(), Some(&(StageKey::Users, StageState::Failed)), "the description is not needed");
    assert_eq!(details.last().map(String::as_str), Some("The server rejected the token."));

    let open = Server::described(|request: &Request| match request.count {
        0 => json(CONFIG),
        _ => status("401 Unauthorized"),
    })
    .await;
    let (result, ends, _) = probe(&open).await;
    assert_eq!(result.unwrap_err().code(), "token-rejected");
    assert_eq!(ends.last(), Some(&(StageKey::Users, StageState::Failed)));
}

#[tokio::test]
async fn an_address_that_is_not_scim_fails_at_the_users() {
    let site =
        Server::described(|_| Reply::Bytes(http("200 OK", "Content-Type: text/html\r\n", b"<!doctype html>"))).await;
    let (result, ends, _) = probe(&site).await;
    assert_eq!(result.unwrap_err().code(), "web-page");
    assert_eq!(ends.last(), Some(&(StageKey::Users, StageState::Failed)));
    let nothing = Server::described(|_| status("404 Not Found")).await;
    assert_eq!(probe(&nothing).await.0.unwrap_err().code(), "not-found");
    let away =
        Server::described(|_| Reply::Bytes(http("302 Found", "Location: https://login.acme.test/\r\n", b""))).await;
    let (result, ends, details) = probe(&away).await;
    assert_eq!(result.unwrap_err().code(), "redirected");
    assert_eq!(ends.last(), Some(&(StageKey::Users, StageState::Failed)));
    assert!(details.last().unwrap().contains("login.acme.test"));
}

#[tokio::test]
async fn unknown_licenses_are_a_warning_and_a_finding() {
    let bare = Server::described(|request: &Request| match request.count {
        0 => json(CONFIG),
        _ => json(&list(5, 1, &[r#"{"id":"lucid-1","userName":"a@acme.test"}"#.to_owned()])),
    })
    .await;
    let (result, ends, _) = probe(&bare).await;
    let probed = result.unwrap();
    assert_eq!(probed.licenses, LicenseShape::NotVisible);
    assert!(probed.licenses_sentence.contains("unknown"));
    assert_eq!(ends.last(), Some(&(StageKey::Licenses, StageState::Warned)));
    let codes: Vec<_> = probed.findings.iter().map(|finding| finding.code.code()).collect();
    assert_eq!(codes, ["unknown-license", "no-name", "no-active-date"]);

    let empty = Server::described(|request: &Request| match request.count {
        0 => json(CONFIG),
        _ => json(r#"{"totalResults":0,"Resources":[]}"#),
    })
    .await;
    assert_eq!(probe(&empty).await.0.unwrap().licenses, LicenseShape::NoUsers);
}

#[tokio::test]
async fn a_documented_page_size_is_used_by_the_reading_that_follows() {
    let server = described(|| json(CONFIG)).await;
    let client = server.client();
    client.probe(&Sources::of(Connector::Lucid), &mut |_| {}).await.unwrap();
    let cancel = tokio_util::sync::CancellationToken::new();
    client.read_roster(&Sources::of(Connector::Lucid), &mut |_| Ok(()), &Journal::new(), &cancel).await.unwrap();
    let counts: Vec<_> = server.requests().into_iter().skip(2).map(|request| request.count).collect();
    assert_eq!(counts, [100, 99, 100]);
}
