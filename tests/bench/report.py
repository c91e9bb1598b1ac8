"""The table, for the terminal and for docs/PERFORMANCE.md."""

import datetime

import workshop

PAGE = workshop.ROOT / "docs/PERFORMANCE.md"
METHOD = """\
Every figure is a ratio inside one run. Programs take turns (A B A B), at least three counted runs each, medians; CPU is
user + system time, memory is the peak of the process (of both ends together for a pipe). The roster is served from memory
over loopback HTTP by a server that is never the bottleneck: full Lucid users of about 1.8 kB with four license URNs.

- **Floor**: reqwest → typed serde parse → one table filled in one transaction; no history, comparison, search or limits.
- **Ours**: the whole process `seatledger sync` of the release build: key, fetch, parse, compare, store with history.
- **Peers** store less than ours: one table, no history. Those marked with fewer users are too slow for more; they are
  compared with our sync of the same smaller roster, in which our fixed cost weighs more.
- Reading is told as a part of the time that is allowed; a first page sorts anew, a further one uses the order that is kept.
- A start is the time from the program's start until the picture on a display of its own (Xvfb, software drawing) has changed
  for the last time before it stands still for a second and a half; the empty window shows one line, and both draw without
  DMABUF. Painted rows are timed in the page, from the click to the end of the first frame that shows other rows; a
  display of 60 frames a second makes that up to 17 ms by itself.
- Where the goal names another number of members than was measured, there is no verdict.
"""


def verdict(row):
    """Met, missed, or nothing to say."""
    return {True: "met", False: "**missed**", None: ""}[row.met]


def show(rows, absent):
    """Prints everything for people at a terminal."""
    part = None
    for row in rows:
        if row.part != part:
            part = row.part
            print(f"\n{part}")
        goal = f"   goal {row.goal}" if row.goal else ""
        print(f"  {row.what}: {row.found}{goal}   {verdict(row).strip('*').upper()}".rstrip())
    for name, why in absent.items():
        print(f"\nabsent: {name}: {why}")


def write(rows, absent, machine, loads):
    """Writes docs/PERFORMANCE.md."""
    lines = [
        "# Performance",
        "",
        "Written by `make bench`; do not edit. The goals are ratios, because seconds of one machine mean nothing on another.",
        "",
        f"{datetime.date.today():%-d %B %Y}. {machine}. Load when it began {loads[0]:.1f}, when it ended {loads[1]:.1f}.",
    ]
    part = None
    for row in rows:
        if row.part != part:
            part = row.part
            lines += ["", f"## {part}", "", "| what | measured | goal | |", "|---|---|---|---|"]
        lines.append(f"| {row.what} | {row.found} | {row.goal} | {verdict(row)} |")
    if absent:
        lines += ["", "## Absent", ""]
        lines += [f"- {name}: {why}." for name, why in absent.items()]
    lines += ["", "## Method", "", METHOD]
    PAGE.write_text("\n".join(lines))
