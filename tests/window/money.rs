//! Money in other currencies: rates by kind, the choice among them as a deliberate restatement, and headcounts.

use app::clock::{Clock, SystemClock};
use jiff::ToSpan;
use jiff::tz::TimeZone;
use lucid_sim::{Config, Server};

use crate::axe;
use crate::keyboard::reaches;
use crate::main_job::{buy, connect};
use crate::window::Window;

/// 100 seats at 9 euros a month, while totals are in dollars.
async fn paid_in_euros(server: &Server) -> Window {
    let window = Window::open().await;
    connect(&window, server).await;
    buy(&window, 100, "9", "month").await;
    window.choose("field-currency", "EUR").await;
    window.click("purchase-save").await;
    window.is_gone("purchase-panel").await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn another_kind_of_rates_is_chosen_deliberately_and_a_missing_one_is_named() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let window = paid_in_euros(&server).await;
    let today = TimeZone::UTC.to_datetime(SystemClock.now()).date();
    let month = today.first_of_month().saturating_sub(1.day()).first_of_month();

    window.click("nav-settings").await;
    window.click("rate-add").await;
    window.choose("field-rate-from", "EUR").await;
    window.fill("field-rate-rate", "1.5").await;
    window.fill("field-rate-day", "2020-01-01").await;
    window.click("rate-save").await;
    window.is_gone("rate-dialog").await;
    window.choose("rate-policy", "month-average").await;
    window.reads("restates", |text| text.contains("month averages, was the rate of the figure's day")).await;
    axe::dialog_from_every_side(&window, "Another choice of rates").await;
    window.click("restate-cancel").await;
    window.is_gone("restate-dialog").await;
    assert_eq!(window.value("rate-policy").await, "figure-day", "what stands is shown again");
    window.choose("rate-policy", "month-average").await;
    window.click("restate-confirm").await;
    window.is_gone("restate-dialog").await;
    window.reads("rates-missing", |text| text.contains("There is no average rate from EUR to USD of")).await;
    window.reads("rates-log", |text| text.contains("What was done")).await;

    window.click("rate-add").await;
    window.choose("field-rate-from", "EUR").await;
    window.choose("field-rate-kind", "month-average").await;
    window.fill("field-rate-rate", "2").await;
    window.fill("field-rate-day", &month.strftime("%Y-%m").to_string()).await;
    window.click("rate-save").await;
    window.is_gone("rate-dialog").await;
    window.reads("rates-table", |text| text.contains("average")).await;
    reaches(&window, &["rate-add", "rate-policy", "rates-undo", "field-headcount-people", "headcount-save"]).await;
    axe::from_every_side(&window, "Rates by kind").await;

    window.click("nav-app-lucidchart").await;
    window.click("tab-overview").await;
    window.reads("basis-committed-annual", |text| text.contains("$21,600.00")).await;
    window.nothing_was_blocked().await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_headcount_makes_the_cost_per_employee() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    buy(&window, 100, "9", "month").await;
    window.click("purchase-save").await;
    window.is_gone("purchase-panel").await;
    window.click("tab-overview").await;
    window.reads("bases-blocked", |text| text.contains("There is no headcount on or before")).await;

    window.click("nav-settings").await;
    window.fill("field-headcount-people", "0").await;
    window.click("headcount-save").await;
    window.reads("field-headcount-people-problem", |text| text.contains("at least 1")).await;
    assert_eq!(window.value("field-headcount-people").await, "0", "nothing typed is lost");
    window.fill("field-headcount-people", "1,000").await;
    window.click("headcount-save").await;
    window.reads("headcounts-table", |text| text.contains("1,000")).await;
    axe::from_every_side(&window, "Headcount").await;
    window.click("nav-app-lucidchart").await;
    window.click("tab-overview").await;
    window.reads("basis-cost-per-employee", |text| text.contains("$10.80")).await;
    window.nothing_was_blocked().await;
    window.close().await;
}
