//! How an app's accounts are counted: a person's choice, version by version. Absent on purpose: counting itself.

use roster::activity::USUAL_THRESHOLD;
use rusqlite::{Connection, OptionalExtension, params};

use crate::acts::Acting;
use crate::apps::AppId;
use crate::{Store, StoreError, activity_counts};

/// The columns of a version that are copied when it is taken up again.
pub(crate) const COLUMNS: &str = "app, inactive_after, deactivated_billable";

/// How accounts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// Days without activity after which a member is inactive; at least 1, at most 3,650.
    pub inactive_after: u32,
    /// Whether the contract charges for deactivated members who hold a billable license type.
    pub deactivated_billable: bool,
}

impl Default for Counting {
    fn default() -> Self {
        Self { inactive_after: USUAL_THRESHOLD, deactivated_billable: false }
    }
}

impl Store {
    /// How an app's accounts are counted.
    pub fn counting(&self, app: AppId) -> Result<Counting, StoreError> {
        self.read(|reader| of(reader, app))
    }
}

/// As chosen, or the usual.
pub(crate) fn of(connection: &Connection, app: AppId) -> Result<Counting, StoreError> {
    let mut asking = connection
        .prepare_cached("SELECT inactive_after, deactivated_billable FROM standing_counting WHERE app = ?1")?;
    let found = asking
        .query_row([app.0], |row| Ok(Counting { inactive_after: row.get(0)?, deactivated_billable: row.get(1)? }));
    Ok(found.optional()?.unwrap_or_default())
}

/// Counts so from now on, of all days.
pub(crate) fn set(writing: &Connection, acting: &Acting, counting: Counting) -> Result<i64, StoreError> {
    let app = acting.own_app()?;
    let before = of(writing, app)?;
    writing
        .prepare_cached(&format!("INSERT INTO counting_version (act, deleted, {COLUMNS}) VALUES (?1, 0, ?2, ?3, ?4)"))?
        .execute(params![acting.act, app.0, counting.inactive_after, counting.deactivated_billable])?;
    if before.inactive_after != counting.inactive_after {
        activity_counts::rebuild(writing, app)?;
    }
    Ok(app.0)
}
