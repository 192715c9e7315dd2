"""A phone that may choose for which session of a course it scans, and that admits to no other."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Playwright, expect
from sqlalchemy import select

from app.checkin.models import Scan
from app.checkin.services.terms import set_terms
from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device, device_by_token
from app.devices.rules.doors import Doors, EntryRule, ListedSession, Terms
from app.devices.rules.sessions import EARLY, doors_of_phone
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices
from app.events import queries as events
from app.workshops.models import Admission
from tests.checkin.making import Made, deliver, offline, scan, verdicts, workshop
from tests.checkin.test_twin import SCRIPTS, node
from tests.door.doorphone import DoorPhone, on_disk
from tests.door.serving import served
from tests.running import free_port

HOUR = timedelta(hours=1)
MAY = ("scan", "search", "admit", "undo", "session")


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """Two sessions at once in two rooms and one tomorrow, each with a door; A and B may choose."""
    now = clock.now()
    begins = (now - HOUR, now - HOUR / 2, now + 24 * HOUR)
    made = workshop(gates=("A",), sessions=tuple((one, one + 3 * HOUR) for one in begins))
    # A token is read before the transaction that acts for it begins.
    number = int(made.scanner("A").name)
    with unit_of_work():
        for room, one in zip(("Red", "Blue", "Green"), events.sessions(made.event.id), strict=True):
            set_terms(made.event.id, DoorTerms(session_id=one.id), room)
        devices.change_device(device(made.event.id, number), "A", MAY)
        _, token = devices.add_device(made.event.id, "B", ("scan",))
    made.tokens["B"] = str(token)
    db.session.remove()
    yield made
    db.session.remove()


def admitted_to(made: Made) -> list[int]:
    """Which of the sessions somebody came to, 0 for the first."""
    db.session.rollback()
    places = {one.id: place for place, one in enumerate(events.sessions(made.event.id))}
    return sorted(places[one] for one in db.session.scalars(select(Admission.session_id)))


def test_the_chosen_door_is_the_one_of_its_sitting_and_no_other_day_admits(made: Made) -> None:
    answers = deliver(
        made,
        "A",
        scan("s1", made.codes[0], gate="Red"),
        scan("s2", made.codes[0], gate="Blue", seq=2),
        scan("s3", made.codes[0], gate="Blue", seq=3),
        scan("s4", made.codes[1], gate="Green", seq=4),
    )
    assert verdicts(answers) == ["admitted", "admitted", "already", "refused"]
    assert answers[3]["reason"] == "not_yet"
    assert admitted_to(made) == [0, 1]


def test_a_phone_that_may_not_choose_scans_for_the_sitting_that_is_on(made: Made) -> None:
    assert verdicts(deliver(made, "B", scan("s1", made.codes[0], gate="Green"))) == ["admitted"]
    assert admitted_to(made) == [0]


def test_what_was_chosen_without_network_is_delivered_to_the_same_sitting(made: Made) -> None:
    at = clock.now().isoformat()
    late = offline("s1", made.codes[0], "12:00", gate="Blue") | {"at": at, "shown": "green"}
    assert verdicts(deliver(made, "A", late)) == ["admitted"]
    assert admitted_to(made) == [1]


def test_the_right_is_given_by_the_lead_alone(made: Made) -> None:
    with unit_of_work():
        _, token = devices.add_device(made.event.id, "C")
    found = device_by_token(str(token))
    assert found is not None
    assert "session" not in found.rights


def test_phone_and_server_name_the_same_hours_for_each_door() -> None:
    sessions = (ListedSession(1, 0, 10 * EARLY), ListedSession(2, 4 * EARLY, 6 * EARLY))
    terms = {
        "": Terms(kinds=("single",)),
        "A": Terms(session=1),
        "B": Terms(session=2),
        "C": Terms(opens=5 * EARLY, closes=9 * EARLY, session=2),
        "D": Terms(),
    }
    doors = Doors(7, EntryRule(), tuple(terms.items()), sessions)
    chosen = dict(doors_of_phone(doors, "A", chooses=True).terms)
    told = {
        "sessions": [
            {"id": str(one.id), "starts": one.starts, "ends": one.ends} for one in sessions
        ],
        "terms": [
            {"gate": gate, "opens": one.opens, "closes": one.closes, "kinds": None}
            | {"session": str(one.session) if one.session else None}
            for gate, one in terms.items()
        ],
    }
    times = [EARLY, 3 * EARLY, 5 * EARLY, 6 * EARLY, 7 * EARLY]
    asked = json.dumps({"doors": told, "own": "A", "times": times})
    program = Path(__file__).with_name("choices.mjs")
    run = subprocess.run(
        [node(), str(program), str(SCRIPTS)],
        input=asked,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    hours = {gate: (opens, closes) for gate, opens, closes in answer["hours"]}
    assert {gate: hours[gate] for gate in chosen} == {
        gate: (one.opens, one.closes) for gate, one in chosen.items()
    }
    assert answer["open"] == [[], ["B"], ["B", "C"], ["B", "C"], ["C"]]
    fixed = dict(doors_of_phone(doors, "A", chooses=False).terms)
    assert [fixed[gate].session for gate in "ABC"] == [1, None, None]
    assert (fixed["C"].opens, fixed["C"].closes) == (5 * EARLY, 9 * EARLY)


@pytest.mark.browser
@pytest.mark.only_on("sqlite")
def test_the_sitting_is_chosen_on_the_phone_and_holds_without_network(
    app: Flask, made: Made, playwright: Playwright, tmp_path: Path
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    phone = DoorPhone(on_disk(playwright, tmp_path / "profile"), address, made.tokens["A"])
    with served(app, port):
        page = phone.start(paired=False)
        phone.ready(3)
        expect(page.locator("#session-gate option")).to_have_count(3)
        page.select_option("#session-gate", "Blue")
        assert phone.scan(made.codes[0]).verdict == "admitted"
        phone.delivered()
    phone.reload()
    expect(page.locator("#session-gate")).to_have_value("Blue")
    assert phone.scan(made.codes[0]).verdict == "already"
    assert phone.scan(made.codes[1]).verdict == "admitted"
    page.select_option("#session-gate", "")
    assert phone.scan(made.codes[0]).verdict == "admitted"
    with served(app, port):
        phone.delivered()
        phone.close()
    assert admitted_to(made) == [0, 1, 1]
    gates = db.session.scalars(select(Scan.gate).order_by(Scan.seq)).all()
    assert gates == ["Blue", "Blue", "Blue", "A"]
    assert phone.faults == []
