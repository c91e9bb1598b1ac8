"""The measurements. Programs take turns, A B A B, so that a busy minute falls on all of them alike."""

import json
import subprocess

import meter
import runners


def say(text):
    """Progress, on one line."""
    print(f"  {text}", flush=True)


class Tally:
    """What each program spent, run by run. A program that fails once is out, with its reason."""

    def __init__(self):
        self.runs = {}
        self.failures = {}

    def turn(self, name, counted, work):
        """Lets a program have its turn."""
        if name in self.failures:
            return
        try:
            spent = work()
        except meter.Failed as error:
            self.failures[name] = str(error)
            self.runs.pop(name, None)
            say(f"{name}: {error}")
            return
        if counted:
            self.runs.setdefault(name, []).append(spent)
            say(f"{name}: {spent.cpu:.2f} s of processors, {spent.wall:.2f} s, {spent.rss / 1e6:.0f} MB")

    def medians(self):
        """The median of each program."""
        return {name: meter.medians(runs) for name, runs in self.runs.items()}


def syncs(server, floor, ours, peers, rounds, warm):
    """Floor, our three kinds of sync and the peers, in turns; `ours` by keeper, the usual one first."""
    tally = Tally()
    usual, *others = ours
    unchanged_rows = []
    for number in range(-warm, rounds):
        counted = number >= 0
        say(f"{server.users} users, round {number + 1} of {rounds}" if counted else f"{server.users} users, warming up")
        for page in (500, 100):
            tally.turn(f"floor {page}", counted, lambda: floor.sync(server, page))
            with usual.connected(server, page) as folder:
                tally.turn(f"ours {page}", counted, lambda: usual.sync(folder, server.users))
                if page == 500:
                    before = runners.history_rows(folder)
                    tally.turn("ours unchanged", counted, lambda: usual.sync(folder, server.users))
                    unchanged_rows.append(runners.history_rows(folder) - before)
                    server.change()
                    tally.turn("ours changed", counted, lambda: usual.sync(folder, server.users))
        for other in others:
            tally.turn(f"ours {other.keeper}", counted, lambda: other.first(server, 500))
        for each in ours:
            tally.turn(f"one user {each.keeper}", counted, lambda: each.first(server, 500, 1))
        for peer in peers:
            tally.turn(peer.name, counted, lambda: peer.sync(server, 500))
    return tally, max(unchanged_rows, default=0)


def slow(server, ours, peers, rounds):
    """Peers too slow for a large roster, beside ours on a small one."""
    tally = Tally()
    for number in range(rounds):
        say(f"{server.users} users, round {number + 1} of {rounds}")
        tally.turn("ours 500", True, lambda: ours.first(server, 500))
        for peer in peers:
            tally.turn(peer.name, True, lambda: peer.sync(server, 500))
    return tally


def reads(programs, *arguments):
    """What the readings of a folder came to."""
    command = [str(programs / "reads"), *map(str, arguments)]
    with open(runners.log("reads"), "ab") as errors:
        done = subprocess.run(command, env=runners.environment(), stdout=subprocess.PIPE, stderr=errors)
    if done.returncode:
        raise meter.Failed(f"reads {arguments[0]} failed, see reads.log")
    return json.loads(done.stdout)


# The columns of our export, as they are stored.
PLAIN = """SELECT m.id, user_name, email, given_name, middle_name, family_name, t.key, t.billable, status, created,
    last_modified, d.text, c.text, g.text, status, left_on, p.text
FROM member AS m LEFT JOIN license_type AS t USING (license) LEFT JOIN word AS d ON d.word = m.department
    LEFT JOIN word AS c ON c.word = m.cost_center LEFT JOIN word AS g ON g.word = m.groups
    LEFT JOIN word AS p ON p.word = m.products"""


def exports(ours, folder, sqlite, rounds):
    """Our CSV of all members and a plain SELECT of the same columns, in turns."""
    tally = Tally()
    csv = folder.parent / "roster.csv"
    export = [ours.program, "--quiet", "export", "lucidchart", "roster", "--format", "csv", "--output", str(csv)]
    plain = [sqlite, "-csv", "-cmd", f".output {csv}", str(runners.database(folder)), PLAIN]
    for number in range(-1, rounds):
        for name, command in (("ours", export), ("sqlite3", plain)):
            env = ours.env(folder)
            tally.turn(name, number >= 0, lambda: meter.run([command], env, runners.log("export"))[0])
    csv.unlink(missing_ok=True)
    return tally
