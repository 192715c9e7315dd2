"""A hand scanner types anywhere on the door's page, and each of its tickets is judged in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.checkin.models import Scan
from app.core.database import db
from app.tickets.rules.codes import ticket_url
from tests.browser.accessible import assert_accessible
from tests.checkin.keyboards import typed_on
from tests.checkin.making import Made, workshop
from tests.door.doorphone import DoorPhone, close_windows, in_window
from tests.door.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

NAMES = ("Amina Yusuf", "Bo Lund", "Çelik Öz", "Dina Ek", "Emre Kaya")


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """Five tickets, and a phone that may do everything."""
    made = workshop(names=NAMES, gates=("A",))
    db.session.remove()
    yield made
    db.session.remove()


@pytest.fixture
def page(app: Flask, made: Made, chromium: Browser) -> Iterator[Page]:
    """The page of the phone at gate A, whose answers stay until they were seen."""
    with served(app) as address:
        phone = DoorPhone(in_window(chromium), address, made.tokens["A"])
        phone.start(paired=False)
        phone.ready(len(NAMES))
        yield phone.page
        phone.delivered()
        close_windows(chromium)
    assert phone.faults == []


def fire(page: Page, code: str, keyboard: str = "danish") -> None:
    """Pull the trigger before a ticket."""
    page.keyboard.type(typed_on(keyboard, ticket_url("https://torvet.example", code)))
    page.keyboard.press("Enter")


def seen(page: Page, name: str, look: str = "green") -> None:
    """This guest's answer stands on the screen."""
    page.wait_for_selector(f"#verdict[open][data-look={look}]")
    expect(page.locator("#verdict-name")).to_have_text(name)


def scanned(made: Made) -> list[str]:
    """Which guests have a scan at the server, in the order of the scans."""
    db.session.rollback()
    tickets = db.session.scalars(select(Scan.ticket_id).order_by(Scan.seq, Scan.id))
    return [NAMES[made.tickets.index(ticket)] for ticket in tickets if ticket is not None]


def test_each_ticket_is_judged_in_turn_wherever_the_focus_is(page: Page, made: Made) -> None:
    # Nothing was pressed or chosen.
    fire(page, made.codes[0])
    seen(page, "Amina Yusuf")
    # While an answer stands: its Enter is not that of the button.
    fire(page, made.codes[1], "german")
    seen(page, "Bo Lund")
    # Two at once, and the second was in before.
    fire(page, made.codes[2], "swedish")
    fire(page, made.codes[0], "french with a number pad")
    seen(page, "Amina Yusuf", "amber")
    # An answer that must be read makes way too.
    fire(page, made.codes[3], "swiss")
    seen(page, "Dina Ek")
    page.click("#verdict-next")
    page.click("a[href='#walk-in']")
    page.fill("#walk-in-name", "Frida")
    page.focus("#walk-in-mail")
    fire(page, made.codes[4])
    seen(page, "Emre Kaya")
    page.click("#verdict-next")
    assert page.input_value("#walk-in-mail") == ""
    assert page.input_value("#walk-in-name") == "Frida"
    page.wait_for_selector("#unsent[data-some=false]", state="attached")
    assert scanned(made) == ["Amina Yusuf", "Bo Lund", "Çelik Öz", "Amina Yusuf", *NAMES[3:]]


def test_a_wrong_layout_is_named_and_the_field_for_codes_takes_a_scanner(
    page: Page, made: Made
) -> None:
    fire(page, made.codes[0], "french")
    page.wait_for_selector("#verdict[open][data-verdict=misread]")
    assert page.get_attribute("#verdict", "data-look") == "amber"
    assert "tastaturlayout" in page.inner_text("#verdict-reason")
    assert_accessible(page)
    page.click("#verdict-next")
    page.click("#by-hand summary")
    page.fill("#code", typed_on("french", "ABCDE-FGH23"))
    page.press("#code", "Enter")
    expect(page.locator("#code-wrong")).to_contain_text("tastaturlayout")
    assert page.input_value("#code") == typed_on("french", "ABCDE-FGH23")
    page.fill("#code", "")
    fire(page, made.codes[0], "german")
    seen(page, "Amina Yusuf")
    page.click("#verdict-next")
    assert scanned(made) == ["Amina Yusuf"]
