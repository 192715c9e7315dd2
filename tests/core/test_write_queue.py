"""The line before a SQLite file: one at a time, over threads and processes, and nobody stuck."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app.core.database import db, writing
from app.core.limits import LimitCount
from app.core.refusals import Unavailable
from app.core.write_queue import WriteQueue

HOLDER = """
import sys, time
from pathlib import Path
from app.core.write_queue import WriteQueue
WriteQueue(Path(sys.argv[1])).enter()
print("in", flush=True)
time.sleep(60)
"""


@contextmanager
def held_by_another_process(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has entered the line and does not leave."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database)], stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None and holder.stdout.readline() == "in\n"
        yield holder
        holder.kill()


def test_threads_are_let_in_one_at_a_time(tmp_path: Path) -> None:
    queue, inside, most = WriteQueue(tmp_path / "torvet.db"), [0], [0]

    def write() -> None:
        for _turn in range(20):
            queue.enter()
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.0005)
            inside[0] -= 1
            queue.leave()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == [1]


def test_who_waits_too_long_for_another_thread_is_told_so(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "torvet.db", longest_wait=0.1)
    queue.enter()
    with pytest.raises(Unavailable):
        queue.enter()
    queue.leave()
    queue.enter()


def test_who_waits_too_long_for_another_process_is_told_so(tmp_path: Path) -> None:
    database = tmp_path / "torvet.db"
    queue = WriteQueue(database, longest_wait=0.1)
    with held_by_another_process(database), pytest.raises(Unavailable):
        queue.enter()
    queue.enter()


def test_a_line_that_cannot_be_opened_keeps_nobody_waiting(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "nowhere" / "torvet.db")
    for _turn in range(2):
        with pytest.raises(FileNotFoundError):
            queue.enter()


def test_a_killed_process_leaves_the_line(tmp_path: Path) -> None:
    database = tmp_path / "torvet.db"
    with held_by_another_process(database) as holder:
        holder.kill()
        holder.wait()
        WriteQueue(database).enter()


@pytest.mark.only_on("sqlite")
@pytest.mark.usefixtures("database")
def test_a_failed_transaction_leaves_the_line_for_the_next(app: Flask) -> None:
    for _turn in range(3):
        with pytest.raises(ZeroDivisionError), writing(), db.engine.begin() as connection:
            connection.execute(LimitCount.__table__.delete())  # type: ignore[attr-defined]
            _ = 1 / 0
    with writing(), db.engine.begin() as connection:
        connection.execute(LimitCount.__table__.delete())  # type: ignore[attr-defined]


@pytest.mark.only_on("sqlite")
@pytest.mark.usefixtures("database")
def test_readers_do_not_stand_in_line(app: Flask) -> None:
    with held_by_another_process(Path(str(db.engine.url.database))), db.engine.connect() as one:
        assert one.execute(db.select(LimitCount)).all() == []
