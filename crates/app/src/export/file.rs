//! Files that appear complete or not at all, readable by their owner only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::view::roster::Exported;

/// What a file is written through. A workbook is packed on several threads.
pub(crate) type Out = dyn Write + Send;

/// Bytes that go to the file at once.
const AT_ONCE: usize = 128 << 10;

/// Writes beside the target and renames at the end; an error or a crash leaves the old file as it was.
pub(crate) fn write(path: &Path, fill: impl FnOnce(&mut Out) -> Result<u64>) -> Result<Exported> {
    let why = |error: io::Error| Error::FileNotWritten { path: path.display().to_string(), why: error.to_string() };
    let (file, beside) = temporary(path, "part").map_err(why)?;
    let mut out = BufWriter::with_capacity(AT_ONCE, file);
    let outcome = fill(&mut out).map_err(|error| named(error, path)).and_then(|rows| {
        let file = out.into_inner().map_err(|error| why(error.into_error()))?;
        file.sync_all().map_err(why)?;
        fs::rename(&beside, path).map_err(why)?;
        Ok(Exported { path: path.display().to_string(), rows })
    });
    if outcome.is_err() {
        // Nothing more can be done about a temporary file that cannot be removed.
        let _ = fs::remove_file(&beside);
    }
    outcome
}

/// A new file beside another, hidden where names that begin with a dot are.
pub(super) fn temporary(path: &Path, ending: &str) -> io::Result<(File, PathBuf)> {
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "this is a folder, add a file name"));
    }
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the file has no name"))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.{ending}", std::process::id()));
    let beside = path.with_file_name(hidden);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok((options.open(&beside)?, beside))
}

/// The table does not know where it is written to.
fn named(error: Error, path: &Path) -> Error {
    match error {
        Error::FileNotWritten { why, .. } => Error::FileNotWritten { path: path.display().to_string(), why },
        other => other,
    }
}
