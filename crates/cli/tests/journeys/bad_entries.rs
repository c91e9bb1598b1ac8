//! Wrong entries: refused in words that say what to change, and nothing is saved or lost.

use serde_json::json;

use crate::desk::{APP, Desk, Refusal, server};

const RIGHT: [(&str, &str); 8] = [
    ("--type", "can-edit"),
    ("--quantity", "50"),
    ("--cost", "9.00"),
    ("--per", "unit"),
    ("--currency", "USD"),
    ("--every", "month"),
    ("--from", "2026-04-01"),
    ("--until", "2027-03-31"),
];

/// The right entries with some of them replaced; an empty one is left out.
fn entries<'a>(wrong: &[(&'a str, &'a str)]) -> Vec<&'a str> {
    let kept = RIGHT.iter().filter(|(field, _)| wrong.iter().all(|(other, _)| other != field));
    let all = kept.chain(wrong).filter(|(_, text)| !text.is_empty());
    all.flat_map(|(field, text)| [*field, *text]).collect()
}

#[test]
fn a_wrong_purchase_is_refused_in_words() {
    let server = server(10);
    let desk = Desk::with(&server);
    for (wrong, words) in [
        (&[("--cost", "-9")][..], "Cost must not be negative"),
        (&[("--cost", "(9)")], "Cost must not be negative"),
        (&[("--cost", "9000000000000")], "Cost must be at most 1,000,000,000,000"),
        (&[("--cost", "9.9999"), ("--per", "lot")], "Cost has 4 decimals, but USD has 2"),
        (&[("--cost", "0.999"), ("--per", "lot")], "Cost has 3 decimals, but USD has 2"),
        (&[("--cost", "9.9999999")], "Cost has 7 decimals, but a price of one seat has at most 6: round it"),
        (&[("--cost", "1200.5"), ("--currency", "JPY"), ("--per", "lot")], "Cost has 1 decimal, but JPY has none"),
        (&[("--cost", "1.2345"), ("--currency", "KWD"), ("--per", "lot")], "Cost has 4 decimals, but KWD has 3"),
        (&[("--cost", "€9")], "Cost says €, but the currency is USD"),
        (&[("--cost", "nine")], "Cost must be an amount like 108.50"),
        (&[("--currency", "XQQ")], "XQQ is not known: use a code of three letters like USD or EUR"),
        (&[("--currency", "dollars")], "dollars is not known"),
        (&[("--until", "2026-03-31")], "End date must not be before the effective date, 1 Apr 2026"),
        (&[("--until", "2027-02-30")], "End date does not exist: February 2027 has 28 days"),
        (&[("--from", "01/02/2026")], "Effective date can be read as"),
        (&[("--from", "")], "Effective date must not be empty"),
        (&[("--quantity", "-5")], "Purchased quantity"),
        (&[("--quantity", "2.5")], "Purchased quantity"),
        (&[("--quantity", "many")], "Purchased quantity"),
        (&[("--per", "month")], "unit (each seat) or lot"),
        (&[("--every", "fortnight")], "Payment frequency must be one of once, month, quarter"),
        (&[("--type", "")], "License type must not be empty"),
        (&[("--type", "!?")], "Name the license type with letters or digits."),
    ] {
        let arguments = [&["purchase", "add", APP], entries(wrong).as_slice()].concat();
        desk.refusal(&arguments, 2, "refused").says(words);
    }
    assert_eq!(desk.document(&["purchase", "list", APP]), json!([]));
    let types = desk.document(&["license", "list", APP]);
    assert_eq!(types.as_array().unwrap().len(), 2, "a refused purchase adds no license type");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let server = server(10);
    let desk = Desk::with(&server);
    let wrong = entries(&[("--cost", "-9"), ("--every", "fortnight"), ("--until", "2020-01-01")]);
    let refusal = desk.refusal(&[&["purchase", "add", APP], wrong.as_slice()].concat(), 2, "refused");
    for words in ["Cost must not be negative. ", "Payment frequency must be one of", "End date must not be before"] {
        refusal.says(words);
    }
    refusal.says("Nothing was saved.");
}

#[test]
fn a_refused_edit_leaves_the_purchase_as_it_was() {
    let server = server(10);
    let desk = Desk::with(&server);
    desk.says(&[&["purchase", "add", APP], entries(&[]).as_slice()].concat());
    let before = desk.document(&["purchase", "list", APP]);
    desk.refusal(&["purchase", "edit", APP, "1", "--cost", "-1"], 2, "refused");
    desk.refusal(&["purchase", "edit", APP, "1", "--currency", "JPY", "--per", "lot", "--cost", "9.50"], 2, "refused")
        .says("JPY has none");
    desk.refusal(&["purchase", "end", APP, "1", "--until", "2026-03-01"], 2, "refused").says("must not be before");
    desk.refusal(&["purchase", "end", APP, "1", "--until", "soon"], 2, "refused").says("End date must be a day like");
    desk.refusal(&["purchase", "delete", APP, "7"], 2, "unknown-purchase").says("no purchase 7");
    assert_eq!(desk.document(&["purchase", "list", APP]), before);
}

#[test]
fn an_amount_that_could_mean_two_is_said_back() {
    let server = server(10);
    let desk = Desk::with(&server);
    let told = desk.run(&[&["purchase", "add", APP], entries(&[("--cost", "1,234")]).as_slice()].concat());
    assert_eq!(told.code, Some(0), "{told:?}");
    assert!(told.stdout.contains("50 seats × $1,234.00 monthly"), "{told:?}");
    assert!(told.stderr.contains("Cost is understood as $1,234.00."), "{told:?}");
    let document = desk.document(&[&["purchase", "add", APP], entries(&[("--cost", "1,234")]).as_slice()].concat());
    assert_eq!(document["doubts"][0]["message"], "Cost is understood as $1,234.00.", "{document}");
}

#[test]
fn a_license_type_that_nobody_knows_is_refused_with_those_that_exist() {
    let server = server(10);
    let desk = Desk::with(&server);
    let target = desk.home().join("never.csv");
    for command in [
        &["license", "set", APP, "explorer", "--free"][..],
        &["roster", APP, "--license", "explorer"],
        &["export", APP, "roster", "--format", "csv", "-o", target.to_str().unwrap(), "--license", "explorer"],
    ] {
        let refusal = desk.refusal(command, 2, "unknown-license-type");
        refusal.says("no license type \"explorer\"");
        refusal.says("can-edit, view-only");
    }
    assert!(!target.exists());
    desk.says(&["license", "set", APP, "can-edit", "--name", "Editor"]);
    let by_key = desk.roster(&["--license", "can-edit"]);
    assert_eq!(desk.roster(&["--license", "editor"]), by_key, "a type is found by its name too");
    desk.refusal(&["license", "set", APP, "can-edit", "--name", " "], 2, "not-allowed");
}

#[test]
fn wrong_days_and_words_in_questions_are_refused() {
    let server = server(10);
    let desk = Desk::with(&server);
    for command in [
        &["roster", APP, "--as-of", "2026-02-30"][..],
        &["spend", APP, "--as-of", "2026-02-30"],
        &["changes", APP, "--from", "2026-02-30"],
        &["changes", APP, "--to", "2026-02-30"],
    ] {
        let refusal = desk.refusal(command, 2, "not-a-date");
        assert_eq!(refusal.message, "The date \"2026-02-30\" does not exist: February 2026 has 28 days.");
    }
    desk.refusal(&["roster", APP, "--status", "asleep"], 2, "not-allowed").says("active, deactivated and left");
    let huge = ["purchase", "end", APP, "99999999999999999999", "--until", "2026-12-31"];
    Refusal::of(&desk.run(&[&huge[..], &["--json"]].concat()), 2, "usage");
}
