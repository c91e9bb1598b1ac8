//! Exported workbooks, read back: the values of the CSV, as numbers, dates and text, and sheets that say what they are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use app::Seatledger;
use app::view::apps::{AppDayRequest, AppRequest};
use app::view::export::{CsvDialect, TableChoice, TableExportRequest};
use app::view::forecast::ForecastRequest;
use app::view::over_time::SpendOverTimeRequest;
use app::view::purchases::{PurchaseForm, PurchaseSaveRequest};
use app::view::rates::{RateForm, RateSaveRequest};
use app::view::roster::{ExportRequest, RosterQuery};
use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};

use crate::desk::{APP, Desk, server, sync};
use crate::packed::{part, parts};

/// What spreadsheets would run, were it a formula.
const FORMULA: &str = "=HYPERLINK(\"http://elsewhere.example\")";

struct Exports {
    window: Seatledger,
    folder: tempfile::TempDir,
    _desk: Desk,
    _server: lucid_sim::Server,
}

fn form(license_type: &str, cost: &str, currency: &str) -> PurchaseForm {
    PurchaseForm {
        license_type: license_type.to_owned(),
        quantity: "50".to_owned(),
        cost: cost.to_owned(),
        per: "unit".to_owned(),
        currency: currency.to_owned(),
        every: "month".to_owned(),
        from: "2025-04-01".to_owned(),
        until: "2027-03-31".to_owned(),
        notice_days: "30".to_owned(),
        note: FORMULA.to_owned(),
        ..PurchaseForm::default()
    }
}

impl Exports {
    async fn new(forms: &[PurchaseForm]) -> Self {
        let server = server(60);
        let desk = Desk::new();
        let window = desk.connected(&server).await;
        sync(&window).await.unwrap();
        for form in forms {
            let request = PurchaseSaveRequest { app: APP.to_owned(), id: None, form: form.clone() };
            let saved = window.purchase_save(&request).unwrap();
            assert_eq!(saved.problems, Vec::new());
        }
        Self { window, folder: tempfile::tempdir().unwrap(), _desk: desk, _server: server }
    }

    fn written(&self, table: TableChoice, format: &str) -> PathBuf {
        let path = self.folder.path().join(format!("table.{format}"));
        let (format, to) = (format.to_owned(), path.display().to_string());
        self.window.table_export(&TableExportRequest { table, format, csv: CsvDialect::default(), path: to }).unwrap();
        path
    }

    fn roster(&self, format: &str) -> PathBuf {
        let path = self.folder.path().join(format!("roster.{format}"));
        let query = RosterQuery { app: APP.to_owned(), ..RosterQuery::default() };
        let (format, to) = (format.to_owned(), path.display().to_string());
        self.window
            .roster_export(&ExportRequest { query, format, csv: CsvDialect::default(), columns: Vec::new(), path: to })
            .unwrap();
        path
    }
}

fn purchases() -> TableChoice {
    TableChoice::Purchases(AppRequest { app: APP.to_owned() }.into())
}

fn spend() -> TableChoice {
    TableChoice::Spend(AppDayRequest { app: APP.to_owned(), as_of: None })
}

fn forecast() -> ForecastRequest {
    ForecastRequest { app: APP.to_owned(), months: Some(12), basis: None, scenario: None, as_of: None }
}

fn changes() -> TableChoice {
    TableChoice::Changes(AppDayRequest { app: APP.to_owned(), as_of: None })
}

fn sheet(path: &Path, name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Rows by column name.
fn table(path: &Path, name: &str) -> Vec<BTreeMap<String, Data>> {
    let range = sheet(path, name);
    let headings: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
    range.rows().skip(1).map(|row| headings.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

fn about(path: &Path) -> BTreeMap<String, String> {
    sheet(path, "About").rows().map(|row| (row[0].to_string(), row[1].to_string())).collect()
}

/// A cell as the CSV export of the same value writes it.
fn as_csv(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
        }
        Data::Bool(yes) => yes.to_string(),
        other => other.to_string(),
    }
}

#[tokio::test]
async fn a_roster_read_back_has_the_values_of_the_csv_with_instants_as_dates() {
    let exports = Exports::new(&[]).await;
    let rows = table(&exports.roster("xlsx"), "Roster");
    let csv = exports.roster("csv");
    let mut reader = csv::Reader::from_path(csv).unwrap();
    let headings = reader.headings();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), records.len()), (60, 60));
    for (row, record) in rows.iter().zip(&records) {
        assert!(matches!(row["created"], Data::DateTime(_)), "{row:?}");
        assert!(matches!(row["billable"], Data::Bool(_)), "{row:?}");
        for (column, value) in headings.iter().zip(record.iter()) {
            let whole_seconds = value.split_once('.').map_or(value.to_owned(), |(seconds, _)| format!("{seconds}Z"));
            let expected = if row[column].is_datetime() { whole_seconds } else { value.to_owned() };
            assert_eq!(as_csv(&row[column]), expected, "{column}");
        }
    }
}

trait Headings {
    fn headings(&mut self) -> Vec<String>;
}

impl<R: std::io::Read> Headings for csv::Reader<R> {
    fn headings(&mut self) -> Vec<String> {
        self.headers().unwrap().iter().map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn purchases_are_numbers_dates_and_text_that_no_spreadsheet_runs() {
    let exports = Exports::new(&[form("can-edit", "9.00", "USD")]).await;
    let path = exports.written(purchases(), "xlsx");
    let row = table(&path, "Purchases").remove(0);
    assert_eq!(row["quantity"], Data::Float(50.0));
    assert_eq!(row["cost"], Data::Float(9.0));
    assert_eq!(row["annual"], Data::Float(5400.0));
    assert_eq!(row["notice_days"], Data::Float(30.0));
    assert_eq!(as_csv(&row["from"]), "2025-04-01T00:00:00Z");
    assert_eq!(row["note"], Data::String(FORMULA.to_owned()), "the text as it was entered, and text");
    let cells = part(&path, "xl/worksheets/sheet1.xml");
    assert!(!cells.contains("<f>") && !cells.contains("<f "), "no cell is a formula");
    assert!(cells.contains("state=\"frozen\"") && cells.contains("<autoFilter ref=\"A1:AO2\"/>"), "{cells}");
    assert!(part(&path, "xl/styles.xml").contains("[$USD] #,##0.00"));
}

#[tokio::test]
async fn an_amount_with_more_digits_than_a_number_holds_keeps_its_exact_text_beside() {
    let exports = Exports::new(&[form("can-edit", "999999999999.999", "KWD"), form("view-only", "1.5", "KWD")]).await;
    let path = exports.written(purchases(), "xlsx");
    let rows = table(&path, "Purchases");
    let exact = |row: &BTreeMap<String, Data>| row["annual_exact"].to_string();
    assert_eq!(rows[0]["annual"], Data::String("599999999999999.400".to_owned()));
    assert_eq!((exact(&rows[0]), exact(&rows[1])), ("599999999999999.400".to_owned(), "900.000".to_owned()));
    assert_eq!(rows[1]["annual"], Data::Float(900.0));
    assert_eq!(rows[0]["cost"], Data::Float(999_999_999_999.999), "fifteen digits are kept");
    assert!(about(&path)["annual_exact"].contains("exact text"));
    assert!(!rows[0].contains_key("cost_exact"));
}

#[tokio::test]
async fn spend_comes_with_charts_and_with_the_basis_of_every_figure() {
    let exports = Exports::new(&[form("can-edit", "9.00", "USD")]).await;
    let path = exports.written(spend(), "xlsx");
    let rows = table(&path, "Spend");
    assert_eq!(rows[0]["committed_annual"], Data::Float(5400.0));
    assert_eq!(rows[0]["purchased"], Data::Float(50.0));
    let told = about(&path);
    assert_eq!(told["App"], "Lucidchart (lucidchart)");
    assert!(told["As of"].starts_with("27 Oct 2025"), "{told:?}");
    assert_eq!(told["Made"], "2025-10-27 12:00:00 (UTC)");
    assert!(told["Made by"].starts_with("Seatledger "));
    assert!(told["Committed, a year"].starts_with("5400.00 USD."), "{told:?}");
    assert!(told["billable_annual"].contains("Billable accounts ×"));
    let charts: Vec<_> = parts(&path).into_iter().filter(|name| name.starts_with("xl/charts/chart")).collect();
    assert_eq!(charts.len(), 2, "one of amounts, one of seats");
    let amounts = part(&path, "xl/charts/chart1.xml");
    assert!(amounts.contains("Spend!$L$2:$L$") && amounts.contains("USD a year"), "{amounts}");
    assert!(part(&path, "xl/charts/chart2.xml").contains("Spend!$G$2:$G$"));
}

#[tokio::test]
async fn license_types_have_the_colors_of_the_window_and_a_forecast_is_a_band() {
    let exports = Exports::new(&[form("can-edit", "9.00", "USD"), form("view-only", "1.00", "USD")]).await;
    let over_time = TableChoice::OverTime(SpendOverTimeRequest {
        app: APP.to_owned(),
        from: None,
        to: None,
        by: "month".to_owned(),
        basis: "accrual".to_owned(),
    });
    let chart = part(&exports.written(over_time, "xlsx"), "xl/charts/chart1.xml");
    let colors: Vec<&str> = chart.split("<a:srgbClr val=\"").skip(1).filter_map(|rest| rest.get(..6)).collect();
    assert!(
        colors.len() == 2 && colors.iter().all(|color| ["592081", "0091D6", "811500", "8B9932"].contains(color)),
        "{colors:?}"
    );
    let forecast = exports.written(TableChoice::Forecast(forecast()), "xlsx");
    let chart = part(&forecast, "xl/charts/chart1.xml");
    assert_eq!(chart.matches("<a:prstDash val=\"dash\"/>").count(), 2, "the low and the high line");
    assert!(about(&forecast)["Uplift"].contains("No purchase expects one"));
}

#[tokio::test]
async fn a_workbook_lists_the_rates_that_its_figures_rest_on() {
    let exports = Exports::new(&[form("can-edit", "900", "JPY")]).await;
    let rate = |from: &str, rate: &str| {
        let form = RateForm {
            from: from.to_owned(),
            day: "2025-10-01".to_owned(),
            rate: rate.to_owned(),
            source: "ECB".to_owned(),
            ..RateForm::default()
        };
        let saved = exports.window.rate_save(&RateSaveRequest { id: None, form, restate: false }).unwrap();
        assert_eq!(saved.problems, Vec::new());
    };
    rate("JPY", "0.0067");
    rate("GBP", "1.3");
    let told = about(&exports.written(spend(), "xlsx"));
    assert_eq!(
        told["Exchange rate"], "1 JPY = 0.0067 USD on 1 Oct 2025 (ECB).",
        "and not that of pounds, in which nothing is paid"
    );
    assert!(told["Exchange rates"].starts_with("The rate of each figure's day is chosen."), "{told:?}");
}

#[tokio::test]
async fn amounts_in_several_currencies_are_not_drawn_on_one_axis() {
    let exports = Exports::new(&[form("can-edit", "9.00", "USD"), form("view-only", "9.00", "EUR")]).await;
    let path = exports.written(spend(), "xlsx");
    let charts = parts(&path).into_iter().filter(|name| name.starts_with("xl/charts/chart")).count();
    assert_eq!(charts, 1, "seats can still be drawn");
}

#[tokio::test]
async fn the_chosen_columns_and_filters_go_into_the_workbook() {
    let exports = Exports::new(&[]).await;
    let path = exports.folder.path().join("some.xlsx");
    let request = ExportRequest {
        query: RosterQuery {
            app: APP.to_owned(),
            license_types: vec!["can-edit".to_owned()],
            search: "a".to_owned(),
            ..RosterQuery::default()
        },
        format: "xlsx".to_owned(),
        csv: CsvDialect::default(),
        columns: vec!["license_type".to_owned(), "email".to_owned()],
        path: path.display().to_string(),
    };
    let written = exports.window.roster_export(&request).unwrap();
    let rows = table(&path, "Roster");
    assert_eq!(written.rows, rows.len() as u64);
    assert!(rows.iter().all(|row| row.len() == 2 && row["license_type"] == *"can-edit"));
    assert_eq!(about(&path)["Filters"], "license type: can-edit; search: a");
    let changes = exports.written(changes(), "xlsx");
    assert!(table(&changes, "Changes").iter().all(|row| row["at"].is_datetime()));
}
