//! A roster that became much smaller, and a sync that is cancelled: nothing is written before a person says so.

use std::sync::Arc;

use app::Seatledger;
use app::view::apps::AppRequest;
use app::view::sync::SyncStatus;
use lucid_sim::{Config, Fault, Server};

use crate::axe;
use crate::desktop::elsewhere;
use crate::keyboard::reaches;
use crate::main_job::{buy, can_edit, connect, dollars};
use crate::window::Window;

fn lucid() -> AppRequest {
    AppRequest { app: "lucidchart".to_owned() }
}

fn last_run(books: &Arc<Seatledger>) -> SyncStatus {
    books.runs(&lucid()).expect("the runs")[0].status
}

/// The same address, but an account with fewer people.
fn shrunk(server: Server, config: Config) -> Server {
    let port = server.base_url().rsplit(':').next().and_then(|rest| rest.split('/').next()).map(str::parse);
    let port = port.expect("a port").expect("a number");
    drop(server);
    Server::start(Config { port, ..config }).expect("it starts in the other's place")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roster_that_became_much_smaller_is_shown_before_it_counts() {
    let server = Server::start(Config::of(120, 9)).expect("the simulated server starts");
    let (people, editors) = (server.truth(), u64::try_from(can_edit(&server).len()).expect("a count"));
    let window = Window::open().await;
    connect(&window, &server).await;
    buy(&window, 200, "120", "year").await;
    window.click("purchase-save").await;
    window.is_gone("purchase-panel").await;
    window.click("tab-overview").await;
    window.reads("total-annual", |text| text.contains(&dollars(editors * 120))).await;

    let server = shrunk(server, Config::of(40, 9));
    let stay = server.truth();
    let gone: Vec<_> = people.iter().filter(|user| stay.iter().all(|other| other.id != user.id)).collect();
    window.click("sync-now").await;
    window.reads("held-previous", |text| text == "120").await;
    window.reads("held-now", |text| text == "40").await;
    window.click("held-look").await;
    window.reads("held-go", |text| text == gone.len().to_string()).await;
    let first = window.reads("held-row", |text| text.contains('@')).await;
    assert!(gone.iter().any(|user| first.contains(&user.email)), "somebody who would go: {first}");
    reaches(&window, &["held-look", "held-table", "held-accept", "held-keep"]).await;
    axe::dialog_from_every_side(&window, "Held roster").await;

    // Kept: as if nothing had happened, in the window and in the books.
    window.click("held-keep").await;
    window.is_gone("held-dialog").await;
    window.reads("total-annual", |text| text.contains(&dollars(editors * 120))).await;
    let books = Arc::new(elsewhere(&window.desk.data_dir()));
    assert_eq!((last_run(&books), books.app_row(&lucid()).expect("the app").members), (SyncStatus::Held, 120));
    axe::from_every_side(&window, "Overview with a held roster").await;

    // Accepted: the numbers follow.
    window.click("held-review").await;
    window.click("held-accept").await;
    let fewer = u64::try_from(can_edit(&server).len()).expect("a count");
    window.reads("total-annual", |text| text.contains(&dollars(fewer * 120))).await;
    assert_eq!((last_run(&books), books.app_row(&lucid()).expect("the app").members), (SyncStatus::Completed, 40));
    window.click("tab-activity").await;
    window.reads("matching", |text| text.contains("40")).await;
    window.nothing_was_blocked().await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_is_cancelled_changes_nothing() {
    let server = Server::start(Config::of(250, 9)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    // Every answer takes so long that it is the cancelling that ends the sync.
    let server = shrunk(server, Config { fault: Some(Fault::Latency(20_000)), ..Config::of(200, 10) });
    window.click("sync-now").await;
    window.find("sync-progress").await;
    window.resize(720, 900).await;
    window.photograph("sync-under-way-720").await;
    axe::finds_nothing(&window, "A sync under way").await;
    window.click("sync-cancel").await;
    window.is_gone("sync-progress").await;
    window.reads("app-state", |text| !text.is_empty()).await;
    window.photograph("sync-cancelled").await;
    window.click("tab-integration").await;
    window.reads("run", |text| text.contains("Cancelled")).await;
    let books = Arc::new(elsewhere(&window.desk.data_dir()));
    assert_eq!((last_run(&books), books.app_row(&lucid()).expect("the app").members), (SyncStatus::Cancelled, 250));
    drop(server);
    window.nothing_was_blocked().await;
    window.close().await;
}
