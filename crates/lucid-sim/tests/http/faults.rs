//! Every fault shows on the wire as its name says.

use std::collections::HashSet;

use lucid_sim::Fault;
use serde_json::{Value, json};

use crate::reader::{LUCID_2, Reader};

#[tokio::test]
async fn some_refusals_come_once_per_page() {
    let cases: [(&str, u16, Option<&str>, &str); 6] = [
        ("r429:7", 429, Some("7"), "application/json"),
        ("r429_date", 429, Some("Wed, 01 Jan 2025 00:00:01 GMT"), "application/json"),
        ("r429_none", 429, None, "application/json"),
        ("dbx500", 500, None, "application/json"),
        ("r500", 500, None, "application/json"),
        ("r503html", 503, None, "text/html; charset=utf-8"),
    ];
    for (fault, status, retry_after, kind) in cases {
        let reader = Reader::with(fault);
        for start in [1, 101, 201] {
            let refused = reader.page(start, 100).await;
            assert_eq!((refused.status, refused.header("retry-after")), (status, retry_after), "{fault}");
            assert_eq!(refused.header("content-type"), Some(kind), "{fault}");
            let page = reader.page(start, 100).await;
            assert_eq!(page.status, 200, "{fault}: the second time it is there");
        }
    }
}

#[tokio::test]
async fn some_answers_come_every_time() {
    for (fault, status, body) in [
        ("v403", 403, "\"status\":\"403\""),
        ("html200", 200, "<!DOCTYPE html>"),
        ("err200", 200, "urn:ietf:params:scim:api:messages:2.0:Error"),
        ("r429_always:9", 429, "\"status\":\"429\""),
    ] {
        let reader = Reader::with(fault);
        for _ in 0..2 {
            let answer = reader.page(1, 100).await;
            assert_eq!(answer.status, status, "{fault}");
            assert!(String::from_utf8_lossy(&answer.body).contains(body), "{fault}");
        }
    }
}

#[tokio::test]
async fn some_refusals_begin_at_a_page() {
    for (fault, status) in [("v401:3", 401), ("down:3", 503)] {
        let reader = Reader::with(fault);
        let statuses = [reader.page(1, 100).await.status, reader.page(101, 100).await.status];
        assert_eq!(statuses, [200, 200], "{fault}");
        for start in [200, 201] {
            assert_eq!(reader.page(start, 100).await.status, status, "{fault}: page 3, overlapping by one or not");
        }
    }
}

#[tokio::test]
async fn a_connection_is_closed_without_an_answer_once_per_page() {
    let reader = Reader::with("reset");
    for start in [1, 101] {
        assert!(reader.try_get(&format!("/Users?startIndex={start}&count=100")).await.is_err());
        assert_eq!(reader.page(start, 100).await.ids().len(), 100);
    }
}

#[tokio::test]
async fn a_connection_is_reset_in_the_middle_of_a_page_once() {
    let reader = Reader::with("cut:2");
    assert_eq!(reader.page(1, 100).await.ids().len(), 100);
    assert!(reader.try_get("/Users?startIndex=101&count=100").await.is_err());
    assert_eq!(reader.page(101, 100).await.ids().len(), 100);
}

#[tokio::test]
async fn a_page_can_be_cut_json() {
    let reader = Reader::with("truncjson:2");
    assert_eq!(reader.page(1, 100).await.ids().len(), 100);
    let cut = reader.page(101, 100).await;
    assert_eq!(cut.status, 200);
    assert!(serde_json::from_slice::<Value>(&cut.body).is_err());
}

#[tokio::test]
async fn a_page_can_be_very_large() {
    let page = Reader::with("flood:2").page(1, 100).await;
    assert!(page.body.len() > 2 << 20);
    assert!(page.ids().is_empty());
}

#[tokio::test]
async fn a_redirect_leads_to_strangers() {
    for (fault, host) in [("redir", "http://127.0.0.1:"), ("redir_host", "http://localhost:")] {
        let reader = Reader::with(fault);
        let redirect = reader.page(1, 100).await;
        let target = redirect.header("location").expect("a target").to_owned();
        assert_eq!(redirect.status, 307);
        assert!(target.starts_with(host) && target.ends_with("/scim/v2/Users?startIndex=1&count=100"), "{target}");
        assert!(!target.starts_with(reader.server.base_url()), "another origin");
        assert_eq!(reader.server.stranger_saw(), (0, 0));
        let strangers = reader.client.get(&target).send().await.expect("an answer").bytes().await.expect("a body");
        let strangers: Value = serde_json::from_slice(&strangers).expect("JSON");
        assert_eq!(strangers["totalResults"], 250);
        assert_ne!(strangers["Resources"][0]["userName"], reader.server.truth()[0].user_name);
        reader.client.get(&target).bearer_auth("leaked").send().await.expect("an answer");
        assert_eq!(reader.server.stranger_saw(), (2, 1), "a token that was brought along is noticed");
    }
}

#[tokio::test]
async fn envelopes_lie() {
    let cases: [(&str, [Value; 3]); 6] = [
        ("ipp_count", [json!(250), json!(201), json!(500)]),
        ("total_is_page", [json!(50), json!(201), json!(50)]),
        ("no_total", [Value::Null, json!(201), json!(50)]),
        ("str_total", [json!("250"), json!("201"), json!("50")]),
        ("bare", [json!(250), Value::Null, Value::Null]),
        ("late_total", [json!(250), json!(201), json!(50)]),
    ];
    for (fault, expected) in cases {
        let page = Reader::with(fault).page(201, 500).await;
        let json = page.json();
        let claims = ["totalResults", "startIndex", "itemsPerPage"].map(|name| json[name].clone());
        assert_eq!(claims, expected, "{fault}");
        assert_eq!(page.ids().len(), 50, "{fault}");
        let text = String::from_utf8_lossy(&page.body).into_owned();
        let late = text.find("\"Resources\"") < text.find("\"totalResults\"");
        assert_eq!(late, matches!(fault, "late_total"), "{fault}: order of Resources and totalResults");
    }
}

#[tokio::test]
async fn pages_are_not_what_was_asked_for() {
    for (fault, first, second) in [
        ("short_pages", 0..70, 100..170),
        ("count_more", 0..110, 100..210),
        ("ignore_start", 0..20, 0..20),
        ("zero_based", 1..101, 101..201),
        ("overlap", 0..100, 99..199),
        ("empty_page:2", 0..100, 0..0),
    ] {
        let reader = Reader::with(fault);
        let truth = reader.true_ids();
        assert_eq!(reader.page(1, 100).await.ids(), truth[first], "{fault}, first page");
        assert_eq!(reader.page(101, 100).await.ids(), truth[second], "{fault}, second page");
    }
}

#[tokio::test]
async fn a_user_can_be_listed_twice_or_never() {
    let page = Reader::with("dup").page(1, 100).await.ids();
    assert_eq!((page.len(), page.iter().collect::<HashSet<_>>().len()), (101, 100));

    let reader = Reader::with("short_mid:10");
    let mut seen = HashSet::new();
    for start in [1, 101, 201] {
        let page = reader.page(start, 100).await;
        assert_eq!(page.json()["totalResults"], 250);
        seen.extend(page.ids());
    }
    assert_eq!(seen.len(), 240);
    assert_eq!(reader.server.truth().len(), 250);
}

#[tokio::test]
async fn a_cursor_can_be_the_only_way() {
    let reader = Reader::with("cursor_only");
    let first = reader.page(101, 100).await;
    assert_eq!(first.ids(), reader.true_ids()[..100], "startIndex is ignored");
    let (mut ids, mut next) = (first.ids(), first.json()["nextCursor"].as_str().map(str::to_owned));
    while let Some(cursor) = next {
        let page = reader.get(&format!("/Users?count=100&cursor={cursor}")).await;
        ids.extend(page.ids());
        next = page.json()["nextCursor"].as_str().map(str::to_owned);
    }
    assert_eq!(ids, reader.true_ids());
}

#[tokio::test]
async fn the_roster_moves_while_it_is_paged() {
    for (fault, total, unique) in [("grow", 251, 250), ("shrink", 249, 249), ("swap", 250, 250)] {
        let reader = Reader::with(fault);
        let before = reader.true_ids();
        let mut seen: HashSet<String> = HashSet::new();
        seen.extend(reader.page(1, 100).await.ids());
        for start in [101, 201] {
            let page = reader.page(start, 100).await;
            assert_eq!(page.json()["totalResults"], total, "{fault}");
            seen.extend(page.ids());
        }
        let truth: HashSet<String> = reader.true_ids().into_iter().collect();
        assert_ne!(before, reader.true_ids(), "{fault}: the truth moved");
        assert_eq!(seen.len(), unique, "{fault}");
        assert_ne!(seen, truth, "{fault}: a single walk gets it wrong");
        assert_eq!(reader.walk().await, reader.true_ids(), "{fault}: a second walk gets it right");
        let newcomer = reader.get(&format!("/Users/{}", reader.true_ids()[0])).await;
        assert_eq!(newcomer.status, 200);
    }
}

#[tokio::test]
async fn the_roster_can_go_on_moving() {
    let reader = Reader::with("grow:3");
    for grown in [250, 251, 252, 253, 253] {
        assert_eq!(reader.page(1, 100).await.json()["totalResults"], grown);
    }
}

#[tokio::test]
async fn names_and_values_come_in_odd_forms() {
    let page = Reader::with("casing").page(1, 2).await.json();
    assert!(page.get("Resources").is_none());
    assert_eq!(page["reSoUrCeS"].as_array().map(Vec::len), Some(2));

    let user = Reader::with("strbool").page(1, 2).await.resources().remove(0);
    assert_eq!(user["active"], "True");

    let page = Reader::with("bom").page(1, 2).await;
    assert_eq!(page.body[..3], [0xEF, 0xBB, 0xBF]);
    assert!(serde_json::from_slice::<Value>(&page.body[3..]).is_ok());
}

/// Whether a user lacks what the fault takes away.
type Lacks = fn(&Value) -> bool;

#[tokio::test]
async fn every_nth_user_lacks_something() {
    let lacks: [(&str, Lacks); 6] = [
        ("no_email:5", |user| user.get("emails").is_none() && !user.to_string().contains('@')),
        ("no_name:5", |user| user.get("name").is_none()),
        ("no_meta:5", |user| user.get("meta").is_none()),
        ("nulls:5", |user| user.get("locale").is_some_and(Value::is_null)),
        ("unknown_license:5", |user| {
            user.get("canEdit").is_none() && user[LUCID_2]["productLicenses"]["Suite"].is_object()
        }),
        ("disagree:5", |user| user["canEdit"] != user[LUCID_2]["productLicenses"]["Lucidchart"]),
    ];
    for (fault, lacks) in lacks {
        let reader = Reader::with(fault);
        let page = reader.page(1, 100).await.resources();
        assert_eq!(page.iter().filter(|user| lacks(user)).count(), 20, "{fault}");
        let single = reader.get(&format!("/Users/{}", reader.true_ids()[4])).await.json();
        assert!(lacks(&single), "{fault}: read alone it lacks the same");
    }
}

#[tokio::test]
async fn a_fault_can_come_and_go_while_the_server_runs() {
    let reader = Reader::plain();
    assert_eq!(reader.page(1, 100).await.status, 200);
    reader.server.set_fault(Fault::Forbidden);
    assert_eq!(reader.page(1, 100).await.status, 403);
    reader.server.set_fault(None);
    assert_eq!(reader.page(1, 100).await.status, 200);
}

#[tokio::test]
async fn latency_changes_nothing_but_the_time() {
    let reader = Reader::with("latency:5");
    assert_eq!(reader.walk().await, reader.true_ids());
}
