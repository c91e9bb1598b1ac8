//! What is generated from Rust is fresh: the UI's types, the map of commands, the permission list.
//! `make bindings` writes them; this test then only has to agree.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use seatledger_desktop::bindings::{PERMISSIONS_FILE, TYPES_DIR, permissions, write_types};

use super::holds;
use super::tree::root;

fn updating() -> bool {
    std::env::var_os("UPDATE_BINDINGS").is_some_and(|value| value == "1")
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let read = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).unwrap_or_default())
    };
    fs::read_dir(folder).into_iter().flatten().flatten().map(read).collect()
}

#[test]
fn the_uis_types_are_those_of_the_commands() {
    let committed = root().join(TYPES_DIR);
    let fresh = tempfile::tempdir().expect("a temporary folder");
    write_types(fresh.path()).expect("the types are written");
    let (fresh, old) = (files(fresh.path()), files(&committed));
    if updating() {
        for name in old.keys().filter(|name| !fresh.contains_key(*name)) {
            fs::remove_file(committed.join(name)).expect("a stale file goes");
        }
        for (name, text) in fresh.iter().filter(|(name, text)| old.get(*name) != Some(*text)) {
            fs::write(committed.join(name), text).expect("a fresh file is written");
        }
        return;
    }
    let stale =
        fresh.iter().filter(|(name, text)| old.get(*name) != Some(*text)).map(|(name, _)| format!("{name} is stale"));
    let extra =
        old.keys().filter(|name| !fresh.contains_key(*name)).map(|name| format!("{name} belongs to no command"));
    holds(
        "The UI is checked against types generated from Rust; stale ones would hide a difference. Run `make bindings`.",
        &stale.chain(extra).collect::<Vec<_>>(),
    );
}

#[test]
fn the_permission_list_is_the_list_of_commands() {
    let path = root().join(PERMISSIONS_FILE);
    if updating() {
        fs::write(&path, permissions()).expect("the permission list is written");
        return;
    }
    let same = fs::read_to_string(&path).is_ok_and(|text| text == permissions());
    let breaches: Vec<_> = (!same).then(|| format!("{PERMISSIONS_FILE} is stale")).into_iter().collect();
    holds("Tauri refuses a command that no permission lists. Run `make bindings`.", &breaches);
}
