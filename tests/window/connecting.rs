//! Connections that do not work: what is wrong in words, and nothing typed lost.

use lucid_sim::{Config, Fault, Server};

use crate::axe;
use crate::desk::{Desk, Furniture};
use crate::main_job::{connect, files_with};
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_token_is_said_in_words_and_nothing_typed_is_lost() {
    let server = Server::start(Config::of(30, 3)).expect("the simulated server starts");
    let window = Window::open().await;
    window.click("connect-lucid").await;
    window.photograph("connect").await;
    axe::finds_nothing_in_either_theme(&window, "Connect").await;
    window.fill("connect-name", "Our Lucid").await;
    window.fill("connect-base-url", server.base_url()).await;
    window.fill("connect-token", "ffffffffffffffffffffffffffffffff").await;
    window.click("connect-save").await;
    let problem = window.reads("connect-problem", |text| !text.is_empty()).await;
    assert!(problem.to_lowercase().contains("token"), "it names what was refused: {problem}");
    window.photograph("connect-token-rejected").await;
    assert_eq!(window.value("connect-name").await, "Our Lucid");
    assert_eq!(window.value("connect-base-url").await, server.base_url());

    // The right token, and it goes on from there.
    window.fill("connect-token", server.token()).await;
    window.click("connect-save").await;
    window.reads("app-name", |name| name == "Our Lucid").await;
    window.nothing_was_blocked().await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_scim_is_recognised() {
    let server = Server::start(Config { fault: Some(Fault::Html), ..Config::of(30, 3) }).expect("the server starts");
    let window = Window::open().await;
    window.click("connect-lucid").await;
    window.fill("connect-base-url", server.base_url()).await;
    window.fill("connect-token", server.token()).await;
    window.click("connect-test").await;
    let problem = window.reads("connect-problem", |text| !text.is_empty()).await;
    assert!(problem.contains("SCIM") || problem.contains("web page"), "it says what answered instead: {problem}");
    window.photograph("connect-not-scim").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_a_passphrase_seals_the_token() {
    let server = Server::start(Config::of(30, 3)).expect("the simulated server starts");
    let window = Window::open_at(Desk::new(Furniture { keychain: false, ..Furniture::default() })).await;
    window.click("connect-lucid").await;
    window.fill("connect-base-url", server.base_url()).await;
    window.fill("connect-token", server.token()).await;
    if !window.is_shown("vault-passphrase").await {
        // The keychain is asked only when it is needed; now it says that there is none.
        window.click("connect-save").await;
        window.find("connect-problem").await;
        window.photograph("connect-no-keychain").await;
        window.click("vault-prefer-passphrase").await;
    }
    window.fill("vault-passphrase", "correct horse battery staple").await;
    window.fill("vault-passphrase-again", "correct horse battery staple").await;
    window.photograph("connect-passphrase").await;
    window.click("connect-save").await;
    window.reads("app-name", |name| name == "Lucidchart").await;
    for secret in [server.token(), "correct horse battery staple"] {
        assert_eq!(files_with(window.desk.room(), secret), Vec::<String>::new(), "no secret is written in plain");
    }

    // After a restart the passphrase is asked for; a wrong one is refused in words.
    let window = window.reopen().await;
    window.click("app-link-lucidchart").await;
    window.click("sync-now").await;
    window.click("sync-unlock").await;
    window.fill("unlock-passphrase", "not the passphrase").await;
    window.click("unlock-submit").await;
    window.find("unlock-problem").await;
    window.photograph("unlock").await;
    window.fill("unlock-passphrase", "correct horse battery staple").await;
    window.click("unlock-submit").await;
    window.is_gone("unlock-passphrase").await;
    window.click("sync-now").await;
    window.is_gone("sync-problem").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_sync_keeps_the_last_roster_and_says_why() {
    let server = Server::start(Config::of(120, 11)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    drop(server);

    // The server is gone: the last roster stays, and the failure is said.
    window.click("sync-now").await;
    window.find("sync-problem").await;
    window.photograph("sync-failed").await;
    window.click("tab-activity").await;
    window.reads("matching", |text| text.contains("120")).await;
    window.close().await;
}
