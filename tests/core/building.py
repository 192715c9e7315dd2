"""Builds each kept statement from several threads of a fresh process, again and again.

    python -m tests.core.building ROUNDS

Prints the statements that did not come out as one thread builds them. A fresh process, for what
threads get wrong of SQLAlchemy's parts they get wrong at the first use: it is a fork of one that
has imported the whole application and built nothing.
"""

from __future__ import annotations

import json
import os
import sys
import threading

from sqlalchemy import Dialect, create_engine
from sqlalchemy.orm import configure_mappers

from app.core.prepared import STATEMENTS, Prepared

THREADS = 8
SWITCH_SECONDS = 1e-6


def main() -> int:
    """Build, compare, and say what differs."""
    dialect = create_engine("postgresql+psycopg://").dialect
    configure_mappers()
    differing = 0
    for statement in STATEMENTS:
        (expected,) = built_in_fresh_process(statement, dialect, threads=1)
        for _round in range(int(sys.argv[1])):
            for sql in built_in_fresh_process(statement, dialect, THREADS) - {expected}:
                sys.stdout.write(f"{sql}\n-- instead of\n{expected}\n\n")
                differing += 1
    return 1 if differing else 0


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


if __name__ == "__main__":
    sys.exit(main())
