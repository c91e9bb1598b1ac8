//! Killed, crowded and out of space: what was acknowledged stays, nothing is half done.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{end, member, noon, sound, sync, with_app};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use roster::Member;
use store::{App, Promotion, RosterFilter, RosterOrder, RunStatus, Store, StoreError};

const CHILD: &str = "STORE_TEST_CHILD";
const ROUNDS: i64 = 12;

/// A roster that differs from round to round.
fn roster(round: i64) -> Vec<Member> {
    let licenses = ["can-edit", "view-only", "lite"];
    (0..400_i64)
        .filter(|id| (id + round) % 7 != 0)
        .map(|id| Member {
            department: Some(department(id, round)),
            cost_center: (id % 3 != 0).then(|| format!("CC {}", (id + round) / 5 % 3)),
            ..member(&format!("m{id}"), licenses[usize::try_from((id + round) % 3).unwrap()])
        })
        .collect()
}

/// Where a member belongs in a round.
fn department(id: i64, round: i64) -> String {
    format!("Department {}", (id + round) / 4 % 5)
}

/// Some rounds are of one day.
fn day(round: i64) -> Date {
    date(2026, 11, 2) + (round / 3).days()
}

/// Every completed run's day tells where everybody on its last roster belonged then. A run's round is its number less one.
fn told_as_then(store: &Store, app: &App, latest: usize) {
    let runs = store.runs(app.id, 100_000).unwrap();
    let completed = runs.iter().filter(|run| run.status() == RunStatus::Completed);
    let last_of_day: BTreeMap<Date, i64> = completed.rev().map(|run| (run.day.unwrap(), run.id.0 - 1)).collect();
    for (on, round) in last_of_day.into_iter().rev().take(latest) {
        let filter = RosterFilter { as_of: Some(on), ..RosterFilter::default() };
        let page = store.roster_page(app.id, &filter, RosterOrder::default(), 0, 999).unwrap();
        let belonging = |one: &Member| (one.id.clone(), (one.department.clone(), one.cost_center.clone()));
        let told: BTreeMap<_, _> = page.rows.iter().map(|row| belonging(&row.member)).collect();
        assert_eq!(told, roster(round).iter().map(belonging).collect(), "as of {on}, round {round}");
    }
}

/// Syncs until it is killed, and says the number of every run that was acknowledged.
#[expect(clippy::print_stdout, reason = "a pipe to the parent")]
fn sync_for_ever(dir: &Path) -> ! {
    let store = Store::open(dir).unwrap();
    let app = store.app("lucidchart").unwrap().unwrap();
    let mut round = store.runs(app.id, 1).unwrap().first().map_or(0, |run| run.id.0);
    loop {
        let run = store.begin_run(app.id, noon()).unwrap();
        let mut staging = store.staging().unwrap();
        staging.add(&roster(round)).unwrap();
        let promotion = Promotion { day: day(round), run_end: end(RunStatus::Completed), new_types_billable: false };
        store.promote(app.id, run, &staging, &promotion).unwrap();
        println!("acknowledged {}", run.0);
        round += 1;
    }
}

fn child(test: &str, dir: &Path) -> Command {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", test, "--nocapture"]).env(CHILD, dir).stdout(Stdio::piped()).stderr(Stdio::null());
    child
}

#[test]
fn a_process_that_is_killed_loses_nothing_that_it_acknowledged() {
    if let Some(dir) = std::env::var_os(CHILD) {
        sync_for_ever(Path::new(&dir));
    }
    let dir = tempfile::tempdir().unwrap();
    let app = with_app(&Store::open(dir.path()).unwrap());
    let mut acknowledged = 0;
    for round in 0_u64..25 {
        let mut running =
            child("a_process_that_is_killed_loses_nothing_that_it_acknowledged", dir.path()).spawn().unwrap();
        let said = running.stdout.take().unwrap();
        let listening = std::thread::spawn(move || {
            let lines = BufReader::new(said).lines().map_while(Result::ok);
            let runs = lines.filter_map(|line| line.split("acknowledged ").nth(1)?.parse::<i64>().ok());
            runs.max().unwrap_or(0)
        });
        // From before the store is open to some runs later.
        std::thread::sleep(Duration::from_micros(3_000 + round * round.wrapping_mul(7_919) % 120_000));
        running.kill().unwrap();
        running.wait().unwrap();
        acknowledged = listening.join().unwrap().max(acknowledged);

        let store = Store::open(dir.path()).unwrap();
        sound(&store);
        let runs = store.runs(app.id, 100_000).unwrap();
        let completed = runs.iter().filter(|run| run.status() == RunStatus::Completed).map(|run| run.id.0);
        let last = completed.max().unwrap_or(0);
        told_as_then(&store, &app, 2);
        assert!(last >= acknowledged, "run {acknowledged} was acknowledged, the last one there is {last}");
        let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(
            !left.iter().any(|name| name.to_string_lossy().starts_with("staging")),
            "nothing staged is left: {left:?}"
        );
    }
    assert!(acknowledged > 0, "the child did work");
    told_as_then(&Store::open(dir.path()).unwrap(), &app, usize::MAX);
}

/// One writer of several.
fn work(dir: &Path, name: &str) {
    let store = Store::open(dir).unwrap();
    let app = store.add_app(&common::new_app(name), &[], noon()).unwrap();
    for round in 0..ROUNDS {
        sync(&store, &app, date(2026, 11, 2), &roster(round)).unwrap();
    }
}

#[test]
fn two_processes_and_two_threads_write_at_once_and_none_is_refused() {
    if let Some(dir) = std::env::var_os(CHILD) {
        work(Path::new(&dir), "their app");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let other = child("two_processes_and_two_threads_write_at_once_and_none_is_refused", dir.path()).spawn().unwrap();
    std::thread::scope(|scope| {
        for name in ["one", "two"] {
            scope.spawn(|| work(dir.path(), name));
        }
    });
    assert!(other.wait_with_output().unwrap().status.success(), "the other process was never refused");
    let store = Store::open(dir.path()).unwrap();
    sound(&store);
    let apps = store.apps().unwrap();
    assert_eq!(apps.len(), 3);
    for app in apps {
        let runs = store.runs(app.id, 99).unwrap();
        assert_eq!(runs.iter().filter(|run| run.status() == RunStatus::Completed).count(), 12, "{}", app.name);
    }
}

/// A file system of three megabytes in a namespace of its own.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_changes_nothing() {
    const TINY: &str = "STORE_TEST_TINY_DISK";
    if let Some(dir) = std::env::var_os(TINY) {
        let dir = Path::new(&dir);
        let store = Store::open(&dir.join("store")).unwrap();
        let app = with_app(&store);
        sync(&store, &app, date(2026, 11, 2), &roster(0)).unwrap();
        let before = store.seat_counts(app.id, None).unwrap();
        let ballast = dir.join("ballast");
        // Fill what is left up to a few pages.
        let mut block = vec![0_u8; 1 << 20];
        while block.len() >= 4096 {
            let mut all = std::fs::read(&ballast).unwrap_or_default();
            all.extend_from_slice(&block);
            if std::fs::write(&ballast, &all).is_err() {
                all.truncate(all.len() - block.len());
                std::fs::write(&ballast, &all).unwrap();
                block.truncate(block.len() / 2);
            }
        }
        let refused = sync(&store, &app, date(2026, 11, 3), &roster(1)).unwrap_err();
        assert!(matches!(refused, StoreError::DiskFull | StoreError::Io(_)), "{refused:?}");
        assert_eq!(store.seat_counts(app.id, None).unwrap(), before, "the last roster stands");
        std::fs::remove_file(&ballast).unwrap();
        sync(&store, &app, date(2026, 11, 3), &roster(1)).unwrap();
        sound(&store);
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let test = std::env::current_exe().unwrap();
    let script = format!(
        "mount -t tmpfs -o size=3m tmpfs '{0}' || exit; exec '{1}' --exact a_full_disk_is_told_and_changes_nothing",
        dir.path().display(),
        test.display()
    );
    let told = Command::new("unshare").args(["-Urm", "sh", "-c", &script]).env(TINY, dir.path()).output();
    let told = told.expect("unshare is part of every Linux");
    let said = format!("{}{}", String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    // Without the small disk nothing was tested, which must not look like success.
    assert!(
        told.stdout.starts_with(b"\nrunning 1 test"),
        "needs root or user namespaces to mount a small disk: {said}"
    );
    assert!(told.status.success(), "{said}");
}
