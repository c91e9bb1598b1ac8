//! Every figure that a command prints has a reason: `--explain` tells it, to the cent, and its words compute.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

use crate::desk::{APP, Desk, finished, server};
use crate::recount::{Step, faults};
use crate::truth;

/// Every command that prints computed figures, and what it takes to see all of them. What is not here prints what people
/// typed (`rate list`, `headcount list`), what a vendor listed one by one (`roster`, `changes`, `license list`, `held`), or
/// how a reading went (`sync`, `runs`, `connection`, `mapping`); `export` and `import` write and read tables.
const COMMANDS: [&[&str]; 16] = [
    &["apps"],
    &["spend", APP],
    &["spend", APP, "--by", "department"],
    &["spend", APP, "--by", "cost-center"],
    &["spend", APP, "--by", "month"],
    &["spend", APP, "--by", "month", "--basis", "cash"],
    &["spend", APP, "--by", "quarter"],
    &["spend", APP, "--by", "fiscal-year", "--basis", "cash"],
    &["renewals"],
    &["forecast", APP, "--months", "30"],
    &["forecast", APP, "--months", "30", "--basis", "accrual", "--scenario", "Fewer"],
    &["scenario", "compare", APP],
    &["purchase", "list", APP],
    &["fee", "list", APP],
    &["invoice", "list", APP],
    &["spend", APP, "--as-of", "2001-01-01"],
];

/// What the columns of tables hold that no arithmetic makes: what was typed, and seats as they were bought.
fn books(desk: &Desk, seats: u64, today: Date) {
    let (from, until) = (today - 100.days(), today + 200.days());
    let (from, until) = (from.to_string(), until.to_string());
    let term = ["--from", &from, "--until", &until, "--notice-days", "60", "--auto-renews", "yes"];
    let seats = seats.to_string();
    let bought: [&[&str]; 3] = [
        &[
            "--type",
            "can-edit",
            "--quantity",
            &seats,
            "--cost",
            "9.25",
            "--per",
            "unit",
            "--every",
            "month",
            "--uplift",
            "5",
            "--cap",
            "8",
        ],
        &[
            "--type",
            "can-edit",
            "--quantity",
            "30",
            "--cost",
            "1000",
            "--per",
            "lot",
            "--every",
            "18months",
            "--name",
            "Lab",
            "--tax",
            "19",
        ],
        &[
            "--type",
            "view-only",
            "--quantity",
            "7",
            "--cost",
            "100",
            "--per",
            "lot",
            "--every",
            "quarter",
            "--discount",
            "7.5% partner",
            "--proration",
            "daily",
        ],
    ];
    for fields in bought {
        desk.says(&[&["purchase", "add", APP, "--currency", "USD"], fields, &term[..]].concat());
    }
    desk.says(&["license", "set", APP, "view-only", "--billable", "yes"]);
    desk.says(&["fee", "add", APP, "--name", "Support", "--amount", "100", "--every", "18months", "--from", &from]);
    let today = today.to_string();
    let invoice = ["--number", "R-1", "--day", &today, "--amount", "1234.56", "--from", &from, "--until", &today];
    desk.says(&[&["invoice", "add", APP, "--purchase", "1"], &invoice[..]].concat());
    desk.says(&["headcount", "set", "77"]);
    desk.says(&["scenario", "save", APP, "Fewer", "--seats", "1=-10", "--price", "2=1100"]);
}

/// All reasons of a document, wherever they stand.
fn reasons(document: &Value, found: &mut Vec<Step>) {
    match document {
        Value::Array(all) => all.iter().for_each(|one| reasons(one, found)),
        Value::Object(fields) => match read(document) {
            Some(step) => found.push(step),
            None => fields.values().for_each(|one| reasons(one, found)),
        },
        _ => {}
    }
}

fn read(object: &Value) -> Option<Step> {
    let text = |field: &str| object.get(field)?.as_str().map(str::to_owned);
    let parts = object.get("parts")?.as_array()?.iter();
    Some(Step {
        label: text("label")?,
        result: text("result")?,
        rule: text("rule")?,
        arithmetic: text("arithmetic")?,
        rounding: object.get("rounding")?.as_str().map(str::to_owned),
        parts: parts.map(|part| read(part).unwrap_or_else(|| panic!("a step: {part}"))).collect(),
    })
}

/// The amounts in a text, as bare decimal texts: "$1,200.50" and "1200.50" are the same.
fn amounts(text: &str) -> BTreeSet<String> {
    let pieces = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    let bare = pieces.map(|piece| piece.trim_matches(['.', ',']).replace(',', ""));
    bare.filter(|piece| piece.split_once('.').is_some_and(|(_, cents)| cents.len() == 2)).collect()
}

/// Each command's figures stand in its reasons, to the cent, and all of them compute.
fn all_compute(desk: &Desk, commands: &[&[&str]], typed: &[&str]) {
    for command in commands {
        let plain = desk.says(command);
        let explained = desk.says(&[command, &["--explain"][..]].concat());
        let told =
            explained.strip_prefix(&plain).unwrap_or_else(|| panic!("{command:?}: the answer, then its reasons"));
        assert!(told.contains("\n["), "{command:?} has reasons: {explained}");
        let results = told.lines().filter_map(|line| line.split_once(" = ")).map(|(_, result)| result);
        let results = amounts(&results.collect::<Vec<_>>().join(" "));
        for amount in amounts(&plain) {
            let known = results.contains(&amount) || typed.contains(&amount.as_str());
            assert!(known, "{command:?}: {amount} has no reason in\n{explained}");
        }
        let document = desk.document(&[command, &["--explain"][..]].concat());
        let mut found = Vec::new();
        reasons(&document, &mut found);
        assert!(!found.is_empty(), "{command:?} has reasons for scripts: {document}");
        let wrong: Vec<String> = found.iter().flat_map(faults).collect();
        assert!(wrong.is_empty(), "{command:?}: {}", wrong.join("\n"));
    }
}

#[test]
fn every_command_explains_its_figures_to_the_cent_and_every_reason_computes() {
    let server = server(120);
    let desk = Desk::with(&server);
    let (editing, _) = truth::seats(&server);
    let today: Date = desk.document(&["spend", APP])["as_of"].as_str().unwrap().parse().unwrap();
    books(&desk, editing + 10, today);
    // What the sentences say as it was typed.
    all_compute(&desk, &COMMANDS, &["9.25", "1234.56"]);
}

#[test]
fn every_reason_of_the_sample_computes() {
    let desk = Desk::new();
    let mut command = desk.command(&["demo"]);
    command.env_remove("SEATLEDGER_VAULT").env_remove("SEATLEDGER_PASSPHRASE");
    assert_eq!(finished(command.spawn()).code, Some(0));
    let apps = desk.document(&["apps"]);
    let slug = apps[0]["app"].as_str().unwrap();
    let commands: [&[&str]; 6] = [
        &["apps"],
        &["spend", slug],
        &["spend", slug, "--by", "department"],
        &["spend", slug, "--by", "month", "--from", "2025-06-01"],
        &["forecast", slug],
        &["renewals", slug],
    ];
    all_compute(&desk, &commands, &[]);
}

#[test]
fn who_got_the_cents_left_over_is_told() {
    let server = server(120);
    let desk = Desk::with(&server);
    let (editing, _) = truth::seats(&server);
    let seats = (editing * 3).to_string();
    let bought = ["--type", "can-edit", "--quantity", &seats, "--cost", "1000", "--per", "lot", "--currency", "USD"];
    desk.says(&[&["purchase", "add", APP, "--every", "year", "--from", "2020-01-01"], &bought[..]].concat());
    let told = desk.says(&["spend", APP, "--by", "department", "--explain"]);
    for words in ["Exactly $", " below it", "left over", "The parts rounded down leave "] {
        assert!(told.contains(words), "{words:?}: {told}");
    }
}
