//! The operating system's keychain itself: a real Secret Service, no bus, a bus nobody answers on.
//! The tests that need a Secret Service are ignored here and run by `scripts/with-keychain.sh`; they fail where there is none.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::env;
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::ExposeSecret;
use tempfile::TempDir;
use vault::{Binding, Cost, Keeper, KeyStore, KeyStoreError, NewKeeper, OsKeychain, Vault, VaultError, VaultState};

const AS_OTHER: &str = "SEATLEDGER_TEST_AS_OTHER";

fn real() -> OsKeychain {
    assert_eq!(
        env::var("SEATLEDGER_TEST_KEYCHAIN").as_deref(),
        Ok("1"),
        "this test changes the keychain it finds: run it with scripts/with-keychain.sh"
    );
    OsKeychain::new()
}

fn binding() -> Binding {
    Binding { connection: "acme".into(), origin: "https://acme.example:443".into(), purpose: "scim".into() }
}

#[test]
#[ignore = "needs a Secret Service: scripts/with-keychain.sh"]
fn a_real_keychain_keeps_replaces_and_forgets_bytes() {
    let keys = real();
    vault::probe(&keys).unwrap();
    assert!(keys.get("nobody").unwrap().is_none(), "nothing kept is an answer");
    assert_eq!(keys.delete("nobody"), Ok(()));
    for secret in [&[0, 255, 10, 13, 128][..], &[7; 48], b"text"] {
        keys.set("somebody", secret).unwrap();
        assert_eq!(keys.get("somebody").unwrap().unwrap().as_slice(), secret);
        assert_eq!(OsKeychain::new().get("somebody").unwrap().unwrap().as_slice(), secret, "for another process too");
    }
    keys.delete("somebody").unwrap();
    assert!(keys.get("somebody").unwrap().is_none());
}

#[test]
#[ignore = "needs a Secret Service: scripts/with-keychain.sh"]
fn a_vault_kept_by_a_real_keychain_opens_itself_and_moves_to_a_passphrase_and_back() {
    real();
    let dir = TempDir::new().unwrap();
    let open = || Vault::open(dir.path(), Box::new(real())).with_cost(Cost::LIGHTEST);
    let vault = open();
    vault.create(NewKeeper::Os, Timestamp::UNIX_EPOCH).unwrap();
    vault.put(&binding(), &"tok_acme".into(), Timestamp::UNIX_EPOCH).unwrap();

    let fresh = open();
    assert_eq!((fresh.status().keeper, fresh.status().state), (Some(Keeper::Os), VaultState::Ready));
    assert_eq!(fresh.get(&binding()).unwrap().expose_secret(), "tok_acme");

    fresh.keep_with(NewKeeper::Passphrase("four unrelated short words".into())).unwrap();
    let fresh = open();
    assert_eq!(fresh.get(&binding()).map(drop), Err(VaultError::PassphraseNeeded));
    fresh.unlock_with_passphrase(&"four unrelated short words".into()).unwrap();
    fresh.keep_with(NewKeeper::Os).unwrap();
    assert_eq!(open().get(&binding()).unwrap().expose_secret(), "tok_acme");
}

#[test]
#[ignore = "needs a Secret Service: scripts/with-keychain.sh"]
fn a_key_deleted_from_a_real_keychain_is_told_as_lost() {
    let keys = real();
    let dir = TempDir::new().unwrap();
    let vault = Vault::open(dir.path(), Box::new(real()));
    vault.create(NewKeeper::Os, Timestamp::UNIX_EPOCH).unwrap();
    let file = std::fs::read(dir.path().join("vault.v1")).unwrap();
    let text = String::from_utf8_lossy(&file);
    let uuid = text.split("\"uuid\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    keys.delete(uuid).unwrap();
    vault.lock();
    assert_eq!(vault.unlock(), Err(VaultError::KeyLost { passphrase_opens: false }));
}

/// Runs `test` again with the session bus at this address, and says what it printed.
fn on_bus(test: &str, address: &str) -> String {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env("DBUS_SESSION_BUS_ADDRESS", address)
        .env(AS_OTHER, "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn without_a_bus_the_keychain_is_unavailable_and_the_vault_says_so() {
    if env::var_os(AS_OTHER).is_some() {
        let dir = TempDir::new().unwrap();
        let vault = Vault::open(dir.path(), Box::new(OsKeychain::new())).with_cost(Cost::LIGHTEST);
        let refused = vault.create(NewKeeper::Os, Timestamp::UNIX_EPOCH).unwrap_err();
        let again = vault.probe().unwrap_err();
        println!("[{}] [{}] [{refused}] [{}]", refused.code(), again.code(), refused.hint());
        assert_eq!(vault.status().state, VaultState::Absent);
        vault.create(NewKeeper::Passphrase("four unrelated short words".into()), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(vault.status().state, VaultState::Ready);
        return;
    }
    let name = "without_a_bus_the_keychain_is_unavailable_and_the_vault_says_so";
    let said = on_bus(name, "unix:path=/nonexistent/bus");
    for expected in [
        "[keychain_unavailable] [keychain_unavailable]",
        "There is no usable keychain on this machine: ",
        "[Use a passphrase instead.]",
    ] {
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_keychain_that_never_answers_times_out_once_and_is_then_left_alone() {
    if env::var_os(AS_OTHER).is_some() {
        let keys = OsKeychain::with_patience(Duration::from_millis(300));
        for _ in 0..20 {
            assert_eq!(keys.get("somebody").map(drop), Err(KeyStoreError::TimedOut));
        }
        println!("[timed out]");
        return;
    }
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("bus");
    let listener = UnixListener::bind(&path).unwrap();
    let met = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&met);
    thread::spawn(move || {
        // Every connection is taken and kept, and none is answered.
        let mut mute = Vec::new();
        for connection in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
            mute.push(connection);
        }
    });
    let name = "a_keychain_that_never_answers_times_out_once_and_is_then_left_alone";
    let said = on_bus(name, &format!("unix:path={}", path.display()));
    assert!(said.contains("[timed out]"), "{said}");
    assert_eq!(met.load(Ordering::SeqCst), 1, "only the first of twenty calls went to the silent bus");
}
