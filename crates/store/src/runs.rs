//! Sync runs: one row for each attempt to read a roster, whatever came of it.

use jiff::Timestamp;
use jiff::civil::Date;
use roster::{Case, Finding, FindingCode};
use rusqlite::{Connection, Row, params};

use crate::apps::AppId;
use crate::columns::{Day, Instant};
use crate::stages::RunStage;
use crate::{Store, StoreError, cases, held, stages, text_set};

/// Identifies a sync run; later runs have higher numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(pub i64);

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunStatus {
    /// Under way, or its process died: only who holds the app's sync lock can tell.
    Running,
    /// The roster was read and accepted.
    Completed,
    /// The roster was read but dropped so much that a person has to confirm it.
    Held,
    /// It failed; the last accepted roster stays.
    Failed,
    /// A person stopped it.
    Cancelled,
}

impl RunStatus {
    const ALL: [Self; 5] = [Self::Running, Self::Completed, Self::Held, Self::Failed, Self::Cancelled];

    /// The stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Held => "held",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Why a run did not complete, as it was told at the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The stable code.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunEnd {
    /// When.
    pub at: Timestamp,
    /// How.
    pub status: RunStatus,
    /// Members read.
    pub members: u64,
    /// Pages read.
    pub pages: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Requests sent.
    pub requests: u64,
    /// Requests that had to be repeated.
    pub retries: u64,
    /// Why it did not complete.
    pub problem: Option<Problem>,
    /// What else was noticed.
    pub findings: Vec<Finding>,
    /// Whom that concerns. Kept of the newest run alone, and given by [`Store::finding_cases`], not with the run.
    pub cases: Vec<Case>,
    /// What it asked of the server, in order, as far as it came.
    pub stages: Vec<RunStage>,
}

/// One sync run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its identity.
    pub id: RunId,
    /// When it began.
    pub started_at: Timestamp,
    /// The day its roster counts for; `None` unless it completed.
    pub day: Option<Date>,
    /// Members listed now that were not before.
    pub added: u64,
    /// Members no longer listed.
    pub removed: u64,
    /// Members listed before and now of whom anything differs.
    pub changed: u64,
    /// How it ended; `None` while running.
    pub end: Option<RunEnd>,
}

impl Run {
    /// How it stands.
    pub fn status(&self) -> RunStatus {
        self.end.as_ref().map_or(RunStatus::Running, |end| end.status)
    }
}

/// What a history of runs comes to, however long it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunHistory {
    /// The newest run.
    pub newest: Option<Run>,
    /// The newest one whose roster was accepted.
    pub last_completed: Option<Run>,
    /// The newest one that read a roster, accepted or held.
    pub last_read: Option<Run>,
    /// Runs after that one that failed, or that have no end.
    pub failed: u64,
    /// All runs.
    pub runs: u64,
}

impl Store {
    /// Notes that a run begins.
    pub fn begin_run(&self, app: AppId, at: Timestamp) -> Result<RunId, StoreError> {
        self.write(|writing| {
            let begun = writing.execute(
                "INSERT INTO sync_run (app, started_at, status) SELECT app, ?2, 'running' FROM app WHERE app = ?1",
                params![app.0, Instant(at)],
            )?;
            if begun == 0 { Err(StoreError::NoSuchApp) } else { Ok(RunId(writing.last_insert_rowid())) }
        })
    }

    /// Notes how a run ended that brought no new roster; one that did is ended by [`Store::promote`].
    pub fn end_run(&self, run: RunId, end: &RunEnd) -> Result<(), StoreError> {
        self.write(|writing| write_end(writing, run, end))
    }

    /// The latest runs, newest first.
    pub fn runs(&self, app: AppId, limit: u64) -> Result<Vec<Run>, StoreError> {
        self.read(|reader| newest(reader, app, "TRUE", limit))
    }

    /// What the app's whole history of runs comes to.
    pub fn run_history(&self, app: AppId) -> Result<RunHistory, StoreError> {
        self.read(|reader| {
            let one = |which| Ok::<_, StoreError>(newest(reader, app, which, 1)?.pop());
            let last_read = one("status IN ('completed', 'held')")?;
            let after = last_read.as_ref().map_or(0, |run| run.id.0);
            let mut counting = reader.prepare_cached(
                "SELECT count(*), count(*) FILTER (WHERE run > ?2 AND status IN ('failed', 'running'))
                 FROM sync_run WHERE app = ?1",
            )?;
            let (runs, failed) = counting.query_row([app.0, after], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let last_completed = one("status = 'completed'")?;
            Ok(RunHistory { newest: one("TRUE")?, last_completed, last_read, failed, runs })
        })
    }
}

/// The newest runs for which a condition holds.
fn newest(reader: &Connection, app: AppId, condition: &'static str, limit: u64) -> Result<Vec<Run>, StoreError> {
    let mut asking = reader.prepare_cached(&format!(
        "SELECT run, started_at, day, added, removed, changed, ended_at, status, members, pages, bytes, requests,
                problem_code, problem_message, problem_hint, retries
         FROM sync_run WHERE app = ?1 AND {condition} ORDER BY run DESC LIMIT ?2",
    ))?;
    let mut runs: Vec<Run> =
        asking.query_map(params![app.0, limit.min(1_000_000)], read_run)?.collect::<Result<_, _>>()?;
    for run in &mut runs {
        if let Some(end) = &mut run.end {
            end.findings = findings(reader, run.id)?;
            end.stages = stages::read(reader, run.id)?;
        }
    }
    Ok(runs)
}

/// Writes the end of a run that is under way. One that read a roster takes the place of the roster that waited.
pub(crate) fn write_end(writing: &Connection, run: RunId, end: &RunEnd) -> Result<(), StoreError> {
    let problem = end.problem.as_ref();
    let ended = writing.execute(
        "UPDATE sync_run SET ended_at = ?2, status = ?3, members = ?4, pages = ?5, bytes = ?6, requests = ?7,
                problem_code = ?8, problem_message = ?9, problem_hint = ?10, retries = ?11
         WHERE run = ?1 AND status = 'running'",
        params![
            run.0,
            Instant(end.at),
            end.status.code(),
            end.members,
            end.pages,
            end.bytes,
            end.requests,
            problem.map(|problem| &problem.code),
            problem.map(|problem| &problem.message),
            problem.map(|problem| &problem.hint),
            end.retries,
        ],
    )?;
    if ended == 0 {
        return Err(StoreError::NoSuchRun);
    }
    if matches!(end.status, RunStatus::Completed | RunStatus::Held) {
        held::forget(writing, run)?;
        cases::write(writing, run, &end.cases)?;
    }
    stages::write(writing, run, &end.stages)?;
    let mut adding = writing
        .prepare_cached("INSERT INTO finding (run, position, code, members, examples) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, finding) in end.findings.iter().enumerate() {
        let examples = text_set::join(&finding.examples);
        adding.execute(params![run.0, position, finding.code.code(), finding.count, examples])?;
    }
    Ok(())
}

fn findings(reader: &Connection, run: RunId) -> Result<Vec<Finding>, StoreError> {
    let mut asking =
        reader.prepare_cached("SELECT code, members, examples FROM finding WHERE run = ?1 ORDER BY position")?;
    let rows = asking.query_map([run.0], |row| {
        let code: String = row.get(0)?;
        let examples: String = row.get(2)?;
        let code = FindingCode::ALL.into_iter().find(|candidate| candidate.code() == code);
        Ok(code.map(|code| (code, examples)).map(|(code, examples)| (code, row.get(1), examples)))
    })?;
    let mut findings = Vec::new();
    for row in rows {
        if let Some((code, count, examples)) = row? {
            findings.push(Finding { code, count: count?, examples: text_set::split(&examples).unwrap_or_default() });
        }
    }
    Ok(findings)
}

fn read_run(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        id: RunId(row.get(0)?),
        started_at: row.get::<_, Instant>(1)?.0,
        day: row.get::<_, Option<Day>>(2)?.map(|day| day.0),
        added: row.get(3)?,
        removed: row.get(4)?,
        changed: row.get(5)?,
        end: row.get::<_, Option<Instant>>(6)?.map(|at| read_end(row, at.0)).transpose()?,
    })
}

fn read_end(row: &Row<'_>, at: Timestamp) -> rusqlite::Result<RunEnd> {
    let status: String = row.get(7)?;
    let code: Option<String> = row.get(12)?;
    let problem = match code {
        None => None,
        Some(code) => Some(Problem { code, message: row.get(13)?, hint: row.get(14)? }),
    };
    Ok(RunEnd {
        at,
        status: RunStatus::ALL.into_iter().find(|candidate| candidate.code() == status).unwrap_or(RunStatus::Failed),
        members: row.get(8)?,
        pages: row.get(9)?,
        bytes: row.get(10)?,
        requests: row.get(11)?,
        problem,
        findings: Vec::new(),
        cases: Vec::new(),
        retries: row.get(15)?,
        stages: Vec::new(),
    })
}
