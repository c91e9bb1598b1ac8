//! Exported rosters against a naive rendering of the rows that the window shows.

use std::fs;
use std::path::Path;

use app::Seatledger;
use app::export::{Cell, Tabular};
use app::view::export::CsvDialect;
use app::view::roster::{ExportRequest, RosterQuery, RosterRow, RosterSort};
use serde_json::{Value, json};

use crate::desk::{APP, Desk, days, server, sync};

const SORTS: [RosterSort; 12] = [
    RosterSort::Id,
    RosterSort::UserName,
    RosterSort::Email,
    RosterSort::GivenName,
    RosterSort::MiddleName,
    RosterSort::FamilyName,
    RosterSort::LicenseType,
    RosterSort::Status,
    RosterSort::Created,
    RosterSort::LastChanged,
    RosterSort::Department,
    RosterSort::CostCenter,
];

fn rows(window: &Seatledger, query: &RosterQuery) -> Vec<RosterRow> {
    let mut rows = Vec::new();
    let all = window.roster_rows(query, |row| {
        rows.push(row);
        Ok::<_, app::Error>(())
    });
    all.unwrap();
    rows
}

fn exported(window: &Seatledger, query: &RosterQuery, format: &str, columns: &[&str], folder: &Path) -> String {
    let path = folder.join("roster");
    let request = ExportRequest {
        query: query.clone(),
        format: format.to_owned(),
        csv: CsvDialect::default(),
        columns: columns.iter().map(ToString::to_string).collect(),
        path: path.display().to_string(),
    };
    window.roster_export(&request).unwrap();
    fs::read_to_string(path).unwrap()
}

fn value(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) | Cell::Plain(text) | Cell::Day(text) | Cell::Instant(text) => json!(text),
        Cell::Bool(yes) => json!(yes),
        Cell::List(list) => json!(list),
        other => panic!("no roster has {other:?}"),
    }
}

fn text(cell: Cell<'_>) -> String {
    match value(cell) {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// As any CSV library would write the rows, once nothing in them can be taken for a formula.
fn naive(rows: &[RosterRow], columns: &[&str]) -> String {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    csv.write_record(columns).unwrap();
    for row in rows {
        let cells = columns.iter().map(|column| text(row.cell(column)));
        csv.write_record(cells.map(|text| if text.starts_with('=') { format!("'{text}") } else { text })).unwrap();
    }
    String::from_utf8(csv.into_inner().unwrap()).unwrap()
}

#[tokio::test]
async fn an_exported_roster_is_what_a_naive_rendering_of_its_rows_would_be() {
    let server = server(300);
    let desk = Desk::new();
    let window = desk.connected(&server).await;
    sync(&window).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let anyone = RosterQuery { app: APP.to_owned(), ..RosterQuery::default() };
    let all = vec!["active".to_owned(), "deactivated".to_owned(), "left".to_owned()];
    let filters = [
        anyone.clone(),
        RosterQuery { statuses: all, ..anyone.clone() },
        RosterQuery { license_types: vec!["can-edit".to_owned()], search: "a".to_owned(), ..anyone.clone() },
        RosterQuery { as_of: Some(days(0).to_string()), ..anyone },
    ];
    for query in &filters {
        for (sort, descending) in SORTS.iter().flat_map(|sort| [(*sort, false), (*sort, true)]) {
            let query = RosterQuery { sort, descending, ..query.clone() };
            let rows = rows(&window, &query);
            assert!(rows.len() > 10, "somebody is found: {query:?}");
            for columns in [RosterRow::COLUMNS, &["email", "id"], &["middle_name"]] {
                let csv = exported(&window, &query, "csv", columns, folder.path());
                assert_eq!(csv, naive(&rows, columns), "{query:?}");
                let read: Vec<Value> =
                    serde_json::from_str(&exported(&window, &query, "json", columns, folder.path())).unwrap();
                let object = |row: &RosterRow| {
                    columns.iter().map(|column| ((*column).to_owned(), value(row.cell(column)))).collect()
                };
                assert_eq!(read, rows.iter().map(object).collect::<Vec<Value>>(), "{query:?}");
            }
        }
    }
}
