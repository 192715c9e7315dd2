"""Several phones through an outage, in a real browser: nothing lost, nothing twice, all agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from app.checkin.models import DoubleAdmission, QuarantinedScan, Scan
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.devices.models import Device
from app.devices.services import devices
from app.workshops.models import Admission
from tests.checkin.making import Made, workshop
from tests.door.doorphone import DoorPhone, in_window
from tests.door.serving import served
from tests.door.test_offline import FIRST, SECOND, told
from tests.running import free_port

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

NAMES = tuple(f"Gæst{n} Prøve" for n in "ABCDEFG")
SHARED = 6


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """A workshop of seven, with doors at three gates."""
    made = workshop(names=NAMES)
    db.session.remove()
    yield made
    db.session.remove()


@contextmanager
def phones(chromium: Browser, made: Made, port: int) -> Iterator[dict[str, DoorPhone]]:
    """A phone for each gate, by gate."""
    all_phones = {
        gate: DoorPhone(in_window(chromium), f"http://127.0.0.1:{port}", token)
        for gate, token in made.tokens.items()
    }
    yield all_phones
    for phone in all_phones.values():
        with suppress(AssertionError):
            phone.close()
        assert phone.faults == []


def test_three_phones_at_three_gates_work_through_an_outage_and_agree_after_it(
    app: Flask, made: Made, chromium: Browser
) -> None:
    port = free_port()
    with phones(chromium, made, port) as by_gate:
        with served(app, port):
            for phone in by_gate.values():
                phone.start(paired=False)
                phone.ready(len(NAMES))
        for place, phone in enumerate(by_gate.values()):
            for holder in (2 * place, 2 * place + 1, SHARED):
                assert told(phone.scan(made.codes[holder])) == FIRST
            # Each would deliver by itself as soon as the server is back: they do so in turn.
            phone.page.context.set_offline(True)
        with served(app, port):
            for phone in reversed(by_gate.values()):
                phone.page.context.set_offline(False)
                phone.delivered()
            by_gate["A"].caught_up(9)
            shown = by_gate["A"].scan(made.codes[5])
            assert told(shown) == SECOND
            assert "C" in shown.reason
            for gate in ("A", "B"):
                by_gate[gate].page.wait_for_selector("#correction")
            seen = [gate for gate, phone in by_gate.items() if phone.corrected()]
            assert seen == ["A", "B"], "who delivers after another hears of it"
    assert len(db.session.scalars(select(Scan)).all()) == 10
    admitted = db.session.scalars(select(Admission)).all()
    assert sorted(one.ticket_id for one in admitted) == sorted(made.tickets)
    doubles = db.session.scalars(select(DoubleAdmission)).all()
    assert [one.ticket_id for one in doubles] == [made.tickets[SHARED]] * 2


def test_a_revoked_phone_forgets_its_list_and_still_delivers_what_it_has(
    app: Flask, made: Made, chromium: Browser
) -> None:
    port = free_port()
    with phones(chromium, made, port) as by_gate:
        phone = by_gate["A"]
        with served(app, port):
            phone.start(paired=False)
            phone.ready(len(NAMES))
        assert told(phone.scan(made.codes[0])) == FIRST
        with unit_of_work():
            devices.revoke(db.session.scalars(select(Device).where(Device.gate == "A")).one())
        db.session.remove()
        with served(app, port):
            phone.delivered()
            phone.page.wait_for_selector("#revoked", state="visible")
            assert phone.count("roster") == phone.count("moves") == 0
            assert phone.page.evaluate("caches.match('/door/')") is None
    (kept,) = db.session.scalars(select(QuarantinedScan)).all()
    assert kept.reason == "revoked"
    assert made.codes[0] in kept.content


def test_at_the_events_end_and_on_leaving_the_list_goes_and_what_waits_stays(
    app: Flask, made: Made, chromium: Browser
) -> None:
    port = free_port()
    with phones(chromium, made, port) as by_gate:
        with served(app, port):
            for gate in ("A", "B"):
                by_gate[gate].start(paired=False)
                by_gate[gate].ready(len(NAMES))
        for holder, gate in enumerate(("A", "B")):
            assert told(by_gate[gate].scan(made.codes[holder])) == FIRST
        by_gate["A"].end_event()
        by_gate["A"].reload()
        by_gate["B"].leave()
        for gate in ("A", "B"):
            assert by_gate[gate].count("roster") == by_gate[gate].count("moves") == 0
            assert by_gate[gate].waiting() == 1
        with served(app, port):
            by_gate["A"].delivered()
            by_gate["B"].reopen()
            by_gate["B"].delivered()
            assert by_gate["A"].count("moves") == 0, "what was wiped came back"
    came = {one.ticket_id for one in db.session.scalars(select(Admission))}
    assert came == set(made.tickets[:2])
