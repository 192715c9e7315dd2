"""Runs every measurement on both databases and prints figures, ratios and whether floors hold."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench import report
from bench.bare import inserts
from bench.door import beside_pretix, door_scenarios, lists
from bench.filler import fill
from bench.host import DATABASES, Place, memory_mb, place, running, seeded, served, settle
from bench.scenarios import Told, measured, scenarios, statements, summed, thin
from bench.thin import make_table
from tests.running import free_port

CLIENTS = (8, 32)
YARDSTICKS = (1, *CLIENTS)
TICKETS = 20_000


def main() -> int:
    """Measure and print; 1 where a floor is not reached."""
    arguments = _arguments()
    lines: list[report.Line] = []
    with tempfile.TemporaryDirectory(prefix="torvet-bench-", dir=arguments.folder) as base:
        for size in arguments.tickets or [TICKETS]:
            for database in arguments.database or DATABASES:
                with place(database, Path(base) / f"{database}-{size}") as where:
                    lines += _measured_on(where, arguments, size)
    print(report.table(lines))
    missed = [line for line in lines if line.missed]
    print(f"\n{len(lines) - len(missed)} figures within their floors, {len(missed)} not.")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--tickets", type=int, action="append", help="at the door; may be repeated")
    parser.add_argument("--filler", type=int, default=0, help="more tickets, made of rows alone")
    parser.add_argument("--door", action="store_true", help="measure the door alone")
    parser.add_argument("--seconds", type=float, default=6.0, help="per measurement")
    parser.add_argument("--folder", help="where the databases lie, on a real disk")
    return parser.parse_args()


def _measured_on(where: Place, arguments: argparse.Namespace, size: int) -> list[report.Line]:
    begun = time.perf_counter()
    _say(f"{where.database}: {size:,} tickets …")
    told = Told.of(where, seeded(where, Told.world(size)))
    seed = report.Line(where.database, f"seed of {size:,}, seconds")
    seed.value = time.perf_counter() - begun
    if arguments.filler:
        fill(where, arguments.filler)
    settle(where)
    lines = [seed, *([] if arguments.door else _start_and_memory(where))]
    yardsticks = _yardsticks(where, arguments.seconds)
    lines += yardsticks.values()
    with served(where, "app:serve_app") as (address, process):
        wanted = door_scenarios(address, told)
        wanted += [] if arguments.door else scenarios(address, told)
        counted = statements(where, wanted)
        for scenario in wanted:
            time.sleep(scenario.rest)
            for clients in scenario.clients or CLIENTS:
                _say(f"{where.database}: {scenario.name}, {clients} clients …")
                seconds = max(arguments.seconds, scenario.longer)
                result = measured(scenario, where, process, clients, seconds)
                line = report.Line(where.database, scenario.name, clients, result)
                line.statements = counted.get(scenario.name)
                yardstick = yardsticks.get(("thin handler", clients))
                line.judge(result, scenario, yardstick.result if yardstick else None)
                lines.append(line)
                if scenario.name == "scan" and where.database == "postgresql":
                    lines.append(beside_pretix(where.database, clients, result))
        if not arguments.filler:
            lines += lists(address, where, told)
    return [*lines, _overbooked(where, told)]


def _yardsticks(where: Place, seconds: float) -> dict[tuple[str, int], report.Line]:
    """The thin handler, and the database's insert without any handler."""
    url = where.environment["BENCH_DATABASE_URL"]
    make_table(url)
    lines = {}
    for clients in YARDSTICKS:
        bare = summed(inserts(url, clients, seconds), 0.0)
        lines["bare insert", clients] = report.Line(where.database, "bare insert", clients, bare)
    with served(where, "bench.thin:create_app") as (address, process):
        for clients in YARDSTICKS:
            found = measured(thin(address), where, process, clients, seconds)
            lines["thin handler", clients] = report.Line(
                where.database, "thin handler", clients, found
            )
    return lines


def _start_and_memory(where: Place) -> list[report.Line]:
    """How long `make serve` needs until it is ready, and what the whole installation takes."""
    begun = time.perf_counter()
    with running(where, [sys.executable, "-m", "deploy.serve"], free_port()) as process:
        ready = time.perf_counter() - begun
        time.sleep(2)
        memory = memory_mb(process)
    return [
        report.Line(where.database, "ready after, seconds", value=ready, at_most=3.0),
        report.Line(where.database, "memory (PSS) in all, MB", value=memory, at_most=400.0),
    ]


def _overbooked(where: Place, told: Told) -> report.Line:
    over = told.overbooked(where)
    return report.Line(where.database, "places given beyond the capacity", value=over, at_most=0.0)


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
