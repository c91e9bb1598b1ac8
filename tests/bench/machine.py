"""What machine this is, without its name or its folders; and whether it is busy with something else."""

import os
import pathlib
import platform

QUIET = 1.0


def sentence():
    """Processor, cores, memory, system, as a reader elsewhere needs them."""
    return f"{_processor()}, {os.cpu_count()} cores, {_memory()}, {_system()}"


def load():
    """How many programs wanted a processor during the last minute."""
    return os.getloadavg()[0]


def _processor():
    lines = _lines("/proc/cpuinfo")
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _memory():
    lines = [line for line in _lines("/proc/meminfo") if line.startswith("MemTotal:")]
    return f"{int(lines[0].split()[1]) / 1024**2:.0f} GiB of memory" if lines else "memory unknown"


def _system():
    named = [line.partition("=")[2].strip('"') for line in _lines("/etc/os-release") if line.startswith("PRETTY_NAME=")]
    kernel = ".".join(platform.release().split(".")[:2])
    return f"{named[0] if named else platform.system()} (kernel {kernel})"


def _lines(path):
    try:
        return pathlib.Path(path).read_text().splitlines()
    except OSError:
        return []
