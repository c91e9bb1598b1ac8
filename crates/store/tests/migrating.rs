//! A database that the first version made is brought up to date with everything in it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{license, member, sound, sync, with_app};
use jiff::civil::date;
use roster::{ChangeKind, Member};
use store::{Counts, MemberStatus, RosterFilter, RosterOrder, Spell, Store};

/// Three rosters as version 1 wrote them: everybody, then one upgraded and one gone. Days are 20759 to 20761.
const WRITTEN: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA application_id = 0x53656174;
    PRAGMA user_version = 1;
    INSERT INTO app VALUES (1, 'lucidchart', 'Lucidchart', 'lucid', 'https://users.lucid.app/scim/v2', 0, 0, 20761, 2);
    INSERT INTO license_type VALUES (1, 1, 'can-edit', 'Can-Edit', 1, 0, 20), (2, 1, 'view-only', 'View-Only', 0, 0, 10);
    INSERT INTO sync_run (run, app, started_at, ended_at, status, day, members) VALUES
        (1, 1, 1, 2, 'completed', 20759, 3), (2, 1, 3, 4, 'completed', 20760, 3), (3, 1, 5, 6, 'completed', 20761, 2);
    INSERT INTO word VALUES (1, 1, 1, 'Größe', 'größe'), (2, 1, 3, '1:a1:b', '1:a1:b');
    INSERT INTO member (member, app, id, hash, status, license, left_on, department, groups, user_name, email, given_name,
        given_folded, search) VALUES
        (1, 1, '1', x'5a936188ce6d16a9da2d09b0aeab62c0', 0, 0, NULL, NULL, 2, 'mira@acme.example', NULL, 'Mira', NULL, ''),
        (2, 1, '2', x'00000000000000000000000000000000', 0, 1, NULL, 1, NULL, '2@acme.example', '2@acme.example', 'Éva', 'éva', ''),
        (3, 1, '3', x'00000000000000000000000000000000', 2, 2, 20761, NULL, NULL, '3@acme.example', NULL, NULL, NULL, '');
    INSERT INTO assignment VALUES (1, 20759, NULL, 0, 1), (2, 20759, 20760, 2, 1), (2, 20760, NULL, 1, 1),
        (3, 20759, 20761, 2, 1);
    INSERT INTO change VALUES (1, 1, 1, NULL, 0), (1, 2, 1, NULL, 2), (1, 3, 1, NULL, 2), (2, 2, 4, 2, 1), (3, 3, 2, 2, NULL);
    INSERT INTO seat_count VALUES (1, 0, 20759, 1, 1), (1, 1, 20760, 1, 1), (1, 2, 20759, 2, 2), (1, 2, 20760, 1, 1),
        (1, 2, 20761, 0, 0);";

fn first_version() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    #[expect(clippy::disallowed_methods, reason = "plays the first version")]
    let old = rusqlite::Connection::open(dir.path().join("seatledger.db")).unwrap();
    old.execute_batch(include_str!("../src/migrations/001-start.sql")).unwrap();
    old.execute_batch(WRITTEN).unwrap();
    dir
}

#[test]
fn a_database_of_version_1_keeps_its_members_and_their_history() {
    let dir = first_version();
    let store = Store::open(dir.path()).unwrap();
    sound(&store);
    let app = store.app("lucidchart").unwrap().unwrap();
    let spells = |id: &str| store.member_history(app.id, id, jiff::civil::date(2026, 11, 2)).unwrap().unwrap().spells;
    let spell = |from, until, key: &str| Spell { from, until, license: license(key), active: true };
    let [first, second, third] = [date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)];
    assert_eq!(spells("1"), [spell(first, None, "")]);
    assert_eq!(spells("2"), [spell(first, Some(second), "view-only"), spell(second, None, "can-edit")]);
    assert_eq!(spells("3"), [spell(first, Some(third), "view-only")]);
    let changes = store.changes(app.id, None, None, 99).unwrap();
    assert_eq!(changes.iter().filter(|row| row.change.kind == ChangeKind::Joined).count(), 3);
    assert_eq!(changes.len(), 5);
    assert_eq!(store.belonging_from(app.id).unwrap(), Some(third), "of earlier days it is not known");
    let on = |day| {
        let filter = RosterFilter { as_of: Some(day), search: "éva größe".to_owned(), ..RosterFilter::default() };
        store.roster_page(app.id, &filter, RosterOrder::default(), 0, 9).unwrap().rows.remove(0)
    };
    assert_eq!(on(first).member.license, license("view-only"));
    assert_eq!((on(third).member.license, on(third).status), (license("can-edit"), MemberStatus::Active));
}

#[test]
fn whoever_did_not_change_since_version_1_is_known_by_the_same_hash() {
    let dir = first_version();
    let store = Store::open(dir.path()).unwrap();
    let app = store.app("lucidchart").unwrap().unwrap();
    let mira = Member {
        user_name: "mira@acme.example".to_owned(),
        email: None,
        given_name: Some("Mira".to_owned()),
        groups: vec!["b".to_owned(), "a".to_owned()],
        ..member("1", "")
    };
    let counts = sync(&store, &app, date(2026, 11, 5), &[mira, member("3", "can-edit")]).unwrap();
    assert_eq!(counts, Counts { members: 2, added: 1, removed: 1, changed: 0 });
    sound(&store);
}

#[test]
fn whoever_did_not_change_since_version_13_is_known_by_a_hash_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let products = vec![roster::ProductLicense { product: "Lucidspark".to_owned(), granted: true }];
    let people = [
        member("1", ""),
        Member {
            email: Some(String::new()),
            display_name: Some("Éva".to_owned()),
            products,
            ..member("2", "can-edit")
        },
        Member {
            given_name: Some("Kim".to_owned()),
            middle_name: Some(String::new()),
            family_name: Some("Größe".to_owned()),
            active: false,
            created: Some("2024-02-29T23:59:59.123456Z".parse().unwrap()),
            last_modified: Some("1969-12-31T00:00:00Z".parse().unwrap()),
            department: Some("Sales".to_owned()),
            cost_center: Some("4711".to_owned()),
            groups: vec!["b".to_owned(), "a".to_owned()],
            ..member("3", "view-only")
        },
        member("4", "can-edit"),
    ];
    sync(&store, &app, date(2026, 11, 2), &people).unwrap();
    sync(&store, &app, date(2026, 11, 3), &people[..3]).unwrap();
    drop(store);
    #[expect(clippy::disallowed_methods, reason = "plays version 13")]
    let old = rusqlite::Connection::open(dir.path().join("seatledger.db")).unwrap();
    old.execute_batch("DROP TABLE row_seed; UPDATE member SET hash = zeroblob(16); PRAGMA user_version = 13;").unwrap();
    drop(old);
    let store = Store::open(dir.path()).unwrap();
    let counts = sync(&store, &app, date(2026, 11, 4), &people[..3]).unwrap();
    assert_eq!(counts, Counts { members: 3, added: 0, removed: 0, changed: 0 });
    let renamed = Member { family_name: Some("Grosse".to_owned()), ..people[2].clone() };
    let counts = sync(&store, &app, date(2026, 11, 5), &[people[0].clone(), people[1].clone(), renamed]).unwrap();
    assert_eq!(counts.changed, 1);
    sound(&store);
}
