//! OpenDocument spreadsheets as LibreOffice, Excel and Google write them: typed cells, repeated and merged ones, formulas with
//! and without results, hidden sheets, and files that claim more than they hold.

use crate::import_desk::ImportDesk;
use crate::packed::{pack, spreadsheet};

const HEADINGS: [&str; 7] = ["License type", "Quantity", "Cost", "Per", "Every", "From", "Until"];

fn text(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

fn typed(kind: &str, attribute: &str, value: &str, shown: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"{kind}\" office:{attribute}=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
    )
}

fn number(value: &str) -> String {
    typed("float", "value", value, value)
}

fn day(value: &str) -> String {
    typed("date", "date-value", value, "whatever the style shows")
}

fn row(cells: &[String]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

fn headings() -> String {
    row(&HEADINGS.map(text))
}

fn table(name: &str, rows: &[String]) -> String {
    format!("<table:table table:name=\"{name}\" table:style-name=\"ta1\">{}</table:table>", rows.concat())
}

/// A row whose other cells are as they should be.
fn costing(cost: &str) -> String {
    row(&[
        text("can-edit"),
        number("50"),
        cost.to_owned(),
        text("unit"),
        text("month"),
        day("2026-04-01"),
        String::new(),
    ])
}

#[tokio::test]
async fn numbers_dates_percents_and_yeses_are_what_they_are_stored_as() {
    let desk = ImportDesk::new().await;
    let own = ["Tax", "Auto-renews", "Notes"].map(text).concat();
    let first = row(&[HEADINGS.map(text).concat(), own]);
    let filled = |quantity: String, cost: String, tax: String| {
        row(&[
            text("can-edit"),
            quantity,
            cost,
            text("unit"),
            text("month"),
            day("2026-04-01T00:00:00"),
            day("2027-03-31"),
            tax,
            typed("boolean", "boolean-value", "true", "WAHR"),
            text("R&amp;D<text:s text:c=\"2\"/>team</text:p><text:p>second line"),
        ])
    };
    let rows = [
        first,
        filled(
            number("50"),
            typed("currency", "value", "9.99", "9,99 €"),
            typed("percentage", "value", "0.19", "19 %"),
        ),
        filled(number("51"), number("0.30000000000000004"), typed("percentage", "value", "0.075", "7,5 %")),
        filled(text("52"), number("1.234"), "<table:table-cell/>".to_owned()),
    ];
    spreadsheet(&desk.path("costs.ods"), &table("Kosten", &rows));
    let file = desk.file("costs.ods");
    let opened = file.open().unwrap();
    assert_eq!((opened.sheet.as_deref(), opened.header_row, opened.rows), (Some("Kosten"), Some(1), 3));
    assert_eq!(opened.notes, ["The sheet \"Kosten\" was read."]);
    let preview = file.preview();
    let form = &preview.rows[0].form;
    assert_eq!([&form.quantity, &form.cost, &form.from, &form.until], ["50", "9.99", "2026-04-01", "2027-03-31"]);
    assert_eq!((form.tax.as_str(), form.auto_renews), ("19%", true));
    assert_eq!(form.note, "R&D  team\nsecond line");
    let told: Vec<_> = preview.rows.iter().map(|row| (row.form.cost.as_str(), row.form.tax.as_str())).collect();
    assert_eq!(told, [("9.99", "19%"), ("0.3", "7.5%"), ("1.2340", "")], "as shown, and never in doubt");
    assert_eq!(preview.accepted, 3, "{:?}", preview.rows.iter().map(|row| &row.problems).collect::<Vec<_>>());
}

#[tokio::test]
async fn repeated_cells_and_rows_are_written_out_and_empty_ones_are_passed_over() {
    let desk = ImportDesk::new().await;
    let empty = "<table:table-row table:number-rows-repeated=\"4\"><table:table-cell table:number-columns-repeated=\"16384\"/>\
                 </table:table-row>";
    let repeated = "<table:table-row table:number-rows-repeated=\"3\">\
        <table:table-cell office:value-type=\"string\"><text:p>can-edit</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"9\"><text:p>9</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"string\"><text:p>unit</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"string\"><text:p>month</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2026-04-01\"><text:p>1.4.26</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"16378\"/></table:table-row>";
    let rest = "<table:table-row table:number-rows-repeated=\"1048560\"><table:table-cell table:number-columns-repeated=\"16384\"/>\
                </table:table-row>";
    let rows = [headings(), empty.to_owned(), repeated.to_owned(), rest.to_owned()];
    spreadsheet(&desk.path("costs.ods"), &table("Costs", &rows));
    let preview = desk.file("costs.ods").with(|options| options.keep_duplicates = true).preview();
    let told: Vec<_> =
        preview.rows.iter().map(|row| (row.row, row.form.quantity.as_str(), row.form.cost.as_str())).collect();
    assert_eq!(told, [(6, "9", "9"), (7, "9", "9"), (8, "9", "9")]);
    assert_eq!(preview.accepted, 3);
}

#[tokio::test]
async fn formulas_give_their_saved_result_and_say_where_there_is_none() {
    let desk = ImportDesk::new().await;
    let rows = [
        headings(),
        costing(
            "<table:table-cell table:formula=\"of:=3*3\" office:value-type=\"float\" office:value=\"9\"><text:p>9</text:p></table:table-cell>",
        ),
        costing("<table:table-cell table:formula=\"of:=3*4\"/>"),
        costing(
            "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" \
             calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>",
        ),
    ];
    spreadsheet(&desk.path("costs.ods"), &table("Costs", &rows));
    let file = desk.file("costs.ods");
    assert!(file.open().unwrap().notes[1].starts_with("2 cells hold formulas"), "{:?}", file.open().unwrap().notes);
    let preview = file.preview();
    assert_eq!((preview.rows[0].form.cost.as_str(), preview.accepted), ("9", 1));
    let refused: Vec<_> =
        preview.repairs.iter().map(|repair| (repair.repair.as_str(), repair.numbers.as_slice())).collect();
    assert_eq!(refused, [("save-results:cost", &[3][..]), ("mend-fault:cost", &[4])]);
    assert!(preview.rows[2].problems[0].message.contains("the error #DIV/0!"), "{:?}", preview.rows[2].problems);
}

#[tokio::test]
async fn merged_cells_remarks_and_hidden_sheets_are_as_a_reader_sees_them() {
    let desk = ImportDesk::new().await;
    let remark = "<office:annotation><text:p>ask Mira</text:p></office:annotation>";
    let merged = "<table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>view-only</text:p></table:table-cell>";
    let rest = |first: String, quantity: String| {
        row(&[first, quantity, number("9"), text("unit"), text("month"), day("2026-04-01")])
    };
    let noted = format!(
        "<table:table-cell office:value-type=\"float\" office:value=\"7\">{remark}<text:p>7</text:p></table:table-cell>"
    );
    let rows = [
        headings(),
        rest(merged.to_owned(), number("5")),
        rest("<table:covered-table-cell><text:p>unseen</text:p></table:covered-table-cell>".to_owned(), noted),
    ];
    let hidden =
        format!("<table:table table:name=\"Old\" table:style-name=\"ta9\">{}{}</table:table>", headings(), costing(""));
    let tables = format!("{hidden}{}{}", table("Cover", &[row(&[text("Confidential")])]), table("Costs", &rows));
    spreadsheet(&desk.path("costs.ods"), &tables);
    let file = desk.file("costs.ods");
    let opened = file.open().unwrap();
    assert_eq!((opened.sheet.as_deref(), opened.sheets), (Some("Costs"), vec!["Cover".to_owned(), "Costs".to_owned()]));
    let preview = file.preview();
    let told: Vec<_> =
        preview.rows.iter().map(|row| (row.form.license_type.as_str(), row.form.quantity.as_str())).collect();
    assert_eq!(told, [("view-only", "5"), ("view-only", "7")]);
    let old = desk.file("costs.ods").with(|options| options.sheet = Some("old".to_owned())).open().unwrap();
    assert_eq!((old.sheet.as_deref(), old.rows), (Some("Old"), 1), "whoever asks for it by name gets it");
    let nowhere = desk.file("costs.ods").with(|options| options.sheet = Some("Prices".to_owned()));
    assert_eq!(nowhere.refused().0, "no-such-sheet");
}

#[tokio::test]
async fn files_that_claim_too_much_are_damaged_or_locked_are_refused_in_words() {
    let desk = ImportDesk::new().await;
    let refused = |name: &str| desk.file(name).refused();
    let tall = format!("<table:table-row table:number-rows-repeated=\"1048576\">{}</table:table-row>", text("x"));
    spreadsheet(&desk.path("tall.ods"), &table("Costs", &[headings(), tall]));
    assert_eq!(refused("tall.ods").0, "file-too-large");
    let wide = "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\">\
                <text:p>x</text:p></table:table-cell></table:table-row>";
    spreadsheet(&desk.path("wide.ods"), &table("Costs", &[headings(), wide.to_owned()]));
    assert_eq!(refused("wide.ods").0, "file-too-large");
    spreadsheet(&desk.path("torn.ods"), "<table:table table:name=\"Costs\"><table:table-row>");
    assert_eq!(refused("torn.ods").0, "file-not-a-table");
    spreadsheet(&desk.path("empty.ods"), &table("Costs", &[]));
    assert_eq!(refused("empty.ods").0, "file-not-a-table");
    let locked = "<manifest:manifest xmlns:manifest=\"urn:x\"><manifest:file-entry manifest:full-path=\"content.xml\">\
                  <manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    pack(
        &desk.path("locked.ods"),
        &[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", b"\x8f\x13 not readable"),
            ("META-INF/manifest.xml", locked.as_bytes()),
        ],
    );
    assert!(refused("locked.ods").1.contains("with a password"), "{:?}", refused("locked.ods"));
}
