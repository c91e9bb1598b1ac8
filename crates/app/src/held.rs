//! The roster that waits: who would go if it were accepted.

use crate::activity::UNKNOWN;
use crate::error::{Error, Result};
use crate::instants::instant;
use crate::seatledger::Seatledger;
use crate::view::integration::{HeldRequest, HeldRow, HeldView};
use crate::words::{counted, grouped};

const MOST_ROWS: u64 = 50_000;

/// How many of those who would change would have no license type any more.
fn unknown(would_lose: u64) -> String {
    match would_lose {
        0 => String::new(),
        lose => format!(", {} of them to an unknown license type", grouped(lose)),
    }
}

impl Seatledger {
    /// Who would go with the roster that waits, by name.
    pub fn held_roster(&self, request: &HeldRequest) -> Result<HeldView> {
        let app = self.app(&request.app)?;
        let held = self.store.held(app.id, request.offset, request.limit.min(MOST_ROWS))?;
        let held = held.ok_or_else(|| Error::NothingHeld(app.name.clone()))?;
        let row = |row: store::HeldMember| HeldRow {
            id: row.id,
            name: row.name,
            email: row.email,
            license_type: row.license.key().map_or_else(|| UNKNOWN.to_owned(), ToString::to_string),
        };
        Ok(HeldView {
            run: held.run.0,
            when: instant(held.at),
            sentence: format!(
                "{} If it is accepted, {} leave, {} join and {} change{}.",
                held.reason,
                counted(held.would_go, "member would", "members would"),
                grouped(held.would_join),
                grouped(held.would_change),
                unknown(held.would_lose),
            ),
            would_go: held.would_go,
            would_join: held.would_join,
            would_change: held.would_change,
            rows: held.rows.into_iter().map(row).collect(),
        })
    }
}
