//! The table of a file of last activity: its headings, and its rows handed over one by one. A text may have many more rows
//! than a list of purchases: none is kept.

use std::path::Path;

use super::super::error::ImportError;
use super::super::grid::{Grid, Kind as CellKind, Row};
use super::super::headings::{self, LOOKED_AT};
use super::super::source::{Kind, Source};
use super::super::{decode, delimited, ods, sheet};
use super::fields;
use crate::view::import::{ImportColumn, ImportLine, ImportMapping, ImportOptions, ImportTable};
use crate::view::last_activity::ActivityOpenRequest;

/// Bytes of a text that are read: some million people.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// Values that show what a column holds.
const EXAMPLES: usize = 3;

/// Reads a sheet of a workbook, or the first one that looks like headings.
type Reader = fn(&[u8], Option<&str>) -> Result<sheet::Sheet, ImportError>;

/// Where the rows are.
enum Rows {
    Text(String, String),
    Sheet(Grid),
}

/// A file as a table.
pub(super) struct Table {
    rows: Rows,
    /// The first rows.
    first: Grid,
    /// The number of the row with the headings, and what each column is called.
    headings: Option<(u64, Vec<String>)>,
    pub(super) notes: Vec<String>,
    pub(super) doubts: Vec<String>,
    pub(super) fingerprint: String,
    sheets: Vec<String>,
    sheet: Option<String>,
}

impl Table {
    pub(super) fn read(path: &Path, options: &ImportOptions) -> Result<Self, ImportError> {
        let source = Source::read_up_to(path, MOST_BYTES)?;
        let fingerprint = source.fingerprint();
        let mut table = match source.kind {
            Kind::Text => Self::text(&source.bytes, options)?,
            Kind::Excel => Self::workbook(&source.bytes, options, sheet::read)?,
            Kind::OpenDocument => Self::workbook(&source.bytes, options, ods::read)?,
        };
        if table.first.rows.is_empty() {
            return Err(ImportError::Empty);
        }
        table.fingerprint = fingerprint;
        table.headings = match options.header_row {
            Some(number) => {
                let row = table.first.rows.iter().find(|row| row.number == number);
                let none = || ImportError::Mapping(format!("Row {number} of the file is empty or no heading"));
                Some((number, columns(row.ok_or_else(none)?, &table.first)))
            }
            None => found(&table.first),
        };
        Ok(table)
    }

    fn text(bytes: &[u8], options: &ImportOptions) -> Result<Self, ImportError> {
        let decoded = decode::decode(bytes, &options.encoding)?;
        let separated = delimited::Separated::of(&decoded.text, &options.separator)?;
        let notes = vec![
            format!("The text was read as {}, {}.", decoded.encoding, decoded.how),
            format!("Columns are separated by {}.", separated.called),
        ];
        let first = separated.table(LOOKED_AT)?;
        let rows = Rows::Text(decoded.text, options.separator.clone());
        let doubts = decoded.doubt.into_iter().collect();
        Ok(Self { rows, first, headings: None, notes, doubts, fingerprint: String::new(), sheets: vec![], sheet: None })
    }

    /// Without a choice, the first visible sheet with headings that tell who and when.
    fn workbook(bytes: &[u8], options: &ImportOptions, reader: Reader) -> Result<Self, ImportError> {
        let mut read = reader(bytes, options.sheet.as_deref())?;
        if options.sheet.is_none() && found(&read.grid).is_none() {
            for other in read.sheets.iter().filter(|other| **other != read.name) {
                let other = reader(bytes, Some(other))?;
                if found(&other.grid).is_some() {
                    read = other;
                    break;
                }
            }
        }
        let mut notes = vec![format!("The sheet \"{}\" was read.", read.name)];
        if read.from_1904 {
            notes.push("The workbook counts its days from 1904; its dates were read so.".to_owned());
        }
        let mut first = Grid::default();
        for row in read.grid.rows.iter().take(LOOKED_AT) {
            first.push(row.number, row.cells.clone())?;
        }
        let (sheets, sheet) = (read.sheets, Some(read.name));
        let (rows, doubts) = (Rows::Sheet(read.grid), Vec::new());
        Ok(Self { rows, first, headings: None, notes, doubts, fingerprint: String::new(), sheets, sheet })
    }

    /// What the columns are called.
    pub(super) fn columns(&self) -> Result<&[String], ImportError> {
        self.headings.as_ref().map(|(_, columns)| columns.as_slice()).ok_or(ImportError::NoActivity)
    }

    /// Hands over the rows below the headings: the number and the texts of the columns that are asked for.
    pub(super) fn each(
        &self,
        wanted: &[Option<usize>],
        mut each: impl FnMut(u64, &[&str]) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        self.columns()?;
        let below = self.headings.as_ref().map_or(0, |(number, _)| *number);
        match &self.rows {
            Rows::Text(text, separator) => delimited::Separated::of(text, separator)?.each(|number, record| {
                if number <= below || record.iter().all(|cell| cell.trim().is_empty()) {
                    return Ok(());
                }
                let text = |column: &Option<usize>| column.and_then(|column| record.get(column)).unwrap_or_default();
                each(number, &wanted.iter().map(|column| text(column).trim()).collect::<Vec<_>>())
            }),
            Rows::Sheet(grid) => grid.rows.iter().filter(|row| row.number > below).try_for_each(|row| {
                let text = |column: &Option<usize>| match column.and_then(|column| row.cell(column)) {
                    // Neither a fault nor a formula without its result says anything.
                    Some(cell) if cell.kind == CellKind::NoResult => "#FORMULA",
                    Some(cell) => &cell.text,
                    None => "",
                };
                each(row.number, &wanted.iter().map(text).collect::<Vec<_>>())
            }),
        }
    }

    /// The mapping to start from.
    pub(super) fn proposed(&self) -> Vec<ImportMapping> {
        let proposed = self.headings.as_ref().map(|(_, columns)| fields::proposed(columns)).unwrap_or_default();
        let mapped = |target: &fields::Target| {
            let found = proposed.iter().find(|(tells, _)| *tells == target.tells);
            ImportMapping {
                field: target.name.to_owned(),
                column: found.and_then(|(_, column)| u32::try_from(*column).ok()),
                value: String::new(),
            }
        };
        fields::TARGETS.iter().map(mapped).collect()
    }

    /// How a column is called.
    pub(super) fn name(&self, column: usize) -> String {
        let heading = self.headings.as_ref().and_then(|(_, columns)| columns.get(column));
        heading
            .filter(|heading| !heading.is_empty())
            .cloned()
            .unwrap_or_else(|| format!("Column {}", headings::letters(column)))
    }

    /// The column that people call so: its heading in any case, or its letter.
    pub(super) fn find(&self, called: &str) -> Option<usize> {
        let columns = self.columns().ok()?;
        let heading = columns.iter().position(|heading| heading.eq_ignore_ascii_case(called.trim()));
        heading.or_else(|| {
            (0..columns.len()).find(|column| headings::letters(*column).eq_ignore_ascii_case(called.trim()))
        })
    }

    /// Columns with something among the first rows that tell nothing.
    pub(super) fn ignored(&self, mapping: &[ImportMapping]) -> Vec<String> {
        let columns = self.headings.as_ref().map_or(0, |(_, columns)| columns.len());
        let used = |column: usize| mapping.iter().any(|one| one.column.is_some_and(|used| used as usize == column));
        let filled = |column: usize| self.first_rows().any(|row| row.cell(column).is_some());
        (0..columns).filter(|column| !used(*column) && filled(*column)).map(|column| self.name(column)).collect()
    }

    fn first_rows(&self) -> impl Iterator<Item = &Row> {
        let below = self.headings.as_ref().map_or(u64::MAX, |(number, _)| *number);
        self.first.rows.iter().filter(move |row| row.number > below)
    }

    pub(super) fn view(&self, request: &ActivityOpenRequest) -> Result<ImportTable, ImportError> {
        let mut rows = 0;
        if self.headings.is_some() {
            self.each(&[], |_, _| {
                rows += 1;
                Ok(())
            })?;
        }
        let columns = 0..self.headings.as_ref().map_or(0, |(_, columns)| columns.len());
        let column = |column: usize| ImportColumn {
            heading: self.name(column),
            examples: self
                .first_rows()
                .filter_map(|row| row.cell(column))
                .take(EXAMPLES)
                .map(|cell| cell.text.to_string())
                .collect(),
        };
        let line = |row: &Row| ImportLine {
            row: row.number,
            cells: row.cells.iter().map(|cell| cell.text.to_string()).collect(),
        };
        Ok(ImportTable {
            path: request.path.clone(),
            notes: self.notes.clone(),
            sheets: self.sheets.clone(),
            sheet: self.sheet.clone(),
            header_row: self.headings.as_ref().map(|(number, _)| *number),
            problem: self.headings.is_none().then(|| {
                let refusal = ImportError::NoActivity;
                format!("{refusal} {}", refusal.hint())
            }),
            lines: self.first.rows.iter().take(LOOKED_AT).map(line).collect(),
            columns: columns.map(column).collect(),
            rows,
            fields: fields::views(),
            mapping: self.proposed(),
            remembered: None,
        })
    }
}

/// The row that calls for most.
fn found(grid: &Grid) -> Option<(u64, Vec<String>)> {
    let rows = grid.rows.iter().take(LOOKED_AT).map(|row| (row.number, columns(row, grid)));
    let best = rows.rev().max_by_key(|(_, columns)| fields::known(columns))?;
    (fields::known(&best.1) > 0).then_some(best)
}

fn columns(row: &Row, grid: &Grid) -> Vec<String> {
    let text = |column| row.cell(column).map_or_else(String::new, |cell| cell.text.to_string());
    (0..grid.columns()).map(text).collect()
}
