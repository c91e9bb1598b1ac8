//! The right to sync an app: one holder at a time among all processes.

use std::fs::File;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use store::App;

use crate::error::{Error, Result};
use crate::paces::private;
use crate::seatledger::Rooms;

/// Longer than anybody looks whether an app is being read.
const LOOK: Duration = Duration::from_millis(200);

/// Holds the right to sync one app, in this process and among all others; the system frees it if we die.
pub(crate) struct SyncLock {
    _file: File,
}

impl Rooms {
    fn lock_file(&self, slug: &str) -> Result<File> {
        let path = self.lock_path(slug);
        let why =
            |error: std::io::Error| Error::FileNotWritten { path: path.display().to_string(), why: error.to_string() };
        private(&path, false).map_err(why)
    }

    fn lock_path(&self, slug: &str) -> PathBuf {
        self.data_dir.join(format!("sync-{slug}.lock"))
    }

    /// Blocks for a moment where somebody has it: whoever looks whether an app is being read holds it just as long.
    pub(crate) fn sync_lock(&self, app: &App) -> Result<SyncLock> {
        self.store.writable()?;
        let file = self.lock_file(&app.slug)?;
        let asked = Instant::now();
        while file.try_lock().is_err() {
            if asked.elapsed() >= LOOK {
                return Err(Error::AlreadySyncing(app.name.clone()));
            }
            std::thread::sleep(LOOK / 20);
        }
        Ok(SyncLock { _file: file })
    }

    /// Gives the right up for ever, with the app.
    pub(crate) fn remove_lock(&self, slug: &str, lock: SyncLock) {
        // An empty file that stays does no harm.
        let _ = std::fs::remove_file(self.lock_path(slug));
        drop(lock);
    }

    /// Whether a sync of the app is under way anywhere.
    pub(crate) fn is_syncing(&self, slug: &str) -> bool {
        self.lock_file(slug).is_ok_and(|file| file.try_lock_shared().is_err())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::SystemClock;
    use crate::{KeeperChoice, Options, Seatledger};

    fn app() -> App {
        let folder = tempfile::tempdir().unwrap();
        let store = store::Store::open(folder.path()).unwrap();
        let new = store::NewApp {
            name: "Lucidchart".to_owned(),
            connector: "lucid".to_owned(),
            base_url: "https://users.lucid.app/scim/v2".to_owned(),
            sample: false,
        };
        store.add_app(&new, &[], "2026-03-02T09:00:00Z".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_look_does_not_keep_anybody_from_syncing_and_a_sync_does() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            data_dir: folder.path().to_owned(),
            keeper: KeeperChoice::File,
            passphrase: None,
            clock: Arc::new(SystemClock),
        };
        let (seatledger, app) = (Seatledger::open(options).unwrap(), app());
        let looking = seatledger.lock_file(&app.slug).unwrap();
        looking.try_lock_shared().unwrap();
        let looker = std::thread::spawn(move || {
            std::thread::sleep(LOOK / 4);
            drop(looking);
        });
        let lock = seatledger.sync_lock(&app).unwrap();
        looker.join().unwrap();
        assert!(seatledger.is_syncing(&app.slug));
        let refused = seatledger.sync_lock(&app).err().unwrap();
        assert_eq!(refused.code(), "already-syncing");
        seatledger.remove_lock(&app.slug, lock);
        assert!(!seatledger.lock_path(&app.slug).exists());
        assert!(!seatledger.is_syncing(&app.slug));
    }
}
