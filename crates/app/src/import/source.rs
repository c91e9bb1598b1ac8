//! The bytes of a file, up to a limit, and what kind of file they are.

use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::path::Path;

use super::error::ImportError;
use super::ods;

/// Bytes of a file that are read.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
const MEGABYTE: u64 = 1024 * 1024;

/// What a file is, by its first bytes: names lie more often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Excel,
    OpenDocument,
}

/// A file that was read.
pub(super) struct Source {
    pub(super) bytes: Vec<u8>,
    pub(super) kind: Kind,
}

impl Source {
    pub(super) fn read(path: &Path) -> Result<Self, ImportError> {
        Self::read_up_to(path, MOST_BYTES)
    }

    /// The same with another limit.
    pub(super) fn read_up_to(path: &Path, most: u64) -> Result<Self, ImportError> {
        let why =
            |error: io::Error| ImportError::Unreadable { path: path.display().to_string(), why: error.to_string() };
        let file = File::open(path).map_err(why)?;
        // A pipe or a device has no end that can be waited for.
        if !file.metadata().map_err(why)?.is_file() {
            return Err(why(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")));
        }
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).map_err(why)?;
        if bytes.len() as u64 > most {
            return Err(ImportError::TooBig(most / MEGABYTE));
        }
        let kind = match bytes.as_slice() {
            [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(ImportError::OldWorkbook),
            archive @ [b'P', b'K', 3 | 5, 4 | 6, ..] if ods::is_one(archive) => Kind::OpenDocument,
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Kind::Excel,
            _ => Kind::Text,
        };
        Ok(Self { bytes, kind })
    }

    /// Changes when the file does; no secret depends on it.
    pub(super) fn fingerprint(&self) -> String {
        let mut hasher = DefaultHasher::new();
        hasher.write(&self.bytes);
        format!("{:016x}-{}", hasher.finish(), self.bytes.len())
    }
}
