//! Figures open how they are made, by keyboard too: a month's total, a point of the burn-down, a renewal, what a scenario
//! changes, and how many there are.

use app::clock::{Clock, SystemClock};
use jiff::ToSpan;
use jiff::tz::TimeZone;
use lucid_sim::{Config, Server};
use serde_json::Value;

use crate::axe;
use crate::keyboard::reaches;
use crate::main_job::{buy, connect};
use crate::window::Window;

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const HOME: &str = "\u{e011}";
const RIGHT: &str = "\u{e014}";

/// 100 seats at 9 dollars a month, from 50 days ago to 100 days ahead, renewed with 5 percent more.
async fn with_a_renewing_contract(server: &Server) -> Window {
    let window = Window::open().await;
    connect(&window, server).await;
    buy(&window, 100, "9", "month").await;
    let today = TimeZone::UTC.to_datetime(SystemClock.now()).date();
    window.fill("field-from", &today.saturating_sub(50.days()).to_string()).await;
    window.fill("field-until", &today.saturating_add(100.days()).to_string()).await;
    window.tick("field-auto-renews").await;
    window.fill("field-notice-days", "30").await;
    window.click("purchase-save").await;
    window.is_gone("purchase-panel").await;
    window
}

/// Puts the focus on something and presses Enter, as who never touches a mouse does.
async fn enter(window: &Window, id: &str, keys: &str) {
    window.find(id).await;
    window.run(&format!("document.querySelector(\"[data-testid='{id}']\").focus()")).await;
    window.press(format!("{keys}{ENTER}")).await;
}

/// Closes the panel of a figure with Escape: the focus is where it was.
async fn escape(window: &Window, panel: &str, back_at: &str) {
    window.press(ESCAPE).await;
    window.is_gone(panel).await;
    let back = format!("return document.activeElement?.dataset.testid === '{back_at}'");
    window.until("the focus is back", || async { (window.run(&back).await == Value::Bool(true)).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_and_points_of_spend_open_how_they_are_made() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let window = with_a_renewing_contract(&server).await;
    window.click("tab-spend").await;
    window.reads("spend-total", |text| text.contains('$')).await;

    // The total of a row over all periods, then of all: payments with their days and what makes one of them.
    window.find("spend-cells-all-can-edit").await;
    enter(&window, "spend-cells-all-can-edit", "").await;
    let told = window.reads("spend-cells-panel", |text| text.contains("Payment of")).await;
    assert!(told.contains("100 seats × $9.00") && told.contains(" ÷ "), "{told}");
    axe::dialog_from_every_side(&window, "How a total is made").await;
    escape(&window, "spend-cells-panel", "spend-cells-all-can-edit").await;
    enter(&window, "spend-cells-all-total", "").await;
    window.reads("spend-cells-panel", |text| text.contains('$')).await;
    escape(&window, "spend-cells-panel", "spend-cells-all-total").await;

    // A point of the burn-down: committed − spent.
    enter(&window, "chart-burn-down-plot", &format!("{HOME}{RIGHT}")).await;
    let told = window.reads("chart-burn-down-panel", |text| text.contains("Left at the end of")).await;
    assert!(told.contains("Committed by the terms in force") && told.contains(" − $"), "{told}");
    axe::dialog_from_every_side(&window, "How a point is made").await;
    escape(&window, "chart-burn-down-panel", "chart-burn-down-plot").await;
    enter(&window, "burn-left", "").await;
    window.reads("burn-panel", |text| text.contains("Cost of the days until")).await;
    escape(&window, "burn-panel", "burn-left").await;
    enter(&window, "chart-spend-periods-plot", "").await;
    window.reads("chart-spend-periods-panel", |text| text.contains('$')).await;
    escape(&window, "chart-spend-periods-panel", "chart-spend-periods-plot").await;
    reaches(&window, &["spend-cells-all-can-edit", "chart-burn-down-plot", "burn-left", "burn-committed"]).await;
    axe::from_every_side(&window, "Spend with openable totals").await;
    window.nothing_was_blocked().await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn renewals_scenarios_and_counts_open_how_they_are_made() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let window = with_a_renewing_contract(&server).await;
    window.click("tab-overview").await;
    enter(&window, "assigned-can-edit", "").await;
    window.reads("assigned-can-edit-panel", |text| text.contains("Counted on the roster as of")).await;
    escape(&window, "assigned-can-edit-panel", "assigned-can-edit").await;
    enter(&window, "unassigned-seats", "").await;
    window.reads("unassigned-seats-panel", |text| text.contains("100 seats − ")).await;
    escape(&window, "unassigned-seats-panel", "unassigned-seats").await;

    window.click("tab-forecast").await;
    window.click("what-if-add").await;
    window.click("what-if-add-seats").await;
    window.fill("change-0-seats", "-10").await;
    window.reads("compared-difference-1", |text| text.contains("−$1,080.00")).await;
    enter(&window, "compared-difference-1", "").await;
    let told = window.reads("compared-difference-1-panel", |text| text.contains("90 seats × $9.00 × 12")).await;
    assert!(told.contains("$9,720.00 − $10,800.00"), "{told}");
    axe::dialog_from_every_side(&window, "How a difference is made").await;
    escape(&window, "compared-difference-1-panel", "compared-difference-1").await;
    enter(&window, "forecast-cells-all-expected", "").await;
    window.reads("forecast-cells-panel", |text| text.contains(" + $")).await;
    escape(&window, "forecast-cells-panel", "forecast-cells-all-expected").await;

    window.click("nav-renewals").await;
    enter(&window, "renewal-renewed-lucidchart-1", "").await;
    window.reads("renewal-renewed-lucidchart-1-panel", |text| text.contains("100 seats × $9.00 × 12")).await;
    for theme in ["dark", "light"] {
        window.run(&format!("document.documentElement.dataset.theme = '{theme}'")).await;
        window.photograph(&format!("how-a-renewal-is-made-{theme}")).await;
        axe::finds_nothing(&window, &format!("How a renewal is made, {theme}")).await;
    }
    escape(&window, "renewal-renewed-lucidchart-1-panel", "renewal-renewed-lucidchart-1").await;
    enter(&window, "renewal-deadline-lucidchart-1", "").await;
    window.reads("renewal-deadline-lucidchart-1-panel", |text| text.contains("− 30 days")).await;
    escape(&window, "renewal-deadline-lucidchart-1-panel", "renewal-deadline-lucidchart-1").await;
    window.nothing_was_blocked().await;
    window.close().await;
}
