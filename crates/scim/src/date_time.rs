//! Instants as servers write them (RFC 7643 §2.3.5 and what is near it).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Reads an instant with 0 to 9 digits of a second and any offset; without an offset it is UTC, without a time midnight.
pub fn date_time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Some(instant) = usual(text.as_bytes()) {
        return Some(instant);
    }
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    let civil = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|day| day.at(0, 0, 0, 0))).ok()?;
    TimeZone::UTC.to_timestamp(civil).ok()
}

/// The form that nearly every server uses, `2026-10-01T09:12:33.004Z`, in a fraction of the time.
fn usual(text: &[u8]) -> Option<Timestamp> {
    let (whole, rest) = text.split_first_chunk::<19>()?;
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', i0, i1, b':', s0, s1] = *whole else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i64, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
    };
    let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
    let (hour, minute, second) = (number(&[h0, h1])?, number(&[i0, i1])?, number(&[s0, s1])?);
    // Leap seconds and what is no time at all are left to the full reader.
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let millis = match *rest {
        [b'Z'] => 0,
        [b'.', a, b, c, b'Z'] => number(&[a, b, c])?,
        _ => return None,
    };
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let seconds = days_before(year, month) + i64::from(date.day()) - 1;
    let seconds = ((seconds * 24 + hour) * 60 + minute) * 60 + second;
    Timestamp::from_millisecond(seconds * 1_000 + millis).ok()
}

/// Days from 1970-01-01 to the first of the month, counted in years that begin in March.
fn days_before(year: i64, month: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap + (153 * month + 2) / 5 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_form_reads_as_every_other() {
        let mut day = jiff::civil::date(0, 1, 1);
        while day.year() < 9_998 {
            for time in ["T00:00:00Z", "T23:59:59.987Z"] {
                let text = format!("{day}{time}");
                let expected: Timestamp = text.parse().unwrap();
                assert_eq!(usual(text.as_bytes()), Some(expected), "{text}");
            }
            day = day.saturating_add(jiff::Span::new().days(19));
        }
    }

    #[test]
    fn other_forms_are_left_to_the_full_reader() {
        for text in ["", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00"]
        {
            assert_eq!(usual(text.as_bytes()), None, "{text}");
        }
        assert_eq!(usual(b"2026-01-01T00:00:00+01:00"), None);
        assert_eq!(usual(b"2026-01-01 00:00:00Z"), None);
    }
}
