//! Groups and the REST interface as sources of Lucid's license types.

use std::time::{Duration, Instant};

use lucid_sim::{Config, Fault, LicenseMode, Server, TokenKind};
use serde_json::{Value, json};

use crate::desk::{APP, Desk, Refusal, Told};
use crate::folder::{contains, contents};

const LICENSED: &str = "lucid-group-77";
const SUBSCRIPTION: &str = "0b6a8d0e-3f0c-4a58-9f2e-0d7d2f7d1a11";

/// An account on organizational groups: users tell no license.
fn grouped(more: Config) -> Server {
    Server::start(Config { license_mode: LicenseMode::None, ..more }).unwrap()
}

fn add_key(desk: &Desk, server: &Server, key: &str) -> Told {
    let base_url = server.rest_base_url();
    desk.run_with(&["rest", "connect", APP, "--base-url", base_url, "--key-stdin", "--json"], key)
}

fn row<'a>(rows: &'a Value, seen: &str) -> &'a Value {
    rows.as_array().unwrap().iter().find(|row| row["seen"] == seen).unwrap_or_else(|| panic!("{seen} in {rows}"))
}

/// User names of those who hold this license type.
fn holders(desk: &Desk, license: &str) -> Vec<Value> {
    let mut names: Vec<Value> =
        desk.roster(&["--license", license]).into_iter().map(|member| member["user_name"].clone()).collect();
    names.sort_by_key(ToString::to_string);
    names
}

fn true_editors(server: &Server) -> Vec<Value> {
    let truth = server.truth();
    let editors = truth.into_iter().filter(|user| user.license.key() == "can-edit");
    let mut names: Vec<Value> = editors.map(|user| json!(user.user_name)).collect();
    names.sort_by_key(ToString::to_string);
    names
}

#[test]
fn groups_tell_licenses_once_somebody_says_what_they_mean() {
    let server = grouped(Config { group_cycle: true, ..Config::of(80, 7) });
    let desk = Desk::with(&server);
    assert_eq!(holders(&desk, "unknown").len(), 80);
    let empty = desk.document(&["mapping", "list", APP]);
    assert_eq!(empty["groups"], json!([]));
    let seen = desk.document(&["mapping", "read", APP]);
    let licensed = row(&seen["groups"], LICENSED);
    assert_eq!(licensed["members"], true_editors(&server).len(), "subgroups included, nobody twice");
    assert_eq!((&licensed["suggested"], &licensed["license_type"]), (&json!("can-edit"), &Value::Null));
    assert!(licensed["note"].as_str().unwrap().contains("inside itself"), "{licensed}");
    assert_eq!(desk.document(&["mapping", "list", APP]), seen, "what was seen is told later too");

    desk.document(&["mapping", "set", APP, "group", LICENSED, "can-edit"]);
    desk.document(&["mapping", "set", APP, "group", "limited ACCESS", "View-Only"]);
    let report = desk.sync();
    assert_eq!(report["changed"], 80, "{report}");
    let run = &desk.document(&["runs", APP])[0];
    let found = run["findings"].as_array().unwrap();
    assert!(found.iter().any(|finding| finding["code"] == "group-cycle"), "{run}");
    let kept = desk.document(&["mapping", "list", APP]);
    assert!(row(&kept["groups"], LICENSED)["note"].as_str().unwrap().contains("inside itself"), "{kept}");
    assert_eq!(holders(&desk, "can-edit"), true_editors(&server));
    assert_eq!(holders(&desk, "unknown"), Vec::<Value>::new());
    let stages: Vec<Value> = desk.document(&["runs", APP])[0]["stages"].as_array().unwrap().clone();
    let told: Vec<&Value> = stages.iter().map(|stage| &stage["key"]).collect();
    assert_eq!(told, ["service-provider", "groups", "users"]);
    assert!(stages.iter().all(|stage| stage["completed"] == true && stage["detail"] != ""), "{stages:?}");
    let show = desk.document(&["connection", "show", APP]);
    assert!(show["tenant_shows"].as_str().unwrap().contains("(80)"), "{show}");

    desk.document(&["mapping", "set", APP, "group", "Limited access", "none"]);
    let again = desk.document(&["mapping", "read", APP]);
    assert_eq!(row(&again["groups"], LICENSED)["license_type"], "can-edit", "looking again keeps what was chosen");
}

#[test]
fn of_several_groups_of_a_member_the_first_in_the_chosen_order_counts_and_the_member_is_named() {
    let server = grouped(Config::of(80, 7));
    let desk = Desk::with(&server);
    desk.document(&["mapping", "read", APP]);
    let inner = |kept: &Value| {
        let groups = kept["groups"].as_array().unwrap();
        groups.iter().find(|group| group["name"] == "Licensed – EMEA").unwrap()["seen"].as_str().unwrap().to_owned()
    };
    let emea = inner(&desk.document(&["mapping", "list", APP]));
    desk.document(&["mapping", "set", APP, "group", LICENSED, "can-edit"]);
    for (place, wins) in [("1", "view-only"), ("2", "can-edit")] {
        let kept = desk.document(&["mapping", "set", APP, "group", &emea, "view-only", "--place", place]);
        let mapped = kept["groups"].as_array().unwrap().iter().filter(|group| !group["license_type"].is_null());
        let order: Vec<&str> = mapped.map(|group| group["seen"].as_str().unwrap()).collect();
        let expected = if place == "1" { [emea.as_str(), LICENSED] } else { [LICENSED, emea.as_str()] };
        assert_eq!(order, expected, "{kept}");
        let synced = desk.sync();
        let named = desk.document(&["runs", APP, "--finding", "several-groups"]);
        let named = named.as_array().unwrap();
        assert!(!named.is_empty(), "{synced}");
        let holders = holders(&desk, wins);
        assert!(named.iter().all(|member| holders.contains(&member["user_name"])), "{wins}: {named:?}");
    }
    for place in ["0", "-1", "first"] {
        let refused =
            desk.refusal(&["mapping", "set", APP, "group", LICENSED, "can-edit", "--place", place], 2, "usage");
        refused.says("1 for the first");
    }
}

/// The same account at the same address, for a token that sees teams instead of groups.
fn for_content(server: Server) -> Server {
    let port = server.base_url().rsplit(':').next().unwrap().split('/').next().unwrap().parse().unwrap();
    drop(server);
    let until = Instant::now() + Duration::from_secs(10);
    let config = Config { license_mode: LicenseMode::None, port, token_kind: TokenKind::Content, ..Config::of(80, 7) };
    loop {
        match Server::start(config.clone()) {
            Ok(server) => return server,
            Err(error) => assert!(Instant::now() < until, "{error}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_token_that_sees_other_groups_is_no_reason_to_forget_who_holds_what() {
    let server = grouped(Config::of(80, 7));
    let desk = Desk::with(&server);
    desk.document(&["mapping", "read", APP]);
    desk.document(&["mapping", "set", APP, "group", LICENSED, "can-edit"]);
    desk.document(&["mapping", "set", APP, "group", "limited access", "view-only"]);
    desk.sync();
    let before = desk.roster(&[]);
    let _content = for_content(server);
    let told = desk.run(&["sync", APP]);
    assert_eq!(told.code, Some(5), "{told:?}");
    assert!(told.stdout.contains("no longer tells the license type of 80 users, of 80 on the last roster"), "{told:?}");
    assert_eq!(desk.roster(&[]), before);
    assert!(desk.says(&["held", APP]).contains("80 of them to an unknown license type"));
    assert_eq!(desk.document(&["sync", APP, "--accept-drop"])["changed"], 80);
    assert_eq!(desk.sync()["status"], "completed", "it is known by now");
    let apps = desk.run(&["apps"]);
    assert!(apps.stdout.contains(" *") || !apps.stdout.contains("$0.00"), "{apps:?}");
    assert!(apps.stderr.contains("Without 80 members whose license types are not known."), "{apps:?}");
}

#[test]
fn a_rest_interface_that_closes_later_is_no_reason_to_forget_who_holds_what() {
    let server = grouped(Config::of(80, 7));
    let desk = Desk::with(&server);
    add_key(&desk, &server, server.rest_key());
    desk.document(&["mapping", "set", APP, "subscription", SUBSCRIPTION, "can-edit"]);
    desk.sync();
    let before = desk.roster(&[]);
    server.set_fault("rest_403".parse::<Fault>().unwrap());
    let told = desk.run(&["sync", APP]);
    assert_eq!(told.code, Some(5), "{told:?}");
    assert!(told.stdout.contains("with this API key any more, and they told license types until now"), "{told:?}");
    assert_eq!(desk.roster(&[]), before);
    server.set_fault(None);
    assert_eq!(desk.sync()["status"], "completed");
}

#[test]
fn a_mapping_that_cannot_be_meant_is_refused() {
    let server = grouped(Config::of(20, 7));
    let desk = Desk::with(&server);
    desk.document(&["mapping", "read", APP]);
    let before = desk.document(&["mapping", "list", APP]);
    for (source, seen, license, exit, code) in [
        ("group", LICENSED, "can-edti", 2, "unknown-license-type"),
        ("group", "Lisenced", "can-edit", 2, "usage"),
        ("subscription", SUBSCRIPTION, "can-edit", 2, "usage"),
        ("team", LICENSED, "can-edit", 2, "usage"),
    ] {
        desk.refusal(&["mapping", "set", APP, source, seen, license], exit, code);
    }
    assert_eq!(desk.document(&["mapping", "list", APP]), before);
    desk.refusal(&["mapping", "list", "nobody"], 2, "unknown-app");
    desk.document(&["mapping", "set", APP, "group", LICENSED, "Power User", "--new-type"]);
    let types = desk.document(&["license", "list", APP]);
    let added = types.as_array().unwrap().iter().find(|known| known["license_type"] == "power-user");
    assert_eq!(added.map(|known| &known["name"]), Some(&json!("Power User")));
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn the_rest_interface_is_believed_first_and_disagreement_names_the_people() {
    let server = Server::start(Config { contradicted: 3, ..Config::of(80, 7) }).unwrap();
    let desk = Desk::with(&server);
    assert_ne!(holders(&desk, "can-edit"), true_editors(&server), "SCIM alone is wrong about three");
    let told = add_key(&desk, &server, server.rest_key());
    assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{told:?}");
    assert_eq!(told.document()["rest"]["configured"], true);
    desk.document(&["mapping", "set", APP, "subscription", SUBSCRIPTION, "can-edit"]);
    let report = desk.sync();
    assert_eq!(holders(&desk, "can-edit"), true_editors(&server));
    let finding = |code: &str| {
        let found = report["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == code);
        found.cloned().unwrap_or_else(|| panic!("{code} in {report}"))
    };
    let disagree = finding("sources-disagree");
    assert_eq!(disagree["count"], 3, "{disagree}");
    let names: Vec<String> = server.truth().into_iter().map(|user| user.user_name).collect();
    let named = disagree["examples"].as_array().unwrap();
    assert!(named.iter().all(|name| names.iter().any(|known| name == known)), "people, not ids: {disagree}");
    let listed = desk.document(&["runs", APP, "--finding", "sources-disagree"]);
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 3, "all of them: {listed:?}");
    for case in listed {
        let user = server.truth().into_iter().find(|user| case["id"] == user.id.as_str()).unwrap();
        assert_eq!((&case["user_name"], &case["email"]), (&json!(user.user_name), &json!(user.email)));
        let (rest, record) =
            if user.license.can_edit() { ("Can-Edit", "View-Only") } else { ("View-Only", "Can-Edit") };
        assert!(case["sentence"].as_str().unwrap().starts_with(&format!("REST API {rest}, record {record}")), "{case}");
    }
    let said = desk.run(&["sync", APP]);
    let email = listed[0]["email"].as_str().unwrap();
    assert!(said.stderr.contains(&format!("{email} (REST API")), "names, for people: {said:?}");
    assert!(desk.says(&["runs", APP, "--finding", "sources-disagree"]).contains(email));
    desk.refusal(&["runs", APP, "--finding", "sources-agree"], 2, "not-allowed");

    desk.document(&["rest", "remove", APP]);
    assert_eq!(desk.document(&["mapping", "list", APP])["subscriptions"], json!([]));
    desk.sync();
    assert_ne!(holders(&desk, "can-edit"), true_editors(&server), "the second source is gone");
    assert_eq!(desk.document(&["rest", "remove", APP])["rest"]["configured"], false, "twice is no mistake");
}

#[test]
fn a_key_that_does_not_open_anything_is_not_kept() {
    let server = Server::start(Config::of(20, 7)).unwrap();
    let closed = Server::start(Config { rest_licenses: false, rest_users: false, ..Config::of(20, 7) }).unwrap();
    let desk = Desk::with(&server);
    Refusal::of(&add_key(&desk, &server, "key-canary-0123456789"), 3, "key-rejected");
    Refusal::of(&add_key(&desk, &closed, closed.rest_key()), 4, "not-offered").says("the server answered 403");
    Refusal::of(&add_key(&desk, &server, " \n"), 2, "refused").says("Paste the API key");
    Refusal::of(&add_key(&desk, &server, "two words"), 3, "token-spaces");
    desk.refusal(&["rest", "connect", APP], 3, "no-token").says("API key");
    let base_url = "http://api.example.com";
    let asked = ["rest", "connect", APP, "--base-url", base_url, "--key-stdin", "--json"];
    Refusal::of(&desk.run_with(&asked, server.rest_key()), 2, "address-not-encrypted");
    let show = desk.document(&["connection", "show", APP]);
    assert_eq!(show["rest"]["configured"], false, "{show}");
    assert_eq!(desk.sync()["status"], "completed");
}

#[test]
fn a_key_that_opens_a_part_is_kept_and_what_is_missing_is_told() {
    for (licenses, users, missing) in [(false, true, "does not offer subscriptions"), (true, false, "not offer users")]
    {
        let server = grouped(Config { rest_licenses: licenses, rest_users: users, ..Config::of(20, 7) });
        let desk = Desk::with(&server);
        let told = add_key(&desk, &server, server.rest_key());
        assert_eq!(told.code, Some(0), "{told:?}");
        let view = told.document();
        assert_eq!(view["rest"]["configured"], true, "{view}");
        assert!(view["rest"]["sentence"].as_str().unwrap().contains(missing), "{view}");
        let seen = desk.document(&["mapping", "read", APP]);
        assert!(row(&seen["groups"], LICENSED)["members"].is_u64(), "the groups are kept: {seen}");
        assert_eq!(seen["subscriptions"].as_array().unwrap().is_empty(), !licenses, "{seen}");
        assert_eq!(desk.sync()["status"], "completed");
    }
}

#[test]
fn a_rest_interface_that_closes_later_is_a_finding_and_a_broken_one_fails_the_sync() {
    let server = Server::start(Config::of(20, 7)).unwrap();
    let desk = Desk::with(&server);
    add_key(&desk, &server, server.rest_key());
    desk.document(&["mapping", "set", APP, "subscription", SUBSCRIPTION, "can-edit"]);
    assert_eq!(desk.sync()["status"], "completed");
    let before = desk.roster(&[]);
    server.set_fault("v403".parse::<Fault>().unwrap());
    let told = desk.run(&["sync", APP, "--json"]);
    assert_ne!(told.code, Some(0), "{told:?}");
    server.set_fault(None);
    assert_eq!(desk.roster(&[]), before, "the last numbers stay");
    let run = &desk.document(&["runs", APP])[0];
    assert_eq!(run["status"], "failed");
    let stages = run["stages"].as_array().unwrap();
    assert!(stages.iter().any(|stage| stage["completed"] == false), "how far it came is told: {run}");
    assert_eq!(desk.document(&["apps"])[0]["state"], "stale");
}

#[test]
fn the_key_is_sealed_and_goes_with_its_app() {
    let key = "CANARY-key-51f0c3-never-in-plain-sight";
    let server = Server::start(Config { rest_key: key.to_owned(), ..Config::of(20, 7) }).unwrap();
    let desk = Desk::with(&server);
    let mut said = vec![add_key(&desk, &server, key), add_key(&desk, &server, &format!("{key}-wrong"))];
    for command in
        [&["sync", APP][..], &["connection", "show", APP, "--json"], &["mapping", "list", APP], &["runs", APP]]
    {
        said.push(desk.run(command));
    }
    for (path, bytes) in contents(desk.home()) {
        assert!(!contains(&bytes, key.as_bytes()), "{} holds the key", path.display());
    }
    for told in &said {
        assert!(!format!("{}{}", told.stdout, told.stderr).contains(key), "{told:?}");
    }
    let vault = || std::fs::metadata(desk.folder().join("vault.v1")).unwrap().len();
    let sealed = vault();
    desk.document(&["disconnect", APP, "--confirm", "Lucidchart"]);
    assert!(vault() < sealed);
    desk.connect(&server);
    assert_eq!(desk.document(&["connection", "show", APP])["rest"]["configured"], false, "a new app has no old key");
    assert_eq!(desk.sync()["status"], "completed");
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn who_is_only_left_in_the_rest_interface_keeps_what_was_known_of_them() {
    let first = jiff::civil::date(2026, 1, 5);
    let server = Server::start(Config { day: Some(first), ..Config::of(400, 7) }).unwrap();
    let desk = Desk::new();
    desk.connect(&server);
    desk.sync_on(first, &server, false);
    let before = desk.roster(&[]);
    let known = |id: &Value| before.iter().find(|member| member["id"] == *id);
    add_key(&desk, &server, server.rest_key());
    desk.sync_on(first.saturating_add(jiff::Span::new().days(200)), &server, true);
    let gone: Vec<Value> = desk.roster(&["--status", "deactivated"]);
    let was_listed: Vec<(&Value, &Value)> =
        gone.iter().filter_map(|member| Some((member, known(&member["id"])?))).collect();
    assert!(was_listed.len() > 3, "{} of {}", was_listed.len(), gone.len());
    for (now, before) in &was_listed {
        for field in ["department", "cost_center", "created", "email", "given_name", "family_name", "groups"] {
            assert_eq!(now[field], before[field], "{field} of {}", now["id"]);
        }
        assert_eq!(now["active"], false);
    }
    assert!(was_listed.iter().any(|(now, _)| now["department"].is_string()));
}
