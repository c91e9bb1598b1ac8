//! axe-core in the window: WCAG 2.2 A and AA, in both themes.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::window::Window;

const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(
        (found) => done(found.violations.map((each) =>
            `${each.id} (${each.impact}): ${each.help}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`)),
        (raised) => done([String(raised)]));";

/// Fails with every violation on the screen as it is now.
pub async fn finds_nothing(window: &Window, screen: &str) {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(axe).expect("the UI's packages are installed");
    window.run(&format!("if (!window.axe) {{ {axe} }}")).await;
    let found = window.run_async(RUN).await;
    let found: Vec<_> = found.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(found.is_empty(), "{screen}:\n  {}", found.join("\n  "));
}

/// The same in light and in dark; leaves the window light.
pub async fn finds_nothing_in_either_theme(window: &Window, screen: &str) {
    for theme in ["dark", "light"] {
        wear(window, theme).await;
        finds_nothing(window, &format!("{screen}, {theme}")).await;
    }
}

/// Chooses a theme as a person would, through the commands of the palette.
pub async fn wear(window: &Window, theme: &str) {
    window.control('k').await;
    window.press(format!("Use {theme} theme")).await;
    window.press("\u{e007}").await;
    let is_worn = format!("return document.documentElement.dataset.theme === '{theme}' || null");
    window.until(&format!("the theme is {theme}"), || async { window.run(&is_worn).await.as_bool() }).await;
    window
        .until("the palette closes", || async {
            let open = window.run("return document.querySelector('.dialog[data-state=open]') !== null").await;
            (open == false).then_some(())
        })
        .await;
}
