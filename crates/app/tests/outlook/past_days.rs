//! Whom spend was for on a past day: everybody counts where they belonged then, wherever they are now.

use app::view::export::{CsvDialect, TableChoice, TableExportRequest};
use app::view::focus::FocusRequest;
use app::view::roster::{RosterPageRequest, RosterQuery};

use crate::*;

fn shares(open: &Seatledger, as_of: Option<&str>) -> Vec<(Option<String>, u64, String)> {
    let request = SpendByRequest { app: APP.to_owned(), as_of: as_of.map(str::to_owned), by: "department".to_owned() };
    let spend = open.spend_by(&request).unwrap();
    assert_eq!(spend.caveat, None, "everything is known");
    spend.rows.into_iter().map(|row| (row.name, row.accounts, row.figure.because.result)).collect()
}

fn share(name: &str, accounts: u64, result: &str) -> (Option<String>, u64, String) {
    (Some(name.to_owned()).filter(|name| !name.is_empty()), accounts, result.to_owned())
}

/// Ten people, of whom three go from Sales to IT in August and two lose their department in October.
fn moved(purchase: Purchase) -> Books {
    let books = Books::new(&[("Sales", 8), ("IT", 2)]);
    books.read(date(2026, 8, 1), &[("IT", 3), ("Sales", 5), ("IT", 2)]);
    books.read(date(2026, 10, 1), &[("IT", 3), ("Sales", 3), ("", 2), ("IT", 2)]);
    books.enter(&[bought(purchase)]);
    books
}

#[test]
fn a_past_day_is_shared_out_by_the_departments_of_that_day() {
    let books = moved(this_year(10, "100", "USD"));
    let open = books.open();
    let june = [share("IT", 2, "$200.00"), share("Sales", 8, "$800.00")];
    for day in ["2026-06-01", "2026-07-31"] {
        assert_eq!(shares(&open, Some(day)), june, "{day}");
    }
    let august = [share("IT", 5, "$500.00"), share("Sales", 5, "$500.00")];
    for day in ["2026-08-01", "2026-09-30"] {
        assert_eq!(shares(&open, Some(day)), august, "{day}");
    }
    let now = [share("IT", 5, "$500.00"), share("Sales", 3, "$300.00"), share("", 2, "$200.00")];
    for day in [Some("2026-10-01"), Some("2026-11-22"), None] {
        assert_eq!(shares(&open, day), now, "{day:?}");
    }
}

#[test]
fn the_activity_table_of_a_past_day_shows_filters_and_sorts_by_where_people_were() {
    let books = moved(this_year(10, "100", "USD"));
    let open = books.open();
    let page = |as_of: &str, departments: &[&str]| {
        let query = RosterQuery {
            app: APP.to_owned(),
            as_of: Some(as_of.to_owned()),
            departments: departments.iter().map(ToString::to_string).collect(),
            ..RosterQuery::default()
        };
        let page = open.roster_page(&RosterPageRequest { query, offset: 0, limit: 50 }).unwrap();
        assert_eq!(page.caveat, None);
        page.rows.into_iter().map(|row| row.department).collect::<Vec<_>>()
    };
    let sales = |number| vec![Some("Sales".to_owned()); number];
    assert_eq!(page("2026-07-31", &["Sales"]), sales(8));
    assert_eq!(page("2026-08-01", &["Sales"]), sales(5));
    assert_eq!(page("2026-07-31", &[""]), [], "nobody was without one");
    assert_eq!(page("2026-10-01", &[""]), [None, None]);
}

#[test]
fn cost_records_tag_each_payment_with_the_departments_of_its_first_day() {
    let books = moved(Purchase { frequency: Frequency::Monthly, ..this_year(10, "9", "USD") });
    let path = books.folder.path().join("costs.csv");
    let request = FocusRequest {
        app: APP.to_owned(),
        version: "1.2".to_owned(),
        from: Some("2026-06-01".to_owned()),
        to: None,
        path: path.display().to_string(),
    };
    assert_eq!(books.open().focus_export(&request).unwrap().caveat, None);
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows: Vec<std::collections::BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let sales = |day: &str| -> Vec<&str> {
        let of_day = rows.iter().filter(|row| row["ChargePeriodStart"].starts_with(day));
        of_day.filter(|row| row["Tags"].contains("Sales")).map(|row| row["BilledCost"].as_str()).collect()
    };
    assert_eq!(sales("2026-07-01"), sales("2026-06-01"));
    let costs: Vec<_> = ["2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"].map(|day| sales(day).concat()).into();
    assert_eq!(costs, ["72.00", "45.00", "45.00", "27.00"]);
}

#[test]
fn a_file_of_a_past_day_has_the_departments_of_that_day() {
    let books = moved(this_year(10, "100", "USD"));
    let path = books.folder.path().join("shares.csv");
    let chargeback =
        SpendByRequest { app: APP.to_owned(), as_of: Some("2026-07-31".to_owned()), by: "department".to_owned() };
    let request = TableExportRequest {
        table: TableChoice::Chargeback(chargeback),
        format: "csv".to_owned(),
        csv: CsvDialect::default(),
        path: path.display().to_string(),
    };
    books.open().table_export(&request).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("Sales,8,") && text.contains("IT,2,"), "{text}");
}
