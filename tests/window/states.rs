//! States of the window itself: the first start, odd locales, a data folder that cannot be used, the wall around the page.

use std::fs;

use serde_json::json;

use crate::axe;
use crate::desk::{Desk, Furniture};
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_says_what_this_is_and_how_to_begin() {
    let window = Window::open().await;
    let text = window.text("apps-empty").await;
    assert!(text.contains("Connect Lucidchart") && text.contains("sample organisation"), "two ways to begin: {text}");
    for (width, height) in [(1280, 800), (1920, 1080)] {
        window.resize(width, height).await;
        for theme in ["dark", "light"] {
            axe::wear(&window, theme).await;
            window.photograph(&format!("first-start-{width}-{theme}")).await;
        }
    }
    axe::finds_nothing_in_either_theme(&window, "First start").await;
    window.click("nav-settings").await;
    window.find("screen-settings").await;
    window.photograph("settings").await;
    axe::finds_nothing_in_either_theme(&window, "Settings").await;
    window.nothing_was_blocked().await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_without_a_real_locale_is_not_a_blank_window() {
    let desk = Desk::new(Furniture { language: "C.UTF-8", ..Furniture::default() });
    let window = Window::open_at(desk).await;
    window.find("apps-empty").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_folder_that_cannot_be_used_is_explained_in_the_window() {
    let desk = Desk::new(Furniture::default());
    fs::write(desk.data_dir(), "a file where the folder should be").expect("a file in the way");
    let window = Window::open_at(desk).await;
    let text = window.text("start-problem").await;
    assert!(text.len() > 40, "a sentence and a hint, not a code: {text}");
    window.photograph("start-problem").await;

    // Once the cause is removed, trying again is enough.
    fs::remove_file(window.desk.data_dir()).expect("the file goes");
    window.click("start-retry").await;
    window.find("apps-empty").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_can_neither_leave_nor_load_anything() {
    let window = Window::open().await;
    window.find("apps-empty").await;
    let born = window.born().await;
    window
        .run("const link = document.createElement('a'); link.href = 'https://example.com/'; document.body.append(link); link.click(); link.remove();")
        .await;
    window.run("try { window.open('https://example.com/') } catch {}").await;
    window.run("location.assign('http://tauri.evil.example/')").await;
    window.find("apps-empty").await;
    assert_eq!(window.born().await, born, "the page is still the one that was opened");
    assert!(window.run("return location.href").await.as_str().is_some_and(|url| url.starts_with("tauri://localhost")));

    // What is tried from inside the page is blocked, and the test would see it.
    window
        .run("const picture = new Image(); picture.src = 'https://example.com/x.png'; document.body.append(picture);")
        .await;
    window.run("document.body.insertAdjacentHTML('beforeend', '<p onclick=\"1\" style=\"color: red\">x</p>');").await;
    window
        .until("the policy blocks", || async {
            let blocked = window.run("return window.__blocked").await;
            let blocked = blocked.as_array()?.iter().filter_map(|each| each.as_str()).collect::<Vec<_>>().join("\n");
            (blocked.contains("img-src") && blocked.contains("style-src")).then_some(())
        })
        .await;
    let refused = window
        .run_async("const done = arguments[arguments.length - 1]; fetch('https://example.com/').then(() => done(false), () => done(true));")
        .await;
    assert_eq!(refused, json!(true), "the page has no network");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browsers_own_keys_do_not_load_the_page_again() {
    let window = Window::open().await;
    window.find("apps-empty").await;
    let born = window.born().await;
    window.control('r').await;
    window.press("\u{e035}").await;
    window.find("apps-empty").await;
    assert_eq!(window.born().await, born, "Ctrl+R and F5 leave the page as it is");
    window.close().await;
}
