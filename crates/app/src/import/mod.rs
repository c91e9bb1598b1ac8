//! Import of purchases from CSV files and workbooks: open, preview, apply in one transaction, save what was refused.
//! Nothing is kept between the steps: each reads the file again, and applying refuses one that changed.

mod decode;
mod delimited;
mod error;
mod fields;
mod grid;
mod headings;
mod reading;
mod rows;
mod sheet;
mod source;
mod template;
mod unpacked;
mod words;

use std::path::Path;

use store::App;

use self::reading::Reading;
use self::rows::{Reader, Remark, Understood};
use crate::error::{Error, Result};
use crate::export::rejected;
use crate::purchases::form_view;
use crate::seatledger::{Rooms, Seatledger};
use crate::view::import::{
    ImportApplyRequest, ImportDone, ImportMapping, ImportOpenRequest, ImportOptions, ImportPreview,
    ImportPreviewRequest, ImportProblem, ImportRejectedRequest, ImportRow, ImportTable, ImportTemplateRequest,
};
use crate::view::roster::Exported;

pub use error::ImportError;

const MOST_ROWS: u32 = 500;

/// A file understood row by row.
struct Outcome {
    reading: Reading,
    rows: Vec<Understood>,
    new_types: Vec<store::LicenseType>,
}

impl Seatledger {
    /// A file as a table, with a mapping to start from.
    pub fn import_open(&self, request: &ImportOpenRequest) -> Result<ImportTable> {
        Ok(Reading::of(Path::new(&request.path), &request.options)?.table(request))
    }

    /// The columns that people name by heading or letter, on top of the mapping that is proposed.
    pub fn import_mapping(
        &self,
        request: &ImportOpenRequest,
        columns: &[(String, String)],
        values: &[(String, String)],
    ) -> Result<Vec<ImportMapping>> {
        let reading = Reading::of(Path::new(&request.path), &request.options)?;
        let headings = reading.headings()?;
        let mut mapping = reading.proposed();
        for (field, called) in columns {
            let none = || ImportError::Mapping(format!("The file has no column \"{called}\""));
            let column = if called.is_empty() { None } else { Some(headings.find(called).ok_or_else(none)?) };
            chosen(&mut mapping, field)?.column = column.and_then(|column| u32::try_from(column).ok());
        }
        for (field, value) in values {
            value.clone_into(&mut chosen(&mut mapping, field)?.value);
        }
        Ok(mapping)
    }

    /// How the rows are understood, one page of them.
    pub fn import_preview(&self, request: &ImportPreviewRequest) -> Result<ImportPreview> {
        let app = self.app(&request.app)?;
        let outcome = self.rows_understood(&app, &request.path, &request.options, &request.mapping)?;
        let (accepted, refused): (Vec<&Understood>, Vec<&Understood>) =
            outcome.rows.iter().partition(|row| row.purchase.is_some());
        let doubtful = accepted.iter().filter(|row| !row.warnings.is_empty()).count();
        let wanted: Vec<&Understood> =
            if request.only_refused { refused.clone() } else { outcome.rows.iter().collect() };
        let offset = usize::try_from(request.offset).unwrap_or(usize::MAX);
        let limit = request.limit.min(MOST_ROWS) as usize;
        Ok(ImportPreview {
            rows: wanted.iter().skip(offset).take(limit).map(|row| row_view(row)).collect(),
            matching: wanted.len() as u64,
            accepted: accepted.len() as u64,
            refused: refused.len() as u64,
            doubtful: doubtful as u64,
            new_license_types: outcome.new_types.iter().map(|new| new.name.clone()).collect(),
            notes: outcome.reading.notes,
            fingerprint: outcome.reading.fingerprint,
        })
    }

    /// Adds every accepted row in one transaction.
    pub fn import_apply(&self, request: &ImportApplyRequest) -> Result<ImportDone> {
        let app = self.app(&request.app)?;
        let outcome = self.rows_understood(&app, &request.path, &request.options, &request.mapping)?;
        if request.fingerprint.as_ref().is_some_and(|before| *before != outcome.reading.fingerprint) {
            return Err(ImportError::Changed.into());
        }
        let all = outcome.rows.len();
        let accepted: Vec<_> = outcome.rows.into_iter().filter_map(|row| row.purchase).collect();
        if !accepted.is_empty() {
            self.store.import_purchases(app.id, &outcome.new_types, &accepted, self.now())?;
        }
        Ok(ImportDone {
            added: accepted.len() as u64,
            refused: (all - accepted.len()) as u64,
            new_license_types: outcome.new_types.into_iter().map(|new| new.name).collect(),
        })
    }

    /// Saves the refused rows as they stand in the file, each with its reasons.
    pub fn import_rejected_save(&self, request: &ImportRejectedRequest) -> Result<Exported> {
        let app = self.app(&request.app)?;
        let outcome = self.rows_understood(&app, &request.path, &request.options, &request.mapping)?;
        let headings = outcome.reading.headings()?;
        let columns: Vec<String> = (0..headings.columns.len()).map(|column| headings.name(column)).collect();
        let below = outcome.reading.rows().iter().zip(&outcome.rows).filter(|(_, row)| row.purchase.is_none());
        let rows = below.map(|(row, understood)| {
            let cells = (0..columns.len()).map(|column| row.cell(column).map(|cell| cell.text.to_string()));
            (cells.map(Option::unwrap_or_default).collect(), reasons(&understood.problems))
        });
        rejected(Path::new(&request.target), &columns, rows)
    }

    /// Saves a file to start from.
    pub fn import_template_save(&self, request: &ImportTemplateRequest) -> Result<Exported> {
        template::save(Path::new(&request.path))
    }
}

impl Rooms {
    fn rows_understood(
        &self,
        app: &App,
        path: &str,
        options: &ImportOptions,
        mapping: &[ImportMapping],
    ) -> Result<Outcome> {
        let reading = Reading::of(Path::new(path), options)?;
        let types = self.types(app)?;
        let entered = self.purchases_entered(app.id)?;
        let default = self.default_currency()?;
        let mut reader = Reader::new(&reading, mapping, &types, &entered, default, options.keep_duplicates)?;
        let rows = reading.rows().iter().map(|row| reader.read(row)).collect();
        let new_types = reader.new_types;
        Ok(Outcome { reading, rows, new_types })
    }
}

/// The mapping of a field that must exist.
fn chosen<'a>(mapping: &'a mut [ImportMapping], field: &str) -> Result<&'a mut ImportMapping> {
    let names: Vec<String> = mapping.iter().map(|one| one.field.clone()).collect();
    let found = mapping.iter_mut().find(|one| one.field == field);
    found.ok_or_else(|| {
        let known = names.join(", ");
        Error::Import(ImportError::Mapping(format!("There is no field called \"{field}\". Fields: {known}")))
    })
}

fn reasons(problems: &[Remark]) -> String {
    let sentence = |problem: &Remark| format!("{}.", problem.message.trim_end_matches('.'));
    problems.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

fn row_view(row: &Understood) -> ImportRow {
    let remarks = |found: &[Remark]| {
        let view = |remark: &Remark| ImportProblem {
            field: remark.field.to_owned(),
            column: remark.column.and_then(|column| u32::try_from(column).ok()),
            message: remark.message.clone(),
        };
        found.iter().map(view).collect()
    };
    ImportRow {
        row: row.number,
        form: form_view(&row.input),
        sentence: ledger::live_sentence(&row.facts),
        problems: remarks(&row.problems),
        warnings: remarks(&row.warnings),
    }
}
