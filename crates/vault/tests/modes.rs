//! The folder on a Unix system: modes, and links that lead elsewhere.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod room;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use room::{NOW, Room, acme, token, words};
use vault::{Cost, DiskFault, NewKeeper, Vault, VaultError, VaultState};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn loosen(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn folder_and_files_are_closed_to_others_and_closed_again_when_opened_up() {
    let room = Room::new();
    let dir = room.dir.path().join("deep").join("data");
    let open = || Vault::open(&dir, Box::new(room.keys.clone())).with_cost(Cost::LIGHTEST);
    let vault = open();
    vault.create(NewKeeper::Os, NOW).unwrap();
    vault.put(&acme(), &"tok".into(), NOW).unwrap();
    let all = [(dir.clone(), 0o700), (dir.join("vault.v1"), 0o600), (dir.join("vault.lock"), 0o600)];
    for (path, expected) in &all {
        assert_eq!(mode(path), *expected, "{}", path.display());
    }
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 2, "no temporary file is left");
    assert!(!open().status().repaired_modes);

    for (path, expected) in &all {
        loosen(path, expected | 0o055);
    }
    let vault = open();
    let status = vault.status();
    assert_eq!(status.state, VaultState::Ready);
    assert!(status.repaired_modes, "the repair is reported");
    vault.put(&acme(), &"tok".into(), NOW).unwrap();
    for (path, expected) in &all {
        assert_eq!(mode(path), *expected, "{}", path.display());
    }
}

#[test]
fn a_link_in_the_place_of_the_vault_is_refused_and_what_it_points_to_is_not_touched() {
    let room = Room::new();
    room.kept_by_keychain();
    let (path, elsewhere) = (room.dir.path().join("vault.v1"), room.dir.path().join("elsewhere"));
    fs::rename(&path, &elsewhere).unwrap();
    symlink(&elsewhere, &path).unwrap();
    loosen(&elsewhere, 0o644);
    let before = fs::read(&elsewhere).unwrap();
    let vault = room.vault();
    assert_eq!(token(&vault, &acme()).unwrap_err().code(), "vault_linked");
    assert_eq!(vault.create(NewKeeper::Os, NOW).unwrap_err().code(), "vault_linked");
    assert_eq!(vault.status().state, VaultState::Damaged);
    assert_eq!((fs::read(&elsewhere).unwrap(), mode(&elsewhere)), (before, 0o644));

    fs::remove_file(&elsewhere).unwrap();
    assert_eq!(room.vault().status().state, VaultState::Damaged, "a link to nothing is not an absent vault");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(room.vault().create(NewKeeper::Os, NOW).unwrap_err().code(), "vault_linked");
}

#[test]
fn a_link_in_the_place_of_the_lock_or_of_the_new_file_writes_nothing_elsewhere() {
    let room = Room::new();
    let vault = room.kept_by_keychain();
    let victim = room.dir.path().join("victim");
    fs::write(&victim, "untouched").unwrap();
    symlink(&victim, room.dir.path().join("vault.v1.new")).unwrap();
    vault.put(&acme(), &"tok_second".into(), NOW).unwrap();
    assert_eq!(token(&room.vault(), &acme()).unwrap(), "tok_second");
    fs::remove_file(room.dir.path().join("vault.lock")).unwrap();
    symlink(&victim, room.dir.path().join("vault.lock")).unwrap();
    assert_eq!(vault.put(&acme(), &"tok".into(), NOW).unwrap_err().code(), "vault_linked");
    assert_eq!(fs::read_to_string(&victim).unwrap(), "untouched");
}

#[test]
fn a_folder_that_is_a_file_is_an_error_of_the_disk() {
    let room = Room::new();
    let dir = room.dir.path().join("file");
    fs::write(&dir, "").unwrap();
    let vault = Vault::open(&dir, Box::new(room.keys.clone())).with_cost(Cost::LIGHTEST);
    let refused = vault.create(NewKeeper::Passphrase(words()), NOW).unwrap_err();
    assert!(matches!(refused, VaultError::Disk { fault: DiskFault::Failed, .. }), "{refused}");
}
