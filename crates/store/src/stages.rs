//! The stages of a run: what it asked of the server and what came of each.

use rusqlite::{Connection, params};

use crate::StoreError;
use crate::runs::RunId;

/// One stage of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStage {
    /// Which; the caller's word.
    pub key: String,
    /// Requests sent, repeats included.
    pub requests: u64,
    /// Bytes of the answers.
    pub bytes: u64,
    /// Requests that had to be repeated.
    pub retries: u64,
    /// How long it took.
    pub milliseconds: u64,
    /// What came of it, as it was told at the time.
    pub detail: String,
    /// Whether it came to its end.
    pub completed: bool,
}

pub(crate) fn write(writing: &Connection, run: RunId, stages: &[RunStage]) -> Result<(), StoreError> {
    let mut adding = writing.prepare_cached(
        "INSERT INTO run_stage (run, position, key, requests, bytes, retries, milliseconds, detail, completed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (position, stage) in stages.iter().enumerate() {
        adding.execute(params![
            run.0,
            position,
            stage.key,
            stage.requests,
            stage.bytes,
            stage.retries,
            stage.milliseconds,
            stage.detail,
            stage.completed,
        ])?;
    }
    Ok(())
}

pub(crate) fn read(reader: &Connection, run: RunId) -> Result<Vec<RunStage>, StoreError> {
    let mut asking = reader.prepare_cached(
        "SELECT key, requests, bytes, retries, milliseconds, detail, completed FROM run_stage WHERE run = ?1 ORDER BY position",
    )?;
    let stages = asking.query_map([run.0], |row| {
        Ok(RunStage {
            key: row.get(0)?,
            requests: row.get(1)?,
            bytes: row.get(2)?,
            retries: row.get(3)?,
            milliseconds: row.get(4)?,
            detail: row.get(5)?,
            completed: row.get(6)?,
        })
    })?;
    Ok(stages.collect::<Result<_, _>>()?)
}
