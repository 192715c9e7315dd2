"""The lead's pages in a browser: clean for axe-core, and kept up to date while somebody looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize

from app.checkin.services import terms
from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.crowd.rules.estimates import Passages
from app.crowd.services import corrections, tallies
from app.devices.queries.devices import device
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices
from app.door.desk.overview import EVERY
from tests.browser.accessible import assert_accessible
from tests.browser.test_desk_pages import sign_in
from tests.checkin.making import Made, deliver, offline, scan, workshop
from tests.door.serving import Served

pytestmark = [pytest.mark.only_on("sqlite"), pytest.mark.slow]

DESK = "/desk/door/dialog"
NARROW: ViewportSize = {"width": 320, "height": 900}
WIDE: ViewportSize = {"width": 1280, "height": 900}
STATES = (
    DESK,
    f"{DESK}/missing?search=bo",
    f"{DESK}/conflicts",
    f"{DESK}/overrides",
    f"{DESK}/quarantine",
    f"{DESK}/devices/ready",
    f"{DESK}/terms",
    f"{DESK}/terms/gate",
    f"{DESK}/crowd",
    f"{DESK}/unsent",
)


@pytest.fixture
def made(app: object) -> Made:
    """A door where everything has happened that can be shown."""
    made = workshop()
    deliver(made, "A", offline("s1", made.codes[0], "12:00"), {"id": "noise"})
    deliver(made, "B", offline("s2", made.codes[0], "12:07", gate="B"))
    deliver(made, "A", offline("again", made.codes[0], "12:09"))
    now = clock.now()
    with unit_of_work():
        scanner = made.scanner("A").name
        tallies.count(tallies.Counter(made.event.id, scanner, "A"), Passages(90, 10), now, now)
        terms.set_terms(made.event.id, DoorTerms(most_inside=80))
        corrections.correct(made.event.id, "A", Passages(-2, 0), "pressed twice")
        devices.unlock_names(device(made.event.id, int(scanner)), made.event)
    db.session.remove()
    return made


def test_the_leads_pages_are_accessible_with_everything_on_them(
    made: Made, server: Served, phone: Page
) -> None:
    one = f"{DESK}/devices/{made.scanner('A').name}"
    sign_in(phone)
    for path in (*STATES, one):
        phone.set_viewport_size(NARROW)
        phone.goto(path)
        assert_accessible(phone)
    phone.set_viewport_size(WIDE)
    phone.goto(DESK)
    assert_accessible(phone)


def test_the_overview_follows_while_it_is_looked_at(
    made: Made, server: Served, phone: Page
) -> None:
    sign_in(phone)
    asked: list[str] = []
    phone.on("request", lambda one: asked.append(one.url) if "/live?" in one.url else None)
    phone.clock.install()
    phone.goto(DESK)
    phone.click("#live summary")
    deliver(made, "C", scan("s3", made.codes[1], gate="C"))
    db.session.remove()
    with phone.expect_response("**/live**"):
        phone.clock.run_for(EVERY * 1000)
    phone.locator(".figure-success .figure-number", has_text="2").wait_for()
    assert phone.evaluate("document.querySelector('#live details').open")
    look_away(phone, True)
    phone.clock.run_for(EVERY * 10_000)
    assert len(asked) == 1
    with phone.expect_response("**/live**"):
        look_away(phone, False)
    phone.click("#live-switch")
    phone.clock.run_for(EVERY * 10_000)
    assert len(asked) == 2


def look_away(phone: Page, away: bool) -> None:
    """What the browser tells a page whose tab is hidden, or seen again."""
    phone.evaluate(
        """away => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => away });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        away,
    )
