//! `import`: purchases from a CSV file or a workbook.

use app::Seatledger;
use app::import::ImportTarget;
use app::view::import::{
    ImportApplyRequest, ImportMapping, ImportOpenRequest, ImportOptions, ImportPreview, ImportPreviewRequest,
    ImportTemplateRequest,
};
use serde::Serialize;

use crate::args::ImportArguments;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::table::Table;

/// Refused rows that are printed; `--refused` has them all.
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
    notes: Vec<String>,
    mapping: Vec<ImportMapping>,
    rejected: Vec<Refused>,
}

#[derive(Serialize)]
struct Refused {
    row: u64,
    reasons: Vec<String>,
}

/// Reads a file, adds what is accepted in one transaction, and tells what is not. Exit status 1 when a row is refused.
pub fn run(seatledger: &Seatledger, asked: &ImportArguments, console: &Console) -> Outcome {
    let (Some(app), Some(file)) = (&asked.app, &asked.file) else {
        return template(seatledger, asked, console);
    };
    let path = file.display().to_string();
    let options = options(asked);
    let open = ImportOpenRequest { path: path.clone(), options: options.clone() };
    let mapping = seatledger.import_mapping(&open, &pairs(&asked.map)?, &pairs(&asked.set)?)?;
    let preview = seatledger.import_preview(&ImportPreviewRequest {
        app: app.clone(),
        path: path.clone(),
        options: options.clone(),
        mapping: mapping.clone(),
        only_refused: true,
        offset: 0,
        limit: if console.json() { 500 } else { SHOWN },
    })?;
    let refused_to = asked.refused.as_ref().map(|target| target.display().to_string());
    match &refused_to {
        Some(target) if asked.dry_run => {
            seatledger.import_refused_save(&open, &ImportTarget { app, mapping: &mapping, path: target })?;
        }
        _ if asked.dry_run => {}
        _ => {
            seatledger.import_apply(&ImportApplyRequest {
                app: app.clone(),
                path,
                options,
                mapping: mapping.clone(),
                fingerprint: Some(preview.fingerprint.clone()),
                refused_to,
            })?;
        }
    }
    if console.json() {
        console.document(&told(asked.dry_run, &preview, mapping))?;
    } else {
        say(app, asked, &preview, console)?;
    }
    Ok(u8::from(preview.refused > 0))
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
fn pairs(given: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let pair = |text: &String| match text.split_once('=') {
        Some((field, value)) => Ok((field.trim().to_owned(), value.trim().to_owned())),
        None => Err(Failure::usage(&format!("\"{text}\" has no equals sign."), "Write FIELD=COLUMN, like cost=Price.")),
    };
    given.iter().map(pair).collect()
}

fn told(dry_run: bool, preview: &ImportPreview, mapping: Vec<ImportMapping>) -> Told {
    let refused = preview.rows.iter().map(|row| Refused {
        row: row.row,
        reasons: row.problems.iter().map(|problem| problem.message.clone()).collect(),
    });
    Told {
        dry_run,
        added: if dry_run { 0 } else { preview.new },
        changed: if dry_run { 0 } else { preview.changed },
        same: preview.same,
        refused: preview.refused,
        doubtful: preview.doubtful,
        new_license_types: preview.new_license_types.clone(),
        notes: preview.notes.clone(),
        mapping,
        rejected: refused.collect(),
    }
}

fn say(app: &str, asked: &ImportArguments, preview: &ImportPreview, console: &Console) -> Result<(), Failure> {
    for note in &preview.notes {
        console.note(note);
    }
    let mut table = Table::new(&[">Row", "Refused because"]);
    for row in &preview.rows {
        let reasons: Vec<_> = row.problems.iter().map(|problem| problem.message.as_str()).collect();
        table.row(vec![row.row.to_string(), reasons.join(". ")]);
    }
    if !table.is_empty() {
        console.warn(&table.text());
    }
    let would = if asked.dry_run { "would be " } else { "" };
    let ImportPreview { new, changed, same, refused, doubtful, .. } = preview;
    console.say(&format!(
        "{new} {would}added, {changed} {would}changed, {same} entered already, {refused} refused, {doubtful} doubtful"
    ))?;
    if changed + same > 0 {
        console.note(&preview.identity);
    }
    if !asked.dry_run && preview.accepted > 0 {
        console.note(&format!("Take them all back with: seatledger purchase undo {app}"));
    }
    Ok(())
}
