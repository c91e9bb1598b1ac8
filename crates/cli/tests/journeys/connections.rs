//! What happens to a connection over the years: its token is replaced, its address is connected again, it is asked gently,
//! and one day it goes.

use std::thread::sleep;
use std::time::Duration;

use lucid_sim::{Config, Fault};
use serde_json::json;

use crate::desk::{APP, Desk, Refusal, finished, server};
use crate::held::{replaced_by, until};
use crate::truth;

#[test]
fn a_new_token_takes_the_place_of_a_rejected_one_and_nothing_else_changes() {
    let first = server(60);
    let desk = Desk::with(&first);
    let (before, runs) = (desk.roster(&[]), desk.document(&["runs", APP]).as_array().unwrap().len());
    let token = "a-fresh-token-for-the-same-account";
    let second = replaced_by(first, &Config { token: token.to_owned(), ..Config::of(60, 7) });
    desk.refusal(&["sync", APP], 3, "token-rejected").says("seatledger connection token lucidchart --token-stdin");
    let replace = ["connection", "token", APP, "--token-stdin", "--json"];
    desk.refusal(&["connection", "token", APP], 3, "no-token").says("connection token lucidchart --token-stdin");
    Refusal::of(&desk.run_with(&replace, "not-the-token-either"), 3, "token-rejected").says("Generate a new token");
    desk.refusal(&["sync", APP], 3, "token-rejected");
    let told = desk.run_with(&replace, token);
    assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{told:?}");
    assert_eq!(told.document(), desk.document(&["connection", "show", APP]));
    assert!(!format!("{told:?}").contains(token));
    assert_eq!(desk.sync()["status"], "completed");
    assert_eq!(desk.roster(&[]), before);
    assert_eq!(desk.roster(&[]), truth::roster(&second));
    let all = desk.document(&["runs", APP]);
    assert_eq!(all.as_array().unwrap().len(), runs + 3, "the history goes on");
    let newest = desk.run(&["runs", APP, "--limit", "2", "--json"]);
    assert_eq!(newest.document().as_array().unwrap()[..], all.as_array().unwrap()[..2]);
    assert!(
        newest.stderr.contains(&format!("The newest 2 of {0}; --limit {0} prints them all.", runs + 3)),
        "{newest:?}"
    );
    let words = desk.run_with(&["connection", "token", APP, "--token-stdin"], token);
    assert_eq!(words.code, Some(0), "{words:?}");
    assert!(words.stderr.contains("The new token works and is kept. It lists 60 users."), "{words:?}");
}

#[test]
fn an_address_that_is_connected_is_connected_again_only_when_told_so() {
    let server = server(20);
    let desk = Desk::new();
    desk.connect(&server);
    let refused = Refusal::of(&desk.connect_at(server.base_url(), server.token()), 2, "already-connected");
    assert_eq!(refused.message, format!("An app is connected at {} already: Lucidchart.", server.base_url()));
    refused.says("--again");
    assert_eq!(desk.document(&["apps"]).as_array().unwrap().len(), 1);
    let scim = ["connect", "scim", "--name", "Figma", "--base-url", server.base_url(), "--token-stdin", "--json"];
    assert_eq!(desk.run_with(&scim, server.token()).code, Some(0), "another kind of app is another app");
    let again = ["connect", "lucid", "--base-url", server.base_url(), "--token-stdin", "--again", "--json"];
    let told = desk.run_with(&again, server.token());
    assert_eq!((told.code, &told.document()["app"]), (Some(0), &json!("lucidchart-2")), "{told:?}");
}

#[test]
fn two_syncs_in_a_row_keep_to_one_rate() {
    let server = server(250);
    let desk = Desk::new();
    let rate = ["--requests-per-minute", "7"];
    let connect = ["connect", "lucid", "--base-url", server.base_url(), "--token-stdin"];
    assert_eq!(desk.run_with(&[&connect[..], &rate].concat(), server.token()).code, Some(0));
    desk.sync();
    let asked = server.requests();
    assert!((4..7).contains(&asked), "the next sync would go beyond 7: {asked}");
    let mut second = desk.start(&["sync", APP, "--json"]);
    until("the minute is full", || server.requests() == 7);
    sleep(Duration::from_secs(2));
    assert_eq!(server.requests(), 7, "the rest waits for the next minute");
    second.kill().unwrap();
    second.wait().unwrap();
    desk.document(&["disconnect", APP, "--confirm", "Lucidchart"]);
    let left: Vec<_> = std::fs::read_dir(desk.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let ours = |name: &str| name.starts_with("pace-") || name.starts_with("sync-");
    assert!(!left.iter().any(|name| ours(name.to_str().unwrap())), "{left:?}");
}

#[test]
fn an_app_that_is_being_read_is_not_removed() {
    let server = server(250);
    let desk = Desk::with(&server);
    server.set_fault(Fault::Latency(700));
    let asked = server.requests();
    let sync = desk.start(&["sync", APP, "--json"]);
    until("the sync reads", || server.requests() > asked);
    desk.refusal(&["disconnect", APP, "--confirm", "Lucidchart"], 1, "already-syncing").says("Wait until it has ended");
    let told = finished(Ok(sync));
    assert_eq!((told.code, &told.document()["status"]), (Some(0), &json!("completed")), "{told:?}");
    desk.document(&["disconnect", APP, "--confirm", "Lucidchart"]);
    assert_eq!(desk.document(&["apps"]), json!([]));
}

#[test]
fn all_apps_are_an_array_even_when_there_is_one() {
    let server = server(20);
    let desk = Desk::new();
    desk.connect(&server);
    let all = desk.document(&["sync", "--all"]);
    assert_eq!((all.as_array().map(Vec::len), &all[0]["app"]), (Some(1), &json!(APP)), "{all}");
    assert_eq!(desk.document(&["sync"])["app"], APP, "without a word for all it stays an object");
    drop(server);
    let failed = desk.run(&["sync", "--all", "--json"]);
    let failed = (failed.code, failed.document());
    assert_eq!((failed.0, &failed.1[0]["status"]), (Some(4), &json!("failed")), "{failed:?}");
}

#[test]
fn what_the_environment_sets_is_not_shown_as_if_it_had_to_be_typed() {
    let desk = Desk::new();
    let told = desk.run(&["sync", "--all", "lucidchart"]);
    assert_eq!(told.code, Some(2));
    assert!(told.stderr.contains("Usage: seatledger sync"), "{told:?}");
    assert!(!told.stderr.contains("--vault <VAULT>") && !told.stderr.contains("--data-dir <DIR>"), "{told:?}");
    let wrong = finished(desk.command(&["apps"]).env("SEATLEDGER_VAULT", "drawer").spawn());
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert!(wrong.stderr.contains("SEATLEDGER_VAULT is \"drawer\": expected os or file"), "{wrong:?}");
    let elsewhere = desk.home().join("elsewhere");
    let typed = desk.run(&["--data-dir", elsewhere.to_str().unwrap(), "apps"]);
    assert_eq!(typed.code, Some(0), "{typed:?}");
    assert!(elsewhere.is_dir() && !desk.folder().exists(), "what is typed goes before what is set");
}
