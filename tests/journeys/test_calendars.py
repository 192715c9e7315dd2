"""Calendar files are read alike by three calendar programs: ical.js, node-ical and khal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import force_locale

from app.catalogue import papers
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events import queries as events
from app.events.rules import EventKind
from app.lifecycle.services import telling
from app.workshops.papers import calendars
from app.workshops.services import enrolling, leaving
from app.workshops.services.drafting import Wish
from deploy.npm import node_path
from tests.catalogue import making

ROOT = Path(__file__).resolve().parents[2]
READERS = ROOT / "tests" / "journeys" / "calendar_readers.mjs"
KHAL = Path(sys.executable).with_name("khal")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TODAY = datetime(2027, 6, 1, 15, 30, tzinfo=UTC)
KHAL_SETTINGS = """
[calendars]
[[all]]
path = {folder}/all
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Europe/Copenhagen
default_timezone = Europe/Copenhagen
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""

# UID, from and to in UTC, title, status.
Entry = tuple[str, str, str, str, str]


@pytest.fixture(autouse=True)
def installed() -> None:
    """The three programs; where they are not installed the test is left out with the reason."""
    missing = [
        str(place)
        for place in (KHAL, *(ROOT / "node_modules" / name for name in ("ical.js", "node-ical")))
        if not place.exists()
    ]
    if missing:
        assert not os.environ.get("TORVET_TEST_SKIPS_NOTHING"), missing
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.fixture
def summer(app: Flask) -> Iterator[None]:
    with at(TODAY), force_locale("da"):
        yield


def written(folder: Path, *contents: bytes) -> list[Path]:
    """The files, in the order they reach somebody."""
    paths = [folder / f"{number}.ics" for number, _content in enumerate(contents)]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def by_scripts(paths: Sequence[Path]) -> list[list[Entry]]:
    """What ical.js and node-ical show of each file, which must be the same."""
    # A machine elsewhere: no moment may depend on where it is read.
    environment = {**os.environ, "TZ": "America/New_York"}
    command = [str(node_path()), str(READERS), *map(str, paths)]
    told = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    shown = []
    for file in json.loads(told.stdout):
        first, second = (sorted(map(tuple, file[name])) for name in ("ical.js", "node-ical"))
        assert first == second
        shown.append(first)
    return shown


def by_khal(folder: Path, paths: Sequence[Path]) -> list[Entry]:
    """What stands in khal's calendar once all files were imported in their order."""
    (folder / "all").mkdir()
    settings = folder / "khal.conf"
    settings.write_text(KHAL_SETTINGS.format(folder=folder))
    khal = [str(KHAL), "-c", str(settings)]
    subprocess.run([*khal, "import", "--batch", *map(str, paths)], capture_output=True, check=True)
    columns = "\t".join(("{uid}", "{start-long-full}", "{end-long-full}", "{title}", "{status}"))
    dates = ("2027-01-01", "800d")
    command = [*khal, "list", "--day-format", "", "--format", columns, *dates]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return sorted(_entry(line) for line in told.splitlines() if line)


def _entry(line: str) -> Entry:
    uid, start, end, title, status = line.split("\t")
    return uid, _utc(start), _utc(end), title, status.strip()


def _utc(local: str) -> str:
    moment = datetime.fromisoformat(local).replace(tzinfo=COPENHAGEN)
    return moment.astimezone(UTC).isoformat()[:16]


def at_once(shown: Sequence[Sequence[Entry]]) -> list[Entry]:
    """What a calendar holds after these files: of each UID what came last."""
    return sorted({entry[0]: entry for file in shown for entry in file}.values())


def public(*slugs: str) -> bytes:
    shown = [events.event_by_slug(slug) for slug in slugs]
    return papers.calendar(shown, "torvet.ics").content


def test_three_programs_read_the_same(summer: None, tmp_path: Path) -> None:
    making.event("sommer", days=30)
    making.event("vinter", days=227)
    # Its evenings lie on both sides of the night in October when the clock goes back.
    making.event("kursus", EventKind.COURSE, days=148, sessions=3, capacity=9)
    workshop = making.event("dialog", days=60, capacity=9)
    with unit_of_work():
        learner = enrolling.enrol("kursus", Wish("Åse Øster", "aase@post.example")).place
        parent = enrolling.enrol("dialog", Wish("Amina", "amina@post.example")).place
    first = calendars.calendar(str(parent.ticket.id), "da").content
    with unit_of_work():
        start = TODAY + timedelta(days=61)
        telling.move(workshop, start, start + timedelta(hours=2), "Salen; nord, 2.", "")
    moved = calendars.calendar(str(parent.ticket.id), "da").content
    with unit_of_work():
        leaving.cancel(parent.enrolment.id)
    off = calendars.calendar(str(parent.ticket.id), "da").content
    evenings = calendars.calendar(str(learner.ticket.id), "da").content
    paths = written(tmp_path, public("sommer", "vinter", "kursus"), first, moved, off, evenings)

    shown = by_scripts(paths)
    everything, before, after, gone, learning = shown
    assert [entry[1:3] for entry in sorted(everything, key=lambda entry: entry[1])] == [
        ("2027-07-01T15:30", "2027-07-01T18:30"),
        ("2027-10-27T15:30", "2027-10-27T18:30"),
        ("2027-11-03T15:30", "2027-11-03T18:30"),
        ("2027-11-10T15:30", "2027-11-10T18:30"),
        ("2028-01-14T15:30", "2028-01-14T18:30"),
    ]
    assert sorted(entry[1] for entry in learning) == [
        "2027-10-27T15:30",
        "2027-11-03T15:30",
        "2027-11-10T15:30",
    ]
    assert {entry[3] for entry in learning} == {"Dansk kursus"}
    assert len({entry[0] for entry in [*everything, *learning]}) == 8
    assert before[0][0] == after[0][0] == gone[0][0]
    assert (before[0][1], after[0][1]) == ("2027-07-31T15:30", "2027-08-01T15:30")
    assert [file[0][4] for file in (before, after, gone)] == ["CONFIRMED"] * 2 + ["CANCELLED"]
    assert by_khal(tmp_path, paths) == at_once(shown)
