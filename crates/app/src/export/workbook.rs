//! A table as a workbook: typed cells, a header that stays, a filter, native charts, and a sheet that says what it is.
//! Rows go to disk as they come, so that 100,000 of them need no more memory than one. Text is never a formula.

use std::borrow::Cow;
use std::path::PathBuf;

use jiff::Timestamp;
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLine, ChartLineDashType, ChartSolidFill, ChartType, Color, DocProperties, ExcelDateTime,
    Format, Workbook, Worksheet, XlsxError,
};

use super::cells::Cell;
use super::file::Out;
use super::typed::{self, Formats};
use crate::error::{Error, Result};

/// The rows of a worksheet, the header included.
const MOST_ROWS: u32 = 1_048_576;
/// The most characters of a text that a cell holds.
const MOST_TEXT: usize = 32_767;
/// What separates several texts in one cell.
const BETWEEN: &str = "; ";

/// What a workbook says beside its rows.
#[derive(Debug, Default)]
pub(crate) struct Paper {
    /// The name of the sheet with the rows.
    pub(crate) sheet: &'static str,
    /// What it is, line by line.
    pub(crate) about: Vec<(String, String)>,
    /// Columns with an amount that a spreadsheet's numbers cannot hold: each gets a column with its exact text.
    pub(crate) exact: Vec<&'static str>,
    /// Its charts.
    pub(crate) charts: Vec<Picture>,
    /// When it was made; a workbook tells that of itself, and by the same clock as its first sheet.
    pub(crate) made: Timestamp,
    /// Where rows wait until the workbook is packed.
    pub(crate) folder: PathBuf,
}

/// A chart over columns of the table.
#[derive(Debug)]
pub(crate) struct Picture {
    /// The measure.
    pub(crate) title: String,
    /// The unit.
    pub(crate) unit: String,
    /// The column that names the bars.
    pub(crate) names: &'static str,
    /// What they show.
    pub(crate) series: Vec<Series>,
    /// How they are drawn.
    pub(crate) kind: Kind,
}

/// How a chart draws its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Bars side by side.
    Columns,
    /// Bars on each other.
    Stacked,
    /// Lines.
    Lines,
}

/// One series of a chart.
#[derive(Debug)]
pub(crate) struct Series {
    /// The column with its values.
    pub(crate) column: &'static str,
    /// Its legend.
    pub(crate) legend: String,
    /// Its first and last row, from 0; `None` for all.
    pub(crate) rows: Option<(u32, u32)>,
    /// Its color, as red, green and blue; `None` leaves it to the spreadsheet.
    pub(crate) color: Option<u32>,
    /// Whether its line is dashed.
    pub(crate) dashed: bool,
}

impl Series {
    /// A series over all rows.
    pub(crate) fn all(column: &'static str, legend: &str) -> Self {
        Self { column, legend: legend.to_owned(), rows: None, color: None, dashed: false }
    }

    /// The same in a color.
    pub(crate) fn colored(self, color: u32) -> Self {
        Self { color: Some(color), ..self }
    }

    /// The same as a dashed line.
    pub(crate) fn dashed(self) -> Self {
        Self { dashed: true, ..self }
    }

    /// How it is drawn, where it has a color.
    fn look(&self, kind: Kind) -> Option<ChartFormat> {
        let color = Color::RGB(self.color?);
        let mut format = ChartFormat::new();
        if kind == Kind::Lines {
            let mut line = ChartLine::new();
            line.set_color(color).set_width(2);
            if self.dashed {
                line.set_dash_type(ChartLineDashType::Dash);
            }
            format.set_line(&line);
        } else {
            format.set_solid_fill(ChartSolidFill::new().set_color(color));
        }
        Some(format)
    }
}

/// A workbook that is being written.
pub(crate) struct Book<'a> {
    out: &'a mut Out,
    columns: &'a [&'static str],
    paper: &'a Paper,
    workbook: Workbook,
    sheet: Worksheet,
    formats: Formats,
    next: u32,
    cut: u64,
}

impl<'a> Book<'a> {
    pub(crate) fn new(out: &'a mut Out, columns: &'a [&'static str], paper: &'a Paper) -> Result<Self> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_timestamp(paper.made.as_second()).map_err(broken)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        if !paper.folder.as_os_str().is_empty() {
            workbook.set_tempdir(&paper.folder).map_err(broken)?;
        }
        let mut sheet = workbook.new_worksheet_with_constant_memory().map_err(broken)?;
        sheet.set_name(paper.sheet).map_err(broken)?;
        let mut book = Self { out, columns, paper, workbook, sheet, formats: Formats::default(), next: 0, cut: 0 };
        let heading = Format::new().set_bold();
        for (at, name) in (0..).zip(book.headings()) {
            book.sheet.write_string_with_format(0, at, name.as_ref(), &heading).map_err(broken)?;
            book.sheet.set_column_width(at, typed::width(&name)).map_err(broken)?;
        }
        book.next = 1;
        Ok(book)
    }

    /// The columns, then those with the exact text of amounts.
    fn headings(&self) -> Vec<Cow<'static, str>> {
        let exact = self.paper.exact.iter().map(|column| Cow::Owned(format!("{column}_exact")));
        self.columns.iter().map(|column| Cow::Borrowed(*column)).chain(exact).collect()
    }

    /// Writes one row.
    pub(crate) fn row<'c>(&mut self, cells: impl Iterator<Item = Cell<'c>>) -> Result<()> {
        if self.next == MOST_ROWS {
            return Err(not_written("a worksheet holds 1,048,576 rows; choose CSV, or filter the rows"));
        }
        let mut column = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        for ((at, name), cell) in (0..).zip(self.columns).zip(cells) {
            if let Cell::Amount(text, _) = &cell
                && self.paper.exact.contains(name)
            {
                self.sheet.write_string(self.next, column, text.as_ref()).map_err(broken)?;
            }
            column += u16::from(self.paper.exact.contains(name));
            self.cell(at, cell).map_err(broken)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, at: u16, cell: Cell<'_>) -> std::result::Result<(), XlsxError> {
        let row = self.next;
        match cell {
            Cell::Null => {}
            Cell::Bool(yes) => {
                self.sheet.write_boolean(row, at, yes)?;
            }
            Cell::Count(count) => match typed::whole(&count.to_string()) {
                Some(number) => self.sheet.write_number(row, at, number).map(|_| ())?,
                None => self.text(at, &count.to_string())?,
            },
            Cell::Number(text) => match typed::number(&text) {
                Some(number) => self.sheet.write_number(row, at, number).map(|_| ())?,
                None => self.text(at, &text)?,
            },
            Cell::Digits(text) => match typed::whole(&text) {
                Some(number) => self.sheet.write_number(row, at, number).map(|_| ())?,
                None => self.text(at, &text)?,
            },
            Cell::Amount(text, currency) => match typed::number(&text) {
                Some(number) => {
                    let format = self.formats.amount(&currency);
                    self.sheet.write_number_with_format(row, at, number, format)?;
                }
                None => self.text(at, &text)?,
            },
            Cell::Day(text) => match typed::day(&text) {
                Some(day) => self.sheet.write_datetime_with_format(row, at, day, &self.formats.day).map(|_| ())?,
                None => self.text(at, &text)?,
            },
            Cell::Instant(text) => match typed::instant(&text) {
                Some(at_utc) => {
                    self.sheet.write_datetime_with_format(row, at, at_utc, &self.formats.instant)?;
                }
                None => self.text(at, &text)?,
            },
            Cell::Text(text) | Cell::Plain(text) => self.text(at, &text)?,
            Cell::List(list) => self.text(at, &list.join(BETWEEN))?,
        }
        Ok(())
    }

    /// Always a text cell, whatever it begins with.
    fn text(&mut self, at: u16, text: &str) -> std::result::Result<(), XlsxError> {
        let most = text.char_indices().nth(MOST_TEXT).and_then(|_| text.char_indices().nth(MOST_TEXT - 1));
        match most.and_then(|(end, _)| text.get(..end)) {
            Some(kept) => {
                self.cut += 1;
                self.sheet.write_string(self.next, at, format!("{kept}…"))?;
            }
            None if text.is_empty() => {}
            None => {
                self.sheet.write_string(self.next, at, text)?;
            }
        }
        Ok(())
    }

    /// Adds the other sheets and packs the workbook.
    pub(crate) fn finish(mut self) -> Result<()> {
        let last = u16::try_from(self.headings().len()).unwrap_or(u16::MAX).saturating_sub(1);
        self.sheet.set_freeze_panes(1, 0).map_err(broken)?;
        self.sheet.autofilter(0, 0, self.next - 1, last).map_err(broken)?;
        let about = self.about().map_err(broken)?;
        let charts = self.charts().map_err(broken)?;
        self.workbook.push_worksheet(self.sheet);
        self.workbook.push_worksheet(about);
        if let Some(charts) = charts {
            self.workbook.push_worksheet(charts);
        }
        self.workbook.save_to_writer(self.out).map_err(broken)
    }

    fn about(&self) -> std::result::Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name("About")?;
        sheet.set_column_width(0, 28)?.set_column_width(1, 110)?;
        let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
        let cut = (self.cut > 0).then(|| {
            ("Texts".to_owned(), format!("{} were longer than a cell holds and end with an ellipsis.", self.cut))
        });
        let exact = self.paper.exact.iter().map(|column| {
            let why = "The exact text of amounts with more digits than a spreadsheet's numbers hold.";
            (format!("{column}_exact"), why.to_owned())
        });
        for (row, (label, text)) in (0..).zip(self.paper.about.iter().cloned().chain(exact).chain(cut)) {
            sheet.write_string_with_format(row, 0, label, &bold)?;
            sheet.write_string_with_format(row, 1, text, &wrapped)?;
        }
        Ok(sheet)
    }

    fn charts(&self) -> std::result::Result<Option<Worksheet>, XlsxError> {
        let rows = self.next - 1;
        if self.paper.charts.is_empty() || rows == 0 {
            return Ok(None);
        }
        let mut sheet = Worksheet::new();
        sheet.set_name("Charts")?;
        let column = |name: &str| self.columns.iter().position(|column| *column == name);
        let range = |name: &str, of: Option<(u32, u32)>| {
            let at = column(name).and_then(|at| u16::try_from(at).ok());
            let (first, last) = of.map_or((1, rows), |(first, last)| (first + 1, last + 1));
            at.map(|at| (self.paper.sheet, first, at, last, at))
        };
        for (place, picture) in (0..).zip(&self.paper.charts) {
            let mut chart = Chart::new(match picture.kind {
                Kind::Columns => ChartType::Column,
                Kind::Stacked => ChartType::ColumnStacked,
                Kind::Lines => ChartType::Line,
            });
            chart.title().set_name(&picture.title);
            chart.y_axis().set_name(&picture.unit);
            for series in &picture.series {
                let ranges = range(picture.names, series.rows).zip(range(series.column, series.rows));
                let Some((names, values)) = ranges else { continue };
                let drawn = chart.add_series();
                drawn.set_name(&series.legend).set_categories(names).set_values(values);
                if let Some(mut look) = series.look(picture.kind) {
                    drawn.set_format(&mut look);
                }
            }
            chart.set_width(760).set_height(380);
            sheet.insert_chart(1 + place * 21, 1, &chart)?;
        }
        Ok(Some(sheet))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn broken(error: XlsxError) -> Error {
    not_written(&error.to_string())
}

/// The table does not know where it is written to.
fn not_written(why: &str) -> Error {
    Error::FileNotWritten { path: String::new(), why: why.to_owned() }
}
