# What need not be done twice; sourced by others.sh and focus.sh.

# unless_done STAMP FILE… -- COMMAND…: runs the command unless it succeeded before with the same content of the files.
unless_done() {
    local stamp=$1 files=() now
    shift
    while [[ $1 != -- ]]; do
        files+=("$1")
        shift
    done
    shift
    now=$(cksum "${files[@]}")
    [[ -f $stamp && $(<"$stamp") == "$now" ]] && return
    rm -f "$stamp"
    "$@"
    printf '%s\n' "$now" >"$stamp"
}

# python_environment FOLDER REQUIREMENTS: an environment of its own with exactly these packages.
python_environment() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || stop "Python 3.11 or newer is needed."
    rm -rf "$1"
    python3 -m venv "$1" || stop "python3 cannot make a virtual environment (in Debian: python3-venv)."
    "$1/bin/pip" install --quiet --disable-pip-version-check --requirement "$2" </dev/null
}
