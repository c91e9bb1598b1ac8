//! Only what is needed is asked for: for every generation of Lucid's accounts, and without losing what page 1 lacks.

use connect::{BaseUrl, BearerToken, Client, Connector, Journal, LicensePath, PageOfMembers, SinkError, Sources};
use lucid_sim::{Config, LicenseMode, Server as Sim};
use roster::Member;
use tokio_util::sync::CancellationToken;

use crate::people::list;
use crate::raw::{Reply, Request, Server, http, json, quick};

async fn read(client: &Client, sources: &Sources) -> (u64, Vec<Member>) {
    let mut members = Vec::new();
    let mut sink = |page: PageOfMembers| -> Result<(), SinkError> {
        if page.restart {
            members.clear();
        }
        members.extend(page.members.to_members());
        Ok(())
    };
    let reading = client.read_roster(sources, &mut sink, &Journal::new(), &CancellationToken::new()).await.unwrap();
    (reading.bytes, members)
}

/// Who is listed, with the bytes that it took, and the queries.
async fn account(license_mode: LicenseMode, users: u32, sources: &Sources) -> (u64, Vec<Member>, Vec<String>) {
    let sim = Sim::start(Config { license_mode, ..Config::of(users, 7) }).unwrap();
    let token = BearerToken::from_pasted(sim.token()).unwrap();
    let client = Client::new(&BaseUrl::parse(sim.base_url()).unwrap(), &token, quick()).unwrap();
    let (bytes, members) = read(&client, sources).await;
    let truth = sim.truth();
    assert_eq!(members.len(), truth.len());
    for (member, user) in members.iter().zip(&truth) {
        assert_eq!((&member.id, member.department.as_deref()), (&user.id, Some(user.department)));
        assert_eq!(member.cost_center.as_deref(), Some(user.cost_center));
        assert_eq!(member.groups, user.groups);
        if matches!(license_mode, LicenseMode::None) {
            assert_eq!(member.license.key(), None);
        }
    }
    let queries = sim.request_log().into_iter().filter(|line| line.path.ends_with("/Users")).map(|line| line.query);
    (bytes, members, queries.collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_generation_of_licenses_is_asked_for_no_more_than_is_needed() {
    for mode in [LicenseMode::AllUrns, LicenseMode::ProductLicenses, LicenseMode::CanEdit, LicenseMode::None] {
        let (bytes, members, queries) = account(mode, 1_500, &Sources::of(Connector::Lucid)).await;
        let less = queries.iter().filter(|query| query.to_ascii_lowercase().contains("attributes=")).count();
        assert!(queries.len() - less <= 1, "{mode:?}: all but the first of {queries:?}");
        let (whole, ..) = account(mode, 900, &Sources::of(Connector::Lucid)).await;
        let (now, before) = (bytes / members.len() as u64, whole / 900);
        assert!(now * 100 < before * 97, "{mode:?}: {now} bytes a user instead of {before}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_attribute_that_tells_the_license_is_never_left_out() {
    for (mode, path) in [
        (LicenseMode::UserType, "urn:ietf:params:scim:schemas:core:2.0:User:userType"),
        (LicenseMode::UserType, "userType"),
        (LicenseMode::Entitlements, "entitlements[type eq \"license\"].value"),
        (LicenseMode::Extension, "urn:example:params:scim:schemas:extension:acme:2.0:User:plan"),
    ] {
        let license_from = Some(LicensePath::parse(path).unwrap());
        let sources = Sources { license_from, ..Sources::of(Connector::Scim) };
        let (_, members, queries) = account(mode, 1_500, &sources).await;
        assert!(members.iter().all(|member| member.license.key().is_some()), "{path}");
        assert!(queries.iter().filter(|query| query.contains("ttributes=")).count() > 10, "{path}: {queries:?}");
    }
}

/// From user 900 on there is a cost center; the title is in everybody's way.
fn late(number: u64, request: &Request) -> String {
    let title = if request.path.contains("excludedAttributes=title") { "" } else { r#","title":"Lead of it all""# };
    let cost = if number < 900 { "" } else { r#","costCenter":"CC9""# };
    format!(
        r#"{{"id":"{number}","userName":"p{number}@acme.test","canEdit":true{title},
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{{"department":"D"{cost}}}}}"#
    )
}

#[tokio::test]
async fn what_nobody_on_the_first_page_has_is_not_lost_on_a_later_one() {
    let server = Server::start(|request| {
        let last = (request.start + request.count.min(50)).min(1_001);
        let people: Vec<_> = (request.start..last).map(|number| late(number, request)).collect();
        json(&list(1_000, request.start, &people))
    })
    .await;
    let (_, members) = read(&server.client(), &Sources::of(Connector::Lucid)).await;
    let with_cost = members.iter().filter(|member| member.cost_center.as_deref() == Some("CC9")).count();
    assert_eq!((members.len(), with_cost), (1_000, 101));
    let left_out: Vec<_> =
        server.requests().into_iter().filter(|request| request.path.contains("excludedAttributes=title")).collect();
    assert!(left_out.len() > 15);
    assert!(left_out.iter().all(|request| !request.path.contains("&attributes=")), "never both");
}

const ACME: &str = "urn:example:acme:2.0:User";

/// Everything that a member is made of, and a title that is in the way.
fn complete(number: u64, request: &Request) -> serde_json::Value {
    let title = (!request.path.contains("ttributes=")).then(|| "Lead of it all".repeat(9));
    serde_json::json!({
        "id": number.to_string(), "userName": format!("p{number}@acme.test"), "displayName": "P", "active": !number.is_multiple_of(7),
        "name": {"givenName": "P", "familyName": "N"}, "emails": [{"value": format!("mail{number}@acme.test")}],
        "groups": [{"value": "g"}], "meta": {"created": "2024-02-05T09:14:02Z", "lastModified": "2025-11-20T16:40:10Z"},
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "D", "costCenter": "C"},
        "userType": if number.is_multiple_of(3) { "full" } else { "lite" }, "title": title,
    })
}

fn by_path(path: &str) -> Sources {
    Sources { license_from: Some(LicensePath::parse(path).unwrap()), ..Sources::of(Connector::Scim) }
}

/// A server of 1,000 users of these, 50 at a time; and how often it was asked for less.
async fn of_thousand(
    user: impl Fn(u64, &Request) -> serde_json::Value + Send + Sync + 'static,
    sources: &Sources,
) -> (Vec<Member>, usize) {
    let server = Server::start(move |request| {
        let last = (request.start + request.count.min(50)).min(1_001);
        let people: Vec<_> = (request.start..last).map(|number| user(number, request).to_string()).collect();
        json(&list(1_000, request.start, &people))
    })
    .await;
    let (_, members) = read(&server.client(), sources).await;
    let less = server.requests().iter().filter(|request| request.path.contains("ttributes=")).count();
    (members, less)
}

#[tokio::test]
async fn an_attribute_that_later_pages_leave_out_is_missed_and_asked_for_again() {
    for (gone, from) in [("active", 2), ("userType", 2), ("userType", 500), ("userName", 500), ("groups", 2)] {
        let user = move |number: u64, request: &Request| {
            let mut user = complete(number, request);
            if request.path.contains("ttributes=") && request.start >= from {
                user.as_object_mut().unwrap().remove(gone);
            }
            user
        };
        let (members, less) = of_thousand(user, &by_path("userType")).await;
        assert_eq!(members.len(), 1_000);
        for (member, number) in members.iter().zip(1_u64..) {
            let license = member.license.key().map(ToString::to_string);
            assert_eq!(
                (member.id.clone(), member.active),
                (number.to_string(), !number.is_multiple_of(7)),
                "{gone} from {from}"
            );
            assert_eq!(
                license.as_deref(),
                Some(if number.is_multiple_of(3) { "full" } else { "lite" }),
                "{gone} from {from}"
            );
            assert_eq!((member.user_name.as_str(), member.groups.len()), (format!("p{number}@acme.test").as_str(), 1));
        }
        assert!(less < 16, "{gone} from {from}: {less} times, those on their way included");
    }
}

#[tokio::test]
async fn an_attribute_that_some_leave_out_where_it_is_false_is_not_lost() {
    let user = |number: u64, request: &Request| {
        let mut user = complete(number, request);
        user["active"] = serde_json::Value::Bool(number != 400);
        if request.path.contains("ttributes=") && number == 400 {
            user.as_object_mut().unwrap().remove("active");
        }
        user
    };
    let (members, _) = of_thousand(user, &by_path("userType")).await;
    assert_eq!(members.iter().filter(|member| !member.active).count(), 1);
}

#[tokio::test]
async fn what_later_users_do_not_have_ends_nothing() {
    let user = |number: u64, request: &Request| {
        let mut user = complete(number, request);
        if number > 300 {
            user.as_object_mut().unwrap().remove("groups");
        }
        if number.is_multiple_of(90) {
            user.as_object_mut().unwrap().remove("userType");
        }
        user
    };
    let (members, less) = of_thousand(user, &by_path("userType")).await;
    assert_eq!(members.iter().filter(|member| member.license.key().is_none()).count(), 11);
    assert!(less >= 19, "{less}");
}

#[tokio::test]
async fn nothing_is_left_out_where_nobody_shows_what_decides() {
    // For one attribute of an extension this server leaves out all of it.
    let user = |number: u64, request: &Request| {
        let plan = (number > 60).then_some("gold");
        let mut user = serde_json::json!({
            "id": number.to_string(), "userName": format!("p{number}@acme.test"), "title": "T".repeat(50),
            ACME: {"seat": "S".repeat(300), "plan": plan},
        });
        let left_out = request.path.split("excludedAttributes=").nth(1).unwrap_or_default().to_owned();
        if left_out.contains("acme") {
            user.as_object_mut().unwrap().remove(ACME);
        }
        user
    };
    let (members, _) = of_thousand(user, &by_path(&format!("{ACME}:plan"))).await;
    assert_eq!(members.iter().filter(|member| member.license.key().is_some()).count(), 940);
}

#[tokio::test]
async fn a_server_that_refuses_to_leave_anything_out_is_asked_for_everything() {
    for refused in ["400 Bad Request", "200 OK"] {
        let server = Server::start(move |request| {
            if request.path.contains("excludedAttributes") && refused != "200 OK" {
                return Reply::Bytes(http(refused, "", b""));
            }
            let last = (request.start + request.count.min(50)).min(1_001);
            // Leaves out the department as well, which was not asked for.
            let people: Vec<_> = (request.start..last)
                .map(|number| late(number, request))
                .map(|user| if request.path.contains("excluded") { user.replace("department", "x") } else { user })
                .collect();
            json(&list(1_000, request.start, &people))
        })
        .await;
        let (_, members) = read(&server.client(), &Sources::of(Connector::Lucid)).await;
        assert!(members.iter().all(|member| member.department.as_deref() == Some("D")), "{refused}");
        let tried = server.requests().iter().filter(|request| request.path.contains("excludedAttributes")).count();
        assert_eq!((members.len(), tried), (1_000, 1), "{refused}: tried once");
    }
}
