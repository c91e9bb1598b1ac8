//! The data folder: who may enter it, and the files that SQLite must not create itself because of their mode.
//! The process's umask is left alone: setting it takes unsafe code, so modes are given file by file.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::StoreError;

/// The database's file name in the data folder.
pub(crate) const DATABASE: &str = "seatledger.db";
/// Held while the database is opened and brought up to date, so that two processes do not do it at once.
const OPENING: &str = "opening.lock";

/// Makes the folder if need be, for its owner only, and refuses one into which others may write.
pub(crate) fn prepare(dir: &Path) -> Result<(), StoreError> {
    match std::fs::metadata(dir) {
        Ok(found) if found.is_dir() => guard(dir, &found),
        Ok(_) => Err(StoreError::NotAFolder { path: dir.to_owned() }),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            private_folder().create(dir).map_err(|error| refused(dir, error))
        }
        Err(error) => Err(refused(dir, error)),
    }
}

/// Waits until no other process is opening the database; the lock ends with the returned file.
pub(crate) fn lock_opening(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join(OPENING);
    let file = private_file().create(true).truncate(false).open(&path).map_err(|error| refused(dir, error))?;
    file.lock()?;
    Ok(file)
}

/// Makes sure that the database file exists with mode 0600 and is a plain file; SQLite gives its
/// companions (`-wal`, `-shm`) the same mode.
pub(crate) fn claim_file(path: &Path) -> Result<(), StoreError> {
    if std::fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_symlink()) {
        return Err(StoreError::Symlink { path: path.to_owned() });
    }
    let file = private_file().create(true).truncate(false).open(path).map_err(|error| refused(path, error))?;
    if !file.metadata()?.is_file() {
        return Err(StoreError::NotOurs { path: path.to_owned() });
    }
    restrict(&file)
}

/// The first bytes of a file; empty when there is none.
pub(crate) fn head(path: &Path) -> Result<Vec<u8>, StoreError> {
    match File::open(path) {
        Ok(file) => {
            let mut head = Vec::new();
            file.take(100).read_to_end(&mut head)?;
            Ok(head)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(refused(path, error)),
    }
}

/// An [`std::io::Error`] on this path, in our words.
pub(crate) fn refused(path: &Path, error: std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            StoreError::NotWritable { path: path.to_owned() }
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => StoreError::NotAFolder { path: path.to_owned() },
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::DiskFull,
        ErrorKind::IsADirectory => StoreError::NotOurs { path: path.to_owned() },
        _ => StoreError::Io(error),
    }
}

/// The files of the folder whose name starts and ends so.
pub(crate) fn files_named(dir: &Path, start: &str, end: &str) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(start) && name.ends_with(end)) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Options for a file that only its owner may read or write.
pub(crate) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// A folder that was there before may be shared for reading (our files are not); one that is ours alone is tightened.
#[cfg(unix)]
fn guard(dir: &Path, found: &Metadata) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = found.permissions().mode();
    let others = mode & 0o077;
    if others == 0 {
        return Ok(());
    }
    let ours = dir.join(DATABASE).exists() || std::fs::read_dir(dir)?.next().is_none();
    let tightened = ours && std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700)).is_ok();
    if !tightened && others & 0o022 != 0 {
        return Err(StoreError::OpenToOthers { path: dir.to_owned() });
    }
    Ok(())
}

#[cfg(not(unix))]
fn guard(_dir: &Path, _found: &Metadata) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(unix)]
fn restrict(file: &File) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn restrict(_file: &File) -> Result<(), StoreError> {
    Ok(())
}
