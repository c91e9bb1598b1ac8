//! Exports: whole filtered sets as CSV, XLSX or JSON, without grouping rows, written completely or not at all.

mod about;
mod books;
mod cells;
mod file;
pub mod focus;
mod periods;
mod table;
mod tables;
mod typed;
mod workbook;

use std::path::Path;

use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::roster::{ExportRequest, Exported, RosterRow};

pub use cells::{Cell, Tabular};
pub use table::Format;
pub(crate) use table::harmless;
use workbook::Paper;

impl Seatledger {
    /// Writes every row of a roster query.
    pub fn roster_export(&self, request: &ExportRequest) -> Result<Exported> {
        let format = Format::parse(&request.format)?;
        let columns = columns::<RosterRow>(&request.columns)?;
        let path = Path::new(&request.path);
        let paper = self.paper(What::Roster, &request.query, path)?;
        file::write(path, |out| {
            let mut table = table::Writer::new(out, format, &columns, &paper)?;
            self.roster_rows(&request.query, |row| table.row(&row))?;
            table.finish()
        })
    }
}

/// What a file is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Roster,
    Purchases,
    Spend,
    Changes,
    OverTime,
    Forecast,
    Renewals,
    Chargeback,
    Fees,
    Invoices,
    Rates,
}

fn whole<T: Tabular>(rows: &[T], format: &str, path: &Path, mut paper: Paper) -> Result<Exported> {
    let format = Format::parse(format)?;
    let columns = columns::<T>(&[])?;
    paper.exact = about::inexact(rows, &columns, format);
    file::write(path, |out| {
        let mut table = table::Writer::new(out, format, &columns, &paper)?;
        rows.iter().try_for_each(|row| table.row(row))?;
        table.finish()
    })
}

/// Writes a template: a table of one row, and what its columns mean.
pub(crate) fn template<T: Tabular>(
    path: &Path,
    format: &str,
    about: Vec<(String, String)>,
    row: &T,
) -> Result<Exported> {
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    whole(std::slice::from_ref(row), format, path, Paper { sheet: "Purchases", about, folder, ..Paper::default() })
}

/// Writes rows that were not imported, as CSV with a last column of reasons. Once all are written `done` decides: when it
/// fails, no file appears.
pub(crate) fn rejected(
    path: &Path,
    columns: &[String],
    rows: impl Iterator<Item = (Vec<String>, String)>,
    done: impl FnOnce() -> Result<()>,
) -> Result<Exported> {
    let why = |error: std::io::Error| Error::FileNotWritten { path: String::new(), why: error.to_string() };
    file::write(path, |out| {
        let written = table::rejected(out, columns, rows)?;
        out.flush().map_err(why)?;
        done()?;
        Ok(written)
    })
}

/// Writes a file whose bytes are known already, with so many rows in it.
pub(crate) fn write_file(path: &Path, bytes: &[u8], rows: u64) -> Result<Exported> {
    let why = |error: std::io::Error| Error::FileNotWritten { path: String::new(), why: error.to_string() };
    file::write(path, |out| {
        out.write_all(bytes).map_err(why)?;
        Ok(rows)
    })
}

/// The columns asked for, in their order; all when none are named.
fn columns<T: Tabular>(asked: &[String]) -> Result<Vec<&'static str>> {
    if asked.is_empty() {
        return Ok(T::COLUMNS.to_vec());
    }
    let known = |name: &String| {
        let found = T::COLUMNS.iter().find(|column| *column == name).copied();
        found.ok_or_else(|| Error::NotAllowed { value: name.clone(), expected: "a column of this export" })
    };
    asked.iter().map(known).collect()
}
