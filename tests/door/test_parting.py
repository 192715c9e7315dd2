"""A phone whose time at the gate is over: what it still has gets out, what it knew is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from app.checkin.services import unsent
from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.crowd.models import Tally
from app.devices.models import Device
from app.devices.services import devices
from app.workshops.models import Admission
from tests.browser.accessible import assert_accessible
from tests.checkin.making import Made, workshop
from tests.door.doorphone import CAMERA, DoorPhone, close_windows, in_window
from tests.door.serving import served
from tests.door.test_offline import FIRST, told

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

SCANS = "**/api/v1/checkin/scans"
TALLIES = "**/api/v1/checkin/tallies"
ONE_WAITS = "Ikke sendt endnu: 1. De bliver på telefonen, til de er sendt."
# A clock that can be put forward while the page is open.
LATER = """
(() => {
  globalThis.later = 0;
  const now = Date.now;
  Date.now = () => now() + later;
})();
"""
SEVEN_HOURS = 7 * 3_600_000
ONLINE = "dispatchEvent(new Event('online'))"

Phones = Callable[[str], DoorPhone]


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """A workshop of three, with doors at three gates."""
    made = workshop()
    db.session.remove()
    yield made
    db.session.remove()


@pytest.fixture
def phones(app: Flask, made: Made, chromium: Browser) -> Iterator[Phones]:
    """Starts the phone of a gate, ready for work without network."""
    started = []
    with served(app) as address:

        def start(gate: str) -> DoorPhone:
            phone = DoorPhone(in_window(chromium), address, made.tokens[gate], CAMERA + LATER)
            phone.start(paired=False)
            phone.ready(3)
            started.append(phone)
            return phone

        yield start
        close_windows(chromium)
    assert [phone.faults for phone in started] == [[] for _ in started]


def saved(page: Page, file: Path) -> bytes:
    """The file of what waits, as the desk gets it."""
    with page.expect_download() as coming:
        page.click("#save-unsent")
    coming.value.save_as(file)
    expect(page.locator("#save-said")).to_have_text(
        "Filen er gemt. Giv den til den ansvarlige for arrangementet."
    )
    return file.read_bytes()


def too_many(route: Route) -> None:
    """Take nothing now, as a server that is asked too often."""
    route.fulfill(status=429, content_type="application/problem+json", body="{}")


def device_at(gate: str) -> Device:
    """The device of a gate."""
    return db.session.scalars(select(Device).where(Device.gate == gate)).one()


def test_a_phone_whose_place_another_took_hands_its_scans_over_as_a_file(
    phones: Phones, made: Made, tmp_path: Path
) -> None:
    phone = phones("A")
    page = phone.page
    page.context.set_offline(True)
    assert told(phone.scan(made.codes[0])) == FIRST
    with unit_of_work():
        devices.pair(devices.offer_pairing(device_at("A")))
    db.session.remove()
    page.context.set_offline(False)
    page.evaluate(ONLINE)
    expect(page.locator("#revoked")).to_contain_text("Ikke sendt endnu: 1.")
    assert phone.count("roster") == 0
    page.click('#tabs a[href="#more"]')
    open_page = saved(page, tmp_path / "open.json")
    phone.reopen()
    expect(page.locator("#leftovers-said")).to_have_text(ONE_WAITS)
    assert_accessible(page)
    later = saved(page, tmp_path / "later.json")
    assert phone.waiting() == 1
    for content, known in ((open_page, False), (later, True)):
        with unit_of_work():
            taken = unsent.import_unsent(made.event.id, content, clock.now(), keep=True)
        assert [(one.verdict, one.known) for one in taken.answers] == [("admitted", known)]


def test_leaving_sends_the_counts_first_and_the_rest_from_the_page_that_follows(
    phones: Phones, made: Made
) -> None:
    with_network, without = phones("A"), phones("B")
    for number, phone in enumerate((with_network, without)):
        page = phone.page
        page.context.route(SCANS, too_many)
        page.context.route(TALLIES, too_many)
        assert told(phone.scan(made.codes[number])) == FIRST
        page.click('#tabs a[href="#count"]')
        page.click("#count-in")
        expect(page.locator("#counted")).to_contain_text("1")
    without.page.context.set_offline(True)
    without.page.evaluate(ONLINE)
    expect(without.page.locator("#network")).to_have_attribute("data-state", "offline")
    for phone in (with_network, without):
        phone.page.context.unroute(TALLIES)
        phone.page.evaluate("location.hash = 'unpair'")
        phone.page.click("#unpair-form form button")
    expect(without.page.locator("#unpair-warning")).to_contain_text("ikke parret mere")
    without.page.context.set_offline(False)
    without.reopen()
    for phone in (with_network, without):
        page = phone.page
        expect(page.locator("#leftovers-said")).to_have_text(ONE_WAITS)
        page.context.unroute(SCANS)
        page.evaluate(ONLINE)
        expect(page.locator("#leftovers")).to_be_hidden()
        expect(page.locator("h1")).to_have_text("Denne telefon er ikke parret")
        assert phone.waiting() == phone.count("roster") == phone.count("moves") == 0
    assert {device_at(gate).left_at is not None for gate in "AB"} == {True}
    came = {one.ticket_id for one in db.session.scalars(select(Admission))}
    assert came == set(made.tickets[:2])
    counted = {one.gate: one.entered for one in db.session.scalars(select(Tally))}
    assert counted == {"A": 1, "B": 1}


def test_an_open_phone_without_network_forgets_its_list_when_the_event_is_over(
    phones: Phones, made: Made
) -> None:
    phone = phones("C")
    page = phone.page
    page.context.set_offline(True)
    assert told(phone.type(made.codes[0])) == FIRST
    assert phone.count("roster") > 0
    page.evaluate(f"later = {SEVEN_HOURS}")
    page.evaluate(ONLINE)
    expect(page.locator("#network")).to_have_attribute("data-state", "offline")
    phone.emptied()
    assert phone.waiting() == 1
    page.context.set_offline(False)
    page.evaluate("later = 0")
    phone.delivered()
    phone.ready(3)
    assert phone.count("roster") > 0


def test_a_phone_that_was_left_without_network_is_paired_anew_and_stays_so(phones: Phones) -> None:
    phone = phones("C")
    page = phone.page
    page.context.set_offline(True)
    page.evaluate(ONLINE)
    expect(page.locator("#network")).to_have_attribute("data-state", "offline")
    page.evaluate("location.hash = 'unpair'")
    page.click("#unpair-form form button")
    expect(page.locator("#unpair-warning")).to_contain_text("ikke parret mere")
    page.context.set_offline(False)
    with unit_of_work():
        code = devices.offer_pairing(device_at("C"))
    db.session.remove()
    page.goto(f"{phone.address}/door/pair/{code}")
    page.click(".pairing-yes button")
    phone.ready(3)
    phone.reload()
    assert device_at("C").left_at is None
