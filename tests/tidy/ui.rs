//! The UI's imports: no cycles, one door to Tauri; and what the window must not do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::holds;
use super::tree::{Source, root, ui};

/// What follows `from` in imports and re-exports that exist at run time, and what is imported dynamically.
fn imports(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for statement in source.text.split(';').flat_map(|text| text.split("\n\n")) {
        let statement = statement.trim_start();
        let start = statement.rfind("import ").or_else(|| statement.rfind("export "));
        let Some(statement) = start.and_then(|start| statement.get(start..)) else { continue };
        let erased = statement.starts_with("import type ") || statement.starts_with("export type ");
        let tail =
            statement.rsplit_once(" from ").map_or_else(|| statement.strip_prefix("import "), |(_, tail)| Some(tail));
        let quoted = tail.and_then(|tail| tail.trim_start().strip_prefix(['\'', '"']));
        if let Some(path) = quoted.and_then(|quoted| quoted.split(['\'', '"']).next()).filter(|_| !erased) {
            found.push(path.to_owned());
        }
    }
    found
}

/// The file that a relative import means.
fn resolved(importer: &str, import: &str) -> Option<String> {
    if !import.starts_with('.') {
        return None;
    }
    let mut path = PathBuf::new();
    for part in Path::new(importer).parent()?.join(import).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    let path = path.to_string_lossy().replace('\\', "/");
    let candidates = ["", ".ts", ".svelte.ts", ".svelte", "/index.ts"].map(|end| format!("{path}{end}"));
    candidates.into_iter().find(|candidate| root().join(candidate).is_file())
}

/// The first cycle that is reached from a file, as its path.
fn cycle<'a>(
    graph: &'a BTreeMap<String, Vec<String>>,
    file: &'a str,
    path: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> Option<String> {
    if let Some(start) = path.iter().position(|seen| *seen == file) {
        let round: Vec<_> = path.iter().skip(start).copied().chain([file]).collect();
        return Some(round.join(" → "));
    }
    if !done.insert(file) {
        return None;
    }
    path.push(file);
    let found = graph.get(file).into_iter().flatten().find_map(|next| cycle(graph, next, path, done));
    path.pop();
    found
}

/// Whether a line has the word, and not as the end of a longer one.
fn names(line: &str, word: &str) -> bool {
    let longer = |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || "_#$".contains(c));
    line.match_indices(word).any(|(at, _)| !line.get(..at).is_some_and(longer))
}

#[test]
fn no_two_files_of_the_ui_need_each_other() {
    // A component may show itself: a tree is made that way.
    let other = |source: &Source, to: &String| resolved(&source.path, to).filter(|path| *path != source.path);
    let resolve = |source: &Source| imports(source).iter().filter_map(|to| other(source, to)).collect();
    let graph: BTreeMap<String, Vec<String>> =
        ui().iter().map(|source| (source.path.clone(), resolve(source))).collect();
    assert!(graph.values().any(|targets| !targets.is_empty()), "the test reads imports, so it must find some");
    let mut done = BTreeSet::new();
    let breaches: Vec<_> = graph.keys().filter_map(|file| cycle(&graph, file, &mut Vec::new(), &mut done)).collect();
    holds("Files that need each other are one file in two places, and start in an order nobody chose.", &breaches);
}

#[test]
fn the_ui_reaches_the_backend_through_one_door() {
    let outside = ui().into_iter().filter(|source| !source.path.starts_with("ui/src/ipc/"));
    let breaches: Vec<_> =
        outside.flat_map(|source| source.lines_where(|line| line.contains("@tauri-apps/"))).collect();
    holds(
        "Only ui/src/ipc imports the Tauri API: everything else calls typed commands, and tests can stand in.",
        &breaches,
    );
}

#[test]
fn the_ui_does_nothing_that_the_house_forbids() {
    let forbidden = [
        ("{@html", "text from a roster would become markup"),
        ("innerHTML", "text from a roster would become markup"),
        ("localStorage", "nothing of the user's may stay in the web view's profile"),
        ("sessionStorage", "nothing of the user's may stay in the web view's profile"),
        ("indexedDB", "nothing of the user's may stay in the web view's profile"),
        ("window.confirm", "native boxes stop the page and cannot be tested: use a dialog of ours"),
        ("fetch(", "the window has no network: ask the backend"),
    ];
    let mut breaches = Vec::new();
    // Tests may look at markup; what ships may not make it.
    for source in ui().into_iter().filter(|source| !source.path.ends_with(".test.ts")) {
        for (word, why) in forbidden {
            let used = |line: &str| names(line, word) && !line.trim_start().starts_with("//");
            breaches.extend(source.lines_where(used).into_iter().map(|place| format!("{place}\n      {why}")));
        }
        if source.path != "ui/src/locale.ts" {
            let places = source.lines_where(|line| line.contains("navigator.language"));
            breaches.extend(
                places.into_iter().map(|place| format!("{place}\n      it is \"C\" on some systems, and Intl throws")),
            );
        }
    }
    holds("The window shows and asks; it keeps nothing, fetches nothing and trusts no text.", &breaches);
}

#[test]
fn imports_are_read_in_all_their_forms() {
    let text = "import a from './a';\nimport { b, c } from \"../b\";\nimport './style.css';\nimport type { T } from './t';\n\
                import {\n  d,\n} from './d';\nexport { e } from './e';\nconst s = 'import';\n";
    let source = Source { path: "ui/src/x.ts".to_owned(), text: text.to_owned() };
    assert_eq!(imports(&source), ["./a", "../b", "./style.css", "./d", "./e"]);
}
