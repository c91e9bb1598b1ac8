//! What the store does with folders and files that it finds, before it writes anything.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::path::Path;

use common::{new_app, noon, sound, with_app};
use store::{Store, StoreError};

fn refusal(dir: &Path) -> StoreError {
    match Store::open(dir) {
        Ok(_) => panic!("the store must be refused"),
        Err(error) => {
            assert!(!error.to_string().is_empty() && !error.hint().is_empty(), "a refusal has words");
            error
        }
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Changes a header field of a database.
fn patch(path: &Path, at: usize, value: u32) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at..at + 4].copy_from_slice(&value.to_be_bytes());
    fs::write(path, bytes).unwrap();
}

#[test]
#[cfg(unix)]
fn rfc7644_7_5_1_the_folder_and_every_file_in_it_are_for_their_owner_only() {
    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("with space 🎫/data");
    let store = Store::open(&dir).unwrap();
    with_app(&store);
    let staging = store.staging().unwrap();
    assert_eq!(mode(&dir), 0o700);
    let files: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 5, "the database, its log and index, the staging: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    drop(staging);
}

#[test]
#[cfg(unix)]
fn a_folder_that_is_too_open_is_tightened_when_it_is_ours_and_refused_when_others_write_in_it() {
    use std::os::unix::fs::PermissionsExt;
    let outer = tempfile::tempdir().unwrap();
    let empty = outer.path().join("empty");
    fs::create_dir(&empty).unwrap();
    fs::set_permissions(&empty, fs::Permissions::from_mode(0o777)).unwrap();
    drop(Store::open(&empty).unwrap());
    assert_eq!(mode(&empty), 0o700);

    let shared = outer.path().join("shared");
    fs::create_dir(&shared).unwrap();
    fs::write(shared.join("theirs"), "x").unwrap();
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o777)).unwrap();
    assert!(matches!(refusal(&shared), StoreError::OpenToOthers { .. }));
    assert_eq!(mode(&shared), 0o777, "a folder with others' files is left as it was");
}

#[test]
fn a_file_where_the_folder_should_be_is_refused() {
    let outer = tempfile::tempdir().unwrap();
    let path = outer.path().join("file");
    fs::write(&path, "x").unwrap();
    assert!(matches!(refusal(&path), StoreError::NotAFolder { .. }));
    assert!(matches!(refusal(&path.join("below")), StoreError::NotAFolder { .. }));
}

#[test]
#[cfg(unix)]
fn a_database_that_is_a_link_is_refused() {
    let outer = tempfile::tempdir().unwrap();
    let (real, linked) = (outer.path().join("real"), outer.path().join("linked"));
    drop(Store::open(&real).unwrap());
    fs::create_dir(&linked).unwrap();
    std::os::unix::fs::symlink(real.join("seatledger.db"), linked.join("seatledger.db")).unwrap();
    assert!(matches!(refusal(&linked), StoreError::Symlink { .. }));
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    with_app(&Store::open(dir.path()).unwrap());
    let path = dir.path().join("seatledger.db");
    patch(&path, 60, 99);
    let before = fs::read(&path).unwrap();
    assert!(matches!(refusal(dir.path()), StoreError::Newer { found: 99, .. }));
    assert_eq!(fs::read(&path).unwrap(), before, "not a byte differs");
}

#[test]
fn a_newer_version_that_is_still_in_the_log_is_refused_and_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    with_app(&Store::open(dir.path()).unwrap());
    let path = dir.path().join("seatledger.db");
    let (file, log) = {
        #[expect(clippy::disallowed_methods, reason = "plays the newer version")]
        let newer = rusqlite::Connection::open(&path).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        (fs::read(&path).unwrap(), fs::read(dir.path().join("seatledger.db-wal")).unwrap())
    };
    fs::write(&path, &file).unwrap();
    fs::write(dir.path().join("seatledger.db-wal"), &log).unwrap();
    assert!(matches!(refusal(dir.path()), StoreError::Newer { found: 99, .. }));
    assert_eq!(fs::read(&path).unwrap(), file, "the log was not folded in");
    assert_eq!(fs::read(dir.path().join("seatledger.db-wal")).unwrap(), log, "the log is still there");
}

#[test]
fn what_is_not_our_database_is_refused_and_not_touched() {
    let not_a_database = b"This is not a database. ".repeat(100);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("seatledger.db");
    fs::write(&path, &not_a_database).unwrap();
    assert!(matches!(refusal(dir.path()), StoreError::NotOurs { .. }));
    assert_eq!(fs::read(&path).unwrap(), not_a_database);

    fs::write(&path, "SQLite").unwrap();
    assert!(matches!(refusal(dir.path()), StoreError::NotOurs { .. }), "a cut header");

    fs::remove_file(&path).unwrap();
    #[expect(clippy::disallowed_methods, reason = "plays another program")]
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(other);
    let before = fs::read(&path).unwrap();
    assert!(matches!(refusal(dir.path()), StoreError::NotOurs { .. }), "no application id");
    patch(&path, 68, 7);
    assert!(matches!(refusal(dir.path()), StoreError::NotOurs { .. }), "another application id");
    patch(&path, 68, 0);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_empty_file_becomes_a_database() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("seatledger.db"), "").unwrap();
    let store = Store::open(dir.path()).unwrap();
    with_app(&store);
    sound(&store);
}

#[test]
fn a_damaged_database_is_told_as_damaged() {
    let dir = tempfile::tempdir().unwrap();
    with_app(&Store::open(dir.path()).unwrap());
    let path = dir.path().join("seatledger.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..4096].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    assert!(matches!(refusal(dir.path()), StoreError::Corrupt { .. }));
}

#[test]
fn what_a_dead_process_staged_is_swept_away_and_what_a_live_one_stages_stays() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let staging = store.staging().unwrap();
    fs::write(dir.path().join("staging-0123.lock"), "").unwrap();
    for ending in ["db", "rows", "marks"] {
        fs::write(dir.path().join(format!("staging-0123.{ending}")), "left by a dead process").unwrap();
    }
    drop(Store::open(dir.path()).unwrap());
    let staged = || {
        let names = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("staging")).count()
    };
    assert_eq!(staged(), 3, "only the live one's files and lock are left");
    drop(staging);
    assert_eq!(staged(), 0);
}

#[test]
fn two_handles_see_each_other_and_notice() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (Store::open(dir.path()).unwrap(), Store::open(dir.path()).unwrap());
    let before = (one.data_version().unwrap(), other.data_version().unwrap());
    assert_eq!(one.data_version().unwrap(), before.0, "nothing happened");
    one.add_app(&new_app("Lucidchart"), &[], noon()).unwrap();
    assert_ne!(one.data_version().unwrap(), before.0);
    assert_ne!(other.data_version().unwrap(), before.1);
    assert_eq!(other.apps().unwrap(), one.apps().unwrap());
}

/// Root may write anywhere, so the test runs itself again as somebody who may not.
#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written_is_refused_with_its_name() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const ASKED: &str = "STORE_TEST_READ_ONLY";
    if let Some(dir) = std::env::var_os(ASKED) {
        let dir = Path::new(&dir);
        assert!(matches!(refusal(dir), StoreError::NotWritable { .. }), "a folder that is read-only");
        assert!(matches!(refusal(&dir.join("below")), StoreError::NotWritable { .. }), "a folder in it");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "a_folder_that_may_not_be_written_is_refused_with_its_name"]).env(ASKED, dir.path());
    if fs::write(dir.path().join("probe"), "").is_ok() {
        fs::remove_file(dir.path().join("probe")).unwrap();
        again.uid(65_534).gid(65_534);
    }
    let told = again.output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
}
