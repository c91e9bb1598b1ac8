//! The repository's own text files, without what is generated, fetched or built.

use std::fs;
use std::path::{Path, PathBuf};

/// A text file with its path from the repository's root, `/` between the parts.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// Lines that are neither blank nor only a comment.
    pub fn code_lines(&self) -> usize {
        let comment = |line: &str| line.starts_with("//") || line.starts_with("<!--") || line.starts_with('*');
        self.text.lines().map(str::trim).filter(|line| !line.is_empty() && !comment(line)).count()
    }

    /// Places where a test holds, as `path:line: text`.
    pub fn lines_where(&self, holds: impl Fn(&str) -> bool) -> Vec<String> {
        let numbered = self.text.lines().enumerate().filter(|(_, line)| holds(line));
        numbered.map(|(index, line)| format!("{}:{}: {}", self.path, index + 1, line.trim())).collect()
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file under a folder whose name ends in one of these.
pub fn sources(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    let wanted = found.into_iter().filter(|path| endings.iter().any(|end| path.to_string_lossy().ends_with(end)));
    let read = wanted.filter_map(|path| {
        let text = fs::read_to_string(&path).ok()?;
        let path = path.strip_prefix(root()).ok()?.to_string_lossy().replace('\\', "/");
        Some(Source { path, text })
    });
    read.collect()
}

/// All Rust sources of ours.
pub fn rust() -> Vec<Source> {
    ["crates", "src-tauri", "tests"].iter().flat_map(|folder| sources(folder, &[".rs"])).collect()
}

/// All sources of the UI, without what is generated.
pub fn ui() -> Vec<Source> {
    let all = sources("ui/src", &[".ts", ".svelte", ".css"]);
    all.into_iter().filter(|source| !source.path.starts_with("ui/src/ipc/gen/")).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    const NOT_OURS: [&str; 5] = ["target", "node_modules", "dist", ".git", "LICENSES"];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let generated = path == root().join("gen");
        if path.is_dir() && !generated && !NOT_OURS.iter().any(|other| name == *other) {
            walk(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}
