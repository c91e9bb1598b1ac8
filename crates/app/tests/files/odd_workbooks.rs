//! Workbooks as they come: merged headings, dates of both calendars, formulas, numbers as text, bombs, cells far away.

use std::fmt::Write as _;

use app::view::import::ImportTemplateRequest;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::import_desk::ImportDesk;
use crate::packed::{pack, workbook};

const HEADINGS: [&str; 7] = ["License type", "Quantity", "Cost", "Per", "Every", "From", "Until"];

fn headed(sheet: &mut Worksheet, row: u32) {
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(row, column, heading).unwrap();
    }
}

/// A row of texts with numbers where they are meant.
fn filled(sheet: &mut Worksheet, row: u32, license_type: &str, quantity: f64, cost: f64) {
    sheet.write_string(row, 0, license_type).unwrap();
    sheet.write_number(row, 1, quantity).unwrap().write_number(row, 2, cost).unwrap();
    sheet.write_string(row, 3, "unit").unwrap().write_string(row, 4, "month").unwrap();
    sheet.write_string(row, 5, "2026-04-01").unwrap();
}

fn cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A hand-made row of headings.
fn heading_row() -> String {
    let cells: String =
        "ABCDEFG".chars().zip(HEADINGS).map(|(column, text)| cell(&format!("{column}1"), text)).collect();
    format!("<row r=\"1\">{cells}</row>")
}

#[tokio::test]
async fn numbers_dates_and_numbers_as_text_are_what_they_look_like() {
    let desk = ImportDesk::new().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    headed(sheet, 0);
    let day = Format::new().set_num_format("dd.mm.yyyy");
    for (row, cost) in [(1, 9.99), (2, 1.234), (3, 1200.0)] {
        filled(sheet, row, "can-edit", 50.0, cost);
        let date = ExcelDateTime::from_ymd(2027, 3, 31).unwrap();
        sheet.write_datetime_with_format(row, 6, &date, &day).unwrap();
    }
    sheet.write_string(3, 1, "1200").unwrap();
    sheet.write_number(3, 2, 0.1 + 0.2).unwrap();
    book.save(desk.path("costs.xlsx")).unwrap();
    let file = desk.file("costs.xlsx");
    let preview = file.preview();
    let first = &preview.rows[0];
    assert_eq!((first.form.cost.as_str(), first.form.until.as_str()), ("9.99", "2027-03-31"));
    assert_eq!(first.sentence.as_deref(), Some("50 seats × $9.99 monthly = $5,994.00 a year until 31 Mar 2027"));
    assert_eq!((preview.accepted, preview.rows[1].form.cost.as_str()), (3, "1.2340"), "never 1,234");
    assert_eq!(preview.rows[1].warnings.len(), 1, "kept exactly, but not in doubt: {:?}", preview.rows[1].warnings);
    assert_eq!(preview.rows[2].form.cost, "0.3", "as a spreadsheet shows 0.1 + 0.2");
    assert_eq!(preview.rows[2].form.quantity, "1200");
}

#[tokio::test]
async fn a_price_of_all_seats_with_three_decimals_is_refused_with_the_three_that_it_has() {
    let desk = ImportDesk::new().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    headed(sheet, 0);
    filled(sheet, 1, "can-edit", 50.0, 1.234);
    sheet.write_string(1, 3, "lot").unwrap();
    book.save(desk.path("costs.xlsx")).unwrap();
    let refusals = desk.file("costs.xlsx").refusals();
    assert!(refusals[0].1[0].starts_with("Cost has 3 decimals, but USD has 2"), "{refusals:?}");
}

#[tokio::test]
async fn cells_that_are_merged_over_rows_are_filled_unless_they_count_or_cost() {
    let desk = ImportDesk::new().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    headed(sheet, 0);
    for row in 1..=4 {
        filled(sheet, row, "can-edit", f64::from(row), 9.0);
    }
    sheet.merge_range(1, 0, 2, 0, "view-only", &plain).unwrap();
    sheet.merge_range(3, 2, 4, 2, "9.00", &plain).unwrap();
    book.save(desk.path("costs.xlsx")).unwrap();
    let preview = desk.file("costs.xlsx").preview();
    let types: Vec<_> = preview.rows.iter().map(|row| row.form.license_type.as_str()).collect();
    assert_eq!(types, ["view-only", "view-only", "can-edit", "can-edit"]);
    let refused: Vec<_> = preview.rows.iter().map(|row| row.problems.len()).collect();
    assert_eq!(refused, [0, 0, 0, 1]);
    assert!(preview.rows[3].problems[0].message.starts_with("Cost stands in a cell that is merged over several rows"));
}

#[tokio::test]
async fn titles_and_merged_headings_above_the_table_are_passed_over() {
    let desk = ImportDesk::new().await;
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Cover").unwrap().write_string(0, 0, "Confidential").unwrap();
    let sheet = book.add_worksheet().set_name("Licenses").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 6, "License costs 2026", &plain).unwrap();
    for (column, heading) in (0..5).zip(HEADINGS) {
        sheet.merge_range(2, column, 3, column, heading, &plain).unwrap();
    }
    sheet.merge_range(2, 5, 2, 6, "Term", &plain).unwrap();
    sheet.write_string(3, 5, "From").unwrap().write_string(3, 6, "Until").unwrap();
    filled(sheet, 4, "can-edit", 50.0, 9.0);
    book.save(desk.path("costs.xlsx")).unwrap();
    let table = desk.file("costs.xlsx").open().unwrap();
    assert_eq!((table.sheet.as_deref(), table.header_row, table.rows), (Some("Licenses"), Some(4), 1));
    assert_eq!(table.sheets, ["Cover", "Licenses"]);
    assert_eq!(table.columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>(), HEADINGS);
    assert_eq!(desk.file("costs.xlsx").preview().accepted, 1);
    let cover = desk.file("costs.xlsx").with(|options| options.sheet = Some("cover".to_owned())).open().unwrap();
    assert!(cover.header_row.is_none() && cover.problem.is_some());
    let nowhere = desk.file("costs.xlsx").with(|options| options.sheet = Some("Prices".to_owned()));
    assert_eq!(
        nowhere.refused(),
        ("no-such-sheet", "The workbook has no sheet \"Prices\". It has: Cover, Licenses.".to_owned())
    );
}

#[tokio::test]
async fn dates_of_the_1904_calendar_are_the_days_that_people_saw() {
    let desk = ImportDesk::new().await;
    // 1 Apr 2026 is day 46113 counted from 1900, and day 44651 counted from 1904.
    for (properties, serial, told) in
        [("<workbookPr date1904=\"1\"/>", "44651", true), ("<workbookPr/>", "46113", false)]
    {
        let cells = [cell("A2", "can-edit"), "<c r=\"B2\"><v>50</v></c><c r=\"C2\"><v>9</v></c>".to_owned()].concat();
        let rest =
            [cell("D2", "unit"), cell("E2", "month"), format!("<c r=\"F2\" s=\"1\"><v>{serial}</v></c>")].concat();
        let rows = format!("{}<row r=\"2\">{cells}{rest}</row>", heading_row());
        workbook(&desk.path("costs.xlsx"), &rows, properties);
        let preview = desk.file("costs.xlsx").preview();
        assert_eq!((preview.accepted, preview.rows[0].form.from.as_str()), (1, "2026-04-01"), "{properties}");
        assert_eq!(preview.notes.iter().any(|note| note.contains("1904")), told);
    }
}

#[tokio::test]
async fn saved_results_of_formulas_are_used_and_told_others_are_refused_by_row() {
    let desk = ImportDesk::new().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    headed(sheet, 0);
    filled(sheet, 1, "can-edit", 50.0, 9.0);
    sheet.write_formula(1, 2, Formula::new("=18/2").set_result("9")).unwrap();
    book.save(desk.path("costs.xlsx")).unwrap();
    let preview = desk.file("costs.xlsx").preview();
    assert_eq!((preview.accepted, preview.rows[0].form.cost.as_str()), (1, "9"));
    assert!(
        preview.notes.contains(&"1 cell holds a formula: the result that was saved with the file is used.".to_owned())
    );
    let row = |number: u32, cost: &str| {
        let texts = [cell(&format!("A{number}"), "can-edit"), cell(&format!("D{number}"), "unit")];
        let more = [cell(&format!("E{number}"), "month"), cell(&format!("F{number}"), "2026-04-01")];
        let number_cell = format!("<c r=\"B{number}\"><v>5{number}</v></c>");
        format!("<row r=\"{number}\">{}{number_cell}{cost}{}{}</row>", texts[0], texts[1], more.concat())
    };
    let rows = [
        heading_row(),
        row(2, "<c r=\"C2\"><f>B2*2</f></c>"),
        row(3, "<c r=\"C3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"),
        row(4, "<c r=\"C4\"><f t=\"shared\" si=\"0\"/><v>7.5</v></c>"),
    ];
    workbook(&desk.path("made.xlsx"), &rows.concat(), "");
    let refusals = desk.file("made.xlsx").refusals();
    assert!(
        refusals[0].1[0].starts_with("Cost holds a formula whose result was not saved: open the file"),
        "{refusals:?}"
    );
    assert!(refusals[1].1[0].starts_with("Cost holds the error #DIV/0!"), "{refusals:?}");
    assert_eq!((refusals[2].0, refusals[2].1.len()), (4, 0), "{refusals:?}");
}

#[tokio::test]
async fn cells_far_apart_cost_nothing_and_columns_without_end_are_refused() {
    let desk = ImportDesk::new().await;
    let far = format!("{}<row r=\"1048576\">{}</row>", heading_row(), cell("A1048576", "can-edit"));
    workbook(&desk.path("far.xlsx"), &far, "");
    let preview = desk.file("far.xlsx").preview();
    assert_eq!((preview.refused, preview.rows[0].row), (1, 1_048_576));
    let right = format!("{}<row r=\"2\">{}</row>", heading_row(), cell("XFD2", "can-edit"));
    workbook(&desk.path("right.xlsx"), &right, "");
    assert_eq!(desk.file("right.xlsx").refused().1, "The table has more than 200 columns.");
    let backwards =
        format!("{}<row r=\"3\">{}</row><row r=\"2\">{}</row>", heading_row(), cell("A3", "x"), cell("A2", "y"));
    workbook(&desk.path("back.xlsx"), &backwards, "");
    assert!(desk.file("back.xlsx").refused().1.contains("out of order"));
}

#[tokio::test]
async fn a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read() {
    let desk = ImportDesk::new().await;
    let spaces = vec![b' '; 50 << 20];
    pack(&desk.path("bomb.xlsx"), &[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &spaces)]);
    assert!(std::fs::metadata(desk.path("bomb.xlsx")).unwrap().len() < 100_000);
    let (code, sentence) = desk.file("bomb.xlsx").refused();
    assert_eq!((code, sentence.contains("unpacks to more than 48 MB")), ("file-too-large", true), "{sentence}");
    pack(&desk.path("other.xlsx"), &[("word/document.xml", b"<document/>")]);
    assert_eq!(desk.file("other.xlsx").refused().0, "file-not-a-table");
}

#[tokio::test]
async fn a_hundred_thousand_rows_of_a_workbook_are_read_and_more_are_refused() {
    let desk = ImportDesk::new().await;
    let mut rows = heading_row();
    let texts = [cell("", "can-edit"), cell("", "unit"), cell("", "month"), cell("", "2026-04-01")]
        .map(|cell| cell.replace(" r=\"\"", ""));
    for number in 2..=100_001 {
        let numbers = format!("<c><v>{number}</v></c><c><v>9.5</v></c>");
        write!(rows, "<row r=\"{number}\">{}{numbers}{}</row>", texts[0], texts[1..].concat()).unwrap();
    }
    workbook(&desk.path("costs.xlsx"), &rows, "");
    let table = desk.file("costs.xlsx").open().unwrap();
    assert_eq!((table.header_row, table.rows), (Some(1), 100_000));
    for number in 100_002..=100_060 {
        write!(rows, "<row r=\"{number}\">{}</row>", texts[0]).unwrap();
    }
    workbook(&desk.path("more.xlsx"), &rows, "");
    assert_eq!(desk.file("more.xlsx").refused().1, "The table has more than 100,000 rows.");
}

#[tokio::test]
async fn the_template_explains_itself_and_is_understood() {
    let desk = ImportDesk::new().await;
    for name in ["start.csv", "start.xlsx"] {
        let path = desk.path(name).display().to_string();
        assert_eq!(desk.window.import_template_save(&ImportTemplateRequest { path }).unwrap().rows, 1);
        let table = desk.file(name).open().unwrap();
        let unmapped = table.mapping.iter().filter(|one| one.column.is_none()).map(|one| one.field.as_str());
        assert_eq!(unmapped.collect::<Vec<_>>(), ["unlimited"], "{name}");
        let preview = desk.file(name).preview();
        assert_eq!((preview.accepted, preview.doubtful), (1, 0), "{:?}", preview.rows);
    }
}
