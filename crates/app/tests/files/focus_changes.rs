//! Cost records of prices that changed within their term: what is taken back, in which category and class, and that the sums
//! stay those of the screen and of the invoices.

use std::collections::BTreeMap;

use app::view::over_time::SpendOverTimeRequest;
use app::view::purchases::PurchaseForm;
use app::view::renewing::PurchasePriceChangeRequest;
use rust_decimal::Decimal;

use crate::desk::APP;
use crate::focus::{Books, RULES, Record, decimal, every_shape, form, is_credited, is_tax};

impl Books {
    /// Another cost from a day on.
    fn change(&self, id: i64, on: &str, cost: &str) {
        let form = PurchaseForm { cost: cost.to_owned(), ..self.window.purchase_form(APP, id).unwrap() };
        let request = PurchasePriceChangeRequest { app: APP.to_owned(), id, on: on.to_owned(), form };
        assert_eq!(self.window.purchase_price_change(&request).unwrap().problems, Vec::new());
    }

    /// What is paid in each month of 2025 and 2026, as the screen has it.
    fn months(&self) -> Vec<Decimal> {
        let asked = SpendOverTimeRequest {
            app: APP.to_owned(),
            from: Some("2025-01-01".to_owned()),
            to: Some("2026-12-31".to_owned()),
            by: "month".to_owned(),
            basis: "cash".to_owned(),
        };
        let shown = self.window.spend_over_time(&asked).unwrap();
        shown.totals.iter().map(|total| total.as_ref().unwrap().amount.parse().unwrap()).collect()
    }
}

/// A year for 3,650 and, from 1 Oct 2025 on, for 7,300: 10 and 20 a day.
async fn dearer() -> Books {
    let books = Books::never_read(&[form("5", "730", "unit", "year", "2025-06-01", "2026-05-31")]).await;
    books.change(1, "2025-10-01", "1460");
    books
}

fn told<'a>(row: &'a Record, columns: &[&str]) -> Vec<&'a str> {
    columns.iter().map(|column| row[*column].as_str()).collect()
}

#[tokio::test]
async fn what_is_taken_back_of_an_earlier_billing_period_is_a_negative_purchase_that_corrects_it() {
    let books = dearer().await;
    let (_, rows) = books.export("1.2", None, Some("2026-05-31"));
    assert_eq!(rows.len(), 3);
    let credit = rows.iter().find(|row| is_credited(row)).unwrap();
    let columns = ["ChargeCategory", "ChargeClass", "BilledCost", "PricingQuantity", "ListUnitPrice"];
    assert_eq!(told(credit, &columns), ["Purchase", "Correction", "-2430.00", "-1.0", "2430.00"], "243 of 365 days");
    assert_eq!(told(credit, &["ChargePeriodStart", "BillingPeriodStart"]), ["2025-10-01T00:00:00Z"; 2]);
    assert!(credit["ChargeDescription"].ends_with(", credited: the new price is paid from here on"));
    let others: Vec<_> = rows.iter().filter(|row| !is_credited(row)).map(|row| told(row, &columns[..3])).collect();
    assert_eq!(others, [["Purchase", "", "3650.00"], ["Purchase", "", "4860.00"]]);
}

#[tokio::test]
async fn what_is_taken_back_within_its_billing_period_corrects_none() {
    let monthly = || form("1", "31", "unit", "month", "2025-07-15", "2025-12-14");
    let books = Books::never_read(&[monthly(), monthly()]).await;
    books.change(1, "2025-07-20", "62");
    books.change(2, "2025-08-10", "62");
    let (_, rows) = books.export("1.2", None, Some("2025-08-14"));
    let credits: Vec<&Record> = rows.iter().filter(|row| is_credited(row)).collect();
    let columns = ["ChargeCategory", "ChargeClass", "BilledCost", "ConsumedQuantity"];
    assert_eq!(told(credits[0], &columns), ["Usage", "", "-26.00", "1.0"], "paid and taken back in July");
    assert_eq!(told(credits[1], &columns), ["Usage", "Correction", "-5.00", ""], "paid in July, taken back in August");
}

#[tokio::test]
async fn the_sums_of_billing_periods_and_of_invoices_stay_those_of_the_screen() {
    let books = dearer().await;
    let billed = |rows: &[Record]| {
        let mut months: BTreeMap<String, Decimal> = BTreeMap::new();
        for row in rows.iter().filter(|row| !is_tax(row)) {
            *months.entry(row["BillingPeriodStart"].clone()).or_default() += decimal(row, "BilledCost");
        }
        months
    };
    let (_, rows) = books.export("1.2", Some("2025-01-01"), Some("2026-12-31"));
    let shown = books.months();
    let paid = |number: i64| Decimal::from(number);
    assert_eq!([shown[5], shown[9], shown.iter().sum()], [paid(3650), paid(2430), paid(6080)]);
    let expected = [("2025-06-01T00:00:00Z", paid(3650)), ("2025-10-01T00:00:00Z", paid(2430))];
    assert_eq!(billed(&rows), expected.map(|(month, amount)| (month.to_owned(), amount)).into());
    books.invoice("INV-1", 1, "-2430.00", "2025-10-01", "2025-10-31");
    books.invoice("INV-1", 2, "4860.00", "2025-10-01", "2025-10-31");
    let (_, rows) = books.export("1.2", None, Some("2026-05-31"));
    let invoiced: Decimal =
        rows.iter().filter(|row| row["InvoiceId"] == "INV-1").map(|row| decimal(row, "BilledCost")).sum();
    assert_eq!(invoiced, paid(2430), "{rows:?}");
}

#[tokio::test]
async fn every_rule_holds_with_taxed_discounted_and_shared_credits() {
    let books = Books::with(&every_shape()).await;
    for (id, on, cost) in [
        (1, "2026-02-10", "9.5"),
        (2, "2025-12-24", "120"),
        (3, "2025-11-05", "999"),
        (9, "2025-11-30", "1300"),
        (11, "2025-11-17", "8.01"),
        (12, "2025-12-20", "13"),
    ] {
        books.change(id, on, cost);
    }
    let (_, rows) = books.export("1.2", None, Some("2028-12-31"));
    for (name, holds) in RULES {
        let broken: Vec<&Record> = rows.iter().filter(|row| !holds(row)).collect();
        assert!(broken.is_empty(), "{name}: {:?}", broken.first());
    }
    let classed = |class: &str, tax: bool| {
        rows.iter().filter(|row| is_credited(row) && row["ChargeClass"] == class && is_tax(row) == tax).count()
    };
    let counts = [classed("Correction", false), classed("", false), classed("Correction", true)];
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    let shared = rows.iter().filter(|row| is_credited(row) && row["x_Allocation"] == "accounts");
    assert!(shared.count() > 5, "credits are shared out as the payments are");
}
