"""Reads a calendar file with a parser that others wrote, and says what it found: `calendar_check.py FILE SUMMARY…`.

Fails where a line cannot be read, a component lacks what RFC 5545 asks for, or a summary is not among the events.
"""

import sys

from icalendar import Calendar


def main(path: str, summaries: list[str]) -> None:
    with open(path, "rb") as file:
        calendar = Calendar.from_ical(file.read())
    broken = [error for component in calendar.walk() for error in component.errors]
    assert not broken, broken
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"], calendar
    events = calendar.walk("VEVENT")
    assert events, "a calendar needs a component"
    uids = [str(event["UID"]) for event in events]
    assert len(set(uids)) == len(uids), uids
    for event in events:
        assert event["DTSTAMP"].dt.tzinfo is not None, event
        assert (event["DTEND"].dt - event["DTSTART"].dt).days == 1, event
        for alarm in event.walk("VALARM"):
            assert alarm["ACTION"] in ("DISPLAY", "EMAIL") and alarm["DESCRIPTION"], alarm
            if alarm["ACTION"] == "EMAIL":
                assert alarm["SUMMARY"] and str(alarm["ATTENDEE"]).startswith("mailto:"), alarm
            assert alarm["TRIGGER"].dt.days < 0, alarm
    found = [str(event["SUMMARY"]) for event in events]
    missing = [summary for summary in summaries if summary not in found]
    assert not missing, f"{missing} not in {found}"
    alarms = sum(len(event.walk("VALARM")) for event in events)
    assert alarms > 0, "no event has an alarm"
    print(f"others: {path}, {len(events)} events, {alarms} alarms: read by icalendar")


main(sys.argv[1], sys.argv[2:])
