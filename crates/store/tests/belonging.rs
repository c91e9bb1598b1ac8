//! Where members belonged is kept when it changes, and only then; the check notices when it was damaged.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::{member, sound, sync, with_app};
use jiff::civil::date;
use roster::Member;
use store::Store;

#[expect(clippy::disallowed_methods, reason = "looks at, or damages, what the store wrote")]
fn raw(dir: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(dir.join("seatledger.db")).unwrap()
}

fn of(id: &str, department: &str) -> Member {
    Member { department: (!department.is_empty()).then(|| department.to_owned()), ..member(id, "can-edit") }
}

#[test]
fn only_who_moved_and_only_since_an_earlier_day_is_kept_with_where_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let kept = || {
        let count = "SELECT count(*) FROM belonging";
        raw(dir.path()).query_row(count, (), |row| row.get::<_, i64>(0)).unwrap()
    };
    let on = |day, rosters: &[&[Member]]| {
        for roster in rosters {
            sync(&store, &app, date(2026, 11, day), roster).unwrap();
            sound(&store);
        }
        kept()
    };
    assert_eq!(on(2, &[&[of("1", "Sales"), of("2", "")]]), 0, "a first roster");
    assert_eq!(on(2, &[&[of("1", "IT"), of("2", "")]]), 0, "what was never so at the end of a day");
    let renamed = Member { given_name: Some("Mira".to_owned()), ..of("1", "IT") };
    assert_eq!(on(3, &[&[renamed.clone(), of("2", "")]]), 0, "another name");
    assert_eq!(on(4, &[&[renamed.clone(), of("2", "Sales")]]), 1);
    assert_eq!(on(4, &[&[renamed.clone(), of("2", "Legal")]]), 1, "twice on one day");
    assert_eq!(on(4, &[&[renamed.clone(), of("2", "")]]), 0, "and back");
    assert_eq!(
        on(5, &[std::slice::from_ref(&renamed), &[renamed.clone(), of("2", "IT")]]),
        1,
        "gone and back elsewhere, on one day"
    );
    assert_eq!(store.belonging_from(app.id).unwrap(), None, "all of it is known");
}

#[test]
fn the_check_notices_damage_to_what_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    for (day, department) in [(2, "Sales"), (3, "IT"), (4, "Legal")] {
        sync(&store, &app, date(2026, 11, day), &[of("1", department), of("2", "")]).unwrap();
    }
    sound(&store);
    let damages = [
        ("UPDATE belonging SET member = 99", "kept of a member who does not exist"),
        ("UPDATE belonging SET department = 99", "kept with a shared text that does not exist"),
        ("UPDATE belonging SET cost_center = department", "kept with a shared text that does not exist"),
        ("UPDATE belonging SET department = (SELECT max(department) FROM belonging)", "the next ones are the same"),
        ("UPDATE belonging SET department = (SELECT department FROM member WHERE member = 1)", "are the same"),
        ("UPDATE belonging SET until_day = until_day - 1", "before the member was listed"),
        ("UPDATE belonging SET until_day = until_day + 9 WHERE until_day > 20760", "days to come"),
        ("UPDATE app SET belonging_from = roster_day + 1", "after their last roster"),
    ];
    for (damage, told) in damages {
        let copy = tempfile::tempdir().unwrap();
        raw(dir.path()).execute("VACUUM INTO ?1", [copy.path().join("seatledger.db").to_string_lossy()]).unwrap();
        sound(&Store::open(copy.path()).unwrap());
        raw(copy.path()).execute_batch(damage).unwrap();
        let wrong = Store::open(copy.path()).unwrap().check().unwrap();
        assert!(wrong.iter().any(|line| line.contains(told)), "{damage}: {wrong:?}");
    }
}
