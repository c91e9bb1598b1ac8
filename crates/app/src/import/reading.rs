//! A file, read: its table, its headings, and in words how it was read.

use std::path::Path;

use super::error::ImportError;
use super::fields::{self, Target, label};
use super::grid::{Grid, Row};
use super::headings::{self, Headings};
use super::remembered::Remembered;
use super::source::{Kind, Source};
use super::words::Habits;
use super::{called, decode, delimited, ods, sheet};
use crate::view::import::{
    ImportColumn, ImportField, ImportLine, ImportMapping, ImportOpenRequest, ImportOptions, ImportTable,
};
use crate::words::counted;

/// Fields that a purchase cannot do without.
const NEEDED: [&str; 4] = ["license_type", "quantity", "every", "from"];
/// What a cost cannot do without.
const NEEDED_WITH_COST: [&str; 1] = ["per"];
/// Values that show what a column holds.
const EXAMPLES: usize = 3;

/// A file that was read.
pub(super) struct Reading {
    pub(super) grid: Grid,
    pub(super) headings: Option<Headings>,
    pub(super) notes: Vec<String>,
    /// What was probably read wrong, sentences.
    pub(super) doubts: Vec<String>,
    pub(super) fingerprint: String,
    pub(super) habits: Habits,
    sheets: Vec<String>,
    sheet: Option<String>,
}

impl Reading {
    pub(super) fn of(path: &Path, options: &ImportOptions) -> Result<Self, ImportError> {
        let source = Source::read(path)?;
        let fingerprint = source.fingerprint();
        let habits = habits(options)?;
        let mut notes = Vec::new();
        let mut doubts = Vec::new();
        let mut merged = Vec::new();
        let (mut grid, sheets, sheet) = match source.kind {
            Kind::Text => {
                let decoded = decode::decode(&source.bytes, &options.encoding)?;
                notes.push(format!("The text was read as {}, {}.", decoded.encoding, decoded.how));
                doubts.extend(decoded.doubt);
                let (grid, separator) = delimited::read(&decoded.text, &options.separator)?;
                notes.push(format!("Columns are separated by {separator}."));
                (grid, Vec::new(), None)
            }
            workbook @ (Kind::Excel | Kind::OpenDocument) => {
                let read = if workbook == Kind::Excel { sheet::read } else { ods::read };
                let sheet = read(&source.bytes, options.sheet.as_deref())?;
                notes.push(format!("The sheet \"{}\" was read.", sheet.name));
                if sheet.from_1904 {
                    notes.push("The workbook counts its days from 1904; its dates were read so.".to_owned());
                }
                merged = sheet.merged;
                (sheet.grid, sheet.sheets, Some(sheet.name))
            }
        };
        if grid.rows.is_empty() {
            return Err(ImportError::Empty);
        }
        if grid.formulas > 0 {
            let cells = counted(grid.formulas, "cell holds a formula", "cells hold formulas");
            notes.push(format!("{cells}: the result that was saved with the file is used."));
        }
        let headings =
            match options.header_row {
                Some(number) => Some(headings::chosen(&grid, number).ok_or_else(|| {
                    ImportError::Mapping(format!("Row {number} of the file is empty or does not exist"))
                })?),
                None => headings::find(&grid),
            };
        if let Some(row) = headings.as_ref().and_then(|headings| grid.rows.get(headings.place)) {
            let below = row.number;
            grid.spread(&merged, below)?;
        }
        Ok(Self { grid, headings, notes, doubts, fingerprint, habits, sheets, sheet })
    }

    /// Reads dates and amounts as these options say.
    pub(super) fn write_as(&mut self, options: &ImportOptions) -> Result<(), ImportError> {
        self.habits = habits(options)?;
        Ok(())
    }

    /// The headings, or that there are none.
    pub(super) fn headings(&self) -> Result<&Headings, ImportError> {
        self.headings.as_ref().ok_or(ImportError::NoHeadings(headings::LOOKED_AT))
    }

    /// The rows below the headings.
    pub(super) fn rows(&self) -> &[Row] {
        let below = self.headings.as_ref().and_then(|headings| self.grid.rows.get(headings.place + 1..));
        below.unwrap_or_default()
    }

    /// The mapping to start from: one for each field.
    pub(super) fn proposed(&self) -> Vec<ImportMapping> {
        let proposed = self.headings.as_ref().map(Headings::proposed).unwrap_or_default();
        let mapped = |name: &str| {
            let column = proposed.iter().find(|(target, _)| target.name == name).map(|(_, column)| *column);
            ImportMapping {
                field: name.to_owned(),
                column: column.and_then(|column| u32::try_from(column).ok()),
                value: String::new(),
            }
        };
        let mut mapping: Vec<ImportMapping> = fields::TARGETS.iter().map(|target| mapped(target.name)).collect();
        let cost = proposed.iter().find(|(target, _)| target.name == "cost").map(|(_, column)| *column);
        let said = cost
            .and_then(|column| self.headings.as_ref()?.columns.get(column))
            .and_then(|heading| called::price_is_of(heading));
        if let Some(per) = mapping.iter_mut().find(|one| one.field == "per" && one.column.is_none()) {
            said.unwrap_or_default().clone_into(&mut per.value);
        }
        mapping
    }

    /// Columns with something in them that fill no field.
    pub(super) fn ignored(&self, mapping: &[ImportMapping]) -> Vec<usize> {
        let columns = self.headings.as_ref().map_or(0, |headings| headings.columns.len());
        let used = |column: usize| mapping.iter().any(|one| one.column.is_some_and(|used| used as usize == column));
        let filled = |column: usize| self.rows().iter().any(|row| row.cell(column).is_some());
        (0..columns).filter(|column| !used(*column) && filled(*column)).collect()
    }

    /// What is doubtful about the file and its mapping as a whole, sentences.
    pub(super) fn warnings(&self, mapping: &[ImportMapping]) -> Vec<String> {
        let mut warnings = self.doubts.clone();
        let Some(headings) = &self.headings else { return warnings };
        let of = |field: &str| mapping.iter().find(|one| one.field == field);
        let filled = |field: &str| of(field).is_some_and(|one| one.column.is_some() || !one.value.trim().is_empty());
        if !filled("cost") && !filled("tiers") {
            let none = "No column tells the price, so what the purchases cost would not be known: say which one does.";
            warnings.push(none.to_owned());
        }
        for column in self.ignored(mapping) {
            let called = headings.columns.get(column).and_then(|heading| called::called(heading));
            let taken = called.and_then(|target| Some((target, of(target.name)?.column? as usize)));
            if let Some((target, taken)) = taken {
                warnings.push(format!(
                    "The columns \"{}\" and \"{}\" could both tell {}: the first one is read.",
                    headings.name(taken),
                    headings.name(column),
                    label(target),
                ));
            }
        }
        warnings
    }

    pub(super) fn table(&self, request: &ImportOpenRequest, remembered: Option<&Remembered>) -> ImportTable {
        let columns = self.headings.iter().flat_map(|headings| {
            (0..headings.columns.len()).map(|column| ImportColumn {
                heading: headings.name(column),
                examples: self
                    .rows()
                    .iter()
                    .filter_map(|row| row.cell(column))
                    .take(EXAMPLES)
                    .map(|cell| cell.text.to_string())
                    .collect(),
            })
        });
        let header = self.headings.as_ref().and_then(|headings| self.grid.rows.get(headings.place));
        let refusal = ImportError::NoHeadings(headings::LOOKED_AT);
        ImportTable {
            path: request.path.clone(),
            notes: self.notes.clone(),
            sheets: self.sheets.clone(),
            sheet: self.sheet.clone(),
            header_row: header.map(|row| row.number),
            problem: self.headings.is_none().then(|| format!("{refusal} {}", refusal.hint())),
            lines: self.grid.rows.iter().take(headings::LOOKED_AT).map(line).collect(),
            columns: columns.collect(),
            rows: self.rows().len() as u64,
            fields: all_fields(),
            mapping: remembered.map_or_else(|| self.proposed(), |remembered| remembered.mapping(self)),
            remembered: remembered.map(Remembered::view),
        }
    }
}

fn line(row: &Row) -> ImportLine {
    ImportLine { row: row.number, cells: row.cells.iter().map(|cell| cell.text.to_string()).collect() }
}

fn all_fields() -> Vec<ImportField> {
    let field = |target: &Target| ImportField {
        field: target.name.to_owned(),
        label: label(target).to_owned(),
        needed: NEEDED.contains(&target.name),
        needed_with: NEEDED_WITH_COST.contains(&target.name).then(|| "cost".to_owned()),
    };
    fields::TARGETS.iter().map(field).collect()
}

pub(super) fn habits(options: &ImportOptions) -> Result<Habits, ImportError> {
    let unknown = |value: &str, known: &str| Err(ImportError::Mapping(format!("\"{value}\" is not one of {known}")));
    let day_first = match options.date_order.as_str() {
        "" => None,
        "day-first" => Some(true),
        "month-first" => Some(false),
        other => return unknown(other, "day-first and month-first"),
    };
    let comma = match options.decimal_mark.as_str() {
        "" => None,
        "," => Some(true),
        "." => Some(false),
        other => return unknown(other, "the comma and the point"),
    };
    Ok(Habits { day_first, comma })
}
