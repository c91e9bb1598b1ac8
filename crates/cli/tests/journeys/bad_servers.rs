//! Servers that are wrong, dead, lying or odd: a clear sentence and nothing lost, or a right roster all the same.

use lucid_sim::{Config, Fault, Server};
use serde_json::{Value, json};

use crate::desk::{APP, Desk, Refusal, Told, server};
use crate::truth;

fn set(server: &Server, fault: &str) {
    server.set_fault(fault.parse::<Fault>().unwrap());
}

/// Nobody was connected.
fn is_empty(desk: &Desk) {
    assert_eq!(desk.document(&["apps"]), json!([]));
}

#[test]
fn an_address_that_is_not_scim_is_refused_in_words() {
    let server = server(30);
    let desk = Desk::new();
    let refused = |told: &Told, exit: i32, code: &str, words: &str| Refusal::of(told, exit, code).says(words);
    set(&server, "html200");
    refused(&desk.connect_at(server.base_url(), server.token()), 4, "web-page", "page for people");
    server.set_fault(None);
    let elsewhere = server.base_url().replace("/scim/v2", "/api");
    refused(&desk.connect_at(&elsewhere, server.token()), 4, "not-found", &format!("no SCIM service at {elsewhere}"));
    refused(&desk.connect_at("https://nowhere.invalid/scim/v2", "t"), 4, "host-unknown", "nowhere.invalid");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    refused(&desk.connect_at(&format!("http://{closed}/scim/v2"), "t"), 4, "host-unreachable", "cannot be reached");
    is_empty(&desk);
}

#[test]
fn an_address_that_would_show_the_token_to_others_is_refused_before_anything_is_sent() {
    let desk = Desk::new();
    for address in [
        "http://users.lucid.app/scim/v2",
        "ftp://users.lucid.app/scim/v2",
        "https://admin:secret@users.lucid.app/scim/v2",
        "not an address",
    ] {
        let told = desk.connect_at(address, "some-token");
        assert_eq!((told.code, told.stderr.as_str()), (Some(2), ""), "{address}: {told:?}");
        assert!(told.document()["error"]["hint"].as_str().unwrap().len() > 10, "{told:?}");
    }
    is_empty(&desk);
}

#[test]
fn a_server_without_tls_at_an_https_address_never_sees_the_token() {
    let server = server(30);
    let desk = Desk::new();
    let address = server.base_url().replace("http://", "https://");
    Refusal::of(&desk.connect_at(&address, server.token()), 4, "tls").says("The token was not sent.");
    assert_eq!(server.requests(), 0);
    is_empty(&desk);
}

#[test]
fn a_redirect_is_named_and_never_followed() {
    for fault in ["redir", "redir_host"] {
        let server = server(30);
        let desk = Desk::new();
        set(&server, fault);
        let host = if fault == "redir" { "127.0.0.1" } else { "localhost" };
        Refusal::of(&desk.connect_at(server.base_url(), server.token()), 4, "redirected").says(host);
        is_empty(&desk);
        server.set_fault(None);
        desk.connect(&server);
        desk.sync();
        set(&server, fault);
        desk.refusal(&["sync", APP], 4, "redirected").says("It was not followed");
        assert_eq!(server.stranger_saw(), (0, 0), "the other host saw neither a request nor the token");
        assert_eq!(desk.roster(&[]), truth::roster(&server));
    }
}

#[test]
fn a_rejected_token_is_told_from_one_that_may_not_read() {
    let server = server(30);
    let desk = Desk::new();
    Refusal::of(&desk.connect_at(server.base_url(), "another-token"), 3, "token-rejected").says("Generate a new token");
    set(&server, "v403");
    Refusal::of(&desk.connect_at(server.base_url(), server.token()), 3, "token-forbidden").says("does not let it read");
    is_empty(&desk);
}

/// Requires a failed sync to have changed nothing but the history of runs and the app's state.
fn nothing_is_lost(desk: &Desk, before: &[Value], message: &str) {
    assert_eq!(desk.roster(&[]), before);
    let runs = desk.document(&["runs", APP]);
    assert_eq!((&runs[0]["status"], &runs[1]["status"]), (&json!("failed"), &json!("completed")), "{runs}");
    assert_eq!(runs[0]["problem"]["message"], message);
    let apps = desk.document(&["apps"]);
    assert_eq!((&apps[0]["state"], &apps[0]["members"]), (&json!("stale"), &json!(before.len())), "{apps}");
    assert_eq!(apps[0]["last_sync"], runs[1]["finished"], "the numbers are from then");
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn a_server_that_dies_in_the_middle_of_page_three_costs_nothing() {
    let server = server(250);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    set(&server, "down:3");
    let refusal = desk.refusal(&["sync", APP], 4, "server-error");
    refusal.says("Page 3 of the roster could not be read.");
    nothing_is_lost(&desk, &before, &refusal.message);
    let shown = desk.says(&["apps"]);
    assert!(shown.contains("Stale: the last sync failed, the numbers are from"), "{shown}");
    set(&server, "cut:3");
    assert_eq!(desk.sync()["members"], 250, "a connection that breaks once is tried again");
    assert_eq!(desk.document(&["apps"])[0]["state"], "current");
}

#[test]
fn a_token_that_expires_while_paging_is_a_rejected_token() {
    let server = server(250);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    set(&server, "v401:3");
    let refusal = desk.refusal(&["sync", APP], 3, "token-rejected");
    refusal.says("Page 3");
    nothing_is_lost(&desk, &before, &refusal.message);
}

#[test]
fn pages_that_contradict_each_other_are_not_believed() {
    let server = server(250);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    for (fault, code, words) in [
        ("empty_page:2", "paging", "250"),
        ("short_mid:10", "paging", "after 240 of 250 users"),
        ("grow:100", "roster-moved", "no provisioning is running"),
        ("err200", "not-scim", "SCIM"),
    ] {
        set(&server, fault);
        let told = desk.run(&["sync", APP, "--json"]);
        assert_eq!(told.code, Some(4), "{fault}: {told:?}");
        let refusal = Refusal::of(&told, 4, code);
        refusal.says(words);
        let newest = desk.document(&["runs", APP])[0].clone();
        assert_eq!((&newest["status"], &newest["problem"]["code"]), (&json!("failed"), &json!(code)), "{fault}");
        assert_eq!(desk.roster(&[]), before, "{fault}");
    }
    assert!(desk.says(&["apps"]).contains("Stale: the last 4 syncs failed"));
}

#[test]
fn oddities_of_real_servers_do_not_change_the_roster() {
    let server = server(250);
    let desk = Desk::with(&server);
    for fault in [
        "bom",
        "casing",
        "strbool",
        "str_total",
        "bare",
        "late_total",
        "ipp_count",
        "short_pages:70",
        "count_more",
        "no_total",
        "cursor_only",
        "nulls:3",
        "r429:0",
        "r429_date",
        "reset",
    ] {
        set(&server, fault);
        let synced = desk.sync();
        assert_eq!(
            (&synced["status"], &synced["members"], &synced["findings"]),
            (&json!("completed"), &json!(250), &json!([])),
            "{fault}"
        );
        assert_eq!(desk.roster(&[]), truth::roster(&server), "{fault}");
    }
    for fault in ["grow:1", "shrink:1"] {
        set(&server, fault);
        desk.sync();
        assert_eq!(desk.roster(&[]), truth::roster(&server), "{fault}: the roster moved while it was read");
    }
    assert_eq!(desk.document(&["check"])["sound"], true);
}

/// A desk on which a server with this fault was connected and read, and what the sync said.
fn read_with(server: &Server, fault: &str) -> (Desk, Value) {
    set(server, fault);
    let desk = Desk::new();
    desk.connect(server);
    let synced = desk.sync();
    (desk, synced)
}

fn finding(synced: &Value) -> (String, u64) {
    let findings = synced["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{synced}");
    let mut fields: Vec<&str> = findings[0].as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["code", "count", "examples", "message"]);
    (findings[0]["code"].as_str().unwrap().to_owned(), findings[0]["count"].as_u64().unwrap())
}

#[test]
fn the_same_id_twice_is_one_member_and_said() {
    let server = server(250);
    let (desk, synced) = read_with(&server, "dup");
    assert_eq!(finding(&synced), ("duplicate-id".to_owned(), 3));
    assert_eq!(desk.roster(&[]), truth::roster(&server));
}

#[test]
fn pages_that_overlap_list_nobody_twice() {
    let server = server(250);
    let (desk, synced) = read_with(&server, "overlap");
    assert_eq!((&synced["status"], &synced["members"]), (&json!("completed"), &json!(250)), "{synced}");
    assert_eq!(desk.roster(&[]), truth::roster(&server));
}

#[test]
fn members_without_address_name_or_date_are_kept_as_they_are() {
    let server = server(250);
    for (fault, code, missing) in [
        ("no_email:10", Some("no-email"), &["email"][..]),
        // Their display name is left, so they are not nameless.
        ("no_name:10", None, &["given_name", "middle_name", "family_name"]),
        ("no_meta:10", Some("no-active-date"), &["created", "last_modified"]),
    ] {
        let (desk, synced) = read_with(&server, fault);
        match code {
            Some(code) => assert_eq!(finding(&synced), (code.to_owned(), 25), "{fault}"),
            None => assert_eq!(synced["findings"], json!([]), "{fault}"),
        }
        let told = desk.roster(&[]);
        let bare = |member: &&Value| missing.iter().all(|field| member[*field].is_null());
        assert_eq!((told.len(), told.iter().filter(bare).count()), (250, 25), "{fault}");
        for user in server.truth() {
            let member = told.iter().find(|member| member["id"] == user.id.as_str()).expect("everybody is there");
            assert_eq!(
                (&member["license_type"], &member["department"]),
                (&json!(user.license.key()), &json!(user.department))
            );
            assert!(!member["user_name"].as_str().unwrap().is_empty());
        }
    }
}

#[test]
fn an_unknown_license_is_neither_none_nor_billable() {
    let server = server(250);
    let (desk, synced) = read_with(&server, "unknown_license:10");
    assert_eq!(finding(&synced), ("unknown-license".to_owned(), 25));
    let unknown = desk.roster(&["--license", "unknown"]);
    assert_eq!(unknown.len(), 25);
    assert!(unknown.iter().all(|member| member["license_type"].is_null() && member["billable"] == false));
    let truth = server.truth();
    let is_unknown = |id: &str| unknown.iter().any(|member| member["id"] == id);
    let known = |can_edit: bool| {
        truth.iter().filter(|user| !is_unknown(&user.id) && user.license.can_edit() == can_edit).count()
    };
    let spend = desk.document(&["spend", APP]);
    let assigned: Vec<_> =
        spend["by_license_type"].as_array().unwrap().iter().map(|line| line["assigned"].clone()).collect();
    assert_eq!(json!([spend["billable_accounts"], assigned]), json!([known(true), [known(true), known(false)]]));
    server.set_fault(None);
    let synced = desk.sync();
    assert_eq!(synced["changed"], 25, "once the server tells, they are known");
    let kinds = desk.document(&["changes", APP]);
    let told = |kind: &str| kinds.as_array().unwrap().iter().filter(|change| change["kind"] == kind).count();
    assert_eq!((told("joined"), told("reclassified")), (250, 25));
}

#[test]
fn where_sources_of_a_license_disagree_the_newest_form_counts() {
    let server = server(250);
    let (desk, synced) = read_with(&server, "disagree:10");
    assert_eq!(finding(&synced), ("license-sources-disagree".to_owned(), 25));
    assert_eq!(desk.roster(&[]), truth::roster(&server));
}

#[test]
fn an_account_without_users_can_be_connected_and_its_empty_roster_is_held() {
    let server = Server::start(Config::of(0, 7)).unwrap();
    let desk = Desk::new();
    assert_eq!(desk.connect(&server)["users"], 0);
    let told = desk.run(&["sync", APP, "--json"]);
    assert_eq!((told.code, &told.document()["status"]), (Some(5), &json!("held")), "{told:?}");
}
