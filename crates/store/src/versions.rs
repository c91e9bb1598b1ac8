//! What the tables of versions have in common: a next id, the rows that stand, and going back to before an act.

use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::{
    StoreError, counting, fees, headcounts, invoices, last_activity, license_types, purchase_row, rate_policy, rates,
    scenarios,
};

/// A table of versions.
pub(crate) struct Versioned {
    pub(crate) table: &'static str,
    /// The column of the id, which stays the same through all versions.
    pub(crate) id: &'static str,
    /// What is copied when a version is taken up again: the id first.
    pub(crate) columns: &'static str,
    /// Copied with them, where there is such a thing.
    pub(crate) belongs: &'static str,
}

pub(crate) const PURCHASES: Versioned =
    Versioned { table: "purchase_version", id: "purchase", columns: purchase_row::COLUMNS, belongs: "app, succeeds, " };
pub(crate) const FEES: Versioned =
    Versioned { table: "fee_version", id: "fee", columns: fees::COLUMNS, belongs: "app, succeeds, " };
pub(crate) const INVOICES: Versioned =
    Versioned { table: "invoice_version", id: "invoice", columns: invoices::COLUMNS, belongs: "app, " };
pub(crate) const RATES: Versioned =
    Versioned { table: "rate_version", id: "rate", columns: rates::COLUMNS, belongs: "" };

pub(crate) const RATE_POLICY: Versioned =
    Versioned { table: "rate_policy_version", id: "choice", columns: rate_policy::COLUMNS, belongs: "" };
pub(crate) const HEADCOUNTS: Versioned =
    Versioned { table: "headcount_version", id: "headcount", columns: headcounts::COLUMNS, belongs: "" };

pub(crate) const LICENSE_TYPES: Versioned =
    Versioned { table: "license_type_version", id: "license", columns: license_types::COLUMNS, belongs: "app, " };
pub(crate) const SCENARIOS: Versioned =
    Versioned { table: "scenario_version", id: "scenario", columns: scenarios::COLUMNS, belongs: "app, " };

pub(crate) const ACTIVITY_IMPORTS: Versioned =
    Versioned { table: "activity_import_version", id: "import", columns: last_activity::COLUMNS, belongs: "app, " };
pub(crate) const COUNTINGS: Versioned =
    Versioned { table: "counting_version", id: "app", columns: counting::COLUMNS, belongs: "" };

/// All of them.
pub(crate) const TABLES: [&Versioned; 10] = [
    &PURCHASES,
    &FEES,
    &INVOICES,
    &RATES,
    &RATE_POLICY,
    &HEADCOUNTS,
    &LICENSE_TYPES,
    &SCENARIOS,
    &ACTIVITY_IMPORTS,
    &COUNTINGS,
];

impl Versioned {
    /// An id that none has yet.
    pub(crate) fn next_id(&self, connection: &Connection) -> Result<i64, StoreError> {
        let Self { table, id, .. } = self;
        let mut asking = connection.prepare_cached(&format!("SELECT coalesce(max({id}), 0) + 1 FROM {table}"))?;
        Ok(asking.query_row((), |row| row.get(0))?)
    }

    /// Every row that stands, in the order in which they were added; `scope` says whose.
    pub(crate) fn standing<T>(
        &self,
        connection: &Connection,
        scope: &str,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let Self { table, id, columns, .. } = self;
        let mut asking = connection.prepare_cached(&format!(
            "SELECT {columns} FROM {table}
             WHERE version IN (SELECT max(version) FROM {table} WHERE {scope} GROUP BY {id}) AND NOT deleted ORDER BY {id}"
        ))?;
        Ok(asking.query_map(parameters, read)?.collect::<Result<_, _>>()?)
    }

    /// The last version of one, unless it is deleted; `extra` columns follow the usual ones.
    pub(crate) fn last<T>(
        &self,
        connection: &Connection,
        id: i64,
        extra: &str,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let Self { table, id: column, columns, .. } = self;
        let mut asking = connection.prepare_cached(&format!(
            "SELECT {columns}{extra}, deleted FROM {table} WHERE {column} = ?1 ORDER BY version DESC LIMIT 1"
        ))?;
        let found = asking.query_row([id], |row| Ok((!row.get::<_, bool>("deleted")?).then(|| read(row))));
        Ok(found.optional()?.flatten().transpose()?)
    }

    /// Adds to `undo` a version of everything that `undone` wrote, as it stood before: deleted, if it was not there. Tells
    /// how many there are.
    pub(crate) fn go_back(&self, writing: &Connection, undone: i64, undo: i64) -> Result<usize, StoreError> {
        let Self { table, id, columns, belongs } = self;
        let all = format!("{belongs}{columns}");
        let copied = all.replace(", ", ", source.");
        let written = writing
            .prepare_cached(&format!(
                "INSERT INTO {table} (act, deleted, {all})
                 SELECT ?2, CASE WHEN before IS NULL THEN 1 ELSE source.deleted END, source.{copied}
                 FROM (SELECT version, (SELECT max(version) FROM {table} AS earlier
                                        WHERE earlier.{id} = written.{id} AND earlier.version < written.version) AS before
                       FROM {table} AS written WHERE act = ?1) AS step
                 JOIN {table} AS source ON source.version = coalesce(step.before, step.version)
                 ORDER BY step.version"
            ))?
            .execute(params![undone, undo])?;
        Ok(written)
    }
}
