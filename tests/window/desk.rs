//! A desk of one's own: X server, session bus, keychain, a web driver and folders that end with the test.
//! Nothing of the machine's own session is used or touched.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(30);

/// What a desk has, apart from a display.
#[derive(Clone, Copy)]
pub struct Furniture {
    /// A Secret Service that is unlocked.
    pub keychain: bool,
    /// `LANG` of the session.
    pub language: &'static str,
}

impl Default for Furniture {
    fn default() -> Self {
        Self { keychain: true, language: "en_US.UTF-8" }
    }
}

pub struct Desk {
    running: Vec<Child>,
    places: Vec<(&'static str, OsString)>,
    driver_port: u16,
    room: TempDir,
}

/// A bus that starts nothing by itself: an activated keychain, portal or accessibility bus would answer in our place.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=ROOM</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"#;

impl Desk {
    pub fn new(furniture: Furniture) -> Self {
        let room = TempDir::new().expect("a temporary folder");
        let mut desk = Self { running: Vec::new(), places: Vec::new(), driver_port: free_port(), room };
        desk.lay_out(furniture);
        desk.open_display();
        desk.open_bus();
        if furniture.keychain {
            desk.unlock_keychain();
        }
        desk.start_driver();
        desk
    }

    /// Everything that the app may write is below here.
    pub fn room(&self) -> &Path {
        self.room.path()
    }

    pub fn data_dir(&self) -> PathBuf {
        self.room().join("seatledger")
    }

    pub fn driver(&self) -> String {
        format!("http://127.0.0.1:{}", self.driver_port)
    }

    /// A command in this desk's environment and in no other.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).envs(self.places.iter().cloned());
        command
    }

    /// What a name says in this desk's environment.
    pub fn place(&self, name: &str) -> OsString {
        let found = self.places.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone()).expect("the desk has it")
    }

    fn lay_out(&mut self, furniture: Furniture) {
        for (name, folder) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "share"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            let path = self.room().join(folder);
            fs::create_dir(&path).expect("a folder for the session");
            restrict(&path);
            self.places.push((name, path.into()));
        }
        let data_dir = self.data_dir();
        self.places.push(("SEATLEDGER_DATA_DIR", data_dir.into()));
        for (name, value) in [
            ("LANG", furniture.language),
            ("TZ", "UTC"),
            ("GDK_BACKEND", "x11"),
            ("NO_AT_BRIDGE", "1"),
            ("GSETTINGS_BACKEND", "memory"),
            ("TAURI_WEBVIEW_AUTOMATION", "true"),
            // A proxy of the machine has no business between a test and its own server.
            ("no_proxy", "127.0.0.1,localhost"),
        ] {
            self.places.push((name, value.into()));
        }
    }

    fn open_display(&mut self) {
        let mut command = self.command("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "2000x1200x24", "-nolisten", "tcp", "-noreset"]);
        let number = self.start_and_hear(command, "Xvfb");
        self.places.push(("DISPLAY", format!(":{number}").into()));
    }

    fn open_bus(&mut self) {
        let config = self.room().join("bus.conf");
        let text = BUS.replace("ROOM", &self.room().join("run").display().to_string());
        fs::write(&config, text).expect("the bus's configuration");
        let mut command = self.command("dbus-daemon");
        command.arg(format!("--config-file={}", config.display())).args([
            "--nofork",
            "--nopidfile",
            "--print-address=1",
        ]);
        let address = self.start_and_hear(command, "dbus-daemon");
        self.places.push(("DBUS_SESSION_BUS_ADDRESS", address.into()));
    }

    fn unlock_keychain(&mut self) {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--unlock", "--components=secrets", "--foreground"]).stdin(Stdio::piped());
        let mut keychain = quiet(&mut command).spawn().expect("gnome-keyring-daemon is installed");
        let mut stdin = keychain.stdin.take().expect("a pipe to the keychain");
        stdin.write_all(b"not a secret").expect("the keychain takes its password");
        drop(stdin);
        self.running.push(keychain);
        wait("the keychain", || {
            let mut ask = self.command("dbus-send");
            ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"]);
            ask.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
            ask.output().is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("boolean true"))
        });
    }

    fn start_driver(&mut self) {
        let mut command = self.command("WebKitWebDriver");
        command.arg(format!("--port={}", self.driver_port)).stdin(Stdio::null());
        let driver = quiet(&mut command).spawn().expect("WebKitWebDriver is installed");
        self.running.push(driver);
        let port = self.driver_port;
        wait("WebKitWebDriver", || TcpStream::connect(("127.0.0.1", port)).is_ok());
    }

    /// Starts something that says on its first line where it can be reached.
    fn start_and_hear(&mut self, mut command: Command, name: &str) -> String {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{name} is installed: {error}"));
        let mut said = BufReader::new(child.stdout.take().expect("its output"));
        self.running.push(child);
        let mut line = String::new();
        said.read_line(&mut line).expect("its first line");
        assert!(!line.trim().is_empty(), "{name} ended without a word");
        // Whatever else it says is taken, so that it never waits for a reader.
        thread::spawn(move || said.read_to_end(&mut Vec::new()));
        line.trim().to_owned()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // The driver first; then the display, and with it whatever is still shown on it.
        for child in self.running.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::null()).stderr(Stdio::null())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its number").port()
}

fn restrict(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).expect("a private folder");
}

fn wait(what: &str, ready: impl Fn() -> bool) {
    let started = Instant::now();
    while !ready() {
        assert!(started.elapsed() < PATIENCE, "{what} did not start");
        thread::sleep(Duration::from_millis(50));
    }
}
