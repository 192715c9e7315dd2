"""The whole chain in a phone's browser: apply, a stall, a place, the door, the follow-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, Playwright, expect
from sqlalchemy import select

from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from app.tickets.models import Ticket
from app.tickets.rules.codes import ticket_url
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import PHONE, opened, with_camera
from tests.checkin import making as door
from tests.door.serving import Served
from tests.surveys import making as follow_up
from tests.vendors import making as festival

pytestmark = pytest.mark.only_on("sqlite")
MAIL = "hodan@forening.example"
PATIENCE = 60_000


@pytest.fixture
def desk(chromium: Browser, server: Served) -> Iterator[Page]:
    """A consultant's screen."""
    with unit_of_work():
        people.add_staff("anna@desk.example", StaffRole.ADMIN, name="Anna Holm")
    db.session.remove()
    screen = {"width": 1280, "height": 900}
    context = chromium.new_context(viewport=screen, locale="da-DK", base_url=server.address)
    for page in opened(context):
        sign_in(page, "anna@desk.example")
        yield page


def test_an_association_applies_and_stands_in_the_catalogue(
    app: Flask, phone: Page, desk: Page
) -> None:
    festival.festival()
    phone.goto("/events/international-dag/apply/association")
    follow_mailed_link(phone, MAIL)
    introduce(phone)
    apply_for_a_stall(phone)
    release_all(desk)
    phone.goto("/my")
    phone.locator("main a[href*='/my/applications/']").first.click()
    phone.get_by_role("button", name="Bekræft pladsen").click()
    expect(phone.locator("main")).to_contain_text("Bekræftet")
    agree_to_be_shown(phone)
    phone.goto("/catalogue/international-dag")
    expect(phone.locator("main")).to_contain_text("Kvindeforeningen Æblet")
    in_both_languages(phone)


def test_a_restaurant_gets_a_stall_and_nobody_else_gets_it(app: Flask, desk: Page) -> None:
    event = festival.festival()
    festival.stalls(event, 2)
    for name in ("Damaskus Køkken", "Bombay Bistro"):
        festival.accepted(event, name)
    db.session.remove()
    desk.goto("/desk/vendors/international-dag/plan")
    desk.locator("svg a").first.click()
    desk.locator("#stall-panel input[name=application]").first.check()
    desk.locator("#stall-panel button").first.click()
    expect(desk.locator("#stall-panel")).to_contain_text(re.compile("Damaskus|Bombay"))
    assert_accessible(desk)


def test_from_enrolment_over_the_door_to_the_ticket_page(
    app: Flask, server: Served, phone: Page, desk: Page, playwright: Playwright, tmp_path: Path
) -> None:
    door.workshop("dialog", names=(), gates=())
    db.session.remove()
    code = enrol(phone)
    pairing = pair(desk)
    browser = with_camera(playwright, ticket_url("https://torvet.example", code), tmp_path)
    context = browser.new_context(viewport=PHONE, locale="da-DK", base_url=server.address)
    for gate in opened(context):
        gate.set_default_timeout(PATIENCE)
        gate.goto(pairing)
        gate.locator("main form button").first.click()
        gate.wait_for_selector("#verdict[open][data-look=green]")
        expect(gate.locator("#verdict-name")).to_have_text("Hodan Jaamac")
        gate.wait_for_selector("#verdict", state="hidden")
    browser.close()
    desk.goto("/desk/door/dialog")
    expect(desk.locator("main")).to_contain_text("1")
    assert_accessible(desk)


def test_the_follow_up_is_answered_on_a_phone(app: Flask, phone: Page) -> None:
    token = follow_up.sent(follow_up.AMINA).token("Amina Yusuf")
    db.session.remove()
    phone.goto(f"/s/{token}")
    in_both_languages(phone)
    answer_everything(phone)
    expect(phone.locator("h1")).to_contain_text("Tak")


def sign_in(page: Page, email: str) -> None:
    """Ask for a link, open it, press its button."""
    page.goto("/sign-in")
    follow_mailed_link(page, email)


def follow_mailed_link(page: Page, email: str) -> None:
    """On the page that asks for the mailbox."""
    page.locator("#email").fill(email)
    press(page)
    address = re.search(r"/sign-in/[\w-]{20,}", newest_letter(email))
    assert address
    page.goto(address[0])
    press(page)


def newest_letter(email: str) -> str:
    """The text of the newest letter to a mailbox."""
    wanted = select(Letter.text).where(Letter.email == email).order_by(Letter.id.desc())
    text = db.session.scalars(wanted.limit(1)).one()
    db.session.remove()
    return text


def press(page: Page) -> None:
    """The page's main button."""
    follow(page, page.locator("main form button[type=submit]").first)


def follow(page: Page, button: Locator) -> None:
    """Press a button that leads to a page, until that page is there: a click ends before."""
    with page.expect_navigation():
        button.click()


def introduce(phone: Page) -> None:
    """Say who one is, begin, and fill in the profile."""
    phone.get_by_label("Forening").first.check()
    phone.locator("#name").fill("Kvindeforeningen Æblet")
    phone.locator("#person_name").fill("Hodan Jaamac")
    press(phone)
    press(phone)
    expect(phone.locator("#languages-search")).to_be_visible()
    phone.locator("#languages-search").fill("SOOMAALI")
    somali = phone.locator("#languages input[type=checkbox]:visible")
    expect(somali).to_have_count(1)
    somali.check()
    phone.locator("#activity_da").fill("Vi mødes hver uge og laver mad sammen.")
    phone.locator("#district").select_option(index=3)
    press(phone)


def apply_for_a_stall(phone: Page) -> None:
    """The three steps, the check, sending in."""
    while "/who" in phone.url or not re.search(r"/apply/association/\d+/", phone.url):
        phone.goto("/events/international-dag/apply/association")
        press(phone)
    phone.locator("#sign").fill("Æblet")
    phone.locator("#offer").fill("Vi viser henna og fortæller om vores café.")
    for choice in ("taste", "frontage_cm", "power_amp", "water"):
        if not phone.locator(f"[name={choice}]").count():
            press(phone)
        phone.locator(f"[name={choice}]").first.check()
    press(phone)
    phone.locator("#contact_name").fill("Hodan Jaamac")
    phone.locator("#contact_phone").fill("20 30 40 50")
    press(phone)
    in_both_languages(phone)
    press(phone)
    expect(phone).to_have_url(re.compile(r"/my/applications/\d+"))


def agree_to_be_shown(phone: Page) -> None:
    """Consent to everything, field by field."""
    phone.goto("/my")
    follow(phone, phone.locator("main a[href*='/my/organisations/']").first)
    phone.goto(re.sub(r"(/my/organisations/\d+).*", r"\1/consent", phone.url))
    for box in phone.locator("main input[type=checkbox]").all():
        box.check()
    press(phone)


def release_all(desk: Page) -> None:
    """Accept what was sent in, and release it."""
    desk.goto("/desk/applications/")
    for verb in ("prepare", "release"):
        desk.locator("input[name=application]").first.check()
        desk.locator("#decision").select_option("accepted")
        follow(desk, desk.locator(f"button[name=do][value={verb}]"))


def enrol(phone: Page) -> str:
    """Enrol on the web, open the private link, write goals; the ticket's code."""
    phone.goto("/events/dialog/enrol")
    phone.locator("#name").fill("Hodan Jaamac")
    phone.locator("#mail").fill(MAIL)
    press(phone)
    private = re.search(r"/m/[\w-]{20,}", newest_letter(MAIL))
    assert private
    phone.goto(private[0])
    in_both_languages(phone)
    phone.goto(f"{private[0]}/goals")
    phone.locator("#first").fill("Flere fædre til møderne")
    phone.locator("[name=show_again]").first.check()
    press(phone)
    expect(phone.locator("main")).to_contain_text("Flere fædre til møderne")
    code = db.session.scalars(select(Ticket.code)).one()
    db.session.remove()
    return code


def pair(desk: Page) -> str:
    """Add a phone at the desk; the address its QR holds."""
    desk.goto("/desk/door/dialog/devices")
    desk.locator("#gate").fill("A")
    press(desk)
    found = re.search(r"/door/pair/\w+", desk.content())
    assert found
    return found[0]


def answer_everything(phone: Page) -> None:
    """The first answer to each question, until there is none."""
    press(phone)
    while "/q/" in phone.url:
        for area in phone.locator("main textarea").all():
            area.fill("Mere tid")
        taps = phone.locator("main form button[type=submit]")
        for group in phone.locator("main fieldset").all():
            if group.locator("input[type=radio]").count():
                group.locator("input[type=radio]").first.check()
        follow(phone, taps.first)


def in_both_languages(page: Page) -> None:
    """Clean for axe-core in Danish and Arabic."""
    address = page.url
    mark = "&" if "?" in address else "?"
    for language in ("ar", "da"):
        page.goto(f"{address}{mark}language={language}")
        assert_accessible(page)
    page.goto(address)
