//! A table as it was found: rows of cells, each with its number in the file. Grows up to a limit, whatever a file claims.

use super::error::ImportError;

/// Rows of purchases that are read; a few more make room for titles and headings.
pub(super) const MOST_ROWS: usize = 100_000 + 50;
const MOST_COLUMNS: usize = 200;
const MOST_TEXT: usize = 64 * 1024 * 1024;
const MOST_CHARACTERS: usize = 32_767;

/// How a cell's text came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As people typed it.
    Text,
    /// A stored number, a date or a yes: not subject to how people write numbers.
    Stored,
    /// A formula whose result was not saved.
    NoResult,
    /// An error such as `#REF!`.
    Fault,
    /// Filled from the cell above that it is merged with.
    Merged,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: Box<str>,
    pub(super) kind: Kind,
}

impl Cell {
    pub(super) fn text(text: &str) -> Self {
        Self { text: text.trim().into(), kind: Kind::Text }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.kind != Kind::NoResult
    }
}

/// One row that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number in the file, from 1.
    pub(super) number: u64,
    pub(super) cells: Vec<Cell>,
}

impl Row {
    pub(super) fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column).filter(|cell| !cell.is_empty())
    }
}

/// A column of cells that are merged over several rows: their numbers in the file, and the column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) column: usize,
}

/// Puts a cell in its place, with empty ones before it.
pub(super) fn put(cells: &mut Vec<Cell>, column: usize, cell: Cell) {
    if cells.len() <= column {
        cells.resize(column + 1, Cell::text(""));
    }
    if let Some(place) = cells.get_mut(column) {
        *place = cell;
    }
}

/// All rows that are not empty.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: Vec<Row>,
    /// Cells whose formula's saved result was taken.
    pub(super) formulas: u64,
    text: usize,
}

impl Grid {
    /// Takes a row, unless it is empty.
    pub(super) fn push(&mut self, number: u64, mut cells: Vec<Cell>) -> Result<(), ImportError> {
        let used = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        cells.truncate(used);
        if cells.is_empty() {
            return Ok(());
        }
        if used > MOST_COLUMNS {
            return Err(ImportError::TooMuch("200 columns"));
        }
        if self.rows.len() == MOST_ROWS {
            return Err(ImportError::TooMuch("100,000 rows"));
        }
        if cells.iter().any(|cell| cell.text.len() > MOST_CHARACTERS && cell.text.chars().count() > MOST_CHARACTERS) {
            return Err(ImportError::LongCell(number));
        }
        self.text += cells.iter().map(|cell| cell.text.len()).sum::<usize>();
        if self.text > MOST_TEXT {
            return Err(ImportError::TooMuch("64 MB of text"));
        }
        cells.shrink_to_fit();
        self.rows.push(Row { number, cells });
        Ok(())
    }

    /// Puts the text of a cell that is merged over rows into all of them below the headings.
    pub(super) fn spread(&mut self, merged: &[Merged], below: u64) -> Result<(), ImportError> {
        for range in merged.iter().filter(|range| range.first > below) {
            let first = self.rows.partition_point(|row| row.number < range.first);
            let after = self.rows.partition_point(|row| row.number <= range.last);
            let Some([top, inside @ ..]) = self.rows.get_mut(first..after) else { continue };
            let cell = if top.number == range.first { top.cell(range.column) } else { None };
            let Some(text) = cell.map(|cell| cell.text.clone()) else { continue };
            self.text += text.len() * inside.len();
            if self.text > MOST_TEXT {
                return Err(ImportError::TooMuch("64 MB of text"));
            }
            for row in inside {
                put(&mut row.cells, range.column, Cell { text: text.clone(), kind: Kind::Merged });
            }
        }
        Ok(())
    }

    pub(super) fn columns(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default()
    }
}
