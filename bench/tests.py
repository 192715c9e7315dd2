"""Writes bench/tests.md: what the slowest fifty tests of the last `make test` cost, and why."""

from __future__ import annotations

import argparse
import os
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, parse

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / ".venv" / "tests.xml"
WRITTEN = ROOT / "bench" / "tests.md"
SLOWEST = 50
# Why a test takes its time, by its address: the first that fits is told.
REASONS: tuple[tuple[str, str], ...] = (
    (r"demo\.test_year2010", "loads the whole demo year, once a database"),
    (r"test_building|test_first_requests", "builds every kept statement in fresh processes"),
    (r"test_crash|test_rush", "starts a server twice, kills it under load, sends all again"),
    (r"test_alone|test_offline|test_sittings.*phone", "a phone's browser, and a server that goes"),
    (r"^tests\.browser\.", "a browser and a server; axe-core on every page, width and language"),
    (r"^tests\.engines\.", "a browser of its own for each engine, and a server that goes"),
    (r"test_(panels|glance|parting|phones|browser)\b", "a phone's browser at the door"),
    (r"test_contract", "calls every address of the interface with drawn input"),
    (r"test_types_hold|test_browser_code|test_ruff|test_imports|test_templates_are", "a checker"),
    (r"test_forgeries", "a million codes that are not quite right"),
    (r"test_attack", "every field of every call with everything that is odd"),
    (r"test_order|histories", "five hundred scans in many orders"),
    (r"race|sixty|at_once", "sixty requests in one moment, or its control"),
    (r"test_endpoints|no_link_of_the_day", "opens every page as everybody"),
    (r"test_migrations", "all migrations from nothing"),
    (r"statements|costs_the_same|reads_as_little", "few rows and many, to count statements"),
    (r"limit|flood|pester|hundred|thousand", "as many rows as a limit allows"),
    (r"every_language|accessible", "each page in each language"),
    (r"papers|printing|arithmetic|test_typesetting", "sets papers"),
    (r"twin|choices|reading|delivering", "runs the phone's code in Node.js"),
)
OTHERWISE = "its own work: pages, rows, letters"


@dataclass(frozen=True)
class Test:
    """One test of the report; its seconds are those of its set-up and its tidying too."""

    address: str
    seconds: float

    @property
    def reason(self) -> str:
        """Why it takes its time."""
        fitting = (words for pattern, words in REASONS if re.search(pattern, self.address))
        return next(fitting, OTHERWISE)


def main() -> int:
    """Read the report, write the table; 1 where there is no report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", nargs="?", type=Path, default=REPORT, help="a JUnit report")
    report: Path = parser.parse_args().report
    if not report.exists():
        print(f"{report} is not there: make test writes it.", file=sys.stderr)
        return 1
    tests = [_read(case) for case in parse(report).iter("testcase")]  # noqa: S314 our own report
    WRITTEN.write_text(page(tests))
    return 0


def page(tests: list[Test]) -> str:
    """The whole file."""
    slowest = sorted(tests, key=lambda one: (-one.seconds, one.address))[:SLOWEST]
    seconds = sum(one.seconds for one in tests)
    share = sum(one.seconds for one in slowest) / (seconds or 1)
    rows = (f"| {one.seconds:.1f} | `{one.address}` | {one.reason} |" for one in slowest)
    return "\n".join(
        [
            "# What the slowest tests cost",
            "",
            f"Of the {len(tests):,} tests in the report, {seconds:,.0f} seconds in all, the "
            f"slowest {len(slowest)} take {share:.0%}. Seconds on the clock of one worker, "
            f"set-up and tidying included; {date.today():%Y-%m-%d}, {os.cpu_count()} cores.",  # noqa: DTZ011
            "",
            "`make test` leaves its report in `.venv/tests.xml`, and `python -m bench.tests` "
            "writes this page from it.",
            "",
            "| seconds | test | why |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _read(case: Element) -> Test:
    return Test(f"{case.get('classname')}.{case.get('name')}", float(case.get("time") or 0))


if __name__ == "__main__":
    sys.exit(main())
