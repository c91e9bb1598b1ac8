//! The calendar file: RFC 5545's line folding, escaping, alarms, and what stands in it on which day.

use jiff::Timestamp;
use ledger::{Calendar, Paperwork, Purchase, Renewal, TypeNames, icalendar, renewals};

use crate::ahead::ending;
use crate::make::{day, lot, term, yearly};

fn stamp() -> Timestamp {
    "2026-11-23T12:30:00Z".parse().unwrap()
}

fn found(purchases: &[Purchase]) -> Vec<Renewal> {
    renewals(day("2026-11-23"), purchases, &[], TypeNames::default())
}

fn text(renewals: &[Renewal]) -> String {
    icalendar(stamp(), &[Calendar { app: "acme", name: "Acme", renewals }]).unwrap().text
}

/// The lines as they were before they were folded.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// The values of a property, in the file's order.
fn values(text: &str, property: &str) -> Vec<String> {
    lines(text).iter().filter_map(|line| line.strip_prefix(property)).map(str::to_owned).collect()
}

#[test]
fn events_have_a_stable_identity_and_whole_days() {
    let text = text(&found(&[ending(7, "2027-03-31", Some(60))]));
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") && text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(values(&text, "UID:"), ["renewal-acme-7@seatledger", "end-acme-7@seatledger"]);
    assert_eq!(values(&text, "DTSTAMP:"), ["20261123T123000Z"; 2]);
    assert_eq!(values(&text, "DTSTART;VALUE=DATE:"), ["20270130", "20270331"]);
    assert_eq!(values(&text, "DTEND;VALUE=DATE:"), ["20270131", "20270401"]);
    let expected = ["Acme: P7 – last day to give notice", "Acme: P7 – term ends"];
    assert_eq!(values(&text, "SUMMARY:"), expected);
}

#[test]
fn an_alarm_stands_at_each_mark_to_come_and_says_what_it_is_about() {
    let text = text(&found(&[ending(7, "2027-03-31", Some(60))]));
    let alarms = lines(&text);
    let first = alarms.iter().position(|line| line == "BEGIN:VALARM").unwrap();
    let expected = [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Acme: P7 – last day to give notice",
        "TRIGGER:-P60D",
        "END:VALARM",
    ];
    assert_eq!(alarms[first..first + 5], expected);
    assert_eq!(values(&text, "TRIGGER:"), ["-P60D", "-P30D"], "the marks at 120 and 90 days have passed");
}

#[test]
fn whoever_is_to_be_reminded_gets_an_e_mail_at_each_mark_to_come() {
    let paperwork = Paperwork {
        owner: "Mira; Okafor".to_owned(),
        reminder: "li%c&e+n@größe.example".to_owned(),
        documents: Vec::new(),
    };
    let text = text(&found(&[Purchase { paperwork, ..ending(7, "2027-03-31", Some(60)) }]));
    let lines = lines(&text);
    let said = "The last day to give notice is 30 Jan 2027. The term ends on 31 Mar 2027.\\nA year: $1\\,000.00\\nOwner: \
                Mira\\; Okafor\\nReminder to: li%c&e+n@größe.example";
    let first = lines.iter().position(|line| line == "ACTION:EMAIL").unwrap();
    let expected = [
        "BEGIN:VALARM",
        "ACTION:EMAIL",
        "SUMMARY:Acme: P7 – last day to give notice",
        &format!("DESCRIPTION:{said}"),
        "ATTENDEE:mailto:li%25c%26e+n@gr%C3%B6%C3%9Fe.example",
        "TRIGGER:-P60D",
        "END:VALARM",
    ];
    assert_eq!(lines[first - 1..first + 6], expected);
    assert_eq!(values(&text, "ACTION:"), ["DISPLAY", "EMAIL", "DISPLAY", "EMAIL"], "the marks at 60 and 30 days");
    assert!(!lines.iter().any(|line| line.starts_with("ATTENDEE") && !line.contains("mailto:")));
}

#[test]
fn descriptions_say_days_and_never_how_far_they_are() {
    let renews = Purchase { auto_renews: true, ..ending(7, "2027-03-31", Some(60)) };
    let to_come = Purchase { term: term("2026-12-10", Some("2027-12-09")), ..yearly(8, 10, "100") };
    let text = text(&found(&[renews, to_come]));
    let expected = [
        "The last day to give notice is 30 Jan 2027. The term ends on 31 Mar 2027 and renews itself on 1 Apr 2027.\\nA \
         year: $1\\,000.00",
        "The term ends on 9 Dec 2027.\\nA year: $1\\,000.00",
    ];
    let mut said = values(&text, "DESCRIPTION:The");
    said.dedup();
    assert_eq!(said.iter().map(|end| format!("The{end}")).collect::<Vec<_>>(), expected);
    for word in ["Starts", "in 1", "ago", "tomorrow", "today"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

#[test]
fn a_term_whose_notice_day_has_passed_keeps_its_end() {
    let missed = Purchase { auto_renews: true, ..ending(9, "2026-12-31", Some(60)) };
    let text = text(&found(&[missed]));
    assert_eq!(values(&text, "UID:"), ["end-acme-9@seatledger"]);
    assert_eq!(values(&text, "DTSTART;VALUE=DATE:"), ["20261231"]);
    assert_eq!(values(&text, "SUMMARY:"), ["Acme: P9 – term ends\\, renews itself"]);
}

#[test]
fn without_a_deadline_there_is_no_calendar() {
    let over = found(&[ending(8, "2026-11-20", None)]);
    assert_eq!(over.len(), 1, "it is expired, and nothing follows");
    assert_eq!(icalendar(stamp(), &[Calendar { app: "acme", name: "Acme", renewals: &over }]), None);
    assert_eq!(icalendar(stamp(), &[]), None);
}

#[test]
fn text_is_escaped_and_lines_are_folded_at_75_octets_between_characters() {
    let name = "Größe; Main, \"all\" \\ seats – äöüäöüäöüäöüäöüäöüäöüäöüäöüäöü 席席席席席席席席席席席席席席席席席席席席席席席席";
    let named = Purchase { name: name.to_owned(), price: lot("5"), ..ending(7, "2027-03-31", Some(60)) };
    let text = text(&found(&[named]));
    let folded: Vec<&str> = text.split_terminator("\r\n").collect();
    assert!(folded.iter().all(|line| line.len() <= 75), "{text}");
    assert!(folded.iter().any(|line| line.len() >= 73), "lines are filled: a character of three octets stays whole");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    let escaped = name.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    assert_eq!(values(&text, "SUMMARY:")[0], format!("Acme: {escaped} – last day to give notice"));
}

#[test]
fn several_apps_make_one_calendar() {
    let (one, none, other) =
        (found(&[ending(1, "2027-03-31", None)]), found(&[]), found(&[ending(1, "2027-05-31", None)]));
    let calendar = |app, renewals| Calendar { app, name: "Acme", renewals };
    let file = icalendar(stamp(), &[calendar("empty", &none), calendar("one", &one), calendar("o t", &other)]).unwrap();
    assert_eq!(file.events, 2);
    assert_eq!(values(&file.text, "UID:"), ["renewal-one-1@seatledger", "renewal-o-t-1@seatledger"]);
    for once in ["BEGIN:VCALENDAR", "END:VCALENDAR", "VERSION:2.0"] {
        assert_eq!(lines(&file.text).iter().filter(|line| *line == once).count(), 1, "{once}");
    }
}
