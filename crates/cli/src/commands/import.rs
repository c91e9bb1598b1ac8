//! `import`: purchases from a CSV file or a workbook.

use app::Seatledger;
use app::view::import::{
    ImportFileDone, ImportFileRequest, ImportMapping, ImportOptions, ImportPreview, ImportRemembered, ImportRepair,
    ImportRow, ImportTemplateRequest,
};
use serde::Serialize;

use crate::args::ImportArguments;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Refused and doubtful rows that are printed; `--refused` has all that are refused.
const SHOWN: u32 = 20;

/// What an import did, or would do.
#[derive(Serialize)]
struct Told {
    dry_run: bool,
    added: u64,
    changed: u64,
    same: u64,
    refused: u64,
    doubtful: u64,
    new_license_types: Vec<String>,
    ignored_columns: Vec<String>,
    /// What the purchases in force cost in a year without and with them; of a dry run.
    annual_before: Option<String>,
    annual_after: Option<String>,
    warnings: Vec<String>,
    notes: Vec<String>,
    mapping: Vec<ImportMapping>,
    /// The file that the mapping was chosen for, where it was remembered.
    mapping_from: Option<ImportRemembered>,
    /// What refused rows need, each with its rows.
    repairs: Vec<ImportRepair>,
    rejected: Vec<Reasons>,
    doubts: Vec<Reasons>,
}

#[derive(Serialize)]
struct Reasons {
    row: u64,
    reasons: Vec<String>,
}

/// Reads a file, adds what is accepted in one transaction, and tells what is not. Exit status 1 when a row is refused.
pub fn run(seatledger: &Seatledger, asked: &ImportArguments, console: &Console) -> Outcome {
    let (Some(app), Some(file)) = (&asked.app, &asked.file) else {
        return template(seatledger, asked, console);
    };
    let done = seatledger.import_file(&ImportFileRequest {
        app: app.clone(),
        path: file.display().to_string(),
        options: options(asked),
        columns: pairs(&asked.map)?,
        values: pairs(&asked.set)?,
        fresh_mapping: asked.fresh_mapping,
        dry_run: asked.dry_run,
        refused_to: asked.refused.as_ref().map(|target| target.display().to_string()),
        shown: if console.json() { 500 } else { SHOWN },
    })?;
    let refused = done.preview.refused;
    if console.json() {
        console.document(&told(asked.dry_run, done))?;
    } else {
        say(app, asked, &done, console)?;
    }
    Ok(u8::from(refused > 0))
}

fn template(seatledger: &Seatledger, asked: &ImportArguments, console: &Console) -> Outcome {
    let Some(path) = &asked.template else {
        return Err(Failure::usage("Say into which app and which file.", "seatledger import lucidchart costs.xlsx"));
    };
    let saved = seatledger.import_template_save(&ImportTemplateRequest { path: path.display().to_string() })?;
    if console.json() {
        console.document(&saved)?;
    } else {
        console.note(&format!("A file to start from: {}", saved.path));
    }
    Ok(0)
}

fn options(asked: &ImportArguments) -> ImportOptions {
    let or_empty = |given: &Option<String>| given.clone().unwrap_or_default();
    ImportOptions {
        encoding: or_empty(&asked.encoding),
        separator: or_empty(&asked.separator),
        sheet: asked.sheet.clone(),
        header_row: asked.header_row,
        date_order: or_empty(&asked.date_order),
        decimal_mark: or_empty(&asked.decimal_mark),
        keep_duplicates: asked.keep_duplicates,
    }
}

/// `FIELD=COLUMN` taken apart.
pub(super) fn pairs(given: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let pair = |text: &String| match text.split_once('=') {
        Some((field, value)) => Ok((field.trim().to_owned(), value.trim().to_owned())),
        None => Err(Failure::usage(&format!("\"{text}\" has no equals sign."), "Write FIELD=COLUMN, like cost=Price.")),
    };
    given.iter().map(pair).collect()
}

fn told(dry_run: bool, done: ImportFileDone) -> Told {
    let ImportFileDone { preview, doubtful, mapping, remembered } = done;
    let (before, after) = preview.annual.map(|annual| (annual.before, annual.after)).unzip();
    Told {
        dry_run,
        added: preview.new,
        changed: preview.changed,
        same: preview.same,
        refused: preview.refused,
        doubtful: preview.doubtful,
        new_license_types: preview.new_license_types,
        ignored_columns: preview.ignored_columns,
        annual_before: before.map(|figure| figure.because.result),
        annual_after: after.map(|figure| figure.because.result),
        warnings: preview.warnings,
        notes: preview.notes,
        mapping,
        mapping_from: remembered,
        repairs: preview.repairs,
        rejected: preview.rows.iter().map(problems).collect(),
        doubts: doubtful.iter().map(warnings).collect(),
    }
}

fn problems(row: &ImportRow) -> Reasons {
    Reasons { row: row.row, reasons: row.problems.iter().map(|problem| problem.message.clone()).collect() }
}

fn warnings(row: &ImportRow) -> Reasons {
    Reasons { row: row.row, reasons: row.warnings.iter().map(|warning| warning.message.clone()).collect() }
}

fn say(app: &str, asked: &ImportArguments, done: &ImportFileDone, console: &Console) -> Result<(), Failure> {
    let preview = &done.preview;
    preview.notes.iter().for_each(|note| console.note(note));
    if let Some(remembered) = &done.remembered {
        console.note(&format!("{} Start from the headings with --fresh-mapping.", remembered.sentence));
    }
    if !preview.ignored_columns.is_empty() {
        console.note(&format!("Columns that are not imported: {}.", preview.ignored_columns.join(", ")));
    }
    preview.warnings.iter().for_each(|warning| console.warn(warning));
    preview.repairs.iter().for_each(|repair| grouped(repair, &preview.rows, console));
    listed("Doubtful because", " ", done.doubtful.iter().map(warnings), console);
    let would = if asked.dry_run { "would be " } else { "" };
    let ImportPreview { new, changed, same, refused, doubtful, .. } = preview;
    console.say(&format!(
        "{new} {would}added, {changed} {would}changed, {same} entered already, {refused} refused, {doubtful} doubtful"
    ))?;
    if let Some(annual) = &preview.annual {
        let result = |figure: &app::view::figure::Figure| figure.because.result.clone();
        console.say(&format!("Annual cost: {}, then {}", result(&annual.before), result(&annual.after)))?;
    }
    if changed + same > 0 {
        console.note(&preview.identity);
    }
    if !asked.dry_run && preview.accepted > 0 {
        console.note(&format!("Take them all back with: seatledger undo {app}"));
    }
    Ok(())
}

/// The rows that need one repair: all by their numbers, the first with what was said of each.
fn grouped(repair: &ImportRepair, rows: &[ImportRow], console: &Console) {
    console.warn(&repair.sentence);
    let mut table = Table::new(&[">Row", "Refused because"]);
    for row in rows {
        for problem in row.problems.iter().filter(|problem| problem.repair == repair.repair) {
            table.row(vec![row.row.to_string(), problem.message.clone()]);
        }
    }
    if !table.is_empty() {
        console.warn(&table.text());
    }
    console.warn(&format!("{}.", repair.told));
}

fn listed(heading: &str, between: &str, rows: impl Iterator<Item = Reasons>, console: &Console) {
    let mut table = Table::new(&[">Row", heading]);
    for row in rows {
        table.row(vec![row.row.to_string(), row.reasons.join(between)]);
    }
    if !table.is_empty() {
        console.warn(&table.text());
    }
}
