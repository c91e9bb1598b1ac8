//! Civil dates: recurrence from the anchor, real days, and the one conversion between "last day" and "end".
//! Absent on purpose: time zones, the clock, months of 30 days.

use jiff::Span;
use jiff::civil::Date;

use crate::money::{Exact, ratio, whole};
use crate::purchase::{Purchase, Term};

/// The k-th date of a recurrence: `anchor + k × months`, clamped to the end of its month. It is counted from the anchor,
/// never from the date before, so that 31 Jan → 28 Feb → 31 Mar (spend.md D4).
pub fn nth_date(anchor: Date, months: u8, k: u32) -> Date {
    months_after(anchor, u32::from(months).saturating_mul(k))
}

/// The date `months` after the anchor, clamped to the end of its month; the calendar's last day when that is too far.
pub fn months_after(anchor: Date, months: u32) -> Date {
    match Span::new().try_months(months) {
        Ok(span) => anchor.saturating_add(span),
        Err(_) => Date::MAX,
    }
}

/// The whole months between two dates: the largest n whose n-th monthly date is not after `end`.
pub fn whole_months(from: Date, end: Date) -> u32 {
    let years = i64::from(end.year()).saturating_sub(i64::from(from.year()));
    let months = i64::from(end.month()).saturating_sub(i64::from(from.month()));
    let touched = years.saturating_mul(12).saturating_add(months);
    let touched = u32::try_from(touched).unwrap_or_default();
    if months_after(from, touched) > end { touched.saturating_sub(1) } else { touched }
}

/// Months between two dates as a fraction: whole months, and the days of the one that is not complete over its days.
pub fn months_between(from: Date, end: Date) -> Exact {
    let complete = whole_months(from, end);
    let (start, next) = (months_after(from, complete), months_after(from, complete.saturating_add(1)));
    let days = |to| Exact::from(days_between(start, to).max(0));
    whole(complete.into()) + ratio(&days(end), &days(next)).unwrap_or_else(|| whole(0))
}

/// Days from the first date to the second; negative when the second is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours().checked_div(24).unwrap_or_default()
}

/// The last day of a term, as people type it; `None` while open-ended.
pub fn last_day(term: &Term) -> Option<Date> {
    term.end.map(|end| end.yesterday().unwrap_or(end))
}

/// The end of a term whose last day was typed.
pub fn end_after(last_day: Date) -> Date {
    last_day.tomorrow().unwrap_or(last_day)
}

/// The days of a term; `None` while open-ended.
pub fn term_days(term: &Term) -> Option<u64> {
    term.end.map(|end| u64::try_from(days_between(term.from, end)).unwrap_or_default())
}

impl Purchase {
    /// The last day on which it is in force; `None` while open-ended.
    pub fn last_day(&self) -> Option<Date> {
        last_day(&self.term)
    }
}
