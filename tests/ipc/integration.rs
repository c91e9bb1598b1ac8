//! The Integration screen as a sequence of commands: groups, limits, the second interface, and a roster that waits.

use lucid_sim::{Config, LicenseMode, Server};
use serde_json::{Value, json};

use crate::page::{Page, problem};

fn connected(page: &Page, server: &Server) {
    let asked =
        json!({ "connector": "lucid", "name": "Lucid", "base_url": server.base_url(), "token": server.token() });
    page.answer("connect_save", &asked);
    let report = page.answer("sync_start", &json!({ "app": "lucid", "accept_drop": false }));
    assert_eq!(report["status"], "completed", "{report}");
}

fn of_app() -> Value {
    json!({ "app": "lucid" })
}

fn choice(row: &Value, license_type: Option<&str>) -> Value {
    json!({ "seen": row["seen"], "name": row["name"], "license_type": license_type })
}

#[test]
fn groups_are_looked_at_mapped_in_order_and_used() {
    let server = Server::start(Config { license_mode: LicenseMode::None, ..Config::of(40, 9) }).expect("it starts");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    connected(&page, &server);
    let view = page.answer("integration", &of_app());
    assert_eq!((&view["groups"]["supported"], &view["groups"]["read"]), (&json!(true), &Value::Null));
    let before = page.changes();
    let view = page.answer("groups_look", &of_app());
    assert!(page.changes() > before, "what was seen is kept, and the window hears of it");
    let rows = view["groups"]["rows"].as_array().expect("rows").clone();
    let named = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("{name} in {view}"));

    let (licensed, limited) = (named("Licensed"), named("Limited access"));
    let rows = json!([choice(licensed, Some("can-edit")), choice(limited, Some("Seat of another kind"))]);
    let asked = json!({ "app": "lucid", "source": "group", "license_from": null, "rows": rows });
    let saved = page.answer("mapping_save", &asked);
    let kept: Vec<&Value> =
        saved["groups"]["rows"].as_array().expect("rows").iter().map(|row| &row["license_type"]).collect();
    assert_eq!(kept, ["can-edit", "seat-of-another-kind"], "in the person's order; the others are forgotten");
    assert_eq!(saved["groups"]["rows"][0]["members"], licensed["members"], "the count is kept");
    page.answer("sync_start", &json!({ "app": "lucid", "accept_drop": false }));
    let types = page.answer("license_details", &of_app())["license_types"].clone();
    let added = types.as_array().expect("types").iter().find(|known| known["license_type"] == "seat-of-another-kind");
    assert_eq!(
        added.map(|known| (&known["name"], &known["assigned"])),
        Some((&json!("Seat of another kind"), &limited["members"]))
    );
    let runs = page.answer("runs", &of_app());
    let stages = runs[0]["stages"].as_array().expect("stages");
    assert!(stages.iter().any(|stage| stage["key"] == "groups" && stage["completed"] == true), "{stages:?}");

    for (source, rows) in [
        ("teams", json!([])),
        ("group", json!([choice(licensed, Some("unknown"))])),
        ("group", json!([choice(licensed, None), choice(licensed, None)])),
    ] {
        let asked = json!({ "app": "lucid", "source": source, "license_from": null, "rows": rows });
        problem(&page.call("mapping_save", &asked).expect_err("it makes no sense"));
    }
    assert_eq!(page.answer("integration", &of_app())["groups"]["rows"], saved["groups"]["rows"], "nothing was lost");
}

#[test]
fn limits_are_refused_beside_their_fields_or_kept() {
    let server = Server::start(Config::of(10, 9)).expect("it starts");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    connected(&page, &server);
    let mut asked = json!({ "app": "lucid", "requests_per_minute": "lots", "pages_in_flight": "0", "authority": "/no/such.pem",
        "drop_percent": "-1" });
    let refused = page.answer("limits_save", &asked);
    assert_eq!(refused["view"], Value::Null);
    let fields: Vec<&Value> =
        refused["problems"].as_array().expect("problems").iter().map(|one| &one["field"]).collect();
    assert_eq!(fields, ["requests_per_minute", "pages_in_flight", "drop_percent", "authority"]);
    asked = json!({ "app": "lucid", "requests_per_minute": "0", "pages_in_flight": " 2 ", "authority": "", "drop_percent": "90" });
    let kept = page.answer("limits_save", &asked);
    assert_eq!(kept["problems"], json!([]));
    assert_eq!(kept["view"]["limits"]["pages_in_flight"], "2");
    assert_eq!(page.answer("integration", &of_app())["limits"], kept["view"]["limits"]);
}

#[test]
fn the_key_of_the_second_interface_is_tested_kept_and_never_told() {
    let key = "canary-key-4711-0815";
    let server = Server::start(Config { rest_key: key.to_owned(), ..Config::of(10, 9) }).expect("it starts");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    connected(&page, &server);
    let asked = |key: &str| json!({ "app": "lucid", "base_url": server.rest_base_url(), "key": key });
    let refusal = page.call("rest_connect", &asked(&format!("{key}-wrong"))).expect_err("it is another key");
    assert_eq!(problem(&refusal), "key-rejected");
    assert_eq!(page.answer("integration", &of_app())["rest"]["configured"], false);
    let view = page.answer("rest_connect", &asked(key));
    assert_eq!(view["rest"]["configured"], true);
    assert!(!view["rest"]["rows"].as_array().expect("rows").is_empty(), "the subscriptions can be mapped at once");
    let said = format!("{refusal}{view}{}{}", page.answer("integration", &of_app()), page.answer("runs", &of_app()));
    assert!(!said.contains(key), "the key never comes back");
    assert_eq!(page.answer("rest_remove", &of_app())["rest"]["configured"], false);
    page.answer("sync_start", &json!({ "app": "lucid", "accept_drop": false }));
}

#[test]
fn another_scim_app_is_previewed_before_it_is_kept() {
    let server = Server::start(Config { license_mode: LicenseMode::UserType, ..Config::of(30, 9) }).expect("it starts");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    let mut asked =
        json!({ "connector": "scim", "name": "Figma", "base_url": server.base_url(), "token": server.token() });
    let report = page.answer("connect_test", &asked);
    let first = &report["suggestions"][0];
    assert_eq!(
        (&first["path"], &report["sampled"], &report["complete"]),
        (&json!("userType"), &json!(30), &json!(true))
    );
    asked["license_from"] = first["path"].clone();
    let preview = page.answer("license_preview", &asked);
    assert_eq!((&preview["problem"], &preview["users"]), (&Value::Null, &json!(30)));
    let counted: u64 =
        preview["types"].as_array().expect("types").iter().filter_map(|one| one["members"].as_u64()).sum();
    assert_eq!(counted, 30, "{preview}");
    for nobody_has in ["nickName", "no path at all"] {
        asked["license_from"] = json!(nobody_has);
        problem(&page.answer("license_preview", &asked)["problem"]);
    }
    assert_eq!(page.answer("apps_list", &Value::Null), json!([]), "a preview keeps nothing");
}

#[test]
fn a_roster_that_waits_tells_who_would_go() {
    let server = Server::start(Config::of(40, 9)).expect("it starts");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    connected(&page, &server);
    let asked = json!({ "app": "lucid", "offset": 0, "limit": 5 });
    assert_eq!(problem(&page.call("held_roster", &asked).expect_err("none waits")), "nothing-held");
    let before: Vec<String> = server.truth().into_iter().map(|user| user.id).collect();
    let port =
        server.base_url().rsplit(':').next().and_then(|rest| rest.split('/').next()).and_then(|port| port.parse().ok());
    drop(server);
    let smaller = Config { port: port.expect("a port"), ..Config::of(20, 9) };
    let server = Server::start(smaller).expect("it starts in the other's place");
    let after: Vec<String> = server.truth().into_iter().map(|user| user.id).collect();
    let gone = before.iter().filter(|id| !after.contains(id)).count();
    assert!(gone > 10, "the account shrank");
    assert_eq!(page.answer("sync_start", &json!({ "app": "lucid", "accept_drop": false }))["status"], "held");
    let held = page.answer("held_roster", &asked);
    assert_eq!((&held["would_go"], held["rows"].as_array().map(Vec::len)), (&json!(gone), Some(5)), "a page of them");
    assert_eq!(page.answer("app_row", &of_app())["members"], 40);
    page.answer("sync_start", &json!({ "app": "lucid", "accept_drop": true }));
    problem(&page.call("held_roster", &asked).expect_err("none waits any longer"));
}
