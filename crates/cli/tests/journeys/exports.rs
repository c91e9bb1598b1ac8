//! Exports: whole sets, complete or not at all, equal to the truth once read back.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::desk::{APP, Desk, server};
use crate::truth;

/// A CSV file as a list of objects with text values.
fn read_csv(path: &Path) -> Vec<Value> {
    let bytes = fs::read(path).unwrap();
    assert!(bytes.ends_with(b"\r\n"), "RFC 4180 ends lines with CR LF");
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes.as_slice());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let object = |record: csv::StringRecord| {
        let cells = columns.iter().zip(record.iter()).map(|(column, cell)| (column.clone(), json!(cell)));
        Value::Object(cells.collect::<Map<_, _>>())
    };
    reader.records().map(|record| object(record.unwrap())).collect()
}

/// A member of the truth as a CSV file writes it, for the columns that `roster --json` has too.
fn as_text(member: &Value) -> Map<String, Value> {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(|one| one.as_str().unwrap()).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    };
    member.as_object().unwrap().iter().map(|(field, value)| (field.clone(), json!(text(value)))).collect()
}

fn without_extras(row: Value) -> Map<String, Value> {
    let Value::Object(mut row) = row else { panic!("an object") };
    for extra in ["status", "left_on", "products", "activity"] {
        assert!(row.remove(extra).is_some(), "{extra} is a column");
    }
    row
}

#[test]
fn the_roster_as_csv_read_back_is_the_truth() {
    let server = server(250);
    let desk = Desk::with(&server);
    let path = desk.home().join("roster.csv");
    let target = path.to_str().unwrap();
    let told = desk.document(&["export", APP, "roster", "--format", "csv", "-o", target]);
    assert_eq!(told, json!({"path": target, "rows": 250}));
    let rows = read_csv(&path);
    for (row, user) in
        rows.iter().map(|row| (row, server.truth().into_iter().find(|user| row["id"] == user.id.as_str())))
    {
        let user = user.unwrap();
        let granted = [
            ("Lucidchart", user.products.lucidchart),
            ("Lucidspark", user.products.lucidspark),
            ("LucidscaleCreator", user.products.lucidscale_creator),
            ("LucidscaleExplorer", user.products.lucidscale_explorer),
        ];
        let mut held: Vec<_> = granted.iter().filter(|(_, granted)| *granted).map(|(name, _)| *name).collect();
        let mut told: Vec<_> = row["products"].as_str().unwrap().split("; ").filter(|name| !name.is_empty()).collect();
        held.sort_unstable();
        told.sort_unstable();
        assert_eq!((told, row["status"].as_str()), (held, Some("active")), "{row}");
    }
    let read: Vec<_> = rows.into_iter().map(without_extras).collect();
    let expected: Vec<_> = truth::roster(&server).iter().map(as_text).collect();
    assert_eq!(read, expected);
}

#[test]
fn the_roster_as_json_read_back_is_the_truth() {
    let server = server(120);
    let desk = Desk::with(&server);
    let path = desk.home().join("roster.json");
    let told = desk.run(&["export", APP, "roster", "--format", "json", "-o", path.to_str().unwrap()]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(0), ""), "{told:?}");
    assert_eq!(told.stderr, format!("120 rows written to {}\n", path.display()));
    let rows: Vec<Value> = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let expected: Vec<_> = truth::roster(&server).into_iter().map(|one| one.as_object().unwrap().clone()).collect();
    assert_eq!(rows.into_iter().map(without_extras).collect::<Vec<_>>(), expected);
}

#[test]
fn an_export_takes_the_filters_of_the_roster() {
    let server = server(120);
    let desk = Desk::with(&server);
    let path = desk.home().join("editors.csv");
    let target = path.to_str().unwrap();
    let told = desk.document(&["export", APP, "roster", "--format", "csv", "-o", target, "--license", "can-edit"]);
    let (editing, _) = truth::seats(&server);
    assert_eq!(told["rows"], editing);
    assert!(read_csv(&path).iter().all(|row| row["license_type"] == "can-edit"));
    let misplaced = ["export", APP, "spend", "--format", "csv", "-o", target, "--license", "can-edit"];
    desk.refusal(&misplaced, 2, "usage").says("go with roster only");
}

#[test]
fn everything_is_exported_as_a_workbook_too() {
    let desk = Desk::with(&server(30));
    for (what, rows) in [("roster", 30), ("purchases", 0), ("spend", 2), ("changes", 30)] {
        let path = desk.home().join(format!("{what}.xlsx"));
        let target = path.to_str().unwrap();
        let told = desk.document(&["export", APP, what, "--format", "xlsx", "-o", target]);
        assert_eq!(told, json!({"path": target, "rows": rows}));
        assert!(fs::read(&path).unwrap().starts_with(b"PK"), "a workbook is a zip archive");
    }
    assert_eq!(fs::read_dir(desk.home()).unwrap().filter(|entry| is_left_over(entry.as_ref().unwrap())).count(), 0);
}

#[test]
fn cost_records_are_exported_for_the_days_asked_for() {
    let desk = Desk::with(&server(20));
    desk.says(&[
        "purchase",
        "add",
        APP,
        "--type",
        "can-edit",
        "--quantity",
        "5",
        "--every",
        "year",
        "--from",
        "2020-01-01",
    ]);
    let add = ["purchase", "add", APP, "--type", "can-edit", "--quantity", "50", "--cost", "9", "--per", "unit"];
    desk.says(&[&add[..], &["--every", "month", "--from", "2020-01-01"]].concat());
    let path = desk.home().join("costs.csv");
    let target = path.to_str().unwrap();
    let ask = ["export", APP, "focus", "--format", "csv", "--from", "2020-03-01", "--to", "2020-04-30", "-o", target];
    let told = desk.document(&ask);
    let left_out = "Purchase 1, Can-Edit, 5 seats: its price is not known.";
    assert_eq!(told, json!({"path": target, "rows": 2, "version": "1.2", "left_out": [left_out], "caveat": null}));
    let rows = read_csv(&path);
    assert_eq!(
        (&rows[0]["BilledCost"], &rows[1]["ChargePeriodEnd"]),
        (&json!("450.00"), &json!("2020-05-01T00:00:00Z"))
    );
    let spoken = desk.run(&ask);
    assert!(spoken.stderr.contains("2 rows of FOCUS 1.2") && spoken.stderr.contains(left_out), "{spoken:?}");
    let spare = ["export", APP, "focus", "-o", target];
    desk.refusal(&[&spare[..], &["--format", "xlsx"]].concat(), 2, "usage").says("written as CSV");
    desk.refusal(&[&spare[..], &["--format", "csv", "--license", "can-edit"]].concat(), 2, "usage")
        .says("with roster only");
    let misplaced = ["export", APP, "roster", "--format", "csv", "-o", target, "--from", "2020-01-01"];
    desk.refusal(&misplaced, 2, "usage").says("with over-time, focus only");
}

fn is_left_over(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().ends_with(".part")
}

#[test]
fn purchases_spend_and_changes_are_exported_too() {
    let server = server(60);
    let desk = Desk::with(&server);
    let formula = "=HYPERLINK(\"http://elsewhere.example\")";
    let add =
        ["purchase", "add", APP, "--type", "can-edit", "--quantity", "unlimited", "--cost", "1200", "--per", "lot"];
    desk.says(&[&add[..], &["--every", "year", "--from", "2020-01-01", "--note", formula]].concat());
    let exported = |what: &str| {
        let path = desk.home().join(format!("{what}.csv"));
        desk.says(&["export", APP, what, "--format", "csv", "-o", path.to_str().unwrap()]);
        read_csv(&path)
    };
    let purchases = exported("purchases");
    let told = ["license_type", "quantity", "unlimited", "cost", "per", "currency", "every", "from", "until", "annual"];
    let expected = ["can-edit", "", "true", "1200.00", "lot", "USD", "year", "2020-01-01", "", "1200.00"];
    assert_eq!(told.map(|column| purchases[0][column].as_str().unwrap()), expected);
    assert_eq!(purchases[0]["note"], format!("'{formula}"), "no spreadsheet runs it");
    let (editing, viewing) = truth::seats(&server);
    let spend = exported("spend");
    let told = ["license_type", "assigned", "unlimited", "purchased", "billable_annual", "currency"];
    assert_eq!(
        told.map(|column| spend[0][column].clone()),
        ["can-edit", &editing.to_string(), "true", "", "1200.00", "USD"]
    );
    assert_eq!(spend[1]["assigned"], viewing.to_string());
    assert_eq!(exported("changes").len(), 60);
}

#[test]
fn a_file_that_cannot_be_written_is_said_and_nothing_is_left_behind() {
    let desk = Desk::with(&server(10));
    let nowhere = desk.home().join("no such folder").join("roster.csv");
    let export =
        |target: &Path| ["export", APP, "roster", "--format", "csv", "-o", target.to_str().unwrap()].map(str::to_owned);
    let refused = |target: &Path| {
        let arguments = export(target);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        desk.refusal(&arguments, 1, "file-not-written")
    };
    refused(&nowhere).says(&nowhere.display().to_string());
    let folder = desk.home().join("exports");
    fs::create_dir(&folder).unwrap();
    refused(&folder).says("folder");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn every_table_of_the_books_is_exported_with_the_options_of_its_command() {
    let desk = Desk::with(&server(20));
    let add = ["purchase", "add", APP, "--type", "can-edit", "--quantity", "50", "--cost", "=4.5*2", "--per", "unit"];
    desk.says(&[&add[..], &["--every", "month", "--from", "1 jan 26", "--until", "+1y"]].concat());
    desk.says(&["fee", "add", APP, "--name", "Support", "--amount", "500", "--every", "year", "--from", "2026-01-01"]);
    desk.says(&["rate", "add", "--from", "EUR", "--day", "2026-01-01", "--rate", "1.08"]);
    let exported = |what: &str, options: &[&str]| {
        let path = desk.home().join(format!("{what}.csv"));
        let ask = ["export", APP, what, "--format", "csv", "-o", path.to_str().unwrap()];
        desk.says(&[&ask[..], options].concat());
        read_csv(&path)
    };
    let year = ["--from", "2026-01-01", "--to", "2026-12-31"];
    assert_eq!(exported("over-time", &[&year[..], &["--by", "quarter", "--basis", "cash"]].concat()).len(), 8);
    assert_eq!(exported("over-time", &year).len(), 24, "months, seats and fees");
    let burnt = exported("burn-down", &[]);
    assert_eq!((burnt[0]["left"].as_str(), burnt[burnt.len() - 1]["left"].as_str()), (Some("5900.00"), Some("0.00")));
    assert_eq!(exported("forecast", &["--months", "6"]).len(), 6);
    assert_eq!(exported("renewals", &[])[0]["purchase"], "1");
    assert!(exported("chargeback", &["--by", "cost-center"]).iter().any(|row| row["kind"] == "cost-center"));
    assert_eq!(exported("fees", &[])[0]["annual"], "500.00");
    assert_eq!(exported("invoices", &[]), Vec::<Value>::new());
    assert_eq!(exported("rates", &[])[0]["rate"], "1.08");
    let marked = desk.home().join("marked.csv");
    let ask = ["export", APP, "fees", "--format", "csv", "-o", marked.to_str().unwrap(), "--bom", "--separator", ";"];
    desk.says(&ask);
    assert!(fs::read_to_string(&marked).unwrap().starts_with("\u{feff}id;name;"), "as some spreadsheets want it");
    let json = ["export", APP, "fees", "--format", "json", "-o", "never.json", "--bom"];
    desk.refusal(&json, 2, "usage").says("go with --format csv only");
    let wrong = |what: &str, options: &[&str], words: &str| {
        let ask = ["export", APP, what, "--format", "csv", "-o", "never.csv"];
        desk.refusal(&[&ask[..], options].concat(), 2, "usage").says(words);
    };
    wrong("fees", &["--months", "6"], "with forecast only");
    wrong("focus", &["--separator", ";"], "and not with focus");
    wrong("burn-down", &["--from", "2026-01-01"], "with over-time, focus only");
    wrong(
        "over-time",
        &["--as-of", "2026-01-01"],
        "with roster, purchases, spend, changes, chargeback, forecast, renewals, fees, invoices only",
    );
    wrong("chargeback", &["--by", "month"], "chargeback cannot be told by month");
    wrong("over-time", &["--by", "department"], "over-time cannot be told by department");
}
