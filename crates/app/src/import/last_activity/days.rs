//! When somebody was last active, as cells write it. Absent on purpose: guessing; what can be read in two ways is refused.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::called::plain;
use super::super::words;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// On this day.
    On(Date),
    /// Never.
    Never,
    /// Nobody knows, which is not never.
    Unknown,
}

const NEVER: [&str; 9] =
    ["never", "neverloggedin", "neveractive", "nosignin", "noactivity", "nie", "niemals", "jamais", "aucune"];
const UNKNOWN: [&str; 9] =
    ["unknown", "notavailable", "na", "notmonitored", "unbekannt", "inconnu", "inconnue", "null", "undefined"];
const MILLISECONDS: usize = 13;
const SECONDS: usize = 10;

/// How days are read.
#[derive(Debug, Clone)]
pub(super) struct Days {
    /// Where instants become days.
    pub(super) zone: TimeZone,
    pub(super) day_first: Option<bool>,
    pub(super) today: Date,
}

impl Days {
    /// Reads a cell; what is wrong with it is a predicate.
    pub(super) fn read(&self, text: &str) -> Result<Said, String> {
        let text = text.trim().trim_start_matches('\'');
        let short = plain(text);
        if text.is_empty()
            || NEVER.contains(&short.as_str())
            || text.chars().all(|sign| matches!(sign, '-' | '–' | '—'))
        {
            return Ok(Said::Never);
        }
        if UNKNOWN.contains(&short.as_str()) {
            return Ok(Said::Unknown);
        }
        let day = self.instant(text).map_or_else(|| self.day(text), Ok)?;
        // A clock that is ahead, or another time zone, may be a day further.
        if self.today.tomorrow().is_ok_and(|tomorrow| day > tomorrow) {
            return Err(format!("\"{text}\" lies in the future"));
        }
        Ok(Said::On(day))
    }

    /// An instant with its offset, in the organisation's zone.
    fn instant(&self, text: &str) -> Option<Date> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let at = match text.len() {
            MILLISECONDS if digits => Timestamp::from_millisecond(text.parse().ok()?).ok()?,
            SECONDS if digits => Timestamp::from_second(text.parse().ok()?).ok()?,
            _ => {
                let offset = text.strip_suffix("UTC").or_else(|| text.strip_suffix("GMT"));
                let written = offset.map(|bare| format!("{}Z", bare.trim_end()));
                written.as_deref().unwrap_or(text).parse().ok()?
            }
        };
        Some(self.zone.to_datetime(at).date())
    }

    /// A day without an offset: its time of day does not matter.
    fn day(&self, text: &str) -> Result<Date, String> {
        let bare = without_time(text);
        let settled = self.day_first.and_then(|first| words::day(bare, first));
        ledger::parse_day(settled.as_deref().unwrap_or(bare)).map_err(|error| format!("\"{text}\" {error}"))
    }
}

/// "2 Jun 2026, 17:41" and "6/2/2026 5:41 PM" without what follows the day.
fn without_time(text: &str) -> &str {
    let colon = text.find(':').unwrap_or(text.len());
    let before = text.get(..colon).unwrap_or(text);
    if colon == text.len() {
        // "2026-06-02T17" is no day; "20 Oct 2026" has no time.
        return text.split_once('T').filter(|(day, _)| day.len() == 10).map_or(text, |(day, _)| day).trim();
    }
    let end = before.rfind([' ', 'T', ',']).unwrap_or(before.len());
    before.get(..end).unwrap_or(before).trim_end_matches([',', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(day_first: Option<bool>) -> Days {
        let zone = TimeZone::fixed(jiff::tz::offset(-5));
        Days { zone, day_first, today: "2026-11-23".parse().unwrap() }
    }

    #[test]
    fn days_and_instants_are_read_as_vendors_write_them() {
        for (text, day) in [
            ("2026-06-02", "2026-06-02"),
            ("2026-06-02T17:41:20.124436108Z", "2026-06-02"),
            ("2026-06-02T03:00:00Z", "2026-06-01"),
            ("2026-06-02T23:00:00+09:00", "2026-06-02"),
            ("2026-06-02 17:41:20 UTC", "2026-06-02"),
            ("2026-06-02 17:41:20", "2026-06-02"),
            ("2026-06-02 17:41", "2026-06-02"),
            ("2 Jun 2026, 17:41", "2026-06-02"),
            ("Jun 2, 2026 5:41 PM", "2026-06-02"),
            ("1780421400000", "2026-06-02"),
            ("1780421400", "2026-06-02"),
            ("25.06.2026 17:41", "2026-06-25"),
        ] {
            assert_eq!(days(None).read(text), Ok(Said::On(day.parse().unwrap())), "{text}");
        }
        assert_eq!(days(Some(false)).read("6/2/2026 5:41 PM"), Ok(Said::On("2026-06-02".parse().unwrap())));
        assert_eq!(days(Some(true)).read("6/2/2026"), Ok(Said::On("2026-02-06".parse().unwrap())));
    }

    #[test]
    fn never_and_not_known_are_told_apart() {
        for text in ["", "  ", "Never", "never logged in", "-", "–", "Nie", "jamais"] {
            assert_eq!(days(None).read(text), Ok(Said::Never), "{text:?}");
        }
        for text in ["unknown", "N/A", "Not monitored", "null"] {
            assert_eq!(days(None).read(text), Ok(Said::Unknown), "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_in_one_way_is_refused() {
        for (text, told) in [
            ("6/2/2026", "6/2/2026"),
            ("last week", "last week"),
            ("2026-02-30", "2026-02-30"),
            ("2027-01-01", "lies in the future"),
            ("46000", "46000"),
        ] {
            assert!(days(None).read(text).unwrap_err().contains(told), "{text}: {:?}", days(None).read(text));
        }
        assert!(days(None).read("2026-11-24").is_ok(), "tomorrow, by a clock that is ahead");
    }
}
