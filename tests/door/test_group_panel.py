"""Of a group some may come: the green screen asks how many, and nobody need answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from app.checkin.models import Scan
from app.core.database import db
from app.workshops.models import Admission
from tests.browser.accessible import assert_accessible
from tests.checkin.making import Made, workshop
from tests.door.doorphone import DoorPhone, close_windows, in_window
from tests.door.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """A ticket for five, and one for one."""
    made = workshop(names=("Amina Yusuf",), seats=5, gates=("A", "B"))
    db.session.remove()
    yield made
    db.session.remove()


@pytest.fixture
def phone(app: Flask, made: Made, chromium: Browser) -> Iterator[DoorPhone]:
    """A phone at gate A; green answers wait to be seen."""
    with served(app) as address:
        phone = DoorPhone(in_window(chromium), address, made.tokens["A"])
        phone.start(paired=False)
        phone.ready(1)
        phone.page.evaluate("document.getElementById('advance').click()")
        yield phone
        close_windows(chromium)
    assert phone.faults == []


def shown(phone: DoorPhone, code: str) -> None:
    """Type a code and leave the answer on the screen."""
    page = phone.page
    if not page.is_visible("#code"):
        page.click("#by-hand summary")
    page.fill("#code", code)
    page.press("#code", "Enter")
    page.wait_for_selector("#verdict[open][data-look=green]")


def seen(phone: DoorPhone) -> None:
    """Press Next."""
    phone.page.click("#verdict-next")
    phone.page.wait_for_selector("#verdict", state="hidden")


def came() -> list[tuple[int, int]]:
    """How many of how many came by each entry, as the server has it."""
    db.session.rollback()
    rows = select(Admission.admits, Admission.seats).order_by(Admission.number)
    return [(row.admits, row.seats) for row in db.session.execute(rows)]


def arrived(phone: DoorPhone) -> list[tuple[int, int]]:
    """The same once the phone has delivered all."""
    phone.delivered()
    return came()


def test_some_of_a_group_come_in_and_the_rest_later(phone: DoorPhone, made: Made) -> None:
    page = phone.page
    shown(phone, made.codes[0])
    expect(page.locator("#verdict-many-asked")).to_have_text("Hvor mange kom ind?")
    expect(page.locator(".verdict-number")).to_have_text(["1", "2", "3", "4", "Alle 5"])
    expect(page.locator("#verdict-next")).to_be_focused()
    assert_accessible(page)
    page.click(".verdict-number:nth-of-type(3)")
    expect(page.locator("#verdict-group")).to_have_text("3 af 5")
    expect(page.locator("#verdict-many")).to_be_hidden()
    seen(phone)
    assert arrived(phone) == [(3, 5)]
    shown(phone, made.codes[0])
    expect(page.locator("#verdict-group")).to_have_text("5 af 5")
    expect(page.locator(".verdict-number")).to_have_text(["1", "Alle 2"])
    seen(phone)
    assert arrived(phone) == [(3, 5), (2, 5)]


def test_nobody_need_answer_and_then_all_came(phone: DoorPhone, made: Made) -> None:
    shown(phone, made.codes[0])
    seen(phone)
    assert arrived(phone) == [(5, 5)]
    assert len(db.session.scalars(select(Scan)).all()) == 1


def test_without_network_the_number_is_kept_and_delivered(phone: DoorPhone, made: Made) -> None:
    assert phone.context is not None
    phone.context.set_offline(True)
    phone.page.evaluate("dispatchEvent(new Event('offline'))")
    shown(phone, made.codes[0])
    phone.page.click(".verdict-number:nth-of-type(2)")
    expect(phone.page.locator("#verdict-group")).to_have_text("2 af 5")
    seen(phone)
    phone.reload()
    shown(phone, made.codes[0])
    expect(phone.page.locator(".verdict-number")).to_have_text(["1", "2", "Alle 3"])
    phone.page.click(".verdict-number:nth-of-type(1)")
    expect(phone.page.locator("#verdict-group")).to_have_text("3 af 5")
    seen(phone)
    assert came() == []
    phone.context.set_offline(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    assert arrived(phone) == [(2, 5), (1, 5)]
    assert len(db.session.scalars(select(Scan)).all()) == 2


def test_the_next_scan_comes_through_while_it_is_asked(
    phone: DoorPhone, made: Made, app: Flask
) -> None:
    """The question makes way for the next code as any green answer does."""
    other = workshop("andet", ("Bo Lund",), gates=())
    db.session.remove()
    shown(phone, made.codes[0])
    phone.hold_up(other.codes[0])
    phone.page.wait_for_selector("#verdict[open][data-look=red]")
    seen(phone)
    assert arrived(phone) == [(5, 5)]


def test_an_undo_takes_the_part_back(phone: DoorPhone, made: Made) -> None:
    shown(phone, made.codes[0])
    phone.page.click(".verdict-number:nth-of-type(3)")
    expect(phone.page.locator("#verdict-group")).to_have_text("3 af 5")
    phone.page.click("#verdict-undo")
    phone.page.wait_for_selector("#verdict[open][data-look=grey]")
    seen(phone)
    assert arrived(phone) == []
