//! What is kept of the last reading: it comes back as it was, or not at all.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::PathBuf;

use common::{member, with_app};
use roster::{Mark, Packed};
use store::{AppId, Staging, Store};

const MANNER: &str = "lucid";
const SEED: u64 = 0x5EA7;

fn mark(number: u32) -> Mark {
    Mark { hash: u128::from(number) << 80 | 7, length: number + 1, note: 3 }
}

fn page(numbers: std::ops::Range<u32>) -> (Packed, Vec<Mark>) {
    let members: Vec<_> = numbers.clone().map(|number| member(&number.to_string(), "can-edit")).collect();
    (Packed::of(&members), numbers.map(mark).collect())
}

fn staged(store: &Store, numbers: std::ops::Range<u32>) -> Staging {
    let mut staging = store.staging().unwrap();
    let (members, marks) = page(numbers);
    staging.add_packed(&members, &marks).unwrap();
    staging
}

fn remembered(dir: &tempfile::TempDir) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> =
        entries.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("recall-")).collect();
    found.sort();
    found
}

fn opened() -> (tempfile::TempDir, Store, AppId) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let app = with_app(&store).id;
    (dir, store, app)
}

fn is_empty(store: &Store, app: AppId, manner: &str) -> bool {
    store.recall(app, manner).unwrap().users(0, 1).unwrap().0.is_empty()
}

#[test]
fn marks_are_made_with_the_same_secret_as_long_as_they_are_kept() {
    let (_dir, store, app) = opened();
    let [one, other] = [(), ()].map(|()| store.recall(app, MANNER).unwrap().seed());
    assert_ne!(one, other, "a new one each time there are none");
    store.remember(app, MANNER, &staged(&store, 0..2), one).unwrap();
    assert_eq!(store.recall(app, MANNER).unwrap().seed(), one);
    store.remember(app, MANNER, &staged(&store, 0..0), other).unwrap();
    assert_eq!(store.recall(app, MANNER).unwrap().seed(), other);
}

#[test]
fn a_reading_comes_back_as_it_was_page_by_page() {
    let (_dir, store, app) = opened();
    let mut staging = store.staging().unwrap();
    for start in [0, 40, 80] {
        let (members, marks) = page(start..start + 40);
        staging.add_packed(&members, &marks).unwrap();
    }
    // Somebody who is there already leaves no second trace.
    let (again, marks) = page(119..121);
    staging.add_packed(&again, &marks).unwrap();
    store.remember(app, MANNER, &staging, SEED).unwrap();
    drop(staging);
    let recall = store.recall(app, MANNER).unwrap();
    for (place, most, expected) in
        [(0, 3, 0..3), (38, 5, 38..43), (118, 90, 118..121), (121, 5, 0..0), (9_000, 5, 0..0)]
    {
        let (members, marks) = page(expected);
        assert_eq!(recall.users(place, most).unwrap(), (marks, members), "from {place}");
    }
}

#[test]
fn what_is_kept_of_pages_comes_back_by_name() {
    let (dir, store, app) = opened();
    let mut staging = staged(&store, 0..2);
    staging.add_page("forgotten", "with the rest");
    staging.clear().unwrap();
    for (name, seen) in [("a", "W/\"1\""), ("b", ""), ("c:3", "7:x\n")] {
        staging.add_page(name, seen);
    }
    store.remember(app, MANNER, &staging, SEED).unwrap();
    let recall = store.recall(app, MANNER).unwrap();
    let kept = ["a", "b", "c:3", "forgotten"].map(|name| recall.page(name));
    assert_eq!(kept, [Some("W/\"1\""), Some(""), Some("7:x\n"), None]);
    assert_eq!(remembered(&dir).len(), 3);
    store.remember(app, MANNER, &staged(&store, 0..2), SEED).unwrap();
    assert_eq!(store.recall(app, MANNER).unwrap().page("a"), None);
}

#[test]
fn members_without_a_mark_have_to_be_read_again() {
    let (_dir, store, app) = opened();
    let mut staging = store.staging().unwrap();
    let (members, marks) = page(0..3);
    staging.add_packed(&members, &marks[..1]).unwrap();
    store.remember(app, MANNER, &staging, SEED).unwrap();
    let (found, rows) = store.recall(app, MANNER).unwrap().users(0, 3).unwrap();
    assert_eq!(found, [mark(0), Mark::default(), Mark::default()]);
    assert_eq!(rows, members);
}

#[test]
fn only_the_same_manner_and_the_same_app_find_it() {
    let (dir, store, app) = opened();
    let other = with_app(&store).id;
    store.remember(app, MANNER, &staged(&store, 0..2), SEED).unwrap();
    assert!(is_empty(&store, app, "lucid, read differently"));
    assert!(is_empty(&store, other, MANNER));
    store.remember(app, "lucid, read differently", &staged(&store, 0..2), SEED).unwrap();
    assert!(is_empty(&store, app, MANNER));
    assert_eq!(remembered(&dir).len(), 2, "one reading is kept");
}

#[test]
fn a_reading_that_is_given_up_leaves_nothing() {
    let (dir, store, app) = opened();
    drop(staged(&store, 0..2));
    assert!(is_empty(&store, app, MANNER));
    let mut staging = staged(&store, 0..50);
    staging.clear().unwrap();
    let (members, marks) = page(7..9);
    staging.add_packed(&members, &marks).unwrap();
    store.remember(app, MANNER, &staging, SEED).unwrap();
    drop(staging);
    assert_eq!(store.recall(app, MANNER).unwrap().users(0, 50).unwrap(), (marks, members));
    let files = std::fs::read_dir(dir.path()).unwrap();
    let left = files.filter(|entry| entry.as_ref().unwrap().file_name().to_str().unwrap().starts_with("staging-"));
    assert_eq!(left.count(), 0);
}

#[test]
fn damage_costs_time_and_nothing_else() {
    let (dir, store, app) = opened();
    let (members, marks) = page(0..30);
    store.remember(app, MANNER, &staged(&store, 0..30), SEED).unwrap();
    let files = remembered(&dir);
    let whole: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    let rows: Vec<&[u8]> = members.rows().collect();
    for (file, bytes) in files.iter().zip(&whole) {
        for at in (0..bytes.len()).step_by(7) {
            let (cut, mut flipped) = (bytes[..at].to_vec(), bytes.clone());
            flipped[at] ^= 0x10;
            for damaged in [cut, flipped] {
                std::fs::write(file, damaged).unwrap();
                let (found, kept) = store.recall(app, MANNER).unwrap().users(0, 30).unwrap();
                for (number, mark) in found.iter().enumerate().filter(|(number, mark)| **mark == marks[*number]) {
                    assert_eq!(kept.row(number), Some(rows[number]), "{} at {at}, {mark:?}", file.display());
                }
            }
        }
        std::fs::write(file, bytes).unwrap();
    }
    assert_eq!(store.recall(app, MANNER).unwrap().users(0, 30).unwrap(), (marks, members));
}

#[test]
fn it_goes_with_its_app_and_what_belongs_to_nobody_is_swept_away() {
    let (dir, store, app) = opened();
    store.remember(app, MANNER, &staged(&store, 0..2), SEED).unwrap();
    store.remove_app(app).unwrap();
    assert_eq!(remembered(&dir), Vec::<PathBuf>::new());
    let kept = with_app(&store).id;
    store.remember(kept, MANNER, &staged(&store, 0..2), SEED).unwrap();
    std::fs::write(dir.path().join("recall-77-0011223344556677.rows"), "somebody").unwrap();
    std::fs::write(dir.path().join("recall-oddly"), "somebody").unwrap();
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(remembered(&dir).len(), 2);
    assert!(!is_empty(&store, kept, MANNER));
}

#[cfg(unix)]
#[test]
fn its_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, store, app) = opened();
    store.remember(app, MANNER, &staged(&store, 0..2), SEED).unwrap();
    for file in remembered(&dir) {
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
