//! Lucid's REST API as a second source: what it decides, what it adds, and how it may fail.

use std::collections::BTreeMap;

use connect::{
    BaseUrl, BearerToken, Client, ConnectError, Connector, Journal, Kind, Limits, Mapped, Mapping, PageOfMembers,
    Reading, RestClient, RestSeen, RestSource, SinkError, Sources,
};
use lucid_sim::{Config, LicenseMode, Server as Sim};
use roster::{FindingCode, LicenseKey, Member};
use tokio_util::sync::CancellationToken;

use crate::people::{honest, list};
use crate::raw::{Reply, Request, Server, http, json, quick, status};
use crate::sim::{SCALE, SUITE};

const KEY: &str = "key-0123456789";

fn rows(rows: &[(&str, Option<&str>)]) -> Mapping {
    rows.iter()
        .map(|(seen, license)| Mapped {
            seen: (*seen).to_owned(),
            name: None,
            license: license.and_then(LicenseKey::new),
        })
        .collect()
}

fn sources(base: &str, key: &str, subscriptions: Mapping) -> Sources {
    let rest = RestSource {
        base: BaseUrl::parse(base).unwrap(),
        key: BearerToken::from_pasted(key).unwrap(),
        subscriptions,
        pace: None,
    };
    Sources { rest: Some(rest), ..Sources::of(Connector::Lucid) }
}

fn usual() -> Mapping {
    rows(&[(SUITE, Some("can-edit")), (SCALE, None)])
}

async fn read(client: &Client, sources: &Sources) -> Result<(Reading, BTreeMap<String, Member>), ConnectError> {
    let (mut members, mut users) = (BTreeMap::new(), 0);
    let mut sink = |page: PageOfMembers| -> Result<(), SinkError> {
        if page.restart {
            members.clear();
        }
        users = page.users;
        members.extend(page.members.to_members().into_iter().map(|member| (member.id.clone(), member)));
        Ok(())
    };
    let reading = client.read_roster(sources, &mut sink, &Journal::new(), &CancellationToken::new()).await?;
    assert_eq!((users, reading.users), (members.len() as u64, members.len() as u64));
    Ok((reading, members))
}

async fn read_sim(sim: &Sim, subscriptions: Mapping) -> (Reading, BTreeMap<String, Member>) {
    let token = BearerToken::from_pasted(sim.token()).unwrap();
    let client = Client::new(&BaseUrl::parse(sim.base_url()).unwrap(), &token, quick()).unwrap();
    read(&client, &sources(sim.rest_base_url(), sim.rest_key(), subscriptions)).await.unwrap()
}

fn found(reading: &Reading, code: FindingCode) -> Option<(u64, Vec<String>)> {
    reading.findings.iter().find(|found| found.code == code).map(|found| (found.count, found.examples.clone()))
}

fn key(member: &Member) -> &str {
    member.license.key().map_or("unknown", LicenseKey::as_str)
}

fn late(config: Config) -> Sim {
    let day = Some("2026-06-01".parse().unwrap());
    Sim::start(Config { day, rest_page: 60, ..config }).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn licenses_come_from_subscriptions_where_records_tell_none() {
    let sim = late(Config { license_mode: LicenseMode::None, ..Config::of(250, 9) });
    let (reading, members) = read_sim(&sim, usual()).await;
    for user in sim.truth() {
        assert_eq!(key(&members[&user.id]), user.license.key());
        assert!(members[&user.id].active);
    }
    assert_eq!(found(&reading, FindingCode::UnknownLicense), None);
    assert_eq!(found(&reading, FindingCode::SourcesDisagree), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deactivated_users_that_scim_leaves_out_are_added_once() {
    for include_inactive in [false, true] {
        let sim = late(Config { include_inactive, ..Config::of(250, 9) });
        let (reading, members) = read_sim(&sim, usual()).await;
        let gone = sim.deactivated();
        assert!(gone.len() > 5);
        for user in &gone {
            let member = &members[&user.id];
            assert_eq!(
                (member.active, &member.user_name, member.email.as_ref()),
                (false, &user.user_name, Some(&user.email))
            );
            if !include_inactive {
                assert_eq!(key(member), "view-only", "no license, so it may only look");
            }
        }
        let added = found(&reading, FindingCode::DeactivatedAdded).map(|(count, _)| count);
        assert_eq!(added, (!include_inactive).then_some(gone.len() as u64));
        let active = members.values().filter(|member| member.active).count();
        assert_eq!(members.len(), active + gone.len());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_whom_two_sources_tell_differently_is_counted_and_some_are_named() {
    let sim = late(Config { contradicted: 9, ..Config::of(250, 9) });
    let (reading, members) = read_sim(&sim, usual()).await;
    let truth = sim.truth();
    assert!(truth.iter().all(|user| key(&members[&user.id]) == user.license.key()), "the REST API comes first");
    let (count, names) = found(&reading, FindingCode::SourcesDisagree).unwrap();
    // Some of the nine have left by this day.
    assert!((1..=9).contains(&count) && !names.is_empty());
    assert!(names.iter().all(|name| truth.iter().any(|user| user.user_name == *name)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscription_that_nobody_mapped_says_nothing() {
    let sim = Sim::start(Config { license_mode: LicenseMode::None, ..Config::of(250, 9) }).unwrap();
    let (reading, members) = read_sim(&sim, Mapping::default()).await;
    assert!(members.values().all(|member| key(member) == "unknown"), "nobody is view-only by way of silence");
    assert_eq!(found(&reading, FindingCode::SubscriptionUnmapped).unwrap().0, 2);
    let (reading, members) = read_sim(&sim, rows(&[(SCALE, Some("scale")), ("gone", Some("old"))])).await;
    let expected = |user: &lucid_sim::TruthUser| match (user.products.lucidscale_creator, user.license.can_edit()) {
        (true, _) => "scale",
        (false, true) => "unknown",
        (false, false) => "view-only",
    };
    assert!(sim.truth().iter().all(|user| key(&members[&user.id]) == expected(user)));
    assert_eq!(found(&reading, FindingCode::SubscriptionUnmapped), Some((1, vec![SUITE.to_owned()])));
    assert_eq!(found(&reading, FindingCode::MappingNotSeen), Some((1, vec!["gone".to_owned()])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_licenses_the_first_row_wins() {
    let sim = Sim::start(Config::of(250, 9)).unwrap();
    for (first, second, both) in [(SUITE, SCALE, "suite"), (SCALE, SUITE, "scale")] {
        let name = |id: &str| if id == SUITE { "suite" } else { "scale" };
        let (_, members) = read_sim(&sim, rows(&[(first, Some(name(first))), (second, Some(name(second)))])).await;
        let holder = sim.truth().into_iter().find(|user| user.products.lucidscale_creator).unwrap();
        assert_eq!(key(&members[&holder.id]), both);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_key_may_not_see_is_told_and_left_out() {
    for (rest_licenses, rest_users, missing) in [
        (false, true, vec!["subscriptions and licenses"]),
        (true, false, vec!["users"]),
        (false, false, vec!["subscriptions and licenses", "users"]),
    ] {
        let sim = Sim::start(Config { rest_licenses, rest_users, ..Config::of(100, 9) }).unwrap();
        let (reading, members) = read_sim(&sim, usual()).await;
        assert_eq!(found(&reading, FindingCode::RestNotOffered).unwrap().1, missing);
        assert!(sim.truth().iter().all(|user| key(&members[&user.id]) == user.license.key()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subscriptions_are_listed_for_mapping() {
    let sim = Sim::start(Config::of(250, 9)).unwrap();
    let client = |key: &str| {
        RestClient::new(&BaseUrl::parse(sim.rest_base_url()).unwrap(), &BearerToken::from_pasted(key).unwrap(), quick())
            .unwrap()
    };
    let cancel = CancellationToken::new();
    let RestSeen::Offered(seen) = client(sim.rest_key()).subscriptions(&cancel).await.unwrap() else {
        panic!("offered")
    };
    let editors = sim.truth().iter().filter(|user| user.license.can_edit()).count() as u64;
    assert_eq!((seen[0].id.as_str(), seen[0].used, seen[0].trial), (SUITE, editors, false));
    assert!(seen[0].total > Some(editors) && seen[0].renewal.is_some());
    let error = client(sim.token()).subscriptions(&cancel).await.unwrap_err();
    assert_eq!((error.code(), error.kind()), ("key-rejected", Kind::Token));
    assert!(error.hint().contains("API key"));
    let sim = Sim::start(Config { rest_licenses: false, ..Config::default() }).unwrap();
    let client = RestClient::new(
        &BaseUrl::parse(sim.rest_base_url()).unwrap(),
        &BearerToken::from_pasted(sim.rest_key()).unwrap(),
        quick(),
    );
    assert_eq!(client.unwrap().subscriptions(&cancel).await.unwrap(), RestSeen::NotOffered { status: 403 });
    assert!(BaseUrl::parse(RestClient::DEFAULT_BASE).is_ok());
}

/// SCIM is honest; the REST API answers so.
async fn rest(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(
        move |request| if request.path.starts_with("/v1") { answer(request) } else { honest(request, 3, 100) },
    )
    .await
}

async fn outcome(server: &Server, limits: Limits) -> Result<(Reading, BTreeMap<String, Member>), ConnectError> {
    let base = format!("http://{}", server.address);
    read(&server.client_with(limits), &sources(&base, KEY, rows(&[("s", Some("full"))]))).await
}

fn linked(body: &str, link: &str) -> Reply {
    Reply::Bytes(http("200 OK", &format!("Link: {link}\r\n"), body.as_bytes()))
}

/// One subscription; its licenses as told; no users.
fn licenses(request: &Request, answer: impl Fn(&Request) -> Reply) -> Reply {
    match request.path.as_str() {
        path if path.starts_with("/v1/subscriptions?") => json(r#"[{"id":"s","licensesUsed":2}]"#),
        path if path.starts_with("/v1/users?") => json("[]"),
        _ => answer(request),
    }
}

#[tokio::test]
async fn refusals_and_failures_of_the_api_are_told_apart() {
    for answer in ["403 Forbidden", "404 Not Found"] {
        let (reading, _) = outcome(&rest(move |_| status(answer)).await, quick()).await.unwrap();
        assert_eq!(found(&reading, FindingCode::RestNotOffered).unwrap().0, 2);
    }
    let cases = [
        ("401 Unauthorized", "key-rejected", 1),
        ("500 Internal Server Error", "server-error", 3),
        ("503 Service Unavailable", "server-error", 3),
        ("429 Too Many Requests", "rate-limited", 3),
        ("400 Bad Request", "server-error", 1),
        ("302 Found", "redirected", 1),
    ];
    for (answer, code, requests) in cases {
        let server = rest(move |_| status(answer)).await;
        let error = outcome(&server, quick()).await.unwrap_err();
        assert_eq!((error.code(), server.requests().len()), (code, requests), "{answer}: {error}");
        assert!(!error.to_string().contains(KEY));
    }
}

#[tokio::test]
async fn the_key_and_the_token_go_each_to_its_own() {
    let server = rest(|request| licenses(request, |_| json(r#"[{"userId":"1"}]"#))).await;
    let (_, members) = outcome(&server, quick()).await.unwrap();
    assert_eq!(key(&members["lucid-1"]), "full");
    for request in server.requests() {
        let to_rest = request.path.starts_with("/v1");
        assert_eq!(request.head.contains(KEY), to_rest);
        assert_eq!(request.head.contains(crate::raw::TOKEN), !to_rest);
        assert_eq!(request.head.to_ascii_lowercase().contains("lucid-api-version: 1"), to_rest);
        assert!(!request.path.contains(KEY));
    }
}

#[tokio::test]
async fn links_are_followed_in_every_form_and_to_the_same_origin_only() {
    let second = "/v1/subscriptions/s/licenses?pageToken=b";
    let forms = [
        format!("<{second}>; rel=\"next\""),
        format!("<{second}>;rel=next"),
        format!("</v1/x>; rel=\"prev\", <{second}>; title=\"a, b\"; REL=\"last Next\""),
        "<?pageToken=b>; rel=\"next\"".to_owned(),
    ];
    for form in forms {
        let link = form.clone();
        let server = rest(move |request| {
            licenses(request, |request| {
                if request.path.contains("pageToken=b") {
                    json(r#"[{"userId":3}]"#)
                } else {
                    linked(r#"[{"userId":1}]"#, &link)
                }
            })
        })
        .await;
        let (_, members) = outcome(&server, quick()).await.unwrap_or_else(|error| panic!("{form}: {error}"));
        let keys: Vec<_> = members.values().map(key).collect();
        assert_eq!(keys, ["full", "view-only", "full"], "{form}");
    }
    for elsewhere in [
        "http://localhost:1/v1/x",
        "https://127.0.0.1/v1/x",
        "//evil.test/x",
        "http://u:p@127.0.0.1/x",
        "ftp://127.0.0.1/x",
    ] {
        let server = rest(move |request| {
            licenses(request, |_| linked(r#"[{"userId":1}]"#, &format!("<{elsewhere}>; rel=\"next\"")))
        })
        .await;
        let error = outcome(&server, quick()).await.unwrap_err();
        assert_eq!(error.code(), "link-elsewhere", "{elsewhere}");
        assert_eq!(server.requests().len(), 2, "nothing was asked for there");
    }
}

#[tokio::test]
async fn links_that_lead_nowhere_end() {
    let walks = |body: fn(u64) -> String, link: fn(u64) -> String| {
        rest(move |request| {
            licenses(request, |request| {
                let page = request.path.rsplit("p=").next().and_then(|page| page.parse().ok()).unwrap_or(0_u64);
                linked(&body(page), &format!("</v1/subscriptions/s/licenses?p={}>; rel=next", link(page)))
            })
        })
    };
    let same = walks(|page| format!(r#"[{{"userId":{}}}]"#, page + 1), |page| (page + 1).min(2).to_string()).await;
    let (_, members) = outcome(&same, quick()).await.unwrap();
    assert!(members.values().all(|member| key(member) == "full"), "the last page leads to itself");
    let empty = walks(
        |page| if page == 0 { r#"[{"userId":1}]"#.to_owned() } else { "[]".to_owned() },
        |page| (page + 1).to_string(),
    )
    .await;
    outcome(&empty, quick()).await.unwrap();
    let round = walks(|page| format!(r#"[{{"userId":{page}}}]"#), |page| ((page + 1) % 3).to_string()).await;
    assert_eq!(outcome(&round, quick()).await.unwrap_err().code(), "paging");
    let nothing_new = walks(|_| r#"[{"userId":1}]"#.to_owned(), |page| (page + 1).to_string()).await;
    let error = outcome(&nothing_new, quick()).await.unwrap_err();
    assert!(error.to_string().contains("round in a circle"), "{error}");
    let endless = walks(|page| format!(r#"[{{"userId":{page}}}]"#), |page| (page + 1).to_string()).await;
    let error = outcome(&endless, Limits { pages: 12, ..quick() }).await.unwrap_err();
    assert!(error.to_string().contains("does not end after 12 pages"), "{error}");
    let error = outcome(&endless, Limits { users: 10, ..quick() }).await.unwrap_err();
    assert_eq!(error.code(), "paging");
}

#[tokio::test]
async fn bodies_that_are_no_list_or_too_large_end_the_reading() {
    let huge = format!("[{}]", vec![r#"{"userId":1}"#; 20_000].join(","));
    let cases = [
        ("{}".to_owned(), "not-scim"),
        ("<html>".to_owned(), "web-page"),
        ("[{\"userId\":1}".to_owned(), "not-scim"),
        (String::new(), "not-scim"),
        ("[".repeat(100_000), "not-scim"),
        (huge, "too-large"),
    ];
    for (body, code) in cases {
        let server = rest(move |request| licenses(request, |_| json(&body))).await;
        assert_eq!(outcome(&server, Limits { answer_bytes: 150_000, ..quick() }).await.unwrap_err().code(), code);
    }
}

#[tokio::test]
async fn odd_entries_are_read_leniently() {
    let body = r#"[null,7,{"userId":"1"},{"userId":null},{"userId":{"a":1}},{"userId":2.0},{"nothing":[]}]"#;
    let server = rest(move |request| licenses(request, |_| json(body))).await;
    let (_, members) = outcome(&server, quick()).await.unwrap();
    assert_eq!(members.values().map(key).collect::<Vec<_>>(), ["full", "full", "view-only"]);
}

#[tokio::test]
async fn somebody_active_in_scim_and_disabled_in_rest_is_a_disagreement() {
    let server = Server::start(|request| match request.path.as_str() {
        path if path.starts_with("/v1/users") => json(r#"[{"userId":2,"enabled":"false","email":"p2@acme.test"}]"#),
        path if path.starts_with("/v1") => status("403 Forbidden"),
        _ if request.start == 1 => json(&list(2, 1, &[crate::people::person(1), crate::people::person(2)])),
        _ => json(&list(2, 2, &[crate::people::person(2)])),
    })
    .await;
    let (reading, members) = outcome(&server, quick()).await.unwrap();
    assert_eq!(members.len(), 2, "nobody is added who is listed");
    assert_eq!(found(&reading, FindingCode::SourcesDisagree), Some((1, vec!["p2@acme.test".to_owned()])));
}

#[tokio::test]
async fn stopping_ends_the_asking_for_licenses() {
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let server = rest(move |_| {
        stop.cancel();
        Reply::Silence
    })
    .await;
    let sources = sources(&format!("http://{}", server.address), KEY, rows(&[("s", Some("full"))]));
    let journal = Journal::new();
    let error = server.client().read_roster(&sources, &mut |_| Ok(()), &journal, &cancel).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Cancelled);
    assert_eq!(journal.stages().last().map(|stage| (stage.stage.key(), stage.completed)), Some(("licenses", false)));
}
