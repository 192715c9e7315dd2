"""Runs every measurement on both databases and prints figures, ratios and whether floors hold."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench import report
from bench.host import DATABASES, Place, memory_mb, place, running, seeded, served
from bench.scenarios import ENROLMENTS, Told, measured, scenarios, statements, thin
from bench.thin import make_table
from tests.running import free_port

CLIENTS = (8, 32)


def main() -> int:
    """Measure and print; 1 where a floor is not reached."""
    arguments = _arguments()
    lines: list[report.Line] = []
    with tempfile.TemporaryDirectory(prefix="torvet-bench-", dir=arguments.folder) as base:
        for database in arguments.database or DATABASES:
            with place(database, Path(base) / database) as where:
                lines += _measured_on(where, arguments.seconds)
    print(report.table(lines))
    missed = [line for line in lines if line.missed]
    print(f"\n{len(lines) - len(missed)} figures within their floors, {len(missed)} not.")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--seconds", type=float, default=6.0, help="per measurement")
    parser.add_argument("--folder", help="where the databases lie, on a real disk")
    return parser.parse_args()


def _measured_on(where: Place, seconds: float) -> list[report.Line]:
    begun = time.perf_counter()
    _say(f"{where.database}: {ENROLMENTS:,} tickets …")
    told = Told.of(where, seeded(where, Told.WORLD))
    lines = [report.Line(where.database, "seed, seconds", value=time.perf_counter() - begun)]
    lines += _start_and_memory(where)
    make_table(where.environment["BENCH_DATABASE_URL"])
    with served(where, "bench.thin:create_app") as (address, process):
        thin_rates = {n: measured(thin(address), where, process, n, seconds) for n in CLIENTS}
    for clients, rate in thin_rates.items():
        lines.append(report.Line(where.database, "thin handler", clients, rate))
    counted = statements(where, told)
    with served(where, "app:create_app") as (address, process):
        for scenario in scenarios(address, told):
            for clients in scenario.clients or CLIENTS:
                _say(f"{where.database}: {scenario.name}, {clients} clients …")
                result = measured(scenario, where, process, clients, seconds)
                line = report.Line(where.database, scenario.name, clients, result)
                line.statements = counted.get(scenario.name)
                line.judge(result, scenario, thin_rates.get(clients))
                lines.append(line)
    return [*lines, _overbooked(where, told)]


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
