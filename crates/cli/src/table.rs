//! Plain tables for people: aligned columns, no frames, numbers to the right.

use crate::console::harmless;

/// A table that is printed when it is complete.
pub struct Table {
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings; one that starts with `>` is a column of numbers.
    pub fn new(headings: &[&str]) -> Self {
        let right = headings.iter().map(|heading| heading.starts_with('>')).collect();
        let first = headings.iter().map(|heading| heading.trim_start_matches('>').to_owned()).collect();
        Self { right, rows: vec![first] }
    }

    /// Adds a row; an empty cell is shown as a dash.
    pub fn row(&mut self, cells: Vec<String>) {
        let shown = |cell: String| if cell.is_empty() { "–".to_owned() } else { harmless(&cell).replace('\n', " ") };
        self.rows.push(cells.into_iter().map(shown).collect());
    }

    /// Whether it has no rows but the headings.
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 1
    }

    /// The lines, without a line end after the last one.
    pub fn text(&self) -> String {
        let width =
            |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
        let widths: Vec<usize> = (0..self.right.len()).map(|column| width(column).unwrap_or_default()).collect();
        let lines = self.rows.iter().map(|row| {
            let cells = row.iter().zip(&widths).zip(&self.right).map(|((cell, width), right)| {
                if *right { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_are_aligned_and_numbers_stand_to_the_right() {
        let mut table = Table::new(&["Type", ">Seats"]);
        table.row(vec!["Can-Edit".into(), "50".into()]);
        table.row(vec!["é".into(), String::new()]);
        assert_eq!(table.text(), "Type      Seats\nCan-Edit     50\né             –");
    }
}
