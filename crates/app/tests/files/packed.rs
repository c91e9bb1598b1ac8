//! Looks into a workbook's parts, for what a reader of cells does not tell.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zip::ZipArchive;

/// The text of one part.
pub fn part(path: &Path, name: &str) -> String {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|_| panic!("{name} in {}", path.display())).read_to_string(&mut text).unwrap();
    text
}

/// The names of the parts.
pub fn parts(path: &Path) -> Vec<String> {
    let archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    archive.file_names().map(|name| name.unwrap().into_owned()).collect()
}
