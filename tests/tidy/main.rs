//! The rules of the house that no compiler knows: who may know what, what is generated, how files open, which words
//! are used. Each test says why when it fails.
#![allow(clippy::expect_used, reason = "a check that cannot even read what it checks fails")]

mod bindings;
mod cases;
mod figures;
mod files;
mod layers;
mod tree;
mod ui;
mod wall;
mod words;

/// Fails with every breach at once, and with the reason for the rule.
#[track_caller]
fn holds(rule: &str, breaches: &[String]) {
    assert!(breaches.is_empty(), "\n\n{rule}\n\n  {}\n", breaches.join("\n  "));
}
