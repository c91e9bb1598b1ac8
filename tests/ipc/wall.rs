//! Who may call what: the listed commands, from the app's own page, and nothing else.

use seatledger_desktop::COMMANDS;
use serde_json::{Value, json};

use crate::page::{OWN, Page, problem};

/// Commands that take no request.
const ASK_NOTHING: [&str; 5] = ["apps_list", "vault_status", "vault_use_keychain", "sample_start", "settings_get"];

fn asking() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.name).filter(|name| !ASK_NOTHING.contains(name))
}

#[test]
fn every_listed_command_is_permitted_and_answers_nonsense_with_a_problem() {
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    let nonsense = [
        json!(null),
        json!(42),
        json!("token-canary"),
        json!([]),
        json!({}),
        json!({ "app": 1, "token": ["token-canary"] }),
    ];
    let mut refused = 0;
    for name in asking() {
        for request in &nonsense {
            if let Err(refusal) = page.call(name, request) {
                problem(&refusal);
                assert!(!refusal.to_string().contains("canary"), "{name} repeats what it was sent: {refusal}");
                refused += 1;
            }
        }
    }
    // `{}` is a whole request where every field has a default.
    assert!(refused > asking().count() * (nonsense.len() - 2), "nonsense is refused, not guessed at");
}

#[test]
fn what_is_not_listed_is_refused() {
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    for command in [
        "token_read",
        "plugin:fs|read_file",
        "plugin:shell|execute",
        "plugin:dialog|save",
        "plugin:event|emit",
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:app|version",
    ] {
        let refusal = page.call_from(OWN, command, json!({})).expect_err(command);
        let why = refusal.as_str().unwrap_or_default().to_owned();
        assert!(why.contains("not allowed") || why.contains("not found"), "{command}: {why}");
    }
}

#[test]
fn a_page_from_elsewhere_gets_no_answer() {
    let room = tempfile::tempdir().expect("a folder");
    let page = Page::over(room.path());
    for origin in [
        "http://tauri.evil.example",
        "https://app.evil.example",
        "http://localhost:5173",
        "https://tauri.localhost.evil.example",
    ] {
        let answer: Result<Value, Value> = page.call_from(origin, "apps_list", json!({}));
        let refusal = answer.expect_err(origin);
        assert!(refusal.as_str().is_some_and(|why| why.contains("not allowed")), "{origin}: {refusal}");
    }
    assert_eq!(page.call_from(OWN, "apps_list", json!({})), Ok(json!([])), "the app's own page does");
}
