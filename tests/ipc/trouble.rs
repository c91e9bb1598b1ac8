//! What goes wrong arrives as a problem with words, and can be tried again.

use std::fs;

use lucid_sim::{Config, Server};
use serde_json::{Value, json};

use crate::page::{Page, problem};

#[test]
fn an_app_that_does_not_exist_is_named_in_the_problem() {
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    for command in ["app_row", "charts", "runs", "roster_facets", "license_details"] {
        let refusal = page.call(command, &json!({ "app": "nobody" })).expect_err(command);
        assert_eq!(problem(&refusal), "unknown-app");
        assert!(refusal["message"].as_str().is_some_and(|text| text.contains("nobody")), "{refusal}");
    }
}

#[test]
fn a_data_folder_that_cannot_be_opened_is_a_problem_until_it_can() {
    let room = tempfile::tempdir().expect("a folder");
    let data_dir = room.path().join("seatledger");
    fs::write(&data_dir, "a file in the way").expect("a file");
    let page = Page::over(&data_dir);
    for command in ["settings_get", "apps_list", "vault_status"] {
        problem(&page.call(command, &Value::Null).expect_err(command));
    }
    assert_eq!(page.ahead(), Value::Null, "nothing is told ahead: the page asks, and hears why");
    fs::remove_file(&data_dir).expect("the file goes");
    assert_eq!(page.answer("apps_list", &Value::Null), json!([]), "the next call tries again");
}

#[test]
fn a_rejected_token_is_a_problem_and_leaves_nothing_behind() {
    let server = Server::start(Config::of(10, 1)).expect("the simulated server starts");
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    let asked =
        json!({ "connector": "lucid", "name": "Lucid", "base_url": server.base_url(), "token": "f00df00df00df00d" });
    let refusal = page.call("connect_save", &asked).expect_err("the token is wrong");
    problem(&refusal);
    assert!(!refusal.to_string().contains("f00df00d"), "a problem never repeats a token: {refusal}");
    assert_eq!(page.answer("apps_list", &Value::Null), json!([]), "no half-made app");
    let report = page.answer("connect_test", &asked);
    problem(&report["problem"]);
}
