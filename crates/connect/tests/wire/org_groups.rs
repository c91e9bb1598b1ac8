//! Organizational groups: nesting, circles, mapping, and what happens where they cannot be read.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use connect::{
    BaseUrl, BearerToken, Client, ConnectError, Connector, Journal, Limits, Mapped, Mapping, Reading, SinkError,
    Sources,
};
use lucid_sim::{Config, LicenseMode, Server as Sim, TokenKind};
use roster::{FindingCode, LicenseKey, Member};
use tokio_util::sync::CancellationToken;

use crate::people::{list, person};
use crate::raw::{Reply, Request, Server, http, json, quick, status};

const LICENSED: &str = "lucid-group-77";
const LIMITED: &str = "lucid-group-78";

fn row(seen: &str, license: Option<&str>) -> Mapped {
    Mapped { seen: seen.to_owned(), name: None, license: license.and_then(LicenseKey::new) }
}

fn mapping(rows: &[(&str, Option<&str>)]) -> Sources {
    let groups = rows.iter().map(|(seen, license)| row(seen, *license)).collect::<Mapping>();
    Sources { groups: Some(groups), ..Sources::of(Connector::Lucid) }
}

async fn read(client: &Client, sources: &Sources) -> Result<(Reading, BTreeMap<String, Member>), ConnectError> {
    let mut members = BTreeMap::new();
    let mut sink = |page: connect::PageOfMembers| -> Result<(), SinkError> {
        members.extend(page.members.to_members().into_iter().map(|member| (member.id.clone(), member)));
        Ok(())
    };
    let reading = client.read_roster(sources, &mut sink, &Journal::new(), &CancellationToken::new()).await?;
    Ok((reading, members))
}

fn client_of(sim: &Sim) -> Client {
    let token = BearerToken::from_pasted(sim.token()).unwrap();
    Client::new(&BaseUrl::parse(sim.base_url()).unwrap(), &token, quick()).unwrap()
}

fn found(reading: &Reading, code: FindingCode) -> Option<(u64, Vec<String>)> {
    reading.findings.iter().find(|found| found.code == code).map(|found| (found.count, found.examples.clone()))
}

fn key(member: &Member) -> &str {
    member.license.key().map_or("unknown", LicenseKey::as_str)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_on_organizational_groups_has_its_licenses_from_the_mapping() {
    for group_cycle in [false, true] {
        let config = Config { license_mode: LicenseMode::None, group_cycle, ..Config::of(250, 4) };
        let sim = Sim::start(config).unwrap();
        // Everybody who may edit is in a subgroup of the mapped group.
        let sources = mapping(&[(LICENSED, Some("can-edit")), (LIMITED, Some("view-only"))]);
        let (reading, members) = read(&client_of(&sim), &sources).await.unwrap();
        for user in sim.truth() {
            assert_eq!(key(&members[&user.id]), user.license.key());
        }
        assert_eq!(found(&reading, FindingCode::UnknownLicense), None);
        assert_eq!(found(&reading, FindingCode::GroupUnmapped), None, "a group inside a mapped one is mapped");
        let cycle = found(&reading, FindingCode::GroupCycle);
        assert_eq!(cycle.map(|(count, _)| count), group_cycle.then_some(2));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_are_listed_with_everybody_inside_counted_once() {
    for group_cycle in [false, true] {
        let sim = Sim::start(Config { group_cycle, ..Config::of(250, 4) }).unwrap();
        let groups = client_of(&sim).groups(&CancellationToken::new()).await.unwrap();
        let group = |id: &str| groups.iter().find(|group| group.id == id).unwrap().clone();
        let editors = sim.truth().iter().filter(|user| user.license.can_edit()).count() as u64;
        let licensed = group(LICENSED);
        assert_eq!((licensed.name.as_str(), licensed.members, licensed.subgroups), ("Licensed", editors, 3));
        assert_eq!((group(LIMITED).members, groups.len()), (250 - editors, 6));
        let inner = group("lucid-group-91");
        assert_eq!(
            [licensed.in_cycle, inner.in_cycle, group("lucid-group-92").in_cycle],
            [group_cycle, group_cycle, false]
        );
        assert_eq!(inner.members == editors, group_cycle, "in a circle each holds all of it");
        assert_eq!(
            sim.request_log().iter().filter(|line| line.path.contains("/Groups/")).count(),
            0,
            "$ref is not fetched"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_for_content_sees_teams_and_the_mapped_groups_are_missed() {
    let config = Config { license_mode: LicenseMode::None, token_kind: TokenKind::Content, ..Config::of(120, 4) };
    let sim = Sim::start(config).unwrap();
    let sources = mapping(&[(LICENSED, Some("can-edit")), (LIMITED, Some("view-only"))]);
    let (reading, members) = read(&client_of(&sim), &sources).await.unwrap();
    assert!(members.values().all(|member| key(member) == "unknown"), "a team tells no license");
    assert_eq!(found(&reading, FindingCode::MappingNotSeen), Some((2, vec![LICENSED.to_owned(), LIMITED.to_owned()])));
    assert_eq!(found(&reading, FindingCode::GroupUnmapped).unwrap().0, 3);
}

/// A server with these groups, and users 1 to 4 without a license of their own.
async fn with_groups(groups: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |request| {
        if request.path.contains("/Groups") {
            return groups(request);
        }
        let user = |n: u64| {
            format!(r#"{{"id":"lucid-{n}","userName":"u{n}@a.test","groups":[{{"value":"x","display":"G{n}"}}]}}"#)
        };
        let users: Vec<_> = (request.start..5).map(user).collect();
        json(&list(4, request.start, &users))
    })
    .await
}

/// The same, where the first user lists this group and the others none.
async fn with_users(own: &'static str, groups: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |request| {
        if request.path.contains("/Groups") {
            return groups(request);
        }
        let user = |n: u64| {
            let groups = if n == 1 { own } else { "" };
            format!(r#"{{"id":"lucid-{n}","userName":"u{n}@a.test","groups":[{groups}]}}"#)
        };
        let users: Vec<_> = (request.start..5).map(user).collect();
        json(&list(4, request.start, &users))
    })
    .await
}

fn group(id: &str, members: &[&str]) -> String {
    let members: Vec<_> = members.iter().map(|member| format!(r#"{{"value":"{member}"}}"#)).collect();
    format!(r#"{{"id":"{id}","displayName":"Name of {id}","members":[{}]}}"#, members.join(","))
}

fn paged(groups: Vec<String>, cap: u64) -> impl Fn(&Request) -> Reply {
    move |request| {
        let at = |place: u64| usize::try_from(place).unwrap().min(groups.len());
        let (from, to) = (at(request.start - 1), at(request.start - 1 + cap.min(request.count)));
        json(&list(groups.len() as u64, request.start, &groups[from..to]))
    }
}

#[tokio::test]
async fn a_group_on_several_rows_has_the_members_of_all_of_them() {
    let rows = vec![
        group("gold", &["lucid-1"]),
        group("gold", &["lucid-2", "inner"]),
        group("other", &[]),
        group("inner", &["lucid-3"]),
        group("gold", &["lucid-5"]),
        group("last", &[]),
    ];
    for cap in [2, 3, 4, 100] {
        let server = with_groups(paged(rows.clone(), cap)).await;
        let (reading, members) = read(&server.client(), &mapping(&[("gold", Some("can-edit"))])).await.unwrap();
        let held: Vec<_> = members.values().map(key).collect();
        assert_eq!(held, ["can-edit", "can-edit", "can-edit", "unknown"], "{cap} a page");
        assert_eq!(found(&reading, FindingCode::SubgroupNotRead), None);
    }
}

#[tokio::test]
async fn members_are_known_by_what_their_reference_ends_with() {
    let gold = r#"{"id":"gold","displayName":"Gold","members":[{"$ref":"../Users/lucid-1"},
        {"value":"","$ref":"https://a.test/scim/v2/Users/lucid%2D2/?x=1#y"},{"$ref":"/Groups/inner"},{"display":"Nobody"}]}"#;
    let server = with_groups(paged(vec![gold.to_owned(), group("inner", &["lucid-3"])], 100)).await;
    let (_, members) = read(&server.client(), &mapping(&[("gold", Some("can-edit"))])).await.unwrap();
    assert_eq!(members.values().map(key).collect::<Vec<_>>(), ["can-edit", "can-edit", "can-edit", "unknown"]);
}

#[tokio::test]
async fn a_group_without_an_id_is_known_by_its_name() {
    let named = |name: &str, user: u8| {
        format!(r#"{{"id":null,"displayName":"{name}","members":[{{"value":"lucid-{user}"}}]}}"#)
    };
    for cap in [1, 100] {
        let groups = vec![named("Gold", 1), named("Silver", 2), named("Rest", 3)];
        let server = with_groups(paged(groups, cap)).await;
        let rows = mapping(&[("Gold", Some("can-edit")), ("Silver", Some("view-only"))]);
        let (reading, members) = read(&server.client(), &rows).await.unwrap();
        let held: Vec<_> = members.values().map(key).collect();
        assert_eq!(held, ["can-edit", "view-only", "unknown", "unknown"], "{cap} a page");
        assert_eq!(found(&reading, FindingCode::GroupUnmapped), Some((1, vec!["Rest".to_owned()])));
        let seen = server.client().groups(&CancellationToken::new()).await.unwrap();
        assert_eq!(seen.iter().map(|group| group.id.as_str()).collect::<Vec<_>>(), ["Gold", "Silver", "Rest"]);
    }
}

#[tokio::test]
async fn members_without_a_type_are_groups_when_a_group_has_their_id() {
    let groups = vec![
        group("top", &["mid"]),
        group("mid", &["low", "lucid-1"]),
        group("low", &["lucid-2", "top"]),
        group("self", &["self", "lucid-3"]),
    ];
    let server = with_groups(paged(groups, 3)).await;
    let seen = server.client().groups(&CancellationToken::new()).await.unwrap();
    let told: Vec<_> =
        seen.iter().map(|group| (group.id.as_str(), group.members, group.subgroups, group.in_cycle)).collect();
    assert_eq!(told, [("top", 2, 1, true), ("mid", 2, 1, true), ("low", 2, 1, true), ("self", 1, 1, true)]);
    let (reading, members) = read(&server.client(), &mapping(&[("Name of top", Some("full"))])).await.unwrap();
    let keys: Vec<_> = members.values().map(key).collect();
    assert_eq!(keys, ["full", "full", "unknown", "unknown"]);
    assert_eq!(found(&reading, FindingCode::GroupUnmapped), Some((1, vec!["Name of self".to_owned()])));
    assert_eq!(found(&reading, FindingCode::GroupCycle).unwrap().0, 4);
}

#[tokio::test]
async fn subgroups_that_the_server_does_not_list_are_told() {
    let with_types = |id: &str, members: &[(&str, &str)]| {
        let member = |(value, kind): &(&str, &str)| format!(r#"{{"value":"{value}","type":"{kind}"}}"#);
        let members: Vec<_> = members.iter().map(member).collect();
        format!(r#"{{"id":"{id}","displayName":"Name of {id}","members":[{}]}}"#, members.join(","))
    };
    let groups = vec![
        with_types("top", &[("low", "Group"), ("hidden", "Group"), ("hidden", "Group"), ("lucid-1", "User")]),
        with_types("low", &[("lucid-2", "User"), ("lucid-9", "User")]),
    ];
    let server = with_groups(paged(groups, 100)).await;
    let seen = server.client().groups(&CancellationToken::new()).await.unwrap();
    let told: Vec<_> = seen.iter().map(|group| (group.id.as_str(), group.subgroups, group.unread)).collect();
    assert_eq!(told, [("top", 1, 1), ("low", 0, 0)]);
    let (reading, members) = read(&server.client(), &mapping(&[("top", Some("full"))])).await.unwrap();
    assert_eq!(found(&reading, FindingCode::SubgroupNotRead), Some((1, vec!["Name of top".to_owned()])));
    assert_eq!(members.values().map(key).collect::<Vec<_>>(), ["full", "full", "unknown", "unknown"]);
}

#[tokio::test]
async fn of_several_groups_of_one_user_the_first_row_with_a_license_wins() {
    let groups = vec![
        group("a", &["lucid-1", "lucid-2"]),
        group("b", &["lucid-1", "lucid-3"]),
        group("c", &["lucid-1", "lucid-4"]),
    ];
    let server = with_groups(paged(groups, 100)).await;
    let rows = [("c", None), ("b", Some("second")), ("a", Some("third"))];
    let (reading, members) = read(&server.client(), &mapping(&rows)).await.unwrap();
    assert_eq!(members.values().map(key).collect::<Vec<_>>(), ["second", "third", "second", "unknown"]);
    assert_eq!(found(&reading, FindingCode::GroupUnmapped), None, "to say nothing is a mapping as well");
}

/// A row as a person saves it who looked at the groups: its id identifies it, its name is for people.
fn looked_at(id: &str, name: &str, license: &str) -> Mapped {
    Mapped { name: Some(name.to_owned()), ..row(id, Some(license)) }
}

/// The group that the first user is in, as servers list it there: with both, with its name alone, with its id alone.
const OWN_GROUPS: [&str; 3] =
    [r#"{"value":"id-of-g1","display":"G1"}"#, r#"{"display":"G1"}"#, r#"{"value":"id-of-g1"}"#];

#[tokio::test]
async fn groups_that_are_not_offered_are_told_and_what_users_tell_is_used() {
    for own in OWN_GROUPS {
        for refusal in ["403 Forbidden", "404 Not Found", "405 Method Not Allowed", "501 Not Implemented"] {
            let server = with_users(own, move |_| status(refusal)).await;
            for saved in [looked_at("id-of-g1", "G1", "full"), looked_at("id-of-g1", "Renamed since", "full")] {
                let by_name_alone = own == OWN_GROUPS[1];
                let expected = if by_name_alone && saved.name.as_deref() != Some("G1") { "unknown" } else { "full" };
                let sources = Sources { groups: Some(Mapping::new(vec![saved])), ..Sources::of(Connector::Lucid) };
                let (reading, members) = read(&server.client(), &sources).await.unwrap();
                let held = members.values().map(key).collect::<Vec<_>>();
                assert_eq!(held, [expected, "unknown", "unknown", "unknown"], "{refusal} {own}");
                assert!(found(&reading, FindingCode::GroupsNotRead).is_some());
            }
            let asked = server.client().groups(&CancellationToken::new()).await.unwrap_err();
            assert_eq!(asked.code(), "groups-not-offered");
            assert!(!asked.hint().is_empty());
        }
    }
}

#[tokio::test]
async fn users_that_no_group_lists_are_found_by_the_groups_that_they_list() {
    let groups = r#"{"id":"id-of-g1","displayName":"G1","members":[{"value":"lucid-2","type":"User"}]}"#;
    for own in OWN_GROUPS {
        let server = with_users(own, paged(vec![groups.to_owned()], 100)).await;
        let mapping = Mapping::new(vec![looked_at("id-of-g1", "G1", "full")]);
        let sources = Sources { groups: Some(mapping), ..Sources::of(Connector::Lucid) };
        let (_, members) = read(&server.client(), &sources).await.unwrap();
        assert_eq!(members.values().map(key).collect::<Vec<_>>(), ["full", "full", "unknown", "unknown"], "{own}");
    }
}

#[tokio::test]
async fn groups_that_fail_end_the_reading() {
    let cases = [
        ("401 Unauthorized", "token-rejected"),
        ("500 Internal Server Error", "server-error"),
        ("429 Too Many Requests", "rate-limited"),
    ];
    for (answer, code) in cases {
        let server = with_groups(move |_| status(answer)).await;
        let error = read(&server.client(), &mapping(&[("G1", Some("full"))])).await.unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.to_string().starts_with("The groups could not be read. "), "{error}");
    }
}

#[tokio::test]
async fn every_limit_holds_for_groups_as_well() {
    let many: Vec<_> = (0..40).map(|n| group(&format!("g{n}"), &["lucid-1"])).collect();
    let server = with_groups(paged(many, 5)).await;
    let cases = [
        Limits { pages: 3, ..quick() },
        Limits { reading_bytes: 900, ..quick() },
        Limits { answer_bytes: 200, ..quick() },
    ];
    let mut codes = Vec::new();
    for limits in cases {
        codes.push(server.client_with(limits).groups(&CancellationToken::new()).await.unwrap_err().code());
    }
    assert_eq!(codes, ["paging", "too-large", "too-large"]);
    assert_eq!(server.client().groups(&CancellationToken::new()).await.unwrap().len(), 40);
    let lies = with_groups(|_| json(&list(40, 1, &[group("a", &[]), group("b", &[])]))).await;
    assert_eq!(lies.client().groups(&CancellationToken::new()).await.unwrap_err().code(), "paging");
    let nested = with_groups(|_| json(&format!(r#"{{"totalResults":1,"Resources":[{}]}}"#, "[".repeat(200_000)))).await;
    assert_eq!(nested.client().groups(&CancellationToken::new()).await.unwrap_err().code(), "not-scim");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_and_a_group_that_differ_are_named() {
    let sim = Sim::start(Config { contradicted: 7, ..Config::of(250, 4) }).unwrap();
    let sources = mapping(&[(LICENSED, Some("can-edit")), (LIMITED, Some("view-only"))]);
    let (reading, members) = read(&client_of(&sim), &sources).await.unwrap();
    let wrong: Vec<_> = sim.truth().into_iter().filter(|user| key(&members[&user.id]) != user.license.key()).collect();
    assert_eq!(wrong.len(), 7, "the record comes before the groups");
    let (count, names) = found(&reading, FindingCode::SourcesDisagree).unwrap();
    assert_eq!((count, names.len()), (7, 5));
    assert!(names.iter().all(|name| wrong.iter().any(|user| user.user_name == *name)));
    let cases: Vec<_> = reading.cases.iter().filter(|case| case.code == FindingCode::SourcesDisagree).collect();
    assert_eq!(cases.len(), 7, "everybody is named");
    for case in cases {
        let user = wrong.iter().find(|user| user.id == case.id).unwrap();
        assert_eq!(
            (case.user_name.as_str(), case.email.as_deref()),
            (user.user_name.as_str(), Some(user.email.as_str()))
        );
        let told = |source: &str, license: &str| (source.to_owned(), license.to_owned());
        let record = if user.license.can_edit() { "view-only" } else { "can-edit" };
        assert_eq!(case.told, [told("record", record), told("group", user.license.key())]);
    }
}

#[tokio::test]
async fn whoever_is_in_groups_of_different_license_types_is_named_whatever_order_the_server_lists_them_in() {
    let people: Vec<String> = (0..5).map(|n| format!("p{n}")).collect();
    let ids = |range: std::ops::Range<usize>| people[range].iter().map(String::as_str).collect::<Vec<_>>();
    let (alpha, beta) = (group("alpha", &ids(0..3)), group("beta", &ids(2..5)));
    let inner = group("inner", &["beta"]);
    for order in [[&alpha, &beta, &inner], [&inner, &beta, &alpha]] {
        let groups = order.map(Clone::clone);
        let server = Server::start(move |request| {
            let users = (0..5).map(|n| format!(r#"{{"id":"p{n}","userName":"p{n}@a.test"}}"#));
            let all: Vec<_> = if request.path.contains("/Groups") { groups.to_vec() } else { users.collect() };
            let from = usize::try_from(request.start - 1).unwrap().min(all.len());
            json(&list(all.len() as u64, request.start, &all[from..]))
        })
        .await;
        for (first, second) in [("alpha", "inner"), ("inner", "alpha")] {
            let type_of = |group: &str| if group == "alpha" { "can-edit" } else { "view-only" };
            let sources = mapping(&[(first, Some(type_of(first))), (second, Some(type_of(second)))]);
            let (reading, members) = read(&server.client(), &sources).await.unwrap();
            assert_eq!(key(&members["p2"]), type_of(first), "the first row of the mapping counts");
            assert_eq!(found(&reading, FindingCode::SeveralGroups), Some((1, vec!["p2".to_owned()])));
            let case = reading.cases.iter().find(|case| case.code == FindingCode::SeveralGroups).unwrap();
            let told = [first, second].map(|group| ("group".to_owned(), type_of(group).to_owned()));
            assert_eq!(case.told, told, "with what the groups say, in the mapping's order");
        }
        let alike = mapping(&[("alpha", Some("can-edit")), ("inner", Some("can-edit"))]);
        let (reading, _) = read(&server.client(), &alike).await.unwrap();
        assert_eq!(found(&reading, FindingCode::SeveralGroups), None, "groups that agree are no matter");
    }
}

/// Two pages of groups by cursor, whose second one is refused so many times.
async fn refusing_a_cursor(times: usize) -> (Result<(Reading, BTreeMap<String, Member>), ConnectError>, usize) {
    let refused = AtomicUsize::new(0);
    let server = Server::start(move |request| match request.path.as_str() {
        path if !path.contains("/Groups") => json(&list(1, 1, &[person(1)])),
        path if !path.contains("cursor=") => {
            let body = list(2, 1, &[r#"{"id":"g1","displayName":"First"}"#.to_owned()]);
            json(&body.replace("\"startIndex\":1", "\"nextCursor\":\"next\""))
        }
        _ if refused.fetch_add(1, Ordering::SeqCst) < times => {
            let body = br#"{"status":"400","scimType":"expiredCursor","detail":"too late"}"#;
            Reply::Bytes(http("400 Bad Request", "", body))
        }
        _ => {
            let second = r#"{"id":"g2","displayName":"Second","members":[{"value":"lucid-1","type":"User"}]}"#;
            json(&list(2, 1, &[second.to_owned()]))
        }
    })
    .await;
    let outcome = read(&server.client(), &mapping(&[("g1", None), ("g2", Some("can-edit"))])).await;
    let groups = server.requests().iter().filter(|request| request.path.contains("/Groups")).count();
    (outcome, groups)
}

#[tokio::test]
async fn rfc9865_2_1_a_cursor_refused_among_groups_begins_again_once() {
    let (outcome, requests) = refusing_a_cursor(1).await;
    let (reading, _) = outcome.unwrap();
    assert_eq!(requests, 6, "read twice besides, because pages by cursor cannot overlap");
    assert_eq!(found(&reading, FindingCode::MappingNotSeen), None, "both groups were read");
    let (outcome, requests) = refusing_a_cursor(9).await;
    assert_eq!((outcome.unwrap_err().code(), requests), ("server-error", 4));
}
