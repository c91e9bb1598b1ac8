//! The glossary: names that say nothing, and one spelling. docs/GLOSSARY.md has the words to use instead.

use super::holds;
use super::tree::{Source, rust, sources, ui};

const SAYS_NOTHING: [&str; 7] = ["data", "info", "manager", "service", "helper", "util", "item"];

/// The standards' own words.
const TAKEN_OVER: [&str; 2] = ["ServiceProviderConfig", "ManagerRef"];

/// What declares a type or a module, in Rust and in TypeScript.
const DECLARES: [&str; 7] = ["struct", "enum", "trait", "type", "mod", "interface", "class"];

/// The name that a line declares. `type Name,` inside an import declares nothing.
fn declared(line: &str) -> Option<&str> {
    if !line.contains(['{', '=', ';', '<', '(']) {
        return None;
    }
    let mut words = line.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    let leads = ["pub", "crate", "super", "export", "default", "abstract", "declare", "async"];
    let first = words.find(|word| !leads.contains(word))?;
    DECLARES.contains(&first).then(|| words.next()).flatten()
}

/// `RosterPageRequest` and `roster_page_request` are roster, page, request.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for letter in name.chars() {
        if letter.is_uppercase() || letter == '_' || letter == '-' {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut().filter(|_| letter.is_alphanumeric()) {
            part.extend(letter.to_lowercase());
        }
    }
    parts
}

fn says_nothing(name: &str) -> bool {
    let empty = |part: &String| SAYS_NOTHING.iter().any(|word| part == word || part.strip_suffix('s') == Some(word));
    !TAKEN_OVER.iter().any(|taken| name.starts_with(taken)) && parts(name).iter().any(empty)
}

#[test]
fn names_say_what_a_thing_is() {
    let all: Vec<_> = rust().into_iter().chain(ui()).collect();
    let named = |source: &Source| source.lines_where(|line| declared(line.trim_start()).is_some_and(says_nothing));
    let mut breaches: Vec<_> = all.iter().flat_map(named).collect();
    for source in &all {
        let unclear = source.path.split(['/', '.']).any(says_nothing);
        breaches.extend(unclear.then(|| format!("{} (the file's own name)", source.path)));
    }
    holds(
        "Data, info, manager, service, helper, util and item fit everything and so tell nothing: use the glossary's \
         word for what it really is.",
        &breaches,
    );
}

#[test]
fn license_is_spelled_the_american_way() {
    let other = concat!("lic", "ence");
    let all = rust().into_iter().chain(ui()).chain(sources("docs", &[".md"]));
    let breaches: Vec<_> =
        all.flat_map(|source| source.lines_where(|line| line.to_lowercase().contains(other))).collect();
    holds("Two spellings make every search miss half: code, UI and documents say license.", &breaches);
}

#[test]
fn the_glossary_test_knows_an_empty_name_when_it_sees_one() {
    for empty in ["RosterData", "sync_manager", "TokenService", "utils", "ListItem", "StringHelpers"] {
        assert!(says_nothing(empty), "{empty} says nothing");
    }
    for fine in ["ServiceProviderConfig", "Database", "Information", "RosterRow", "database"] {
        assert!(!says_nothing(fine), "{fine} is fine");
    }
    assert_eq!(declared("pub(crate) struct Pace {"), Some("Pace"));
    assert_eq!(declared("export interface Commands {"), Some("Commands"));
    assert_eq!(declared("let data = 1;"), None);
    assert_eq!(declared("  type VirtualItem,"), None, "an import");
}
