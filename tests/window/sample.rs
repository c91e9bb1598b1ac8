//! The sample organisation: thirteen months in a window that needs no account, and gone with one click.

use crate::axe;
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_organisation_fills_every_screen_and_goes_with_one_click() {
    let window = Window::open().await;
    window.click("explore-sample").await;
    window.find("sample-badge").await;
    let total = window.reads("total-annual", |text| text.contains('$')).await;
    assert!(total.chars().filter(char::is_ascii_digit).count() > 4, "a real total: {total}");
    for (width, height) in [(1280, 800), (1920, 1080)] {
        window.resize(width, height).await;
        for theme in ["dark", "light"] {
            axe::wear(&window, theme).await;
            for tab in ["activity", "licenses", "integration", "overview"] {
                window.click(&format!("tab-{tab}")).await;
                window.find(&format!("panel-{tab}")).await;
                window.photograph(&format!("sample-{tab}-{width}-{theme}")).await;
            }
        }
    }
    axe::finds_nothing_in_either_theme(&window, "Overview with charts").await;
    window.nothing_was_blocked().await;

    window.click("sample-remove").await;
    window.find("apps-empty").await;
    window.close().await;
}
