//! Data folders, databases and vaults that cannot be used: said in words, and never touched.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::desk::{APP, Desk, PASSPHRASE, Refusal, Told, finished, server};
use crate::folder::contents;

fn refused(told: &Told, code: &str, words: &str) {
    Refusal::of(told, 6, code).says(words);
}

/// Puts these bytes into a file at this offset.
fn patch(path: &Path, offset: usize, bytes: &[u8]) {
    let mut all = fs::read(path).unwrap();
    all[offset..offset + bytes.len()].copy_from_slice(bytes);
    fs::write(path, all).unwrap();
}

#[test]
fn a_data_folder_that_is_a_file_or_lies_below_one_is_refused() {
    let desk = Desk::new();
    let file = desk.home().join("file");
    fs::write(&file, "somebody's notes").unwrap();
    for (folder, code) in [(file.clone(), "not-a-folder"), (file.join("ledger"), "not-a-folder")] {
        let told = desk.run(&["apps", "--json", "--data-dir", folder.to_str().unwrap()]);
        refused(&told, code, "is not a folder");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "somebody's notes");
}

/// Runs a script in a mount namespace of its own, as root there; `None` where the system allows neither.
#[cfg(target_os = "linux")]
pub fn with_mounts(desk: &Desk, script: &str) -> Option<Told> {
    let may = |arguments: &[&str]| {
        let tried = Command::new("unshare").args(arguments).args(["sh", "-c", "mount -t tmpfs none /mnt"]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    let way = [&["--mount"][..], &["--mount", "--map-root-user"]].into_iter().find(|way| may(way))?;
    let bare = desk.command(&[]);
    let mut command = Command::new("unshare");
    command.args(way).args(["sh", "-euc", script]).env_clear();
    command.envs(bare.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("SEATLEDGER", env!("CARGO_BIN_EXE_seatledger"));
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    Some(finished(command.spawn()))
}

/// Syncs while the modes of the folder and its files forbid writing.
#[cfg(target_os = "linux")]
fn with_modes(desk: &Desk) -> Told {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for path in crate::folder::files(&desk.folder()) {
        mode(&path, 0o400);
    }
    mode(&desk.folder(), 0o500);
    let told = desk.run(&["sync", "--json"]);
    mode(&desk.folder(), 0o700);
    told
}

#[cfg(target_os = "linux")]
#[test]
fn a_data_folder_that_cannot_be_written_is_refused_and_untouched() {
    let server = server(10);
    let desk = Desk::with(&server);
    let before = contents(&desk.folder());
    let script = "mount --bind \"$SEATLEDGER_DATA_DIR\" \"$SEATLEDGER_DATA_DIR\"
        mount -o remount,ro,bind \"$SEATLEDGER_DATA_DIR\"
        exec \"$SEATLEDGER\" sync --json";
    // Without the right to mount nobody is root, and then the folder's mode is obeyed.
    let told = with_mounts(&desk, script).unwrap_or_else(|| with_modes(&desk));
    refused(&told, "folder-not-writable", "cannot be written");
    assert_eq!(contents(&desk.folder()), before);
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_untouched() {
    let server = server(10);
    let desk = Desk::with(&server);
    let database = desk.folder().join("seatledger.db");
    patch(&database, 60, &4711_u32.to_be_bytes());
    let before = contents(&desk.folder());
    for command in [&["apps", "--json"][..], &["sync", "--json"], &["check", "--json"]] {
        refused(&desk.run(command), "newer-database", "newer version of Seatledger (format 4711");
    }
    assert_eq!(contents(&desk.folder()), before);
}

#[test]
fn a_file_that_is_not_our_database_is_refused_and_untouched() {
    let server = server(10);
    let desk = Desk::with(&server);
    let database = desk.folder().join("seatledger.db");
    patch(&database, 68, &7_u32.to_be_bytes());
    let before = contents(&desk.folder());
    refused(&desk.run(&["apps", "--json"]), "not-a-database", "not a Seatledger database");
    assert_eq!(contents(&desk.folder()), before, "another program's database");
    fs::write(&database, "Dear diary, today I wrote into a file of this name.").unwrap();
    let before = contents(&desk.folder());
    refused(&desk.run(&["apps", "--json"]), "not-a-database", "it was not touched");
    assert_eq!(contents(&desk.folder()), before, "no database at all");
}

#[test]
fn a_damaged_database_is_told_from_an_empty_one() {
    let server = server(250);
    let desk = Desk::with(&server);
    let database = desk.folder().join("seatledger.db");
    let size = fs::metadata(&database).unwrap().len();
    fs::File::options().write(true).open(&database).unwrap().set_len(size / 2).unwrap();
    let told = desk.run(&["roster", APP, "--json"]);
    assert_eq!(told.code, Some(6), "{told:?}");
    assert_ne!(desk.run(&["check", "--json"]).code, Some(0));
}

#[test]
fn a_wrong_or_missing_passphrase_opens_nothing_and_hides_no_roster() {
    let server = server(10);
    let desk = Desk::with(&server);
    let (before, requests) = (desk.roster(&[]), server.requests());
    let with = |passphrase: Option<&str>, arguments: &[&str]| {
        let mut command = desk.command(arguments);
        match passphrase {
            Some(text) => command.env("SEATLEDGER_PASSPHRASE", text),
            None => command.env_remove("SEATLEDGER_PASSPHRASE"),
        };
        finished(command.spawn())
    };
    refused(&with(Some("not that one"), &["sync", "--json"]), "vault_wrong_passphrase", "not the passphrase");
    refused(&with(None, &["sync", "--json"]), "vault_locked", "SEATLEDGER_PASSPHRASE");
    refused(&with(Some(""), &["sync", "--json"]), "vault_locked", "SEATLEDGER_PASSPHRASE");
    let removal = ["disconnect", APP, "--confirm", "Lucidchart", "--json"];
    refused(&with(Some("not that one"), &removal), "vault_wrong_passphrase", "not the passphrase");
    assert_eq!(server.requests(), requests, "no server was asked");
    let told = with(None, &["roster", APP, "--json"]);
    assert_eq!((told.code, told.document()), (Some(0), json!(before)), "reading needs no passphrase");
    assert_eq!(desk.sync()["members"], 10);
}

#[test]
fn a_first_connection_without_a_passphrase_says_how_to_give_one() {
    let server = server(10);
    let desk = Desk::new();
    let connect = ["connect", "lucid", "--base-url", server.base_url(), "--token-stdin", "--json"];
    let mut command = desk.command(&connect);
    command.env_remove("SEATLEDGER_PASSPHRASE");
    refused(&crate::desk::fed(command, server.token()), "vault_locked", "SEATLEDGER_PASSPHRASE");
    let mut command = desk.command(&connect);
    command.env("SEATLEDGER_PASSPHRASE", "short");
    refused(&crate::desk::fed(command, server.token()), "vault_short_passphrase", "too short");
    assert_eq!(server.requests(), 0, "nothing is sent before the token has a place");
    assert_eq!(desk.document(&["apps"]), json!([]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_missing_keychain_points_to_the_passphrase() {
    let server = server(10);
    let desk = Desk::new();
    let connect = |vault: Option<&str>| {
        let mut command =
            desk.command(&["connect", "lucid", "--base-url", server.base_url(), "--token-stdin", "--json"]);
        command.env_remove("SEATLEDGER_PASSPHRASE").env_remove("SEATLEDGER_VAULT");
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        if let Some(vault) = vault {
            command.args(["--vault", vault]);
        }
        crate::desk::fed(command, server.token())
    };
    for vault in [Some("os"), None] {
        refused(&connect(vault), "keychain_unavailable", "--vault file");
        assert_eq!(desk.document(&["apps"]), json!([]));
        assert!(!desk.folder().join("vault.v1").exists(), "no vault without a key");
    }
    desk.connect(&server);
}

#[test]
fn a_damaged_vault_is_said_and_costs_no_roster() {
    let server = server(10);
    let desk = Desk::with(&server);
    let vault = desk.folder().join("vault.v1");
    let bytes = fs::read(&vault).unwrap();
    patch(&vault, bytes.len() - 9, &[bytes[bytes.len() - 9] ^ 1]);
    refused(&desk.run(&["sync", "--json"]), "vault_damaged", "paste the tokens again");
    assert_eq!(desk.roster(&[]).len(), 10);
    fs::write(&vault, &bytes[..bytes.len() / 2]).unwrap();
    refused(&desk.run(&["sync", "--json"]), "vault_damaged", "Rosters and purchases are not affected.");
    fs::remove_file(&vault).unwrap();
    let told = desk.run(&["sync", "--json"]);
    assert!(matches!(told.code, Some(3 | 6)), "{told:?}");
    assert!(!desk.says(&["roster", APP]).contains(PASSPHRASE));
}
