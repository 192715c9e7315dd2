"""What the people at the gate see at a glance and may switch: all of it in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.checkin.services import terms, unsent
from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.devices.rules.limits import Inside
from app.devices.rules.terms import DoorTerms
from app.workshops.models import Admission
from app.workshops.services import changing, leaving
from app.workshops.services.changing import Change
from tests.browser.accessible import assert_accessible
from tests.checkin.making import Made, workshop
from tests.door.doorphone import CAMERA, DoorPhone, close_windows, in_window
from tests.door.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

# A lamp beside the camera, and an ear for tones.
LAMP_AND_EAR = """
(() => {
  globalThis.lamp = []; globalThis.tones = 0;
  const track = MediaStreamTrack.prototype;
  track.getCapabilities = () => ({ torch: true });
  track.applyConstraints = async ({ advanced: [{ torch }] }) => lamp.push(torch);
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { tones += 1; start.apply(this, when); };
})();
"""

IN_DOUBT = "Spørg venligt. I tvivl: kald på den ansvarlige."


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """Groups of four, one of them with an interpreter."""
    made = workshop(seats=4)
    with unit_of_work():
        wish = Change("Amina Yusuf", 4, interpreter="arabisk", access="kørestol")
        changing.change(made.enrolments[0], wish)
    db.session.remove()
    yield made
    db.session.remove()


@pytest.fixture
def phone(app: Flask, made: Made, chromium: Browser) -> Iterator[DoorPhone]:
    """A phone at gate A with a lamp."""
    with served(app) as address:
        phone = DoorPhone(in_window(chromium), address, made.tokens["A"], CAMERA + LAMP_AND_EAR)
        phone.start(paired=False)
        phone.ready(3)
        yield phone
        close_windows(chromium)
    assert phone.faults == []


def held_up(phone: DoorPhone, code: str) -> Page:
    """The answer to a code, left on the screen."""
    page = phone.page
    if page.get_attribute("#advance", "aria-pressed") == "true":
        page.evaluate("document.getElementById('advance').click()")
    if not page.is_visible("#code"):
        page.click("#by-hand summary")
    page.fill("#code", code)
    page.click("#page-form button")
    page.wait_for_selector("#verdict[open]")
    return page


def test_a_group_comes_in_at_once_and_the_note_for_staff_stands_on_the_screen(
    phone: DoorPhone, made: Made
) -> None:
    phone.page.context.set_offline(True)
    page = held_up(phone, made.codes[0])
    assert page.inner_text("#verdict-group") == "Gruppe på 4"
    assert "arabisk" in page.inner_text("#verdict-notes")
    assert "kørestol" in page.inner_text("#verdict-notes")
    assert_accessible(page)


def test_the_note_for_staff_is_in_the_language_of_the_page(phone: DoorPhone, made: Made) -> None:
    """The telephone itself is Danish."""
    phone.page.goto(f"{phone.address}/door/?language=ar")
    phone.page.wait_for_selector("#network[data-state=online]")
    page = held_up(phone, made.codes[0])
    assert "مترجم" in page.inner_text("#verdict-notes")


def test_network_age_of_the_list_and_unsent_stand_on_every_screen_and_over_an_answer(
    phone: DoorPhone, made: Made
) -> None:
    page = phone.page
    page.context.set_offline(True)
    held_up(phone, made.codes[1])
    expect(page.locator("#verdict-status")).to_have_text(
        "Offline: intet net · Liste: lige nu · Ikke sendt: 1"
    )
    page.click("#verdict-next")
    for panel in ("search", "walk-in", "count", "more", "scan"):
        page.click(f'#tabs a[href="#{panel}"]')
        for fact in ("#network", "#list-age", "#unsent"):
            expect(page.locator(fact)).to_be_in_viewport()


def test_the_light_and_the_sound_are_switched_and_the_sound_stays_off(
    phone: DoorPhone, made: Made
) -> None:
    page = phone.page
    for _ in range(2):
        page.click("#torch")
    assert page.evaluate("lamp") == [True, False]
    held_up(phone, made.codes[0])
    assert page.evaluate("tones") == 2
    page.click("#verdict-next")
    page.click("#sound")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    held_up(phone, made.codes[1])
    assert page.evaluate("tones") == 0


def test_green_goes_by_itself_and_what_must_be_read_stays(phone: DoorPhone, made: Made) -> None:
    page = phone.page
    page.evaluate("document.getElementById('advance').click()")
    page.click("#by-hand summary")
    for look, gone in (("green", True), ("amber", False)):
        page.fill("#code", made.codes[1])
        page.click("#page-form button")
        page.wait_for_selector(f"#verdict[open][data-look={look}]")
        if gone:
            page.wait_for_selector("#verdict", state="hidden")
        else:
            page.wait_for_timeout(4500)
            assert page.is_visible("#verdict")
    expect(page.locator("#verdict-then")).to_have_text(IN_DOUBT)
    page.click("#verdict-next")
    with unit_of_work():
        leaving.cancel(made.enrolments[2])
    db.session.remove()
    held_up(phone, made.codes[2])
    expect(page.locator("#verdict[data-look=red] #verdict-then")).to_have_text(IN_DOUBT)


def test_a_full_house_is_told_to_those_who_scan(phone: DoorPhone, made: Made) -> None:
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(most_inside=5, limit_of=Inside.BOTH))
    db.session.remove()
    page = phone.page
    expect(page.locator("#crowd-notice")).to_be_hidden()
    held_up(phone, made.codes[1])
    page.click("#verdict-next")
    held_up(phone, made.codes[2])
    page.click("#verdict-next")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#crowd-notice")).to_have_text("Fuldt: ikke flere ind")
    assert_accessible(page)
    page.click('#tabs a[href="#count"]')
    expect(page.locator("#crowd-notice")).to_be_hidden()
    expect(page.locator("#inside-of")).to_have_text("Med og uden billet tilsammen")


def test_what_was_not_sent_is_saved_as_a_file_that_the_desk_takes_in(
    phone: DoorPhone, made: Made, tmp_path: Path
) -> None:
    page = phone.page
    page.context.set_offline(True)
    held_up(phone, made.codes[0])
    page.click("#verdict-next")
    phone.walk_in("Hanne Vandrer")
    page.click('#tabs a[href="#more"]')
    with page.expect_download() as coming:
        page.click("#save-unsent")
    file = tmp_path / "unsent.json"
    coming.value.save_as(file)
    content = file.read_text()
    assert made.codes[0] not in content
    assert "Hanne" not in content
    assert len(json.loads(content)["scans"]) == 1
    for again in (False, True):
        with unit_of_work():
            taken = unsent.import_unsent(made.event.id, content.encode(), clock.now(), keep=True)
        assert [one.verdict for one in taken.answers] == ["admitted", "admitted"]
        assert all(one.known is again for one in taken.answers)
    assert len(db.session.scalars(select(Admission)).all()) == 2
