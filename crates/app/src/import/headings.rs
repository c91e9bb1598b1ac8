//! Where the headings stand: titles and merged headings may be above them.

use super::called;
use super::fields::{self, Target};
use super::grid::{Grid, Row};

/// Rows among which headings are looked for.
pub(super) const LOOKED_AT: usize = 30;
/// Headings that must be known: one may be a word of a title.
const ENOUGH: usize = 2;

/// A row of headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headings {
    /// Its place among the rows of the table.
    pub(super) place: usize,
    /// How many of its columns call for a field.
    pub(super) known: usize,
    /// One for each column of the table.
    pub(super) columns: Vec<String>,
}

/// The row with the most known headings.
pub(super) fn find(grid: &Grid) -> Option<Headings> {
    let candidates = (0..grid.rows.len().min(LOOKED_AT)).map(|place| at(grid, place));
    let best = candidates.rev().max_by_key(|headings| headings.known)?;
    (best.known >= ENOUGH).then_some(best)
}

/// The row with this number in the file, as headings.
pub(super) fn chosen(grid: &Grid, number: u64) -> Option<Headings> {
    grid.rows.iter().position(|row| row.number == number).map(|place| at(grid, place))
}

/// A heading that is merged with the cell above it stands in the row above.
fn at(grid: &Grid, place: usize) -> Headings {
    let row = grid.rows.get(place);
    let above = place.checked_sub(1).and_then(|above| grid.rows.get(above)).filter(|above| is_next(above, row));
    let text = |row: Option<&Row>, column| row.and_then(|row| row.cell(column)).map(|cell| cell.text.to_string());
    let columns: Vec<String> = (0..grid.columns())
        .map(|column| text(row, column).or_else(|| text(above, column)).unwrap_or_default())
        .collect();
    let mut found: Vec<&str> = columns.iter().filter_map(|heading| called::called(heading)).map(|t| t.name).collect();
    found.sort_unstable();
    found.dedup();
    Headings { place, known: found.len(), columns }
}

fn is_next(above: &Row, row: Option<&Row>) -> bool {
    row.is_some_and(|row| row.number == above.number + 1)
}

impl Headings {
    /// Each field with the first column whose heading calls for it.
    pub(super) fn proposed(&self) -> Vec<(&'static Target, usize)> {
        let mut taken: Vec<usize> = Vec::new();
        let mut proposed = Vec::new();
        for target in fields::TARGETS {
            let found = self.calling_for(target);
            if let Some(column) = found.first().copied().filter(|column| !taken.contains(column)) {
                taken.push(column);
                proposed.push((target, column));
            }
        }
        proposed
    }

    /// The columns whose headings call for a field: those of its very name before those that only hold a word of it.
    pub(super) fn calling_for(&self, target: &Target) -> Vec<usize> {
        let calling = self.columns.iter().enumerate().filter_map(|(column, heading)| {
            let (found, exact) = called::calls_for(heading)?;
            (found.name == target.name).then_some((!exact, column))
        });
        let mut calling: Vec<(bool, usize)> = calling.collect();
        calling.sort_unstable();
        calling.into_iter().map(|(_, column)| column).collect()
    }

    /// How a column is called: by its heading, else by its letter.
    pub(super) fn name(&self, column: usize) -> String {
        match self.columns.get(column).filter(|heading| !heading.is_empty()) {
            Some(heading) => heading.clone(),
            None => format!("Column {}", letters(column)),
        }
    }

    /// The column that people call so: its heading in any case, or its letter.
    pub(super) fn find(&self, called: &str) -> Option<usize> {
        let heading = self.columns.iter().position(|heading| heading.eq_ignore_ascii_case(called.trim()));
        heading.or_else(|| (0..self.columns.len()).find(|column| letters(*column).eq_ignore_ascii_case(called.trim())))
    }
}

/// "A", "Z", "AA": as spreadsheets count columns.
pub(super) fn letters(column: usize) -> String {
    let mut left = column + 1;
    let mut reversed = Vec::new();
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        reversed.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    reversed.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::super::grid::Cell;
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let mut grid = Grid::default();
        for (number, row) in (1..).zip(rows) {
            grid.push(number, row.iter().map(|text| Cell::text(text)).collect()).unwrap();
        }
        grid
    }

    #[test]
    fn titles_above_the_headings_are_passed_over() {
        let found = find(&grid(&[
            &["License costs 2026"],
            &["as of", "2026-11-23"],
            &["License type", "Quantity", "Cost", "Per"],
            &["Can-Edit", "50", "9", "unit"],
        ]));
        assert_eq!(found.map(|found| (found.place, found.known)), Some((2, 4)));
    }

    #[test]
    fn headings_merged_with_the_row_above_are_found_there() {
        let found = find(&grid(&[
            &["Purchases", "", "", ""],
            &["License type", "Quantity", "Term", ""],
            &["", "", "From", "Until"],
            &["Can-Edit", "50", "2026-04-01", "2027-03-31"],
        ]));
        let found = found.unwrap();
        assert_eq!(
            (found.place, found.columns),
            (2, ["License type", "Quantity", "From", "Until"].map(str::to_owned).into())
        );
    }

    #[test]
    fn rows_without_known_headings_are_no_headings() {
        assert_eq!(find(&grid(&[&["Can-Edit", "50"], &["View-Only", "7"]])), None);
        assert_eq!(find(&grid(&[&["Type of cheese", "price"], &["Gouda", "3"]])), None, "one word is not enough");
        assert_eq!(find(&Grid::default()), None);
    }

    #[test]
    fn columns_are_named_by_heading_or_letter() {
        let found = at(&grid(&[&["License type", "", "Quantity"]]), 0);
        assert_eq!((found.name(0), found.name(1)), ("License type".to_owned(), "Column B".to_owned()));
        assert_eq!((found.find("quantity"), found.find("b"), found.find("D")), (Some(2), Some(1), None));
        assert_eq!((letters(25), letters(26), letters(701)), ("Z".to_owned(), "AA".to_owned(), "ZZ".to_owned()));
    }
}
