//! Journeys across shells: the window's side in this process and the built command line beside it, on one data folder.
//! The journeys of the command line alone are in its own crate.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its set-up fails")]

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use app::clock::SystemClock;
use app::view::apps::{AppDayRequest, AppRequest, RosterState};
use app::view::connect::{ConnectRequest, ReplaceTokenRequest};
use app::view::sync::{SyncReport, SyncRequest, SyncStatus};
use app::{KeeperChoice, Options, Seatledger};
use lucid_sim::{Config, Fault, Server};
use serde_json::{Value, json};

const APP: &str = "lucidchart";
const PASSPHRASE: &str = "two shells, one folder of figs";

/// A data folder with both shells on it.
struct Desk {
    home: tempfile::TempDir,
    server: Server,
}

impl Desk {
    fn new(users: u32) -> Self {
        let server = Server::start(Config::of(users, 7)).expect("the server starts");
        Self { home: tempfile::tempdir().expect("a temporary folder"), server }
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("ledger")
    }

    fn window(&self) -> Seatledger {
        let options = Options {
            data_dir: self.folder(),
            keeper: KeeperChoice::File,
            passphrase: Some(PASSPHRASE.into()),
            clock: Arc::new(SystemClock),
        };
        Seatledger::open(options).expect("the data folder opens")
    }

    fn start(&self, arguments: &[&str]) -> Child {
        let mut command = Command::new(command_line());
        command.args(arguments).arg("--json").env_clear().env("HOME", self.home.path());
        command.env("SEATLEDGER_DATA_DIR", self.folder()).env("SEATLEDGER_VAULT", "file");
        command.env("SEATLEDGER_PASSPHRASE", PASSPHRASE);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the command line starts")
    }

    /// Runs the command line; its exit status and document.
    fn run(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let output = self.start(arguments).wait_with_output().expect("the command line runs");
        let document = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
        (output.status.code(), document)
    }

    async fn connect(&self, window: &Seatledger) {
        let request = ConnectRequest {
            connector: "lucid".to_owned(),
            name: String::new(),
            base_url: self.server.base_url().to_owned(),
            token: self.server.token().to_owned(),
            ..ConnectRequest::default()
        };
        let connected = window.connect_save(&request, Box::new(|_| {})).await.expect("it connects");
        assert_eq!(connected.app, APP);
    }
}

/// The command line is built into the folder above this test's own.
fn command_line() -> PathBuf {
    let own = std::env::current_exe().expect("this test's own path");
    let folder = own.ancestors().nth(2).expect("the folder of the build");
    let built = folder.join(format!("seatledger{}", std::env::consts::EXE_SUFFIX));
    assert!(built.exists(), "build the command line first (cargo build -p cli): {} is missing", built.display());
    built
}

async fn sync(window: &Seatledger) -> app::Result<SyncReport> {
    window.sync(&SyncRequest { app: APP.to_owned(), accept_drop: false }, Box::new(|_| {})).await
}

fn row(window: &Seatledger) -> app::view::apps::AppRow {
    window.app_row(&AppRequest { app: APP.to_owned() }).expect("the app is there")
}

async fn until(what: &str, so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !so() {
        assert!(Instant::now() < end, "{what}");
        tokio::task::spawn_blocking(|| sleep(Duration::from_millis(10))).await.expect("a pause");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_shell_connects_the_other_can_read() {
    let desk = Desk::new(60);
    let window = desk.window();
    desk.connect(&window).await;
    let (code, synced) = desk.run(&["sync", APP]);
    assert_eq!((code, &synced["members"]), (Some(0), &json!(60)), "the token sealed by the window opens: {synced}");
    let again = sync(&window).await.expect("the window reads it too");
    assert_eq!((again.members, again.added), (60, 0));
    assert_eq!(desk.run(&["roster", APP]).1.as_array().map(Vec::len), Some(60));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_on_the_command_line_reaches_the_window_while_it_syncs() {
    let desk = Desk::new(250);
    let window = desk.window();
    desk.connect(&window).await;
    sync(&window).await.expect("the first sync");
    let before = window.version().expect("a version");
    desk.server.set_fault(Fault::Latency(600));
    let asked = desk.server.requests();
    let syncing = tokio::spawn({
        let window = window.clone();
        async move { sync(&window).await }
    });
    until("the window reads", || desk.server.requests() > asked).await;
    assert_eq!(row(&window).state, RosterState::Syncing);
    let (code, refused) = desk.run(&["sync", APP]);
    assert_eq!((code, &refused["error"]["code"]), (Some(1), &json!("already-syncing")));
    let price = ["--cost", "9", "--per", "unit", "--every", "month", "--from", "2020-01-01"];
    let (code, added) =
        desk.run(&[&["purchase", "add", APP, "--type", "can-edit", "--quantity", "200"], &price[..]].concat());
    assert_eq!(code, Some(0), "{added}");
    assert_ne!(window.version().expect("a version"), before, "the window notices");
    let report = syncing.await.expect("the task ends").expect("the sync is not disturbed");
    assert_eq!((report.status, report.members), (SyncStatus::Completed, 250));
    let editing = desk.server.truth().iter().filter(|user| user.license.can_edit()).count();
    let spend = window.spend(&AppDayRequest { app: APP.to_owned(), as_of: None }).expect("the spend");
    let told = spend.billable_annual.value.expect("an amount").amount;
    assert_eq!(told, format!("{}.00", editing * 108));
    assert_eq!(desk.run(&["spend", APP]).1["billable_annual"], told, "both shells say the same");
    assert!(window.check().expect("a check").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_on_the_command_line_holds_the_windows_and_its_cancel_is_the_windows_own() {
    let desk = Desk::new(250);
    let window = desk.window();
    desk.connect(&window).await;
    sync(&window).await.expect("the first sync");
    desk.server.set_fault(Fault::Latency(600));
    let asked = desk.server.requests();
    let child = desk.start(&["sync", APP]);
    until("the command line reads", || desk.server.requests() > asked).await;
    let refused = sync(&window).await.expect_err("one at a time");
    assert_eq!((refused.code(), refused.exit_code()), ("already-syncing", 1));
    window.sync_cancel(APP);
    let output = child.wait_with_output().expect("the command line runs");
    assert_eq!(output.status.code(), Some(0), "another process's sync goes on: {output:?}");
    let asked = desk.server.requests();
    let syncing = tokio::spawn({
        let window = window.clone();
        async move { sync(&window).await }
    });
    until("the window reads", || desk.server.requests() > asked).await;
    window.sync_cancel(APP);
    assert_eq!(syncing.await.expect("the task ends").expect("a report").status, SyncStatus::Cancelled);
    let runs = desk.run(&["runs", APP]).1;
    assert_eq!(json!([runs[0]["status"], runs[1]["status"]]), json!(["cancelled", "completed"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_removed_on_the_command_line_is_gone_from_the_window() {
    let desk = Desk::new(20);
    let window = desk.window();
    desk.connect(&window).await;
    sync(&window).await.expect("the first sync");
    assert_eq!(desk.run(&["disconnect", APP, "--confirm", "Lucidchart"]).0, Some(0));
    assert!(window.apps_list().expect("the list").is_empty());
    let request = ReplaceTokenRequest { app: APP.to_owned(), token: "another".to_owned() };
    let refused = window.token_replace(&request, Box::new(|_| {})).await.expect_err("there is no such app");
    assert_eq!(refused.code(), "unknown-app");
}
