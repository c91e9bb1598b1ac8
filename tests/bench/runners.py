"""The programs of the contest: the server, the floor, ours, the peers. Each fills a fresh folder and proves its work."""

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import urllib.request

import meter
import workshop

TOKEN = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
PASSPHRASE = "quince marmalade on rye, twice"
RUNS = workshop.PLACE / "runs"


def environment(**more):
    """This process's environment without proxies: everything here is on loopback."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, "NO_PROXY": "127.0.0.1", "PYTHONDONTWRITEBYTECODE": "1", **more}


@contextlib.contextmanager
def fresh(name):
    """An empty folder that goes away again."""
    folder = RUNS / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """The roster server of so many users, while it is entered."""

    def __init__(self, programs, users):
        self.users = users
        self.edition = 0
        self._command = [str(programs / "roster-server"), str(users), TOKEN]

    def __enter__(self):
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        self._address = self._process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def base(self, page, users=None):
        """The SCIM base URL that lists so many users, so many a page."""
        return f"{self._address}/u{users or self.users}/p{page}/scim/v2"

    def change(self):
        """From now on 1 % of the users differ."""
        self.edition += 1
        urllib.request.urlopen(f"{self._address}/edition/{self.edition}").close()


class Script:
    """A program that is called with BASE_URL TOKEN DATABASE COUNT and fills a table `user`."""

    def __init__(self, name, command):
        self.name = name
        self._command = command

    def sync(self, server, page):
        """Reads the whole roster into a fresh database; what that took."""
        with fresh(self.name) as folder:
            database = folder / "roster.db"
            spent, _ = meter.run(self.pipeline(folder, server.base(page), database, page), self.env(), log(self.name))
            _holds(database, server.users)
            return spent

    def pipeline(self, folder, base, database, page):
        """The commands to run."""
        return [[*self._command, base, TOKEN, str(database), str(page)]]

    def env(self):
        """The environment to run them in."""
        return environment(RUNTIME__DLTHUB_TELEMETRY="false", RUNTIME__LOG_LEVEL="ERROR")


class Singer(Script):
    """A tap piped into a target."""

    def __init__(self, name, tap, target):
        super().__init__(name, tap)
        self._target = target

    def pipeline(self, folder, base, database, page):
        config = folder / "target.json"
        config.write_text(json.dumps({"database": str(database.with_suffix(""))}))
        return [[*self._command, base, TOKEN, str(page)], [*self._target, "--config", str(config)]]


class Ours:
    """The product's command line on a folder of its own; only `sync` is measured, not `connect`."""

    def __init__(self, programs, keeper):
        self.program = str(programs / "seatledger")
        self.keeper = keeper

    @contextlib.contextmanager
    def connected(self, server, page, users=None):
        """A data folder that is connected and was never synced."""
        with fresh(f"ours-{self.keeper}") as folder:
            base = server.base(page, users)
            subprocess.run(
                [self.program, "--quiet", "connect", "lucid", "--base-url", base, "--token-stdin"],
                env=self.env(folder), input=TOKEN, text=True, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            yield folder

    def sync(self, folder, users):
        """One sync; what it took."""
        spent, printed = meter.run([[self.program, "--json", "sync", "lucidchart"]], self.env(folder), log("ours"))
        report = json.loads(printed)
        if report["status"] != "completed" or report["members"] != users:
            raise meter.Failed(f"ours read {report['members']} of {users} users")
        return spent

    def first(self, server, page, users=None):
        """A first sync."""
        with self.connected(server, page, users) as folder:
            return self.sync(folder, users or server.users)

    def env(self, folder):
        """The environment of its commands."""
        vault = {"SEATLEDGER_VAULT": self.keeper}
        if self.keeper == "file":
            vault["SEATLEDGER_PASSPHRASE"] = PASSPHRASE
        return environment(SEATLEDGER_DATA_DIR=str(folder), **vault)


def database(folder):
    """The product's database."""
    return folder / "seatledger.db"


def history_rows(folder):
    """How many rows of history there are."""
    with contextlib.closing(sqlite3.connect(f"file:{database(folder)}?mode=ro", uri=True)) as connection:
        tables = ("assignment", "change", "seat_count")
        return sum(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables)


def log(name):
    """Where a program's complaints go."""
    workshop.LOGS.mkdir(parents=True, exist_ok=True)
    return workshop.LOGS / f"{pathlib.Path(name).name}.log"


def _holds(path, users):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT count(*) FROM user").fetchone()[0]
    if found != users:
        raise meter.Failed(f"{found} of {users} users arrived")
