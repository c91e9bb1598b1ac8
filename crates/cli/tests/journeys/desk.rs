//! An administrator's desk: a data folder of its own and the command line as a script would call it.
//! Every command runs as a process with a cleared environment, so that nothing of this machine leaks in.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use app::clock::StillClock;
use app::{KeeperChoice, Options, Seatledger};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lucid_sim::Server;
use serde_json::Value;

/// The passphrase of every desk's vault: a word that occurs nowhere else.
pub const PASSPHRASE: &str = "quince marmalade on rye, twice";

/// The slug of the app that [`Desk::connect`] makes.
pub const APP: &str = "lucidchart";

/// A desk; what is on it goes away with it.
pub struct Desk {
    home: tempfile::TempDir,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Told {
    /// Exit status; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl From<Output> for Told {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("commands write UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Told {
    /// The one document on stdout.
    pub fn document(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("one JSON document on stdout ({error}): {self:?}"))
    }
}

impl Desk {
    /// A desk with nothing on it.
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A desk on which the app of this server is connected and read.
    pub fn with(server: &Server) -> Self {
        let desk = Self::new();
        desk.connect(server);
        desk.sync();
        desk
    }

    /// The home folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The data folder; the first command makes it.
    pub fn folder(&self) -> PathBuf {
        self.home().join("ledger")
    }

    /// The command with these arguments, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seatledger"));
        command.args(arguments).env_clear();
        command.env("HOME", self.home()).env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("TZ", "UTC");
        command.env("SEATLEDGER_DATA_DIR", self.folder());
        command.env("SEATLEDGER_VAULT", "file").env("SEATLEDGER_PASSPHRASE", PASSPHRASE);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command.
    pub fn run(&self, arguments: &[&str]) -> Told {
        finished(self.command(arguments).spawn())
    }

    /// Runs a command that reads this from standard input.
    pub fn run_with(&self, arguments: &[&str], stdin: &str) -> Told {
        fed(self.command(arguments), stdin)
    }

    /// Starts a command and does not wait for it.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().expect("the command starts")
    }

    /// Runs a command that must succeed; its stdout.
    pub fn says(&self, arguments: &[&str]) -> String {
        let told = self.run(arguments);
        assert_eq!(told.code, Some(0), "{arguments:?}: {told:?}");
        told.stdout
    }

    /// Runs a command with `--json` that must succeed without a word on stderr; its document.
    pub fn document(&self, arguments: &[&str]) -> Value {
        let told = self.run(&[arguments, &["--json"]].concat());
        assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{arguments:?}: {told:?}");
        told.document()
    }

    /// Runs a command with `--json` that must fail so; its error.
    pub fn refusal(&self, arguments: &[&str], exit: i32, code: &str) -> Refusal {
        Refusal::of(&self.run(&[arguments, &["--json"]].concat()), exit, code)
    }

    /// Connects the app of this server; the document.
    pub fn connect(&self, server: &Server) -> Value {
        let told = self.connect_at(server.base_url(), server.token());
        assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""), "{told:?}");
        told.document()
    }

    /// Tries to connect.
    pub fn connect_at(&self, base_url: &str, token: &str) -> Told {
        self.connect_with(base_url, token, &[])
    }

    /// The same with further options.
    pub fn connect_with(&self, base_url: &str, token: &str, more: &[&str]) -> Told {
        let connect = ["connect", "lucid", "--base-url", base_url, "--token-stdin", "--json"];
        self.run_with(&[&connect[..], more].concat(), token)
    }

    /// Reads the roster now; the document.
    pub fn sync(&self) -> Value {
        self.document(&["sync", APP])
    }

    /// The roster by id.
    pub fn roster(&self, filters: &[&str]) -> Vec<Value> {
        let document = self.document(&[&["roster", APP], filters].concat());
        document.as_array().expect("an array").clone()
    }

    /// Reads the roster as a process on that day would.
    pub fn sync_on(&self, day: Date, server: &Server, accept_drop: bool) -> app::view::sync::SyncReport {
        server.set_day(day);
        let request = app::view::sync::SyncRequest { app: APP.to_owned(), accept_drop };
        let ledger = self.ledger_at(noon(day));
        runtime().block_on(ledger.sync(&request, Box::new(|_| {}))).expect("the sync completes")
    }

    /// The application on the same data folder, in this process, at this instant.
    pub fn ledger_at(&self, now: Timestamp) -> Seatledger {
        let options = Options {
            data_dir: self.folder(),
            keeper: KeeperChoice::File,
            passphrase: Some(PASSPHRASE.into()),
            clock: Arc::new(StillClock(now)),
        };
        Seatledger::open(options).expect("the data folder opens")
    }
}

/// Noon of a day: the same day nearly everywhere.
pub fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).expect("a day of this century").timestamp()
}

/// A runtime for calls into `app`.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Waits for a command.
pub fn finished(started: std::io::Result<Child>) -> Told {
    started.and_then(Child::wait_with_output).expect("the command runs").into()
}

/// Runs a command that reads this from standard input. One that ends without reading it is no mistake.
pub fn fed(mut command: Command, stdin: &str) -> Told {
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the command starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let _ = pipe.write_all(stdin.as_bytes());
    drop(pipe);
    finished(Ok(child))
}

/// How a command refused.
#[derive(Debug)]
pub struct Refusal {
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Refusal {
    /// Reads the error document, whose shape scripts rely on.
    pub fn of(told: &Told, exit: i32, code: &str) -> Self {
        assert_eq!((told.code, told.stderr.as_str()), (Some(exit), ""), "{told:?}");
        let document = told.document();
        assert_eq!(fields(&document), ["error"], "{document}");
        let error = &document["error"];
        assert_eq!(fields(error), ["code", "hint", "message"], "{document}");
        assert_eq!(error["code"], code, "{document}");
        let text = |field: &str| error[field].as_str().expect("a text").to_owned();
        let refusal = Self { message: text("message"), hint: text("hint") };
        let told = refusal.message.ends_with('.') && refusal.message.contains(' ') && refusal.hint.contains(' ');
        assert!(told, "sentences for people: {refusal:?}");
        refusal
    }

    /// Requires these words in what is said.
    pub fn says(&self, words: &str) {
        assert!(format!("{} {}", self.message, self.hint).contains(words), "{words:?} is missing: {self:?}");
    }
}

/// The names of an object's fields, sorted.
pub fn fields(object: &Value) -> Vec<&str> {
    let fields = object.as_object().unwrap_or_else(|| panic!("an object: {object}")).keys();
    let mut names: Vec<&str> = fields.map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Requires an object to have exactly these fields.
pub fn has_fields(object: &Value, expected: &[&str]) {
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    let found = fields(object);
    assert_eq!(found, expected, "{object}");
}

/// A server with so many users.
pub fn server(users: u32) -> Server {
    Server::start(lucid_sim::Config::of(users, 7)).expect("the server starts")
}
