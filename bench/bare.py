"""The other yardstick: one row inserted and committed, with nothing around it."""

from __future__ import annotations

import multiprocessing
import threading
import time
from multiprocessing.connection import Connection

from sqlalchemy import Engine, insert

from bench.load import PROCESSES, Outcome
from bench.thin import thin_engine, thin_rows


def inserts(url: str, clients: int, seconds: float) -> Outcome:
    """Let that many connections insert for that long, in as many processes as the server has."""
    context = multiprocessing.get_context("spawn")
    parts = []
    for _ in range(PROCESSES):
        near, far = context.Pipe(duplex=False)
        process = context.Process(
            target=_process, args=(url, max(1, clients // PROCESSES), seconds, far)
        )
        process.start()
        parts.append((near, process))
    outcome = Outcome(seconds=seconds)
    for near, process in parts:
        times = near.recv()
        outcome.times += times
        outcome.statuses[200] += len(times)
        process.join()
    return outcome


def _process(url: str, threads: int, seconds: float, answer: Connection) -> None:
    engine = thin_engine(url)
    times: list[float] = []
    working = [
        threading.Thread(target=_insert, args=(engine, seconds, times)) for _ in range(threads)
    ]
    for one in working:
        one.start()
    for one in working:
        one.join()
    answer.send(times)


def _insert(engine: Engine, seconds: float, times: list[float]) -> None:
    statement = insert(thin_rows).values(word="one row").returning(thin_rows.c.id)
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        with engine.begin() as connection:
            connection.execute(statement).scalar_one()
        times.append(time.perf_counter() - begun)
