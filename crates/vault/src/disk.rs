//! The folder of the vault: modes, links, the lock between processes, and a write that leaves the old file or the new one.
//! Absent on purpose: what the bytes mean.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::error::{Damage, DiskFault, VaultError};
use crate::layout::LARGEST;

/// How often and how long to wait for another process: longer than a keychain may take to answer.
const TRIES: u32 = 600;
const PAUSE: Duration = Duration::from_millis(25);

/// The folder that holds the vault.
pub struct Folder {
    path: PathBuf,
    repaired: AtomicBool,
}

/// Held while the file is read, changed and written. Dropping it lets the next one in.
pub struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file unlocks it as well, whatever this answers.
        self.0.unlock().ok();
    }
}

impl Folder {
    /// This folder, which need not be there yet.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), repaired: AtomicBool::new(false) }
    }

    /// Whether modes were found too open, and closed.
    pub fn repaired_modes(&self) -> bool {
        self.repaired.load(Ordering::Relaxed)
    }

    /// Where the vault is.
    pub fn vault(&self) -> PathBuf {
        self.path.join("vault.v1")
    }

    /// The bytes of the vault; none when there is no such file.
    pub fn read(&self) -> Result<Option<Vec<u8>>, VaultError> {
        let path = self.vault();
        let Some(mut file) = self.open(&path)? else { return Ok(None) };
        self.close_to_others(&self.path, DIRECTORY)?;
        let mut bytes = Vec::new();
        (&mut file).take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| disk(&path, &error))?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
            return Err(VaultError::Damaged(Damage::Oversized));
        }
        Ok(Some(bytes))
    }

    /// Opens an ordinary file of this folder, and closes it to others.
    fn open(&self, path: &Path) -> Result<Option<File>, VaultError> {
        let before = match fs::symlink_metadata(path) {
            Ok(before) => before,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(disk(path, &error)),
        };
        if !before.is_file() {
            return Err(VaultError::Linked { path: path.display().to_string() });
        }
        self.close_to_others(path, FILE)?;
        match File::open(path) {
            Ok(file) => Ok(Some(file)),
            // Removed in between: the next look will say so.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(disk(path, &error)),
        }
    }

    /// Makes the folder if need be and waits until no other process changes the vault.
    pub fn lock(&self) -> Result<Lock, VaultError> {
        make_private_folder(&self.path).map_err(|error| disk(&self.path, &error))?;
        self.close_to_others(&self.path, DIRECTORY)?;
        let path = self.path.join("vault.lock");
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(VaultError::Linked { path: path.display().to_string() });
        }
        let file = private(OpenOptions::new().read(true).write(true).create(true))
            .open(&path)
            .map_err(|error| disk(&path, &error))?;
        self.close_to_others(&path, FILE)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Lock(file)),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(disk(&path, &error)),
            }
        }
        Err(VaultError::Busy)
    }

    /// Puts these bytes in the place of the vault, wholly or not at all.
    pub fn write(&self, _held: &Lock, bytes: &[u8]) -> Result<(), VaultError> {
        // One name is enough under the lock, and a process that was killed here leaves no trail of files.
        let path = self.path.join("vault.v1.new");
        let written = write_through(&path, bytes).and_then(|()| fs::rename(&path, self.vault()));
        if let Err(error) = written {
            fs::remove_file(&path).ok();
            return Err(disk(&self.vault(), &error));
        }
        sync_folder(&self.path).map_err(|error| disk(&self.path, &error))
    }

    #[cfg(unix)]
    fn close_to_others(&self, path: &Path, mode: u32) -> Result<(), VaultError> {
        use std::os::unix::fs::PermissionsExt;
        let found = fs::metadata(path).map_err(|error| disk(path, &error))?.permissions().mode() & 0o7777;
        if found & !mode == 0 {
            return Ok(());
        }
        self.repaired.store(true, Ordering::Relaxed);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(|error| disk(path, &error))
    }

    /// Elsewhere the user's profile folder is closed to others already, and what is made in it inherits that.
    #[cfg(not(unix))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    fn close_to_others(&self, _path: &Path, _mode: u32) -> Result<(), VaultError> {
        Ok(())
    }
}

const DIRECTORY: u32 = 0o700;
const FILE: u32 = 0o600;

fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != ErrorKind::NotFound
    {
        return Err(error);
    }
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, FILE)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, DIRECTORY);
    builder.create(path)
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file; the rename is journaled by the file system.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

fn disk(path: &Path, error: &io::Error) -> VaultError {
    let fault = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => DiskFault::Full,
        ErrorKind::ReadOnlyFilesystem => DiskFault::ReadOnly,
        ErrorKind::PermissionDenied => DiskFault::Forbidden,
        _ => DiskFault::Failed,
    };
    VaultError::Disk { path: path.display().to_string(), fault, reason: error.to_string() }
}
