"""Measures the sync against its floor and its peers, and reading against what is allowed. See docs/PERFORMANCE.md.

run.py [--quick | --medium | --full] [--keychain] [--no-docs]"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys

import contest
import desk
import goals
import machine
import meter
import report
import runners
import windows
import workshop

SLOW_USERS = 10_000
TAP = "tap-lucid-scim → target-sqlite"


def main():
    asked = arguments()
    if machine.load() > machine.QUIET:
        print(f"The machine is busy (load {machine.load():.1f}): expect noisy ratios.", flush=True)
    loads = [machine.load()]
    print("building and installing; the first time takes minutes", flush=True)
    programs = workshop.build()
    absent = {}
    fast, slow = peers(asked.quick, absent)
    if not asked.quick:
        absent[TAP] = "the tap is in no package registry; a minimal tap on the same SDK stands in for it"
    ours = [runners.Ours(programs, keeper) for keeper in (["os", "file"] if asked.keychain else ["file"])]
    users = SLOW_USERS if asked.quick else goals.LARGE
    floor = runners.Script("floor", [str(programs / "floor")])
    rounds, warm = (3, 0) if asked.quick else (5, 1)

    raw, rows = {}, []
    with runners.Server(programs, users) as server:
        tally, unchanged_rows = contest.syncs(server, floor, ours, fast, rounds, warm)
        found = settled(tally, absent, raw, f"{users} users")
        rows += goals.sync_rows(found, users, unchanged_rows)
        rows += goals.key_rows(found, users, [each.keeper for each in ours])
        rows += goals.memory_rows(found, users)
        rows += goals.peer_rows(found, users, [peer.name for peer in fast], judged=not asked.quick)
        if asked.medium:
            rows += of_a_folder(programs, ours[0], server, users, raw, absent)
    if slow:
        with runners.Server(programs, SLOW_USERS) as server:
            beside = settled(contest.slow(server, ours[0], slow, 3), absent, raw, f"{SLOW_USERS} users, slow peers")
        rows += goals.peer_rows(beside, SLOW_USERS, [peer.name for peer in slow])
    if asked.full:
        with runners.Server(programs, goals.FULL) as server:
            rows += million(programs, floor, ours[0], server, found, raw, absent)
        rows += activity(programs, raw, absent)
    if not asked.quick:
        rows += history(programs, goals.LARGE if asked.full else 20_000, raw, absent)

    if not asked.quick:
        rows += imports(programs, raw, absent)

    rows.sort(key=lambda row: ORDER.index(row.part))
    loads.append(machine.load())
    (workshop.PLACE / "last.json").write_text(json.dumps(raw, indent=1))
    report.show(rows, absent)
    if asked.full and not asked.no_docs:
        report.write(rows, absent, machine.sentence(), loads)
        print("\ndocs/PERFORMANCE.md is written")
    missed = sum(row.met is False for row in rows)
    tried = sum(row.met is not None for row in rows)
    print(f"\n{tried - missed} of {tried} goals met" + (f", {missed} missed" if missed else ""))


ORDER = [goals.SYNC, goals.LATER, goals.MEMORY, goals.AGAINST, goals.READS, goals.IMPORT, goals.WINDOW, goals.KEPT]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="10,000 users; floor, ours and Node only; writes no page")
    size.add_argument("--medium", action="store_true", help="100,000 users and all peers; writes no page")
    size.add_argument("--full", action="store_true", help="also 1,000,000 users, as when no size is named; writes the page")
    parser.add_argument("--keychain", action="store_true", help="a keychain is running: measure with it first")
    parser.add_argument("--no-docs", action="store_true", help="do not write docs/PERFORMANCE.md")
    asked = parser.parse_args()
    # The page is of one run with every part: a smaller run would leave rows out or mix two machines.
    asked.full = not (asked.quick or asked.medium)
    return asked


def peers(quick, absent):
    """The peers that can be had: those for a large roster, and those for a small one."""

    def had(name, make):
        try:
            return [make()]
        except workshop.Absent as reason:
            absent[name] = str(reason)
            return []

    def python(name, script, wants):
        path = str(workshop.PEERS / script)
        return had(name, lambda: runners.Script(name, [workshop.python_peer(wants), path]))

    node = "Node fetch + better-sqlite3"
    fast = had(node, lambda: runners.Script(node, ["node", str(workshop.node_peer() / "pipe.mjs")]))
    if quick:
        return fast, []
    fast += python("Python requests + orjson + sqlite3", "requests_pipe.py", "requests")
    fast += python("databricks-sdk + sqlite3", "databricks_pipe.py", "databricks")
    slow = python("dlt REST source → SQLite", "dlt_pipe.py", "dlt")
    singer = "a minimal Singer SDK tap → target-sqlite"
    tap, target = str(workshop.PEERS / "singer_tap.py"), str(workshop.PEERS / "singer_target.py")
    slow += had(
        singer,
        lambda: runners.Singer(
            singer,
            [workshop.python_peer("singer-tap"), tap],
            [workshop.python_peer("singer-target", isolated=True), target],
        ),
    )
    return fast, slow


def settled(tally, absent, raw, name):
    """The medians; whoever failed is absent. Without the floor and ours there is nothing to compare."""
    raw[name] = {program: [run._asdict() for run in runs] for program, runs in tally.runs.items()}
    for program, why in tally.failures.items():
        if program.startswith(("floor", "ours", "one user")):
            sys.exit(f"{program}: {why}")
        absent[program] = "it ran and failed: " + why
    return tally.medians()


def million(programs, floor, ours, server, small, raw, absent):
    """Three rounds of a first and an unchanged sync of a million users; then what a folder of that size serves."""
    tally = contest.Tally()
    rows = []
    for number in range(3):
        contest.say(f"{server.users} users, round {number + 1} of 3")
        tally.turn("floor 500", True, lambda: floor.sync(server, 500))
        with ours.connected(server, 500) as folder:
            tally.turn("ours 500", True, lambda: ours.sync(folder, server.users))
            tally.turn("ours unchanged", True, lambda: ours.sync(folder, server.users))
            if number == 2:
                rows = serving(programs, ours, folder, server.users, raw, absent)
    return goals.full_rows(settled(tally, absent, raw, f"{server.users} users"), small) + rows


def of_a_folder(programs, ours, server, users, raw, absent):
    """What a synced folder serves."""
    with ours.connected(server, 500) as folder:
        ours.sync(folder, users)
        return serving(programs, ours, folder, users, raw, absent)


def serving(programs, ours, folder, members, raw, absent):
    """Exports, pages, search, spend and the window of one folder."""
    rows, exports = [], {}
    sqlite = shutil.which("sqlite3")
    if sqlite:
        tally = contest.exports(ours, folder, sqlite, 3)
        absent.update({f"export by {name}": why for name, why in tally.failures.items()})
        raw["exports"] = {name: [run._asdict() for run in runs] for name, runs in tally.runs.items()}
        exports = tally.medians()
    else:
        absent["sqlite3 -csv"] = "sqlite3 is not installed"
    try:
        asked = {}
        # What they agree on would slow the others down: they are entered into a copy.
        with runners.fresh("agreed") as copy:
            shutil.copytree(folder, copy, dirs_exist_ok=True)
            contest.say(f"spend by agreement of {members} members")
            asked["agreed"] = contest.reads(programs, "agreed", copy, "lucidchart", 1000)
        for what, *more in (("pages",), ("search",), ("spend", 1000)):
            contest.say(f"{what} of {members} members")
            asked[what] = contest.reads(programs, what, folder, "lucidchart", *more)
        raw["reads"] = asked
        rows = goals.read_rows(asked["pages"], asked["search"], asked["spend"], asked["agreed"])
    except meter.Failed as error:
        absent["reading"] = str(error)
    return rows + window_rows(folder, members, raw, absent) + goals.kept_rows(None, exports, members)


def window_rows(folder, members, raw, absent):
    """The start of the real window, and its rows after a click."""
    rows = []
    try:
        contest.say(f"the window of {members} members; the first time it is built, which takes minutes")
        product, blank = workshop.windows()
        with desk.Desk() as ours:
            raw["starts"] = windows.starts(ours, product, blank, folder)
            rows += goals.start_rows(raw["starts"], members)
            raw["painted"] = windows.summary(windows.painted(ours, product, folder))
            rows += goals.painted_rows(raw["painted"], members)
    except (workshop.Absent, meter.Failed, OSError) as error:
        absent["the painted window" if rows else "the window"] = str(error)
    return rows


def history(programs, members, raw, absent):
    """A year of history."""
    contest.say(f"a year of daily syncs of {members} members")
    try:
        with runners.fresh("history") as folder:
            raw["history"] = contest.reads(programs, "history", folder, members, 365)
    except meter.Failed as error:
        absent["history"] = str(error)
        return []
    return goals.kept_rows(raw["history"], {}, members)


def activity(programs, raw, absent):
    """What rests on last activity, of a roster of its own."""
    contest.say(f"last activity of {goals.FULL} members")
    try:
        with runners.fresh("activity") as folder:
            raw["activity"] = contest.reads(programs, "activity", folder, goals.FULL)
    except meter.Failed as error:
        absent["last activity"] = str(error)
        return []
    return goals.activity_rows(raw["activity"])


def imports(programs, raw, absent):
    """A file of as many purchases as are read."""
    contest.say(f"an import of {goals.LARGE} purchases")
    try:
        with runners.fresh("import") as folder:
            raw["import"] = contest.reads(programs, "import", folder, goals.LARGE)
    except meter.Failed as error:
        absent["an import"] = str(error)
        return []
    return goals.import_rows(raw["import"])


if __name__ == "__main__":
    try:
        main()
    except (subprocess.CalledProcessError, meter.Failed) as error:
        command = getattr(error, "cmd", None)
        sys.exit(f"bench: {pathlib.Path(command[0]).name + ' failed' if command else error}")
    except KeyboardInterrupt:
        sys.exit(130)
