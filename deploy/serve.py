"""Serves the data folder: migrates, then runs web server and letter worker until stopped."""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import flask_migrate
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app import create_app
from app.core.database import db
from app.core.routes import migrations_current
from app.post.worker import parts_of, work_forever
from config import Settings, SettingsRefused

ROOT = Path(__file__).resolve().parents[1]
WEB_PROCESSES = 2
# A thread may want two connections at once (tests/core/test_postgres.py).
THREADS = 8
SECONDS_TO_STOP = 10
# A web process told to stop while it was being forked has not heard it: it is ended after these.
SECONDS_TO_FINISH = 5
# Forked children share the imported code, which spares a second of start and much memory.
FORK = multiprocessing.get_context("fork")


def main() -> int:
    """Serve until SIGINT or SIGTERM, or until the web server ends by itself."""
    arguments = _arguments()
    if arguments.demo:
        os.environ.setdefault("TORVET_CONTACT_MAIL", "integration@torvet.example")
        os.environ.setdefault("TORVET_CONTACT_PHONE", "+45 33 00 00 00")
    os.environ.setdefault("TORVET_BASE_URL", f"http://127.0.0.1:{_address()[1]}")
    try:
        _migrate()
    except SettingsRefused as refused:
        print(f"Torvet does not start: {refused}", file=sys.stderr)
        return 2
    if arguments.demo:
        _flask("demo", "load")
    # What is loaded by now is shared by all children: a collector's walk would copy it to each.
    gc.collect()
    gc.freeze()
    children = {part: _started(part) for part in (_serve_web, _work)}
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        _announce(children[_serve_web], arguments.demo)
        return _watch(children)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(list(children.values()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_true", help="load the demo year, print its links")
    return parser.parse_args()


def _address() -> tuple[str, int]:
    return os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))


def _migrate() -> None:
    settings = Settings.from_environment()
    app = create_app(settings)
    with app.app_context():
        if not migrations_current():
            print("Migrating the database …", flush=True)
            flask_migrate.upgrade()
        db.engine.dispose()


def _serve_web() -> None:
    host, port = _address()
    Granian(
        "app:serve_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=WEB_PROCESSES,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()


def _work() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app = create_app()
    with app.app_context():
        try:
            work_forever(parts_of(app))
        except KeyboardInterrupt:
            return


def _started(part: Callable[[], None]) -> multiprocessing.process.BaseProcess:
    child = FORK.Process(target=part, name=part.__name__)
    child.start()
    return child


def _announce(server: multiprocessing.process.BaseProcess, demo: bool) -> None:
    host, port = _address()
    address = f"http://{host}:{port}"
    while not _ready(address):
        if not server.is_alive():
            raise SystemExit(f"The web server did not start: is port {port} taken?")
        time.sleep(0.05)
    print(f"Torvet answers at {address} (Ctrl-C stops it).", flush=True)
    if demo:
        print(f"Letters: {address}/dev/outbox", flush=True)
        _flask("demo", "links")
        print(f"A sign-in link works once, for ten minutes. Fresh ones: {address}/dev/", flush=True)


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310 own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _flask(*command: str) -> None:
    program = [sys.executable, "-m", "flask", "--app", "app", *command]
    subprocess.run(program, cwd=ROOT, check=True)


def _watch(children: dict[Callable[[], None], multiprocessing.process.BaseProcess]) -> int:
    """Start a dead letter worker anew; return when the web server has ended."""
    while children[_serve_web].is_alive():
        multiprocessing.connection.wait([child.sentinel for child in children.values()])
        if not children[_work].is_alive():
            time.sleep(1)
            children[_work] = _started(_work)
    return children[_serve_web].exitcode or 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(children: list[multiprocessing.process.BaseProcess]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for child in children:
        child.terminate()
    for child in children:
        child.join(SECONDS_TO_STOP)
        if child.is_alive():
            child.kill()


if __name__ == "__main__":
    sys.exit(main())
