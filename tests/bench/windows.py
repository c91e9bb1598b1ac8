"""The real window: how long until it is painted, and how long until the rows of another sort or filter are."""

import contextlib
import json
import shutil
import socket
import sqlite3
import statistics
import subprocess
import time
import urllib.error
import urllib.request

import contest
import meter
import runners
import workshop

STARTS = 15
# Drawing through DMABUF is what the product switches off for itself; the empty window gets it switched off.
PLAIN_DRAWING = {"WEBKIT_DISABLE_DMABUF_RENDERER": "1"}
COLUMNS = ["given_name", "family_name", "email", "department", "created", "license_type", "status"]

# Clicks, waits until other rows are there, and tells when the frame that shows them was painted: a task that is queued in
# the frame's callback runs after it.
CLICK = """
const [target, done] = arguments;
const rows = () => [...document.querySelectorAll('[data-testid=roster-row]')].map((row) => row.dataset.member ?? '');
const before = rows().join();
const grid = document.querySelector('[data-testid=roster-grid]').parentElement;
const started = performance.now();
const limit = setTimeout(() => done(null), 5000);
const look = new MutationObserver(() => {
  const now = rows();
  if (now.length === 0 || now.includes('') || now.join() === before) return;
  look.disconnect();
  requestAnimationFrame(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => { clearTimeout(limit); done(performance.now() - started); };
    painted.port2.postMessage(null);
  });
});
look.observe(grid, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-member'] });
document.querySelector(`[data-testid="${target}"]`).click();
"""
READY = """
const [done] = arguments;
location.hash = '#/app/lucidchart/activity';
const chips = () => [...document.querySelectorAll('[data-testid^=license-chip-]')].map((chip) => chip.dataset.testid);
const look = () => {
  if (document.querySelector('[data-testid=roster-row][data-member]') && chips().length > 0) done(chips());
  else setTimeout(look, 50);
};
look();
"""


def starts(desk, product, blank, folder):
    """Seconds to the painted window, ours and an empty one in turns."""
    found = {"empty": [], "ours": []}
    turns = (("empty", blank, PLAIN_DRAWING), ("ours", product, data(folder)))
    for number in range(-1, STARTS):
        for name, program, env in turns:
            seconds = desk.opened(str(program), **env)
            _put_away(folder)
            if number >= 0:
                found[name].append(seconds)
                contest.say(f"{name} window: {seconds:.2f} s")
    return found


def _put_away(folder):
    """A program that was ended leaves its log behind, and the next start would check the whole database for that."""
    with contextlib.closing(sqlite3.connect(runners.database(folder))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def data(folder):
    """Where the product finds its data."""
    return {"SEATLEDGER_DATA_DIR": str(folder)}


def painted(desk, product, folder):
    """Milliseconds from a click on a column's head or a filter until its rows are painted."""
    if not shutil.which("WebKitWebDriver"):
        raise workshop.Absent("WebKitWebDriver is not installed")
    port = _free_port()
    env = {**data(folder), "TAURI_WEBVIEW_AUTOMATION": "true"}
    desk.start(["WebKitWebDriver", f"--port={port}"], stdout=subprocess.DEVNULL, env=env)
    driver = Driver(port, product)
    try:
        chips = driver.run(READY)
        # The orders of a new roster are made in the background.
        time.sleep(2)
        times = []
        for number in range(4):
            for target in [f"column-{name}" for name in COLUMNS] + [chip for chip in chips for _ in range(2)]:
                spent = driver.run(CLICK, target)
                if spent is None:
                    raise meter.Failed(f"a click on {target} brought no other rows")
                if number:
                    times.append((spent, target))
        return times
    finally:
        driver.close()


def summary(times):
    """The percentiles of some clicks, and the slowest."""
    sorted_times = sorted(spent for spent, _ in times)
    at = lambda percent: sorted_times[-(-len(sorted_times) * percent // 100) - 1]  # noqa: E731
    return {"calls": len(times), "p50": statistics.median(sorted_times), "p95": at(95), "slowest": max(times)[1]}


class Driver:
    """The part of WebDriver that is needed here."""

    def __init__(self, port, product):
        self._base = f"http://127.0.0.1:{port}"
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
        started = time.perf_counter()
        while True:
            try:
                self._ask("GET", "/status")
                break
            except urllib.error.URLError:
                if time.perf_counter() - started > 30:
                    raise meter.Failed("WebKitWebDriver did not start") from None
                time.sleep(0.05)
        options = {"webkitgtk:browserOptions": {"binary": str(product), "args": []}}
        session = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": options}})["sessionId"]
        self._base += f"/session/{session}"
        self._ask("POST", "/timeouts", {"script": 30_000})

    def run(self, script, *arguments):
        """Runs a script that calls back with its answer."""
        return self._ask("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def close(self):
        """Closes the window."""
        self._ask("DELETE", "")

    def _ask(self, method, path, body=None):
        content = None if body is None else json.dumps(body).encode()
        asking = urllib.request.Request(self._base + path, content, {"Content-Type": "application/json"}, method=method)
        with self._open(asking, timeout=60) as answer:
            return json.load(answer)["value"]


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
