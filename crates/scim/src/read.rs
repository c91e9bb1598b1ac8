//! From a body to JSON: the checks that tell a web page, a foreign encoding and a cut answer from SCIM.

use serde_json::error::Category;

use serde::Deserialize;

use crate::lenient::{Lenient, Many, NUMBER_TOO_LONG, Record, TEXT_TOO_LONG};
use crate::parse_error::ParseError;

const BOM: char = '\u{feff}';

/// Reads a JSON object out of a body.
pub(crate) fn read<'a, R: Record<'a>>(body: &'a [u8]) -> Result<R, ParseError> {
    opened_by::<Lenient<R>>('{', body).map(|record| record.0)
}

/// Reads one resource, as an answer to a question by id.
pub fn parse_record<'a, R: Record<'a>>(body: &'a [u8]) -> Result<R, ParseError> {
    read(body)
}

/// Reads a bare JSON list of records, as APIs beside SCIM send them.
pub fn parse_records<'a, R: Record<'a>>(body: &'a [u8]) -> Result<Vec<R>, ParseError> {
    let records: Many<Lenient<R>> = opened_by('[', body)?;
    Ok(records.0.into_iter().map(|record| record.0).collect())
}

fn opened_by<'a, T: Deserialize<'a>>(opening: char, body: &'a [u8]) -> Result<T, ParseError> {
    let text = std::str::from_utf8(body).map_err(|error| {
        // A character cut in two at the very end is a cut answer, not a foreign encoding.
        if error.error_len().is_none() && body.first().map(|first| char::from(*first)) == Some(opening) {
            end_of(body)
        } else {
            ParseError::NotUtf8
        }
    })?;
    let text = text.trim_start_matches(BOM).trim();
    match text.chars().next() {
        None => return Err(ParseError::Empty),
        Some(first) if first == opening => {}
        Some('[' | '{') => return Err(ParseError::NotAList),
        Some(first) => return Err(ParseError::NotJson { looks_like_html: first == '<' }),
    }
    serde_json::from_str::<T>(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            Category::Eof => ParseError::Truncated { line, column },
            // The parser has no other way to tell which limit it met.
            Category::Syntax if error.to_string().starts_with("recursion limit") => {
                ParseError::TooDeep { line, column }
            }
            Category::Data if error.to_string().starts_with(TEXT_TOO_LONG) => ParseError::TextTooLong { line, column },
            Category::Data if error.to_string().starts_with(NUMBER_TOO_LONG) => {
                ParseError::NumberTooLong { line, column }
            }
            _ => ParseError::Malformed { line, column },
        }
    })
}

fn end_of(body: &[u8]) -> ParseError {
    let mut lines = body.split(|byte| *byte == b'\n');
    let column = lines.next_back().map_or(0, <[u8]>::len);
    ParseError::Truncated { line: lines.count() + 1, column }
}
