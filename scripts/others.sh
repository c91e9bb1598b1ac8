#!/usr/bin/env bash
# Reads SCIM servers that others wrote, and has ours and the calendar of renewals judged by testers that others wrote
# (docs/TESTING.md).
#
# Installs them into target/others when anything changed there, starts each on a free loopback port, runs the tests that
# need them, and ends them. Built before: seatledger and lucid-sim.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/once.sh

servers=tests/servers
others=target/others
built=${CARGO_TARGET_DIR:-target}/debug
export SCIM_TOKEN=0f1e2d3c4b5a69788796a5b4c3d2e1f0
export SCIM_PEOPLE=1000
pids=()

stop() {
    printf '\nothers: %s\n' "$*" >&2
    exit 1
}

end_servers() {
    trap - EXIT INT TERM
    ((${#pids[@]})) || return 0
    kill "${pids[@]}" 2>/dev/null || true
    wait "${pids[@]}" 2>/dev/null || true
}
trap end_servers EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

python_packages() {
    echo "others: installing the Python servers and testers"
    python_environment "$others/venv" "$servers/requirements.txt"
}

npm_packages() {
    echo "others: installing scimmy on $1"
    rm -rf "${others:?}/$1"
    mkdir -p "$others/$1"
    cp "$servers/scimmy/$1"/package{,-lock}.json "$others/$1"
    npm ci --prefix "$others/$1" --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null >/dev/null
}

# start VARIABLE COMMAND…: starts a server; the base URL that it prints will be in the variable.
start() {
    local variable=$1 log=$others/${1,,}.log
    shift
    "$@" </dev/null >"$log" 2>&1 &
    pids+=("$!")
    logs+=("$log")
    names+=("$variable")
}

# Waits until every server told its base URL.
wait_for_servers() {
    local index url deadline=$((SECONDS + 60))
    for index in "${!pids[@]}"; do
        until url=$(sed -n 's/^base URL: //p' "${logs[index]}") && [[ -n $url ]]; do
            if ! kill -0 "${pids[index]}" 2>/dev/null || ((SECONDS > deadline)); then
                cat "${logs[index]}" >&2
                stop "a server did not start; its output is above (${logs[index]})."
            fi
            sleep 0.1
        done
        export "${names[index]}=$url"
    done
}

# The renewals as a calendar, read by a parser that others wrote: a name with what must be escaped, folded and encoded.
check_calendar() {
    local folder=$others/calendar until name='Größe; Main, "all" \ seats – an exceptionally long name, 席席席席席席席席席'
    until=$(($(date +%Y) + 2))-03-31
    rm -rf "$folder"
    mkdir -p "$folder"
    ledger() {
        env -u SEATLEDGER_DATA_DIR SEATLEDGER_VAULT=file SEATLEDGER_PASSPHRASE="hardly a secret" \
            "$built/seatledger" --data-dir "$folder/data" "$@"
    }
    ledger connect lucid --base-url "$LUCID_SIM" --token-stdin --quiet <<<"$SCIM_TOKEN" >/dev/null
    ledger purchase add lucidchart --type can-edit --quantity 5 --cost 9 --per unit --every month --from 2026-01-01 \
        --until "$until" --notice-days 60 --auto-renews --name "$name" --quiet >/dev/null
    ledger renewals --ical "$folder/renewals.ics" --quiet >/dev/null
    "$OTHERS_PYTHON" "$servers/calendar_check.py" "$folder/renewals.ics" \
        "Lucidchart: $name – last day to give notice, renews itself" "Lucidchart: $name – term ends, renews itself"
}

mkdir -p "$others"
unless_done "$others/venv.stamp" "$servers/requirements.txt" -- python_packages
for express in express4 express5; do
    unless_done "$others/$express.stamp" "$servers/scimmy/$express"/package{,-lock}.json -- npm_packages "$express"
    # A module looks for its packages beside itself.
    cp "$servers/scimmy/index.mjs" "$others/$express/index.mjs"
done
for program in seatledger lucid-sim; do
    [[ -x $built/$program ]] || stop "$built/$program is missing: cargo build --workspace makes it."
done

logs=()
names=()
SEATLEDGER_COMMAND=$(realpath "$built/seatledger")
OTHERS_PYTHON=$(realpath --no-symlinks "$others/venv/bin/python")
export SEATLEDGER_COMMAND OTHERS_PYTHON
start SCIM2_SERVER "$OTHERS_PYTHON" "$servers/scim2_server_app.py" "$SCIM_PEOPLE"
start SCIMMY_EXPRESS4 node "$others/express4/index.mjs" "$SCIM_PEOPLE"
start SCIMMY_EXPRESS5 node "$others/express5/index.mjs" "$SCIM_PEOPLE"
start LUCID_SIM "$built/lucid-sim" --token "$SCIM_TOKEN" --license-mode product_licenses
wait_for_servers

check_calendar
cargo test --workspace --test servers -- --ignored
