//! One member's history: what they held when, and what changed.

use jiff::civil::Date;
use roster::License;
use rusqlite::{Connection, OptionalExtension, params};

use crate::apps::AppId;
use crate::change_log::{self, ChangeRow, read_change};
use crate::columns::Day;
use crate::license_types::{NumberedLicense, license_of, numbered};
use crate::roster_page::{MemberRow, Reading};
use crate::{Store, StoreError};

/// Days through which a member stood the same: `[from, until)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// First day.
    pub from: Date,
    /// The day after the last one; `None` while it lasts.
    pub until: Option<Date>,
    /// What they held.
    pub license: License,
    /// Whether they were active.
    pub active: bool,
}

/// Everything kept of one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberHistory {
    /// The member as reported last.
    pub row: MemberRow,
    /// What they held, oldest first. Days between two spells are days on which they were not listed.
    pub spells: Vec<Spell>,
    /// What changed, oldest first.
    pub changes: Vec<ChangeRow>,
}

impl Store {
    /// The history of the member with the vendor's id.
    pub fn member_history(&self, app: AppId, id: &str) -> Result<Option<MemberHistory>, StoreError> {
        self.read(|reader| {
            let member: Option<i64> = reader
                .prepare_cached("SELECT member FROM member WHERE app = ?1 AND id = ?2")?
                .query_row(params![app.0, id], |row| row.get(0))
                .optional()?;
            let Some(member) = member else { return Ok(None) };
            let reading = Reading::new(reader, app, None)?;
            let row = reading.row(&mut reading.prepare(reader)?, member)?;
            let types = numbered(reader, app)?;
            let (spells, changes) = (spells(reader, member, &types)?, changes(reader, app, member, &types)?);
            Ok(Some(MemberHistory { row, spells, changes }))
        })
    }
}

fn spells(reader: &Connection, member: i64, types: &[NumberedLicense]) -> Result<Vec<Spell>, StoreError> {
    let mut asking = reader.prepare_cached(
        "SELECT from_day, until_day, license, active FROM assignment WHERE member = ?1 ORDER BY from_day",
    )?;
    let spells = asking.query_map([member], |row| {
        Ok(Spell {
            from: row.get::<_, Day>(0)?.0,
            until: row.get::<_, Option<Day>>(1)?.map(|day| day.0),
            license: license_of(types, row.get(2)?),
            active: row.get(3)?,
        })
    })?;
    Ok(spells.collect::<Result<_, _>>()?)
}

fn changes(
    reader: &Connection,
    app: AppId,
    member: i64,
    types: &[NumberedLicense],
) -> Result<Vec<ChangeRow>, StoreError> {
    let mut asking = reader.prepare_cached(&format!(
        "{} WHERE sync_run.app = ?1 AND change.member = ?2 ORDER BY run",
        change_log::SELECT
    ))?;
    let changes = asking.query_map(params![app.0, member], |row| read_change(row, types))?;
    Ok(changes.collect::<Result<_, _>>()?)
}
