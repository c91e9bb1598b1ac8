#!/usr/bin/env bash
# Has the exported cost records judged by the FinOps Foundation's own validator of FOCUS 1.0 (docs/TESTING.md).
#
# Installs it into target/focus when its list of packages changed, exports the sample's cost records and those of a
# ledger entered here with every payment frequency, and validates both. Built before: seatledger and lucid-sim.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/once.sh

packages=tests/focus/requirements.txt
focus=target/focus
built=${CARGO_TARGET_DIR:-target}/debug
simulator=

stop() {
    printf '\nfocus: %s\n' "$*" >&2
    exit 1
}

end_simulator() {
    trap - EXIT INT TERM
    [[ -z $simulator ]] && return
    kill "$simulator" 2>/dev/null || true
    wait "$simulator" 2>/dev/null || true
}
trap end_simulator EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

install_validator() {
    echo "focus: installing the validator"
    python_environment "$focus/venv" "$packages"
}

ledger() {
    env -u SEATLEDGER_DATA_DIR SEATLEDGER_VAULT=file SEATLEDGER_PASSPHRASE="hardly a secret" \
        "$built/seatledger" --data-dir "$focus/$1" "${@:2}"
}

# Buys what the ledger has a price shape for. The amounts are invented, the dates cross leap days and month ends.
buy() {
    local purchase=(ledger made purchase add lucidchart --quiet)
    "${purchase[@]}" --type can-edit --quantity 50 --cost 9.00 --per unit --every month --from 2024-01-31 --until 2027-03-31 --po "PO, 17"
    "${purchase[@]}" --type can-edit --quantity 10 --cost 108 --per unit --every year --from 2025-06-01 --until 2026-03-31 --proration daily
    "${purchase[@]}" --type view-only --quantity 7 --cost 1000 --per lot --currency EUR --every quarter --from 2024-02-29
    "${purchase[@]}" --type can-edit --quantity 3 --cost 12.5 --per unit --currency GBP --every 6months --from 2025-01-01 --until 2025-10-15 --proration whole-month-down
    "${purchase[@]}" --type can-edit --quantity 3 --cost 18000 --per lot --currency JPY --every 18months --from 2024-01-15
    "${purchase[@]}" --type can-edit --quantity 3 --cost 1.125 --per unit --currency KWD --every 2years --from 2023-04-01
    "${purchase[@]}" --type can-edit --quantity unlimited --cost 36000 --per lot --every 3years --from 2025-07-01 --until 2028-06-30
    "${purchase[@]}" --type can-edit --quantity 1 --cost 500 --per unit --every once --from 2025-03-03 --name "Set-up, =1+1"
    "${purchase[@]}" --type view-only --quantity 5 --cost 0 --per unit --every month --from 2025-11-01 --until 2025-12-31
    "${purchase[@]}" --type view-only --quantity 5 --every year --from 2025-01-01
    "${purchase[@]}" --type can-edit --quantity 20 --cost 12.50 --per unit --every quarter --from 2025-05-15 --discount "7% partner" --tax 19
    "${purchase[@]}" --type can-edit --quantity 9 --cost 11 --per unit --every month --from 2026-01-01 --until 2026-12-31 --commitment-term 2000 --tax 7.7
    # Prices that change within a term: what is credited corrects an earlier billing period, or none.
    ledger made purchase edit lucidchart 2 --quiet --reason price-change --on 2025-09-15 --cost 120
    ledger made purchase edit lucidchart 11 --quiet --reason price-change --on 2026-02-20 --cost 13
    ledger made purchase edit lucidchart 1 --quiet --reason price-change --on 2026-03-10 --cost 9.50
    ledger made fee add lucidchart --quiet --name "Support, =1+1" --amount 500 --every quarter --from 2025-01-15
}

# validate FILE: the validator tells a failure in words only, so its words are what counts. It looks for its list of
# currencies below the folder that it runs in.
validate() {
    local rows said home absolute
    absolute=$(realpath "$1")
    home=$("$python" -c 'import focus_validator, pathlib; print(pathlib.Path(focus_validator.__file__).parents[1])')
    rows=$(($(wc -l <"$1") - 1))
    ((rows > 0)) || stop "$1 has no rows."
    said=$(cd "$home" && "$python" -m focus_validator.main --data-file "$absolute" --validate-version 1.0 2>&1) || true
    if [[ $said != *"Validation succeeded."* ]]; then
        printf '%s\n' "$said" >&2
        stop "$1 does not hold FOCUS 1.0."
    fi
    echo "focus: $1, $rows rows: validation succeeded"
}

mkdir -p "$focus"
unless_done "$focus/venv.stamp" "$packages" -- install_validator
for program in seatledger lucid-sim; do
    [[ -x $built/$program ]] || stop "$built/$program is missing: cargo build --workspace makes it."
done
python=$(realpath --no-symlinks "$focus/venv/bin/python")
rm -rf "$focus"/{sample,made,*.csv}

ledger sample demo --quiet >/dev/null 2>&1
slug=$(ledger sample apps --json | "$python" -c 'import json, sys; print(json.load(sys.stdin)[0]["app"])')
ledger sample export "$slug" focus --format csv --focus-version 1.0 --output "$focus/sample.csv" --quiet
validate "$focus/sample.csv"

token=0f1e2d3c4b5a69788796a5b4c3d2e1f0
"$built/lucid-sim" --token "$token" --users 40 </dev/null >"$focus/lucid-sim.log" 2>&1 &
simulator=$!
until url=$(sed -n 's/^base URL: //p' "$focus/lucid-sim.log") && [[ -n $url ]]; do
    kill -0 "$simulator" 2>/dev/null || stop "lucid-sim did not start; see $focus/lucid-sim.log."
    sleep 0.1
done
ledger made connect lucid --base-url "$url" --token-stdin --quiet <<<"$token" >/dev/null
ledger made sync lucidchart --quiet >/dev/null
buy >/dev/null
ledger made export lucidchart focus --format csv --focus-version 1.0 --to 2028-12-31 --output "$focus/made.csv" --quiet
validate "$focus/made.csv"
