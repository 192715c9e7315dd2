"""An applicant's own stall, and the map for visitors."""

from __future__ import annotations

import pytest

from app.applications.queries import asking
from app.applications.rules.states import State
from app.applications.services import telling
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.organisations import services as organisations
from app.organisations.rules import Actor
from app.vendors.queries import plan
from app.vendors.rules.states import StallState
from tests.applications.roles import RESTAURANT
from tests.factories import sign_in
from tests.vendors.making import accepted, festival, held, stalls

OWNER = "a@cafe.example"
FORM = "/events/international-dag/apply/food"


@pytest.fixture
def event(app) -> Event:
    return festival()


@pytest.fixture
def owner(client):
    return sign_in(client, OWNER)


def test_own_stall_shows_number_power_and_the_street(owner, event):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    assert "I har ikke et stade endnu" in owner.page(f"/my/applications/{cafe.id}/stall").text
    held(stalls(event)[0], cafe)
    text = owner.page(f"/my/applications/{cafe.id}/stall").text
    assert "Der er reserveret 16 A til jer" in text
    assert "Madgaden" in text


def test_withdrawing_frees_the_stall(owner, event):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    held(stalls(event)[0], cafe)
    owner.send(f"/my/applications/{cafe.id}/give-up-stall", {})
    db.session.rollback()
    db.session.expire_all()
    assert plan.plan_of(event.id).stalls[0].state is StallState.FREE


@pytest.mark.parametrize(
    "address", ["/my/applications/{id}/stall", f"{FORM}/{{id}}/menu", f"{FORM}/{{id}}/check"]
)
def test_stranger_finds_nothing_of_somebody_elses(client, event, address):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    sign_in(client, "b@other.example").page(address.format(id=cafe.id), status=404)


def test_stranger_cannot_give_up_somebody_elses_stall(client, event):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    held(stalls(event)[0], cafe)
    stranger = sign_in(client, "b@other.example")
    stranger.send(f"/my/applications/{cafe.id}/give-up-stall", {}, status=404)
    assert plan.plan_of(event.id).stalls[0].state is StallState.HELD


def test_visitors_map_names_only_confirmed_ones_who_agreed(client, event):
    rows = stalls(event)
    shown, silent = (accepted(event, name, email=OWNER) for name in ("Vises", "Tier"))
    pending = accepted(event, "Venter", email=OWNER)
    with unit_of_work():
        for one in (shown, pending):
            organisations.save_consents(Actor(OWNER), one.organisation_id, {("name", "catalogue")})
        for one in (shown, silent):
            telling.confirm(Actor(OWNER), one.id)
    for row, one in zip(rows, (shown, silent, pending), strict=False):
        held(row, one)
    text = client.page("/events/international-dag/plan").text
    assert "Vises" in text
    assert "Tier" not in text
    assert "Venter" not in text


def test_visitors_map_tells_nothing_of_power_or_blocked_stalls(client, event):
    stalls(event, 2, blocked_because="Brandvej")
    body = client.get("/events/international-dag/plan").get_data(as_text=True)
    assert "Brandvej" not in body
    assert "16 A" not in body


def test_map_that_is_not_ready_says_so(client, event):
    assert "ikke klar endnu" in client.page("/events/international-dag/plan").text


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_map_is_valid_in_every_language(client, event, language):
    stalls(event, 40)
    client.page(f"/events/international-dag/plan?language={language}")


def test_edit_after_acceptance_keeps_the_stall_and_reserves_the_new_power(owner, event):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    held(stalls(event, power_amp=32)[0], cafe)
    for step, answers in {
        **RESTAURANT.answers,
        "power": {"power_amp": "32", "phases": "1"},
    }.items():
        owner.send(f"{FORM}/{cafe.id}/{step}", answers)
    owner.send(f"{FORM}/{cafe.id}/check", {})
    db.session.rollback()
    db.session.expire_all()
    assert plan.plan_of(event.id).cabinets[0].load.used == (32,)
    assert asking.application(cafe.id).state == State.ACCEPTED
