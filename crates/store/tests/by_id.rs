//! A member's history is found by id, letter by letter, whether anybody looked at the roster before or not.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{member, sync, with_app};
use jiff::civil::date;
use roster::Member;
use store::{App, RosterColumn, RosterFilter, RosterOrder, Store};

/// Ids that differ in case alone, that are each other's beginnings, and that are somebody else's name.
const IDS: [&str; 8] = ["aB1", "ab1", "AB1", "ab", "ab12", "Ünï", "ünï", "x"];

fn organisation(store: &Store) -> App {
    let app = with_app(store);
    let of = |(place, id): (usize, &&str)| Member { user_name: IDS[(place + 1) % 8].to_owned(), ..member(id, "lite") };
    sync(store, &app, date(2026, 11, 2), &IDS.iter().enumerate().map(of).collect::<Vec<_>>()).unwrap();
    app
}

fn all_are_found(store: &Store, app: &App) {
    for id in IDS {
        let found = store.member_history(app.id, id, jiff::civil::date(2026, 11, 2)).unwrap().unwrap();
        assert_eq!(found.row.member.id, id);
    }
    for id in ["", "Ab", "b1", "ÜNÏ", "ab1 ", "y"] {
        assert_eq!(store.member_history(app.id, id, jiff::civil::date(2026, 11, 2)).unwrap(), None, "{id:?}");
    }
}

#[test]
fn members_are_found_by_the_table_by_the_image_and_by_its_order() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = organisation(&store);
    all_are_found(&store, &app);
    let look = |column| {
        let order = RosterOrder { column, descending: false };
        store.roster_page(app.id, &RosterFilter::default(), order, 0, 9).unwrap();
    };
    look(RosterColumn::Email);
    all_are_found(&store, &app);
    look(RosterColumn::Id);
    all_are_found(&store, &app);
    sync(&store, &app, date(2026, 11, 3), &[member("new", "lite")]).unwrap();
    assert!(
        store.member_history(app.id, "new", jiff::civil::date(2026, 11, 2)).unwrap().is_some(),
        "an image of an older roster is not asked"
    );
}
