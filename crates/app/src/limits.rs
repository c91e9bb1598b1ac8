//! Limits of reading as people type them: understood, or refused in words beside the field.

use std::path::Path;

use connect::Limits;
use store::ConnectionSettings;

use crate::view::problem::FieldProblem;

/// More requests a minute than any server is asked for; who wants no limit says 0.
const MOST_REQUESTS: u32 = 100_000;
/// More pages at once are no faster and look like an attack.
const MOST_PAGES: u32 = 16;
const FEWEST_PAGES: u32 = 1;

/// As typed; empty stands for the usual.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Typed<'a> {
    pub(crate) requests_per_minute: &'a str,
    pub(crate) pages_in_flight: &'a str,
    pub(crate) authority: &'a str,
    pub(crate) drop_percent: &'a str,
}

/// The same, understood; `None` is the usual.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Meant {
    pub(crate) requests_per_minute: Option<u32>,
    pub(crate) pages_in_flight: Option<u32>,
    pub(crate) authority: Option<String>,
    pub(crate) drop_percent: Option<u32>,
}

impl Meant {
    pub(crate) fn keep(self, settings: &mut ConnectionSettings) {
        settings.requests_per_minute = self.requests_per_minute;
        settings.pages_in_flight = self.pages_in_flight;
        settings.authority = self.authority;
        settings.drop_percent = self.drop_percent;
    }
}

/// Understands everything, or tells everything that is wrong at once.
pub(crate) fn meant(typed: Typed<'_>) -> Result<Meant, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut told = |field: &str, outcome: Result<Option<u32>, String>| {
        outcome.unwrap_or_else(|message| {
            problems.push(FieldProblem { field: field.to_owned(), message });
            None
        })
    };
    let requests_per_minute = told("requests_per_minute", requests(typed.requests_per_minute));
    let pages_in_flight = told("pages_in_flight", pages(typed.pages_in_flight));
    let drop_percent = told("drop_percent", percent(typed.drop_percent));
    let authority = authority(typed.authority).unwrap_or_else(|message| {
        problems.push(FieldProblem { field: "authority".to_owned(), message });
        None
    });
    let meant = Meant { requests_per_minute, pages_in_flight, authority, drop_percent };
    if problems.is_empty() { Ok(meant) } else { Err(problems) }
}

/// The limits that a reading keeps to.
pub(crate) fn limits(settings: &ConnectionSettings) -> Limits {
    let usual = Limits::default();
    let pages = settings.pages_in_flight.and_then(|pages| usize::try_from(pages).ok());
    Limits {
        requests_per_minute: settings.requests_per_minute,
        pages_in_flight: pages.unwrap_or(usual.pages_in_flight),
        authorities: settings.authority.iter().map(Into::into).collect(),
        ..usual
    }
}

fn requests(text: &str) -> Result<Option<u32>, String> {
    whole(text, 0, MOST_REQUESTS, "Enter a whole number of requests a minute, 0 for no limit, or leave it empty")
}

fn pages(text: &str) -> Result<Option<u32>, String> {
    whole(text, FEWEST_PAGES, MOST_PAGES, "Enter a whole number of pages, or leave it empty")
}

fn percent(text: &str) -> Result<Option<u32>, String> {
    whole(text, 0, 100, "Enter a whole percentage, or leave it empty")
}

fn whole(text: &str, least: u32, most: u32, ask: &str) -> Result<Option<u32>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.strip_prefix(['-', '\u{2212}']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("\"{text}\" is not a whole number. {ask}."));
    }
    match text.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
        Ok(number) if number < least => Err(format!("At least {least}. {ask}.")),
        _ if digits.len() < text.len() => Err(format!("It cannot be below {least}. {ask}.")),
        _ => Err(format!("At most {most}. {ask}.")),
    }
}

/// A path that stays right when the program is started elsewhere.
fn authority(text: &str) -> Result<Option<String>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let path = std::path::absolute(Path::new(text)).map_err(|error| format!("{text}: {error}."))?;
    connect::check_authority(&path).map_err(|error| format!("{error} Name a PEM file with certificates."))?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_meant_is_understood() {
        let typed = Typed { requests_per_minute: " 0 ", pages_in_flight: "16", drop_percent: "0", ..Typed::default() };
        let meant = meant(typed).unwrap();
        assert_eq!(
            (meant.requests_per_minute, meant.pages_in_flight, meant.drop_percent),
            (Some(0), Some(16), Some(0)),
            "0 is a number and not the usual"
        );
        assert_eq!(super::meant(Typed::default()), Ok(Meant::default()), "empty is the usual");
    }

    #[test]
    fn what_cannot_is_refused_in_words_beside_its_field() {
        for (wrong, told) in [
            ("ninety", "not a whole number"),
            ("1.5", "not a whole number"),
            ("1,000", "not a whole number"),
            ("-", "not a whole number"),
            ("-5", "cannot be below 0"),
            ("100001", "At most 100000"),
            ("99999999999999999999", "At most 100000"),
        ] {
            let problems = meant(Typed { requests_per_minute: wrong, ..Typed::default() }).unwrap_err();
            assert_eq!(problems.len(), 1, "{wrong}");
            assert_eq!(problems[0].field, "requests_per_minute");
            assert!(problems[0].message.contains(told), "{wrong}: {}", problems[0].message);
        }
        let all =
            Typed { requests_per_minute: "x", pages_in_flight: "0", authority: "/no/such.pem", drop_percent: "101" };
        let problems = meant(all).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["requests_per_minute", "pages_in_flight", "drop_percent", "authority"], "all at once");
        assert!(problems[1].message.contains("At least 1"), "{problems:?}");
    }

    #[test]
    fn a_file_that_is_no_certificate_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("company.pem");
        for text in ["", "not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            std::fs::write(&file, text).unwrap();
            let typed = Typed { authority: file.to_str().unwrap(), ..Typed::default() };
            let problems = meant(typed).unwrap_err();
            assert_eq!(problems[0].field, "authority", "{text:?}");
            assert!(problems[0].message.contains("company.pem"), "{problems:?}");
        }
    }
}
