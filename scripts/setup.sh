#!/usr/bin/env bash
# Installs what is missing to build and run ("setup.sh build") or also to test ("setup.sh test").
# Says nothing and changes nothing when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

goal=${1:-test}
packages=(build-essential pkg-config ca-certificates libwebkit2gtk-4.1-dev fonts-dejavu-core fonts-noto-core)
if [[ $goal == test ]]; then
    packages+=(webkit2gtk-driver xvfb dbus gnome-keyring xdotool)
    # For the SCIM servers of others; any Python 3 that can make environments will do.
    python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3 python3-venv)
fi

stop() {
    printf '\nsetup: %s\n' "$*" >&2
    exit 1
}

is_installed() {
    [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

system_packages() {
    if ! command -v dpkg-query apt-get >/dev/null; then
        # Other systems name these packages differently: trust the build to find them, and tell what is needed.
        command -v pkg-config >/dev/null && pkg-config --exists webkit2gtk-4.1 && return
        stop "this is not a Debian-like system. Needed: a C compiler, pkg-config, the development files of" \
            "WebKitGTK 4.1, and for the tests WebKitWebDriver, Xvfb, dbus-daemon, gnome-keyring and xdotool." \
            "In Debian's words: ${packages[*]}"
    fi
    local missing=() package
    for package in "${packages[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    local root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || stop "please install as root: apt-get install ${missing[*]}"
        root=(sudo)
    fi
    echo "setup: installing ${missing[*]}"
    local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o Acquire::Retries=3)
    "${apt[@]}" update </dev/null || echo "setup: the package lists could not be refreshed; trying the old ones" >&2
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null ||
        stop "apt-get could not install: ${missing[*]}"
}

# at_least FOUND WANTED: whether version FOUND is WANTED or newer.
at_least() {
    [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]
}

toolchains() {
    local cargo node wanted
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    cargo=$(cargo --version 2>/dev/null | cut -d ' ' -f 2) || true
    if [[ -z $cargo ]] || ! at_least "$cargo" "$wanted"; then
        stop "Rust $wanted or newer is needed, found ${cargo:-none}. Install it from https://rustup.rs and try again."
    fi
    node=$(node --version 2>/dev/null | tr -d v) || true
    if [[ -z $node ]] || ! at_least "$node" 20.19; then
        stop "Node.js 20.19 or newer is needed, found ${node:-none}. Install it from https://nodejs.org and try again."
    fi
}

ui_packages() {
    local stamp=ui/node_modules/.installed-lock
    cmp --silent ui/package-lock.json "$stamp" && return
    echo "setup: installing the UI's packages"
    # No package of ours needs an install script, so none may run.
    npm ci --prefix ui --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null ||
        stop "npm could not install the UI's packages"
    cp ui/package-lock.json "$stamp"
}

system_packages
toolchains
ui_packages
