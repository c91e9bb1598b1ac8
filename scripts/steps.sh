# Steps with a name, a time limit and a log; sourced by test.sh.

logs=target/test-logs
mkdir -p "$logs"
rm -f "$logs"/*.log
step_names=()
step_seconds=()
step_pid=

# A Ctrl-C reaches only this shell (each step has its own process group), so it is passed on.
stop_step() {
    trap - INT TERM EXIT
    [[ -z $step_pid ]] || kill -TERM "$step_pid" 2>/dev/null || true
}
trap 'stop_step; exit 130' INT TERM
trap stop_step EXIT

# step NAME SECONDS COMMAND…: runs the command, shows and keeps what it prints, and ends the script when it fails.
# The runners' closing lines are held back: closing_lines shows them together at the very end.
step() {
    local name=$1 limit=$2 log started status=0
    shift 2
    log="$logs/${#step_names[@]}-${name// /-}.log"
    printf '\n── %s\n' "$name"
    started=$SECONDS
    : >"$log"
    timeout --kill-after=10 "$limit" "$@" </dev/null >>"$log" 2>&1 &
    step_pid=$!
    tail --pid="$step_pid" --sleep-interval=0.2 --lines=+1 --follow "$log" | sed --unbuffered '/^test result: /d' || true
    wait "$step_pid" || status=$?
    step_pid=
    step_names+=("$name")
    step_seconds+=($((SECONDS - started)))
    if ((status == 124 || status == 137)); then
        give_up "$name" "took longer than its limit of $limit s and was ended" "$log"
    elif ((status != 0)); then
        give_up "$name" "exit status $status" "$log"
    fi
    printf '   %s: %s s\n' "$name" $((SECONDS - started))
}

give_up() {
    local name=$1 why=$2 log=$3
    summary
    grep -E '^test result: FAILED|^test .* FAILED$|^error|^    `-p ' "$log" | tail -n 60 || true
    printf '\nFAILED: %s (%s). Everything it printed: %s\n' "$name" "$why" "$log"
    exit 1
}

summary() {
    local index
    printf '\n── how long it took, longest first\n'
    for index in "${!step_names[@]}"; do
        printf '%6d s  %s\n' "${step_seconds[index]}" "${step_names[index]}"
    done | sort --reverse --numeric-sort
    printf '%6d s  in all\n' "$SECONDS"
}

# The last words of every runner: vitest's totals, then cargo's, binary by binary.
closing_lines() {
    printf '\n── closing lines\n'
    sed 's/\x1b\[[0-9;]*m//g' "$logs"/*-UI-tests.log | grep -E '^ *(Test Files|Tests) ' || true
    grep -hE '^ +(Running|Doc-tests) |^test result: ' \
        "$logs"/*-keychain.log "$logs"/*-SCIM-servers-of-others.log "$logs"/*-Rust-tests.log
}
