//! Counts over time, from the kept daily counts and changes: nothing here walks through the members' history.

use jiff::civil::Date;
use roster::{ChangeKind, License};
use rusqlite::params;

use crate::apps::AppId;
use crate::change_log::kind_of;
use crate::columns::{Day, LicenseColumn, month_of};
use crate::{Store, StoreError};

/// How many seats of one license are held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatCount {
    /// Which license.
    pub license: License,
    /// Members listed with it, deactivated ones too.
    pub assigned: u64,
    /// Those of them that are active.
    pub active: u64,
}

impl Store {
    /// Seats held per license at the end of a day, or now. Licenses held by nobody are left out.
    pub fn seat_counts(&self, app: AppId, day: Option<Date>) -> Result<Vec<SeatCount>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT key, assigned, active FROM (
                     SELECT license, assigned, active, max(day) FROM seat_count
                     WHERE app = ?1 AND (?2 IS NULL OR day <= ?2) GROUP BY license)
                 LEFT JOIN license_type USING (license) WHERE assigned > 0 ORDER BY license",
            )?;
            let counts = asking.query_map(params![app.0, day.map(Day)], |row| {
                let license = row.get::<_, LicenseColumn>(0)?.0;
                Ok(SeatCount { license, assigned: row.get(1)?, active: row.get(2)? })
            })?;
            Ok(counts.collect::<Result<_, _>>()?)
        })
    }

    /// The days on which the active members of a license changed, each with the new number.
    pub fn active_history(&self, app: AppId) -> Result<Vec<(Date, License, u64)>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT day, key, active FROM (
                     SELECT day, license, active, lag(active, 1, 0) OVER (PARTITION BY license ORDER BY day) AS before
                     FROM seat_count WHERE app = ?1)
                 LEFT JOIN license_type USING (license) WHERE active <> before ORDER BY day, license",
            )?;
            let points = asking.query_map([app.0], |row| {
                Ok((row.get::<_, Day>(0)?.0, row.get::<_, LicenseColumn>(1)?.0, row.get(2)?))
            })?;
            Ok(points.collect::<Result<_, _>>()?)
        })
    }

    /// The days on which the seats held of a license changed, each with the new number.
    pub fn seat_history(&self, app: AppId) -> Result<Vec<(Date, License, u64)>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT day, key, assigned FROM (
                     SELECT day, license, assigned, lag(assigned, 1, 0) OVER (PARTITION BY license ORDER BY day) AS before
                     FROM seat_count WHERE app = ?1)
                 LEFT JOIN license_type USING (license) WHERE assigned <> before ORDER BY day, license",
            )?;
            let points = asking.query_map([app.0], |row| {
                Ok((row.get::<_, Day>(0)?.0, row.get::<_, LicenseColumn>(1)?.0, row.get(2)?))
            })?;
            Ok(points.collect::<Result<_, _>>()?)
        })
    }

    /// Listed members by the UTC month in which the vendor created them (`2027-03`) and what they hold now.
    pub fn created_by_month(&self, app: AppId) -> Result<Vec<(String, License, u64)>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT created, key, count(*) FROM (
                     SELECT created / 86400000000 - (created % 86400000000 < 0) AS created, license FROM member
                     WHERE app = ?1 AND status < 2 AND created IS NOT NULL)
                 LEFT JOIN license_type USING (license) GROUP BY created, license ORDER BY created, license",
            )?;
            let days = asking.query_map([app.0], |row| {
                Ok((row.get::<_, Day>(0)?.0, row.get::<_, LicenseColumn>(1)?.0, row.get(2)?))
            })?;
            by_month(days)
        })
    }

    /// How many changes of each kind a month saw, by the day their roster counts for. The first roster is where
    /// counting begins: whoever it lists did not join on that day.
    pub fn changes_by_month(&self, app: AppId) -> Result<Vec<(String, ChangeKind, u64)>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT day, kind, count(*) FROM sync_run JOIN change USING (run)
                 WHERE app = ?1 AND run > (SELECT min(run) FROM sync_run WHERE app = ?1 AND status = 'completed')
                 GROUP BY day, kind ORDER BY day, kind",
            )?;
            let days =
                asking.query_map([app.0], |row| Ok((row.get::<_, Day>(0)?.0, kind_of(row.get(1)?)?, row.get(2)?)))?;
            by_month(days)
        })
    }

    /// The days for which a roster was accepted.
    pub fn sync_days(&self, app: AppId) -> Result<Vec<Date>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT DISTINCT day FROM sync_run WHERE app = ?1 AND status = 'completed' AND day IS NOT NULL ORDER BY day",
            )?;
            let days = asking.query_map([app.0], |row| Ok(row.get::<_, Day>(0)?.0))?;
            Ok(days.collect::<Result<_, _>>()?)
        })
    }
}

/// Adds up what falls into one month; the days come in order.
fn by_month<T: PartialEq>(
    days: impl Iterator<Item = rusqlite::Result<(Date, T, u64)>>,
) -> Result<Vec<(String, T, u64)>, StoreError> {
    let mut months: Vec<(String, T, u64)> = Vec::new();
    for day in days {
        let (day, of, count) = day?;
        let month = month_of(day);
        let this_month = months.iter_mut().rev().take_while(|(known, _, _)| *known == month);
        match this_month.into_iter().find(|(_, known, _)| *known == of) {
            Some((_, _, sum)) => *sum += count,
            None => months.push((month, of, count)),
        }
    }
    Ok(months)
}
