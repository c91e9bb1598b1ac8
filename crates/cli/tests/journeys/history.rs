//! Who held which license when: syncs on several days, compared with what happened on the server between them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use lucid_sim::{Config, Seat, Server};
use serde_json::{Value, json};

use crate::desk::{APP, Desk};

/// Four days over which people join, leave, come back, and change their license.
const DAYS: [Date; 4] = [date(2025, 10, 27), date(2026, 1, 26), date(2026, 5, 18), date(2026, 9, 21)];

/// Who holds what on a day, by id.
type Holders = BTreeMap<String, Seat>;

fn holders(server: &Server, day: Date) -> Holders {
    server.set_day(day);
    server.truth().into_iter().map(|user| (user.id, user.license)).collect()
}

fn name(seat: Seat) -> &'static str {
    if seat.can_edit() { "Can-Edit" } else { "View-Only" }
}

/// Day, member, kind, from, to; nothing is a dash.
type Change = (String, String, String, String, String);

/// What a reader on these days must have noticed.
fn expected(server: &Server) -> BTreeSet<Change> {
    let mut seen: Holders = Holders::new();
    let mut last = Holders::new();
    let mut changes = BTreeSet::new();
    for day in DAYS {
        let now = holders(server, day);
        let mut note = |id: &String, kind: &str, from: &str, to: &str| {
            changes.insert((day.to_string(), id.clone(), kind.to_owned(), from.to_owned(), to.to_owned()));
        };
        for (id, seat) in &now {
            match (last.get(id), seen.get(id)) {
                (None, None) => note(id, "joined", "-", name(*seat)),
                (None, Some(before)) => note(id, "reactivated", name(*before), name(*seat)),
                (Some(Seat::ViewOnly), _) if seat.can_edit() => note(id, "upgraded", "View-Only", "Can-Edit"),
                (Some(Seat::CanEdit), _) if !seat.can_edit() => note(id, "downgraded", "Can-Edit", "View-Only"),
                _ => {}
            }
        }
        for (id, seat) in last.iter().filter(|(id, _)| !now.contains_key(*id)) {
            note(id, "left", name(*seat), "-");
        }
        seen.extend(now.clone());
        last = now;
    }
    changes
}

/// An account and a desk on which it was read on every one of the days.
fn read_on_all_days() -> (Server, Desk) {
    let server = Server::start(Config { grow_to: Some(260), ..Config::of(220, 11) }).unwrap();
    let desk = Desk::new();
    desk.connect(&server);
    for day in DAYS {
        let truth = holders(&server, day).len() as u64;
        let report = desk.sync_on(day, &server, true);
        assert_eq!(report.members, truth, "{day}");
    }
    (server, desk)
}

#[test]
fn changes_are_those_that_happened() {
    let (server, desk) = read_on_all_days();
    let told = desk.document(&["changes", APP]);
    let told: BTreeSet<Change> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|change| {
            let text = |field: &str| change[field].as_str().unwrap().to_owned();
            let day = text("at").split('T').next().unwrap().to_owned();
            let side = |field: &str| change[field].as_str().unwrap_or("-").to_owned();
            (day, text("member"), text("kind"), side("from"), side("to"))
        })
        .collect();
    let expected = expected(&server);
    for kind in ["joined", "left", "reactivated", "upgraded", "downgraded"] {
        let of =
            |changes: &BTreeSet<Change>| changes.iter().filter(|change| change.2 == kind).cloned().collect::<Vec<_>>();
        assert!(!of(&expected).is_empty(), "somebody {kind}");
        assert_eq!(of(&told), of(&expected), "{kind}");
    }
    assert_eq!(told, expected);
    let between = desk.document(&["changes", APP, "--from", "2026-01-27", "--to", "18 May 2026"]);
    let days: BTreeSet<_> = between
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["at"].as_str().unwrap().split('T').next().unwrap().to_owned())
        .collect();
    assert_eq!(days.into_iter().collect::<Vec<_>>(), ["2026-05-18"]);
}

#[test]
fn the_roster_of_a_past_day_is_the_one_of_that_day() {
    let (server, desk) = read_on_all_days();
    for (index, day) in DAYS.into_iter().enumerate() {
        let truth: Vec<_> = holders(&server, day).into_iter().map(|(id, seat)| (id, seat.key().to_owned())).collect();
        let later = DAYS.get(index + 1).map_or(date(2026, 10, 1), |next| next.yesterday().unwrap());
        for asked in [day, later] {
            let roster = desk.roster(&["--as-of", &asked.to_string()]);
            let text = |member: &Value, field: &str| member[field].as_str().unwrap().to_owned();
            let mut told: Vec<_> =
                roster.iter().map(|member| (text(member, "id"), text(member, "license_type"))).collect();
            told.sort();
            assert_eq!(told, truth, "as of {asked}");
            let editing = truth.iter().filter(|(_, key)| key == "can-edit").count();
            let spend = desk.document(&["spend", APP, "--as-of", &asked.to_string()]);
            assert_eq!((&spend["as_of"], &spend["billable_accounts"]), (&json!(asked.to_string()), &json!(editing)));
        }
    }
    assert_eq!(desk.document(&["roster", APP, "--as-of", "2025-10-26"]), json!([]), "before the first reading");
    assert_eq!(desk.document(&["check"]), json!({"sound": true, "broken": []}));
}

#[test]
fn a_second_sync_without_changes_adds_nothing_but_its_run() {
    let (server, desk) = read_on_all_days();
    let ask = |what: &str| desk.document(&[what, APP]);
    let (roster, changes, runs) = (ask("roster"), ask("changes"), ask("runs"));
    let report = desk.sync_on(date(2026, 9, 22), &server, false);
    let moved = report.added + report.removed + report.changed;
    server.set_day(date(2026, 9, 22));
    let again = desk.sync();
    assert_eq!(json!([again["added"], again["removed"], again["changed"]]), json!([0, 0, 0]));
    assert_eq!(ask("runs").as_array().unwrap().len(), runs.as_array().unwrap().len() + 2);
    assert_eq!(ask("changes").as_array().unwrap().len() as u64, changes.as_array().unwrap().len() as u64 + moved);
    if moved == 0 {
        assert_eq!(ask("roster"), roster);
    }
}
