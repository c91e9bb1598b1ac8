//! What the RFCs ask of a reader, each named after its section; what concerns a value alone is tested in `scim`.

use connect::{BaseUrl, BearerToken, Client, Connector, Journal, Kind, PageOfMembers, SinkError, Sources};
use roster::FindingCode;
use tokio_util::sync::CancellationToken;

use crate::people::{honest, list, page, person};
use crate::raw::{Reply, Server, TOKEN, http, json, quick};
use crate::virtual_time::{passing, patient};

fn ids(pages: &[PageOfMembers]) -> Vec<String> {
    pages.iter().flat_map(|page| page.members.iter().map(|member| member.id.to_owned())).collect()
}

#[tokio::test]
async fn rfc7644_3_4_2_4_results_that_change_while_paging_are_never_mixed() {
    // Somebody leaves and somebody joins between page 1 and 2; the totals are the same on every page.
    let server = Server::start(|request| {
        let moved = u64::from(request.nth > 0);
        let last = (request.start + request.count.min(100)).min(251);
        let people: Vec<_> = (request.start..last).map(|row| person(row + moved)).collect();
        json(&list(250, request.start, &people))
    })
    .await;
    let (_, pages) = server.read().await.unwrap();
    assert_eq!(ids(&pages), (2..=251).map(|number| format!("lucid-{number}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn rfc7644_3_4_2_4_indexes_count_from_one_and_fewer_may_come_than_asked() {
    for cap in [1, 2, 3, 7, 99, 500] {
        let server = Server::start(move |request| honest(request, 100, cap)).await;
        let (reading, pages) = server.read().await.unwrap();
        assert_eq!((reading.users, ids(&pages).len()), (100, 100), "{cap} at a time");
        let requests = server.requests();
        assert_eq!(requests[0].start, 1);
        assert!(requests.iter().all(|request| request.start > 0 && request.count > 1));
    }
}

#[tokio::test]
async fn rfc7644_3_4_2_the_envelope_may_lack_what_is_not_required() {
    let whole: Vec<_> = (1..=3).map(person).collect();
    let users = whole.join(",");
    for envelope in [
        format!(r#"{{"totalResults":3,"Resources":[{users}]}}"#),
        format!(r#"{{"Resources":[{users}],"totalResults":3}}"#),
    ] {
        let server = Server::start(move |request| match request.start {
            1 => json(&envelope),
            start => json(&list(3, start, &[person(3)])),
        })
        .await;
        assert_eq!(server.read().await.unwrap().0.users, 3);
    }
}

#[tokio::test]
async fn rfc7644_3_4_2_nobody_is_200_with_a_total_of_0() {
    for nobody in
        [r#"{"totalResults":0}"#, r#"{"totalResults":0,"Resources":[]}"#, r#"{"totalResults":0,"Resources":null}"#]
    {
        let server = Server::start(move |_| json(nobody)).await;
        assert_eq!(server.read().await.unwrap().0.users, 0);
    }
    let missing = Server::start(|_| json(r#"{"totalResults":5}"#)).await;
    assert_eq!(missing.read().await.unwrap_err().code(), "paging", "Resources is required where there are some");
}

/// A user with every attribute that is read; `attributes=` leaves out the title, and what `lost` names.
fn rich(number: u64, asked: &str, lost: &str) -> String {
    let title = if asked.contains("attributes=") { "" } else { r#""title":"Regional Lead of Everything","# };
    let user = format!(
        r#"{{{title}"id":"lucid-{number}","userName":"p{number}@acme.test","displayName":"P {number}","active":true,"canEdit":true,
        "name":{{"givenName":"Pat","familyName":"N{number}"}},"emails":[{{"value":"p{number}@acme.test"}}],"groups":[{{"display":"g"}}],
        "meta":{{"created":"2024-02-05T09:14:02Z","lastModified":"2025-11-20T16:40:10Z"}},
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{{"department":"D","costCenter":"C"}},
        "urn:ietf:params:scim:schemas:extension:lucid:2.0:User":{{"productLicenses":{{"Lucidchart":true}}}},
        "urn:ietf:params:scim:schemas:extension:lucid:1.0:User":{{"productLicenses":{{"Lucidchart":true}}}},
        "urn:ietf:params:scim:schemas:extension:lucidchart:1.0:User":{{"canEdit":true}},
        "urn:lucidchart:schemas:1.0:User":{{"canEdit":true}}}}"#
    );
    if asked.contains("attributes=") { user.replace(&format!("\"{lost}\""), "\"x\"") } else { user }
}

async fn rich_server(lost: &'static str) -> Server {
    Server::start(move |request| {
        let last = (request.start + request.count.min(50)).min(1_001);
        let people: Vec<_> = (request.start..last).map(|number| rich(number, &request.path, lost)).collect();
        json(&list(1_000, request.start, &people))
    })
    .await
}

fn trimmed(server: &Server) -> usize {
    server.requests().iter().filter(|request| request.path.contains("attributes=")).count()
}

#[tokio::test]
async fn rfc7644_3_9_only_what_is_needed_is_asked_for_once_that_is_proved_to_lose_nothing() {
    let server = rich_server("nothing").await;
    let (reading, pages) = server.read().await.unwrap();
    assert_eq!((reading.users, reading.findings.len()), (1_000, 0));
    assert!(pages.iter().all(|page| page.members.iter().all(|member| member.department == Some("D"))));
    let requests = server.requests();
    assert_eq!(trimmed(&server), requests.len() - 1, "all but the first");
    assert!(requests.iter().all(|request| !request.path.contains("excludedAttributes")), "never both");
}

#[tokio::test]
async fn rfc7644_3_9_a_server_that_would_leave_something_out_is_asked_for_everything() {
    for lost in ["emails", "active", "department", "canEdit", "groups", "created", "familyName", "productLicenses"] {
        let server = rich_server(lost).await;
        let (reading, pages) = server.read().await.unwrap();
        assert_eq!((reading.users, trimmed(&server)), (1_000, 1), "{lost}: tried once");
        assert!(pages.iter().all(|page| page.members.iter().all(|member| member.to_member().groups == ["g"])));
    }
}

#[tokio::test]
async fn rfc7644_3_9_a_server_that_refuses_later_on_is_asked_for_everything_again() {
    let server = Server::start(move |request| {
        if request.start > 300 && request.path.contains("attributes=") {
            return Reply::Bytes(http("414 URI Too Long", "", b""));
        }
        let last = (request.start + request.count.min(50)).min(1_001);
        let people: Vec<_> = (request.start..last).map(|number| rich(number, &request.path, "")).collect();
        json(&list(1_000, request.start, &people))
    })
    .await;
    assert_eq!(server.read().await.unwrap().0.users, 1_000);
}

#[tokio::test]
async fn rfc7644_3_9_attributes_that_were_never_seen_are_not_relied_on() {
    // Nobody on the first page has a department: whether asking for it works cannot be seen.
    let server = Server::start(|request| honest(request, 3_000, 100)).await;
    server.read().await.unwrap();
    assert_eq!(trimmed(&server), 0);
    let refuses = Server::start(|request| {
        if request.path.contains("attributes=") {
            return Reply::Bytes(http("400 Bad Request", "", b""));
        }
        let last = (request.start + request.count.min(50)).min(1_001);
        let people: Vec<_> = (request.start..last).map(|number| rich(number, "", "")).collect();
        json(&list(1_000, request.start, &people))
    })
    .await;
    assert_eq!((refuses.read().await.unwrap().0.users, trimmed(&refuses)), (1_000, 1), "a refusal costs one request");
}

#[tokio::test]
async fn rfc7644_3_8_scim_json_is_asked_for_and_any_json_is_taken() {
    for kind in ["application/scim+json", "application/json", "application/scim+json; charset=utf-8", "text/html"] {
        let server = Server::start(move |request| {
            let headers = format!("Content-Type: {kind}\r\n");
            Reply::Bytes(http("200 OK", &headers, page(request, 3, 100).as_bytes()))
        })
        .await;
        assert_eq!(server.read().await.unwrap().0.users, 3, "{kind}");
        assert!(server.requests()[0].head.to_ascii_lowercase().contains("accept: application/scim+json"));
    }
}

#[tokio::test]
async fn rfc7644_3_12_the_status_counts_whatever_the_body_says() {
    let bodies = [
        r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","detail":"a conflict"}"#,
        r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":409,"detail":"a conflict"}"#,
        r#"{"status":"200","message":"a conflict"}"#,
    ];
    for body in bodies {
        let server = Server::start(move |_| Reply::Bytes(http("409 Conflict", "", body.as_bytes()))).await;
        let error = server.read().await.unwrap_err();
        assert_eq!(error.to_string(), "The server answered with an error (409): a conflict.");
    }
    for body in ["", "<html>Conflict</html>", "null"] {
        let server = Server::start(move |_| Reply::Bytes(http("409 Conflict", "", body.as_bytes()))).await;
        assert_eq!(server.read().await.unwrap_err().to_string(), "The server answered with an error (409).");
    }
}

#[tokio::test]
async fn rfc7644_3_12_redirects_are_told_and_not_followed() {
    for code in ["307 Temporary Redirect", "308 Permanent Redirect"] {
        let server =
            Server::start(move |_| Reply::Bytes(http(code, "Location: https://b.example/Users\r\n", b""))).await;
        let error = server.read().await.unwrap_err();
        assert_eq!((error.code(), error.kind(), server.requests().len()), ("redirected", Kind::Address, 1));
    }
}

#[tokio::test]
async fn rfc7644_3_4_2_1_too_many_is_answered_with_a_smaller_page() {
    let server = Server::start(|request| match request.count {
        101.. => {
            let body = br#"{"status":"400","scimType":"tooMany","detail":"too many results"}"#;
            Reply::Bytes(http("400 Bad Request", "", body))
        }
        _ => honest(request, 250, 100),
    })
    .await;
    assert_eq!(server.read().await.unwrap().0.users, 250);
}

#[tokio::test]
async fn rfc7644_3_14_lists_are_asked_for_without_conditions() {
    // A tag says that the page is the same, and the page was not kept: the question would have no use for the answer.
    let server = Server::start(|request| {
        let body = page(request, 250, 100);
        Reply::Bytes(http("200 OK", "ETag: W/\"1\"\r\n", body.as_bytes()))
    })
    .await;
    server.read().await.unwrap();
    assert!(server.requests().iter().all(|request| !request.head.to_ascii_lowercase().contains("if-none-match")));
}

#[test]
fn rfc7644_7_1_and_7_2_addresses_hold_no_user_and_are_encrypted() {
    for refused in ["https://token@a.test/", "http://a.test/scim", "http://10.0.0.1/scim"] {
        assert!(BaseUrl::parse(refused).is_err(), "{refused}");
    }
}

#[tokio::test]
async fn rfc7644_7_4_the_token_is_in_the_header_and_nowhere_else() {
    let server = Server::start(|request| honest(request, 250, 100)).await;
    server.read().await.unwrap();
    for request in server.requests() {
        assert!(!request.path.contains(TOKEN));
        assert_eq!(request.head.matches(TOKEN).count(), 1);
        assert!(request.head.to_ascii_lowercase().contains(&format!("authorization: bearer {TOKEN}")));
    }
}

#[tokio::test]
async fn rfc7644_7_5_2_no_person_is_part_of_an_address() {
    let server = Server::start(|request| honest(request, 250, 100)).await;
    server.read().await.unwrap();
    assert!(server.requests().iter().all(|request| !request.path.contains("filter") && !request.path.contains('@')));
}

#[tokio::test]
async fn rfc7643_3_1_ids_are_compared_as_they_are() {
    let user = |id: &str| format!(r#"{{"id":"{id}","userName":"same@acme.test"}}"#);
    let people = [user("a"), user("A"), user("ä"), user("a\\u0308")];
    let server = Server::start(move |request| match request.start {
        1 => json(&list(4, 1, &people)),
        _ => json(&list(4, 4, &people[3..])),
    })
    .await;
    assert_eq!(server.read().await.unwrap().0.users, 4);
}

#[tokio::test]
async fn rfc6585_4_and_rfc9110_10_2_3_a_pause_is_kept_in_either_form() {
    let date = "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\nRetry-After: Mon, 23 Nov 2026 10:05:00 GMT\r\n";
    let passed = "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\nRetry-After: Mon, 23 Nov 2026 09:55:00 GMT\r\n";
    let cases = [
        ("Retry-After: 300\r\n", 300..400),
        (date, 300..400),
        (passed, 0..100),
        ("Retry-After: -5\r\n", 2..100),
        ("Retry-After: soon\r\n", 2..100),
    ];
    for (header, seconds) in cases {
        let server = Server::start(move |request| match request.nth {
            0 => Reply::Bytes(http("429 Too Many Requests", header, b"")),
            _ => honest(request, 3, 100),
        })
        .await;
        let (read, took) = passing(&server, server.read_with(patient())).await;
        assert_eq!(read.unwrap().0.users, 3, "{header}");
        assert!(seconds.contains(&took.as_secs()), "{header}: {took:?}");
    }
}

#[tokio::test]
async fn rfc6750_3_a_rejected_token_is_told_whatever_the_challenge() {
    for challenge in ["WWW-Authenticate: Bearer error=\"invalid_token\"\r\n", "WWW-Authenticate: Basic\r\n", ""] {
        let server = Server::start(move |_| Reply::Bytes(http("401 Unauthorized", challenge, b"<html>"))).await;
        assert_eq!(server.read().await.unwrap_err().code(), "token-rejected");
    }
}

#[tokio::test]
async fn rfc9865_4_a_description_without_limits_is_no_promise() {
    let server = Server::described(|request| match request.path.as_str() {
        "/scim/v2/ServiceProviderConfig" => json(r#"{"patch":{"supported":true},"pagination":{"index":true}}"#),
        _ => honest(request, 250, 40),
    })
    .await;
    let client: Client = {
        let token = BearerToken::from_pasted(TOKEN).unwrap();
        Client::new(&BaseUrl::parse(&server.base()).unwrap(), &token, quick()).unwrap()
    };
    client.probe(&Sources::of(Connector::Lucid), &mut |_| {}).await.unwrap();
    let mut users = 0;
    let mut sink = |page: PageOfMembers| -> Result<(), SinkError> {
        users = page.users;
        Ok(())
    };
    client
        .read_roster(&Sources::of(Connector::Lucid), &mut sink, &Journal::new(), &CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(users, 250);
    let asked: Vec<_> = server.requests().iter().filter(|asked| asked.count > 1).map(|asked| asked.count).collect();
    assert_eq!(asked[0], u64::from(quick().page_size), "no limit is told: ours holds");
    assert!(asked.iter().skip(1).all(|count| *count <= 40), "then what came: {asked:?}");
    let promised = Server::described(|request| match request.path.as_str() {
        "/scim/v2/ServiceProviderConfig" => json(r#"{"patch":{"supported":true},"filter":{"maxResults":57}}"#),
        _ => honest(request, 57, 57),
    })
    .await;
    let (reading, _) = promised.read().await.unwrap();
    assert_eq!(reading.users, 57);
    let starts: Vec<_> = promised.requests().iter().skip(1).map(|asked| (asked.start, asked.count)).collect();
    assert_eq!(starts, [(1, 57), (57, 56)], "looked behind, whatever is described");
}

#[tokio::test]
async fn rfc7643_2_4_the_primary_address_counts_and_only_one() {
    let emails = |list: &str| format!(r#"{{"id":"1","userName":"u","emails":[{list}]}}"#);
    let cases = [
        (r#"{"value":"a@x.test"},{"value":"b@x.test","primary":true}"#, "b@x.test"),
        (r#"{"value":"a@x.test","primary":true},{"value":"b@x.test","primary":true}"#, "a@x.test"),
        (r#"{"value":"a@x.test","primary":true},{"value":"A@x.test","primary":true}"#, "a@x.test"),
        (r#"{"value":"a@x.test","type":"home"},{"value":"b@x.test","type":"work","primary":false}"#, "b@x.test"),
        (r#"{"value":"","primary":true},{"value":"b@x.test"}"#, "b@x.test"),
    ];
    for (told, expected) in cases {
        let user = emails(told);
        let server = Server::start(move |_| json(&list(1, 1, std::slice::from_ref(&user)))).await;
        let (reading, pages) = server.read().await.unwrap();
        let emails: Vec<_> = pages.iter().flat_map(|page| page.members.iter()).map(|member| member.email).collect();
        assert_eq!(emails, [Some(expected)], "{told}");
        let several = reading.findings.iter().any(|found| found.code == FindingCode::SeveralPrimaryEmails);
        assert_eq!(several, told.matches("true").count() > 1 && told.contains("b@"), "{told}");
    }
}

#[tokio::test]
async fn rfc7643_4_1_1_user_names_are_kept_as_sent() {
    let user = |id: u64, name: &str| format!(r#"{{"id":"{id}","userName":"{name}"}}"#);
    let people = [user(1, "Ada@Acme.Test"), user(2, "ada@acme.test")];
    let server = Server::start(move |request| match request.start {
        1 => json(&list(2, 1, &people)),
        _ => json(&list(2, 2, &people[1..])),
    })
    .await;
    let (_, pages) = server.read().await.unwrap();
    let names: Vec<_> = pages.iter().flat_map(|page| page.members.iter()).map(|member| member.user_name).collect();
    assert_eq!(names, ["Ada@Acme.Test", "ada@acme.test"]);
}

#[tokio::test]
async fn rfc9865_2_1_a_total_may_be_missing_where_cursors_lead() {
    let server = Server::start(|request| {
        if request.path.contains("cursor=x") {
            json(&format!(r#"{{"Resources":[{}]}}"#, person(2)))
        } else {
            json(&format!(r#"{{"nextCursor":"x","Resources":[{}]}}"#, person(1)))
        }
    })
    .await;
    assert_eq!(server.read().await.unwrap().0.users, 2);
}

#[tokio::test]
async fn rfc6750_2_the_token_is_no_parameter_and_no_form() {
    let server = Server::start(|request| honest(request, 3, 100)).await;
    server.read().await.unwrap();
    for request in server.requests() {
        let head = request.head.to_ascii_lowercase();
        assert!(head.starts_with("get ") && !head.contains("access_token") && !head.contains("content-length"));
    }
}
