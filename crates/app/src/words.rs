//! Small sentences: dates, counts, spans. One place, so that every screen and command says them alike.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// "23 Nov 2026".
pub fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// "1 seat", "2 seats", "1,204 seats".
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// "1,204".
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "just now", "2 min ago", "3 h ago", "12 days ago".
pub fn ago(then: Timestamp, now: Timestamp) -> String {
    let span = now.duration_since(then).max(SignedDuration::ZERO);
    let minutes = span.as_mins();
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..2_880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_and_agree_with_their_noun() {
        for (count, text) in
            [(0, "0 seats"), (1, "1 seat"), (999, "999 seats"), (1_000, "1,000 seats"), (1_234_567, "1,234,567 seats")]
        {
            assert_eq!(counted(count, "seat", "seats"), text);
        }
    }

    #[test]
    fn spans_are_told_in_the_unit_people_use() {
        let then: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        for (seconds, text) in [
            (0, "just now"),
            (59, "just now"),
            (120, "2 min ago"),
            (3_600, "1 h ago"),
            (172_800, "2 days ago"),
            (-60, "just now"),
        ] {
            assert_eq!(ago(then, then + SignedDuration::from_secs(seconds)), text);
        }
    }
}
