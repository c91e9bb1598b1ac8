//! When an app is read by itself. Only whoever keeps the program open asks what is due; nothing here waits.

use jiff::{SignedDuration, Timestamp};
use store::{App, ConnectionSettings};

use crate::error::{Error, Result};
use crate::instants::instant;
use crate::seatledger::{Rooms, Seatledger};
use crate::view::integration::{IntegrationView, ScheduleRequest, ScheduleView};
use crate::view::problem::FieldProblem;
use crate::words::counted;

const HOURS: std::ops::RangeInclusive<u32> = 1..=168;

/// When the next reading is due; `None` for never. The last attempt counts, whatever came of it: a failed one waits its
/// whole interval too. An attempt that lies in the future is one of a clock since set right, and counts for nothing.
fn next(every_hours: Option<u32>, last_attempt: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    let every = SignedDuration::from_hours(i64::from(every_hours?));
    let last = last_attempt.filter(|last| *last <= now);
    Some(last.map_or(now, |last| last.saturating_add(every).unwrap_or(now)))
}

fn is_due(every_hours: Option<u32>, last_attempt: Option<Timestamp>, now: Timestamp) -> bool {
    next(every_hours, last_attempt, now).is_some_and(|next| next <= now)
}

pub(crate) fn allowed(every_hours: Option<u32>) -> Result<Option<u32>> {
    if every_hours.is_none_or(|hours| HOURS.contains(&hours)) {
        return Ok(every_hours);
    }
    let message = "Enter whole hours from 1 to 168 (a week), or choose never".to_owned();
    Err(Error::Refused(vec![FieldProblem { field: "every_hours".to_owned(), message }]))
}

impl Seatledger {
    /// The apps whose schedule is due now and that nobody is reading.
    pub fn due(&self) -> Result<Vec<String>> {
        let mut due = Vec::new();
        for app in self.store.apps()? {
            let every_hours = self.store.connection(app.id)?.sync_every_hours;
            if is_due(every_hours, self.last_attempt(&app)?, self.now()) && !self.is_syncing(&app.slug) {
                due.push(app.slug);
            }
        }
        Ok(due)
    }

    /// Sets when the app is read by itself.
    pub fn schedule_save(&self, request: &ScheduleRequest) -> Result<IntegrationView> {
        let app = self.app(&request.app)?;
        let every_hours = allowed(request.every_hours)?;
        self.store.change_connection(app.id, |settings| settings.sync_every_hours = every_hours)?;
        self.integration_of(&app)
    }
}

impl Rooms {
    fn last_attempt(&self, app: &App) -> Result<Option<Timestamp>> {
        Ok(self.store.runs(app.id, 1)?.first().map(|run| run.started_at))
    }

    pub(crate) fn schedule_view(&self, app: &App, settings: &ConnectionSettings) -> Result<ScheduleView> {
        let every_hours = settings.sync_every_hours;
        let now = self.now();
        let next = next(every_hours, self.last_attempt(app)?, now);
        let sentence = match (every_hours, next) {
            (Some(hours), Some(next)) => {
                let when = if next <= now { " It is due now." } else { "" };
                let every = if hours == 1 { "hour".to_owned() } else { counted(u64::from(hours), "hour", "hours") };
                format!("Read every {every} while Seatledger is open.{when}")
            }
            _ => "Read only when somebody, or a scheduler of this machine, asks for it.".to_owned(),
        };
        Ok(ScheduleView { every_hours, next: next.map(|next| instant(next.max(now))), sentence })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_reading_is_due_a_whole_interval_after_the_last_attempt() {
        let now = at("2026-11-23T12:00:00Z");
        for (every, last, due) in [
            (None, None, false),
            (None, Some("2026-01-01T00:00:00Z"), false),
            (Some(6), None, true),
            (Some(6), Some("2026-11-23T06:00:00Z"), true),
            (Some(6), Some("2026-11-23T06:00:01Z"), false),
            (Some(1), Some("2026-11-23T11:59:00Z"), false),
            (Some(168), Some("2026-11-16T12:00:00Z"), true),
            (Some(168), Some("2026-11-16T12:00:01Z"), false),
            // A clock that was wrong once must not stop the schedule for years.
            (Some(6), Some("2031-01-01T00:00:00Z"), true),
        ] {
            assert_eq!(is_due(every, last.map(at), now), due, "every {every:?}, last {last:?}");
        }
    }

    #[test]
    fn only_an_hour_to_a_week_is_a_schedule() {
        for hours in [Some(0), Some(169), Some(u32::MAX)] {
            assert!(allowed(hours).is_err(), "{hours:?}");
        }
        for hours in [None, Some(1), Some(168)] {
            assert_eq!(allowed(hours).unwrap(), hours);
        }
    }
}
