#!/bin/sh
# Runs a command with a real, empty, unlocked Secret Service on a session bus of its own.
# usage: scripts/with-keychain.sh cargo test -p vault --test keychain -- --ignored
# Nothing of the user's own keychain, home or session is touched, and nothing is left behind.
set -eu

if [ "${1:-}" != "--inside" ]; then
    [ "$#" -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT...]" >&2; exit 2; }
    for needed in dbus-run-session gnome-keyring-daemon; do
        command -v "$needed" >/dev/null || { echo "$0: $needed is not installed" >&2; exit 127; }
    done
    room=$(mktemp -d)
    trap 'rm -rf "$room"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mkdir -m 700 "$room/home" "$room/config" "$room/local" "$room/cache" "$room/run"
    # A bus that starts nothing by itself: a second keychain, not unlocked, would answer in place of ours.
    cat >"$room/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$room/run</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
CONF
    # The command keeps its own HOME: compilers and their caches live there. Only the keychain lives in the room.
    # The bus grumbles about limits it may not raise; its words are shown only when the command was never started.
    status=0
    SEATLEDGER_KEYCHAIN_ROOM=$room dbus-run-session --config-file="$room/bus.conf" -- "$0" --inside "$@" \
        3>&2 2>"$room/bus.log" || status=$?
    [ -e "$room/started" ] || cat "$room/bus.log" >&2
    exit "$status"
fi

shift
room=$SEATLEDGER_KEYCHAIN_ROOM
unset SEATLEDGER_KEYCHAIN_ROOM
exec 2>&3 3>&-
: >"$room/started"
printf 'not a secret' | env -u DISPLAY -u WAYLAND_DISPLAY HOME="$room/home" XDG_CONFIG_HOME="$room/config" \
    XDG_DATA_HOME="$room/local" XDG_CACHE_HOME="$room/cache" XDG_RUNTIME_DIR="$room/run" \
    gnome-keyring-daemon --foreground --unlock --components=secrets >"$room/keychain.log" 2>&1 &
keychain=$!
trap 'kill "$keychain" 2>/dev/null || :; wait "$keychain" 2>/dev/null || :' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

answers() {
    dbus-send --session --print-reply --reply-timeout=2000 --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
        string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true'
}
tries=0
until answers; do
    tries=$((tries + 1))
    if [ "$tries" -gt 50 ] || ! kill -0 "$keychain" 2>/dev/null; then
        echo "with-keychain: the keychain did not start:" >&2
        cat "$room/keychain.log" >&2
        exit 125
    fi
    sleep 0.1
done

status=0
SEATLEDGER_TEST_KEYCHAIN=1 "$@" || status=$?
exit "$status"
