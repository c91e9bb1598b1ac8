//! The REST API, the teams of the other token, and the shapes of apps that are not Lucid's.

use lucid_sim::{Config, LicenseMode, TokenKind};
use serde_json::Value;

use crate::reader::{Answer, Reader};

async fn rest(reader: &Reader, path: &str, key: &str) -> Answer {
    let url =
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", reader.server.rest_base_url()) };
    let request = reader.client.get(url).bearer_auth(key).header("Lucid-Api-Version", "1");
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: response.bytes().await.expect("a body").to_vec() }
}

async fn walk(reader: &Reader, path: &str) -> Vec<Value> {
    let (mut next, mut all) = (Some(path.to_owned()), Vec::new());
    while let Some(path) = next {
        let page = rest(reader, &path, reader.server.rest_key()).await;
        assert_eq!(page.status, 200);
        all.extend(page.json().as_array().expect("a bare array").clone());
        next = page.header("link").map(|link| {
            let (url, relation) = link.split_once(">; ").expect("a link");
            assert_eq!(relation, "rel=\"next\"");
            url.trim_start_matches('<').to_owned()
        });
    }
    all
}

#[tokio::test]
async fn the_api_wants_its_own_key_and_version() {
    let reader = Reader::plain();
    assert_eq!(rest(&reader, "/v1/users", reader.server.token()).await.status, 401);
    assert_eq!(reader.send("/Users", Some(reader.server.rest_key())).await.expect("an answer").status(), 401);
    let wrong = reader.client.get(format!("{}/v1/users", reader.server.rest_base_url()));
    let wrong = wrong.bearer_auth(reader.server.rest_key()).header("Lucid-Api-Version", "9").send().await;
    assert_eq!(wrong.expect("an answer").status(), 400);
    let unknown = rest(&reader, "/v1/nothing", reader.server.rest_key()).await;
    assert!(unknown.status >= 400);
}

#[tokio::test]
async fn users_include_the_deactivated_ones_that_scim_leaves_out() {
    let day = "2026-06-01".parse().expect("a day");
    let reader = Reader::of(Config { day: Some(day), grow_to: Some(300), rest_page: 60, ..Config::of(250, 3) });
    let users = walk(&reader, "/v1/users").await;
    let disabled: Vec<_> = users.iter().filter(|user| user["enabled"] == false).collect();
    let gone = reader.server.deactivated();
    assert!(!gone.is_empty());
    assert_eq!(disabled.len(), gone.len());
    assert_eq!(users.len(), gone.len() + reader.true_ids().len());
    assert_eq!(disabled[0]["email"], gone[0].email);
}

#[tokio::test]
async fn licenses_are_listed_by_subscription_and_by_user() {
    let reader = Reader::of(Config { rest_page: 50, ..Config::of(250, 3) });
    let subscriptions = walk(&reader, "/v1/subscriptions").await;
    let suite = subscriptions[0]["id"].as_str().expect("an id");
    let licenses = walk(&reader, &format!("/v1/subscriptions/{suite}/licenses?pageSize=40")).await;
    let editors: Vec<_> = reader.server.truth().into_iter().filter(|user| user.license.can_edit()).collect();
    assert_eq!(licenses.len(), editors.len());
    assert_eq!(subscriptions[0]["licensesUsed"], editors.len());
    let number = editors[0].id.trim_start_matches("lucid-");
    let held = walk(&reader, &format!("/v1/users/{number}/licenses")).await;
    assert_eq!(held[0]["subscriptionId"], suite);
    let one = rest(&reader, &format!("/v1/subscriptions/{suite}"), reader.server.rest_key()).await;
    assert_eq!(one.json()["licensesUsed"], editors.len());
}

#[tokio::test]
async fn what_is_switched_off_or_unknown_is_forbidden() {
    let reader = Reader::of(Config { rest_licenses: false, rest_users: false, ..Config::default() });
    for path in [
        "/v1/users",
        "/v1/subscriptions",
        "/v1/subscriptions/x",
        "/v1/subscriptions/x/licenses",
        "/v1/users/1/licenses",
    ] {
        let answer = rest(&reader, path, reader.server.rest_key()).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (403, Some("accessForbidden")), "{path}");
    }
}

#[tokio::test]
async fn the_other_token_lists_teams() {
    let reader = Reader::of(Config { token_kind: TokenKind::Content, ..Config::default() });
    let teams = reader.get("/Groups").await.resources();
    assert_eq!(teams.len(), 3);
    assert!(teams.iter().all(|team| !team.to_string().contains("/Groups/lucid-group-9")), "no subgroups");
    let user = reader
        .page(1, 100)
        .await
        .resources()
        .into_iter()
        .find(|user| user["groups"].as_array().map(Vec::len) == Some(2));
    assert!(user.is_some(), "somebody is in two teams");
}

#[tokio::test]
async fn a_cycle_puts_a_group_inside_its_own_subgroup() {
    let reader = Reader::of(Config { group_cycle: true, ..Config::default() });
    let inner = reader.get("/Groups/lucid-group-91").await.json().to_string();
    let outer = reader.get("/Groups/lucid-group-77").await.json().to_string();
    assert!(inner.contains("/Groups/lucid-group-77\"") && outer.contains("/Groups/lucid-group-91\""));
}

#[tokio::test]
async fn some_people_are_shown_with_the_opposite_license() {
    let reader = Reader::of(Config { contradicted: 5, ..Config::default() });
    let truth = reader.server.truth();
    let shown = reader.page(1, 100).await.resources();
    let wrong = shown.iter().zip(&truth).filter(|(user, truth)| user["canEdit"] != truth.license.can_edit()).count();
    assert_eq!(wrong, 5);
}

#[tokio::test]
async fn other_apps_tell_licenses_in_their_own_places() {
    for (mode, pointer) in [
        (LicenseMode::UserType, "/userType"),
        (LicenseMode::Entitlements, "/entitlements/1/value"),
        (LicenseMode::Roles, "/roles/0/value"),
        (LicenseMode::Extension, "/urn:example:params:scim:schemas:extension:acme:2.0:User/plan"),
    ] {
        let reader = Reader::of(Config { license_mode: mode, ..Config::default() });
        let user = reader.page(1, 1).await.resources().remove(0);
        let expected = if reader.server.truth()[0].license.can_edit() { "Full" } else { "Viewer" };
        assert_eq!(user.pointer(pointer).and_then(Value::as_str), Some(expected), "{mode:?}");
        assert!(!user.to_string().contains("lucid:2.0"));
    }
}
