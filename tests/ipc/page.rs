//! A page that calls commands, without a page.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::clock::{SharedClock, SystemClock};
use app::{KeeperChoice, Options};
use seatledger_desktop::{Shell, Window, context, wire};
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};

/// Where the app's own page comes from.
pub const OWN: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

pub struct Page {
    shell: Arc<Shell>,
    window: WebviewWindow<MockRuntime>,
    changes: Arc<AtomicUsize>,
    _app: App<MockRuntime>,
}

/// Counts what it is told and always chooses the same place.
struct Counting(Arc<AtomicUsize>);

impl Window for Counting {
    fn announce_change(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn choose_path(&self, suggested: PathBuf) -> Option<PathBuf> {
        (suggested.file_name()? != "never mind.csv")
            .then(|| Path::new("/chosen").join(suggested.file_name().unwrap_or_default()))
    }

    fn choose_certificate(&self, suggested: PathBuf) -> Option<PathBuf> {
        (suggested.file_name()? != "never mind.pem").then(|| PathBuf::from("/chosen/company.pem"))
    }

    fn choose_table(&self) -> Option<PathBuf> {
        Some(PathBuf::from("/chosen/purchases.xlsx"))
    }

    fn show_in_folder(&self, file: &Path) -> Result<(), String> {
        if file.is_file() { Ok(()) } else { Err("there is no such file".to_owned()) }
    }
}

impl Page {
    /// A page over a data folder, with a vault that a passphrase keeps: no keychain is touched.
    pub fn over(data_dir: &Path) -> Self {
        Self::at(data_dir, &(Arc::new(SystemClock) as SharedClock))
    }

    /// The same by this clock.
    pub fn at(data_dir: &Path, clock: &SharedClock) -> Self {
        let clock = Arc::clone(clock);
        let data_dir = data_dir.to_path_buf();
        let opening = move || {
            Ok(Options {
                data_dir: data_dir.clone(),
                keeper: KeeperChoice::File,
                passphrase: Some("correct horse battery staple".to_owned().into()),
                clock: Arc::clone(&clock),
            })
        };
        let shell = Arc::new(Shell::new(Box::new(opening)));
        let changes = Arc::new(AtomicUsize::new(0));
        shell.attach(Box::new(Counting(Arc::clone(&changes))));
        let app = wire(mock_builder(), &shell).build(context()).expect("the app is built");
        let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build();
        Self { shell, window: window.expect("a window"), changes, _app: app }
    }

    /// What a minute of the open window does about schedules; how many apps it tried.
    pub fn minute(&self) -> usize {
        tauri::async_runtime::block_on(seatledger_desktop::sync_due(&self.shell))
    }

    /// What the page is given to begin with.
    pub fn ahead(&self) -> Value {
        json!(self.shell.ahead())
    }

    /// A page as it comes with that.
    pub fn opened(&self, page: &str) -> Option<String> {
        self.shell.ahead().and_then(|ahead| ahead.within(page))
    }

    /// How often the page was told that something changed.
    pub fn changes(&self) -> usize {
        self.changes.load(Ordering::SeqCst)
    }

    /// Calls a command as the page does: `request` for what it asks, `channel` for those that tell how far they are.
    pub fn call(&self, command: &str, request: &Value) -> Result<Value, Value> {
        self.call_from(OWN, command, json!({ "request": request, "channel": "__CHANNEL__:7" }))
    }

    /// The same for what must work.
    #[track_caller]
    pub fn answer(&self, command: &str, request: &Value) -> Value {
        self.call(command, request).unwrap_or_else(|problem| panic!("{command} was refused: {problem}"))
    }

    pub fn call_from(&self, origin: &str, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: origin.parse().expect("an origin"),
            body: InvokeBody::Json(arguments),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        let body = get_ipc_response(&self.window, request)?;
        Ok(match body {
            InvokeResponseBody::Json(text) => serde_json::from_str(&text).expect("an answer in JSON"),
            InvokeResponseBody::Raw(bytes) => json!(bytes),
        })
    }
}

/// Asserts that a refusal can be shown as it is, and gives its code.
#[track_caller]
pub fn problem(refusal: &Value) -> String {
    for field in ["code", "message", "hint"] {
        assert!(refusal[field].as_str().is_some_and(|text| !text.is_empty()), "no {field} to show in {refusal}");
    }
    refusal["code"].as_str().unwrap_or_default().to_owned()
}
