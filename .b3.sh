cd /tmp/wt/b; timeout 300 cargo test --workspace --test files 2>&1 | tail -120
