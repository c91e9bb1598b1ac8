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

/// Looks at a screen that is narrow and wide, dark and light: nothing is wider than the window, axe finds nothing, and a
/// picture of each stays for people. Leaves the window light and as it opened.
pub async fn from_every_side(window: &Window, screen: &str) {
    for (width, height) in [(720, 900), (1600, 1000)] {
        window.resize(width, height).await;
        for theme in ["dark", "light"] {
            wear(window, theme).await;
            look(window, screen, width, theme).await;
        }
    }
    window.resize(1280, 800).await;
}

/// The same for an open dialog, which keeps the palette out of reach.
pub async fn dialog_from_every_side(window: &Window, dialog: &str) {
    for (width, height) in [(720, 900), (1600, 1000)] {
        window.resize(width, height).await;
        for theme in ["dark", "light"] {
            window.run(&format!("document.documentElement.dataset.theme = '{theme}'")).await;
            look(window, dialog, width, theme).await;
        }
    }
    window.resize(1280, 800).await;
}

async fn look(window: &Window, screen: &str, width: u32, theme: &str) {
    window.photograph(&format!("{}-{width}-{theme}", screen.to_lowercase().replace(' ', "-"))).await;
    let wide = window.run(WIDER).await;
    assert_eq!(wide, Value::Null, "{screen} at {width}: wider than the window");
    finds_nothing(window, &format!("{screen} at {width}, {theme}")).await;
}

/// What reaches beyond the window without being inside something that scrolls or clips.
const WIDER: &str = "
    const kept = (element) => {
        for (let up = element.parentElement; up !== null; up = up.parentElement)
            if (up !== document.body && getComputedStyle(up).overflowX !== 'visible') return true;
        return false;
    };
    const over = [...document.body.querySelectorAll('*')].find((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.right > innerWidth + 1 && element.checkVisibility() && !kept(element);
    });
    const main = document.querySelector('main > *');
    if (over) return over.outerHTML.slice(0, 200);
    if (main && main.scrollWidth > main.clientWidth + 1) {
        const edge = main.getBoundingClientRect().right + 1;
        const first = [...main.querySelectorAll('*')].find((each) => each.getBoundingClientRect().right > edge);
        return `main scrolls sideways: ${first?.outerHTML.slice(0, 200)}`;
    }
    return null;";
