//! What the commands share: the application, opened when it is first asked for, and the window to tell.
//! Opening may fail (a full disk, a newer database): then every command says so, and the next one tries again.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use app::clock::SystemClock;
use app::{KeeperChoice, Options, Seatledger, default_data_dir};
use secrecy::SecretString;

use crate::ahead::Ahead;
use crate::ipc_error::{Answer, IpcError};

/// The window as the commands see it.
pub trait Window: Send + Sync {
    /// Tells the window that what is stored has changed.
    fn announce_change(&self);
    /// Asks the user where to save; `None` when they change their mind.
    fn choose_path(&self, suggested: PathBuf) -> Option<PathBuf>;
    /// Asks the user for a certificate file that exists; `None` when they change their mind.
    fn choose_certificate(&self, suggested: PathBuf) -> Option<PathBuf>;
    /// Asks the user for a table to read, a CSV file or a workbook; `None` when they change their mind.
    fn choose_table(&self) -> Option<PathBuf>;
    /// Shows a file in the system's file manager, or says in the system's words why not.
    fn show_in_folder(&self, file: &Path) -> Result<(), String>;
}

/// How to open the application.
pub type Opening = Box<dyn Fn() -> app::Result<Options> + Send + Sync>;

/// The state behind all commands.
pub struct Shell {
    opening: Opening,
    opened: Mutex<Option<Opened>>,
    window: OnceLock<Box<dyn Window>>,
    /// Files that were written for this window: the only ones that it may have shown.
    wrote: Mutex<HashSet<String>>,
}

struct Opened {
    seatledger: Seatledger,
    version: u64,
}

impl Shell {
    /// A shell that opens the application in this way.
    pub fn new(opening: Opening) -> Self {
        Self { opening, opened: Mutex::default(), window: OnceLock::new(), wrote: Mutex::default() }
    }

    /// The shell of the real app: its folder and vault are those of the command line.
    pub fn from_environment() -> Self {
        Self::new(Box::new(options_from_environment))
    }

    /// Sets the window to tell; the first one stays.
    pub fn attach(&self, window: Box<dyn Window>) {
        let _ = self.window.set(window);
    }

    /// What the window is going to ask first, when the application can be opened. Why it cannot is told to whoever asks.
    pub fn ahead(&self) -> Option<Ahead> {
        Ahead::of(&self.seatledger().ok()?).ok()
    }

    /// Runs blocking work away from the window's thread and from the async workers.
    pub(crate) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Seatledger) -> app::Result<T> + Send + 'static,
    ) -> Answer<T> {
        let shell = Arc::clone(self);
        self.apart(move || {
            let outcome = work(&shell.seatledger()?);
            shell.notice_changes();
            outcome
        })
        .await
    }

    /// The application, for use cases that are async themselves.
    pub(crate) async fn open(self: &Arc<Self>) -> Answer<Seatledger> {
        let shell = Arc::clone(self);
        self.apart(move || shell.seatledger()).await
    }

    /// Tells the window at once, rather than with the next tick, that something was written.
    pub(crate) async fn written(self: &Arc<Self>) {
        let shell = Arc::clone(self);
        let _ = tauri::async_runtime::spawn_blocking(move || shell.notice_changes()).await;
    }

    /// Compares the stored version with the last one seen and announces a change, whoever made it.
    pub(crate) fn notice_changes(&self) {
        let mut opened = self.opened();
        let Some(opened) = opened.as_mut() else { return };
        // A version that cannot be read now is read with the next tick.
        let Ok(version) = opened.seatledger.version() else { return };
        if version != opened.version {
            opened.version = version;
            if let Some(window) = self.window.get() {
                window.announce_change();
            }
        }
    }

    /// Runs work that writes a file for the window, which may then have it shown.
    pub(crate) async fn export<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Seatledger) -> app::Result<T> + Send + 'static,
        written: impl FnOnce(&T) -> Option<&str> + Send + 'static,
    ) -> Answer<T> {
        let done = self.run(work).await?;
        if let Some(path) = written(&done) {
            self.wrote().insert(path.to_owned());
        }
        Ok(done)
    }

    /// Shows a file that was written for the window in its folder.
    pub(crate) async fn show_in_folder(self: &Arc<Self>, path: String) -> Answer<()> {
        if !self.wrote().contains(&path) {
            return Err(IpcError::not_shown("Seatledger did not write it since it was opened"));
        }
        let shell = Arc::clone(self);
        let shown =
            self.apart(move || Ok(shell.window.get().map_or(Ok(()), |window| window.show_in_folder(Path::new(&path)))));
        shown.await?.map_err(|why| IpcError::not_shown(&why))
    }

    /// Asks the user for a table to read.
    pub(crate) async fn choose_table(self: &Arc<Self>) -> Answer<Option<String>> {
        self.choose(|window| window.choose_table()).await
    }

    /// Asks the user something with a dialog of the window.
    pub(crate) async fn choose(
        self: &Arc<Self>,
        ask: impl FnOnce(&dyn Window) -> Option<PathBuf> + Send + 'static,
    ) -> Answer<Option<String>> {
        let shell = Arc::clone(self);
        self.apart(move || {
            let chosen = shell.window.get().and_then(|window| ask(window.as_ref()));
            Ok(chosen.map(|path| path.to_string_lossy().into_owned()))
        })
        .await
    }

    fn seatledger(&self) -> app::Result<Seatledger> {
        let mut opened = self.opened();
        if let Some(opened) = opened.as_ref() {
            return Ok(opened.seatledger.clone());
        }
        let seatledger = Seatledger::open((self.opening)()?)?;
        let version = seatledger.version()?;
        *opened = Some(Opened { seatledger: seatledger.clone(), version });
        Ok(seatledger)
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> app::Result<T> + Send + 'static) -> Answer<T> {
        let task = tauri::async_runtime::spawn_blocking(work);
        Ok(task.await.map_err(|error| IpcError::interrupted(&error))??)
    }

    /// A file is either named in it or not, whoever panicked.
    fn wrote(&self) -> MutexGuard<'_, HashSet<String>> {
        self.wrote.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whoever panicked while holding the lock left it whole: it is only ever replaced.
    fn opened(&self) -> MutexGuard<'_, Option<Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn options_from_environment() -> app::Result<Options> {
    let named = std::env::var_os("SEATLEDGER_DATA_DIR").filter(|name| !name.is_empty());
    let keeper = match std::env::var("SEATLEDGER_VAULT").as_deref() {
        Ok("os") => KeeperChoice::Os,
        Ok("file") => KeeperChoice::File,
        _ => KeeperChoice::Auto,
    };
    Ok(Options {
        data_dir: named.map_or_else(default_data_dir, |name| Ok(PathBuf::from(name)))?,
        keeper,
        passphrase: std::env::var("SEATLEDGER_PASSPHRASE").ok().map(SecretString::from),
        clock: Arc::new(SystemClock),
    })
}
