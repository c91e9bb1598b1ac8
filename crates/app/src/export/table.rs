//! Rows as CSV (RFC 4180, UTF-8, formula injection neutralised), as a JSON array of objects, or as a worksheet.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::{Map, Value};

use super::cells::{Cell, Tabular};
use super::csv_line::{self, Separator};
use super::file::Out;
use super::workbook::{Book, Paper};
use crate::error::{Error, Result};
use crate::view::export::CsvDialect;

/// The mark that a file begins with by which some spreadsheets know UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// How a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    bom: bool,
    separator: Separator,
}

impl Dialect {
    /// RFC 4180 in UTF-8, without a mark.
    pub(crate) const PLAIN: Self = Self { bom: false, separator: Separator::Comma };

    fn parse(asked: &CsvDialect) -> Result<Self> {
        let separator = match asked.separator.as_str() {
            "" | "," => Separator::Comma,
            ";" => Separator::Semicolon,
            other => {
                return Err(Error::NotAllowed { value: other.to_owned(), expected: "a separator: , or ;" });
            }
        };
        Ok(Self { bom: asked.bom, separator })
    }
}

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// RFC 4180.
    Csv(Dialect),
    /// An array of objects.
    Json,
    /// A workbook.
    Xlsx,
}

impl Format {
    pub(crate) fn parse(text: &str, csv: &CsvDialect) -> Result<Self> {
        match text {
            "csv" => Dialect::parse(csv).map(Self::Csv),
            "json" => Ok(Self::Json),
            "xlsx" => Ok(Self::Xlsx),
            _ => Err(Error::NotAllowed { value: text.to_owned(), expected: "one of csv, xlsx and json" }),
        }
    }

    /// How its rows are rendered, where they are lines.
    pub(crate) fn lines(self) -> Option<Lines> {
        match self {
            Self::Csv(dialect) => Some(Lines::Csv(dialect.separator)),
            Self::Json => Some(Lines::Json),
            Self::Xlsx => None,
        }
    }
}

/// What separates several texts in one CSV cell.
const BETWEEN: &str = "; ";

/// A format whose rows are lines: each can be rendered by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    Csv(Separator),
    Json,
}

impl Lines {
    /// Renders a row at the end of what is there.
    pub(crate) fn render<T: Tabular>(self, columns: &[&'static str], row: &T, line: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Csv(separator) => {
                let start = line.len();
                for (at, column) in columns.iter().enumerate() {
                    csv_line::field(line, at == 0, &csv_text(row.cell(column)), separator);
                }
                csv_line::end(line, start, columns.len());
                Ok(())
            }
            Self::Json => {
                let cells = columns.iter().map(|column| ((*column).to_owned(), json(row.cell(column))));
                write!(line, "{}", Value::Object(cells.collect::<Map<_, _>>()))
            }
        }
    }

    fn before(self, first: bool) -> &'static [u8] {
        match self {
            Self::Csv(_) => b"",
            Self::Json if first => b"[\n",
            Self::Json => b",\n",
        }
    }

    fn after(self, rows: u64) -> &'static [u8] {
        match self {
            Self::Csv(_) => b"",
            Self::Json if rows == 0 => b"[]\n",
            Self::Json => b"\n]\n",
        }
    }
}

enum Sink<'a> {
    Lines(Lines, &'a mut Out),
    Xlsx(Box<Book<'a>>),
}

/// Writes one table.
pub(crate) struct Writer<'a> {
    sink: Sink<'a>,
    columns: &'a [&'static str],
    rows: u64,
    line: Vec<u8>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(out: &'a mut Out, format: Format, columns: &'a [&'static str], paper: &'a Paper) -> Result<Self> {
        let sink = match format {
            Format::Xlsx => Sink::Xlsx(Box::new(Book::new(out, columns, paper)?)),
            Format::Json => Sink::Lines(Lines::Json, out),
            Format::Csv(Dialect { bom, separator }) => {
                let mut heading = if bom { BOM.to_vec() } else { Vec::new() };
                let start = heading.len();
                for (at, column) in columns.iter().enumerate() {
                    csv_line::field(&mut heading, at == 0, column, separator);
                }
                csv_line::end(&mut heading, start, columns.len());
                out.write_all(&heading).map_err(|error| broken(&error))?;
                Sink::Lines(Lines::Csv(separator), out)
            }
        };
        Ok(Self { sink, columns, rows: 0, line: Vec::new() })
    }

    pub(crate) fn row<T: Tabular>(&mut self, row: &T) -> Result<()> {
        match &mut self.sink {
            Sink::Xlsx(book) => {
                self.rows += 1;
                book.row(self.columns.iter().map(|column| row.cell(column)))
            }
            Sink::Lines(lines, _) => {
                let mut line = std::mem::take(&mut self.line);
                line.clear();
                let rendered = lines.render(self.columns, row, &mut line).and_then(|()| self.line(&line));
                self.line = line;
                rendered.map_err(|error| broken(&error))
            }
        }
    }

    /// Writes a row that was rendered before.
    pub(crate) fn line(&mut self, line: &[u8]) -> io::Result<()> {
        if let Sink::Lines(lines, out) = &mut self.sink {
            out.write_all(lines.before(self.rows == 0))?;
            out.write_all(line)?;
            self.rows += 1;
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<u64> {
        match self.sink {
            Sink::Xlsx(book) => book.finish()?,
            Sink::Lines(lines, out) => out.write_all(lines.after(self.rows)).map_err(|error| broken(&error))?,
        }
        Ok(self.rows)
    }
}

/// Rows of somebody's own columns as CSV, with a last column of reasons.
pub(crate) fn rejected(
    out: &mut Out,
    columns: &[String],
    rows: impl Iterator<Item = (Vec<String>, String)>,
) -> Result<u64> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let mut line = |cells: &[String], last: &str| {
        for cell in cells {
            csv.write_field(harmless(Cow::Borrowed(cell)).as_bytes()).map_err(csv_broken)?;
        }
        csv.write_field(last).map_err(csv_broken)?;
        csv.write_record(None::<&[u8]>).map_err(csv_broken)
    };
    line(columns, "reasons")?;
    let mut written = 0;
    for (cells, reasons) in rows {
        line(&cells, &reasons)?;
        written += 1;
    }
    csv.flush().map_err(|error| broken(&error))?;
    Ok(written)
}

fn csv_broken(error: csv::Error) -> Error {
    broken(&error.into())
}

pub(super) fn broken(error: &io::Error) -> Error {
    Error::FileNotWritten { path: String::new(), why: error.to_string() }
}

fn json(cell: Cell<'_>) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(text)
        | Cell::Plain(text)
        | Cell::Digits(text)
        | Cell::Number(text)
        | Cell::Day(text)
        | Cell::Instant(text)
        | Cell::Amount(text, _) => Value::String(text.into_owned()),
        Cell::Bool(yes) => Value::Bool(yes),
        Cell::Count(count) => Value::from(count),
        Cell::List(list) => Value::from(list),
    }
}

fn csv_text(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Null => Cow::Borrowed(""),
        Cell::Plain(text)
        | Cell::Digits(text)
        | Cell::Number(text)
        | Cell::Day(text)
        | Cell::Instant(text)
        | Cell::Amount(text, _) => text,
        Cell::Text(text) => harmless(text),
        Cell::Bool(yes) => Cow::Borrowed(if yes { "true" } else { "false" }),
        Cell::Count(count) => Cow::Owned(count.to_string()),
        Cell::List(list) => harmless(Cow::Owned(list.join(BETWEEN))),
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP ASVS 5, 1.2.10; spend.md D10
/// case 28). Full-width signs and leading blanks count too: spreadsheets fold the ones and skip the others.
pub(crate) fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    // Most texts begin with a letter or a digit, and need no closer look.
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return text;
    }
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{feff}', '"', '\'']).chars().next();
    let starts = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n' | '\0' | '|' | '%')
    };
    if first.is_some_and(starts) { Cow::Owned(format!("'{text}")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Pair(Option<String>, Vec<String>);

    impl Tabular for Pair {
        const COLUMNS: &'static [&'static str] = &["text", "list"];

        fn cell(&self, column: &str) -> Cell<'_> {
            match column {
                "text" => self.0.as_ref().map_or(Cell::Null, |text| Cell::Text(Cow::Borrowed(text))),
                _ => Cell::List(self.1.iter().map(String::as_str).collect()),
            }
        }
    }

    fn written(rows: &[Pair], format: Format) -> String {
        let mut out = Vec::new();
        let paper = Paper::default();
        let mut writer = Writer::new(&mut out, format, Pair::COLUMNS, &paper).unwrap();
        for row in rows {
            writer.row(row).unwrap();
        }
        assert_eq!(writer.finish().unwrap(), rows.len() as u64);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn csv_quotes_by_rfc_4180_and_ends_lines_with_crlf() {
        let rows = [Pair(Some("a \"b\", c".into()), vec!["x".into(), "y".into()]), Pair(None, vec![])];
        assert_eq!(written(&rows, Format::Csv(Dialect::PLAIN)), "text,list\r\n\"a \"\"b\"\", c\",x; y\r\n,\r\n");
    }

    #[test]
    fn csv_can_begin_with_a_mark_and_be_separated_by_semicolons() {
        let asked = CsvDialect { bom: true, separator: ";".to_owned() };
        let rows = [Pair(Some("a, b; c".into()), vec!["x".into()])];
        let text = written(&rows, Format::parse("csv", &asked).unwrap());
        assert_eq!(text, "\u{feff}text;list\r\n\"a, b; c\";x\r\n");
        let refused = Format::parse("csv", &CsvDialect { separator: "|".to_owned(), bom: false }).unwrap_err();
        assert_eq!(refused.to_string(), "\"|\" is not a separator: , or ;.");
    }

    #[test]
    fn a_table_without_rows_is_a_header_or_an_empty_array() {
        assert_eq!(written(&[], Format::Csv(Dialect::PLAIN)), "text,list\r\n");
        assert_eq!(written(&[], Format::Json), "[]\n");
    }

    #[test]
    fn json_is_an_array_of_objects_with_null_for_missing() {
        let text = written(&[Pair(None, vec!["x".into()]), Pair(Some("=1".into()), vec![])], Format::Json);
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read, serde_json::json!([{"text": null, "list": ["x"]}, {"text": "=1", "list": []}]));
    }

    #[test]
    fn case_28_text_that_looks_like_a_formula_is_neutralised() {
        for text in [
            "=1+1",
            "+49 30",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            " =1",
            "\u{feff}=1",
            "\"=1",
            "|calc",
            "%0",
        ] {
            assert!(harmless(Cow::Borrowed(text)).starts_with('\''), "{text:?} must not start a formula");
        }
        for text in ["", "Ada", "a=b", "5-3", "mira@acme.example", "(=1)"] {
            assert_eq!(harmless(Cow::Borrowed(text)), text);
        }
    }
}
