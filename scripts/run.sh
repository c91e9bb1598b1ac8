#!/usr/bin/env bash
# Installs what is missing, builds, and opens the window. Without a display it shows the same job on the command line.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build
npm --prefix ui --silent run build -- --logLevel warn
cargo build --workspace
if [[ $(uname) == Linux && -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} ]]; then
    echo
    echo "There is no display here, so no window can open. The same job on the command line (seatledger demo):"
    echo
    exec target/debug/seatledger demo "$@"
fi
exec target/debug/seatledger-desktop "$@"
