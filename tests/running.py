"""A real server process on a test's database, for what only a whole installation can show."""

from __future__ import annotations

import os
import random
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy.engine import URL, make_url

from tests import nursery
from tests.application import SECRET

# Only a server that hangs takes as long; a machine with much other work may need half of it.
SECONDS_TO_START = 120
SECONDS_TO_STOP = 30
PORTS = (20_000, 32_000)
CHANCE = random.Random()
# What clients of this database are in the middle of, the one who asks left out.
ORPHANS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'
    LIMIT 1
"""


@dataclass
class Server:
    """A running installation: web processes and letter worker in one process group."""

    address: str
    process: ForkServerProcess
    log: Path
    database: URL

    def ready(self) -> bool:
        """Whether it takes requests."""
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_ready(self) -> None:
        """Return once it takes requests; fails the test where it never does."""
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.ready():
            alive = self.process.is_alive()
            assert alive and time.monotonic() < deadline, self.log.read_text()[-4000:]
            time.sleep(0.05)

    def kill(self) -> None:
        """kill -9 for every process of it at once."""
        assert self.process.pid
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join()
        self._wait_for_orphans()

    def stop(self) -> None:
        """Ask it to stop, as an operator would."""
        self.process.terminate()
        self.process.join(SECONDS_TO_STOP)
        if self.process.is_alive():
            self.kill()
        # A web process that was only just forked may have missed the word.
        assert self.process.pid
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _wait_for_orphans(self) -> None:
        """PostgreSQL ends the statement of a client that is gone before it notices.

        Until then its locks stand, and emptying the tables for the next test would meet them.
        """
        if self.database.get_backend_name() != "postgresql":
            return
        address = self.database.set(drivername="postgresql")
        deadline = time.monotonic() + SECONDS_TO_STOP
        with psycopg.connect(
            address.render_as_string(hide_password=False), autocommit=True
        ) as connection:
            while connection.execute(ORPHANS).fetchone() is not None:
                assert time.monotonic() < deadline, "a killed server's statements never ended"
                time.sleep(0.02)


@contextmanager
def serving(app: Flask, port: int | None = None, **environment: str) -> Iterator[Server]:
    """Serve this application's database by `python -m deploy.serve` until the block ends."""
    port = port or free_port()
    server = _started(app, port, environment)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


def free_port() -> int:
    """A port nobody listens on; below those of outgoing connections, which come and go.

    A server that is killed and begun anew must find its port free.
    """
    while True:
        number = CHANCE.randrange(*PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", number))
            return number


def _started(app: Flask, port: int, environment: dict[str, str]) -> Server:
    address = f"http://127.0.0.1:{port}"
    settings = {
        "TORVET_ENV": "production",
        "TORVET_SECRET_KEY": SECRET,
        "TORVET_BASE_URL": address,
        "TORVET_DATA_DIR": str(app.config["DATA_DIR"]),
        "TORVET_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "PORT": str(port),
    }
    log = Path(app.config["DATA_DIR"]) / f"server-{port}.log"
    log.touch()
    process = nursery.born({**os.environ, **settings, **environment}, log)
    return Server(address, process, log, make_url(app.config["SQLALCHEMY_DATABASE_URI"]))
