//! Which recorded rate serves figures: the organisation's choice, version by version.

use ledger::RatePolicy;
use rusqlite::{Connection, Row, params};

use crate::acts::Acting;
use crate::kept_words::{meaning, word};
use crate::versions::RATE_POLICY;
use crate::{Store, StoreError};

/// The columns that [`read_policy`] expects, in its order.
pub(crate) const COLUMNS: &str = "choice, policy";

/// There is one choice at most.
const ONLY: i64 = 1;

const POLICIES: [(RatePolicy, &str); 5] = [
    (RatePolicy::FigureDay, "figure-day"),
    (RatePolicy::ContractDay, "contract-day"),
    (RatePolicy::InvoiceDay, "invoice-day"),
    (RatePolicy::MonthAverage, "month-average"),
    (RatePolicy::Budget, "budget"),
];

impl Store {
    /// The choice; `None` as long as none was made.
    pub fn rate_policy(&self) -> Result<Option<RatePolicy>, StoreError> {
        self.read(|reader| RATE_POLICY.last(reader, ONLY, "", read_policy))
    }
}

pub(crate) fn set(writing: &Connection, acting: &Acting, policy: RatePolicy) -> Result<i64, StoreError> {
    writing
        .prepare_cached(&format!("INSERT INTO rate_policy_version (act, deleted, {COLUMNS}) VALUES (?1, 0, ?2, ?3)"))?
        .execute(params![acting.act, ONLY, word(&POLICIES, policy)])?;
    Ok(ONLY)
}

fn read_policy(row: &Row<'_>) -> rusqlite::Result<RatePolicy> {
    meaning(&POLICIES, row, 1)
}
