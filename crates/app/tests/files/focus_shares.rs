//! How payments become cost records: shared out by who holds the seats, taxed on rows of their own, and on which invoice.

use std::collections::BTreeMap;

use app::view::fees::{FeeForm, FeeSaveRequest};
use app::view::invoices::{InvoiceForm, InvoiceSaveRequest};
use app::view::over_time::SpendOverTimeRequest;
use app::view::purchases::PurchaseForm;
use rust_decimal::Decimal;

use crate::desk::APP;
use crate::focus::{Books, Record, decimal, every_shape, form, has, is_tax};

/// Whole rows, as they would be without sharing out: by purchase and first day.
fn by_payment(rows: &[Record], category_is_tax: bool) -> BTreeMap<(String, String, String), Decimal> {
    let mut sums = BTreeMap::new();
    for row in rows.iter().filter(|row| is_tax(row) == category_is_tax) {
        let key = (row["x_PurchaseId"].clone(), row["BillingPeriodStart"].clone(), row["ChargePeriodStart"].clone());
        *sums.entry(key).or_insert(Decimal::ZERO) += decimal(row, "BilledCost");
    }
    sums
}

fn tag(row: &Record, key: &str) -> Option<String> {
    let tags: serde_json::Value = serde_json::from_str(&row["Tags"]).unwrap();
    tags[key].as_str().map(str::to_owned)
}

#[tokio::test]
async fn a_payment_is_shared_out_by_department_and_cost_center_seat_by_seat() {
    let books = Books::with(&[form("50", "9", "unit", "month", "2025-11-01", "2026-10-31")]).await;
    let (_, rows) = books.export("1.2", None, Some("2025-11-30"));
    let held: Vec<&Record> = rows.iter().filter(|row| row["x_Allocation"] == "accounts").collect();
    assert!(held.len() > 2, "{rows:?}");
    assert!(held.iter().all(|row| tag(row, "department").is_some() && tag(row, "cost_center").is_some()));
    let sum = |rows: &[&Record], column: &str| rows.iter().map(|row| decimal(row, column)).sum::<Decimal>();
    let all: Vec<&Record> = rows.iter().collect();
    assert_eq!((sum(&all, "BilledCost"), sum(&all, "x_Seats")), (Decimal::from(450), Decimal::from(50)));
    for row in &rows {
        assert_eq!(decimal(row, "BilledCost"), decimal(row, "x_Seats") * Decimal::from(9), "{row:?}");
        assert_eq!(
            (decimal(row, "PricingQuantity"), &row["ListUnitPrice"]),
            (decimal(row, "x_Seats"), &"9.0".to_owned())
        );
    }
    let screen = books.window.spend(&app::view::apps::AppDayRequest { app: APP.to_owned(), as_of: None }).unwrap();
    let editing = screen.by_license_type.iter().find(|line| line.license_type == "can-edit").unwrap().assigned;
    assert_eq!(sum(&held, "x_NotMonitored"), Decimal::from(editing));
    let free = rows.last().unwrap();
    assert_eq!((free["x_Allocation"].as_str(), decimal(free, "x_Seats")), ("unassigned", Decimal::from(50 - editing)));
    assert!(free["ChargeDescription"].contains(&format!("{} of 50 seats", 50 - editing)), "{free:?}");
}

#[tokio::test]
async fn the_parts_of_every_payment_and_of_its_tax_make_the_whole_to_the_cent() {
    let books = Books::with(&every_shape()).await;
    let (_, shared) = books.export("1.2", Some("2025-10-27"), Some("2026-12-31"));
    // Before the first reading nobody knows who held what: the same payments of a ledger without a roster are whole.
    let never_read = Books::never_read(&every_shape()).await;
    let (_, whole) = never_read.export("1.2", Some("2025-10-27"), Some("2026-12-31"));
    assert!(whole.iter().all(|row| row["x_Allocation"] == "whole" && row["Tags"] == "{}"));
    assert!(shared.len() > whole.len() * 2, "{} and {}", shared.len(), whole.len());
    for of_tax in [false, true] {
        assert_eq!(by_payment(&shared, of_tax), by_payment(&whole, of_tax));
        assert!(!by_payment(&whole, of_tax).is_empty());
    }
}

#[tokio::test]
async fn a_purchase_with_a_rule_is_for_those_whom_it_names() {
    let sales = |seats: &str, rule: &str| PurchaseForm {
        pays_for: rule.to_owned(),
        ..form(seats, "9", "unit", "month", "2025-11-01", "")
    };
    let plain = Books::with(&[form("1", "9", "unit", "month", "2025-11-01", "")]).await;
    let (_, rows) = plain.export("1.2", None, Some("2025-11-30"));
    let named = rows.iter().find_map(|row| tag(row, "department")).expect("a department");
    let books = Books::with(&[sales("1", &format!("department: {named}")), sales("30", "")]).await;
    let (_, rows) = books.export("1.2", None, Some("2025-11-30"));
    let departments = |purchase: &str| {
        let own = rows.iter().filter(|row| row["x_PurchaseId"] == purchase);
        own.filter_map(|row| tag(row, "department")).collect::<std::collections::BTreeSet<_>>()
    };
    assert!(departments("1").iter().eq([&named]), "{:?}", departments("1"));
    assert!(!departments("2").contains(&named) && !departments("2").is_empty());
}

#[tokio::test]
async fn more_accounts_than_seats_share_the_seats_and_nothing_is_unassigned() {
    let books = Books::with(&[form("3", "10", "unit", "month", "2025-11-01", "")]).await;
    let (_, rows) = books.export("1.2", None, Some("2025-11-30"));
    assert!(rows.iter().all(|row| row["x_Allocation"] == "accounts"));
    assert_eq!(rows.iter().map(|row| decimal(row, "x_NotMonitored")).sum::<Decimal>(), Decimal::from(3));
    let lot = Books::with(&[form("unlimited", "1000", "lot", "month", "2025-11-01", "")]).await;
    let (_, rows) = lot.export("1.2", None, Some("2025-11-30"));
    assert_eq!(rows.iter().map(|row| decimal(row, "BilledCost")).sum::<Decimal>(), Decimal::from(1000));
    assert!(rows.len() > 1 && rows.iter().all(|row| row["x_Seats"].is_empty() && has(row, "x_NotMonitored")));
}

#[tokio::test]
async fn what_was_paid_before_the_first_reading_is_shared_out_by_the_first_roster_within_its_days() {
    let books = Books::with(&[
        form("50", "108", "unit", "year", "2025-04-01", "2026-03-31"),
        form("50", "9", "unit", "month", "2025-08-01", "2025-09-30"),
    ])
    .await;
    let (_, rows) = books.export("1.2", None, None);
    let whole = |purchase: &str| {
        rows.iter().filter(|row| row["x_PurchaseId"] == purchase).all(|row| row["x_Allocation"] == "whole")
    };
    assert!(!whole("1"), "the roster of 27 Oct lies within the year");
    assert!(whole("2"), "nobody knows who held these seats");
}

#[tokio::test]
async fn tax_stands_on_rows_of_its_own_and_is_computed_of_list_and_of_cost() {
    let taxed = PurchaseForm {
        discounts: "10%".to_owned(),
        tax: "19".to_owned(),
        ..form("10", "10", "unit", "month", "2025-08-01", "2025-08-31")
    };
    let books = Books::with(&[taxed]).await;
    let (_, rows) = books.export("1.2", None, None);
    let told = |row: &Record| ["ChargeCategory", "ListCost", "BilledCost", "ListUnitPrice"].map(|c| row[c].clone());
    assert_eq!(told(&rows[0]), ["Usage", "100.00", "90.00", "10.0"]);
    assert_eq!(told(&rows[1]), ["Tax", "19.00", "17.10", ""]);
    assert_eq!(rows[0]["ContractedUnitPrice"], "9.0");
    assert!(rows[1]["ChargeDescription"].starts_with("Tax of 19% on Can-Edit, 10 seats"), "{:?}", rows[1]);
}

#[tokio::test]
async fn fees_are_cost_records_too_and_all_rows_before_tax_are_the_cash_of_the_screen() {
    let books = Books::with(&[
        form("50", "9", "unit", "month", "2025-01-31", ""),
        PurchaseForm { tax: "19".to_owned(), ..form("7", "1200", "lot", "year", "2025-03-01", "2026-02-28") },
        // Renewed on the last day of the one before: that day is paid once.
        form("10", "108", "unit", "year", "2024-02-01", "2025-02-01"),
        form("10", "120", "unit", "year", "2025-02-01", "2026-01-31"),
    ])
    .await;
    let fee = FeeForm {
        name: "Set-up".to_owned(),
        amount: "500".to_owned(),
        every: "quarter".to_owned(),
        from: "2025-01-15".to_owned(),
        ..FeeForm::default()
    };
    let saved = books.window.fee_save(&FeeSaveRequest { app: APP.to_owned(), id: None, form: fee }).unwrap();
    assert_eq!(saved.problems, Vec::new());
    let (_, rows) = books.export("1.2", Some("2025-01-01"), Some("2025-12-31"));
    let fees: Vec<&Record> = rows.iter().filter(|row| has(row, "x_FeeId")).collect();
    assert_eq!(fees.len(), 4);
    assert_eq!((fees[0]["SkuId"].as_str(), fees[0]["ChargeCategory"].as_str()), ("fee-1", "Purchase"));
    let screen = books
        .window
        .spend_over_time(&SpendOverTimeRequest {
            app: APP.to_owned(),
            from: Some("2025-01-01".to_owned()),
            to: Some("2025-12-31".to_owned()),
            by: "month".to_owned(),
            basis: "cash".to_owned(),
        })
        .unwrap();
    let billed: Decimal = rows.iter().filter(|row| !is_tax(row)).map(|row| decimal(row, "BilledCost")).sum();
    assert_eq!(billed, screen.total.value.unwrap().amount.parse::<Decimal>().unwrap());
    assert!(rows.iter().any(is_tax));
}

impl Books {
    pub fn invoice(&self, number: &str, purchase: i64, amount: &str, from: &str, until: &str) {
        let form = InvoiceForm {
            number: number.to_owned(),
            day: from.to_owned(),
            amount: amount.to_owned(),
            from: from.to_owned(),
            until: until.to_owned(),
            purchase: Some(purchase),
            ..InvoiceForm::default()
        };
        let saved = self.window.invoice_save(&InvoiceSaveRequest { app: APP.to_owned(), id: None, form }).unwrap();
        assert_eq!(saved.problems, Vec::new());
    }
}

/// Invoice numbers and notes by purchase and first day of the period.
fn invoiced(rows: &[Record], purchase: &str, from: &str) -> (String, String) {
    let own =
        |row: &&Record| row["x_PurchaseId"] == purchase && row["ChargePeriodStart"].starts_with(from) && !is_tax(row);
    let found: std::collections::BTreeSet<_> =
        rows.iter().filter(own).map(|row| (row["InvoiceId"].clone(), row["x_InvoiceNote"].clone())).collect();
    assert_eq!(found.len(), 1, "the parts of a payment stand on one invoice: {found:?}");
    found.into_iter().next().unwrap()
}

#[tokio::test]
async fn an_invoice_number_stands_on_the_rows_that_add_up_to_the_invoice_and_on_no_others() {
    let monthly = PurchaseForm { tax: "19".to_owned(), ..form("50", "9", "unit", "month", "2025-06-01", "") };
    let books = Books::with(&[monthly, form("1", "500", "unit", "once", "2025-06-01", "")]).await;
    books.invoice("INV-1", 1, "900.00", "2025-06-01", "2025-07-31");
    books.invoice("INV-2", 1, "470.00", "2025-08-01", "2025-08-31");
    books.invoice("INV-3", 1, "450.00", "2025-09-01", "2025-09-30");
    books.invoice("INV-4", 1, "450.00", "2025-09-01", "2025-09-30");
    books.invoice("INV-1", 2, "500.00", "2025-06-01", "2025-06-01");
    let (_, rows) = books.export("1.2", None, Some("2025-11-30"));
    for (purchase, from) in [("1", "2025-06-01"), ("1", "2025-07-01"), ("2", "2025-06-01")] {
        assert_eq!(invoiced(&rows, purchase, from), ("INV-1".to_owned(), String::new()));
    }
    let (number, note) = invoiced(&rows, "1", "2025-08-01");
    assert_eq!(number, "");
    assert_eq!(note, "Invoice INV-2 bills 470.00 USD, the payments of its days are 450.00 USD.");
    assert!(invoiced(&rows, "1", "2025-09-01").1.contains("bill the same payment"));
    assert_eq!(invoiced(&rows, "1", "2025-10-01"), (String::new(), String::new()));
    let recorded: BTreeMap<&str, Decimal> = [("INV-1", Decimal::from(1400))].into();
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    for row in rows.iter().filter(|row| has(row, "InvoiceId")) {
        *sums.entry(&row["InvoiceId"]).or_default() += decimal(row, "BilledCost");
    }
    assert_eq!(sums, recorded, "the rows of an invoice are the invoice");
    assert!(rows.iter().filter(|row| is_tax(row)).all(|row| !has(row, "InvoiceId")));
    let (_, june) = books.export("1.2", None, Some("2025-06-30"));
    let (number, note) = invoiced(&june, "1", "2025-06-01");
    assert_eq!((number.as_str(), note.contains("outside the days of this file")), ("", true), "{note}");
    assert_eq!(invoiced(&june, "2", "2025-06-01").0, "", "a line of an invoice that is not complete");
}

#[tokio::test]
async fn a_free_license_type_has_no_cost_records() {
    let books = Books::with(&[form("5", "9", "unit", "month", "2025-06-01", "")]).await;
    let change = app::view::purchases::LicenseTypeChange {
        app: APP.to_owned(),
        license_type: "can-edit".to_owned(),
        name: None,
        billable: None,
        free: Some(true),
    };
    books.window.license_type_change(&change).unwrap();
    let (written, rows) = books.export("1.2", None, None);
    assert!(rows.is_empty());
    assert_eq!(written.left_out, ["Purchase 1, Can-Edit, 5 seats: its license type is marked as free."]);
}
