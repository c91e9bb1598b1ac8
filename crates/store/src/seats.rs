//! Keeps the daily seat counts in step with the members' moves, so that no screen has to count members.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::apps::AppId;
use crate::columns::Day;
use crate::moves::{Move, Place};

/// Seats held of one license, and those of them that are active.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Held {
    assigned: i64,
    active: i64,
}

/// Writes a count for the day for each license of which the moves changed one. A count that is the same as on the day
/// before is left out.
pub(crate) fn recount(writing: &Connection, app: AppId, day: Day, moves: &[Move]) -> Result<(), StoreError> {
    let mut differences: BTreeMap<i64, Held> = BTreeMap::new();
    let mut shift = |place: Option<Place>, members: i64| {
        if let Some(place) = place.filter(|place| place.listed()) {
            let held = differences.entry(place.license).or_default();
            held.assigned += members;
            held.active += if place.status == 0 { members } else { 0 };
        }
    };
    for moved in moves {
        shift(moved.before, -moved.members);
        shift(Some(moved.after), moved.members);
    }
    differences.retain(|_, difference| *difference != Held::default());
    for (license, difference) in differences {
        let now = last(writing, app, license, day, true)?;
        let now = Held { assigned: now.assigned + difference.assigned, active: now.active + difference.active };
        write(writing, app, license, day, now)?;
    }
    Ok(())
}

fn write(writing: &Connection, app: AppId, license: i64, day: Day, now: Held) -> Result<(), StoreError> {
    if now == last(writing, app, license, day, false)? {
        writing
            .prepare_cached("DELETE FROM seat_count WHERE app = ?1 AND license = ?2 AND day = ?3")?
            .execute(params![app.0, license, day])?;
    } else {
        writing
            .prepare_cached(
                "INSERT OR REPLACE INTO seat_count (app, license, day, assigned, active) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![app.0, license, day, now.assigned, now.active])?;
    }
    Ok(())
}

/// The last count up to that day, with or without the day itself.
fn last(writing: &Connection, app: AppId, license: i64, day: Day, inclusive: bool) -> Result<Held, StoreError> {
    let found = writing
        .prepare_cached(
            "SELECT assigned, active FROM seat_count WHERE app = ?1 AND license = ?2 AND day < ?3 + ?4
             ORDER BY day DESC LIMIT 1",
        )?
        .query_row(params![app.0, license, day, inclusive], |row| {
            Ok(Held { assigned: row.get(0)?, active: row.get(1)? })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}
