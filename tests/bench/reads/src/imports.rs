//! A file of many purchases: previewed, imported, and imported once more, beside a plain pass over the same file: its rows
//! taken apart and put into one table in one transaction. What ours takes longer is what understanding, history and reasons cost.

use std::fmt::Write as _;
use std::path::Path;

use app::Seatledger;
use app::view::import::{ImportFileDone, ImportFileRequest, ImportOptions};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use roster::{KnownLicense, LicenseKey};
use rusqlite::Connection;
use serde_json::json;
use store::{NewApp, Store};

use crate::watch::Watch;
use crate::{Outcome, open, said};

const FIRST: Date = date(2024, 1, 1);
const HEADINGS: &str = "license_type,name,po,quantity,cost,per,currency,every,from,until,note\n";
const EVERY: [&str; 4] = ["month", "quarter", "year", "6months"];
const ROUNDS: usize = 3;

pub fn of(folder: &Path, rows: u32) -> Outcome {
    let file = folder.join("purchases.csv");
    std::fs::write(&file, text(rows)?)?;
    let (mut plain, mut preview, mut first, mut again) =
        (Watch::default(), Watch::default(), Watch::default(), Watch::default());
    for round in 0..ROUNDS {
        let place = folder.join(format!("round-{round}"));
        std::fs::create_dir(&place)?;
        plain.time(|| format!("round {round}"), || in_one_pass(&file, &place.join("plain.db")))?;
        let app = with_app(&place)?;
        let seatledger = open(&place.display().to_string())?;
        let asked = |dry_run| ImportFileRequest {
            app: app.clone(),
            path: file.display().to_string(),
            options: ImportOptions::default(),
            columns: Vec::new(),
            values: Vec::new(),
            fresh_mapping: false,
            dry_run,
            refused_to: None,
            shown: 20,
        };
        let counted = |watch: &mut Watch, dry_run, of: fn(&ImportFileDone) -> u64| -> Outcome<()> {
            let done = watch.time(|| format!("round {round}"), || done(&seatledger, &asked(dry_run)))?;
            match of(&done) {
                found if found == u64::from(rows) => Ok(()),
                found => Err(format!("{found} of {rows} rows were understood").into()),
            }
        };
        counted(&mut preview, true, |done| done.preview.new)?;
        counted(&mut first, false, |done| done.preview.new)?;
        counted(&mut again, false, |done| done.preview.same)?;
    }
    Ok(json!({
        "rows": rows,
        "plain": plain.document(),
        "preview": preview.document(),
        "first": first.document(),
        "again": again.document(),
    }))
}

fn done(seatledger: &Seatledger, asked: &ImportFileRequest) -> Outcome<ImportFileDone> {
    Ok(seatledger.import_file(asked).map_err(|error| said(&error))?)
}

/// The folder with one app in it, as after a first connection.
fn with_app(folder: &Path) -> Outcome<String> {
    let store = Store::open(folder)?;
    let new = NewApp {
        name: "Lucidchart".to_owned(),
        connector: "lucid".to_owned(),
        base_url: "https://users.lucid.app/scim/v2".to_owned(),
        sample: false,
    };
    let known = [("can-edit", "Can-Edit", true, 20), ("view-only", "View-Only", false, 10)];
    let known = known.into_iter().filter_map(|(key, name, billable, rank)| {
        Some(KnownLicense { key: LicenseKey::new(key)?, name: name.to_owned(), billable, rank })
    });
    let at: Timestamp = "2026-11-23T12:00:00Z".parse()?;
    Ok(store.add_app(&new, &known.collect::<Vec<_>>(), at)?.slug)
}

/// Rows with an identifier of their own each, of ten license types.
fn text(rows: u32) -> Outcome<String> {
    let mut text = HEADINGS.to_owned();
    for number in 0..rows {
        let from = FIRST.checked_add(i64::from(number % 900).days())?;
        let until = from.checked_add((364 + i64::from(number % 3) * 365).days())?;
        let every = EVERY.get(number as usize % EVERY.len()).copied().unwrap_or_default();
        writeln!(
            text,
            "type {},Order {number},PO-{number},{},{}.{:02},unit,USD,{every},{from},{until},row {number}",
            number % 10,
            1 + number % 500,
            5 + number % 40,
            number % 100,
        )?;
    }
    Ok(text)
}

/// The least that taking such a file in can cost.
fn in_one_pass(file: &Path, database: &Path) -> Outcome<()> {
    let mut connection = Connection::open(database)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.execute_batch(
        "CREATE TABLE purchase (id INTEGER PRIMARY KEY, license_type TEXT, name TEXT, po TEXT, quantity INTEGER, cost TEXT,
         per TEXT, currency TEXT, every TEXT, first_day TEXT, last_day TEXT, note TEXT) STRICT",
    )?;
    let writing = connection.transaction()?;
    {
        let insert = "INSERT INTO purchase (license_type, name, po, quantity, cost, per, currency, every, first_day, last_day,
                      note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let mut insert = writing.prepare(insert)?;
        let mut reader = csv::Reader::from_path(file)?;
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record)? {
            insert.execute(rusqlite::params_from_iter(record.iter()))?;
        }
    }
    Ok(writing.commit()?)
}
