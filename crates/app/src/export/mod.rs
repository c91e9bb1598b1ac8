//! Exports: whole filtered sets as CSV, XLSX or JSON, without grouping rows, written completely or not at all.

mod about;
mod assumed;
mod books;
mod cells;
mod csv_line;
mod file;
pub mod focus;
mod periods;
mod scanned;
mod sorting;
mod table;
mod tables;
mod typed;
mod workbook;

use std::path::Path;

use jiff::Timestamp;

use crate::activity::understood;
use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::export::CsvDialect;
use crate::view::roster::{ExportRequest, Exported, RosterQuery, RosterRow};

pub use cells::{Cell, Tabular};
use scanned::Scanned;
use sorting::Sorting;
pub(crate) use table::harmless;
use table::{Format, Lines};
use workbook::Paper;

impl Seatledger {
    /// Writes every row of a roster query.
    pub fn roster_export(&self, request: &ExportRequest) -> Result<Exported> {
        let format = Format::parse(&request.format, &request.csv)?;
        let columns = columns::<RosterRow>(&request.columns)?;
        let path = Path::new(&request.path);
        let paper = self.paper(What::Roster, &request.query, path)?;
        file::write(path, |out| {
            let mut table = table::Writer::new(out, format, &columns, &paper)?;
            match format.lines() {
                Some(lines) => self.roster_lines(&request.query, lines, &columns, path, &mut table)?,
                None => self.roster_rows(&request.query, |row| table.row(&row)).map(|_| ())?,
            }
            table.finish()
        })
    }

    /// Writes the rows of a query in one pass over the roster; they are put in order as rendered.
    fn roster_lines(
        &self,
        query: &RosterQuery,
        lines: Lines,
        columns: &[&'static str],
        path: &Path,
        table: &mut table::Writer<'_>,
    ) -> Result<()> {
        let app = self.app(&query.app)?;
        let types = self.types(&app)?;
        let (filter, order) = understood(query, &app, &types, self.today()?)?;
        let mut sorting = Sorting::new(path);
        self.store.scan_members(app.id, &filter, order, |member, key| {
            let added = sorting.add(key, |line| lines.render(columns, &Scanned(member), line));
            added.map_err(|error| table::broken(&error))
        })?;
        sorting.finish(|line| table.line(line)).map_err(|error| table::broken(&error))
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
    BurnDown,
    Forecast,
    Renewals,
    Chargeback,
    Fees,
    Invoices,
    Rates,
}

fn whole<T: Tabular>(rows: &[T], format: Format, path: &Path, mut paper: Paper) -> Result<Exported> {
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
    (path, made): (&Path, Timestamp),
    format: &str,
    about: Vec<(String, String)>,
    row: &T,
) -> Result<Exported> {
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    whole(
        std::slice::from_ref(row),
        Format::parse(format, &CsvDialect::default())?,
        path,
        Paper { sheet: "Purchases", about, made, folder, ..Paper::default() },
    )
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
