//! Import of purchases from CSV files and workbooks: open, preview, then apply in one transaction, with the refused rows in a
//! file beside it.
//! Nothing is kept between the steps: each reads the file again, and applying refuses one that changed.

mod called;
mod decode;
mod delimited;
mod error;
mod fields;
mod grid;
mod headings;
mod last_activity;
mod matching;
mod ods;
mod reading;
mod remembered;
mod repairs;
mod rows;
mod sheet;
mod source;
mod template;
mod unpacked;
mod words;

use std::collections::HashSet;
use std::path::Path;

use ledger::{Purchase, PurchaseId, TypeFacts};
use store::{App, Imported};

use self::matching::Entered;
use self::reading::Reading;
use self::rows::{Reader, Remark, Understood};
use crate::error::{Error, Result};
use crate::export::rejected;
use crate::purchases::form_view;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::figure;
use crate::view::import::{
    ImportAnnual, ImportApplyRequest, ImportDone, ImportFate, ImportFileDone, ImportFileRequest, ImportMapping,
    ImportOpenRequest, ImportOptions, ImportPreview, ImportPreviewRequest, ImportProblem, ImportRow, ImportTable,
    ImportTemplateRequest,
};
use crate::view::roster::Exported;

pub use error::ImportError;

const MOST_ROWS: u32 = 500;

/// A file understood row by row.
struct Outcome {
    /// What the file is called, without its folder.
    file: String,
    reading: Reading,
    rows: Vec<Understood>,
    new_types: Vec<store::LicenseType>,
}

impl Seatledger {
    /// A file as a table, with a mapping to start from.
    pub fn import_open(&self, request: &ImportOpenRequest) -> Result<ImportTable> {
        let app = self.app(&request.app)?;
        let reading = Reading::of(Path::new(&request.path), &request.options)?;
        let remembered = self.remembered_mapping(&app, &reading)?;
        Ok(reading.table(request, remembered.as_ref()))
    }

    /// Forgets the mapping that was remembered for a file's headings, and proposes one anew.
    pub fn import_mapping_forget(&self, request: &ImportOpenRequest) -> Result<ImportTable> {
        let app = self.app(&request.app)?;
        let reading = Reading::of(Path::new(&request.path), &request.options)?;
        self.forget_mapping(&app, &reading)?;
        Ok(reading.table(request, None))
    }

    /// Reads a file once, and does with it whatever is asked: for whoever does not look at a preview first.
    pub fn import_file(&self, request: &ImportFileRequest) -> Result<ImportFileDone> {
        let app = self.app(&request.app)?;
        let (mut reading, mut options) =
            (Reading::of(Path::new(&request.path), &request.options)?, request.options.clone());
        let kept = if request.fresh_mapping { None } else { self.remembered_mapping(&app, &reading)? };
        if let Some(kept) = &kept {
            kept.complete(&mut options);
            reading.write_as(&options)?;
        }
        let start = kept.as_ref().map_or_else(|| reading.proposed(), |kept| kept.mapping(&reading));
        let mapping = named_columns(&reading, start, &request.columns, &request.values)?;
        let outcome = self.understood_rows(&app, reading, &request.path, &options, &mapping)?;
        let import = || {
            self.imported(&app, &outcome)?;
            self.remember_mapping(&app, &outcome.file, &outcome.reading, &options, &mapping)
        };
        let refused_to = request.refused_to.as_deref();
        match refused_to {
            None if request.dry_run => {}
            None => import()?,
            Some(target) => {
                let done = || if request.dry_run { Ok(()) } else { import() };
                outcome.save_refused(&request.path, target, done)?;
            }
        }
        let shown = |wanted: fn(&Understood) -> bool| {
            let wanted = outcome.rows.iter().filter(|row| wanted(row));
            wanted.take(request.shown.min(MOST_ROWS) as usize).map(row_view).collect()
        };
        let (refused, doubtful) = (shown(|row| row.fate() == ImportFate::Refused), shown(Understood::is_doubtful));
        let annual = if request.dry_run { self.annual_after(&app, &outcome)? } else { None };
        let preview = summary(&outcome, &mapping, annual, refused)?;
        Ok(ImportFileDone { preview, doubtful, mapping, remembered: kept.map(|kept| kept.view()) })
    }

    /// How the rows are understood, one page of them. What the app costs with them is told with the first page.
    pub fn import_preview(&self, request: &ImportPreviewRequest) -> Result<ImportPreview> {
        let app = self.app(&request.app)?;
        let outcome = self.rows_understood(&app, &request.path, &request.options, &request.mapping)?;
        let annual = if request.offset == 0 { self.annual_after(&app, &outcome)? } else { None };
        let wanted: Vec<&Understood> = outcome.rows.iter().filter(|row| row.is_among(&request.only)).collect();
        let offset = usize::try_from(request.offset).unwrap_or(usize::MAX);
        let limit = request.limit.min(MOST_ROWS) as usize;
        let page = wanted.iter().skip(offset).take(limit).map(|row| row_view(row)).collect();
        let matching = wanted.len() as u64;
        Ok(ImportPreview { matching, ..summary(&outcome, &request.mapping, annual, page)? })
    }

    /// Adds and corrects what the accepted rows say, in one transaction. Where refused rows are to be saved, nothing is
    /// imported unless they can be.
    pub fn import_apply(&self, request: &ImportApplyRequest) -> Result<ImportDone> {
        let app = self.app(&request.app)?;
        let outcome = self.rows_understood(&app, &request.path, &request.options, &request.mapping)?;
        if request.fingerprint.as_ref().is_some_and(|before| *before != outcome.reading.fingerprint) {
            return Err(ImportError::Changed.into());
        }
        let import = || {
            self.imported(&app, &outcome)?;
            self.remember_mapping(&app, &outcome.file, &outcome.reading, &request.options, &request.mapping)
        };
        let saved = match &request.refused_to {
            None => {
                import()?;
                None
            }
            Some(target) => Some(outcome.save_refused(&request.path, target, import)?.path),
        };
        let Tally { new, changed, same, refused } = Tally::of(&outcome.rows);
        let new_license_types = outcome.new_types.into_iter().map(|new| new.name).collect();
        Ok(ImportDone { added: new, changed, same, refused, saved, new_license_types })
    }

    /// Saves a file to start from.
    pub fn import_template_save(&self, request: &ImportTemplateRequest) -> Result<Exported> {
        template::save(Path::new(&request.path), self.now())
    }
}

/// How many rows come to which end.
#[derive(Default)]
struct Tally {
    new: u64,
    changed: u64,
    same: u64,
    refused: u64,
}

impl Tally {
    fn of(rows: &[Understood]) -> Self {
        let mut tally = Self::default();
        for row in rows {
            *match row.fate() {
                ImportFate::New => &mut tally.new,
                ImportFate::Changed => &mut tally.changed,
                ImportFate::Same => &mut tally.same,
                ImportFate::Refused => &mut tally.refused,
            } += 1;
        }
        tally
    }
}

impl Understood {
    fn fate(&self) -> ImportFate {
        match (&self.purchase, &self.entered) {
            (None, _) => ImportFate::Refused,
            (Some(_), Entered::Not) => ImportFate::New,
            (Some(_), Entered::Same(_)) => ImportFate::Same,
            (Some(_), Entered::Changed(..)) => ImportFate::Changed,
        }
    }

    /// Whether it is one of all rows, of the refused ones, or of those that need a repair.
    fn is_among(&self, only: &str) -> bool {
        let needs = |problem: &Remark| repairs::named(problem.repair, problem.field) == only;
        match (only, self.fate()) {
            ("", _) | ("refused", ImportFate::Refused) => true,
            (_, fate) => fate == ImportFate::Refused && self.problems.iter().any(needs),
        }
    }

    fn is_doubtful(&self) -> bool {
        matches!(self.fate(), ImportFate::New | ImportFate::Changed) && !self.warnings.is_empty()
    }
}

impl Outcome {
    fn purchases(&self, fate: ImportFate) -> Vec<Purchase> {
        let own = self.rows.iter().filter(|row| row.fate() == fate);
        own.filter_map(|row| row.purchase.clone()).collect()
    }

    /// The refused rows as they stand in the file, each with its reasons. The file appears only once `done` is.
    fn save_refused(&self, file: &str, target: &str, done: impl FnOnce() -> Result<()>) -> Result<Exported> {
        let same = |one: &str| std::fs::canonicalize(one).ok();
        if file == target || same(target).is_some_and(|target| Some(target) == same(file)) {
            return Err(ImportError::Itself.into());
        }
        let headings = self.reading.headings()?;
        let columns: Vec<String> = (0..headings.columns.len()).map(|column| headings.name(column)).collect();
        let below = self.reading.rows().iter().zip(&self.rows).filter(|(_, row)| row.fate() == ImportFate::Refused);
        let rows = below.map(|(row, understood)| {
            let cells = (0..columns.len()).map(|column| row.cell(column).map(|cell| cell.text.to_string()));
            (cells.map(Option::unwrap_or_default).collect(), reasons(&understood.problems))
        });
        rejected(Path::new(target), &columns, rows, done)
    }
}

impl Rooms {
    fn imported(&self, app: &App, outcome: &Outcome) -> Result<()> {
        let (added, changed) = (outcome.purchases(ImportFate::New), outcome.purchases(ImportFate::Changed));
        if !added.is_empty() || !changed.is_empty() {
            let imported =
                Imported { file: &outcome.file, new_types: &outcome.new_types, added: &added, changed: &changed };
            self.store.import_purchases(app.id, &imported, self.now())?;
        }
        Ok(())
    }

    fn rows_understood(
        &self,
        app: &App,
        path: &str,
        options: &ImportOptions,
        mapping: &[ImportMapping],
    ) -> Result<Outcome> {
        self.understood_rows(app, Reading::of(Path::new(path), options)?, path, options, mapping)
    }

    fn understood_rows(
        &self,
        app: &App,
        reading: Reading,
        path: &str,
        options: &ImportOptions,
        mapping: &[ImportMapping],
    ) -> Result<Outcome> {
        let types = self.types(app)?;
        let mut reader = Reader::new(&reading, mapping, &types, self.default_currency()?)?;
        let mut rows: Vec<Understood> = reading.rows().iter().map(|row| reader.read(row)).collect();
        if !options.keep_duplicates {
            matching::settle(&mut rows, &self.purchases_entered(app.id)?, &reader.said);
        }
        let new_types = reader.new_types;
        let file = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Outcome { file, reading, rows, new_types })
    }

    /// What the app costs in a year now, and with what would be imported; `None` where nothing would be.
    fn annual_after(&self, app: &App, outcome: &Outcome) -> Result<Option<ImportAnnual>> {
        let (added, changed) = (outcome.purchases(ImportFate::New), outcome.purchases(ImportFate::Changed));
        if added.is_empty() && changed.is_empty() {
            return Ok(None);
        }
        let (inputs, today) = (self.inputs(app)?, self.today()?);
        let mut facts = self.type_facts(app, &self.types(app)?, None)?;
        facts.extend(outcome.new_types.iter().map(new_type_facts));
        let replaced: HashSet<PurchaseId> = changed.iter().map(|changed| changed.id).collect();
        let kept = inputs.purchases.iter().filter(|kept| !replaced.contains(&kept.id));
        // New ones have no number yet: any that no purchase has will do.
        let numbered = added.into_iter().zip(1..).map(|(one, number)| Purchase { id: PurchaseId(-number), ..one });
        let after: Vec<Purchase> = kept.cloned().chain(numbered).chain(changed).collect();
        let annual = |purchases| figure(&ledger::bases(today, &facts, purchases, inputs.setting()).committed_annual);
        Ok(Some(ImportAnnual { before: annual(&inputs.purchases), after: annual(&after) }))
    }
}

fn new_type_facts(new: &store::LicenseType) -> TypeFacts {
    TypeFacts {
        license_type: new.key.to_string(),
        name: new.name.clone(),
        billable: new.billable,
        free: new.free,
        ..TypeFacts::default()
    }
}

/// What is told of a file as a whole, beside a page of its rows.
fn summary(
    outcome: &Outcome,
    mapping: &[ImportMapping],
    annual: Option<ImportAnnual>,
    rows: Vec<ImportRow>,
) -> Result<ImportPreview> {
    let tally = Tally::of(&outcome.rows);
    let headings = outcome.reading.headings()?;
    Ok(ImportPreview {
        matching: rows.len() as u64,
        rows,
        identity: matching::IDENTITY.to_owned(),
        accepted: tally.new + tally.changed,
        new: tally.new,
        changed: tally.changed,
        same: tally.same,
        refused: tally.refused,
        repairs: repairs::of(&outcome.rows, mapping),
        doubtful: outcome.rows.iter().filter(|row| row.is_doubtful()).count() as u64,
        new_license_types: outcome.new_types.iter().map(|new| new.name.clone()).collect(),
        ignored_columns: outcome.reading.ignored(mapping).into_iter().map(|column| headings.name(column)).collect(),
        warnings: outcome.reading.warnings(mapping),
        annual,
        notes: outcome.reading.notes.clone(),
        fingerprint: outcome.reading.fingerprint.clone(),
    })
}

/// The mapping to start from, with the columns that people name by heading or letter on top of it.
fn named_columns(
    reading: &Reading,
    mut mapping: Vec<ImportMapping>,
    columns: &[(String, String)],
    values: &[(String, String)],
) -> Result<Vec<ImportMapping>> {
    let headings = reading.headings()?;
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
    let remarks = |found: &[Remark], wrong: bool| {
        let view = |remark: &Remark| ImportProblem {
            field: remark.field.to_owned(),
            column: remark.column.and_then(|column| u32::try_from(column).ok()),
            message: remark.message.clone(),
            repair: if wrong { repairs::named(remark.repair, remark.field) } else { String::new() },
        };
        found.iter().map(view).collect()
    };
    let (purchase, changes) = match &row.entered {
        Entered::Not => (None, Vec::new()),
        Entered::Same(id) => (Some(id.0), Vec::new()),
        Entered::Changed(id, changes) => (Some(id.0), changes.clone()),
    };
    ImportRow {
        row: row.number,
        fate: row.fate(),
        purchase,
        changes,
        form: form_view(&row.input),
        sentence: ledger::live_sentence(&row.facts),
        problems: remarks(&row.problems, true),
        warnings: remarks(&row.warnings, false),
    }
}
