//! The renewals as an iCalendar file (RFC 5545): CRLF, lines folded at 75 octets, text escaped.
//! Absent on purpose: the clock; the stamp is an argument.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::end_after;
use crate::renewals::{Renewal, Stage};

/// Octets of a line before it is folded.
const LINE: usize = 75;

/// Who made the file, and whose renewals they are.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    /// The app's slug: part of every UID, so that calendars of two apps can be joined.
    pub app: &'a str,
    /// The app's name.
    pub name: &'a str,
    /// When it was made.
    pub stamp: Timestamp,
}

/// One all-day event on each deadline that has not passed, with an alarm at each mark that is still to come.
pub fn icalendar(calendar: Calendar, renewals: &[Renewal]) -> String {
    let mut text = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Seatledger//Renewals//EN", "CALSCALE:GREGORIAN"] {
        fold(&mut text, line);
    }
    for renewal in renewals.iter().filter(|renewal| renewal.renewed_by.is_none() && renewal.days_left >= 0) {
        event(&mut text, calendar, renewal);
    }
    fold(&mut text, "END:VCALENDAR");
    text
}

fn event(text: &mut String, calendar: Calendar, renewal: &Renewal) {
    let what = match renewal.stage {
        _ if renewal.notice_by.is_none() => "term ends",
        _ if renewal.auto_renews => "last day to give notice, renews itself",
        _ => "last day to give notice",
    };
    let summary = format!("{}: {} – {what}", calendar.name, renewal.label);
    let mut description = format!("{}.", renewal.sentence);
    if let (Some(line), false) = (&renewal.annual, matches!(renewal.stage, Stage::Expired)) {
        let _ = write!(description, "\nA year: {}", line.because.result);
    }
    let lines = [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:renewal-{}-{}@seatledger", plain(calendar.app), renewal.purchase.0),
        format!("DTSTAMP:{}", calendar.stamp.strftime("%Y%m%dT%H%M%SZ")),
        format!("DTSTART;VALUE=DATE:{}", basic(renewal.deadline)),
        format!("DTEND;VALUE=DATE:{}", basic(end_after(renewal.deadline))),
        format!("SUMMARY:{}", escaped(&summary)),
        format!("DESCRIPTION:{}", escaped(&description)),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    for line in lines {
        fold(text, &line);
    }
    for mark in renewal.marks.iter().filter(|mark| !mark.reached) {
        let lines = [
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("DESCRIPTION:{}", escaped(&summary)),
            format!("TRIGGER:-P{}D", mark.days),
            "END:VALARM".to_owned(),
        ];
        for line in lines {
            fold(text, &line);
        }
    }
    fold(text, "END:VEVENT");
}

fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

fn plain(slug: &str) -> String {
    slug.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
}

/// RFC 5545, 3.3.11: backslash, semicolon and comma are escaped, a line break is written "\n".
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// RFC 5545, 3.1: a line has at most 75 octets; the next one goes on after a space. Characters stay whole.
fn fold(text: &mut String, line: &str) {
    let mut octets: usize = 0;
    for c in line.chars() {
        if octets.saturating_add(c.len_utf8()) > LINE {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets = octets.saturating_add(c.len_utf8());
    }
    text.push_str("\r\n");
}
