"""An event's life on a consultant's phone: made, corrected, copied, moved and called off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.unit_of_work import unit_of_work
from app.events import queries as events
from app.people import services as people
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import PHONE, opened
from tests.running import Server

pytestmark = pytest.mark.only_on("sqlite")
GUEST = "hodan@forening.example"
# In no week of this year are the clocks changed.
YEAR = clock.today().year + 1
DESK = "/desk/events/foraeldredialog"


@pytest.fixture
def guest(chromium: Browser, server: Server) -> Iterator[Page]:
    """The phone of somebody who comes."""
    context = chromium.new_context(viewport=PHONE, locale="da-DK", base_url=server.address)
    yield from opened(context)


def test_an_event_is_made_corrected_copied_moved_and_called_off(
    app: Flask, phone: Page, guest: Page
) -> None:
    sign_in(phone, "anna@desk.example", staff=True)
    make(phone)
    preview_and_publish(phone, guest)
    correct(phone, guest)
    give_places(phone)
    enrol(guest)
    copy(phone)
    move_and_take_back(phone, guest)
    call_off(phone, guest)


def make(phone: Page) -> None:
    """The first try names what is wrong and loses no word."""
    phone.goto("/desk/events/")
    phone.get_by_role("link", name="Nyt arrangement").first.click()
    words = {"title_da": "Forældredialog", "slug": "foraeldredialog", "place": "Kulturhuset"}
    days = {
        "starts": f"{YEAR}-06-10T10:00",
        "ends": f"{YEAR}-06-10T09:00",
        "opens": f"{YEAR - 1}-01-04T10:00",
        "deadline": f"{YEAR}-06-09T10:00",
    }
    for name, value in (words | days).items():
        phone.locator(f"#{name}").fill(value)
    press(phone)
    assert_accessible(phone)
    expect(phone.locator("#error-summary")).to_contain_text("efter begyndelsen")
    for name, value in (words | days).items():
        expect(phone.locator(f"#{name}")).to_have_value(value)
    phone.locator("#ends").fill(f"{YEAR}-06-10T15:00")
    press(phone)
    expect(phone).to_have_url(re.compile(f"{DESK}$"))
    expect(phone.locator("main")).to_contain_text("Kladde")


def preview_and_publish(phone: Page, guest: Page) -> None:
    """As guests will see it; until then there is nothing for them."""
    phone.get_by_role("link", name="Se det, som gæster ser det").click()
    expect(phone.locator("h1")).to_have_text("Forældredialog")
    expect(phone.locator("main")).to_contain_text("Kulturhuset")
    assert status(guest) == 404
    phone.goto(DESK)
    phone.get_by_role("button", name="Offentliggør").click()
    expect(phone.locator("main")).to_contain_text("Offentliggjort")
    assert status(guest) == 200


def correct(phone: Page, guest: Page) -> None:
    """A text that stands wrong is set right; the trail says by whom."""
    phone.get_by_role("link", name="Ret", exact=True).click()
    phone.locator("#summary_da").fill("For dig, der taler med forældre.")
    press(phone)
    expect(phone.locator("main table")).to_contain_text("Anna Holm")
    guest.goto("/events/foraeldredialog")
    expect(guest.locator(".lead")).to_have_text("For dig, der taler med forældre.")


def give_places(phone: Page) -> None:
    """From the event's own page."""
    phone.get_by_role("link", name="Pladser og deltagere").click()
    phone.locator("#capacity").fill("12")
    press(phone)
    expect(phone.locator("main")).to_contain_text("0 af 12")


def enrol(guest: Page) -> None:
    """Somebody comes."""
    guest.goto("/events/foraeldredialog/enrol")
    guest.locator("#name").fill("Hodan Jaamac")
    guest.locator("#mail").fill(GUEST)
    press(guest)
    expect(guest.locator("main")).to_contain_text(GUEST)


def copy(phone: Page) -> None:
    """The copy is a draft a week later, with every day shifted and nobody on it."""
    phone.goto(DESK)
    phone.get_by_role("link", name="Kopiér").click()
    phone.locator("#starts").fill(f"{YEAR}-06-17T11:00")
    press(phone)
    expect(phone.locator("#deadline")).to_have_value(f"{YEAR}-06-16T11:00")
    expect(phone.locator("#ends")).to_have_value(f"{YEAR}-06-17T16:00")
    expect(phone.locator("#title_da")).to_have_value("Forældredialog")
    phone.goto(DESK)


def move_and_take_back(phone: Page, guest: Page) -> None:
    """From … to …, in a letter that can be called back, and in calendars."""
    before = sequence()
    phone.get_by_role("link", name="Flyt eller aflys").click()
    phone.locator("#starts").fill(f"{YEAR}-06-11T10:00")
    phone.locator("#ends").fill(f"{YEAR}-06-11T15:00")
    phone.locator("#place").fill("Biblioteket")
    phone.locator("#sure").check()
    press(phone)
    expect(phone.locator(".alert-success")).to_contain_text("1 brev")
    letter = newest_letter("workshops/moved")
    was, becomes = letter.text.split("Til: ")
    assert "10. juni" in was and "Kulturhuset" in was
    assert "11. juni" in becomes and "Biblioteket" in becomes
    assert letter.due_at - letter.created_at >= timedelta(minutes=1)
    assert sequence() == before + 1
    guest.goto("/events/foraeldredialog")
    expect(guest.locator("main")).to_contain_text("Biblioteket")
    phone.get_by_role("button", name="Tag det tilbage").click()
    expect(phone.locator(".alert-success")).to_contain_text("Intet brev er sendt")
    assert newest_letter("workshops/moved").state is LetterState.CALLED_BACK
    guest.goto("/events/foraeldredialog")
    expect(guest.locator("main")).to_contain_text("Kulturhuset")


def call_off(phone: Page, guest: Page) -> None:
    """Letter, public page and own page say why, and where to go instead."""
    phone.get_by_role("link", name="Flyt eller aflys").click()
    phone.locator("summary", has_text="Aflys arrangementet").click()
    phone.locator("#call-off button[type=submit]").click()
    expect(phone.locator("#error-summary")).to_be_visible()
    assert_accessible(phone)
    phone.locator("#because").fill("Huset er under vand.")
    phone.locator("#call-off button[type=submit]").click()
    expect(phone.locator("main")).to_contain_text("Aflyst")
    assert_accessible(phone)
    assert "Huset er under vand." in newest_letter("workshops/called_off").text
    guest.goto("/events/foraeldredialog")
    expect(guest.locator("main")).to_contain_text("Huset er under vand.")
    sign_in(guest, GUEST)
    guest.goto("/my")
    expect(guest.locator("main")).to_contain_text("Huset er under vand.")
    assert_accessible(guest)
    guest.get_by_role("link", name="Se, hvad der sker").first.click()
    expect(guest).to_have_url(re.compile(r"/$"))


def sign_in(page: Page, email: str, *, staff: bool = False) -> None:
    """By a link as in the mail."""
    with unit_of_work():
        if staff:
            people.add_staff(email, StaffRole.ADMIN, name="Anna Holm")
        token, _ = people.make_link(email)
    db.session.remove()
    page.goto(f"/sign-in/{token}")
    press(page)


def press(page: Page) -> None:
    """The page's main button, until the next page is there."""
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def status(guest: Page) -> int:
    """How the public address answers; asked beside the page, for a 404 is told in its console."""
    return guest.request.get("/events/foraeldredialog").status


def newest_letter(kind: str) -> Letter:
    """The letter of that kind written last, as it stands now."""
    db.session.remove()
    ours = select(Letter).where(Letter.kind == kind, Letter.email == GUEST)
    return db.session.scalars(ours.order_by(Letter.id.desc()).limit(1)).one()


def sequence() -> int:
    """What calendars take a newer date by."""
    db.session.remove()
    return events.event_by_slug("foraeldredialog").sequence
