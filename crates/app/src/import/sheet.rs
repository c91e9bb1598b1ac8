//! An Excel workbook to a table, cell by cell: the saved results of formulas, real dates of either calendar, numbers as
//! spreadsheets show them. Ranges are not used: two cells far apart would allocate everything between them.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx};

use super::error::ImportError;
use super::grid::{Cell, Grid, Kind, Merged, put};
use super::{headings, unpacked, words};

/// Rows that tell which sheet it is.
pub(super) const LOOKED_AT: usize = 40;
/// Far to the right there is only what nobody meant.
pub(super) const FAR: usize = 1_000;
/// Serial days that dates have: up to the year 9999.
const DAYS: std::ops::Range<f64> = 0.0..2_958_466.0;

/// A sheet that was read.
pub(super) struct Sheet {
    pub(super) grid: Grid,
    pub(super) name: String,
    pub(super) sheets: Vec<String>,
    /// Cells that are merged over rows.
    pub(super) merged: Vec<Merged>,
    /// Whether days are counted from 1904.
    pub(super) from_1904: bool,
}

/// Reads a sheet; without a choice, the first visible one in which headings are found.
pub(super) fn read(bytes: &[u8], chosen: Option<&str>) -> Result<Sheet, ImportError> {
    unpacked::check(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let visible = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let mut sheets: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let name = match chosen {
        Some(asked) => asked_for(asked, &book.sheet_names())?,
        None => likely(&mut book, &sheets).ok_or(ImportError::Empty)?,
    };
    if !sheets.contains(&name) {
        sheets.push(name.clone());
    }
    let from_1904 = book.has_1904_epoch();
    let grid = table(&mut book, &name, usize::MAX)?;
    let merged = merged(&mut book, &name)?;
    Ok(Sheet { grid, name, sheets, merged, from_1904 })
}

/// The sheet of this name, in any case.
pub(super) fn asked_for(asked: &str, all: &[String]) -> Result<String, ImportError> {
    let found = all.iter().find(|name| name.eq_ignore_ascii_case(asked.trim())).cloned();
    found.ok_or_else(|| ImportError::NoSheet { asked: asked.to_owned(), known: all.join(", ") })
}

/// More than any list of purchases has; the rest stay as they are.
pub(super) const MOST_MERGED: usize = 10_000;

fn merged(book: &mut Book<'_>, name: &str) -> Result<Vec<Merged>, ImportError> {
    let ranges = book.merge_cells_by_sheet_name(name).map_err(|error| broken(&error))?;
    let tall = ranges.into_iter().filter(|range| range.end.0 > range.start.0).take(MOST_MERGED);
    let merged = tall.map(|range| Merged {
        first: u64::from(range.start.0) + 1,
        last: u64::from(range.end.0) + 1,
        column: range.start.1 as usize,
    });
    Ok(merged.collect())
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn likely(book: &mut Book<'_>, sheets: &[String]) -> Option<String> {
    let has_headings = |name: &&String| table(book, name, LOOKED_AT).is_ok_and(|grid| headings::find(&grid).is_some());
    sheets.iter().find(has_headings).or_else(|| sheets.first()).cloned()
}

fn table(book: &mut Book<'_>, name: &str, most: usize) -> Result<Grid, ImportError> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
    let mut grid = Grid::default();
    let mut row = 0;
    let mut cells: Vec<Cell> = Vec::new();
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(|error| broken(&error))? {
        let (at, column) = found.pos;
        if at != row {
            grid.push(u64::from(row) + 1, std::mem::take(&mut cells))?;
            if at < row {
                return Err(ImportError::Workbook("its rows are out of order".to_owned()));
            }
            row = at;
            if grid.rows.len() >= most {
                return Ok(grid);
            }
        }
        let cell = cell(&found.value, found.formula.is_some());
        if cell.is_empty() {
            continue;
        }
        grid.formulas += u64::from(found.formula.is_some() && cell.kind != Kind::NoResult);
        let column = column as usize;
        if column >= FAR {
            return Err(ImportError::TooMuch("200 columns"));
        }
        put(&mut cells, column, cell);
    }
    grid.push(u64::from(row) + 1, cells)?;
    Ok(grid)
}

fn cell(value: &DataRef<'_>, formula: bool) -> Cell {
    let stored = |text: String| Cell { text: text.into(), kind: Kind::Stored };
    match value {
        DataRef::Empty if formula => Cell { text: "".into(), kind: Kind::NoResult },
        DataRef::Empty => Cell::text(""),
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => stored(number.to_string()),
        DataRef::Float(number) => stored(shortest(*number)),
        DataRef::Bool(yes) => stored(if *yes { words::YES } else { words::NO }.to_owned()),
        DataRef::DateTime(at) if at.is_datetime() && DAYS.contains(&at.as_f64()) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            stored(format!("{year:04}-{month:02}-{day:02}"))
        }
        DataRef::DateTime(at) => stored(shortest(at.as_f64())),
        DataRef::DateTimeIso(text) => stored(text.split('T').next().unwrap_or_default().to_owned()),
        DataRef::DurationIso(text) => stored(text.clone()),
        DataRef::Error(fault) => Cell { text: fault.to_string().into(), kind: Kind::Fault },
    }
}

/// The stored number with the 15 digits that spreadsheets show, written so that its point is no doubt.
pub(super) fn shortest(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    words::undoubted(&if shown == 0.0 { "0".to_owned() } else { shown.to_string() })
}

fn broken(error: &calamine::XlsxError) -> ImportError {
    ImportError::Workbook(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::shortest;

    #[test]
    fn numbers_are_what_a_spreadsheet_shows() {
        for (number, text) in [
            (50.0, "50"),
            (9.99, "9.99"),
            (0.1 + 0.2, "0.3"),
            (1.234, "1.2340"),
            (-0.0, "0"),
            (1e15, "1000000000000000"),
        ] {
            assert_eq!(shortest(number), text);
        }
    }
}
