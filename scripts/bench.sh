#!/usr/bin/env bash
# Measures against floor and peers up to a million users; "bench.sh --quick" in minutes, "bench.sh --medium" up to 100,000.
# Peers are installed from the package registries into target/bench; nothing outside target and docs/PERFORMANCE.md changes.
set -euo pipefail
cd "$(dirname "$0")/.."

stop() {
    printf '\nbench: %s\n' "$*" >&2
    exit 1
}

# What is missing after this is reported as absent in the table.
system_packages() {
    local missing=()
    command -v sqlite3 >/dev/null || missing+=(sqlite3)
    [[ -x /usr/bin/time ]] || missing+=(time)
    python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
    command -v dbus-run-session >/dev/null || missing+=(dbus)
    command -v gnome-keyring-daemon >/dev/null || missing+=(gnome-keyring)
    command -v Xvfb >/dev/null || missing+=(xvfb)
    command -v WebKitWebDriver >/dev/null || missing+=(webkit2gtk-driver)
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || return 0
    local root=()
    ((EUID == 0)) || root=(sudo -n)
    echo "bench: installing ${missing[*]}"
    local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
    "${apt[@]}" update </dev/null || true
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null ||
        echo "bench: could not install ${missing[*]}" >&2
}

command -v cargo >/dev/null || stop "Rust is needed; scripts/setup.sh says which"
command -v python3 >/dev/null || stop "Python 3.11 or newer is needed"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop "Python 3.11 or newer is needed"
system_packages
export PYTHONDONTWRITEBYTECODE=1
if command -v dbus-run-session >/dev/null && command -v gnome-keyring-daemon >/dev/null; then
    # A new vault keeps its key in the system's keychain; the bench brings an empty one of its own.
    exec scripts/with-keychain.sh python3 tests/bench/run.py --keychain "$@"
fi
exec python3 tests/bench/run.py "$@"
