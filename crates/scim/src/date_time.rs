//! Instants as servers write them (RFC 7643 §2.3.5 and what is near it).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Reads an instant with 0 to 9 digits of a second and any offset; without an offset it is UTC, without a time midnight.
pub fn date_time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    let civil = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|day| day.at(0, 0, 0, 0))).ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}
