//! Where commands write: one document on stdout with `--json`, results on stdout, notes and errors on stderr.

use serde_json::{Value, json};

use crate::desk::{APP, Desk, Refusal, has_fields, server};

const PURCHASE: &[&str] = &["--type", "can-edit", "--quantity", "5", "--cost", "1", "--per", "unit"];
const PAID: &[&str] = &["--every", "month", "--from", "2026-01-01"];

#[test]
fn with_json_every_command_prints_one_document_and_nothing_else() {
    let server = server(20);
    let desk = Desk::with(&server);
    let target = desk.home().join("out.json");
    let target = target.to_str().unwrap();
    let add = [&["purchase", "add", APP], PURCHASE, PAID].concat();
    let commands: Vec<Vec<&str>> = vec![
        vec!["apps"],
        vec!["sync"],
        vec!["sync", APP],
        vec!["roster", APP],
        vec!["roster", APP, "--search", "nobody at all"],
        vec!["license", "list", APP],
        vec!["license", "set", APP, "can-edit", "--name", "Editor"],
        add,
        vec!["purchase", "list", APP],
        vec!["purchase", "edit", APP, "1", "--cost", "2"],
        vec!["purchase", "end", APP, "1", "--until", "2026-12-31"],
        vec!["purchase", "delete", APP, "1"],
        vec!["purchase", "undo", APP],
        vec!["spend", APP],
        vec!["spend", APP, "--explain"],
        vec!["spend", APP, "--by", "department"],
        vec!["spend", APP, "--by", "department", "--explain"],
        vec!["spend", APP, "--by", "quarter"],
        vec!["spend", APP, "--by", "month", "--explain"],
        vec!["renewals"],
        vec!["renewals", APP, "--ical", target],
        vec!["forecast", APP],
        vec!["forecast", APP, "--renew-all", "--explain"],
        vec!["scenario", "save", APP, "Once more", "--renew-all"],
        vec!["scenario", "list", APP],
        vec!["scenario", "compare", APP, "once more"],
        vec!["scenario", "delete", APP, "Once more"],
        vec!["changes", APP],
        vec!["export", APP, "changes", "--format", "json", "-o", target],
        vec!["runs", APP],
        vec!["check"],
        vec!["disconnect", APP, "--confirm", "Lucidchart"],
    ];
    for command in &commands {
        desk.document(command);
    }
    let quiet = desk.run(&["--json", "--quiet", "apps"]);
    assert_eq!((quiet.code, quiet.stderr.as_str(), quiet.document()), (Some(0), "", json!([])));
}

#[test]
fn every_command_that_names_an_app_refuses_one_that_is_not_there() {
    let desk = Desk::with(&server(10));
    let target = desk.home().join("never.csv");
    let commands: Vec<Vec<&str>> = vec![
        vec!["sync", "figma"],
        vec!["roster", "figma"],
        vec!["license", "list", "figma"],
        vec!["license", "set", "figma", "can-edit", "--free"],
        [&["purchase", "add", "figma"], PURCHASE, PAID].concat(),
        vec!["purchase", "list", "figma"],
        vec!["purchase", "edit", "figma", "1"],
        vec!["purchase", "end", "figma", "1", "--until", "2026-12-31"],
        vec!["purchase", "delete", "figma", "1"],
        vec!["purchase", "undo", "figma"],
        vec!["spend", "figma"],
        vec!["spend", "figma", "--by", "department"],
        vec!["spend", "figma", "--by", "month"],
        vec!["renewals", "figma"],
        vec!["renewals", "figma", "--ical", target.to_str().unwrap()],
        vec!["forecast", "figma"],
        vec!["scenario", "save", "figma", "Any"],
        vec!["scenario", "list", "figma"],
        vec!["scenario", "compare", "figma"],
        vec!["scenario", "delete", "figma", "Any"],
        vec!["changes", "figma"],
        vec!["export", "figma", "roster", "--format", "csv", "-o", target.to_str().unwrap()],
        vec!["runs", "figma"],
        vec!["disconnect", "figma", "--confirm", "Figma"],
    ];
    for command in &commands {
        let refusal = desk.refusal(command, 2, "unknown-app");
        refusal.says("There is no app called \"figma\".");
        refusal.says("Connected apps: lucidchart.");
        let told = desk.run(command);
        assert_eq!((told.code, told.stdout.as_str()), (Some(2), ""), "{command:?}: {told:?}");
        assert!(told.stderr.contains("There is no app called \"figma\"."), "{told:?}");
    }
    assert!(!target.exists());
}

#[test]
fn mistakes_in_the_arguments_are_usage_errors() {
    let desk = Desk::new();
    let commands: [&[&str]; 8] = [
        &[],
        &["sing"],
        &["roster"],
        &["connect", "figma", "--token-stdin"],
        &["sync"],
        &["apps", "--vault", "drawer"],
        &["export", APP, "roster", "--format", "pdf", "-o", "x"],
        &["license", "set", APP, "can-edit", "--billable", "perhaps"],
    ];
    for command in commands {
        let refused = Refusal::of(&desk.run(&[&["--json"], command].concat()), 2, "usage");
        assert!(!refused.message.contains('\n'), "one sentence: {refused:?}");
        let told = desk.run(command);
        assert_eq!((told.code, told.stdout.as_str()), (Some(2), ""), "{command:?}: {told:?}");
        assert!(!told.stderr.is_empty());
    }
}

#[test]
fn a_token_is_taken_from_standard_input_or_a_person_and_never_from_nowhere() {
    let desk = Desk::new();
    desk.refusal(&["connect", "lucid"], 3, "no-token").says("--token-stdin");
    desk.refusal(&["connect", "lucid", "--token-stdin"], 3, "token-empty").says("Paste the SCIM bearer token.");
    let argument = desk.run(&["connect", "lucid", "--token", "abc"]);
    assert_eq!(argument.code, Some(2), "arguments show in process lists: {argument:?}");
}

#[test]
fn help_version_and_completions_are_results() {
    let desk = Desk::new();
    for command in [&["--help"][..], &["--version"], &["purchase", "add", "--help"], &["completions", "bash"]] {
        let told = desk.run(command);
        assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{command:?}: {told:?}");
        assert!(!told.stdout.is_empty());
    }
    assert!(!desk.folder().exists(), "none of them needs a data folder");
}

#[test]
fn people_read_results_on_stdout_and_errors_with_a_hint_on_stderr() {
    let server = server(20);
    let desk = Desk::with(&server);
    let synced = desk.run(&["sync"]);
    assert_eq!(
        (synced.code, synced.stdout.as_str(), synced.stderr.as_str()),
        (Some(0), "lucidchart: 20 members, nothing changed.\n", "")
    );
    let listed = desk.run(&["roster", APP]);
    assert_eq!((listed.stdout.lines().count(), listed.stderr.as_str()), (21, "20 members\n"));
    assert_eq!(desk.run(&["roster", APP, "--quiet"]).stderr, "", "notes are left out");
    let refused = desk.run(&["--quiet", "spend", "figma"]);
    assert_eq!(
        (refused.code, refused.stdout.as_str(), refused.stderr.as_str()),
        (Some(2), "", "seatledger: There is no app called \"figma\".\n  Connected apps: lucidchart.\n")
    );
}

#[test]
fn several_apps_are_synced_one_after_the_other_and_a_failing_one_stops_none() {
    let (good, bad) = (server(20), server(10));
    let desk = Desk::new();
    desk.connect(&bad);
    desk.connect(&good);
    bad.set_fault(lucid_sim::Fault::Html);
    let told = desk.run(&["sync", "--json"]);
    assert_eq!((told.code, told.stderr.as_str()), (Some(4), ""), "{told:?}");
    let document = told.document();
    let reports = document.as_array().expect("an array, as there are two");
    let of = |slug: &str| -> &Value { reports.iter().find(|report| report["app"] == slug).expect(slug) };
    assert_eq!((&of("lucidchart-2")["status"], &of("lucidchart-2")["members"]), (&json!("completed"), &json!(20)));
    let failed = of(APP);
    has_fields(failed, &["app", "status", "error"]);
    assert_eq!(failed["status"], "failed");
    has_fields(&failed["error"], &["code", "message", "hint"]);
    let plain = desk.run(&["sync"]);
    assert_eq!((plain.code, plain.stdout.as_str()), (Some(4), "lucidchart-2: 20 members, nothing changed.\n"));
    assert!(plain.stderr.starts_with("lucidchart: "), "{plain:?}");
}
