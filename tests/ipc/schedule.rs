//! Schedules while the window is open, by a clock that the test moves.

use std::sync::{Arc, Mutex};

use app::clock::{Clock, SharedClock};
use lucid_sim::{Config, Fault, Server};
use serde_json::{Value, json};

use crate::page::{Page, problem};

/// A clock that stands until it is moved.
struct Moved(Mutex<jiff::Timestamp>);

impl Moved {
    fn starting(at: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(at.parse().expect("an instant"))))
    }

    fn minutes_pass(&self, minutes: i64) {
        *self.0.lock().expect("the clock") += jiff::SignedDuration::from_mins(minutes);
    }
}

impl Clock for Moved {
    fn now(&self) -> jiff::Timestamp {
        *self.0.lock().expect("the clock")
    }
}

fn connected(page: &Page, server: &Server) {
    let asked =
        json!({ "connector": "lucid", "name": "Lucid", "base_url": server.base_url(), "token": server.token() });
    page.answer("connect_save", &asked);
}

fn runs(page: &Page) -> Vec<Value> {
    page.answer("runs", &json!({ "app": "lucid" })).as_array().expect("a list").clone()
}

#[test]
fn what_is_due_is_read_and_a_failure_waits_its_whole_interval() {
    let server = Server::start(Config::of(20, 9)).expect("the simulated server starts");
    let room = tempfile::tempdir().expect("a folder");
    let clock = Moved::starting("2026-11-23T08:00:00Z");
    let page = Page::at(room.path(), &(Arc::clone(&clock) as SharedClock));
    connected(&page, &server);
    assert_eq!(page.minute(), 0, "nothing is read without a schedule");

    for hours in [0, 169] {
        let refusal =
            page.call("schedule_save", &json!({ "app": "lucid", "every_hours": hours })).expect_err("refused");
        assert_eq!(problem(&refusal), "refused");
    }
    let view = page.answer("schedule_save", &json!({ "app": "lucid", "every_hours": 6 }));
    assert_eq!(view["schedule"]["every_hours"], 6);
    assert_eq!(view["schedule"]["next"], "2026-11-23T08:00:00Z", "never read, so it is due");
    let before = page.changes();
    assert_eq!(page.minute(), 1);
    assert!(page.changes() > before, "the window hears of it");
    assert_eq!(runs(&page)[0]["status"], "completed");
    let view = page.answer("integration", &json!({ "app": "lucid" }));
    assert_eq!(view["schedule"]["next"], "2026-11-23T14:00:00Z");

    clock.minutes_pass(359);
    assert_eq!(page.minute(), 0, "a minute too early");
    server.set_fault("v403".parse::<Fault>().expect("a fault"));
    clock.minutes_pass(1);
    assert_eq!(page.minute(), 1);
    let failed = &runs(&page)[0];
    assert_eq!(failed["status"], "failed", "it is in the history");
    assert_eq!(page.answer("app_row", &json!({ "app": "lucid" }))["members"], 20, "the last numbers stay");
    clock.minutes_pass(1);
    assert_eq!(page.minute(), 0, "a failure is not repeated every minute");
    server.set_fault(None);
    clock.minutes_pass(359);
    assert_eq!(page.minute(), 1);
    assert_eq!(runs(&page)[0]["status"], "completed");

    page.answer("schedule_save", &json!({ "app": "lucid", "every_hours": null }));
    clock.minutes_pass(10_000);
    assert_eq!(page.minute(), 0, "never again");
}

#[test]
fn a_token_that_cannot_be_had_is_a_failure_in_the_history_too() {
    let server = Server::start(Config::of(5, 9)).expect("the simulated server starts");
    let room = tempfile::tempdir().expect("a folder");
    let clock = Moved::starting("2026-11-23T08:00:00Z");
    let page = Page::at(room.path(), &(Arc::clone(&clock) as SharedClock));
    connected(&page, &server);
    page.answer("schedule_save", &json!({ "app": "lucid", "every_hours": 1 }));
    std::fs::remove_file(room.path().join("vault.v1")).expect("the vault goes");
    assert_eq!(page.minute(), 1);
    let failed = &runs(&page)[0];
    assert_eq!(failed["status"], "failed");
    problem(&failed["problem"]);
    assert_eq!(page.minute(), 0, "it waits its interval like any other");
}
