//! The rows of the roster: as high as was chosen, and every one of them within reach.

use lucid_sim::{Config, Server};
use serde_json::json;

use crate::axe;
use crate::main_job::connect;
use crate::window::Window;

const MEMBERS: u32 = 300;

/// How high the first row is, and how far the second begins below it.
const HEIGHTS: &str = "
    const [first, second] = [2, 3].map(
        (at) => document.querySelector(`[data-testid=roster-row][aria-rowindex=\"${at}\"]`)?.getBoundingClientRect());
    return first === undefined || second === undefined ? null : [first.height, second.top - first.top]";

/// Where the focus is, when the grid shows the whole of it.
const FOCUS: &str = "
    const cell = document.activeElement, grid = cell?.closest('[data-testid=roster-grid]');
    if (!grid || cell.textContent.trim() === '') return null;
    const [seen, within] = [cell, grid].map((each) => each.getBoundingClientRect());
    if (seen.top < within.top + 29 || seen.bottom > within.bottom + 1) return null;
    return Number(cell.closest('[role=row]').ariaRowIndex)";

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_as_high_as_chosen_and_can_all_be_reached() {
    let server = Server::start(Config::of(MEMBERS, 11)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    window.click("tab-activity").await;
    are_high(&window, 36).await;

    window.click("rows-menu").await;
    window.click("rows-menu-compact").await;
    window.press("\u{e00c}").await;
    are_high(&window, 28).await;
    axe::finds_nothing(&window, "Activity with compact rows").await;
    goes_to_either_end(&window).await;

    // A restart keeps the choice; the palette makes it as the menu does.
    let window = window.reopen().await;
    window.click("app-link-lucidchart").await;
    window.click("tab-activity").await;
    are_high(&window, 28).await;
    window.control('k').await;
    window.press("Rows: comfortable").await;
    window.press("\u{e007}").await;
    are_high(&window, 44).await;
    goes_to_either_end(&window).await;
    window.nothing_was_blocked().await;
    window.close().await;
}

async fn are_high(window: &Window, pixels: u32) {
    let wanted = json!([pixels, pixels]);
    window
        .until(&format!("rows are {pixels} pixels high"), || async {
            (window.run(HEIGHTS).await == wanted).then_some(())
        })
        .await;
}

/// Ctrl+End and Ctrl+Home bring the last and the first member into sight, with the focus.
async fn goes_to_either_end(window: &Window) {
    window.run("document.querySelector('[data-testid=roster-grid] [role=gridcell][tabindex=\"0\"]').focus()").await;
    for (key, row) in [('\u{e010}', MEMBERS + 1), ('\u{e011}', 2)] {
        window.control(key).await;
        window
            .until(&format!("row {row} is in sight and in focus"), || async {
                (window.run(FOCUS).await.as_u64() == Some(row.into())).then_some(())
            })
            .await;
    }
}
