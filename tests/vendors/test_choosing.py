"""The accepted choose their own stall from what fits, at most so many, until the team says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.applications.rules.answers import Needs
from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter
from app.core.refusals import Refusal
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.organisations.rules import Actor
from app.vendors.models import Holding
from app.vendors.refusals import ChoosingClosed, DoesNotFit, EnoughChosen
from app.vendors.rules.specs import StallSpec
from app.vendors.services import choosing
from tests.factories import sign_in, sign_in_staff
from tests.vendors.making import accepted, festival, held, plan
from tests.workshops.test_races import Answer, released_at_once

AT_ONCE = 12
MAIL = "amal@cafe.example"
ROWS = [
    StallSpec("1", 16, "B", tap="V1"),
    StallSpec("2", 16, "B", frontage_cm=450),
    StallSpec("3", 16, "B", gas=True),
]


@pytest.fixture
def event(app) -> Event:
    return festival()


def opened(event: Event, most: int = 1) -> None:
    with unit_of_work():
        choosing.open_choosing(event.id, most, clock.now() + timedelta(days=2))


def chosen(application_id: int, stall_id: int, email: str = MAIL) -> int:
    with unit_of_work():
        return choosing.choose(Actor(email), application_id, stall_id).id


def test_applicant_sees_what_fits_and_takes_it(client, event):
    rows = plan(event, ROWS)
    cafe = accepted(event, "Café", Needs(power_amp=10, gas=True), email=MAIL)
    browser, own = sign_in(client, MAIL), f"/my/applications/{cafe.id}"
    assert "Vælg dit stade" not in browser.page(f"{own}/stall").text
    opened(event)
    assert "Vælg dit stade" in browser.page(f"{own}/stall").text
    page = browser.page(f"{own}/choose-stall")
    offered = [one.get("value") for one in page.all("input", type="radio")]
    assert offered == [str(rows[2].id)]
    browser.send(f"{own}/choose-stall", {"stall": str(rows[2].id)})
    db.session.rollback()
    assert db.session.scalars(select(Letter.kind)).all() == ["vendors/stall"]
    stall = browser.page(f"{own}/stall")
    assert "Vælg dit stade" not in stall.text
    holding = db.session.scalars(select(Holding)).one()
    browser.send(f"{own}/stalls/{holding.id}/give-back", {})
    db.session.rollback()
    db.session.expire_all()
    assert (holding.state, holding.ended_because) == ("ended", "given_back")


def test_what_does_not_suit_or_is_one_too_many_is_refused(event):
    rows = plan(event, ROWS)
    cafe = accepted(event, "Café", Needs(power_amp=10, frontage_cm=450), email=MAIL)
    with pytest.raises(ChoosingClosed):
        chosen(cafe.id, rows[1].id)
    opened(event)
    with pytest.raises(DoesNotFit):
        chosen(cafe.id, rows[0].id)
    chosen(cafe.id, rows[1].id)
    with pytest.raises(EnoughChosen):
        chosen(cafe.id, rows[1].id)


def test_nobody_chooses_for_another_or_gives_back_what_is_not_theirs(client, event):
    rows = plan(event, ROWS)
    opened(event)
    cafe = accepted(event, "Café", email=MAIL)
    grill = accepted(event, "Grill", email="bo@grill.example")
    foreign = held(rows[0], grill)
    browser = sign_in(client, MAIL)
    browser.page(f"/my/applications/{grill.id}/choose-stall", status=404)
    browser.send(f"/my/applications/{grill.id}/choose-stall", {"stall": str(rows[1].id)}, 404)
    for application in (cafe, grill):
        address = f"/my/applications/{application.id}/stalls/{foreign}/give-back"
        browser.send(address, {}, 404)
    other = plan(festival("en-anden-dag"), ROWS[:1])[0]
    address = f"/my/applications/{cafe.id}/choose-stall"
    assert browser.send(address, {"stall": str(other.id)}, 422)


def test_the_team_opens_and_closes_it(client, event):
    plan(event, ROWS)
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    address = "/desk/vendors/international-dag/choosing"
    desk.page(address)
    desk.send(address, {"most": "0", "closes": "2020-01-01T12:00"}, 422)
    closes = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    desk.send(address, {"most": "2", "closes": closes})
    assert desk.page(address).form(address)["most"] == "2"
    desk.send(f"{address}/close", {})
    db.session.rollback()
    verbs = [one.verb for one in audit.of("event", event.id)]
    assert verbs[-2:] == ["choosing_opened", "choosing_closed"]


def test_an_applicant_who_presses_for_every_stall_at_once_gets_two(app: Flask, event):
    """At most two each, however many of the applicant's phones ask in one moment."""
    rows = plan(event, [StallSpec(str(one), 0) for one in range(AT_ONCE)])
    opened(event, most=2)
    cafe = accepted(event, "Café", Needs(power_amp=0), email=MAIL)
    calls = [choice(cafe.id, row.id, MAIL) for row in rows]
    assert counted(app, calls) == {303: 2, 409: AT_ONCE - 2}


def test_many_choose_one_stall_in_one_moment(app: Flask, event):
    row = plan(event, [StallSpec("1", 0)])[0]
    opened(event)
    mails = [f"nr{one}@cafe.example" for one in range(AT_ONCE)]
    cafes = [accepted(event, mail, Needs(power_amp=0), email=mail).id for mail in mails]
    calls = [choice(cafe, row.id, mail) for cafe, mail in zip(cafes, mails, strict=True)]
    answers = counted(app, calls)
    assert answers[303] == 1 and sum(answers.values()) == AT_ONCE


def choice(application_id: int, stall_id: int, email: str) -> Callable[[Flask], Answer]:
    def call(app: Flask) -> Answer:
        with app.app_context():
            try:
                chosen(application_id, stall_id, email)
            except Refusal as refusal:
                return refusal.status, None
            return 303, None

    return call


def counted(app: Flask, calls: list[Callable[[Flask], Answer]]) -> dict[int, int]:
    """How often each answer was given; as many stalls are held as were promised."""
    answers = [status for status, _body in released_at_once(app, calls)]
    db.session.rollback()
    live = db.session.scalar(select(func.count(Holding.id)).where(Holding.state != "ended"))
    assert live == answers.count(303)
    return {status: answers.count(status) for status in sorted(set(answers))}
