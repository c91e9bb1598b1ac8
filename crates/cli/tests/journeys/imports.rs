//! Purchases from files, as a script imports them: what is accepted in one act, what is refused with its reasons.

use std::fs;

use serde_json::{Value, json};

use crate::desk::{APP, Desk, Refusal, Told, server};

const FILE: &str = "License costs\n\nLizenztyp;Menge;Preis;je;Turnus;Beginn;Ende\n\
    Can-Edit;50;9,00;Lizenz;monatlich;2026-04-01;2027-03-31\n\
    Can-Edit;viele;9,00;Lizenz;monatlich;2026-04-01;\n\
    Planner;unbegrenzt;1.200,50;pauschal;jährlich;31.12.2025;\n";

fn desk_with(file: &str) -> (Desk, String) {
    let desk = Desk::with(&server(10));
    let path = desk.home().join("costs.csv");
    fs::write(&path, file).unwrap();
    (desk, path.to_str().unwrap().to_owned())
}

fn imported(told: &Told, exit: i32) -> Value {
    assert_eq!((told.code, told.stderr.as_str()), (Some(exit), ""), "{told:?}");
    told.document()
}

fn purchases(desk: &Desk) -> Vec<Value> {
    desk.document(&["purchase", "list", APP]).as_array().unwrap().clone()
}

fn name_of(file: &str) -> &str {
    file.rsplit('/').next().unwrap()
}

#[test]
fn accepted_rows_are_added_in_one_act_and_refused_ones_saved_with_reasons() {
    let (desk, file) = desk_with(FILE);
    let rejected = desk.home().join("rejected.csv");
    let ask = ["import", APP, &file, "--map", "per=JE", "--refused", rejected.to_str().unwrap(), "--json"];
    let looked = imported(&desk.run(&[&ask[..], &["--dry-run"]].concat()), 1);
    assert_eq!((&looked["dry_run"], &looked["added"], &looked["refused"]), (&json!(true), &json!(2), &json!(1)));
    assert!(purchases(&desk).is_empty(), "looking changes nothing");
    fs::remove_file(&rejected).unwrap();
    let done = imported(&desk.run(&ask), 1);
    assert_eq!((&done["added"], &done["refused"]), (&json!(2), &json!(1)));
    assert_eq!(done["new_license_types"], json!(["Planner"]));
    assert_eq!(done["rejected"][0]["row"], 5);
    assert!(done["rejected"][0]["reasons"][0].as_str().unwrap().starts_with("Purchased quantity "), "{done}");
    assert!(done["notes"][0].as_str().unwrap().contains("UTF-8"), "{done}");
    let costs: Vec<_> = purchases(&desk).iter().map(|purchase| purchase["cost"].clone()).collect();
    assert_eq!(costs, [json!("9.00"), json!("1200.50")]);
    let text = fs::read_to_string(&rejected).unwrap();
    assert!(text.starts_with("Lizenztyp,Menge,Preis,je,Turnus,Beginn,Ende,reasons\r\nCan-Edit,viele,"), "{text}");
    let again = imported(&desk.run(&ask), 1);
    let counts = ["added", "changed", "same", "refused"].map(|count| again[count].clone());
    assert_eq!(counts, [json!(0), json!(0), json!(2), json!(1)], "nothing is entered twice");
    let undone = desk.document(&["purchase", "undo", APP]);
    assert_eq!(undone["what"], format!("Undone: Import 2 purchases from {}.", name_of(&file)));
    assert!(purchases(&desk).is_empty());
    let types = desk.document(&["license", "list", APP]);
    assert!(types.as_array().unwrap().iter().all(|one| one["name"] != "Planner"), "it came with the file: {types}");
    let redone = desk.document(&["redo", APP]);
    assert_eq!(redone["what"], format!("Done again: Import 2 purchases from {}.", name_of(&file)));
    assert_eq!(purchases(&desk).len(), 2);
    desk.says(&["undo", APP]);
    assert_eq!(desk.document(&["check"])["sound"], true);
}

#[test]
fn the_template_is_understood_as_it_is() {
    let desk = Desk::with(&server(10));
    for ending in ["csv", "xlsx"] {
        let path = desk.home().join(format!("start.{ending}"));
        let file = path.to_str().unwrap();
        assert_eq!(desk.document(&["import", "--template", file]), json!({"path": file, "rows": 1}));
        let told = imported(&desk.run(&["import", APP, file, "--json", "--keep-duplicates"]), 0);
        assert_eq!((&told["added"], &told["doubtful"]), (&json!(1), &json!(0)), "{told}");
    }
    let sentences: Vec<_> = purchases(&desk).iter().map(|purchase| purchase["sentence"].clone()).collect();
    let expected = json!("50 seats × $9.00 monthly = $5,400.00 a year until 31 Mar 2027");
    assert_eq!(sentences, [expected.clone(), expected], "the text and the workbook say the same");
}

#[test]
fn an_exported_file_is_imported_into_another_ledger_as_it_was() {
    let (desk, file) = desk_with(FILE);
    imported(&desk.run(&["import", APP, &file, "--map", "per=je", "--json"]), 1);
    let other = Desk::with(&server(10));
    for ending in ["csv", "xlsx"] {
        let target = desk.home().join(format!("out.{ending}"));
        let target = target.to_str().unwrap();
        desk.says(&["export", APP, "purchases", "--format", ending, "-o", target]);
        let told = imported(&other.run(&["import", APP, target, "--json"]), 0);
        assert_eq!(told["added"], 2, "{ending}: {told}");
        let form = |one: &Value| one["form"].clone();
        let (mut theirs, mut ours): (Vec<_>, Vec<_>) =
            (purchases(&other).iter().map(form).collect(), purchases(&desk).iter().map(form).collect());
        for forms in [&mut theirs, &mut ours] {
            forms.sort_by_key(ToString::to_string);
        }
        assert_eq!(theirs, ours, "{ending}");
        other.says(&["purchase", "undo", APP]);
    }
}

/// Every shape and condition that a purchase can have, as the command line says them.
const CONDITIONED: [&[&str]; 7] = [
    &[
        "--shape",
        "graduated",
        "--tiers",
        "1-10: 9.00",
        "--tiers",
        "11+: 7.125",
        "--tax",
        "19",
        "--uplift",
        "5",
        "--cap",
        "7",
    ],
    &["--shape", "volume", "--tiers", "1-10: 9.00", "--tiers", "11+: 8.00", "--commitment", "600"],
    &["--shape", "base-fee", "--cost", "100.00", "--included", "10", "--extra", "8.50", "--overage", "contract"],
    &[
        "--cost",
        "7.125",
        "--packs",
        "3, 5, 10, then +10",
        "--discount",
        "25% partner; gold",
        "--discount",
        "5% of list",
    ],
    &["--cost", "9.00", "--overage", "11.50", "--overage-true-up", "2026-12-01", "--overage-proration", "none"],
    &[
        "--cost",
        "9.00",
        "--discount",
        "20.00 goodwill",
        "--pays-for",
        "department: R; D",
        "--pays-for",
        "email: @lab.example",
    ],
    &[
        "--cost",
        "9.00",
        "--owner",
        "Mira; Okafor",
        "--reminder",
        "licenses@acme.example",
        "--document",
        "Order form = https://acme.example/order?a=b;c",
        "--document",
        "Terms = S:\\legal\\terms.pdf",
    ],
];

#[test]
fn every_condition_comes_back_from_an_exported_file() {
    let (desk, other) = (Desk::with(&server(10)), Desk::with(&server(10)));
    let usual = ["purchase", "add", APP, "--type", "can-edit", "--quantity", "20", "--every", "month"];
    let term = ["--per", "unit", "--from", "2026-04-01", "--until", "2027-03-31"];
    for own in CONDITIONED {
        desk.document(&[&usual[..], &term, own].concat());
    }
    let form = |one: &Value| one["form"].clone();
    let forms = |desk: &Desk| {
        let mut forms: Vec<Value> = purchases(desk).iter().map(form).collect();
        forms.sort_by_key(ToString::to_string);
        forms
    };
    for ending in ["csv", "xlsx"] {
        let target = desk.home().join(format!("out.{ending}"));
        let target = target.to_str().unwrap();
        desk.says(&["export", APP, "purchases", "--format", ending, "-o", target]);
        let told = imported(&other.run(&["import", APP, target, "--json"]), 0);
        assert_eq!(told["added"], CONDITIONED.len(), "{ending}: {told}");
        assert_eq!(forms(&other), forms(&desk), "{ending}");
        let again = imported(&other.run(&["import", APP, target, "--json"]), 0);
        assert_eq!(again["same"], CONDITIONED.len(), "{ending}: {again}");
        other.says(&["undo", APP]);
    }
}

#[test]
fn doubtful_rows_are_printed_with_their_sentence_and_columns_that_nothing_reads_are_named() {
    let (desk, file) =
        desk_with("Type,Quantity,Cost,Per,Every,From,Region\nCan-Edit,50,\"1,234\",unit,month,2026-04-01,North\n");
    let spoken = desk.run(&["import", APP, &file, "--dry-run"]);
    assert!(spoken.stderr.contains("Cost is understood as $1,234.00."), "{spoken:?}");
    assert!(spoken.stderr.contains("Columns that are not imported: Region."), "{spoken:?}");
    assert!(spoken.stdout.contains("Annual cost: "), "{spoken:?}");
    let told = imported(&desk.run(&["import", APP, &file, "--dry-run", "--json"]), 0);
    assert_eq!((&told["ignored_columns"], &told["doubts"][0]["row"]), (&json!(["Region"]), &json!(2)));
}

#[test]
fn refused_rows_are_grouped_by_their_repair_in_words_and_in_json() {
    let (desk, file) = desk_with(
        "Type,Quantity,Cost,Per,Every,From\nCan-Edit,50,9,unit,,2026-04-01\nCan-Edit,51,9,unit,,2026-04-01\n\
         Can-Edit,x,9,unit,month,2026-04-01\n",
    );
    let told = imported(&desk.run(&["import", APP, &file, "--dry-run", "--json"]), 1);
    let repairs: Vec<_> =
        told["repairs"].as_array().unwrap().iter().map(|one| (&one["repair"], &one["numbers"])).collect();
    let expected = [(json!("fill:every"), json!([2, 3])), (json!("correct:quantity"), json!([4]))];
    assert_eq!(repairs, expected.iter().map(|(repair, rows)| (repair, rows)).collect::<Vec<_>>());
    let spoken = desk.run(&["import", APP, &file, "--dry-run"]);
    for part in ["2 rows: Payment frequency is missing", "Rows 2, 3.", "1 row: Purchased quantity cannot be used"] {
        assert!(spoken.stderr.contains(part), "{part} in {spoken:?}");
    }
    let mended = imported(&desk.run(&["import", APP, &file, "--set", "every=month", "--json"]), 1);
    assert_eq!((&mended["added"], &mended["refused"]), (&json!(2), &json!(1)));
}

#[test]
fn a_mapping_is_remembered_by_the_headings_and_can_be_left() {
    let (desk, file) = desk_with("Artikel,Zahl,Preis,je,Turnus,Start\nCan-Edit,50,9,unit,month,3.4.2026\n");
    let ask = ["import", APP, &file, "--json"];
    let chosen = ["--map", "license_type=Artikel", "--map", "quantity=B", "--date-order", "day-first"];
    let first = imported(&desk.run(&[&ask[..], &chosen].concat()), 0);
    assert_eq!((&first["added"], &first["mapping_from"]), (&json!(1), &Value::Null));
    fs::write(&file, "Artikel,Zahl,Preis,je,Turnus,Start\nCan-Edit,60,9,unit,month,5.6.2026\n").unwrap();
    let spoken = desk.run(&["import", APP, &file, "--dry-run"]);
    assert!(spoken.stderr.contains("--fresh-mapping"), "{spoken:?}");
    let next = imported(&desk.run(&ask), 0);
    assert_eq!((&next["added"], &next["mapping_from"]["file"]), (&json!(1), &json!(name_of(&file))));
    let froms: Vec<_> = purchases(&desk).iter().map(|one| one["form"]["from"].clone()).collect();
    assert!(froms.contains(&json!("2026-06-05")), "{froms:?}");
    let fresh = imported(&desk.run(&[&ask[..], &["--fresh-mapping"]].concat()), 1);
    assert_eq!((&fresh["refused"], &fresh["mapping_from"]), (&json!(1), &Value::Null));
}

#[test]
fn a_file_that_cannot_be_imported_is_refused_in_words() {
    let (desk, file) = desk_with("Can-Edit;50\nView-Only;7\n");
    desk.refusal(&["import", APP, &file], 2, "no-headings").says("template");
    desk.refusal(&["import", APP, "nowhere.csv"], 2, "file-not-read").says("nowhere.csv");
    fs::write(&file, FILE).unwrap();
    desk.refusal(&["import", APP, &file, "--map", "price=Preis"], 2, "wrong-mapping").says("license_type");
    desk.refusal(&["import", APP, &file, "--map", "cost=Kosten"], 2, "wrong-mapping").says("no column \"Kosten\"");
    desk.refusal(&["import", APP, &file, "--map", "cost"], 2, "usage").says("FIELD=COLUMN");
    Refusal::of(&desk.run(&["import", APP, "--json"]), 2, "usage");
    let spoken = desk.run(&["import", APP, &file, "--dry-run"]);
    assert!(spoken.stderr.contains("Refused because") && spoken.stdout.contains("would be added"), "{spoken:?}");
}

#[test]
fn a_corrected_file_changes_what_its_identifiers_name() {
    let with =
        |cost: &str| format!("Type,Quantity,Cost,Per,Every,From,PO\nCan-Edit,50,{cost},unit,month,2026-04-01,PO-7\n");
    let (desk, file) = desk_with(&with("9.00"));
    assert_eq!(imported(&desk.run(&["import", APP, &file, "--json"]), 0)["added"], 1);
    desk.document(&["purchase", "edit", APP, "1", "--owner", "Mira", "--document", "Order=/srv/7.pdf"]);
    fs::write(&file, with("9.50")).unwrap();
    let spoken = desk.run(&["import", APP, &file]);
    assert!(spoken.stdout.contains("0 added, 1 changed, 0 entered already, 0 refused"), "{spoken:?}");
    assert!(spoken.stderr.contains("purchase identifier, license type and first day"), "{spoken:?}");
    assert_eq!(purchases(&desk)[0]["cost"], "9.50");
    let form = &purchases(&desk)[0]["form"];
    assert_eq!(
        (&form["owner"], &form["documents"]),
        (&json!("Mira"), &json!("Order = /srv/7.pdf")),
        "not told, so kept"
    );
    assert_eq!(
        desk.document(&["undo", APP])["what"],
        format!("Undone: Import 1 purchase, changed from {}.", name_of(&file))
    );
    assert_eq!(purchases(&desk)[0]["cost"], "9.00");
}

#[test]
fn nothing_is_imported_when_the_refused_rows_cannot_be_saved() {
    let (desk, file) = desk_with(FILE);
    let nowhere = desk.home().join("no such folder").join("refused.csv");
    let ask = ["import", APP, &file, "--map", "per=JE", "--refused", nowhere.to_str().unwrap()];
    desk.refusal(&ask, 1, "file-not-written").says("no such folder");
    assert!(purchases(&desk).is_empty());
}
