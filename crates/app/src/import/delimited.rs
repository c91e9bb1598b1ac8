//! Text to a table: which separator, then RFC 4180 as tolerantly as spreadsheets read it.

use csv::{ReaderBuilder, StringRecord};

use super::error::ImportError;
use super::grid::{Cell, Grid};
use super::headings;

/// What separates columns: the words to choose it by, and how people call it.
pub(super) const SEPARATORS: [(&str, u8, &str); 4] =
    [(",", b',', "commas"), (";", b';', "semicolons"), ("tab", b'\t', "tabs"), ("|", b'|', "bars")];

/// Rows that tell which separator it is.
const LOOKED_AT: usize = 40;

/// Reads text; an empty choice lets the separator be detected. Returns the table and what separates its columns.
pub(super) fn read(text: &str, chosen: &str) -> Result<(Grid, &'static str), ImportError> {
    let separated = Separated::of(text, chosen)?;
    Ok((separated.table(usize::MAX)?, separated.called))
}

/// Text whose separator is known.
pub(super) struct Separated<'a> {
    body: &'a str,
    byte: u8,
    /// Lines before the body.
    skipped: u64,
    /// What separates its columns.
    pub(super) called: &'static str,
}

impl<'a> Separated<'a> {
    pub(super) fn of(text: &'a str, chosen: &str) -> Result<Self, ImportError> {
        let (said, body, skipped) = said_in_file(text);
        let known =
            |wanted: &str| SEPARATORS.iter().find(|(word, byte, _)| *word == wanted || wanted.as_bytes() == [*byte]);
        let (_, byte, called) = match (chosen, said) {
            ("", Some(said)) => known(said).unwrap_or_else(|| detected(body)),
            ("", None) => detected(body),
            (chosen, _) => known(chosen).ok_or_else(|| {
                let words: Vec<_> = SEPARATORS.iter().map(|(word, ..)| *word).collect();
                ImportError::Mapping(format!("\"{chosen}\" is not one of {}", words.join(" ")))
            })?,
        };
        Ok(Self { body, byte: *byte, skipped, called })
    }

    /// Its first rows.
    pub(super) fn table(&self, most: usize) -> Result<Grid, ImportError> {
        table(self.body, self.byte, self.skipped, most)
    }

    /// Hands over row after row with its number, keeping none of them.
    pub(super) fn each(
        &self,
        mut each: impl FnMut(u64, &StringRecord) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let mut reader = reader(self.body, self.byte);
        let mut record = StringRecord::new();
        let mut lines = Lines { bytes: self.body.as_bytes(), at: 0, line: 1 + self.skipped };
        while reader.read_record(&mut record).map_err(|error| broken(&error))? {
            let start = record.position().map_or(0, csv::Position::byte);
            each(lines.of(usize::try_from(start).unwrap_or(usize::MAX)), &record)?;
        }
        Ok(())
    }
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// Spreadsheets may name the separator in a first line, `sep=;`.
fn said_in_file(text: &str) -> (Option<&str>, &str, u64) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line.trim_end_matches('\r').strip_prefix("sep=") {
        Some(said) if said.chars().count() == 1 => (Some(said), rest, 1),
        _ => (None, text, 0),
    }
}

/// The separator under which the first rows have the most headings that we know, then the most cells.
fn detected(text: &str) -> &'static (&'static str, u8, &'static str) {
    let score = |byte: u8| match table(text, byte, 0, LOOKED_AT) {
        Ok(grid) => {
            let known = headings::find(&grid).map_or(0, |found| found.known);
            let cells: usize = grid.rows.iter().map(|row| row.cells.len()).filter(|cells| *cells > 1).sum();
            (known, cells)
        }
        Err(_) => (0, 0),
    };
    // The first of equals wins: a list of one column has commas as well as anything.
    SEPARATORS.iter().rev().max_by_key(|(_, byte, _)| score(*byte)).unwrap_or(&SEPARATORS[0])
}

fn table(text: &str, separator: u8, skipped: u64, most: usize) -> Result<Grid, ImportError> {
    let mut reader = reader(text, separator);
    let mut grid = Grid::default();
    let mut record = StringRecord::new();
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: 1 + skipped };
    while grid.rows.len() < most && reader.read_record(&mut record).map_err(|error| broken(&error))? {
        let start = record.position().map_or(0, csv::Position::byte);
        let number = lines.of(usize::try_from(start).unwrap_or(usize::MAX));
        grid.push(number, record.iter().map(Cell::text).collect())?;
    }
    Ok(grid)
}

/// Counts lines as an editor does; the reader's own count leaves out blank ones.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the row that begins at or after this byte: line ends before it belong to what came before.
    fn of(&mut self, start: usize) -> u64 {
        while let Some(byte) = self.bytes.get(self.at) {
            let ends = matches!(byte, b'\n' | b'\r');
            if self.at >= start && !ends {
                break;
            }
            let pair = *byte == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            self.line += u64::from(ends && !pair);
            self.at += 1;
        }
        self.line
    }
}

fn broken(error: &csv::Error) -> ImportError {
    ImportError::Unreadable { path: "The text".to_owned(), why: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn separated(text: &str, chosen: &str) -> (usize, &'static str) {
        let (grid, called) = read(text, chosen).unwrap();
        (grid.columns(), called)
    }

    #[test]
    fn the_separator_is_found_by_the_headings_and_the_cells() {
        assert_eq!(separated("Lizenztyp;Menge;Preis\nCan-Edit;50;1.234,50\n", ""), (3, "semicolons"));
        assert_eq!(separated("License type,Quantity,Cost\n\"A, B; C\",5,9\n", ""), (3, "commas"));
        assert_eq!(separated("License type\tQuantity\nCan-Edit\t5\n", ""), (2, "tabs"));
        assert_eq!(separated("sep=|\r\nLicense type|Quantity\n", ""), (2, "bars"));
        assert_eq!(separated("a;b;c\n1;2,5;3,5\n", ""), (3, "semicolons"), "unknown headings, decimal commas");
        assert_eq!(separated("License type;Quantity\n", ","), (1, "commas"), "as chosen");
        assert_eq!(separated("one\n", ""), (1, "commas"));
    }

    #[test]
    fn rows_keep_the_numbers_of_their_lines() {
        let (grid, _) = read("sep=,\r\na,b\r\n\r\n\"x\ny\",2\r\n,,\r\nz,3\r\n", "").unwrap();
        let numbers: Vec<u64> = grid.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 4, 7]);
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_is_named_where_it_swallows_the_file() {
        let text = format!("a,b\n\"x,1\n{}", "y,2\n".repeat(20_000));
        assert_eq!(read(&text, ",").unwrap_err(), ImportError::LongCell(2));
    }

    #[test]
    fn an_unknown_separator_is_refused() {
        assert!(read("a,b", "slash").unwrap_err().to_string().contains("slash"));
    }
}
