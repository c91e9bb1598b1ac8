//! The whole main job without a mouse.

use lucid_sim::{Config, Server};
use serde_json::Value;

use crate::main_job::{can_edit, dollars};
use crate::window::Window;

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const RIGHT: &str = "\u{e014}";

/// Presses Tab until the thing with this test id, or something in it, has the focus.
async fn tab_to(window: &Window, id: &str) {
    let here = format!(
        "return document.activeElement?.closest('[data-testid=\"{id}\"]') !== null && document.activeElement !== document.body"
    );
    window.find(id).await;
    for _ in 0..120 {
        if window.run(&here).await == Value::Bool(true) {
            return;
        }
        window.press(TAB).await;
    }
    let focused = window.run("return document.activeElement?.outerHTML.slice(0, 200)").await;
    panic!("\"{id}\" cannot be reached with the Tab key; the focus is on {focused}");
}

/// Fails unless Tab alone brings the focus to each of these, or into them.
pub async fn reaches(window: &Window, ids: &[&str]) {
    window
        .run(
            "window.__reached = new Set(); document.activeElement?.blur();
            window.__note ??= document.addEventListener('focusin', ({ target }) => {
                for (let up = target; up !== null; up = up.parentElement)
                    if (up.dataset?.testid) window.__reached.add(up.dataset.testid);
            }) ?? true",
        )
        .await;
    let mut missing = Vec::new();
    for _ in 0..12 {
        window.press(TAB.repeat(15)).await;
        let reached = window.run("return [...window.__reached]").await;
        let reached: Vec<_> = reached.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        missing = ids.iter().copied().filter(|id| !reached.contains(id)).collect();
        if missing.is_empty() {
            return;
        }
    }
    panic!("out of reach of the Tab key: {missing:?}");
}

async fn type_into(window: &Window, id: &str, text: &str) {
    tab_to(window, id).await;
    window.control('a').await;
    window.press(text).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_needs_no_mouse() {
    let server = Server::start(Config::of(80, 5)).expect("the simulated server starts");
    let editors = u64::try_from(can_edit(&server).len()).expect("a count");
    let window = Window::open().await;

    tab_to(&window, "connect-lucid").await;
    window.press(ENTER).await;
    type_into(&window, "connect-base-url", server.base_url()).await;
    type_into(&window, "connect-token", server.token()).await;
    window.press(ENTER).await;
    window.reads("app-name", |name| name == "Lucidchart").await;
    window
        .until("the first sync completes", || async {
            window.find("app-state").await.attr("data-state").await.ok()?.filter(|state| state == "current")
        })
        .await;

    tab_to(&window, "tab-overview").await;
    window.press(RIGHT).await;
    window.find("panel-activity").await;
    tab_to(&window, "license-chip-can-edit").await;
    window.press(" ").await;
    window.reads("matching", |text| text.contains(&editors.to_string())).await;

    tab_to(&window, "tab-activity").await;
    window.press(RIGHT).await;
    tab_to(&window, "purchase-add").await;
    window.press(ENTER).await;
    tab_to(&window, "field-license-type").await;
    window.press("Can-Edit").await;
    type_into(&window, "field-quantity", &editors.to_string()).await;
    type_into(&window, "field-cost", "108").await;
    tab_to(&window, "field-every").await;
    window.press("Yearly").await;
    type_into(&window, "field-from", "1 Jan 2026").await;
    window.photograph("keyboard-purchase").await;
    window.control('s').await;
    window.is_gone("purchase-panel").await;

    tab_to(&window, "tab-licenses").await;
    window.press("\u{e012}\u{e012}").await;
    window.reads("total-annual", |text| text.contains(&dollars(editors * 108))).await;
    window.close().await;
}
