//! The main job, from a bare start to a checked export: connect, sync, filter, enter a purchase, read the total.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lucid_sim::{Config, Server, TruthUser};

use crate::axe;
use crate::window::Window;

/// Goes through the wizard with this server; ends on App Details with the first sync completed.
pub async fn connect(window: &Window, server: &Server) {
    window.click("connect-lucid").await;
    window.fill("connect-name", "Lucidchart").await;
    window.fill("connect-base-url", server.base_url()).await;
    // As people paste it.
    window.fill("connect-token", &format!("  Bearer {} ", server.token())).await;
    window.click("connect-test").await;
    window.find("connect-result").await;
    window.click("connect-save").await;
    window.reads("app-name", |name| name == "Lucidchart").await;
    window
        .until("the first sync completes", || async {
            window.find("app-state").await.attr("data-state").await.ok()?.filter(|state| state == "current")
        })
        .await;
}

/// Enters a purchase of Can-Edit seats in dollars.
pub async fn buy(window: &Window, quantity: u64, cost: &str, every: &str) {
    window.click("tab-licenses").await;
    window.click("purchase-add").await;
    window.choose("field-license-type", "can-edit").await;
    window.fill("field-quantity", &quantity.to_string()).await;
    window.fill("field-cost", cost).await;
    window.choose("field-currency", "USD").await;
    window.choose("field-every", every).await;
    window.fill("field-from", "2026-01-01").await;
}

pub fn can_edit(server: &Server) -> Vec<TruthUser> {
    server.truth().into_iter().filter(|user| user.active && user.license.key() == "can-edit").collect()
}

/// `$1,234.00` as the screen writes it.
pub fn dollars(whole: u64) -> String {
    let digits = whole.to_string();
    let grouped: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    format!("${}.00", grouped.join(","))
}

/// The rows of a CSV by their `id` column.
fn rows(path: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("the export is a CSV file");
    let read = reader.deserialize().map(|row| row.expect("a whole row"));
    read.map(|row: BTreeMap<String, String>| (row["id"].clone(), row)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_who_holds_what_and_what_it_costs() {
    let server = Server::start(Config::of(260, 7)).expect("the simulated server starts");
    let editors = can_edit(&server);
    let window = Window::open().await;
    connect(&window, &server).await;
    window.photograph("overview-without-prices").await;

    window.click("tab-activity").await;
    window.click("license-chip-can-edit").await;
    let count = editors.len();
    window.reads("matching", |text| text.contains(&count.to_string())).await;
    window.photograph("activity-can-edit").await;
    axe::finds_nothing_in_either_theme(&window, "Activity").await;

    let export = window.desk.room().join("editors.csv");
    window.click("export").await;
    window.click("export-columns-all").await;
    window.fill("export-path", &export.display().to_string()).await;
    window.photograph("export").await;
    window.click("export-save").await;
    window.reads("toast", |text| text.contains("Exported")).await;
    let exported = rows(&export);
    assert_eq!(exported.len(), count, "the whole filtered set, and nothing else");
    for user in &editors {
        let row = exported.get(&user.id).unwrap_or_else(|| panic!("{} is missing", user.id));
        assert_eq!(row["email"], user.email);
        assert_eq!(row["given_name"], user.given_name);
        assert_eq!(row["family_name"], user.family_name);
        assert_eq!(row["license_type"], "can-edit");
        assert_eq!(row["department"], user.department);
        let created = user.created.to_string();
        assert_eq!(row["created"].get(..19), created.get(..19), "the Active date of {}", user.id);
    }

    let seats = u64::try_from(count).expect("a count") + 10;
    buy(&window, seats, "9", "month").await;
    // What was typed, said back; on the way there it says what half of it means.
    window.reads("live-sentence", |text| text.contains(&dollars(seats * 108))).await;
    window.photograph("purchase-form").await;
    axe::finds_nothing_in_either_theme(&window, "License Details with its form").await;
    window.click("purchase-save").await;
    window.is_gone("purchase-panel").await;
    window.photograph("license-details").await;

    window.click("tab-overview").await;
    let total = dollars((seats - 10) * 108);
    window.reads("total-annual", |text| text.contains(&total)).await;
    window.reads("waste-annual", |text| text.contains(&dollars(10 * 108))).await;
    for (width, height) in [(1280, 800), (1920, 1080)] {
        window.resize(width, height).await;
        for theme in ["dark", "light"] {
            axe::wear(&window, theme).await;
            window.photograph(&format!("overview-{width}-{theme}")).await;
        }
    }
    window.click("total-annual").await;
    let reason = window.reads("explanation", |text| text.contains("$9.00")).await;
    assert!(reason.contains(&total), "the total and how it is made: {reason}");
    window.photograph("explanation").await;
    window.press("\u{e00c}").await;
    axe::finds_nothing_in_either_theme(&window, "Overview").await;

    window.click("tab-integration").await;
    window.find("runs").await;
    window.photograph("integration").await;
    axe::finds_nothing_in_either_theme(&window, "Integration").await;
    window.nothing_was_blocked().await;

    // Everything is still there after a restart, and the token is nowhere in plain.
    let window = window.reopen().await;
    window.reads("spend-lucidchart", |text| text.contains(&total)).await;
    window.photograph("apps").await;
    axe::finds_nothing_in_either_theme(&window, "Apps").await;
    assert_eq!(files_with(window.desk.room(), server.token()), Vec::<String>::new(), "the token is sealed");
    assert!(window.desk.data_dir().join("vault.v1").is_file(), "and this is where");
    window.close().await;
}

/// Files below a folder that hold a text in plain.
pub fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if fs::read(&path).is_ok_and(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes())) {
            found.push(path.display().to_string());
        }
    }
    found
}
