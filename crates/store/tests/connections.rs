//! How an app is read, the roster that waits, the stages of runs; and a database from before any of them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::{end, license, member, noon, sound, sync, with_app};
use jiff::civil::date;
use roster::{Case, FindingCode, LicenseKey, Member};
use store::{
    App, ConnectionSettings, MappedLicense, Nesting, Problem, Promotion, Ruling, RunEnd, RunId, RunStage, RunStatus,
    Settled, Store, StoreError,
};

fn mapped(seen: &str, key: Option<&str>, members: Option<u64>) -> MappedLicense {
    MappedLicense {
        seen: seen.to_owned(),
        name: format!("Named {seen}"),
        license: key.and_then(LicenseKey::new),
        members,
        nesting: Nesting { subgroups: 3, unread: members.unwrap_or(0), in_cycle: members.is_some() },
    }
}

#[expect(clippy::disallowed_methods, reason = "looks at, or damages, what the store wrote")]
fn raw(dir: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(dir.join("seatledger.db")).unwrap()
}

#[test]
fn how_an_app_is_read_is_kept_in_the_persons_order() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (app, other) = (with_app(&store), with_app(&store));
    assert_eq!(store.connection(app.id).unwrap(), ConnectionSettings::default(), "nothing set means the usual");
    let wanted = ConnectionSettings {
        license_from: Some("userType".to_owned()),
        requests_per_minute: Some(0),
        pages_in_flight: Some(2),
        authority: Some("/etc/ssl/company.pem".to_owned()),
        drop_percent: Some(35),
        sync_every_hours: Some(6),
        groups_read: Some(noon()),
        rest_base_url: Some("https://api.lucid.co".to_owned()),
        values: vec![
            mapped("z", Some("can-edit"), Some(9)),
            mapped("a", None, None),
            mapped("m", Some("view-only"), Some(0)),
        ],
        groups: vec![mapped("g-1", Some("view-only"), Some(3))],
        subscriptions: vec![mapped("s-1", Some("can-edit"), None)],
    };
    let kept = store.change_connection(app.id, |settings| *settings = wanted.clone()).unwrap();
    assert_eq!(kept, wanted);
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.connection(app.id).unwrap(), wanted);
    assert_eq!(store.connection(other.id).unwrap(), ConnectionSettings::default());
    store.change_connection(app.id, |settings| settings.values.reverse()).unwrap();
    let turned = store.connection(app.id).unwrap();
    assert_eq!(turned.values.iter().map(|row| row.seen.as_str()).collect::<Vec<_>>(), ["m", "a", "z"]);
    assert_eq!(turned.groups, wanted.groups, "what was not changed stays");
    sound(&store);
}

#[test]
fn two_changes_at_once_are_both_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (Store::open(dir.path()).unwrap(), Store::open(dir.path()).unwrap());
    let app = with_app(&one);
    one.change_connection(app.id, |settings| settings.drop_percent = Some(5)).unwrap();
    other.change_connection(app.id, |settings| settings.sync_every_hours = Some(12)).unwrap();
    let settings = one.connection(app.id).unwrap();
    assert_eq!((settings.drop_percent, settings.sync_every_hours), (Some(5), Some(12)));
}

#[test]
fn a_mapping_to_a_license_type_that_does_not_exist_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let before =
        store.change_connection(app.id, |settings| settings.values = vec![mapped("a", Some("can-edit"), None)]);
    let refused = store.change_connection(app.id, |settings| settings.values = vec![mapped("b", Some("gone"), None)]);
    assert!(refused.is_err());
    assert_eq!(store.connection(app.id).unwrap(), before.unwrap());
    store.remove_app(app.id).unwrap();
    assert!(matches!(store.change_connection(app.id, |_| ()), Err(StoreError::NoSuchApp)));
    assert_eq!(store.connection(app.id).unwrap(), ConnectionSettings::default(), "it went with its app");
}

fn hold(store: &Store, app: &App, members: &[Member]) -> RunId {
    let run = store.begin_run(app.id, noon()).unwrap();
    let mut staging = store.staging().unwrap();
    staging.add(members).unwrap();
    let [code, message, hint] = ["roster-held", "Fewer than before.", "Accept it."].map(str::to_owned);
    let held = RunEnd { problem: Some(Problem { code, message, hint }), ..end(RunStatus::Held) };
    let promotion = Promotion { day: date(2026, 11, 2), run_end: end(RunStatus::Completed), new_types_billable: false };
    let settled = store.settle(app.id, run, &staging, &promotion, |_| Ruling::Hold(held)).unwrap();
    assert_eq!(settled, Settled::Held);
    run
}

#[test]
fn a_roster_that_waits_tells_who_would_go_until_another_takes_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (app, other) = (with_app(&store), with_app(&store));
    let named = |id: &str, name: &str| Member { display_name: Some(name.to_owned()), ..member(id, "can-edit") };
    let first = [named("1", "zoe"), named("2", "Adam"), member("3", "view-only"), member("4", "view-only")];
    sync(&store, &app, date(2026, 11, 2), &first).unwrap();
    sync(&store, &app, date(2026, 11, 2), &first[..3]).unwrap();
    sync(&store, &other, date(2026, 11, 2), &first).unwrap();
    assert_eq!(store.held(app.id, 0, 10).unwrap(), None);

    // 1 and 2 would go, 3 changes, 4 would come back, 5 is new.
    let waits = hold(&store, &app, &[member("3", "can-edit"), member("4", "view-only"), member("5", "can-edit")]);
    let held = store.held(app.id, 0, 10).unwrap().unwrap();
    assert_eq!((held.run, held.at, held.reason.as_str()), (waits, noon(), "Fewer than before."));
    assert_eq!((held.would_go, held.would_join, held.would_change), (2, 2, 1));
    let who = |held: &store::HeldRoster| held.rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    assert_eq!(who(&held), ["Adam", "zoe"], "by name, whatever its case");
    assert_eq!((held.rows[0].id.as_str(), &held.rows[0].license), ("2", &license("can-edit")));
    assert_eq!(who(&store.held(app.id, 1, 1).unwrap().unwrap()), ["zoe"], "page by page");
    assert_eq!(store.held(app.id, 9, 1).unwrap().unwrap().would_go, 2, "the count is of all");
    assert_eq!(store.member_count(app.id).unwrap(), 3, "nothing was written");
    sound(&store);

    let failed = store.begin_run(app.id, noon()).unwrap();
    store.end_run(failed, &end(RunStatus::Failed)).unwrap();
    assert_eq!(store.held(app.id, 0, 10).unwrap().unwrap().run, waits, "a failed run takes nobody's place");
    sync(&store, &other, date(2026, 11, 3), &first).unwrap();
    assert_eq!(store.held(app.id, 0, 10).unwrap().unwrap().run, waits, "nor does another app's");
    let again = hold(&store, &app, &[]);
    let held = store.held(app.id, 0, 10).unwrap().unwrap();
    assert_eq!((held.run, held.would_go, held.would_join), (again, 3, 0), "everybody would go");
    sound(&store);
    sync(&store, &app, date(2026, 11, 3), &first).unwrap();
    assert_eq!(store.held(app.id, 0, 10).unwrap(), None);
    sound(&store);
    hold(&store, &app, &[]);
    store.remove_app(app.id).unwrap();
    sound(&store);
}

#[test]
fn a_run_keeps_its_stages_however_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let stage = |key: &str, completed| RunStage {
        key: key.to_owned(),
        requests: 7,
        bytes: 4_096,
        retries: 2,
        milliseconds: 1_250,
        detail: "A sentence.".to_owned(),
        completed,
    };
    for status in [RunStatus::Completed, RunStatus::Failed, RunStatus::Cancelled] {
        let run = store.begin_run(app.id, noon()).unwrap();
        let stages = vec![stage("service-provider", true), stage("users", status == RunStatus::Completed)];
        let ended = RunEnd { stages, retries: 4, ..end(status) };
        store.end_run(run, &ended).unwrap();
        assert_eq!(store.runs(app.id, 1).unwrap()[0].end, Some(ended));
    }
    sound(&store);
    store.remove_app(app.id).unwrap();
    sound(&store);
}

/// A database as the first version left it, with one of everything.
const FIRST: &str = "
    INSERT INTO setting VALUES ('organisation', 'Acme');
    INSERT INTO app VALUES (1, 'lucidchart', 'Lucidchart', 'lucid', 'https://users.lucid.app/scim/v2', 0, 5, 20394, 1);
    INSERT INTO license_type VALUES (1, 1, 'can-edit', 'Can-Edit', 1, 0, 20), (2, 1, 'view-only', 'View-Only', 0, 0, 10);
    INSERT INTO sync_run VALUES (1, 1, 10, 20, 'completed', 20394, 1, 1, 0, 0, 1, 2, 3, NULL, NULL, NULL),
        (2, 1, 30, 40, 'held', NULL, 0, 0, 0, 0, 1, 2, 3, 'roster-held', 'Nobody is listed.', 'Accept it.');
    INSERT INTO finding VALUES (1, 0, 'no-name', 1, '1:1');
    INSERT INTO word VALUES (1, 1, 1, 'Sales', 'sales');
    INSERT INTO member VALUES (1, 1, 'u-1', x'00112233445566778899aabbccddeeff', 0, 1, NULL, 1, NULL, NULL, NULL, NULL, NULL,
        'ada@acme.example', 'ada@acme.example', 'Ada', NULL, 'Lovelace', NULL, NULL, NULL, NULL, NULL, 'ada lovelace');
    INSERT INTO assignment VALUES (1, 20394, NULL, 1, 1);
    INSERT INTO change VALUES (1, 1, 1, NULL, 1);
    INSERT INTO seat_count VALUES (1, 1, 20394, 1, 1);
    INSERT INTO purchase_version VALUES (1, 1, 1, 50, 'add', NULL, 'Add Can-Edit', 0, 'can-edit', 'Agreement', 'PO-1', 50, '9.00',
        'unit', 'USD', 'month', 20394, NULL, 'none', 0, NULL, '');
    PRAGMA application_id = 0x53656174;
    PRAGMA user_version = 1;";

#[test]
fn a_database_of_the_first_version_is_taken_over_with_everything_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let old = raw(dir.path());
    old.execute_batch(include_str!("../src/migrations/001-start.sql")).unwrap();
    old.execute_batch(FIRST).unwrap();
    drop(old);
    let store = Store::open(dir.path()).unwrap();
    sound(&store);
    let app = store.app("lucidchart").unwrap().unwrap();
    assert_eq!(store.setting("organisation").unwrap().as_deref(), Some("Acme"));
    assert_eq!(store.member_count(app.id).unwrap(), 1);
    assert_eq!(store.purchases(app.id).unwrap().len(), 1);
    assert_eq!(store.connection(app.id).unwrap(), ConnectionSettings::default());
    let runs = store.runs(app.id, 10).unwrap();
    assert_eq!(runs.iter().map(store::Run::status).collect::<Vec<_>>(), [RunStatus::Held, RunStatus::Completed]);
    let first = runs[1].end.as_ref().unwrap();
    assert_eq!((first.requests, first.retries, first.stages.len(), first.findings.len()), (3, 0, 0, 1));
    assert_eq!(store.held(app.id, 0, 10).unwrap(), None, "who would go was not kept then");
    store.change_connection(app.id, |settings| settings.sync_every_hours = Some(24)).unwrap();
    let waits = hold(&store, &app, &[]);
    assert_eq!(store.held(app.id, 0, 10).unwrap().unwrap().run, waits);
    sound(&store);
    drop(store);
    sound(&Store::open(dir.path()).unwrap());
}

#[test]
fn the_check_notices_what_the_schema_cannot_hold() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    sync(&store, &app, date(2026, 11, 2), &[member("1", "can-edit"), member("2", "can-edit")]).unwrap();
    store
        .change_connection(app.id, |settings| settings.values = vec![mapped("a", None, None), mapped("b", None, None)])
        .unwrap();
    hold(&store, &app, &[]);
    let running = store.begin_run(app.id, noon()).unwrap();
    sound(&store);
    let damages = [
        (format!("INSERT INTO run_stage VALUES ({}, 0, 'users', 1, 1, 0, 1, '', 1)", running.0), "stages of a run"),
        ("UPDATE held_roster SET run = 1".to_owned(), "although their run was not held"),
        (
            format!("INSERT INTO held_roster (run, would_join, would_change) VALUES ({}, 0, 0)", running.0),
            "more than one roster that waits",
        ),
        ("DELETE FROM held_roster".to_owned(), "roster that does not wait"),
        ("UPDATE held_member SET member = 99 WHERE member = 1".to_owned(), "not listed on that app's roster"),
        ("UPDATE license_mapping SET position = 0".to_owned(), "share a place"),
    ];
    for (damage, told) in damages {
        let copy = tempfile::tempdir().unwrap();
        raw(dir.path()).execute("VACUUM INTO ?1", [copy.path().join("seatledger.db").to_string_lossy()]).unwrap();
        sound(&Store::open(copy.path()).unwrap());
        raw(copy.path()).execute_batch(&damage).unwrap();
        let wrong = Store::open(copy.path()).unwrap().check().unwrap();
        assert!(wrong.iter().any(|line| line.contains(told)), "{damage}: {wrong:?}");
    }
}

#[test]
fn whom_findings_concern_is_kept_of_the_newest_roster() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (app, other) = (with_app(&store), with_app(&store));
    let case = |id: &str| Case {
        code: FindingCode::SourcesDisagree,
        id: id.to_owned(),
        user_name: format!("user {id}"),
        email: None,
        told: vec![("record".to_owned(), "can-edit".to_owned()), ("group".to_owned(), "5:view".to_owned())],
    };
    let ended = |app: &App, status, cases: Vec<Case>| {
        let run = store.begin_run(app.id, noon()).unwrap();
        store.end_run(run, &RunEnd { cases, ..end(status) }).unwrap();
    };
    ended(&app, RunStatus::Completed, vec![case("1"), case("2")]);
    ended(&other, RunStatus::Completed, vec![case("9")]);
    assert_eq!(store.finding_cases(app.id).unwrap(), [case("1"), case("2")]);
    ended(&app, RunStatus::Failed, Vec::new());
    assert_eq!(store.finding_cases(app.id).unwrap().len(), 2, "a run that read nothing tells nothing");
    ended(&app, RunStatus::Held, vec![case("3")]);
    assert_eq!(store.finding_cases(app.id).unwrap(), [case("3")]);
    assert_eq!(store.finding_cases(other.id).unwrap(), [case("9")]);
    sound(&store);
    store.remove_app(app.id).unwrap();
    assert_eq!(store.finding_cases(app.id).unwrap(), []);
}

#[test]
fn values_are_remembered_for_the_path_at_which_they_were_seen() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let values = |values: &[&str]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
    store.keep_license_values(app.id, "userType", &values(&["Pro", "Lite"])).unwrap();
    store.keep_license_values(app.id, "userType", &values(&["Pro", "Team"])).unwrap();
    assert_eq!(store.license_values(app.id, "userType").unwrap(), ["Lite", "Pro", "Team"]);
    assert_eq!(store.license_values(app.id, "roles").unwrap(), values(&[]));
    store.remove_app(app.id).unwrap();
    assert_eq!(store.license_values(app.id, "userType").unwrap(), values(&[]));
}
