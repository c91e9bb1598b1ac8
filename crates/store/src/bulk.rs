//! Adding very many members at once: their indexes are taken down and built anew from sorted rows, which costs a fraction of
//! keeping them in order row by row. It happens inside the transaction, so nobody ever sees the table without them.

use rusqlite::Connection;

use crate::StoreError;

/// Fewer new members than this are not worth it.
const MANY: u64 = 5_000;

/// Does the work that adds this many members.
pub(crate) fn adding<T>(
    writing: &Connection,
    members: u64,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let known: u64 = writing.query_row("SELECT count(*) FROM member", (), |row| row.get(0))?;
    if members < MANY || members < known {
        return work();
    }
    let mut asking = writing.prepare(
        "SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = 'member' AND sql IS NOT NULL",
    )?;
    let indexes: Vec<(String, String)> =
        asking.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    drop(asking);
    for (name, _) in &indexes {
        writing.execute_batch(&format!("DROP INDEX main.{name}"))?;
    }
    let done = work()?;
    for (_, sql) in &indexes {
        writing.execute_batch(sql)?;
    }
    Ok(done)
}
