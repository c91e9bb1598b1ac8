//! `activity`: when members were last active, and how accounts are counted.

use app::Seatledger;
use app::view::apps::{AppDayRequest, AppRequest};
use app::view::figure::Figure;
use app::view::import::{ImportMapping, ImportOptions};
use app::view::last_activity::{
    ActivityFileDone, ActivityFileRequest, ActivityImportView, ActivityPreview, ActivityReading, ActivityRow,
    ActivitySummary, CountingChange, CountingView,
};
use serde::Serialize;

use crate::args::{ActivityCommand, ActivityImportArguments, ActivityKind, YesNo};
use crate::commands::import::pairs;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Rows that tell nothing which are printed.
const SHOWN: u32 = 20;

/// Imports, shows or changes.
pub fn run(seatledger: &Seatledger, command: &ActivityCommand, console: &Console) -> Outcome {
    match command {
        ActivityCommand::Import(asked) => import(seatledger, asked, console),
        ActivityCommand::Imports { app } => {
            let summary = seatledger.activity_summary(&AppDayRequest { app: app.clone(), as_of: None })?;
            imports(&summary.imports, console)
        }
        ActivityCommand::Show { app, as_of } => {
            let request = AppDayRequest { app: app.clone(), as_of: as_of.clone() };
            show(&seatledger.activity_summary(&request)?, console)
        }
        ActivityCommand::Set { app, inactive_after: None, deactivated_billable: None } => {
            counting(&seatledger.counting(&AppRequest { app: app.clone() })?, console)
        }
        ActivityCommand::Set { app, inactive_after, deactivated_billable } => {
            let saved = seatledger.counting_save(&CountingChange {
                app: app.clone(),
                inactive_after: inactive_after.clone(),
                deactivated_billable: deactivated_billable.map(|answer| answer == YesNo::Yes),
            })?;
            match saved.counting {
                Some(view) => counting(&view, console),
                None => Err(app::Error::Refused(saved.problems).into()),
            }
        }
    }
}

/// What an import did, or would do.
#[derive(Serialize)]
struct Told<'a> {
    dry_run: bool,
    kind: &'a str,
    until: &'a str,
    rows: u64,
    matched: u64,
    newer: u64,
    unmatched: u64,
    unmatched_names: &'a [String],
    refused: u64,
    passed_over: u64,
    active: u64,
    inactive: u64,
    never: u64,
    not_in_file: u64,
    inactive_after: u32,
    warnings: &'a [String],
    notes: &'a [String],
    mapping: &'a [ImportMapping],
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    row: u64,
    who: &'a str,
    message: &'a str,
}

/// Exit status 1 when a row is refused.
fn import(seatledger: &Seatledger, asked: &ActivityImportArguments, console: &Console) -> Outcome {
    let or_empty = |given: &Option<String>| given.clone().unwrap_or_default();
    let kind = match asked.kind {
        None => "",
        Some(ActivityKind::List) => "list",
        Some(ActivityKind::Log) => "log",
    };
    let done = seatledger.activity_file(&ActivityFileRequest {
        app: asked.app.clone(),
        path: asked.file.display().to_string(),
        reading: ActivityReading {
            options: ImportOptions {
                encoding: or_empty(&asked.encoding),
                separator: or_empty(&asked.separator),
                sheet: asked.sheet.clone(),
                header_row: asked.header_row,
                date_order: or_empty(&asked.date_order),
                ..ImportOptions::default()
            },
            mapping: Vec::new(),
            kind: kind.to_owned(),
            until: or_empty(&asked.until),
        },
        columns: pairs(&asked.map)?,
        dry_run: asked.dry_run,
        shown: if console.json() { 500 } else { SHOWN },
    })?;
    if console.json() {
        console.document(&told(asked.dry_run, &done))?;
    } else {
        say(&asked.app, &done, console)?;
    }
    Ok(u8::from(done.preview.refused > 0))
}

fn told(dry_run: bool, done: &ActivityFileDone) -> Told<'_> {
    let preview = &done.preview;
    Told {
        dry_run,
        kind: &preview.kind,
        until: &preview.until,
        rows: preview.read,
        matched: preview.matched,
        newer: preview.newer,
        unmatched: preview.unmatched,
        unmatched_names: &preview.unmatched_names,
        refused: preview.refused,
        passed_over: preview.passed_over,
        active: preview.active,
        inactive: preview.inactive,
        never: preview.never,
        not_in_file: preview.not_in_file,
        inactive_after: preview.inactive_after,
        warnings: &preview.warnings,
        notes: &preview.notes,
        mapping: &done.mapping,
        problems: preview.rows.iter().map(problem).collect(),
    }
}

fn problem(row: &ActivityRow) -> Problem<'_> {
    Problem { row: row.row, who: &row.who, message: row.message.as_deref().unwrap_or_default() }
}

fn say(app: &str, done: &ActivityFileDone, console: &Console) -> Result<(), Failure> {
    let preview = &done.preview;
    preview.notes.iter().for_each(|note| console.note(note));
    console.note(&preview.until_sentence);
    if !preview.ignored_columns.is_empty() {
        console.note(&format!("Columns that are not read: {}.", preview.ignored_columns.join(", ")));
    }
    preview.warnings.iter().for_each(|warning| console.warn(warning));
    let mut table = Table::new(&[">Row", "Who", "Tells nothing because"]);
    for row in &preview.rows {
        let Problem { row, who, message } = problem(row);
        table.row(vec![row.to_string(), who.to_owned(), message.to_owned()]);
    }
    if !table.is_empty() {
        console.warn(&table.text());
    }
    let ActivityPreview { matched, newer, unmatched, refused, passed_over, .. } = preview;
    let would = if done.done.is_some() { "" } else { "would be " };
    console.say(&format!(
        "{matched} members {would}told of, {newer} of them anew; {unmatched} people not on the roster, {refused} refused, \
         {passed_over} rows passed over"
    ))?;
    let ActivityPreview { active, inactive, never, not_in_file, inactive_after, .. } = preview;
    console.say(&format!(
        "Of the roster, after {inactive_after} days: {active} active, {inactive} inactive, {never} never active, \
         {not_in_file} not in the file"
    ))?;
    if done.done.is_some() {
        console.note(&format!("Take it back with: seatledger undo {app}"));
    }
    Ok(())
}

fn imports(imports: &[ActivityImportView], console: &Console) -> Outcome {
    if console.json() {
        console.document(&imports)?;
        return Ok(0);
    }
    if imports.is_empty() {
        console.say("Nothing was imported: nobody is monitored.")?;
        return Ok(0);
    }
    let mut table = Table::new(&["Imported", "File", "Kind", "Knows up to", ">Members", ">New", ">Not on the roster"]);
    for import in imports {
        table.row(vec![
            import.at.split('T').next().unwrap_or_default().to_owned(),
            import.file.clone(),
            import.kind.clone(),
            import.until.clone(),
            import.matched.to_string(),
            import.newer.to_string(),
            import.unmatched.to_string(),
        ]);
    }
    console.say(&table.text())?;
    Ok(0)
}

fn show(summary: &ActivitySummary, console: &Console) -> Outcome {
    if console.json() {
        console.document(summary)?;
        return Ok(0);
    }
    let heads = [
        "License",
        ">Accounts",
        ">Active",
        ">Inactive",
        ">Never",
        ">Not monitored",
        ">Inactive, a year",
        ">Never, a year",
    ];
    let mut table = Table::new(&heads);
    let cost =
        |figure: &Option<Figure>| figure.as_ref().map_or_else(String::new, |figure| figure.because.result.clone());
    for one in &summary.by_license_type {
        table.row(vec![
            one.name.clone(),
            one.accounts.to_string(),
            one.active.to_string(),
            one.inactive.to_string(),
            one.never.to_string(),
            one.not_monitored.to_string(),
            cost(&one.inactive_annual),
            cost(&one.never_annual),
        ]);
    }
    console.say(&format!("Activity in {} as of {}", summary.app, summary.as_of))?;
    if !table.is_empty() {
        console.say(&table.text())?;
    }
    console.say(&summary.sentence)?;
    if let Some(caveat) = &summary.idle.caveat {
        console.note(caveat);
    }
    console.note(&format!("Who they are: seatledger roster {} --activity inactive --activity never", summary.app));
    Ok(0)
}

fn counting(view: &CountingView, console: &Console) -> Outcome {
    let deactivated = if view.deactivated_billable { "billable" } else { "not billable" };
    let days = view.inactive_after;
    super::told(
        console,
        view,
        &format!(
            "Inactive after {days} days without activity; deactivated accounts ({} now) are {deactivated}",
            view.deactivated
        ),
    )
}
