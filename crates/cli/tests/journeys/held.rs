//! Syncs that are held, cancelled or killed: the last roster stays, and the history says what happened.

use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use lucid_sim::{Config, Fault, Server};
use serde_json::{Value, json};

use crate::desk::{APP, Desk, Told, finished, server};
use crate::truth;

/// Another account in the place of the one that was there: the same address and token.
fn replaced(server: Server, users: u32) -> Server {
    replaced_by(server, &Config::of(users, 7))
}

/// Another account in the place of the one that was there, at the same address.
pub fn replaced_by(server: Server, account: &Config) -> Server {
    let port = server.base_url().rsplit(':').next().unwrap().split('/').next().unwrap().parse().unwrap();
    drop(server);
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match Server::start(Config { port, ..account.clone() }) {
            Ok(server) => return server,
            Err(error) => assert!(Instant::now() < until, "{error}"),
        }
        sleep(Duration::from_millis(20));
    }
}

fn newest_run(desk: &Desk) -> Value {
    desk.document(&["runs", APP])[0].clone()
}

#[test]
fn case_27_a_roster_that_lost_more_than_a_fifth_is_held_until_it_is_accepted() {
    let server = server(250);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    let server = replaced(server, 199);
    let told = desk.run(&["sync", APP, "--json"]);
    assert_eq!((told.code, told.stderr.as_str()), (Some(5), ""), "{told:?}");
    let held = told.document();
    let counts = ["members", "added", "removed", "changed"].map(|field| held[field].clone());
    assert_eq!((&held["status"], json!(counts)), (&json!("held"), json!([199, 0, 0, 0])), "{held}");
    assert_eq!(desk.roster(&[]), before, "nothing changed");
    assert_eq!(desk.document(&["apps"])[0]["state"], "held");
    let run = newest_run(&desk);
    assert_eq!((&run["status"], &run["problem"]["code"]), (&json!("held"), &json!("roster-held")), "{run}");
    let told = desk.run(&["sync", APP]);
    assert_eq!(told.code, Some(5));
    assert!(told.stdout.contains("now lists 199 users instead of 250 users. That is a drop of 20 %"), "{told:?}");
    assert!(told.stderr.contains("--accept-drop"), "{told:?}");
    let accepted = desk.document(&["sync", APP, "--accept-drop"]);
    assert_eq!((&accepted["status"], &accepted["members"]), (&json!("completed"), &json!(199)));
    assert_eq!(desk.roster(&[]), truth::roster(&server));
    assert_eq!(desk.document(&["apps"])[0]["state"], "current");
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn a_list_that_leaves_out_people_who_are_there_is_held() {
    let server = server(250);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    server.set_fault(Fault::LeavesOut(3));
    let told = desk.run(&["sync", APP, "--json"]);
    assert_eq!((told.code, &told.document()["status"]), (Some(5), &json!("held")), "{told:?}");
    assert_eq!(desk.roster(&[]), before, "nobody has left");
    let run = newest_run(&desk);
    let sentence = run["problem"]["message"].as_str().unwrap();
    let said =
        "no longer lists 3 users, but 3 of them are there and active when asked for by id, so nothing was written.";
    assert!(sentence.ends_with(said), "{sentence}");
    let asked = run["stages"].as_array().unwrap().iter().find(|stage| stage["key"] == "missed").unwrap();
    assert_eq!(asked["requests"], 3);
    assert_eq!(desk.document(&["held", APP])["would_go"], 3);
    server.set_fault(None);
    assert_eq!(desk.sync()["status"], "completed");
    assert_eq!(desk.roster(&[]), before, "the list is whole again");
    server.set_fault(Fault::LeavesOut(3));
    assert_eq!(desk.run(&["sync", APP]).code, Some(5));
    let accepted = desk.document(&["sync", APP, "--accept-drop"]);
    assert_eq!((&accepted["status"], &accepted["removed"]), (&json!("completed"), &json!(3)), "a person's word counts");
}

#[test]
fn of_many_who_are_listed_no_more_some_from_all_over_are_asked_for_and_the_others_are_told() {
    let server = server(800);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]).len();
    server.set_fault(Fault::LeavesOut(60));
    assert_eq!(desk.run(&["sync", APP]).code, Some(5));
    let sentence = newest_run(&desk)["problem"]["message"].to_string();
    let said = "no longer lists 60 users, but 30 of the 30 who were asked for by id are there and active";
    assert!(sentence.contains(said), "{sentence}");
    server.set_fault(None);
    let server = replaced(server, 740);
    let stay = truth::roster(&server);
    let gone = before - stay.len();
    assert!(gone > 30, "{gone}: more than are asked for");
    let synced = desk.sync();
    assert_eq!((&synced["status"], &synced["removed"]), (&json!("completed"), &json!(gone)), "{synced}");
    let told = |code: &str| {
        let found = synced["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == code);
        found.map_or(0, |finding| finding["count"].as_u64().unwrap())
    };
    assert_eq!(told("gone-deleted"), 30, "{synced}");
    assert_eq!(told("gone-unconfirmed"), gone as u64 - 30, "nobody goes without a word: {synced}");
}

#[test]
fn whoever_is_listed_no_more_is_told_as_deactivated_or_deleted() {
    let server = server(250);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    server.set_day(jiff::civil::date(2026, 3, 2));
    let stay: Vec<_> = truth::roster(&server).iter().map(|member| member["id"].clone()).collect();
    let left = before.iter().filter(|member| !stay.contains(&member["id"])).count();
    let off = server.deactivated();
    let deactivated = before.iter().filter(|member| off.iter().any(|user| member["id"] == user.id)).count();
    assert!(0 < deactivated && left <= 20, "{deactivated} of {left}: the account has to show something");
    let synced = desk.sync();
    assert_eq!((&synced["status"], &synced["removed"]), (&json!("completed"), &json!(left)), "{synced}");
    let counts = |code: &str| {
        let found = synced["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == code);
        found.map_or(0, |finding| finding["count"].as_u64().unwrap())
    };
    assert_eq!(counts("gone-deactivated"), deactivated as u64, "{synced}");
    assert_eq!(counts("gone-deactivated") + counts("gone-deleted"), left as u64, "{synced}");
    let named = desk.document(&["runs", APP, "--finding", "gone-deactivated"]);
    assert_eq!(named.as_array().map(Vec::len), Some(deactivated), "{named}");
    let again = desk.sync();
    assert_eq!(again["removed"], 0, "whoever has left is not asked for again: {again}");
}

#[test]
fn who_would_go_can_be_seen_before_it_is_accepted() {
    let server = server(250);
    let desk = Desk::with(&server);
    desk.refusal(&["held", APP], 2, "nothing-held");
    let before = desk.roster(&[]);
    let server = replaced(server, 150);
    assert_eq!(desk.run(&["sync", APP, "--json"]).code, Some(5));
    let held = desk.document(&["held", APP]);
    let counts = ["run", "when", "sentence", "would_go", "would_join", "would_change", "rows"];
    crate::desk::has_fields(&held, &counts);
    let stay = truth::roster(&server);
    let ids = |members: &[Value]| members.iter().map(|member| member["id"].clone()).collect::<Vec<_>>();
    let (stays, was) = (ids(&stay), ids(&before));
    let mut gone: Vec<String> = was.iter().filter(|id| !stays.contains(id)).map(ToString::to_string).collect();
    let mut told: Vec<String> = ids(held["rows"].as_array().unwrap()).iter().map(ToString::to_string).collect();
    gone.sort();
    told.sort();
    assert_eq!(told, gone, "everybody who would go, and nobody else");
    assert_eq!(held["would_go"], gone.len());
    assert_eq!(held["would_join"], stays.iter().filter(|id| !was.contains(id)).count());
    let said = desk.says(&["held", APP]);
    assert!(said.contains(held["sentence"].as_str().unwrap()) && said.contains("License type"), "{said}");
    assert_eq!(desk.roster(&[]), before, "looking changes nothing");
    let accepted = desk.document(&["sync", APP, "--accept-drop"]);
    assert_eq!(accepted["removed"], gone.len());
    desk.refusal(&["held", APP], 2, "nothing-held");
}

#[test]
fn the_share_that_may_go_can_be_set() {
    let server = server(250);
    let desk = Desk::with(&server);
    desk.document(&["connection", "set", APP, "--drop-percent", "0"]);
    let server = replaced(server, 249);
    assert_eq!(desk.run(&["sync", APP]).code, Some(5), "one is too many");
    desk.document(&["connection", "set", APP, "--drop-percent", "50"]);
    let _half = replaced(server, 125);
    assert_eq!(desk.sync()["members"], 125);
}

#[test]
fn a_fifth_may_go_without_a_question() {
    let server = server(250);
    let desk = Desk::with(&server);
    let _smaller = replaced(server, 200);
    assert_eq!(desk.sync()["members"], 200);
}

#[test]
fn case_27_an_empty_roster_is_held_and_a_full_one_releases_it() {
    let server = server(20);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    let nobody = replaced(server, 0);
    let told = desk.run(&["sync", APP]);
    assert_eq!(told.code, Some(5), "{told:?}");
    assert!(told.stdout.contains("lists no users at all, so nothing was written"), "{told:?}");
    assert_eq!(desk.roster(&[]), before);
    let somebody = replaced(nobody, 20);
    desk.sync();
    assert_eq!(desk.document(&["apps"])[0]["state"], "current");
    let _nobody = replaced(somebody, 0);
    let told = desk.run(&["sync", APP, "--accept-drop"]);
    assert_eq!(told.code, Some(5), "nobody at all is never meant at once: {told:?}");
    assert!(told.stdout.contains("only once that was held"), "{told:?}");
    assert_eq!(desk.document(&["sync", APP, "--accept-drop"])["removed"], 20);
    assert_eq!(desk.document(&["roster", APP]), json!([]));
    assert_eq!(desk.roster(&["--status", "left"]).len(), 20, "who left is remembered");
}

/// As many people as before, none of whom was there before.
fn others(server: Server, users: u32) -> Server {
    let port = server.base_url().rsplit(':').next().unwrap().split('/').next().unwrap().parse().unwrap();
    drop(server);
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match Server::start(Config { port, ..Config::of(users, 8) }) {
            Ok(server) => return server,
            Err(error) => assert!(Instant::now() < until, "{error}"),
        }
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn other_people_in_the_place_of_those_who_were_there_are_held() {
    let server = server(100);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    let ids = |members: &[Value]| members.iter().map(|member| member["id"].clone()).collect::<Vec<_>>();
    let server = others(server, 100);
    let (was, now) = (ids(&before), ids(&truth::roster(&server)));
    let gone = was.iter().filter(|id| !now.contains(id)).count();
    assert!(gone > 20, "{gone} of {}", was.len());
    let told = desk.run(&["sync", APP]);
    assert_eq!(told.code, Some(5), "{told:?}");
    assert!(
        told.stdout.contains(&format!("but {gone} of the {} on the last roster are not among", was.len())),
        "{told:?}"
    );
    assert_eq!(desk.roster(&[]), before);
    assert_eq!(desk.document(&["held", APP])["would_go"], gone);
    assert_eq!(desk.document(&["sync", APP, "--accept-drop"])["removed"], gone);
}

#[test]
fn accepting_a_held_roster_accepts_no_smaller_one() {
    let server = server(100);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    let half = replaced(server, 50);
    assert_eq!(desk.run(&["sync", APP]).code, Some(5));
    let nobody = replaced(half, 0);
    let told = desk.run(&["sync", APP, "--accept-drop"]);
    assert_eq!(told.code, Some(5), "{told:?}");
    assert!(told.stdout.contains("It is not what was held on"), "{told:?}");
    assert_eq!(desk.roster(&[]), before);
    let half = replaced(nobody, 50);
    assert_eq!(desk.document(&["sync", APP, "--accept-drop"])["status"], "completed", "it loses less");
    assert_eq!(desk.roster(&[]), truth::roster(&half));
}

#[test]
fn a_drop_is_accepted_in_one_step_where_nothing_is_held() {
    let server = server(100);
    let desk = Desk::with(&server);
    let half = replaced(server, 50);
    assert_eq!(desk.document(&["sync", APP, "--accept-drop"])["status"], "completed");
    assert_eq!(desk.roster(&[]), truth::roster(&half));
}

/// Waits until this is so.
pub fn until(what: &str, so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !so() {
        assert!(Instant::now() < end, "{what}");
        sleep(Duration::from_millis(10));
    }
}

/// Sends a signal to a sync that is waiting for its second page, and waits for its end.
fn interrupted(desk: &Desk, server: &Server, signal: &str) -> Told {
    server.set_fault(Fault::Latency(700));
    let before = server.requests();
    let child = desk.start(&["sync", APP, "--json"]);
    until("the second page is asked for", || server.requests() >= before + 2);
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let told = finished(Ok(child));
    server.set_fault(None);
    told
}

#[test]
fn a_cancelled_sync_changes_nothing_and_is_recorded_as_cancelled() {
    let server = server(450);
    let desk = Desk::with(&server);
    let (before, apps) = (desk.roster(&[]), desk.document(&["apps"]));
    server.set_day(jiff::civil::date(2026, 3, 2));
    let told = interrupted(&desk, &server, "-INT");
    assert_eq!((told.code, told.stderr.as_str()), (Some(130), ""), "{told:?}");
    let cancelled = told.document();
    assert_eq!((&cancelled["status"], &cancelled["members"]), (&json!("cancelled"), &json!(0)), "{cancelled}");
    assert_eq!(desk.roster(&[]), before);
    assert_eq!(desk.document(&["apps"]), apps, "not even the state");
    let run = newest_run(&desk);
    assert_eq!((&run["status"], &run["problem"]["code"]), (&json!("cancelled"), &json!("cancelled")), "{run}");
    assert!(run["finished"].is_string());
    assert_eq!(desk.sync()["status"], "completed");
    assert_eq!(desk.roster(&[]), truth::roster(&server));
}

#[test]
fn case_26_a_sync_that_dies_leaves_the_numbers_of_before_and_marks_them_as_stale() {
    let server = server(450);
    let desk = Desk::with(&server);
    let before = desk.roster(&[]);
    server.set_day(jiff::civil::date(2026, 3, 2));
    let told = interrupted(&desk, &server, "-KILL");
    assert_eq!((told.code, told.stdout.as_str()), (None, ""), "{told:?}");
    assert_eq!(desk.roster(&[]), before);
    let run = newest_run(&desk);
    assert_eq!((&run["status"], &run["problem"]["code"]), (&json!("failed"), &json!("ended-without-a-word")), "{run}");
    assert_eq!(desk.document(&["apps"])[0]["state"], "stale");
    let staged = || crate::folder::files(&desk.folder()).iter().any(|path| path.to_string_lossy().contains("staging"));
    assert!(!staged(), "what the dead process had read is gone");
    assert_eq!(desk.sync()["status"], "completed");
    assert_eq!(desk.roster(&[]), truth::roster(&server));
    assert_eq!(desk.document(&["check"])["sound"], true);
}
