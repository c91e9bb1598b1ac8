//! Any SCIM app: where its license types may be told, what each choice would come to, and what is refused before saving.

use lucid_sim::{Config, LicenseMode, Server};
use serde_json::{Value, json};

use crate::desk::{Desk, Refusal, Told, has_fields};

fn figma(license_mode: LicenseMode) -> Server {
    Server::start(Config { license_mode, ..Config::of(60, 7) }).unwrap()
}

fn connect(desk: &Desk, server: &Server, more: &[&str]) -> Told {
    let asked = ["connect", "scim", "--name", "Figma", "--base-url", server.base_url(), "--token-stdin"];
    desk.run_with(&[&asked[..], more].concat(), server.token())
}

fn editors(server: &Server) -> usize {
    server.truth().iter().filter(|user| user.license.key() == "can-edit").count()
}

fn holders(desk: &Desk, license: &str) -> usize {
    desk.document(&["roster", "figma", "--license", license]).as_array().unwrap().len()
}

#[test]
fn without_a_path_the_likely_ones_are_told_and_members_are_unknown() {
    let server = figma(LicenseMode::UserType);
    let desk = Desk::new();
    let told = connect(&desk, &server, &[]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(0), "figma\n"), "{told:?}");
    assert!(told.stderr.contains("userType  60 of 60 users have it"), "{told:?}");
    assert!(told.stderr.contains("connection set figma --license-from EXPR"), "{told:?}");
    let report = desk.document(&["sync", "figma"]);
    let unknown = report["findings"].as_array().unwrap().iter().any(|finding| finding["count"] == 60);
    assert!(unknown, "that nothing is known of licenses is told: {report}");
    assert_eq!(holders(&desk, "unknown"), 60);

    let view = desk.document(&["connection", "set", "figma", "--license-from", "usertype"]);
    assert_eq!(view["license_from"], "usertype", "names of attributes have no case");
    desk.document(&["sync", "figma"]);
    assert_eq!(holders(&desk, "full"), editors(&server));
    let values = desk.document(&["mapping", "read", "figma"]);
    let counts: u64 = values["values"].as_array().unwrap().iter().filter_map(|row| row["members"].as_u64()).sum();
    assert_eq!(counts, 60, "{values}");
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn a_path_with_its_mapping_is_counted_before_it_is_kept() {
    for (mode, path) in [
        (LicenseMode::UserType, "userType"),
        (LicenseMode::Entitlements, "entitlements[type eq \"license\"].value"),
        (LicenseMode::Roles, "roles"),
    ] {
        let server = figma(mode);
        let desk = Desk::new();
        let told = connect(&desk, &server, &["--license-from", path, "--map", "Full=Pro", "--json"]);
        assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{path}: {told:?}");
        let document = told.document();
        let licenses = ["license_from", "license_types", "without_license", "suggestions"];
        has_fields(&document, &[&["app", "name", "users", "findings"][..], &licenses].concat());
        let pro = document["license_types"].as_array().unwrap().iter().find(|count| count["license_type"] == "pro");
        let expected = json!({ "license_type": "pro", "name": "Pro", "members": editors(&server) });
        assert_eq!(pro, Some(&expected), "{path}: {document}");
        desk.document(&["sync", "figma"]);
        assert_eq!(holders(&desk, "Pro"), editors(&server), "{path}");
    }
}

#[test]
fn for_people_the_counts_stand_beside_the_result_and_a_misspelled_value_is_noticed() {
    let server = figma(LicenseMode::UserType);
    let desk = Desk::new();
    let told =
        connect(&desk, &server, &["--license-from", "userType", "--map", "full time=Pro", "--map", "Viewer=none"]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(0), "figma\n"), "{told:?}");
    assert!(told.stderr.contains(&format!("60 users: {} Full", editors(&server))), "{told:?}");
    assert!(told.stderr.contains("Nobody would hold Pro: is \"full time\" spelled as the server does?"), "{told:?}");
    let rows = desk.document(&["mapping", "list", "figma"]);
    let order: Vec<&Value> = rows["values"].as_array().unwrap().iter().map(|row| &row["seen"]).collect();
    assert_eq!(order, ["full time", "Viewer", "Full"], "the person's order first");
    assert_eq!(rows["values"][1]["license_type"], Value::Null, "none means nothing");
}

#[test]
fn what_makes_no_sense_is_refused_and_nothing_is_kept() {
    let server = figma(LicenseMode::UserType);
    let desk = Desk::new();
    for (more, exit, code) in [
        (&["--license-from", "nickName"][..], 2, "license-path-empty"),
        (&["--license-from", "entitlements["], 2, "license-path"),
        (&["--license-from", "userType[type co \"x\"]"], 2, "license-path"),
        (&["--license-from", "userType", "--map", "Full=unknown"], 2, "refused"),
        (&["--license-from", "userType", "--map", "Full=?!"], 2, "refused"),
        (&["--license-from", "userType", "--map", "Full=A", "--map", "Full=B"], 2, "refused"),
        (&["--license-from", "userType", "--map", "Full"], 2, "usage"),
        (&["--license-from", "userType", "--map", "Full="], 2, "usage"),
        (&["--map", "Full=Pro"], 2, "usage"),
        (&["--ca-file", "no/such/company.pem"], 2, "refused"),
        (&["--requests-per-minute", "-1"], 2, "refused"),
        (&["--pages-in-flight", "many"], 2, "refused"),
    ] {
        let told = connect(&desk, &server, &[more, &["--json"]].concat());
        Refusal::of(&told, exit, code);
        assert_eq!(desk.document(&["apps"]), json!([]), "{more:?}");
    }
    let told = connect(&desk, &server, &["--license-from", "nickName", "--json"]);
    Refusal::of(&told, 2, "license-path-empty").says("None of the 60 users has a value at nickName");
    let wrong = ["connect", "scim", "--name", "Figma", "--base-url", "", "--token-stdin", "--json"];
    Refusal::of(&desk.run_with(&wrong, server.token()), 2, "address-empty");
}

#[test]
fn a_changed_path_is_refused_before_it_is_kept_too() {
    let server = figma(LicenseMode::UserType);
    let desk = Desk::new();
    connect(&desk, &server, &["--license-from", "userType"]);
    desk.refusal(&["connection", "set", "figma", "--license-from", "nickName"], 2, "license-path-empty");
    desk.refusal(&["connection", "set", "figma", "--license-from", "a b"], 2, "license-path");
    assert_eq!(desk.document(&["connection", "show", "figma"])["license_from"], "userType");
    desk.refusal(&["rest", "remove", "figma"], 2, "not-for-app").says("Figma has no REST interface");
    let cleared = desk.document(&["connection", "set", "figma", "--license-from", "none"]);
    assert_eq!(cleared["license_from"], Value::Null);
    desk.refusal(&["mapping", "read", "figma"], 2, "not-for-app");
}

#[test]
fn a_preview_counts_and_keeps_nothing() {
    let server = figma(LicenseMode::UserType);
    let desk = Desk::new();
    let told = connect(&desk, &server, &["--license-from", "userType", "--preview", "--json"]);
    assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{told:?}");
    let counts = told.document();
    let full = counts["types"].as_array().unwrap().iter().find(|count| count["license_type"] == "full");
    assert_eq!(full.map(|count| &count["members"]), Some(&json!(editors(&server))), "{counts}");
    assert_eq!(desk.document(&["apps"]), json!([]), "nothing is kept");
    let told = connect(&desk, &server, &["--preview", "--json"]);
    assert_eq!(told.document()["suggestions"][0]["path"], "userType", "{told:?}");
    let told = connect(&desk, &server, &["--preview"]);
    assert_eq!(told.code, Some(0), "{told:?}");
    assert!(told.stderr.contains("  userType  "), "where it may stand: {told:?}");
    assert!(told.stdout.contains("nothing was changed"), "{told:?}");
    assert_eq!(desk.document(&["apps"]), json!([]), "nothing is kept");

    connect(&desk, &server, &[]);
    let preview = ["connection", "set", "figma", "--license-from", "userType", "--preview"];
    assert_eq!(desk.document(&preview)["users"], 60);
    assert!(desk.says(&preview).contains("nothing was changed"));
    assert_eq!(desk.document(&["connection", "show", "figma"])["license_from"], Value::Null);
}

#[test]
fn values_that_a_sync_saw_are_remembered_and_a_new_one_is_told() {
    let server = Server::start(Config { license_mode: LicenseMode::UserType, ..Config::of(1, 7) }).unwrap();
    let port = server.base_url().rsplit(':').next().unwrap().split('/').next().unwrap().parse().unwrap();
    let desk = Desk::new();
    connect(&desk, &server, &[]);
    desk.document(&["connection", "set", "figma", "--license-from", "userType"]);
    let codes = |report: &Value| report["findings"].to_string();
    assert!(!codes(&desk.document(&["sync", "figma"])).contains("new-license-value"), "all is new at first");
    let seen = desk.document(&["mapping", "list", "figma"]);
    assert_eq!(seen["values"].as_array().unwrap().len(), 1, "{seen}");
    let own = seen["values"][0]["license_type"].clone();
    assert!(own.is_string(), "it means itself: {seen}");
    drop(server);
    let config = Config { license_mode: LicenseMode::UserType, port, ..Config::of(60, 7) };
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    let _grown = loop {
        match Server::start(config.clone()) {
            Ok(server) => break server,
            Err(error) => assert!(std::time::Instant::now() < until, "{error}"),
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    let told = codes(&desk.document(&["sync", "figma"]));
    assert!(told.contains("new-license-value"), "{told}");
    assert_eq!(desk.document(&["mapping", "list", "figma"])["values"].as_array().unwrap().len(), 2);
    assert!(!codes(&desk.document(&["sync", "figma"])).contains("new-license-value"), "told once");
}
