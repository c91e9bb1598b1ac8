//! The wall between the page and the machine, word for word: whoever changes it changes this file too, on purpose.

use serde_json::{Value, json};

use super::tree::{root, sources};

fn read(path: &str) -> Value {
    let text = std::fs::read_to_string(root().join(path)).expect("the file is there");
    serde_json::from_str(&text).expect("it is JSON")
}

#[test]
fn the_window_may_ask_for_our_commands_and_hear_one_event() {
    let files: Vec<_> = sources("src-tauri/capabilities", &[".json"]).into_iter().map(|source| source.path).collect();
    assert_eq!(files, ["src-tauri/capabilities/main.json"], "one capability for one window");
    let capability = read(&files[0]);
    assert_eq!(capability["windows"], json!(["main"]));
    assert_eq!(
        capability["permissions"],
        json!(["commands", "core:event:allow-listen", "core:event:allow-unlisten"]),
        "no file system, shell, network, dialog or window permission: the backend does these things itself"
    );
    assert_eq!(capability.get("remote"), None, "no page from elsewhere may ask for anything");
}

#[test]
fn the_page_may_load_only_what_ships_with_it() {
    let config = read("tauri.conf.json");
    let security = &config["app"]["security"];
    assert_eq!(
        security["csp"],
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src ipc: http://ipc.localhost; frame-src 'none'; base-uri 'none'; form-action 'none'"
    );
    assert_eq!(security.get("assetProtocol"), None, "files of the machine are not served to the page");
    assert_eq!(security.get("dangerousDisableAssetCspModification"), None);
    assert_eq!(config["app"].get("withGlobalTauri"), None, "the API is not a global that any script could find");
    assert_eq!(config["build"].get("devUrl"), None, "a development server is named in dev.conf.json only");
}

#[test]
fn a_released_window_has_no_developer_tools() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest is there");
    let line = manifest.lines().find(|line| line.starts_with("tauri = ")).expect("tauri is a dependency");
    assert!(!line.contains("devtools"), "the feature would keep the inspector in release builds: {line}");
}
