//! Import of purchases: the file as a table, which column fills which field, each row as understood, what was added.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::Figure;
use super::purchases::PurchaseForm;

/// How to read a file; an empty text lets it be detected.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ImportOptions {
    /// `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`.
    pub encoding: String,
    /// `,`, `;`, `tab` or `|`.
    pub separator: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The number of the row with the headings.
    pub header_row: Option<u64>,
    /// `day-first` or `month-first`, for dates like 1.4.2026; empty refuses those that can be read in two ways.
    pub date_order: String,
    /// `,` or `.`; empty reads each amount by itself and tells how, where it is in doubt.
    pub decimal_mark: String,
    /// Adds all rows as new, also those that are entered already.
    pub keep_duplicates: bool,
}

/// Where a field's values come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportMapping {
    /// The field's name (`license_type`).
    pub field: String,
    /// The column, from 0; `null` when no column fills it.
    pub column: Option<u32>,
    /// The value of rows whose cell is empty, or of all rows without a column; may be empty.
    pub value: String,
}

/// Opens a file, or forgets the mapping that was remembered for one like it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ImportOpenRequest {
    /// The slug of the app that it is imported into: mappings are remembered for each.
    pub app: String,
    /// An absolute path.
    pub path: String,
    /// How to read it.
    pub options: ImportOptions,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportColumn {
    /// Its heading, or "Column C".
    pub heading: String,
    /// Its first values.
    pub examples: Vec<String>,
}

/// A field that a column can fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportField {
    /// The name in a mapping.
    pub field: String,
    /// The name for people.
    pub label: String,
    /// Whether a purchase cannot do without.
    pub needed: bool,
    /// The field that brings the need for this one: a cost is of a unit or of the lot.
    pub needed_with: Option<String>,
}

/// A row of the file as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportLine {
    /// Its number in the file.
    pub row: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A file as it was understood, with a mapping to start from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportTable {
    /// Where.
    pub path: String,
    /// How it was read, sentences: encoding, separator, calendar, formulas.
    pub notes: Vec<String>,
    /// The visible sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// The number of the row with the headings; `null` when none was found: choose one of `lines`.
    pub header_row: Option<u64>,
    /// Why no headings were found, with what to do.
    pub problem: Option<String>,
    /// The first rows of the file, to choose the headings from.
    pub lines: Vec<ImportLine>,
    /// The columns; empty without headings.
    pub columns: Vec<ImportColumn>,
    /// Rows below the headings.
    pub rows: u64,
    /// The fields that columns can fill.
    pub fields: Vec<ImportField>,
    /// One for each field.
    pub mapping: Vec<ImportMapping>,
    /// Where the mapping comes from, when people chose it for a file with the same headings; `null` when the headings call
    /// for it.
    pub remembered: Option<ImportRemembered>,
}

/// A mapping that people chose before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportRemembered {
    /// What the file was called.
    pub file: String,
    /// When it was imported.
    pub on: String,
    /// Both, for people.
    pub sentence: String,
    /// How its dates were written, where that was chosen.
    pub date_order: String,
    /// How its amounts were written, where that was chosen.
    pub decimal_mark: String,
}

/// Asks how rows are understood, one page of them at a time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ImportPreviewRequest {
    /// The slug.
    pub app: String,
    /// An absolute path.
    pub path: String,
    /// How to read it.
    pub options: ImportOptions,
    /// Which column fills which field.
    pub mapping: Vec<ImportMapping>,
    /// Empty for all rows, `refused` for those that are refused, or the name of a repair for those that need it.
    pub only: String,
    /// Rows before the first one wanted.
    pub offset: u64,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// What is wrong or doubtful in one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportProblem {
    /// The field.
    pub field: String,
    /// The column that fills it, from 0.
    pub column: Option<u32>,
    /// What to do, in words.
    pub message: String,
    /// The repair that it needs; empty for what is only doubtful.
    pub repair: String,
}

/// What can be done about rows that are refused for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ImportRemedy {
    /// One value for all of them, in the mapping.
    Value,
    /// The order of day and month, in the options.
    DateOrder,
    /// Only the file can be corrected.
    File,
}

/// Rows that are refused for one reason, with what mends them. A row that needs several repairs is told with each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportRepair {
    /// Its name (`fill:cost`).
    pub repair: String,
    /// The field that it is about.
    pub field: String,
    /// What can be done here.
    pub remedy: ImportRemedy,
    /// How many rows need it.
    pub rows: u64,
    /// What is the matter and what to do ("12 rows: Per is missing – choose …").
    pub sentence: String,
    /// Which rows ("Rows 5, 7–12").
    pub told: String,
    /// The numbers of the first 500.
    pub numbers: Vec<u64>,
}

/// What importing does with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ImportFate {
    /// It becomes a purchase.
    New,
    /// It corrects a purchase.
    Changed,
    /// It says what is entered already.
    Same,
    /// Nothing: see its problems.
    Refused,
}

/// One row as understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportRow {
    /// Its number in the file.
    pub row: u64,
    /// What importing does with it.
    pub fate: ImportFate,
    /// The purchase that it says anew, or the same as.
    pub purchase: Option<i64>,
    /// What it changes of that purchase ("Cost: 9.00, now 9.50").
    pub changes: Vec<String>,
    /// The form that it fills.
    pub form: PurchaseForm,
    /// What that means ("50 seats × $9.00 monthly = …"); `null` while too little is understood.
    pub sentence: Option<String>,
    /// Why it is refused; empty when it is accepted.
    pub problems: Vec<ImportProblem>,
    /// What is allowed but doubtful, or how an ambiguous entry was understood.
    pub warnings: Vec<ImportProblem>,
}

/// Rows as understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportPreview {
    /// The page of rows.
    pub rows: Vec<ImportRow>,
    /// Rows that the page is taken from.
    pub matching: u64,
    /// How a row is found to be a purchase that is entered already, a sentence.
    pub identity: String,
    /// Rows that would be added or that change a purchase.
    pub accepted: u64,
    /// Of those, the ones that are new.
    pub new: u64,
    /// Of those, the ones that change a purchase, as a correction.
    pub changed: u64,
    /// Rows that say what is entered already: nothing is done with them.
    pub same: u64,
    /// Rows that would not.
    pub refused: u64,
    /// What they need, the most frequent first.
    pub repairs: Vec<ImportRepair>,
    /// Accepted rows with a warning.
    pub doubtful: u64,
    /// License types that would be added.
    pub new_license_types: Vec<String>,
    /// Headings of columns with something in them that fill no field.
    pub ignored_columns: Vec<String>,
    /// What is doubtful about the file and its mapping as a whole, sentences.
    pub warnings: Vec<String>,
    /// What the app costs in a year without and with them; `null` where nothing would change, and after the first page.
    pub annual: Option<ImportAnnual>,
    /// How the file was read, sentences.
    pub notes: Vec<String>,
    /// What the file was when it was previewed: Import refuses another.
    pub fingerprint: String,
}

/// What the purchases in force cost in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportAnnual {
    /// As it is.
    pub before: Figure,
    /// With what would be imported.
    pub after: Figure,
}

/// Reads a file and imports it at once, or says what that would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFileRequest {
    /// The slug.
    pub app: String,
    /// An absolute path.
    pub path: String,
    /// How to read it.
    pub options: ImportOptions,
    /// Fields, each with the column that fills it, by heading or letter; on top of the mapping that is proposed.
    pub columns: Vec<(String, String)>,
    /// Fields, each with the value of rows whose cell is empty.
    pub values: Vec<(String, String)>,
    /// Starts from the headings, also where a mapping is remembered for them.
    pub fresh_mapping: bool,
    /// Imports nothing.
    pub dry_run: bool,
    /// Where the refused rows are saved: when that fails, nothing is imported.
    pub refused_to: Option<String>,
    /// How many rows are told, refused and doubtful ones each.
    pub shown: u32,
}

/// What a file did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFileDone {
    /// What is told of it, with the refused rows.
    pub preview: ImportPreview,
    /// Rows that are accepted but doubtful.
    pub doubtful: Vec<ImportRow>,
    /// Which column filled which field.
    pub mapping: Vec<ImportMapping>,
    /// Where the mapping began, when it was remembered.
    pub remembered: Option<ImportRemembered>,
}

/// Adds every accepted row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ImportApplyRequest {
    /// The slug.
    pub app: String,
    /// An absolute path.
    pub path: String,
    /// How to read it.
    pub options: ImportOptions,
    /// Which column fills which field.
    pub mapping: Vec<ImportMapping>,
    /// The preview's; `null` imports the file as it is now.
    pub fingerprint: Option<String>,
    /// Where the refused rows are saved as CSV with their reasons, an absolute path: when that fails, nothing is imported.
    pub refused_to: Option<String>,
}

/// What was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportDone {
    /// Purchases that were added, all in one act that Undo takes back.
    pub added: u64,
    /// Purchases that were corrected, in the same act.
    pub changed: u64,
    /// Rows that said what was entered already.
    pub same: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Where they were saved.
    pub saved: Option<String>,
    /// License types that were added.
    pub new_license_types: Vec<String>,
}

/// Saves a file to start from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ImportTemplateRequest {
    /// Where, an absolute path; it ends in `.csv` or `.xlsx`.
    pub path: String,
}
