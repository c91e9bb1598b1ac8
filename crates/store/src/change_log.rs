//! The changes that runs found: who joined, left, came back, or holds another license.

use jiff::Timestamp;
use jiff::civil::Date;
use roster::{Change, ChangeKind, License};
use rusqlite::types::FromSqlError;
use rusqlite::{Row, params};

use crate::apps::AppId;
use crate::columns::{Day, Instant};
use crate::license_types::{NumberedLicense, license_of, numbered};
use crate::runs::RunId;
use crate::{Store, StoreError};

/// One change with when it was found, and who it concerns in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// The day it counts for.
    pub day: Date,
    /// When the run that found it ended.
    pub at: Timestamp,
    /// The run that found it.
    pub run: RunId,
    /// What happened.
    pub change: Change,
    /// The member's `userName` as known now.
    pub user_name: String,
    /// The member's e-mail address as known now.
    pub email: Option<String>,
    /// The member's name as known now.
    pub name: Option<String>,
}

const KINDS: [(ChangeKind, i64); 6] = [
    (ChangeKind::Joined, 1),
    (ChangeKind::Left, 2),
    (ChangeKind::Reactivated, 3),
    (ChangeKind::Upgraded, 4),
    (ChangeKind::Downgraded, 5),
    (ChangeKind::Reclassified, 6),
];

impl Store {
    /// The changes from one day to another, both included where given, newest first.
    pub fn changes(
        &self,
        app: AppId,
        from: Option<Date>,
        to: Option<Date>,
        limit: u64,
    ) -> Result<Vec<ChangeRow>, StoreError> {
        self.read(|reader| {
            let types = numbered(reader, app)?;
            let days = "(?2 IS NULL OR day >= ?2) AND (?3 IS NULL OR day <= ?3)";
            let mut asking = reader.prepare_cached(&format!(
                "{CHANGES} WHERE sync_run.app = ?1 AND {days} UNION ALL {FOUNDERS} WHERE app.app = ?1 AND {days}
                 ORDER BY run DESC, member LIMIT ?4"
            ))?;
            let limit = limit.min(i64::MAX.unsigned_abs());
            let changes =
                asking.query_map(params![app.0, from.map(Day), to.map(Day), limit], |row| read_change(row, &types))?;
            Ok(changes.collect::<Result<_, _>>()?)
        })
    }
}

/// The changes that have a row of their own, as [`read_change`] expects them.
pub(crate) const CHANGES: &str = "SELECT day, ended_at, run, kind, from_license, to_license, id, user_name, email,
        coalesce(display_name, nullif(concat_ws(' ', given_name, middle_name, family_name), '')), m.member AS member
    FROM sync_run CROSS JOIN change USING (run) CROSS JOIN member AS m ON m.member = change.member";
/// That somebody joined with the first roster, where only the member's own row tells it.
pub(crate) const FOUNDERS: &str =
    "SELECT day, ended_at, run, 1 AS kind, NULL AS from_license, license AS to_license, id,
        user_name, email, coalesce(display_name, nullif(concat_ws(' ', given_name, middle_name, family_name), '')),
        m.member AS member
    FROM app CROSS JOIN sync_run ON run = app.founded CROSS JOIN member AS m ON m.app = app.app AND founder = 1";

/// Reads one row of [`CHANGES`] or [`FOUNDERS`].
pub(crate) fn read_change(row: &Row<'_>, types: &[NumberedLicense]) -> rusqlite::Result<ChangeRow> {
    let license = |column| -> rusqlite::Result<Option<License>> {
        Ok(row.get::<_, Option<i64>>(column)?.map(|number| license_of(types, number)))
    };
    let change = Change { member: row.get(6)?, kind: kind_of(row.get(3)?)?, from: license(4)?, to: license(5)? };
    Ok(ChangeRow {
        day: row.get::<_, Day>(0)?.0,
        at: row.get::<_, Instant>(1)?.0,
        run: RunId(row.get(2)?),
        change,
        user_name: row.get(7)?,
        email: row.get(8)?,
        name: row.get(9)?,
    })
}

/// The number that stands for a kind.
pub(crate) fn number_of(kind: ChangeKind) -> i64 {
    KINDS.iter().find(|(candidate, _)| *candidate == kind).map_or(0, |(_, number)| *number)
}

/// The kind that a number stands for.
pub(crate) fn kind_of(number: i64) -> Result<ChangeKind, FromSqlError> {
    let found = KINDS.iter().find(|(_, candidate)| *candidate == number);
    found.map(|(kind, _)| *kind).ok_or(FromSqlError::OutOfRange(number))
}
