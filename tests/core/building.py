"""Builds each kept statement from several threads of a fresh process, again and again.

A fresh process, for what threads get wrong of SQLAlchemy's parts they get wrong at the first use:
it is a fork of one that has imported the whole application and built nothing.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from pathlib import Path

from sqlalchemy import Dialect, create_engine
from sqlalchemy.orm import configure_mappers

from app.core.prepared import STATEMENTS, Prepared

THREADS = 8
SWITCH_SECONDS = 1e-6


def compare(rounds: int, told: Path) -> None:
    """Build each so many times over, and write down which did not come out as in one thread."""
    dialect = create_engine("postgresql+psycopg://").dialect
    configure_mappers()
    # What is loaded is shared by all the forks: a collector's walk would copy it to each.
    gc.collect()
    gc.freeze()
    differing = []
    for statement in STATEMENTS:
        (expected,) = built_in_fresh_process(statement, dialect, threads=1)
        for _round in range(rounds):
            built = built_in_fresh_process(statement, dialect, THREADS)
            differing += [f"{sql}\n-- instead of\n{expected}" for sql in built - {expected}]
    told.write_text("\n\n".join(differing))


def built_in_fresh_process(statement: Prepared, dialect: Dialect, threads: int) -> set[str]:
    """The SQL that so many threads make of it when they begin at once."""
    reading, answering = os.pipe()
    child = os.fork()
    if child == 0:
        sys.setswitchinterval(SWITCH_SECONDS)
        with os.fdopen(answering, "w") as answer:
            json.dump(sorted(_built(statement, dialect, threads)), answer)
        os._exit(0)
    os.close(answering)
    with os.fdopen(reading) as answer:
        built = set(json.load(answer))
    os.waitpid(child, 0)
    return built


def _built(statement: Prepared, dialect: Dialect, threads: int) -> set[str]:
    built: set[str] = set()
    start = threading.Barrier(threads)

    def build() -> None:
        start.wait()
        try:
            built.add(statement.make_form(dialect).sql)
        except Exception as error:
            built.add(repr(error))

    working = [threading.Thread(target=build) for _ in range(threads)]
    for thread in working:
        thread.start()
    for thread in working:
        thread.join()
    return built
