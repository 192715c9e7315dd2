"""The machine under test: databases, server processes, and what they cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import create_engine, make_url, text

from tests import postgres
from tests.running import free_port

ROOT = Path(__file__).resolve().parents[1]
SECRET = "only-for-measuring-0123456789-0123456789"  # noqa: S105 guards nothing
GRANIAN = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "8", "--factory")
DATABASES = ("postgresql", "sqlite")


@dataclass(frozen=True)
class Place:
    """One database with its data folder."""

    database: str
    folder: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this installation is told."""
        return {
            **os.environ,
            "TORVET_ENV": "production",
            "TORVET_SECRET_KEY": SECRET,
            "TORVET_DATA_DIR": str(self.folder),
            "TORVET_DATABASE_URL": self.url,
            "BENCH_DATABASE_URL": self.thin_url,
        }

    @property
    def thin_url(self) -> str:
        """The address of the yardstick's database, for SQLAlchemy alone."""
        if self.database == "sqlite":
            return f"sqlite:///{self.folder / 'thin.db'}"
        return make_url(self.url).set(drivername="postgresql+psycopg").render_as_string(False)


@contextmanager
def place(database: str, folder: Path) -> Iterator[Place]:
    """An empty database that loses nothing at a power cut, as an installation has it."""
    folder.mkdir()
    if database == "sqlite":
        yield Place(database, folder, f"sqlite:///{folder / 'torvet.db'}")
        return
    with (
        postgres.server(folder, durable=True) as server,
        postgres.database(server, "torvet_bench") as own,
    ):
        yield Place(database, folder, own.render_as_string(hide_password=False))


def flask(where: Place, *command: str) -> str:
    """What a command of the application prints."""
    program = [sys.executable, "-m", "flask", "--app", "app", *command]
    done = subprocess.run(
        program, cwd=ROOT, env=where.environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def seeded(where: Place, world: dict[str, Any]) -> dict[str, Any]:
    """Migrate, build the world, and hand back its ids and secrets."""
    flask(where, "db", "upgrade")
    file = where.folder / "world.json"
    file.write_text(json.dumps(world))
    found: dict[str, Any] = json.loads(flask(where, "seed", str(file)).strip().splitlines()[-1])
    return found


def settle(where: Place) -> None:
    """Let PostgreSQL do now what it does by itself in the hours after so many new rows."""
    if where.database == "sqlite":
        return
    engine = create_engine(where.thin_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("CHECKPOINT"))
    engine.dispose()


@contextmanager
def served(where: Place, target: str) -> Iterator[tuple[str, psutil.Process]]:
    """A web server alone, without letter worker: (its address, its first process)."""
    port = free_port()
    program = [sys.executable, "-m", "granian", *GRANIAN, "--port", str(port), target]
    with running(where, program, port) as process:
        yield f"http://127.0.0.1:{port}", process


@contextmanager
def running(where: Place, program: list[str], port: int) -> Iterator[psutil.Process]:
    """Start a program, wait until it takes requests, and stop it at the end."""
    told = {"TORVET_BASE_URL": f"http://127.0.0.1:{port}", "PORT": str(port)}
    with (where.folder / "server.log").open("ab") as log:
        process = psutil.Popen(
            program, cwd=ROOT, env={**where.environment, **told}, stdout=log, stderr=log
        )
    try:
        _wait(f"http://127.0.0.1:{port}/readyz", process, where)
        yield process
    finally:
        if process.is_running():
            process.terminate()
            process.wait(20)


def cpu_seconds(process: psutil.Process) -> float:
    """Processor time of a process and its children so far."""
    family = [process, *process.children(recursive=True)]
    return float(sum(sum(one.cpu_times()[:2]) for one in family))


def database_cpu_seconds(where: Place) -> float:
    """Processor time of the PostgreSQL server so far; SQLite's lies in the web server's."""
    if where.database == "sqlite":
        return 0.0
    pid = int((where.folder / "pg" / "postmaster.pid").read_text().splitlines()[0])
    return cpu_seconds(psutil.Process(pid))


def memory_mb(process: psutil.Process) -> float:
    """The proportional share of memory of a process and its children."""
    family = [process, *process.children(recursive=True)]
    return float(sum(one.memory_full_info().pss for one in family)) / 1_000_000


def _wait(address: str, process: psutil.Popen, where: Place) -> None:
    for _ in range(3000):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 our own
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                said = (where.folder / "server.log").read_text()[-2000:]
                raise SystemExit(f"The server did not start: {said}") from None
            time.sleep(0.01)
