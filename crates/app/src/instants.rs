//! Instants as text: RFC 3339 in UTC, with as many decimals as there are. What `jiff` writes, without its general printer.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// An instant, `2026-11-23T09:14:05.25Z`.
pub(crate) fn instant(at: Timestamp) -> String {
    let civil = TimeZone::UTC.to_datetime(at);
    let Ok(year) = u16::try_from(civil.year()) else { return at.to_string() };
    let mut text = String::with_capacity(30);
    let parts = [(civil.month(), '-'), (civil.day(), 'T'), (civil.hour(), ':'), (civil.minute(), ':')];
    two(&mut text, year / 100);
    two(&mut text, year % 100);
    text.push('-');
    for (part, after) in parts {
        two(&mut text, part.unsigned_abs().into());
        text.push(after);
    }
    two(&mut text, civil.second().unsigned_abs().into());
    let mut rest = civil.subsec_nanosecond().unsigned_abs();
    let mut place = 100_000_000;
    if rest > 0 {
        text.push('.');
    }
    while rest > 0 {
        text.push(digit(rest / place));
        rest %= place;
        place /= 10;
    }
    text.push('Z');
    text
}

fn two(text: &mut String, number: u16) {
    text.push(digit(u32::from(number) / 10));
    text.push(digit(u32::from(number) % 10));
}

fn digit(number: u32) -> char {
    char::from_digit(number, 10).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_read_as_the_library_writes_them() {
        let mut micros = vec![0, 1, -1, 999_999, 1_000_000, 1_790_845_953_004_000, -62_135_596_800_000_000];
        // Steps that meet every month, hour and number of decimals.
        micros.extend((-1_000..3_000_i64).map(|step| step * 86_399_000_137 * 17));
        for micros in micros {
            let at = Timestamp::from_microsecond(micros).unwrap();
            assert_eq!(instant(at), at.to_string());
        }
        for at in [Timestamp::MIN, Timestamp::MAX, Timestamp::from_nanosecond(1).unwrap()] {
            assert_eq!(instant(at), at.to_string());
        }
    }
}
