"""The goals, and what was measured held against them. Ratios only: seconds of one machine mean nothing on another."""

import statistics
from typing import NamedTuple

LARGE = 100_000
FULL = 1_000_000
# Milliseconds from a click to painted rows.
PAINTED = 30


class Row(NamedTuple):
    """One line of the table; `met` is None where there is no goal or it is for another size."""

    part: str
    what: str
    found: str
    goal: str
    met: bool | None


PEERS = {
    "Node fetch + better-sqlite3": 3,
    "databricks-sdk + sqlite3": 7,
    "dlt REST source → SQLite": 50,
}
SYNC = "A first sync, against the floor"
LATER = "Later syncs, against the first"
AGAINST = "Peers: how many times what we take, first sync of the same roster"
MEMORY = "Memory of a sync"
READS = "Reading"
IMPORT = "An import, against its file parsed and inserted in one transaction"
WINDOW = "The window, in a virtual display"
KEPT = "What is kept and what goes out"


def ratios(one, other):
    """Processors and wall of one against another."""
    return one.cpu / other.cpu, one.wall / other.wall


def both(cpu, wall):
    """As the table writes a pair."""
    return f"{_number(cpu)} × CPU, {_number(wall)} × wall"


def _number(ratio):
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def sync_rows(found, users, unchanged_rows):
    """Rows of one contest of syncs; the goals are for a large roster."""
    rows = []

    def held(fits):
        return fits if users >= LARGE else None

    for page in (500, 100):
        pair = ratios(found[f"ours {page}"], found[f"floor {page}"])
        what = f"{users:,} users, {page} a page"
        rows.append(Row(SYNC, what, both(*pair), "≤ 1.5 × both", held(max(pair) <= 1.5)))
    first = found["ours 500"]
    for name, what, most in (("unchanged", "nothing changed", 0.5), ("changed", "1 % changed", 0.6)):
        pair = ratios(found[f"ours {name}"], first)
        rows.append(Row(LATER, f"{users:,} users, {what}", both(*pair), f"≤ {most} × both", held(max(pair) <= most)))
    rows.append(Row(LATER, "rows of history when nothing changed", str(unchanged_rows), "0", unchanged_rows == 0))
    return rows


def key_rows(found, users, keepers):
    """What a sync takes before it reads anybody, and what a passphrase adds."""
    rows = []
    names = {"os": "key in the system's keychain", "file": "key stretched from a passphrase"}
    for keeper in keepers:
        fixed = found[f"one user {keeper}"]
        text = f"{both(*ratios(fixed, found['floor 500']))} of the floor's {users:,} users, {fixed.rss / 1e6:.0f} MB"
        rows.append(Row(SYNC, f"of it fixed: a sync of one user, {names[keeper]}", text, "", None))
    for keeper in keepers[1:]:
        whole = found.get(f"ours {keeper}")
        if whole:
            text = f"{both(*ratios(whole, found['floor 500']))}, {whole.rss / 1e6:.0f} MB"
            rows.append(Row(SYNC, f"{users:,} users, 500 a page, {names[keeper]}", text, "", None))
    return rows


def peer_rows(found, users, names, judged=True):
    """Rows of peers that ran beside our first sync; a trial run is not judged."""
    rows = []
    for name in names:
        if name in found:
            pair = ratios(found[name], found["ours 500"])
            least = PEERS.get(name)
            goal, met = (f"≥ {least} × both", min(pair) >= least if judged else None) if least else ("", None)
            text = f"{both(*pair)}, {found[name].rss / 1e6:.0f} MB"
            rows.append(Row(AGAINST, f"{name}, {users:,} users", text, goal, met))
    return rows


def memory_rows(found, users):
    """The peak of a first and of later syncs."""
    runs = [found[name].rss / 1e6 for name in ("ours 500", "ours 100", "ours unchanged", "ours changed")]
    met = max(runs) <= 60 if users == LARGE else None
    text = f"{max(runs):.0f} MB (floor {found['floor 500'].rss / 1e6:.0f} MB)"
    return [Row(MEMORY, f"{users:,} users, the most of four kinds of sync", text, f"≤ 60 MB at {LARGE:,}", met)]


def full_rows(found, small):
    """Rows of the contest at a million users."""
    pair = ratios(found["ours 500"], found["floor 500"])
    growth = found["ours 500"].rss / small["ours 500"].rss
    return [
        Row(SYNC, f"{FULL:,} users, 500 a page", both(*pair), "", None),
        Row(LATER, f"{FULL:,} users, nothing changed", both(*ratios(found["ours unchanged"], found["ours 500"])), "", None),
        Row(MEMORY, f"{FULL:,} users against 100,000, first sync", f"{growth:.2f} ×", "≤ 2 ×", growth <= 2),
    ]  # fmt: skip


def _asked(what, times, allowed, size):
    """What takes some milliseconds, as a part of those that are allowed."""
    wall, cpu = times["wall"]["p95"], times["cpu"]["p95"]
    text = f"p95 {_number(wall / allowed)} × (CPU {_number(cpu / allowed)} ×), slowest: {times['slowest']}"
    fits = size is None or size == FULL
    return Row(READS, what, text, f"≤ 1 × {allowed} ms", wall <= allowed if fits else None)


def activity_rows(found):
    """Rows of what rests on last activity."""
    members = found["members"]
    shown = f"{members:,} members, nine of ten in a list of last activity"
    return [
        _asked(f"first page by or of last activity, {shown}", found["first"], 10, members),
        _asked(f"any further page, {shown}", found["further"], 10, members),
        _asked(f"spend on any day, {shown}", found["spend"], 50, members),
    ]


def read_rows(pages, search, spend, agreed):
    """Rows of what the window asks for; times as a part of what is allowed."""
    rows = []

    def add(*asked):
        rows.append(_asked(*asked))

    members = pages["members"]
    shown = f"{members:,} members"
    add(f"first page after a new sort or filter, {shown}", pages["first"], 10, members)
    add(f"any further page, {shown}", pages["further"], 10, members)
    add(f"search as typed, {shown}", search["first"], 50, members)
    bought = f"{spend['purchases']:,} purchases"
    add(f"spend on any day, {bought}, {shown}", spend["spend"], 50, members)
    add(f"table of 36 months, {bought}", spend["table"], 100, None)
    add(f"live sentence as a price is typed, {bought}", spend["sentence"], 5, None)
    told = f"{agreed['purchases']:,} purchases with overage and rules about who pays"
    add(f"spend on any day, {told}, {shown}, the first time", agreed["first"], 50, members)
    add(f"the same once who pays for whom is counted, {shown}", agreed["again"], 50, members)
    add(f"table of 36 months, {told}", agreed["table"], 100, None)
    for name, what in (("spend", "spend on any day"), ("table", "table of 36 months"), ("sentence", "live sentence")):
        pair = [spend[name][clock]["p50"] / spend["plain"][clock]["p50"] for clock in ("wall", "cpu")]
        text = f"{_number(pair[0])} × (CPU {_number(pair[1])} ×) a plain pass over the same numbers"
        rows.append(Row(READS, f"{what}, {bought}", text, "", None))
    return rows


def import_rows(found):
    """Rows of a large import against a plain pass over the same file into one table."""
    rows = []
    what = {"preview": "previewed", "first": "imported", "again": "imported once more, where all is entered already"}
    for name, done in what.items():
        pair = [found[name][clock]["p50"] / found["plain"][clock]["p50"] for clock in ("cpu", "wall")]
        text = both(*pair)
        rows.append(Row(IMPORT, f"{found['rows']:,} purchases from CSV, {done}", text, "", None))
    return rows


def start_rows(found, members):
    """Rows of how long the window takes to open; seconds of two programs by turns."""
    ratio = statistics.median(found["ours"]) / statistics.median(found["empty"])
    what = f"cold start to the painted window, {members:,} members"
    return [Row(WINDOW, what, f"{ratio:.2f} × an empty Tauri window", "≤ 1.3 ×", ratio <= 1.3)]


def painted_rows(times, members):
    """Rows of how long rows take to be painted; the goal is for as many members as are measured or more."""
    part = times["p95"] / PAINTED
    text = f"p95 {_number(part)} × (median {_number(times['p50'] / PAINTED)} ×), slowest: {times['slowest']}"
    what = f"from a click on a sort or filter to painted rows, {members:,} members"
    met = part <= 1 if members >= LARGE else None
    return [Row(WINDOW, what, text, f"≤ 1 × {PAINTED} ms", met)]


def kept_rows(history, exports, members):
    """Rows of history's bytes and of exports."""
    rows = []
    if history:
        ratio = history["all"] / history["one"]
        what = f"bytes after {history['days']} daily syncs, 1 % changing a week, {history['members']:,} members"
        met = ratio <= 3 if history["members"] == LARGE else None
        rows.append(Row(KEPT, what, f"{ratio:.2f} × one roster", f"≤ 3 × at {LARGE:,}", met))
    if "ours" in exports and "sqlite3" in exports:
        pair = ratios(exports["ours"], exports["sqlite3"])
        what = f"CSV of {members:,} members against `sqlite3 -csv`"
        rows.append(Row(KEPT, what, both(*pair), "≤ 2 × both", max(pair) <= 2 if members == FULL else None))
    return rows
