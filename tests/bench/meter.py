"""Runs programs and tells what they spent: wall clock, user + system time, peak memory."""

import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from typing import NamedTuple

LIMIT_SECONDS = 3600
TIME = shutil.which("time")


class Spent(NamedTuple):
    """Seconds on the wall, seconds of processors, bytes of memory at the peak."""

    wall: float
    cpu: float
    rss: float


class Failed(Exception):
    """A program that did not do its work."""


def run(pipeline, env, log, limit=LIMIT_SECONDS):
    """Runs commands joined by pipes to their end; what they spent together, and what the last one printed."""
    with tempfile.TemporaryDirectory() as scratch:
        rss_files, children = [], []
        out = pathlib.Path(scratch, "out")
        with open(log, "ab") as errors, open(out, "wb") as printed:
            started = time.perf_counter()
            source = subprocess.DEVNULL
            for position, command in enumerate(pipeline):
                last = position == len(pipeline) - 1
                rss_files.append(pathlib.Path(scratch, str(position)))
                child = subprocess.Popen(
                    _weighed(command, rss_files[-1]),
                    stdin=source,
                    stdout=printed if last else subprocess.PIPE,
                    stderr=errors,
                    env=env,
                    start_new_session=True,
                )
                if position:
                    children[-1].stdout.close()
                children.append(child)
                source = child.stdout
            watchdog = threading.Timer(limit, _end, [children])
            watchdog.start()
            try:
                usages = [_finished(child) for child in children]
            finally:
                watchdog.cancel()
                _end(children)
            wall = time.perf_counter() - started
        for command, (status, _) in zip(pipeline, usages):
            if status != 0:
                raise Failed(f"{pathlib.Path(command[0]).name} ended with status {status}, see {log.name}")
        cpu = sum(usage.ru_utime + usage.ru_stime for _, usage in usages)
        # The peaks of a pipe's ends are added up, although they need not fall on the same moment.
        rss = sum(_peak(path, usage) for path, (_, usage) in zip(rss_files, usages))
        return Spent(wall, cpu, rss), out.read_text(errors="replace")


def medians(runs):
    """The median of each figure."""
    return Spent(*(statistics.median(figures) for figures in zip(*runs)))


def _weighed(command, rss_file):
    # A child's own figure starts from the peak of the process that it was forked from: Python. GNU time forks from less.
    return [TIME, "-q", "-f", "%M", "-o", str(rss_file), *command] if TIME else command


def _finished(child):
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage


def _end(children):
    for child in children:
        if child.returncode is None:
            os.killpg(child.pid, signal.SIGKILL)


def _peak(rss_file, usage):
    try:
        return int(rss_file.read_text().split()[-1]) * 1024
    except (OSError, ValueError, IndexError):
        return usage.ru_maxrss * 1024
