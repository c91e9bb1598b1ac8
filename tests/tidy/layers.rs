//! Who may know what: the table of the house, held over `cargo metadata`. Dependencies for tests only are free.

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use super::holds;
use super::tree::root;

/// A crate of ours and which others of ours it may know.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("ledger", &[]),
    ("roster", &[]),
    ("scim", &[]),
    ("vault", &[]),
    ("lucid-sim", &[]),
    ("connect", &["roster", "scim"]),
    ("store", &["ledger", "roster"]),
    // The sample organisation is a real server in the same process: docs/adr/0002.
    ("app", &["connect", "ledger", "lucid-sim", "roster", "store", "vault"]),
    ("cli", &["app"]),
    ("seatledger-desktop", &["app"]),
];

/// What only these crates may use, and what that keeps apart. A name ending in `*` stands for all that begin so.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    ("tauri*", &["seatledger-desktop"], "only the desktop shell knows Tauri"),
    ("rusqlite*", &["store"], "store is the only SQL"),
    ("reqwest", &["connect"], "connect is the only HTTP client"),
    ("rustls*", &["connect"], "connect is the only HTTP client"),
    ("axum", &["lucid-sim"], "only the simulated server serves"),
    ("keyring*", &["vault"], "vault is the only keychain"),
    ("zbus-secret-service*", &["vault"], "vault is the only keychain"),
    ("chacha20poly1305", &["vault"], "vault is the only crypto"),
    ("argon2", &["vault"], "vault is the only crypto"),
    ("serde_json", &["app", "cli", "connect", "lucid-sim", "scim", "vault"], "the others know no JSON"),
    ("tokio", &["app", "cli", "connect", "lucid-sim"], "the others do no async IO"),
    ("clap", &["cli", "lucid-sim"], "only programs have a command line"),
];

fn packages() -> Vec<Package> {
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec();
    metadata.expect("cargo metadata of this workspace").packages
}

fn needed(package: &Package) -> Vec<String> {
    let kept = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
    kept.map(|dependency| dependency.name.clone()).collect()
}

#[test]
fn every_crate_knows_only_what_the_table_allows() {
    let packages = packages();
    let ours: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let mut breaches = Vec::new();
    for package in &packages {
        let name = package.name.as_str();
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(listed, _)| *listed == name) else {
            breaches.push(format!("{name} is not in the table: say what it may know"));
            continue;
        };
        let known = needed(package).into_iter().filter(|other| ours.contains(&other.as_str()));
        let foreign = known.filter(|other| !allowed.contains(&other.as_str()));
        breaches.extend(foreign.map(|other| format!("{name} depends on {other}")));
    }
    holds(
        "Arrows run one way: pure core, use cases, thin shells (docs/ARCHITECTURE.md). A crate earns its folder by what \
         it must not know. Move the code, or change the table and say why in docs/adr/.",
        &breaches,
    );
}

#[test]
fn what_is_dangerous_to_know_is_known_in_one_place() {
    let mut breaches = Vec::new();
    for package in packages() {
        for needed in needed(&package) {
            for (library, allowed, why) in ONLY_IN {
                let hit = library.strip_suffix('*').map_or(needed == *library, |start| needed.starts_with(start));
                if hit && !allowed.contains(&package.name.as_str()) {
                    breaches.push(format!("{} uses {needed}: {why}", package.name));
                }
            }
        }
    }
    holds("Some libraries belong to one crate, so that one crate can be read to know what happens there.", &breaches);
}
