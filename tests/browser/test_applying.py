"""An association applies on a phone that may die at any moment, and goes on with another."""

from __future__ import annotations

import re
from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Response, expect
from sqlalchemy import select

from app.applications.services import writing
from app.core.database import db
from app.core.outbox import Letter
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from tests.applications import making
from tests.browser.accessible import assert_accessible_at
from tests.browser.conftest import PHONE
from tests.door.serving import Served

FORM = "/events/international-dag/apply/association"
# Each width in one of the languages: the same sheets serve both.
WIDTHS = {"da": (320, 1280), "ar": (390,)}


def sign_in(page: Page) -> None:
    """Open the mailed link and press its button."""
    with unit_of_work():
        people.send_link(making.MAIL, "da", FORM)
    text = db.session.scalars(select(Letter.text).order_by(Letter.id.desc()).limit(1)).one()
    db.session.remove()
    found = re.search(r"(/sign-in/\S+)", text)
    assert found
    page.goto(found[1])
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile(re.escape(FORM)))


def keeps(field: str, answer: Response) -> bool:
    """Whether this is the answer to what the page sends by itself while a field is filled in."""
    return f"_field={field}" in (answer.request.post_data or "")


@pytest.mark.only_on("sqlite")
def test_what_is_typed_is_there_on_another_phone(
    app: Flask, server: Served, phone: Page, chromium: Browser
) -> None:
    making.festival_now()
    making.organisation()
    sign_in(phone)
    phone.locator("main form button").first.click()
    for field, text in (("sign", "Kvinder på Nørrebro"), ("offer", "Vi viser")):
        with phone.expect_response(partial(keeps, field)):
            phone.locator(f"#{field}").fill(text)
    phone.get_by_label("Nej", exact=True).check()
    expect(phone.locator("#saved")).to_have_text("Gemt")
    context = chromium.new_context(viewport=PHONE, locale="da-DK", base_url=server.address)
    other = context.new_page()
    sign_in(other)
    expect(other).to_have_url(re.compile(r"/apply/association/\d+/place"))
    other.goto(phone.url)
    expect(other.locator("#sign")).to_have_value("Kvinder på Nørrebro")
    expect(other.locator("#offer")).to_have_value("Vi viser")
    other.goto(phone.url.replace("/offer", "/day"))
    other.locator("#contact_phone").fill("12")
    expect(other.locator("#saved")).to_have_text("Gemt")
    phone.goto(other.url)
    expect(phone.locator("#contact_phone")).to_have_value("12")
    context.close()


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("language", ["da", "ar"])
def test_applicants_pages_are_accessible_at_every_width(
    app: Flask, server: Served, phone: Page, language: str
) -> None:
    event = making.festival_now()
    made = making.organisation()
    with unit_of_work():
        kept = writing.begin(
            making.Actor(making.MAIL), event.id, made.id, making.Role.ASSOCIATION_STALL
        )
    number, organisation = kept.id, made.id
    sign_in(phone)
    for path in (
        "/events/international-dag/apply",
        "/who",
        "/who/claim",
        f"/my/organisations/{organisation}",
        f"/my/organisations/{organisation}/consent",
        f"/my/organisations/{organisation}/people",
        f"/my/organisations/{organisation}/overview",
        f"{FORM}/{number}/offer",
        f"{FORM}/{number}/day?check=1",
        f"{FORM}/{number}/check",
        f"/my/applications/{number}",
    ):
        phone.goto(f"{path}{'&' if '?' in path else '?'}language={language}")
        assert_accessible_at(phone, WIDTHS[language])
