set -o pipefail
cd /tmp/wt/b; UPDATE_BINDINGS=1 timeout 290 cargo test --quiet --workspace --test tidy bindings 2>&1 | tail -60
