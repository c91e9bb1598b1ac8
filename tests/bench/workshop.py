"""Builds the programs and installs the peers under target/bench. What cannot be had is absent, with the reason."""

import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/bench"
PEERS = HERE / "peers"
PLACE = ROOT / "target/bench"
LOGS = PLACE / "logs"
INSTALL_SECONDS = 1800
CARGO = ["cargo", "build", "--release", "--quiet", "--target-dir", str(PLACE / "cargo")]
RELEASE = PLACE / "cargo/release"


class Absent(Exception):
    """A program that cannot be had here; the text says why, without naming places."""


def build():
    """Compiles the product, the floor, the server and the readings; the folder that holds them."""
    # The product's own versions for the bench's programs as well.
    shutil.copyfile(ROOT / "Cargo.lock", HERE / "Cargo.lock")
    subprocess.run([*CARGO, "--locked", "-p", "cli"], cwd=ROOT, check=True)
    for package in ("floor", "roster-server", "reads"):
        subprocess.run([*CARGO, "-p", package], cwd=HERE, check=True)
    return RELEASE


def windows():
    """Compiles the product's window and an empty one as they are released; the program of each."""
    if not shutil.which("npm") or not (ROOT / "ui/node_modules").exists():
        raise Absent("the packages of the UI are not installed; make run installs them")
    commands = [
        (["npm", "--prefix", "ui", "--silent", "run", "build"], ROOT),
        ([*CARGO, "--locked", "-p", "seatledger-desktop", "--features", "tauri/custom-protocol"], ROOT),
        ([*CARGO, "-p", "blank"], HERE),
    ]
    log = LOGS / "windows.log"
    LOGS.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as out:
        for command, place in commands:
            if subprocess.run(command, cwd=place, stdout=out, stderr=out).returncode:
                raise Absent(f"it could not be built ({log.name})")
    return RELEASE / "seatledger-desktop", RELEASE / "blank"


def python_peer(name, isolated=False):
    """An interpreter with what peers/NAME.txt lists; `isolated` installs exactly that list."""
    wanted = PEERS / f"{name}.txt"
    place = PLACE / f"python-{name}"
    interpreter = place / "bin/python"
    _once(
        place,
        wanted,
        [
            ["python3", "-m", "venv", "--clear", str(place)],
            [str(interpreter), "-m", "pip", "install", "-q", *(["--no-deps"] if isolated else []), "-r", str(wanted)],
        ],
    )
    return str(interpreter)


def node_peer():
    """The folder with the Node script and its packages."""
    if not shutil.which("npm"):
        raise Absent("Node.js is not installed")
    place = PLACE / "node"
    place.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "pipe.mjs"):
        shutil.copyfile(PEERS / name, place / name)
    env = dict(os.environ)
    if pathlib.Path("/usr/include/node/node.h").exists():
        # better-sqlite3 is compiled where no prebuilt one can be fetched, with the headers that are there.
        env["npm_config_nodedir"] = "/usr"
    _once(place, PEERS / "package.json", [["npm", "install", "--no-audit", "--no-fund", "--prefix", str(place)]], env)
    return place


def _once(place, wanted, commands, env=None):
    stamp = place / ".installed"
    if stamp.exists() and stamp.read_text() == wanted.read_text():
        return
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"install-{place.name}.log"
    with open(log, "wb") as out:
        for command in commands:
            try:
                status = subprocess.run(
                    command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=env, timeout=INSTALL_SECONDS
                ).returncode
            except (OSError, subprocess.TimeoutExpired) as error:
                raise Absent(f"{pathlib.Path(command[0]).name} did not finish: {type(error).__name__}") from None
            if status:
                raise Absent(f"the package registry or the compiler refused it ({log.name})")
    stamp.write_text(wanted.read_text())
