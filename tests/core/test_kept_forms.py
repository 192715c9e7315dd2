"""What was written outlives the end of a visit, and goes when it is sent or its writer leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.kept_forms import KeptForm, sweep_kept_forms
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from app.people.models import BrowserSession
from tests.factories import sign_in, sign_in_staff
from tests.organisations.test_routes import MAIL, PROFILE, founded
from tests.pages import InspectingClient, Page
from tests.workshops import making

ENROL = f"/events/{making.SLUG}/enrol"
FORM = {"name": "Amina Yusuf", "mail": "amina@post.example", "seats": "3"}
SENT_FROM = {"headers": {"Referer": f"http://localhost{ENROL}"}}


def kept_forms() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(KeptForm)) or 0


def written_at(page: Page, names: dict[str, object]) -> dict[str, object]:
    """What stands in these fields."""
    return {name: page.form()[name] for name in names if name in page.form()}


def test_a_form_sent_after_signing_out_goes_through_after_signing_in(
    app: Flask, client: InspectingClient
) -> None:
    profile = f"/my/organisations/{founded()}"
    sign_in(client, MAIL)
    client.page(profile)
    with client.session_transaction() as visit:
        del visit["sid"]
    led = client.send(profile, {**PROFILE, "name": "Rettet navn"}).location
    assert led.startswith("/sign-in?next=")
    client.page(led)
    with unit_of_work():
        token, _digits = people.make_link(MAIL, profile)
    assert client.send(f"/sign-in/{token}", {}).location == profile
    page = client.page(profile)
    assert page.form()["name"] == "Rettet navn"
    assert page.form()["public_phone"] == PROFILE["public_phone"]
    assert "Det er ikke sendt endnu" in page.text
    client.send(profile, {**PROFILE, "name": "Rettet navn"})
    assert kept_forms() == 0
    assert "Det er ikke sendt endnu" not in client.page(profile).text


def test_a_visit_whose_cookie_is_gone_keeps_the_form_too(
    app: Flask, client: InspectingClient
) -> None:
    profile = f"/my/organisations/{founded()}"
    sign_in(client, MAIL)
    form = {**PROFILE, **client.page(profile).form(), "name": "Rettet navn"}
    client.delete_cookie("torvet")
    led = client.send(profile, form).location
    assert led.startswith("/sign-in?next=")
    sign_in(client, MAIL)
    assert client.page(profile).form()["name"] == "Rettet navn"


def test_a_long_form_keeps_itself_while_it_is_written(app: Flask, client: InspectingClient) -> None:
    making.workshop()
    assert client.page(ENROL).one("form", id="page-form").get("data-keep") == "/kept-form"
    answer = client.post("/kept-form", data=FORM, **SENT_FROM)
    assert answer.json == {"saved": True}
    page = client.page(ENROL)
    assert written_at(page, FORM) == FORM
    stranger = app.test_client()
    assert isinstance(stranger, InspectingClient)
    assert stranger.page(ENROL).form()["name"] == ""
    client.send(ENROL, FORM)
    assert kept_forms() == 0


def test_one_can_begin_anew(client: InspectingClient) -> None:
    making.workshop()
    client.post("/kept-form", data=FORM, **SENT_FROM)
    answer = client.post("/kept-form/drop", **SENT_FROM)
    assert answer.location == ENROL
    assert client.page(ENROL).form()["name"] == ""
    assert kept_forms() == 0


@pytest.mark.parametrize("sender", ["http://elsewhere.example/x", "http://localhost/nowhere", ""])
def test_nothing_is_kept_for_a_page_that_is_none(client: InspectingClient, sender: str) -> None:
    answer = client.post("/kept-form", data=FORM, headers={"Referer": sender})
    assert answer.json == {"saved": False}
    assert kept_forms() == 0


def test_signing_out_and_a_day_forget_what_was_written(client: InspectingClient) -> None:
    making.workshop()
    sign_in_staff(client, StaffRole.ORGANISER)
    client.post("/kept-form", data=FORM, **SENT_FROM)
    client.send("/sign-out", {})
    assert kept_forms() == 0
    assert client.page(ENROL).form()["name"] == ""
    client.post("/kept-form", data=FORM, **SENT_FROM)
    assert sweep_kept_forms(clock.now() + timedelta(hours=23)) == 0
    assert sweep_kept_forms(clock.now() + timedelta(hours=25)) == 1


def test_what_is_kept_cannot_be_read_in_the_database(client: InspectingClient) -> None:
    making.workshop()
    client.post("/kept-form", data=FORM, **SENT_FROM)
    row = db.session.scalars(select(KeptForm)).one()
    assert b"Amina" not in row.sealed


def test_whoever_knew_the_visit_before_signing_in_reads_nothing_of_it_after(
    app: Flask, client: InspectingClient
) -> None:
    making.workshop()
    client.post("/kept-form", data=FORM, **SENT_FROM)
    planted = app.test_client()
    assert isinstance(planted, InspectingClient)
    planted._cookies = dict(client._cookies or {})
    with unit_of_work():
        token, _digits = people.make_link(MAIL, "/my")
    client.send(f"/sign-in/{token}", {})
    client.post("/kept-form", data={**FORM, "name": "Hemmelig"}, **SENT_FROM)
    assert client.page(ENROL).form()["name"] == "Hemmelig"
    assert planted.page(ENROL).form()["name"] == ""


def begun_visit(client: InspectingClient, email: str) -> None:
    """Sign in by a mailed link."""
    with unit_of_work():
        token, _digits = people.make_link(email, "/my")
    client.send(f"/sign-in/{token}", {})


@pytest.mark.parametrize(
    ("who", "name"), [("amal@forening.example", "Amina Yusuf"), ("bo@skole.example", "")]
)
def test_whoever_signs_in_next_finds_their_own_words_alone(
    client: InspectingClient, who: str, name: str
) -> None:
    making.workshop()
    begun_visit(client, "amal@forening.example")
    client.post("/kept-form", data=FORM, **SENT_FROM)
    with unit_of_work():
        db.session.execute(update(BrowserSession).values(ended_at=clock.now()))
    begun_visit(client, who)
    assert client.page(ENROL).form()["name"] == name
    assert kept_forms() == bool(name)


def test_signing_out_leaves_no_private_link_in_the_visit(client: InspectingClient) -> None:
    making.workshop()
    sign_in(client, MAIL)
    client.send(ENROL, {**FORM, "mail": MAIL})
    client.send("/sign-out", {})
    page = client.page(f"/events/{making.SLUG}/enrolled")
    assert not [link for link in page.links() if link.startswith("/m/")]


def test_a_form_of_another_house_is_not_kept(client: InspectingClient) -> None:
    profile = f"/my/organisations/{founded()}"
    sent = {**PROFILE, "csrf_token": ""}
    client.post(profile, data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert kept_forms() == 0


def test_what_is_too_long_to_be_kept_is_not_said_to_be(client: InspectingClient) -> None:
    making.workshop()
    form = {**FORM, "name": "x" * 200_000}
    assert client.post("/kept-form", data=form, **SENT_FROM).json == {"saved": False}
