//! The app among others on a desktop: another process on the same data, a second start, the system's file dialog.

use std::path::Path;
use std::sync::Arc;

use app::clock::SystemClock;
use app::view::purchases::{PurchaseForm, PurchaseSaveRequest};
use app::{KeeperChoice, Options, Seatledger};
use lucid_sim::{Config, Server};

use crate::main_job::{can_edit, connect, dollars};
use crate::window::Window;

/// What the command line is to the window: another opening of the same folder.
pub fn elsewhere(data_dir: &Path) -> Seatledger {
    let options = Options {
        data_dir: data_dir.to_path_buf(),
        keeper: KeeperChoice::File,
        passphrase: None,
        clock: Arc::new(SystemClock),
    };
    Seatledger::open(options).expect("the folder is shared")
}

/// Types a path into the system's file dialog. It is a window of the toolkit, out of the driver's sight; without a window
/// manager the focus follows the pointer.
pub fn save_as(window: &Window, title: &str, path: &Path) {
    let script = "id=$(xdotool search --sync --onlyvisible --name \"^$2$\" | tail -n 1)
        xdotool mousemove --window $id 60 20 windowfocus --sync $id key --delay 40 ctrl+a
        xdotool type --delay 15 \"$1\"; xdotool key Return";
    let mut type_path = window.desk.command("sh");
    type_path.args(["-c", script, "sh"]).arg(path).arg(title);
    assert!(type_path.status().expect("xdotool is installed").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_writes_shows_at_once() {
    let server = Server::start(Config::of(90, 13)).expect("the simulated server starts");
    let editors = u64::try_from(can_edit(&server).len()).expect("a count");
    let window = Window::open().await;
    connect(&window, &server).await;
    window.reads("total-annual", |text| text.contains("Not known")).await;

    let form = PurchaseForm {
        license_type: "can-edit".to_owned(),
        quantity: "200".to_owned(),
        cost: "120".to_owned(),
        per: "unit".to_owned(),
        currency: "USD".to_owned(),
        every: "year".to_owned(),
        from: "2026-01-01".to_owned(),
        ..PurchaseForm::default()
    };
    let request = PurchaseSaveRequest { app: "lucidchart".to_owned(), id: None, form };
    let saved = elsewhere(&window.desk.data_dir()).purchase_save(&request).expect("it is written");
    assert_eq!(saved.problems, []);
    window.reads("total-annual", |text| text.contains(&dollars(editors * 120))).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_ends_at_once_and_leaves_the_first_window_open() {
    let window = Window::open().await;
    window.find("apps-empty").await;
    let mut second = window.desk.command(env!("CARGO_BIN_EXE_seatledger-desktop"));
    let ended = second.env_remove("TAURI_WEBVIEW_AUTOMATION").status().expect("it starts");
    assert!(ended.success(), "the second start hands over and goes");
    window.find("apps-empty").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_systems_dialog_chooses_where_to_export() {
    let server = Server::start(Config::of(40, 17)).expect("the simulated server starts");
    let window = Window::open().await;
    connect(&window, &server).await;
    window.click("tab-activity").await;
    window.click("export").await;
    let wanted = window.desk.room().join("chosen.csv");
    window.click("export-browse").await;
    save_as(&window, "Export", &wanted);
    let wanted = wanted.display().to_string();
    window
        .until("the chosen place is in the form", || async {
            (window.value("export-path").await == wanted).then_some(())
        })
        .await;
    window.click("export-save").await;
    window.reads("toast", |text| text.contains("chosen.csv")).await;

    let (asked, shown) = std::sync::mpsc::channel();
    let bus = window.desk.place("DBUS_SESSION_BUS_ADDRESS");
    let _manager = zbus::connection::Builder::address(bus.to_str().expect("an address"))
        .and_then(|bus| bus.name("org.freedesktop.FileManager1"))
        .and_then(|bus| bus.serve_at("/org/freedesktop/FileManager1", Folders(asked)))
        .expect("a file manager")
        .build()
        .await
        .expect("it is on the bus");
    window.click("toast-action").await;
    let uris = shown.recv_timeout(std::time::Duration::from_secs(20)).expect("the file manager is asked");
    assert_eq!(uris, [format!("file://{wanted}")], "the file itself, in its folder");
    window.nothing_was_blocked().await;
    window.close().await;
}

/// The session's file manager: it only tells what it is asked to show.
struct Folders(std::sync::mpsc::Sender<Vec<String>>);

#[zbus::interface(name = "org.freedesktop.FileManager1")]
impl Folders {
    fn show_items(&self, uris: Vec<String>, startup: &str) {
        assert_eq!(startup, "", "nobody waits for the file manager's window");
        let _ = self.0.send(uris);
    }
}
