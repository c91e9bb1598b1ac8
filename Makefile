# The two commands of the README are `make run` and `make test`; `make check` is the quick one while working.

.PHONY: run test check bindings window bench

run:
	@scripts/run.sh

test:
	@scripts/test.sh

check:
	@scripts/test.sh quick

# Rewrites what is generated from the Rust types: the UI's types, the map of commands and the permission list.
bindings:
	@UPDATE_BINDINGS=1 cargo test --quiet --workspace --test tidy bindings

# Only the window tests; screenshots land in target/screenshots.
window:
	@npm --prefix ui run --silent build && cargo test -p seatledger-desktop --test window

# Floor, peers and ours by turns; a million users, and docs/PERFORMANCE.md. ARGS=--quick and ARGS=--medium are shorter and write no page.
bench:
	@scripts/bench.sh $(ARGS)
