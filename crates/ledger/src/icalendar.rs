//! The renewals as an iCalendar file (RFC 5545): CRLF, lines folded at 75 octets, text escaped.
//! Absent on purpose: the clock; the stamp is an argument.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::end_after;
use crate::day::day_text;
use crate::renewals::{Mark, Renewal, Stage};

/// Octets of a line before it is folded.
const LINE: usize = 75;

/// One app's renewals.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    /// The app's slug: part of every UID, so that several apps fit into one file.
    pub app: &'a str,
    /// The app's name.
    pub name: &'a str,
    /// Its renewals.
    pub renewals: &'a [Renewal],
}

/// A calendar file, and how many events it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFile {
    /// The file's content.
    pub text: String,
    /// At least one.
    pub events: u64,
}

/// All-day events on each last day to give notice that has not passed, with an alarm at each mark that is still to come
/// (and an e-mail for whoever is to be reminded), and on each term's last day; of what nothing follows yet. `None` without any event: RFC 5545, 3.6 knows no empty
/// calendar.
pub fn icalendar(stamp: Timestamp, calendars: &[Calendar]) -> Option<CalendarFile> {
    let events: Vec<String> = calendars
        .iter()
        .flat_map(|calendar| calendar.renewals.iter().flat_map(|renewal| events(stamp, *calendar, renewal)))
        .collect();
    if events.is_empty() {
        return None;
    }
    let mut text = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Seatledger//Renewals//EN", "CALSCALE:GREGORIAN"] {
        fold(&mut text, line);
    }
    text.extend(events.iter().map(String::as_str));
    fold(&mut text, "END:VCALENDAR");
    Some(CalendarFile { text, events: u64::try_from(events.len()).unwrap_or(u64::MAX) })
}

/// What is to be decided, while it can be, and the end of the term where that is another day.
fn events(stamp: Timestamp, calendar: Calendar, renewal: &Renewal) -> Vec<String> {
    if renewal.renewed_by.is_some() || renewal.stage == Stage::Expired {
        return Vec::new();
    }
    let ends = if renewal.auto_renews { "term ends, renews itself" } else { "term ends" };
    let last = Event { kind: "end", day: renewal.last_day, what: ends, marks: &[] };
    let decided = match (renewal.notice_by, renewal.auto_renews) {
        (None, _) => {
            return vec![Event { kind: "renewal", marks: &renewal.marks, ..last }.text(stamp, calendar, renewal)];
        }
        (Some(_), true) => "last day to give notice, renews itself",
        (Some(_), false) => "last day to give notice",
    };
    let notice = Event { kind: "renewal", day: renewal.deadline, what: decided, marks: &renewal.marks };
    let to_come = (renewal.stage != Stage::NoticePassed).then_some(notice);
    to_come.into_iter().chain([last]).map(|event| event.text(stamp, calendar, renewal)).collect()
}

/// An all-day event about a renewal.
struct Event<'a> {
    /// Tells the events of one renewal apart: part of the UID.
    kind: &'static str,
    day: Date,
    what: &'static str,
    marks: &'a [Mark],
}

impl Event<'_> {
    fn text(&self, stamp: Timestamp, calendar: Calendar, renewal: &Renewal) -> String {
        let summary = escaped(&format!("{}: {} – {}", calendar.name, renewal.label, self.what));
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}-{}-{}@seatledger", self.kind, plain(calendar.app), renewal.purchase.0),
            format!("DTSTAMP:{}", stamp.strftime("%Y%m%dT%H%M%SZ")),
            format!("DTSTART;VALUE=DATE:{}", basic(self.day)),
            format!("DTEND;VALUE=DATE:{}", basic(end_after(self.day))),
            format!("SUMMARY:{summary}"),
            format!("DESCRIPTION:{}", escaped(&description(renewal))),
            "TRANSP:TRANSPARENT".to_owned(),
        ];
        for mark in self.marks.iter().filter(|mark| !mark.reached) {
            lines.extend([
                "BEGIN:VALARM".to_owned(),
                "ACTION:DISPLAY".to_owned(),
                format!("DESCRIPTION:{summary}"),
                format!("TRIGGER:-P{}D", mark.days),
                "END:VALARM".to_owned(),
            ]);
            lines.extend(mailed(renewal, &summary, *mark).into_iter().flatten());
        }
        lines.push("END:VEVENT".to_owned());
        let mut text = String::new();
        for line in &lines {
            fold(&mut text, line);
        }
        text
    }
}

/// RFC 5545, 3.6.6: an alarm that is an e-mail names whom it goes to; an event that nobody is invited to must not
/// (3.8.4.1).
fn mailed(renewal: &Renewal, summary: &str, mark: Mark) -> Option<[String; 7]> {
    let address = Some(&renewal.paperwork.reminder).filter(|address| !address.is_empty())?;
    Some([
        "BEGIN:VALARM".to_owned(),
        "ACTION:EMAIL".to_owned(),
        format!("SUMMARY:{summary}"),
        format!("DESCRIPTION:{}", escaped(&description(renewal))),
        format!("ATTENDEE:mailto:{}", in_uri(address)),
        format!("TRIGGER:-P{}D", mark.days),
        "END:VALARM".to_owned(),
    ])
}

/// RFC 6068, 2: what has a meaning in a link is written by its octets.
fn in_uri(address: &str) -> String {
    let kept = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~!$'*+@".contains(&octet);
    let octet = |octet: u8| if kept(octet) { char::from(octet).to_string() } else { format!("%{octet:02X}") };
    address.bytes().map(octet).collect()
}

/// Days only, none counted from the day on which the file was made: it is read on later ones.
fn description(renewal: &Renewal) -> String {
    let notice = renewal.notice_by.map(|day| format!("The last day to give notice is {}. ", day_text(day)));
    let ends = format!("The term ends on {}", day_text(renewal.last_day));
    let renews =
        renewal.auto_renews.then(|| format!(" and renews itself on {}", day_text(end_after(renewal.last_day))));
    let annual = renewal.annual.as_ref().map(|line| format!("\nA year: {}", line.because.result));
    let said = |word: &str, text: &str| (!text.is_empty()).then(|| format!("\n{word}: {text}"));
    let owner = said("Owner", &renewal.paperwork.owner);
    let reminder = said("Reminder to", &renewal.paperwork.reminder);
    [notice, Some(ends), renews, Some(".".to_owned()), annual, owner, reminder].into_iter().flatten().collect()
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
