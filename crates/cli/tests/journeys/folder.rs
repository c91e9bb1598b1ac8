//! Looks into every file of a folder for things that must not be there.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Every file below a folder with its bytes, by path.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all: Vec<_> =
        files(folder).into_iter().map(|path| (path.clone(), fs::read(&path).expect("bytes"))).collect();
    all.sort();
    all
}

/// Whether any file below a folder has these bytes.
pub fn holds(folder: &Path, bytes: &[u8]) -> bool {
    files(folder).iter().any(|path| contains(&fs::read(path).expect("bytes"), bytes))
}

/// Whether these bytes occur.
pub fn contains(all: &[u8], bytes: &[u8]) -> bool {
    all.windows(bytes.len()).any(|window| window == bytes)
}
