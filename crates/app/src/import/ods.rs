//! An OpenDocument spreadsheet to a table, read as a stream. Repeated cells and rows are written out only as far as a list of
//! purchases goes, whatever a file claims. Absent on purpose: styles, but for which sheets are hidden.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader as XmlReader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use rust_decimal::Decimal;
use zip::ZipArchive;

use super::error::ImportError;
use super::grid::{Cell, Grid, Kind, Merged, put};
use super::sheet::{FAR, LOOKED_AT, MOST_MERGED, Sheet, asked_for, shortest};
use super::{headings, unpacked, words};

const KIND: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
/// What spreadsheets show where a formula has no value.
const FAULTS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Whether an archive says that it is such a spreadsheet.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let said = || {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut kind = Vec::new();
        archive.by_name("mimetype").ok()?.take(KIND.len() as u64).read_to_end(&mut kind).ok()?;
        Some(kind)
    };
    said().is_some_and(|kind| kind == KIND)
}

/// Reads a sheet; without a choice, the first visible one in which headings are found.
pub(super) fn read(bytes: &[u8], chosen: Option<&str>) -> Result<Sheet, ImportError> {
    unpacked::check(bytes)?;
    if is_locked(bytes)? {
        return Err(ImportError::OldWorkbook);
    }
    let looked = tables(bytes, |_| LOOKED_AT)?;
    let all: Vec<String> = looked.iter().map(|table| table.name.clone()).collect();
    let visible: Vec<&Table> = looked.iter().filter(|table| table.visible).collect();
    let name = if let Some(asked) = chosen {
        asked_for(asked, &all)?
    } else {
        let headed = visible.iter().find(|table| headings::find(&table.grid).is_some());
        headed.or_else(|| visible.first()).map(|table| table.name.clone()).ok_or(ImportError::Empty)?
    };
    let mut sheets: Vec<String> = visible.iter().map(|table| table.name.clone()).collect();
    if !sheets.contains(&name) {
        sheets.push(name.clone());
    }
    drop(looked);
    let read = tables(bytes, |table| if table == name { usize::MAX } else { 0 })?;
    let wanted = read.into_iter().find(|table| table.name == name).ok_or(ImportError::Empty)?;
    Ok(Sheet { grid: wanted.grid, name, sheets, merged: wanted.merged, from_1904: false })
}

/// One sheet, as far as it was wanted.
struct Table {
    name: String,
    visible: bool,
    grid: Grid,
    merged: Vec<Merged>,
}

/// Reads one part of the archive; `None` when it has no such part.
fn part<T>(
    bytes: &[u8],
    name: &str,
    read: impl FnOnce(&mut Xml<'_>) -> Result<T, ImportError>,
) -> Result<Option<T>, ImportError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let Some(index) = archive.index_for_name(name) else { return Ok(None) };
    let mut part = BufReader::new(archive.by_index(index).map_err(broken)?);
    read(&mut Xml::of(&mut part)).map(Some)
}

/// Whether some part needs a password.
fn is_locked(bytes: &[u8]) -> Result<bool, ImportError> {
    let locked = part(bytes, "META-INF/manifest.xml", |xml| {
        loop {
            match xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "encryption-data" => return Ok(true),
                Event::Eof => return Ok(false),
                _ => {}
            }
        }
    })?;
    Ok(locked.unwrap_or_default())
}

/// Every sheet, each with as many rows as are wanted of it.
fn tables(bytes: &[u8], wanted: impl Fn(&str) -> usize) -> Result<Vec<Table>, ImportError> {
    let read = part(bytes, "content.xml", |xml| {
        let mut tables: Vec<Table> = Vec::new();
        let mut hidden: HashSet<String> = HashSet::new();
        let mut style = String::new();
        loop {
            match xml.next()? {
                Event::Start(start) if start.name().as_ref() == "style:style" => {
                    style = attribute(&start, "style:name")?.unwrap_or_default();
                }
                Event::Start(start) if start.name().as_ref() == "style:table-properties" => {
                    let shown = attribute(&start, "table:display")?.is_none_or(|shown| shown != "false");
                    hidden.extend((!shown).then(|| style.clone()));
                }
                Event::Start(start) if start.name().as_ref() == "table:table" => {
                    let name = attribute(&start, "table:name")?.unwrap_or_default();
                    let own = attribute(&start, "table:style-name")?;
                    let (grid, merged) = table(xml, wanted(&name))?;
                    let visible = own.is_none_or(|own| !hidden.contains(&own));
                    tables.push(Table { name, visible, grid, merged });
                }
                Event::Eof => return Ok(tables),
                _ => {}
            }
        }
    })?;
    read.ok_or_else(|| ImportError::Workbook("it has no content".to_owned()))
}

fn table(xml: &mut Xml<'_>, most: usize) -> Result<(Grid, Vec<Merged>), ImportError> {
    let (mut grid, mut merged) = (Grid::default(), Vec::new());
    let mut number = 1;
    loop {
        if grid.rows.len() >= most {
            xml.skip("table:table")?;
            return Ok((grid, merged));
        }
        match xml.next()? {
            Event::Start(start) if start.name().as_ref() == "table:table-row" => {
                let repeats = repeats(&start, "table:number-rows-repeated")?;
                let line = line(xml)?;
                let tall = line.tall.iter().map(|(column, rows)| Merged {
                    first: number,
                    last: number.saturating_add(rows - 1),
                    column: *column,
                });
                merged.extend(tall.take(MOST_MERGED.saturating_sub(merged.len())));
                let after = number.saturating_add(repeats);
                if !line.cells.is_empty() {
                    for number in number..after {
                        grid.push(number, line.cells.clone())?;
                        grid.formulas += line.formulas;
                    }
                }
                number = after;
            }
            // What lies over the sheet, as pictures and charts do, is none of its rows.
            Event::Start(start) if start.name().as_ref() == "table:shapes" => xml.skip("table:shapes")?,
            Event::End(end) if end.name().as_ref() == "table:table" => return Ok((grid, merged)),
            Event::Eof => return Err(ImportError::Workbook("it ends within a sheet".to_owned())),
            _ => {}
        }
    }
}

/// The cells of a row up to the last that holds something.
#[derive(Default)]
struct Line {
    cells: Vec<Cell>,
    formulas: u64,
    /// Columns of cells that reach over several rows, with how many.
    tall: Vec<(usize, u64)>,
}

fn line(xml: &mut Xml<'_>) -> Result<Line, ImportError> {
    let mut line = Line::default();
    let mut column: usize = 0;
    loop {
        match xml.next()? {
            Event::Start(start) if start.name().as_ref() == "table:table-cell" => {
                let stated = Stated::of(&start)?;
                let shown = xml.text("table:table-cell")?;
                let after = column.saturating_add(usize::try_from(stated.columns).unwrap_or(usize::MAX));
                let cell = stated.cell(&shown);
                if !cell.is_empty() {
                    if after > FAR {
                        return Err(ImportError::TooMuch("200 columns"));
                    }
                    for column in column..after {
                        line.formulas += u64::from(stated.formula && cell.kind != Kind::NoResult);
                        put(&mut line.cells, column, cell.clone());
                    }
                    if stated.rows > 1 {
                        line.tall.push((column, stated.rows));
                    }
                }
                column = after;
            }
            // Under a cell that is merged over it: whatever it holds is not seen.
            Event::Start(start) if start.name().as_ref() == "table:covered-table-cell" => {
                let columns = repeats(&start, "table:number-columns-repeated")?;
                column = column.saturating_add(usize::try_from(columns).unwrap_or(usize::MAX));
                xml.skip("table:covered-table-cell")?;
            }
            Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(line),
            Event::Eof => return Err(ImportError::Workbook("it ends within a row".to_owned())),
            _ => {}
        }
    }
}

/// What a cell states of itself, beside the text that it shows.
struct Stated {
    kind: String,
    value: Option<String>,
    formula: bool,
    fault: bool,
    columns: u64,
    rows: u64,
}

impl Stated {
    fn of(start: &BytesStart<'_>) -> Result<Self, ImportError> {
        let mut stated = Self { kind: String::new(), value: None, formula: false, fault: false, columns: 1, rows: 1 };
        for found in start.attributes().with_checks(false) {
            let found = found.map_err(broken)?;
            let value = found.normalized_value(XmlVersion::Implicit1_0).map_err(broken)?;
            match found.key.as_ref() {
                "office:value-type" => stated.kind = value.into_owned(),
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => stated.value = Some(value.into_owned()),
                "calcext:value-type" => stated.fault = value == "error",
                "table:formula" => stated.formula = true,
                "table:number-columns-repeated" => stated.columns = repeated(&value)?,
                "table:number-rows-spanned" => stated.rows = repeated(&value)?,
                _ => {}
            }
        }
        Ok(stated)
    }

    fn cell(&self, shown: &str) -> Cell {
        let stored = |text: String| Cell { text: text.into(), kind: Kind::Stored };
        let shown = shown.trim();
        if self.fault || (self.formula && (FAULTS.contains(&shown) || shown.starts_with("Err:"))) {
            let text = if shown.is_empty() { "of a formula" } else { shown };
            return Cell { text: text.into(), kind: Kind::Fault };
        }
        let value = self.value.as_deref().map(str::trim);
        match (self.kind.as_str(), value) {
            ("", _) if self.formula && shown.is_empty() => Cell { text: "".into(), kind: Kind::NoResult },
            ("float" | "currency", Some(value)) => stored(value.parse().map_or_else(|_| value.to_owned(), shortest)),
            ("percentage", Some(value)) => stored(percent(value).unwrap_or_else(|| value.to_owned())),
            ("date", Some(value)) => stored(value.split('T').next().unwrap_or_default().to_owned()),
            ("boolean", Some(value)) => {
                stored(if value.eq_ignore_ascii_case("true") { words::YES } else { words::NO }.to_owned())
            }
            ("time", Some(value)) => stored(value.to_owned()),
            (_, Some(value)) if shown.is_empty() => Cell::text(value),
            _ => Cell::text(shown),
        }
    }
}

/// "0.05" is 5%: the form knows percents by their sign.
fn percent(value: &str) -> Option<String> {
    let share: Decimal = shortest(value.parse().ok()?).parse().ok()?;
    Some(format!("{}%", share.checked_mul(Decimal::ONE_HUNDRED)?.normalize()))
}

fn repeated(text: &str) -> Result<u64, ImportError> {
    text.trim().parse().map_err(|_| ImportError::Workbook(format!("\"{text}\" is no number of repeated cells")))
}

fn repeats(start: &BytesStart<'_>, name: &str) -> Result<u64, ImportError> {
    attribute(start, name)?.map_or(Ok(1), |text| repeated(&text))
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, ImportError> {
    let Some(found) = start.try_get_attribute(name).map_err(broken)? else { return Ok(None) };
    Ok(Some(found.normalized_value(XmlVersion::Implicit1_0).map_err(broken)?.into_owned()))
}

/// Elements one after the other.
struct Xml<'a> {
    reader: XmlReader<&'a mut dyn BufRead>,
    buffer: Vec<u8>,
}

impl<'a> Xml<'a> {
    fn of(part: &'a mut dyn BufRead) -> Self {
        let mut reader = XmlReader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new() }
    }

    fn next(&mut self) -> Result<Event<'_>, ImportError> {
        self.buffer.clear();
        self.reader.read_event_into(&mut self.buffer).map_err(broken)
    }

    /// Passes over what is left of an element.
    fn skip(&mut self, name: &str) -> Result<(), ImportError> {
        self.buffer.clear();
        self.reader.read_to_end_into(quick_xml::name::QName(name), &mut self.buffer).map_err(broken)?;
        Ok(())
    }

    /// The text that a cell shows, to its end; remarks are not a part of it.
    fn text(&mut self, cell: &str) -> Result<String, ImportError> {
        let mut text = String::new();
        let mut paragraphs = 0_usize;
        loop {
            let remark = match self.next()? {
                Event::Text(found) if paragraphs > 0 => {
                    text.push_str(&found.xml10_content());
                    false
                }
                Event::GeneralRef(found) => {
                    push_reference(&found, &mut text)?;
                    false
                }
                Event::Start(start) => match start.name().as_ref() {
                    "office:annotation" => true,
                    "text:p" => {
                        text.push_str(if paragraphs > 0 { "\n" } else { "" });
                        paragraphs += 1;
                        false
                    }
                    "text:s" => {
                        let spaces = repeats(&start, "text:c")?.min(100);
                        text.extend((0..spaces).map(|_| ' '));
                        false
                    }
                    "text:tab" | "text:line-break" => {
                        text.push(' ');
                        false
                    }
                    _ => false,
                },
                Event::End(end) if end.name().as_ref() == cell => return Ok(text),
                Event::Eof => return Err(ImportError::Workbook("it ends within a cell".to_owned())),
                _ => false,
            };
            if remark {
                self.skip("office:annotation")?;
            }
        }
    }
}

fn push_reference(found: &BytesRef<'_>, text: &mut String) -> Result<(), ImportError> {
    if let Some(known) = resolve_predefined_entity(found) {
        text.push_str(known);
    } else if let Some(letter) = found.resolve_char_ref().map_err(broken)? {
        text.push(letter);
    }
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> ImportError {
    ImportError::Workbook(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_told_with_their_sign() {
        for (stored, told) in [("0.05", "5%"), ("0.055", "5.5%"), ("1", "100%"), ("0.070000000000000007", "7%")] {
            assert_eq!(percent(stored).as_deref(), Some(told));
        }
    }
}
