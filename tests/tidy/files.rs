//! How files open, how long they are, and what must not be left in them.

use super::holds;
use super::tree::{self, Source, rust, sources, ui};

const LONG: usize = 400;
const TOO_LONG: usize = 600;

#[test]
fn every_module_opens_with_its_purpose_in_one_to_six_lines() {
    let opening = |source: &Source| source.text.lines().take_while(|line| line.starts_with("//!")).count();
    let breaches: Vec<_> = rust()
        .iter()
        .filter(|source| !(1..=6).contains(&opening(source)))
        .map(|source| format!("{} opens with {} lines of `//!`", source.path, opening(source)))
        .collect();
    holds(
        "A reader decides from the first lines whether to read on: every Rust file opens with one to six lines of \
         `//!` that say what it is for and what is deliberately absent.",
        &breaches,
    );
}

#[test]
fn nothing_is_left_for_later_in_the_code() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("HA", "CK")];
    let left = |line: &str| line.split(|c: char| !c.is_alphanumeric()).any(|word| marks.contains(&word));
    let breaches: Vec<_> = rust().iter().chain(&ui()).flat_map(|source| source.lines_where(left)).collect();
    holds("A note in the code is read by nobody who could act on it: do it now, or open an issue.", &breaches);
}

#[test]
fn no_file_has_outgrown_its_reader() {
    let mut lengths: Vec<_> =
        rust().iter().chain(&ui()).map(|source| (source.code_lines(), source.path.clone())).collect();
    lengths.sort_unstable_by(|left, right| right.cmp(left));
    let above = |limit: usize| lengths.iter().filter(move |(lines, _)| *lines > limit);
    for (lines, path) in above(LONG) {
        println!("long: {path} has {lines} lines of code");
    }
    let breaches: Vec<_> = above(TOO_LONG).map(|(lines, path)| format!("{path} has {lines} lines of code")).collect();
    holds(
        "Files here have 50 to 160 lines of code, few above 400. One above 600 holds two things: part them.",
        &breaches,
    );
}

#[test]
fn no_committed_file_names_a_place_on_somebodys_machine() {
    let homes = ["HOME", "USERPROFILE", "CARGO_HOME"].map(|name| std::env::var(name).unwrap_or_default());
    let mut places: Vec<_> = homes.iter().map(|home| format!("{}/", home.trim_end_matches('/'))).collect();
    places.push(format!("{}/", tree::root().display()));
    places.retain(|place| place.len() > 2);
    let endings =
        [".rs", ".ts", ".svelte", ".css", ".html", ".json", ".toml", ".md", ".sh", ".yml", ".yaml", "Makefile", "run"];
    let breaches: Vec<_> = sources("", &endings)
        .iter()
        .flat_map(|source| source.lines_where(|line| places.iter().any(|place| line.contains(place.as_str()))))
        .collect();
    holds("Paths of one machine break the build on all others.", &breaches);
}

#[test]
fn npm_packages_come_from_the_public_registry() {
    let lock = sources("ui", &["package-lock.json"]);
    assert_eq!(lock.len(), 1, "ui/package-lock.json is committed, so that everybody builds the same UI");
    let elsewhere = |line: &str| line.contains("\"resolved\":") && !line.contains("\"https://registry.npmjs.org/");
    let breaches: Vec<_> = lock.iter().flat_map(|source| source.lines_where(elsewhere)).collect();
    holds("A mirror named in the lock file is not reachable for others.", &breaches);
}
