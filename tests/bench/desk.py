"""A display and a session bus of the bench's own. Whatever is missing is a reason to be absent, never a figure."""

import contextlib
import mmap
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import meter
import workshop

SCREEN = "1280x800x24"
STILL_SECONDS = 1.5
PATIENCE_SECONDS = 60
GLANCE_SECONDS = 0.004
# A bus that starts nothing by itself: a portal or an accessibility bus of the machine would take its time, or answer.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={room}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""


class Desk:
    """A display whose picture can be looked at, while it is entered."""

    def __enter__(self):
        for needed in ("Xvfb", "dbus-daemon"):
            if not shutil.which(needed):
                raise workshop.Absent(f"{needed} is not installed")
        with contextlib.ExitStack() as stack:
            self.room = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
            self._stack = stack
            self._places = self._folders()
            screen = ["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset", "-fbdir", str(self.room)]
            self._places["DISPLAY"] = ":" + self.hear(["Xvfb", *screen])
            config = self.room / "bus.conf"
            config.write_text(BUS.format(room=self.room))
            bus = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"]
            self._places["DBUS_SESSION_BUS_ADDRESS"] = self.hear(bus)
            file = stack.enter_context(open(self.room / "Xvfb_screen0", "rb"))
            self._screen = stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._stack.close()

    def _folders(self):
        places = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        places |= {"GSETTINGS_BACKEND": "memory", "no_proxy": "127.0.0.1,localhost"}
        for name, folder in (("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "share"),
                             ("XDG_CACHE_HOME", "cache"), ("XDG_RUNTIME_DIR", "run")):  # fmt: skip
            place = self.room / folder
            place.mkdir(mode=0o700)
            places[name] = str(place)
        return places

    def env(self, **more):
        """The environment of a program at this desk."""
        return {**self._places, **more}

    def start(self, command, **how):
        """Starts a program that ends with the desk at the latest."""
        child = subprocess.Popen(command, env=self._places | how.pop("env", {}), stdin=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, start_new_session=True, **how)  # fmt: skip
        self._stack.callback(end, child)
        return child

    def hear(self, command):
        """Starts a program that says on its first line where it is."""
        child = self.start(command, stdout=subprocess.PIPE, text=True)
        line = child.stdout.readline().strip()
        if not line:
            raise workshop.Absent(f"{command[0]} ended without a word")
        return line

    def opened(self, program, **env):
        """Seconds from the start of a program until its window is painted: until the picture has changed for the last
        time before it stands still."""
        empty = last = self._screen[:]
        changed = None
        started = time.perf_counter()
        child = self.start([program], stdout=subprocess.DEVNULL, env=env)
        try:
            while changed is None or time.perf_counter() - changed < STILL_SECONDS:
                time.sleep(GLANCE_SECONDS)
                picture = self._screen[:]
                if picture != last:
                    last, changed = picture, time.perf_counter()
                if child.poll() is not None or time.perf_counter() - started > PATIENCE_SECONDS:
                    raise meter.Failed(f"{pathlib.Path(program).name} opened no window that stands still")
        finally:
            end(child)
        self._cleared(empty)
        return changed - started

    def _cleared(self, empty):
        started = time.perf_counter()
        while self._screen[:] != empty:
            if time.perf_counter() - started > PATIENCE_SECONDS:
                raise meter.Failed("a closed window stays on the display")
            time.sleep(0.05)


def end(child):
    """Ends a program and what it started."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdout:
        child.stdout.close()
