//! The reason that is made when somebody asks tells the amount that is shown, to the cent: cells, totals of rows and
//! periods, months of every line of a forecast, points of the burn-down.

use app::view::figure::{Explanation, Figure, Money};
use app::view::forecast::{ForecastMonthRequest, ForecastRequest};
use app::view::over_time::{BurnPointRequest, SpendCellRequest};
use jiff::civil::date;
use ledger::{Conditions, Fee, FeeId, Frequency, Proration, Purchase, RenewalTerms, Term};
use store::Entry;

use crate::recount::{Step, faults};

use super::{APP, Books, bought, currency, decimal, over, this_year};

/// Amounts that no month holds in whole cents, with a fee beside them, and a renewal that costs more.
fn books() -> Books {
    let books = Books::new(&[("Sales", 7), ("Legal", 3)]);
    let renewal = RenewalTerms { uplift: Some(decimal("4.5")), cap: Some(decimal("9")), seats: None };
    let conditions = Conditions { renewal, ..Conditions::default() };
    let fee = Fee {
        id: FeeId(0),
        name: "Support".to_owned(),
        amount: decimal("100"),
        currency: currency("USD"),
        frequency: Frequency::Every18Months,
        term: Term { from: date(2026, 3, 5), end: None },
        proration: Proration::Daily,
        in_annual_spend: true,
        in_cost_per_account: true,
        note: String::new(),
        conditions: Conditions::default(),
    };
    let seven = Purchase { conditions, auto_renews: true, ..this_year(7, "99.99", "USD") };
    books.enter(&[bought(seven), bought(this_year(11, "33.37", "USD")), Entry::AddFee(fee, None)]);
    books
}

fn read(because: &Explanation) -> Step {
    Step {
        label: because.label.clone(),
        result: because.result.clone(),
        rule: because.rule.to_owned(),
        arithmetic: because.arithmetic.clone(),
        rounding: because.rounding.clone(),
        parts: because.parts.iter().map(read).collect(),
    }
}

fn same(told: &Figure, shown: Option<&Money>, what: &str) {
    assert_eq!(told.value.as_ref(), shown, "{what}: {told:?}");
    let words = told.because.result.replace([',', '$'], "");
    assert_eq!(Some(words.as_str()), shown.map(|money| money.amount.as_str()), "{what}");
}

#[test]
fn of_a_table_every_cell_and_every_total_is_told_as_it_is_shown() {
    let books = books();
    let window = books.open();
    for by in ["month", "quarter", "fiscal-year"] {
        let table = over(by, "2026-01-01", "2027-12-31");
        let shown = window.spend_over_time(&table).unwrap();
        let ask = |period: Option<u32>, row: Option<&str>| {
            let request = SpendCellRequest { table: table.clone(), period, row: row.map(str::to_owned) };
            window.spend_cell(&request).unwrap()
        };
        for row in &shown.rows {
            let key = row.license_type.as_deref().unwrap_or("fees");
            for (period, cell) in (0..).zip(&row.cells) {
                same(&ask(Some(period), Some(key)), cell.as_ref(), &format!("{by} {period} {key}"));
            }
            same(&ask(None, Some(key)), row.total.as_ref(), &format!("{by} {key}"));
        }
        for (period, total) in (0..).zip(&shown.totals) {
            same(&ask(Some(period), None), total.as_ref(), &format!("{by} {period}"));
        }
        same(&ask(None, None), shown.total.value.as_ref(), by);
    }
    let table = over("month", "2026-01-01", "2026-12-31");
    let beyond = SpendCellRequest { table, period: Some(12), row: None };
    assert_eq!(window.spend_cell(&beyond).unwrap_err().code(), "not-allowed");
}

#[test]
fn every_point_of_the_burn_down_is_told_as_it_is_drawn() {
    let books = books();
    let window = books.open();
    let burn = window.spend_over_time(&over("month", "2026-01-01", "2026-12-31")).unwrap().burn_down.unwrap();
    let ask = |date: Option<&str>, line: &str| {
        let (app, date, line) = (APP.to_owned(), date.map(str::to_owned), line.to_owned());
        window.burn_point(&BurnPointRequest { app, date, line })
    };
    for point in &burn.points {
        for (line, shown) in [("left", Some(&point.left)), ("even", Some(&point.even)), ("beside", None)] {
            let told = ask(Some(&point.date), line).unwrap();
            assert_eq!(faults(&read(&told.because)), Vec::<String>::new(), "{line} on {}", point.date);
            if shown.is_some() {
                same(&told, shown, &point.date);
            }
        }
    }
    same(&ask(None, "left").unwrap(), Some(&burn.left), "today");
    same(&ask(None, "committed").unwrap(), burn.committed.value.as_ref(), "committed");
    assert_eq!(ask(Some("2026-02-03"), "left").unwrap_err().code(), "not-allowed", "no point of the line");
    assert_eq!(ask(None, "gone").unwrap_err().code(), "not-allowed");
}

#[test]
fn every_line_of_a_forecast_is_told_as_it_is_shown_and_its_prices_as_they_rise() {
    let books = books();
    let window = books.open();
    let forecast = ForecastRequest { app: APP.to_owned(), months: Some(30), basis: None, scenario: None, as_of: None };
    let shown = window.forecast(&forecast).unwrap();
    let ask = |month: Option<u32>, line: &str| {
        let request = ForecastMonthRequest { forecast: forecast.clone(), month, line: line.to_owned() };
        window.forecast_month(&request).unwrap()
    };
    for (index, month) in (0..).zip(&shown.months) {
        for (line, amount) in [("low", &month.low), ("expected", &month.expected), ("high", &month.high)] {
            same(&ask(Some(index), line), amount.as_ref(), &format!("{line} {index}"));
        }
    }
    for (line, total) in [("low", &shown.low), ("expected", &shown.expected), ("high", &shown.high)] {
        same(&ask(None, line), total.value.as_ref(), line);
    }
    let january = ask(Some(2), "high").because;
    let words = format!("{january:?}");
    assert!(words.contains("$99.99 × 109%") && words.contains("Rounded half up from $108.9891"), "{words}");
}
