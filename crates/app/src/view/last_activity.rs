//! Last activity: what files tell of it, how accounts are counted by it, and what could be given up.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::figure::Figure;
use super::import::{ImportMapping, ImportOptions};
use super::problem::FieldProblem;

/// How a file is to be understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct ActivityReading {
    /// How to read it; decimal marks and duplicates do not matter here.
    pub options: ImportOptions,
    /// Which column tells what.
    pub mapping: Vec<ImportMapping>,
    /// `list` of people, or `log` of events; empty finds it out.
    pub kind: String,
    /// The last day of which the file knows; empty is the newest day in it.
    pub until: String,
}

/// Opens a file; the answer is an `ImportTable`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ActivityOpenRequest {
    /// An absolute path.
    pub path: String,
    /// How to read it.
    pub options: ImportOptions,
}

/// Asks what a file tells, one page of its people at a time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ActivityPreviewRequest {
    /// The slug.
    pub app: String,
    /// An absolute path.
    pub path: String,
    /// How to understand it.
    pub reading: ActivityReading,
    /// Only rows that tell nothing: of people who are not on the roster, and refused ones.
    pub only_problems: bool,
    /// Rows before the first one wanted.
    pub offset: u64,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// What becomes of a person, or of a row that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ActivityFate {
    /// It tells of a member.
    Matched,
    /// Nobody on the roster is this person.
    Unmatched,
    /// Nothing: see its message.
    Refused,
}

/// One person of the file, or one row that is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ActivityRow {
    /// The number of the row in the file; of several rows the one with the newest day.
    pub row: u64,
    /// Who, as the file says.
    pub who: String,
    /// The member who that is, by e-mail address, else user name.
    pub member: Option<String>,
    /// The day of the last activity; `null` for never.
    pub last_activity: Option<String>,
    /// How the member would count today: `active`, `inactive`, `never` or `not-monitored`.
    pub activity: Option<String>,
    /// What becomes of it.
    pub fate: ActivityFate,
    /// Why, where that is not clear.
    pub message: Option<String>,
}

/// What a file tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ActivityPreview {
    /// The page of rows.
    pub rows: Vec<ActivityRow>,
    /// Rows that the page is taken from.
    pub matching: u64,
    /// `list` or `log`.
    pub kind: String,
    /// The last day of which the file knows.
    pub until: String,
    /// What that means, a sentence.
    pub until_sentence: String,
    /// Rows below the headings.
    pub read: u64,
    /// Members of whom it tells.
    pub matched: u64,
    /// Of those, the ones of whom nothing was known, or an earlier day.
    pub newer: u64,
    /// People whom nobody on the roster is.
    pub unmatched: u64,
    /// The first of them, as the file names them.
    pub unmatched_names: Vec<String>,
    /// Rows that are refused.
    pub refused: u64,
    /// Rows that are no activity of a person: other events, rows of "not known".
    pub passed_over: u64,
    /// Members on the roster who would count as active today, of those the file tells of.
    pub active: u64,
    /// As inactive.
    pub inactive: u64,
    /// As never active.
    pub never: u64,
    /// Members on the roster of whom the file does not tell.
    pub not_in_file: u64,
    /// Days without activity after which a member is inactive.
    pub inactive_after: u32,
    /// Headings of columns with something in them that are not read.
    pub ignored_columns: Vec<String>,
    /// What is doubtful about the file as a whole, sentences.
    pub warnings: Vec<String>,
    /// How the file was read, sentences.
    pub notes: Vec<String>,
    /// What the file was when it was previewed: Import refuses another.
    pub fingerprint: String,
}

/// Keeps what a file tells.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ActivityApplyRequest {
    /// The slug.
    pub app: String,
    /// An absolute path.
    pub path: String,
    /// How to understand it.
    pub reading: ActivityReading,
    /// The preview's; `null` imports the file as it is now.
    pub fingerprint: Option<String>,
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ActivityDone {
    /// Members of whom the file told.
    pub matched: u64,
    /// Of those, the ones of whom nothing was known, or an earlier day.
    pub newer: u64,
    /// People whom nobody on the roster is.
    pub unmatched: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// The same in words.
    pub sentence: String,
}

/// Reads a file and keeps what it tells at once, or says what that would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityFileRequest {
    /// The slug.
    pub app: String,
    /// An absolute path.
    pub path: String,
    /// How to understand it; the mapping is proposed.
    pub reading: ActivityReading,
    /// Fields, each with the column that tells it, by heading or letter; on top of the mapping that is proposed.
    pub columns: Vec<(String, String)>,
    /// Keeps nothing.
    pub dry_run: bool,
    /// How many rows that tell nothing are shown.
    pub shown: u32,
}

/// What a file did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityFileDone {
    /// What is told of it, with rows that tell nothing.
    pub preview: ActivityPreview,
    /// Which column told what.
    pub mapping: Vec<ImportMapping>,
    /// What was kept; `None` of a dry run.
    pub done: Option<ActivityDone>,
}

/// An import that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ActivityImportView {
    /// What the file is called.
    pub file: String,
    /// When it was imported, an instant.
    pub at: String,
    /// `list` or `log`.
    pub kind: String,
    /// The last day of which it knows.
    pub until: String,
    /// Rows that were read.
    pub rows: u64,
    /// Members of whom it told.
    pub matched: u64,
    /// People whom nobody on the roster is.
    pub unmatched: u64,
    /// Members of whom nothing was known before, or an earlier day.
    pub newer: u64,
}

/// The accounts of a license type by their last activity, and what those cost that are not active.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct TypeActivity {
    /// Key.
    pub license_type: String,
    /// Name.
    pub name: String,
    /// Whether contracts charge for it.
    pub billable: bool,
    /// Its accounts.
    pub accounts: u64,
    /// Of those, the ones that were active within the threshold.
    pub active: u64,
    /// Those that were active before it.
    pub inactive: u64,
    /// Those that were never active.
    pub never: u64,
    /// Those of which nobody can tell.
    pub not_monitored: u64,
    /// What the inactive ones cost in a year; `null` where contracts do not charge for them, or nobody is monitored.
    pub inactive_annual: Option<Figure>,
    /// What those cost in a year that were never active.
    pub never_annual: Option<Figure>,
}

/// Who uses what they hold, on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ActivitySummary {
    /// The slug.
    pub app: String,
    /// The day.
    pub as_of: String,
    /// How accounts are counted.
    pub counting: CountingView,
    /// The last day up to which anything is known; `null` when nothing was ever imported.
    pub known_until: Option<String>,
    /// All of it in one sentence ("14 accounts not active for 90 days: $1,512.00 a year").
    pub sentence: String,
    /// Per license type with accounts, in rank order.
    pub by_license_type: Vec<TypeActivity>,
    /// What could be given up: accounts that are not active, a year.
    pub idle: Figure,
    /// The imports that stand, newest first.
    pub imports: Vec<ActivityImportView>,
}

/// How an app's accounts are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CountingView {
    /// Days without activity after which a member is inactive.
    pub inactive_after: u32,
    /// What is used until something else is chosen.
    pub usual_inactive_after: u32,
    /// Whether the contract charges for deactivated accounts of billable license types.
    pub deactivated_billable: bool,
    /// How many those are now.
    pub deactivated: u64,
}

/// Changes it; `null` leaves a field as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct CountingChange {
    /// The slug.
    pub app: String,
    /// Days as typed; empty for the usual number.
    pub inactive_after: Option<String>,
    /// Whether the contract charges for deactivated accounts.
    pub deactivated_billable: Option<bool>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CountingSaved {
    /// How accounts are counted now; `null` when something was refused.
    pub counting: Option<CountingView>,
    /// Why, beside the fields.
    pub problems: Vec<FieldProblem>,
}
