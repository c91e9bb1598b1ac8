#!/usr/bin/env bash
# Every check of the house, the quick ones first; stops at the first that fails. "test.sh quick" leaves out
# whatever needs the desktop to be built, a display or a keychain.
#
# Each step runs in a process group of its own under a time limit, so that a window that hangs cannot hang the rest.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/steps.sh

ui=(npm --prefix ui --silent run)

if [[ ${1:-all} == quick ]]; then
    step "set-up" 900 scripts/setup.sh build
    step "formatting" 120 cargo fmt --all --check
    step "lints" 1500 cargo clippy --workspace --all-targets -- -D warnings
    step "UI types" 300 "${ui[@]}" check
    step "pure crates" 900 cargo test --quiet -p ledger -p roster -p scim
    summary
    exit
fi

step "set-up" 1200 scripts/setup.sh test
step "formatting" 120 cargo fmt --all --check
step "UI build" 300 "${ui[@]}" build
step "UI size" 60 "${ui[@]}" size
step "UI types" 300 "${ui[@]}" check
step "UI lint" 300 "${ui[@]}" lint
step "UI tests" 600 "${ui[@]}" test
step "lints" 1800 cargo clippy --workspace --all-targets -- -D warnings
step "build" 1800 cargo build --workspace
step "build of the tests" 1800 cargo test --workspace --no-run
step "keychain" 600 scripts/with-keychain.sh cargo test --workspace --test keychain -- --ignored
step "SCIM servers of others" 900 scripts/others.sh
step "FOCUS validator" 600 scripts/focus.sh
step "Rust tests" 1800 cargo test --workspace --no-fail-fast
summary
closing_lines
