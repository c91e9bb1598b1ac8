//! Looking ahead: spend by period, the forecast beside a what-if that is saved by name, and the renewals' calendar.

use std::fs;

use app::clock::{Clock, SystemClock};
use app::view::apps::AppRequest;
use app::view::drafts::DraftKey;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use lucid_sim::{Config, Server};

use crate::axe;
use crate::desktop::{elsewhere, save_as};
use crate::keyboard::reaches;
use crate::main_job::{buy, connect};
use crate::window::Window;

/// A purchase that ends, with a deadline that has not passed.
async fn with_a_contract(server: &Server) -> Window {
    let window = Window::open().await;
    connect(&window, server).await;
    buy(&window, 100, "9", "month").await;
    let today = TimeZone::UTC.to_datetime(SystemClock.now()).date();
    window.fill("field-until", &today.saturating_add(100.days()).to_string()).await;
    window.tick("field-auto-renews").await;
    window.fill("field-notice-days", "30").await;
    window.click("purchase-save").await;
    window.is_gone("purchase-panel").await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn spend_is_told_by_period_and_every_amount_is_explained() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let window = with_a_contract(&server).await;
    window.click("tab-spend").await;
    window.reads("spend-total", |text| text.contains('$')).await;
    window.pick("spend-by-quarter").await;
    window.reads("spend-cells", |text| text.contains("Q1") || text.contains("Jan – Mar")).await;
    window.fill("spend-from", "2026-01-01").await;
    window.fill("spend-to", "2026-03-31").await;
    window.press("\u{e007}").await;
    window.reads("spend-total", |text| text.contains("$2,700.00")).await;
    window.click("spend-cells-0-total").await;
    window.reads("spend-cells-panel", |text| text.contains("$2,700.00")).await;
    window.press("\u{e00c}").await;
    window.pick("spend-shares-by-cost-center").await;
    window.reads("spend-shares-table", |text| text.contains("Cost center")).await;
    reaches(&window, &["spend-by", "spend-basis", "spend-from", "spend-to", "spend-cells", "spend-shares-by"]).await;
    axe::from_every_side(&window, "Spend").await;
    window.nothing_was_blocked().await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_what_if_is_compared_saved_by_name_and_not_lost() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let window = with_a_contract(&server).await;
    window.click("tab-forecast").await;
    window.reads("forecast-expected", |text| text.contains('$')).await;
    axe::from_every_side(&window, "Forecast").await;
    window.click("what-if-add").await;
    window.click("what-if-add-seats").await;
    window.fill("change-0-seats", "-10").await;
    window.reads("forecast-difference", |text| text.contains("−$")).await;
    window.reads("forecast-compared", |text| text.contains("−$1,080.00")).await;
    window.reads("compared-later", |text| text.contains("as agreed: 10 seats fewer from")).await;
    window.fill("what-if-name", "Ten fewer").await;
    window.click("what-if-save").await;
    window.reads("scenarios", |text| text.contains("Ten fewer")).await;
    reaches(
        &window,
        &[
            "forecast-basis",
            "forecast-months",
            "forecast-cells",
            "scenario-open",
            "scenario-delete",
            "change-0-purchase",
            "change-0-remove",
            "what-if-add",
            "what-if-renewing",
            "what-if-name",
            "what-if-save",
            "what-if-clear",
        ],
    )
    .await;
    axe::from_every_side(&window, "Forecast with a scenario").await;

    window.tick("scenario-compare").await;
    window.reads("comparison", |text| text.contains("Present") && text.contains("Ten fewer")).await;
    axe::from_every_side(&window, "Scenarios side by side").await;

    // Changed again, and the app is closed before that is saved.
    window.fill("change-0-seats", "-25").await;
    let books = elsewhere(&window.desk.data_dir());
    let key = DraftKey { app: "lucidchart".to_owned(), key: "what-if".to_owned() };
    window
        .until("the what-if is kept", || async {
            books.draft_get(&key).expect("the drafts").filter(|body| body.contains("-25"))
        })
        .await;
    let saved = books.scenarios(&AppRequest { app: "lucidchart".to_owned() }).expect("the scenarios");
    assert_eq!((saved.len(), saved[0].form.changes[0].seats.as_str()), (1, "-10"));
    drop(books);
    let window = window.reopen().await;
    window.click("app-link-lucidchart").await;
    window.click("tab-forecast").await;
    window.find("draft-resumed").await;
    assert_eq!(window.value("change-0-seats").await, "-25");
    window.photograph("what-if-restored").await;
    window.click("scenario-open").await;
    window.is_gone("draft-resumed").await;
    window.reads("forecast-compared", |text| text.contains("−$1,080.00")).await;

    // Its seats become the plan: the renewal says so, and Undo takes it back.
    window.click("scenario-adopt").await;
    window.reads("toaster", |text| text.contains("Planned: Purchase 1 (Can-Edit): 90 seats from")).await;
    window.click("nav-renewals").await;
    window.reads("renewal-planned-lucidchart-1", |text| text.contains("then 90, planned")).await;
    window.reads("renewal-sentence-lucidchart-1", |text| text.contains("with 90 seats as planned")).await;
    axe::from_every_side(&window, "Renewals with a plan").await;
    window.nothing_was_blocked().await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_are_listed_and_saved_as_a_calendar() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let window = Window::open().await;
    window.click("nav-renewals").await;
    window.find("renewals-empty").await;
    axe::from_every_side(&window, "No renewals").await;
    window.close().await;

    let window = with_a_contract(&server).await;
    window.click("nav-renewals").await;
    window.reads("renewals-table", |text| text.contains("Can-Edit")).await;
    window.fill("renewals-buffer", "many").await;
    window.reads("renewals-buffer-problem", |text| !text.is_empty()).await;
    window.fill("renewals-buffer", "15").await;
    window.is_gone("renewals-buffer-problem").await;
    reaches(&window, &["renewals-buffer", "renewals-export", "renewals-table"]).await;
    axe::from_every_side(&window, "Renewals").await;
    let calendar = window.desk.room().join("renewals.ics");
    window.click("renewals-export").await;
    save_as(&window, "Export", &calendar);
    window.reads("toaster", |text| text.contains("renewals.ics")).await;
    let text = fs::read_to_string(&calendar).expect("the calendar");
    assert!(text.starts_with("BEGIN:VCALENDAR") && text.contains("BEGIN:VALARM"), "{text}");
    window.nothing_was_blocked().await;
    window.close().await;
}
