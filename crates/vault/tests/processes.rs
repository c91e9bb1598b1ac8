//! The window, the command line and a killed process share one vault: no write is lost, and what is there always opens.
//! A test that needs another process starts itself again; the folder in its environment tells it that it is the other.
#![allow(clippy::unwrap_used)]

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;
use vault::testing::MemoryKeyStore;
use vault::{Binding, Cost, NewKeeper, Vault};

const FOLDER: &str = "SEATLEDGER_TEST_VAULT";
const NAME: &str = "SEATLEDGER_TEST_NAME";

fn passphrase() -> SecretString {
    "shared by two processes".into()
}

fn open(dir: &Path) -> Vault {
    let vault = Vault::open(dir, Box::new(MemoryKeyStore::new())).with_cost(Cost::LIGHTEST);
    vault.unlock_with_passphrase(&passphrase()).unwrap();
    vault
}

fn create(dir: &Path) {
    let vault = Vault::open(dir, Box::new(MemoryKeyStore::new())).with_cost(Cost::LIGHTEST);
    vault.create(NewKeeper::Passphrase(passphrase()), Timestamp::UNIX_EPOCH).unwrap();
}

fn put(vault: &Vault, connection: &str, token: &str) {
    vault.put(&binding(connection), &token.into(), Timestamp::UNIX_EPOCH).unwrap();
}

fn get(vault: &Vault, connection: &str) -> String {
    vault.get(&binding(connection)).unwrap().expose_secret().to_owned()
}

fn binding(connection: &str) -> Binding {
    Binding { connection: connection.into(), origin: "https://one.example:443".into(), purpose: "scim".into() }
}

/// Starts the test of this name again, as the other process.
fn other(test: &str, dir: &Path, name: &str) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(FOLDER, dir)
        .env(NAME, name)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn as_other() -> Option<(PathBuf, String)> {
    Some((env::var_os(FOLDER)?.into(), env::var(NAME).ok()?))
}

#[test]
fn two_processes_lose_none_of_each_others_tokens() {
    const EACH: usize = 25;
    if let Some((dir, name)) = as_other() {
        let vault = open(&dir);
        for number in 0..EACH {
            put(&vault, &format!("{name} {number}"), &format!("tok {name} {number}"));
        }
        return;
    }
    let dir = TempDir::new().unwrap();
    create(dir.path());
    let names = ["window", "command line", "third"];
    let others = names.map(|name| other("two_processes_lose_none_of_each_others_tokens", dir.path(), name));
    for mut process in others {
        assert!(process.wait().unwrap().success());
    }
    let vault = open(dir.path());
    for name in names {
        for number in 0..EACH {
            assert_eq!(get(&vault, &format!("{name} {number}")), format!("tok {name} {number}"));
        }
    }
    assert_eq!(vault.generation(), Ok(1 + 3 * 25), "every write made one generation");
}

#[test]
fn threads_on_one_handle_and_on_two_lose_nothing() {
    let dir = TempDir::new().unwrap();
    create(dir.path());
    let handles = [Arc::new(open(dir.path())), Arc::new(open(dir.path()))];
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let vault = Arc::clone(&handles[thread % 2]);
            thread::spawn(move || {
                for number in 0..10 {
                    put(&vault, &format!("{thread} {number}"), "tok");
                    assert_eq!(get(&vault, &format!("{thread} {number}")), "tok");
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    for thread in 0..4 {
        for number in 0..10 {
            assert_eq!(get(&handles[0], &format!("{thread} {number}")), "tok", "seen without opening again");
        }
    }
}

#[test]
fn a_process_killed_while_writing_leaves_the_old_vault_or_the_new_one() {
    if let Some((dir, _)) = as_other() {
        let vault = open(&dir);
        for number in 0.. {
            put(&vault, "acme", &format!("{number} {}", "x".repeat(20_000)));
            println!("written {number}");
        }
    }
    let dir = TempDir::new().unwrap();
    create(dir.path());
    for round in 0..12 {
        let mut writer =
            other("a_process_killed_while_writing_leaves_the_old_vault_or_the_new_one", dir.path(), "writer");
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines().map_while(Result::ok);
        let last = lines
            .filter_map(|line| line.strip_prefix("written ")?.parse::<u64>().ok())
            .find(|number| *number >= round * 2)
            .unwrap();
        // It is somewhere in one of the next writes.
        writer.kill().unwrap();
        writer.wait().unwrap();

        let vault = open(dir.path());
        let token = get(&vault, "acme");
        let (number, padding) = token.split_once(' ').unwrap();
        assert!(number.parse::<u64>().unwrap() >= last, "a token that was reported as written is there");
        assert_eq!(padding.len(), 20_000);
        put(&vault, "next", "the next process can write");
    }
}

#[test]
fn what_a_killed_process_left_of_a_new_file_is_no_vault_and_in_nobodys_way() {
    let dir = TempDir::new().unwrap();
    create(dir.path());
    let vault = open(dir.path());
    put(&vault, "acme", "tok");
    let whole = fs::read(dir.path().join("vault.v1")).unwrap();
    for length in [0, 1, whole.len() / 2, whole.len()] {
        fs::write(dir.path().join("vault.v1.new"), &whole[..length]).unwrap();
        assert_eq!(get(&open(dir.path()), "acme"), "tok", "{length} bytes of a new file change nothing");
        put(&vault, "beta", "tok");
        assert!(!dir.path().join("vault.v1.new").exists());
    }
}
