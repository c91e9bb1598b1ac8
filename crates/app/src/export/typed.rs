//! From our exact texts to what a spreadsheet's cell holds, where nothing is lost on the way; `None` where it would be.
//! Absent on purpose: arithmetic. A spreadsheet keeps numbers in binary, so only those that read back as they were count.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use ledger::Currency;
use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format};

/// Digits that spreadsheets keep and show.
const DIGITS: usize = 15;

/// The number of a decimal text.
pub(super) fn number(text: &str) -> Option<f64> {
    let exact: Decimal = text.parse().ok()?;
    let digits = exact.normalize().mantissa().unsigned_abs().to_string().len();
    let near: f64 = text.parse().ok()?;
    let back = near.to_string().parse::<Decimal>().ok()?;
    (digits <= DIGITS && back == exact).then_some(near)
}

/// The number of a text that may hold digits only.
pub(super) fn whole(text: &str) -> Option<f64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| number(text)).flatten()
}

/// The date of `YYYY-MM-DD`.
pub(super) fn day(text: &str) -> Option<ExcelDateTime> {
    civil(text.parse::<Date>().ok()?.at(0, 0, 0, 0))
}

/// The date and time of an instant, in UTC, in whole seconds.
pub(super) fn instant(text: &str) -> Option<ExcelDateTime> {
    let at: Timestamp = text.parse().ok()?;
    civil(TimeZone::UTC.to_datetime(at))
}

/// Spreadsheets know no day before 1900, and count the first two months of it wrongly.
fn civil(at: DateTime) -> Option<ExcelDateTime> {
    let part = |number: i8| u8::try_from(number).ok();
    let year = u16::try_from(at.year()).ok().filter(|year| (1901..=9999).contains(year))?;
    let day = ExcelDateTime::from_ymd(year, part(at.month())?, part(at.day())?).ok()?;
    day.and_hms(u16::try_from(at.hour()).ok()?, part(at.minute())?, part(at.second())?).ok()
}

/// A width that shows the heading and most values.
pub(super) fn width(heading: &str) -> f64 {
    match heading {
        "email" | "user_name" | "who" | "note" | "groups" | "products" | "reminder" | "documents" => 32.0,
        "created" | "last_modified" | "at" => 20.0,
        _ if heading.len() > 12 => 20.0,
        _ => 15.0,
    }
}

/// The formats of cells, one for each currency.
pub(super) struct Formats {
    pub(super) day: Format,
    pub(super) instant: Format,
    amounts: Vec<(String, Format)>,
}

impl Default for Formats {
    fn default() -> Self {
        Self {
            day: Format::new().set_num_format("yyyy-mm-dd"),
            instant: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            amounts: Vec::new(),
        }
    }
}

impl Formats {
    /// An amount with its currency's code and decimals.
    pub(super) fn amount(&mut self, currency: &str) -> &Format {
        let known = self.amounts.iter().position(|(code, _)| code == currency);
        let at = known.unwrap_or_else(|| {
            self.amounts.push((currency.to_owned(), Format::new().set_num_format(pattern(currency))));
            self.amounts.len() - 1
        });
        &self.amounts[at].1
    }
}

fn pattern(currency: &str) -> String {
    let digits = Currency::from_code(currency).map_or(2, Currency::minor_digits);
    let decimals = if digits == 0 { String::new() } else { format!(".{}", "0".repeat(digits.into())) };
    format!("[${currency}] #,##0{decimals}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_only_where_it_reads_back() {
        assert_eq!(number("5400.00"), Some(5400.0));
        assert_eq!(number("0.1"), Some(0.1));
        assert_eq!(number("999999999999.99"), Some(999_999_999_999.99));
        assert_eq!(number("1000000000000.001"), None, "sixteen digits");
        assert_eq!(number("much"), None);
        assert_eq!(whole("50"), Some(50.0));
        assert_eq!(whole("-5"), None);
        assert_eq!(whole("18446744073709551615"), None);
    }

    #[test]
    fn currencies_bring_their_code_and_decimals() {
        for (code, expected) in [("USD", "[$USD] #,##0.00"), ("JPY", "[$JPY] #,##0"), ("KWD", "[$KWD] #,##0.000")] {
            assert_eq!(pattern(code), expected);
        }
    }

    #[test]
    fn days_that_spreadsheets_cannot_count_stay_text() {
        assert!(day("2027-03-31").is_some());
        assert!(day("1899-12-31").is_none());
        assert!(instant("2026-11-23T09:14:05.25Z").is_some());
        assert!(instant("yesterday").is_none());
    }
}
