//! Days as people type and read them. Only what can mean one day is understood; a length like "+1y" makes a last day,
//! counted from the first day that is passed in. Absent on purpose: locales, "today".

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use thiserror::Error;

/// Years that a purchase can be about.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Why a day was refused: a predicate, to be said of the field ("End date must be a day like 2027-03-31").
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// Nothing was typed.
    #[error("must not be empty: write a day like 2027-03-31")]
    Empty,
    /// Not a day in a known form.
    #[error("must be a day like 2027-03-31 or 31 Mar 2027")]
    NotADay,
    /// The day or month does not exist.
    #[error("does not exist: {month} {year} has {days} days")]
    NoSuchDay {
        /// The month's name.
        month: &'static str,
        /// The year.
        year: i16,
        /// How many days it has.
        days: i8,
    },
    /// No month has the number.
    #[error("has month {0}, but a year has 12: write it like 2027-03-31 or 31 Mar 2027")]
    NoSuchMonth(i8),
    /// Could mean two days.
    #[error("can be read as {first} or as {second}: write it like {}", iso(*.first_day))]
    Ambiguous {
        /// With the month first.
        first: String,
        /// With the day first.
        second: String,
        /// The first reading, as an example of a clear form.
        first_day: Date,
    },
    /// A length, where no first day is known that it could be counted from.
    #[error("must be a day like 2027-03-31: only a last day can be a length like +1y, counted from the first day")]
    NoFirstDay,
    /// A plus without a length.
    #[error("must be a length like +1y, +18m, +6w or +30d, or a day like 2027-03-31")]
    NotALength,
    /// The year has two digits.
    #[error("needs a year with four digits, like 2027-03-31")]
    ShortYear,
    /// A year that no purchase is about.
    #[error("must lie between 1970 and 2199")]
    OutOfRange,
}

/// Reads "2027-03-31", "2027/3/31", "31 Mar 2027", "31 mar 27", "March 31, 2027", and "31/3/2027" where it can mean one day only.
pub fn parse_day(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    if text.starts_with('+') {
        return Err(length(text).map_or_else(|error| error, |_| DateError::NoFirstDay));
    }
    if !text.starts_with(char::is_alphanumeric) {
        return Err(DateError::NotADay);
    }
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|p| !p.is_empty())
        .collect();
    let &[first, second, third] = parts.as_slice() else { return Err(DateError::NotADay) };
    match (month_named(first), month_named(second)) {
        (Some(month), None) => day_of(year_beside_a_name(third)?, month, ordinal(second)?),
        (None, Some(month)) if first.len() == 4 => day_of(year(first)?, month, ordinal(third)?),
        (None, Some(month)) => day_of(year_beside_a_name(third)?, month, ordinal(first)?),
        (None, None) if first.len() == 4 => day_of(year(first)?, number(second)?, number(third)?),
        (None, None) => turned(number(first)?, number(second)?, third),
        (Some(_), Some(_)) => Err(DateError::NotADay),
    }
}

/// Reads the last day of what starts with the first day: a day, or a length ("+1y", "+18m", "+6w", "+30d"). A year from
/// 1 Apr 2027 on ends with 31 Mar 2028.
pub fn parse_last_day_after(text: &str, first: Date) -> Result<Date, DateError> {
    if !text.trim().starts_with('+') {
        return parse_day(text);
    }
    let end = first.checked_add(length(text.trim())?).map_err(|_| DateError::OutOfRange)?;
    let last = end.yesterday().map_err(|_| DateError::OutOfRange)?;
    if YEARS.contains(&last.year()) { Ok(last) } else { Err(DateError::OutOfRange) }
}

/// "+18m": a plus, a whole number from 1, and the first letter of days, weeks, months or years, or the word.
fn length(text: &str) -> Result<Span, DateError> {
    let text = text.trim_start_matches('+').trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.strip_suffix(unit).and_then(|digits| digits.parse::<u16>().ok()).filter(|number| *number > 0);
    let number = i64::from(number.ok_or(DateError::NotALength)?);
    match unit.trim().to_lowercase().as_str() {
        "d" | "day" | "days" => Ok(number.days()),
        "w" | "week" | "weeks" => Ok(number.weeks()),
        "m" | "month" | "months" => Ok(number.months()),
        "y" | "year" | "years" => Ok(number.years()),
        _ => Err(DateError::NotALength),
    }
}

/// "31 Mar 2027".
pub fn day_text(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// "2027-03-31".
pub fn iso(day: Date) -> String {
    day.to_string()
}

/// Day and month in an unknown order, then the year.
fn turned(first: i8, second: i8, year_text: &str) -> Result<Date, DateError> {
    let year = year(year_text)?;
    match (day_of(year, first, second), day_of(year, second, first)) {
        (Ok(month_first), Ok(day_first)) if month_first != day_first => Err(DateError::Ambiguous {
            first: day_text(month_first),
            second: day_text(day_first),
            first_day: month_first,
        }),
        (Ok(day), _) | (_, Ok(day)) => Ok(day),
        (Err(_), Err(error)) if (1..=12).contains(&second) => Err(error),
        (Err(error), Err(_)) => Err(error),
    }
}

fn day_of(year: i16, month: i8, day: i8) -> Result<Date, DateError> {
    if !YEARS.contains(&year) {
        return Err(DateError::OutOfRange);
    }
    let first = Date::new(year, month, 1).map_err(|_| DateError::NoSuchMonth(month))?;
    let month = usize::try_from(month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)).copied();
    Date::new(year, first.month(), day).map_err(|_| DateError::NoSuchDay {
        month: month.unwrap_or_default(),
        year,
        days: first.days_in_month(),
    })
}

fn month_named(text: &str) -> Option<i8> {
    let text = text.to_lowercase();
    let long = if text == "sept" { "september" } else { &text };
    let found = MONTHS.iter().position(|month| long.len() >= 3 && month.to_lowercase().starts_with(long))?;
    i8::try_from(found).ok()?.checked_add(1)
}

fn year(text: &str) -> Result<i16, DateError> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match (text.len(), text.parse()) {
        _ if !digits => Err(DateError::NotADay),
        (4, Ok(year)) => Ok(year),
        (2, Ok(_)) => Err(DateError::ShortYear),
        _ => Err(DateError::NotADay),
    }
}

/// Beside a month's name, two digits of a year can mean one year of this century only.
fn year_beside_a_name(text: &str) -> Result<i16, DateError> {
    match year(text) {
        Err(DateError::ShortYear) => {
            text.parse::<i16>().ok().and_then(|short| short.checked_add(2000)).ok_or(DateError::NotADay)
        }
        other => other,
    }
}

/// "31" or "31st".
fn ordinal(text: &str) -> Result<i8, DateError> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match text.strip_prefix(digits).map(str::to_ascii_lowercase).as_deref() {
        Some("" | "st" | "nd" | "rd" | "th") => number(digits),
        _ => Err(DateError::NotADay),
    }
}

fn number(text: &str) -> Result<i8, DateError> {
    let short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| short).ok_or(DateError::NotADay)
}
