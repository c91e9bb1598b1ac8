//! License Details, Forecast and Renewals as of a past day: told as of that day, only to be read, with a way back.

use lucid_sim::{Config, Server};

use crate::axe;
use crate::keyboard::reaches;
use crate::main_job::{buy, connect};
use crate::window::Window;

const ENTER: &str = "\u{e007}";

/// Chooses the first of March 2026, and waits until it is said.
async fn look_back(window: &Window, picker: &str) {
    window.click(picker).await;
    window.fill(&format!("{picker}-day"), "2026-03-01").await;
    window.press(ENTER).await;
    window.reads("past-day", |text| text.contains("1 Mar 2026")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_past_day_is_told_as_it_was_and_cannot_be_changed() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    buy(&window, 100, "9", "month").await;
    window.fill("field-until", "2026-06-30").await;
    window.fill("field-notice-days", "30").await;
    window.fill("field-owner", "Mira Okafor").await;
    window.fill("field-reminder", "licenses@acme.example").await;
    window.click("purchase-save").await;
    window.is_gone("purchase-panel").await;
    window.reads("purchase-state-1", |text| text.contains("Expired")).await;
    window.reads("purchase-paperwork-1", |text| text == "Mira Okafor").await;

    look_back(&window, "licenses-as-of").await;
    window.reads("purchase-state-1", |text| text.contains("Ends in 121 days, on 30 Jun 2026")).await;
    window.reads("type-row-can-edit", |text| text.contains("Not read")).await;
    for gone in ["purchase-add", "undo", "import", "fee-add", "invoice-add", "purchase-open-1"] {
        window.is_gone(gone).await;
    }
    window.click("purchase-menu-1").await;
    window.click("purchase-menu-1-history").await;
    window.reads("version-1", |text| text.contains("100 seats")).await;
    reaches(&window, &["past-day-back", "licenses-as-of", "purchase-files"]).await;
    axe::from_every_side(&window, "License Details of a past day").await;

    window.click("tab-forecast").await;
    window.reads("past-day", |text| text.contains("1 Mar 2026")).await;
    window.reads("forecast-cells", |text| text.contains("Mar 2026")).await;
    window.is_gone("what-if-add").await;
    axe::from_every_side(&window, "Forecast of a past day").await;
    window.click("past-day-back").await;
    window.find("what-if-add").await;

    window.click("nav-renewals").await;
    window.reads("renewal-who-lucidchart-1", |text| text == "Mira Okafor; reminder to licenses@acme.example").await;
    look_back(&window, "renewals-as-of").await;
    window.reads("renewal-sentence-lucidchart-1", |text| text.contains("by 31 May 2026")).await;
    assert!(!window.find("renewals-export").await.is_enabled().await.expect("a button"), "no calendar of the past");
    axe::from_every_side(&window, "Renewals of a past day").await;
    window.click("past-day-back").await;
    window.reads("renewal-sentence-lucidchart-1", |text| text.contains("Expired")).await;
    window.nothing_was_blocked().await;
    window.close().await;
}
