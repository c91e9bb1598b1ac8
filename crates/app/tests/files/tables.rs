//! Every table of the screens as a file: the same figures as on the screen, one row for each, nothing counted twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::export::{CsvDialect, TableChoice, TableExportRequest};
use app::view::fees::{FeeForm, FeeSaveRequest};
use app::view::forecast::{ForecastRequest, ScenarioChange, ScenarioForm};
use app::view::invoices::{InvoiceForm, InvoiceSaveRequest};
use app::view::over_time::SpendOverTimeRequest;
use app::view::purchases::{PurchaseForm, PurchaseSaveRequest};
use app::view::rates::{RateForm, RateSaveRequest};
use app::view::renewals::RenewalsRequest;
use app::view::spend::SpendByRequest;
use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_decimal::Decimal;

use crate::desk::{APP, Desk, server, sync};
use crate::packed::{part, parts};

type Record = BTreeMap<String, String>;

/// What spreadsheets would run, were it a formula.
const FORMULA: &str = "=HYPERLINK(\"http://elsewhere.example\")";

struct Books {
    window: Seatledger,
    folder: tempfile::TempDir,
    _kept: (Desk, lucid_sim::Server),
}

fn of() -> AppRequest {
    AppRequest { app: APP.to_owned() }
}

fn purchase(license_type: &str, cost: &str, until: &str) -> PurchaseForm {
    PurchaseForm {
        license_type: license_type.to_owned(),
        name: FORMULA.to_owned(),
        quantity: "50".to_owned(),
        cost: cost.to_owned(),
        per: "unit".to_owned(),
        every: "month".to_owned(),
        from: "2025-04-01".to_owned(),
        until: until.to_owned(),
        notice_days: "30".to_owned(),
        auto_renews: true,
        ..PurchaseForm::default()
    }
}

impl Books {
    async fn new() -> Self {
        let server = server(60);
        let desk = Desk::new();
        let window = desk.connected(&server).await;
        sync(&window).await.unwrap();
        for form in [purchase("can-edit", "9.00", "2026-03-31"), purchase("view-only", "1.01", "2025-09-30")] {
            let saved = window.purchase_save(&PurchaseSaveRequest { app: APP.to_owned(), id: None, form }).unwrap();
            assert_eq!(saved.problems, Vec::new());
        }
        let form = FeeForm {
            name: FORMULA.to_owned(),
            amount: "500".to_owned(),
            every: "quarter".to_owned(),
            from: "2025-01-01".to_owned(),
            ..FeeForm::default()
        };
        let fee = window.fee_save(&FeeSaveRequest { app: APP.to_owned(), id: None, form }).unwrap();
        assert_eq!(fee.problems, Vec::new());
        Self { window, folder: tempfile::tempdir().unwrap(), _kept: (desk, server) }
    }

    fn with_invoice_and_rate(self) -> Self {
        let form = InvoiceForm {
            number: "@17".to_owned(),
            day: "2025-05-01".to_owned(),
            amount: "-450.5".to_owned(),
            purchase: Some(1),
            ..InvoiceForm::default()
        };
        let saved = self.window.invoice_save(&InvoiceSaveRequest { app: APP.to_owned(), id: None, form }).unwrap();
        assert_eq!(saved.problems, Vec::new());
        let form = RateForm {
            from: "EUR".to_owned(),
            day: "2025-10-01".to_owned(),
            rate: "1.0842".to_owned(),
            source: "+ECB".to_owned(),
            ..RateForm::default()
        };
        let saved = self.window.rate_save(&RateSaveRequest { id: None, form, restate: false }).unwrap();
        assert_eq!(saved.problems, Vec::new());
        self
    }

    fn export(&self, table: &TableChoice, format: &str) -> PathBuf {
        let path = self.folder.path().join(format!("table.{format}"));
        let request = TableExportRequest {
            table: table.clone(),
            format: format.to_owned(),
            csv: CsvDialect::default(),
            path: path.display().to_string(),
        };
        let written = self.window.table_export(&request).unwrap();
        assert_eq!(written.path, path.display().to_string());
        path
    }

    fn csv(&self, table: &TableChoice) -> Vec<Record> {
        let mut reader = csv::Reader::from_path(self.export(table, "csv")).unwrap();
        reader.deserialize().map(Result::unwrap).collect()
    }

    fn refused(&self, table: TableChoice) -> app::Error {
        let path = self.folder.path().join("never.csv").display().to_string();
        let error = self
            .window
            .table_export(&TableExportRequest { table, format: "csv".to_owned(), csv: CsvDialect::default(), path })
            .unwrap_err();
        assert!(!self.folder.path().join("never.csv").exists());
        error
    }
}

fn over_time(by: &str, basis: &str) -> TableChoice {
    TableChoice::OverTime(request(by, basis))
}

fn request(by: &str, basis: &str) -> SpendOverTimeRequest {
    SpendOverTimeRequest {
        app: APP.to_owned(),
        from: Some("2025-01-01".to_owned()),
        to: Some("2025-12-31".to_owned()),
        by: by.to_owned(),
        basis: basis.to_owned(),
    }
}

fn forecast(scenario: Option<ScenarioForm>) -> ForecastRequest {
    ForecastRequest { app: APP.to_owned(), months: Some(12), basis: None, scenario, as_of: None }
}

fn chargeback(by: &str) -> SpendByRequest {
    SpendByRequest { app: APP.to_owned(), as_of: None, by: by.to_owned() }
}

fn every_table() -> Vec<(&'static str, TableChoice)> {
    vec![
        ("Spend over time", over_time("month", "accrual")),
        ("Burn-down", TableChoice::BurnDown(of())),
        ("Forecast", TableChoice::Forecast(forecast(None))),
        (
            "Renewals",
            TableChoice::Renewals(RenewalsRequest { app: Some(APP.to_owned()), buffer: String::new(), as_of: None }),
        ),
        ("Renewals", TableChoice::Renewals(RenewalsRequest::default())),
        ("Chargeback", TableChoice::Chargeback(chargeback("department"))),
        ("Fees", TableChoice::Fees(of().into())),
        ("Invoices", TableChoice::Invoices(of().into())),
        ("Rates", TableChoice::Rates),
        ("Purchases", TableChoice::Purchases(of().into())),
    ]
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text} is a decimal"))
}

fn sheet(path: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}")).rows().map(<[Data]>::to_vec).collect()
}

fn about(path: &Path) -> BTreeMap<String, String> {
    sheet(path, "About").into_iter().map(|row| (row[0].to_string(), row[1].to_string())).collect()
}

#[tokio::test]
async fn spend_over_time_has_a_row_for_each_type_and_period_that_add_up_to_the_screens_total() {
    let books = Books::new().await;
    for (by, periods) in [("month", 12), ("quarter", 4), ("fiscal-year", 1)] {
        for basis in ["accrual", "cash"] {
            let rows = books.csv(&over_time(by, basis));
            let screen = books.window.spend_over_time(&request(by, basis)).unwrap();
            assert_eq!(rows.len(), screen.rows.len() * periods, "{by}, {basis}");
            let sum: Decimal = rows.iter().map(|row| decimal(&row["amount"])).sum();
            assert_eq!(sum, decimal(&screen.total.value.unwrap().amount), "{by}, {basis}");
            let fees = rows.iter().filter(|row| row["license_type"].is_empty());
            assert!(fees.clone().count() == periods && fees.clone().all(|row| row["name"] == "Fees"));
        }
    }
    let april = books.csv(&over_time("month", "cash")).into_iter().find(|row| row["period"] == "Apr 2025").unwrap();
    let told = ["from", "to", "license_type", "name", "amount", "currency"].map(|column| april[column].as_str());
    assert_eq!(told, ["2025-04-01", "2025-04-30", "can-edit", "Can-Edit", "450.00", "USD"]);
}

#[tokio::test]
async fn a_series_comes_with_a_native_chart_over_its_own_rows() {
    let books = Books::new().await;
    let path = books.export(&over_time("quarter", "accrual"), "xlsx");
    let chart = part(&path, "xl/charts/chart1.xml");
    for range in ["$F$2:$F$5", "$F$6:$F$9", "$F$10:$F$13"] {
        assert!(chart.contains(&format!("'Spend over time'!{range}")), "{range}: {chart}");
    }
    assert!(chart.contains("stacked") && chart.contains("'Spend over time'!$A$6:$A$9"), "{chart}");
    let forecast = books.export(&TableChoice::Forecast(forecast(None)), "xlsx");
    let chart = part(&forecast, "xl/charts/chart1.xml");
    assert!(chart.contains("<c:lineChart>") && chart.contains("Forecast!$E$2:$E$13"), "{chart}");
    let fees = books.export(&TableChoice::Fees(of().into()), "xlsx");
    assert!(!parts(&fees).iter().any(|name| name.starts_with("xl/charts")), "a list is not drawn");
}

#[tokio::test]
async fn the_forecast_has_the_months_of_the_screen_and_with_a_scenario_the_present_beside() {
    let books = Books::new().await;
    let change = ScenarioChange {
        kind: "price".to_owned(),
        purchase: "1".to_owned(),
        cost: "8".to_owned(),
        ..Default::default()
    };
    let scenario = ScenarioForm { name: "Cheaper".to_owned(), changes: vec![change], ..ScenarioForm::default() };
    for scenario in [None, Some(scenario)] {
        let asked = forecast(scenario.clone());
        let rows = books.csv(&TableChoice::Forecast(asked.clone()));
        let screen = books.window.forecast(&asked).unwrap();
        let months: Vec<_> = screen.months.iter().map(|month| month.expected.clone().unwrap().amount).collect();
        assert_eq!(rows.iter().map(|row| row["expected"].clone()).collect::<Vec<_>>(), months);
        assert_eq!(rows.iter().all(|row| row["present"].is_empty()), scenario.is_none());
        let told = about(&books.export(&TableChoice::Forecast(asked), "xlsx"));
        assert_eq!(told.get("Scenario").map(String::as_str), scenario.as_ref().map(|one| one.name.as_str()));
        assert!(told["Expected"].contains(&screen.expected.value.unwrap().amount), "{told:?}");
    }
    let gone = ScenarioChange { kind: "price".to_owned(), purchase: "99".to_owned(), ..Default::default() };
    let wrong = ScenarioForm { changes: vec![gone], ..ScenarioForm::default() };
    let error = books.refused(TableChoice::Forecast(forecast(Some(wrong))));
    assert_eq!(error.code(), "refused", "the present would be taken for the scenario: {error}");
}

#[tokio::test]
async fn chargeback_rows_and_the_unassigned_seats_are_the_total() {
    let books = Books::new().await;
    for by in ["department", "cost-center"] {
        let rows = books.csv(&TableChoice::Chargeback(chargeback(by)));
        let screen = books.window.spend_by(&chargeback(by)).unwrap();
        let sum: Decimal = rows.iter().map(|row| decimal(&row["annual"])).sum();
        assert_eq!(sum, decimal(&screen.total.value.unwrap().amount));
        assert_eq!(rows.len(), screen.rows.len() + 1);
        let last = rows.last().unwrap();
        assert_eq!((last["kind"].as_str(), last["accounts"].as_str()), ("unassigned-seats", ""));
        assert!(rows.iter().any(|row| row["kind"] == by), "{rows:?}");
    }
}

#[tokio::test]
async fn renewals_fees_invoices_and_rates_say_what_their_lists_say() {
    let books = Books::new().await.with_invoice_and_rate();
    let rows = books.csv(&TableChoice::Renewals(RenewalsRequest::default()));
    let told = ["app", "purchase", "seats", "last_day", "notice_by", "days_left", "stage", "annual", "currency"];
    let ends = |license_type: &str| rows.iter().find(|row| row["license_type"] == license_type).unwrap();
    let expected = ["lucidchart", "1", "50", "2026-03-31", "2026-03-01", "125", "later", "5400.00", "USD"];
    assert_eq!(told.map(|column| ends("can-edit")[column].as_str()), expected);
    assert!(ends("view-only")["days_left"].starts_with('-'), "a number, not text that is neutralised");
    let fee = books.csv(&TableChoice::Fees(of().into())).remove(0);
    let told = ["name", "amount", "currency", "every", "from", "until", "annual", "in_annual_spend"];
    let neutral = format!("'{FORMULA}");
    let expected = [neutral.as_str(), "500.00", "USD", "quarter", "2025-01-01", "", "2000.00", "true"];
    assert_eq!(told.map(|column| fee[column].as_str()), expected);
    let invoice = books.csv(&TableChoice::Invoices(of().into())).remove(0);
    let told = ["number", "day", "amount", "currency", "from", "until", "purchase"];
    let expected = ["'@17", "2025-05-01", "-450.50", "USD", "2025-05-01", "", "1"];
    assert_eq!(told.map(|column| invoice[column].as_str()), expected);
    let rate = books.csv(&TableChoice::Rates).remove(0);
    let told = ["from", "to", "day", "rate", "source"];
    assert_eq!(told.map(|column| rate[column].as_str()), ["EUR", "USD", "2025-10-01", "1.0842", "'+ECB"]);
    let variance = about(&books.export(&TableChoice::Invoices(of().into()), "xlsx"));
    assert!(
        variance.values().any(|text| text.contains("variance -$900.50") || text.contains("variance −$900.50")),
        "{variance:?}"
    );
}

#[tokio::test]
async fn every_table_is_written_in_every_format_with_the_same_bytes_for_the_same_books() {
    let books = Books::new().await.with_invoice_and_rate();
    for (name, table) in every_table() {
        for format in ["csv", "json", "xlsx"] {
            let first = fs::read(books.export(&table, format)).unwrap();
            assert_eq!(first, fs::read(books.export(&table, format)).unwrap(), "{name} as {format}");
        }
        let rows = books.csv(&table);
        let json: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_slice(&fs::read(books.export(&table, "json")).unwrap()).unwrap();
        assert_eq!(json.len(), rows.len(), "{name}");
        let path = books.export(&table, "xlsx");
        assert_eq!(sheet(&path, name).len(), rows.len() + 1, "{name}");
        let told = about(&path);
        assert!(told["What"].len() > 10 && told["Made"].ends_with("(UTC)"), "{told:?}");
        let cells = part(&path, "xl/worksheets/sheet1.xml");
        assert!(!cells.contains("<f>") && !cells.contains("<f "), "{name}: no cell is a formula");
    }
}

#[tokio::test]
async fn a_burn_down_goes_from_the_whole_commitment_to_nothing() {
    let books = Books::new().await;
    let burn = books.window.spend_over_time(&request("month", "accrual")).unwrap().burn_down;
    let burn = burn.expect("a purchase in force has an end and a price");
    let table = TableChoice::BurnDown(of());
    let rows = books.csv(&table);
    let told: Vec<_> = rows.iter().map(|row| (row["day"].as_str(), row["left"].as_str())).collect();
    let shown: Vec<_> = burn.points.iter().map(|point| (point.date.as_str(), point.left.amount.as_str())).collect();
    assert_eq!(told, shown);
    assert_eq!(Some(told[0].1), burn.committed.value.as_ref().map(|money| money.amount.as_str()));
    assert_eq!(told.last().unwrap().1, "0.00");
    let path = books.export(&table, "xlsx");
    assert_eq!(about(&path)["Finding"], burn.title);
    assert!(part(&path, "xl/charts/chart1.xml").contains("lineChart"));
}

#[tokio::test]
async fn cells_of_a_workbook_are_numbers_and_days() {
    let books = Books::new().await.with_invoice_and_rate();
    let row = |table: TableChoice, name: &str| sheet(&books.export(&table, "xlsx"), name).remove(1);
    let rate = row(TableChoice::Rates, "Rates");
    assert!(matches!(rate[3], Data::DateTime(_)) && rate[4] == Data::Float(1.0842), "{rate:?}");
    let invoice = row(TableChoice::Invoices(of().into()), "Invoices");
    assert!(matches!(invoice[2], Data::DateTime(_)) && invoice[3] == Data::Float(-450.5), "{invoice:?}");
    let spent = row(over_time("month", "accrual"), "Spend over time");
    assert!(matches!(spent[1], Data::DateTime(_)) && matches!(spent[5], Data::Float(_)), "{spent:?}");
}

#[tokio::test]
async fn what_the_screen_would_refuse_is_refused_and_nothing_is_written() {
    let books = Books::new().await;
    assert_eq!(books.refused(over_time("week", "accrual")).code(), "not-allowed");
    let elsewhere = TableChoice::Fees(AppRequest { app: "nowhere".to_owned() }.into());
    assert_eq!(books.refused(elsewhere).code(), "unknown-app");
    assert_eq!(books.refused(TableChoice::Chargeback(chargeback("team"))).code(), "not-allowed");
}
