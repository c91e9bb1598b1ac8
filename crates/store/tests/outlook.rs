//! Accounts counted by where they belong.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{member, sync, with_app};
use jiff::civil::date;
use roster::Member;
use store::{AccountCount, Store};

fn of(id: &str, key: &str, department: Option<&str>, groups: &[&str]) -> Member {
    Member {
        department: department.map(str::to_owned),
        cost_center: department.map(|name| format!("CC-{name}")),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        ..member(id, key)
    }
}

/// License, department, groups, accounts; sorted.
fn brief(counts: Vec<AccountCount>) -> Vec<(String, String, String, u64)> {
    let mut all: Vec<_> = counts
        .into_iter()
        .map(|one| {
            let department = one.department.unwrap_or_else(|| "-".to_owned());
            (one.license.to_string(), department, one.groups.join("+"), one.accounts)
        })
        .collect();
    all.sort();
    all
}

fn row(license: &str, department: &str, groups: &str, accounts: u64) -> (String, String, String, u64) {
    (license.to_owned(), department.to_owned(), groups.to_owned(), accounts)
}

#[test]
fn active_members_are_counted_by_what_they_hold_and_where_they_belong() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let first = [
        of("1", "can-edit", Some("Sales"), &["b", "a"]),
        of("2", "can-edit", Some("Sales"), &["a", "b"]),
        of("3", "can-edit", None, &[]),
        of("4", "view-only", Some("IT"), &[]),
        Member { active: false, ..of("5", "can-edit", Some("Sales"), &[]) },
        of("6", "", Some("IT"), &[]),
    ];
    sync(&store, &app, date(2026, 11, 2), &first).unwrap();
    let expected = [row("can-edit", "-", "", 1), row("can-edit", "Sales", "a+b", 2), row("view-only", "IT", "", 1)];
    assert_eq!(brief(store.account_counts(app.id, None, false).unwrap()), expected, "unknown licenses are nobody's");
    let mut later = first.to_vec();
    later.remove(1);
    later[2] = of("4", "can-edit", Some("IT"), &[]);
    sync(&store, &app, date(2026, 11, 9), &later).unwrap();
    let now = brief(store.account_counts(app.id, None, false).unwrap());
    assert_eq!(now, [row("can-edit", "-", "", 1), row("can-edit", "IT", "", 1), row("can-edit", "Sales", "a+b", 1)]);
    let then = brief(store.account_counts(app.id, Some(date(2026, 11, 8)), false).unwrap());
    assert_eq!(then, expected, "a past day counts who held what then");
    let at_the_end = brief(store.account_counts(app.id, Some(date(2026, 11, 9)), false).unwrap());
    assert_eq!(at_the_end, now, "as of the last day equals now");
}

#[test]
fn e_mail_addresses_are_told_only_when_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store);
    let people = [of("1", "can-edit", None, &[]), of("2", "can-edit", None, &[])];
    sync(&store, &app, date(2026, 11, 2), &people).unwrap();
    let plain = store.account_counts(app.id, None, false).unwrap();
    assert_eq!((plain.len(), plain[0].accounts, plain[0].email.as_deref()), (1, 2, None));
    let mut emails: Vec<_> =
        store.account_counts(app.id, None, true).unwrap().into_iter().map(|one| one.email.unwrap()).collect();
    emails.sort();
    assert_eq!(emails, ["1@acme.example", "2@acme.example"]);
}
