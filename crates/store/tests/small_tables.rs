//! Apps, settings, license types and runs come back as they were written.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{end, known, license, member, new_app, noon, sound, sync, with_app};
use jiff::civil::date;
use roster::{Finding, FindingCode, LicenseKey};
use store::{
    Act, ActKind, Entry, LicenseType, Problem, Promotion, RosterFilter, RosterOrder, RunEnd, RunStatus, Store,
    StoreError,
};

#[test]
fn settings_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.setting("time-zone").unwrap(), None);
    store.set_setting("time-zone", "Europe/Paris").unwrap();
    store.set_setting("time-zone", "Asia/Tokyo").unwrap();
    drop(store);
    assert_eq!(Store::open(dir.path()).unwrap().setting("time-zone").unwrap().as_deref(), Some("Asia/Tokyo"));
}

#[test]
fn whoever_only_reads_can_write_nothing_and_reads_what_the_others_write() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    store.save_draft(app.id, "fee", "typed").unwrap();
    let reading = store.for_reading();
    let refused = [
        reading.set_setting("time-zone", "Asia/Tokyo").err(),
        reading.save_draft(app.id, "fee", "other").err(),
        reading.clear_draft(app.id, "fee").err(),
        reading.add_app(&new_app("Second"), &known(), noon()).err(),
        reading.remove_app(app.id).err(),
        reading.begin_run(app.id, noon()).err(),
        reading.staging().err(),
        reading.forget(app.id).err(),
        reading.undo(app.id.into(), noon()).err(),
    ];
    for error in refused {
        assert!(matches!(error, Some(StoreError::ForReading)), "{error:?}");
    }
    assert_eq!(reading.draft(app.id, "fee").unwrap().as_deref(), Some("typed"));
    store.set_setting("time-zone", "Europe/Paris").unwrap();
    assert_eq!(reading.setting("time-zone").unwrap().as_deref(), Some("Europe/Paris"));
    assert_eq!(reading.clone().set_setting("a", "b").unwrap_err().code(), "only-reading", "nor can its clones");
    sound(&store);
}

#[test]
fn every_app_gets_a_slug_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let slugs = ["Lucidchart", "lucidchart!", "Été à Paris", "日本", "日本"]
        .map(|name| store.add_app(&new_app(name), &known(), noon()).unwrap().slug);
    assert_eq!(slugs, ["lucidchart", "lucidchart-2", "t-paris", "app", "app-2"]);
    assert_eq!(store.app("t-paris").unwrap().unwrap().name, "Été à Paris");
    assert_eq!(store.app("nobody").unwrap(), None);
    assert_eq!(store.apps().unwrap().len(), 5);
}

#[test]
fn license_types_are_known_found_or_changed() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    sync(&store, &app, date(2026, 11, 2), &[member("1", "guest editor")]).unwrap();
    let types = store.license_types(app.id).unwrap();
    let keys: Vec<_> = types.iter().map(|found| (found.name.as_str(), found.billable, found.rank)).collect();
    assert_eq!(keys, [("Can-Edit", true, Some(20)), ("View-Only", false, Some(10)), ("Guest-Editor", false, None)]);
    let key = LicenseKey::new("guest-editor").unwrap();
    let changed = LicenseType { key, name: "Guest".to_owned(), billable: true, free: true, rank: None };
    let act = Act { app: Some(app.id), kind: ActKind::Edit, words: None, at: noon() };
    store.act(&act, &[Entry::ChangeLicenseType(changed.clone())]).unwrap();
    sync(&store, &app, date(2026, 11, 3), &[member("1", "guest editor")]).unwrap();
    assert!(store.license_types(app.id).unwrap().contains(&changed), "a sync leaves alone what a person decided");
}

#[test]
fn a_run_tells_how_it_ended() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let run = store.begin_run(app.id, noon()).unwrap();
    assert_eq!(store.runs(app.id, 10).unwrap()[0].status(), RunStatus::Running);
    let [code, message, hint] = ["token-rejected", "Lucid refused the token.", "Make a new one."].map(str::to_owned);
    let failed = RunEnd {
        problem: Some(Problem { code, message, hint }),
        findings: vec![Finding {
            code: FindingCode::NoEmail,
            count: 7,
            examples: vec!["a:1".to_owned(), String::new()],
        }],
        members: 12,
        ..end(RunStatus::Failed)
    };
    store.end_run(run, &failed).unwrap();
    assert_eq!(store.runs(app.id, 10).unwrap()[0].end, Some(failed.clone()));
    assert!(matches!(store.end_run(run, &failed), Err(StoreError::NoSuchRun)), "a run ends once");
    assert_eq!(store.sync_days(app.id).unwrap(), [], "a failed run is no day with a roster");
}

#[test]
fn removing_an_app_erases_it_from_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let (app, other) = (with_app(&store), with_app(&store));
    let secretive =
        roster::Member { department: Some("Clandestine".to_owned()), ..member("whistleblower", "can-edit") };
    sync(&store, &app, date(2026, 11, 2), &[secretive]).unwrap();
    sync(&store, &app, date(2026, 11, 3), &[member("2", "can-edit")]).unwrap();
    sync(&store, &other, date(2026, 11, 2), &[member("1", "can-edit")]).unwrap();
    store.remove_app(app.id).unwrap();
    sound(&store);
    assert_eq!(store.member_count(other.id).unwrap(), 1);
    assert!(matches!(store.remove_app(app.id), Err(StoreError::NoSuchApp)));
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for word in ["whistleblower", "Clandestine", "clandestine"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} is still there");
        }
    }
}

#[test]
fn of_two_members_with_one_id_the_first_counts() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let mut staging = store.staging().unwrap();
    staging.add(&[member("gone", "can-edit")]).unwrap();
    staging.clear().unwrap();
    assert_eq!(staging.members(), 0);
    let first = staging.add(&[member("1", "can-edit"), member("1", "view-only")]).unwrap();
    let second = staging.add(&[member("1", "view-only"), member("2", "")]).unwrap();
    assert_eq!([first.new, first.duplicates, second.new, second.duplicates], [1, 1, 1, 1]);
    assert_eq!(staging.members(), 2);
    let run = store.begin_run(app.id, noon()).unwrap();
    let promotion = Promotion { day: date(2026, 11, 2), run_end: end(RunStatus::Completed), new_types_billable: false };
    store.promote(app.id, run, &staging, &promotion).unwrap();
    let rows = store.roster_page(app.id, &RosterFilter::default(), RosterOrder::default(), 0, 9).unwrap().rows;
    let licenses: Vec<_> = rows.into_iter().map(|row| row.member.license).collect();
    assert_eq!(licenses, [license("can-edit"), license("")]);
}
