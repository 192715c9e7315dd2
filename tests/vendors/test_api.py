"""Stalls for machines: the contract's two calls."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.applications.models import Application
from app.applications.rules.answers import Needs
from app.applications.services import telling
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.organisations.rules import Actor
from tests.factories import api_token, bearer
from tests.vendors.making import accepted, festival, stalls

PROBLEM = "application/problem+json"
ADDRESS = "/api/v1/events/international-dag/holdings"


@pytest.fixture
def event(app) -> Event:
    made = festival()
    stalls(made)
    return made


@pytest.fixture
def token(app) -> str:
    return api_token("holdings")


@pytest.fixture
def take(client: FlaskClient, token: str) -> Callable[[object, object], TestResponse]:
    def call(stall: object, application: object) -> TestResponse:
        body = {"stall": stall, "application": application}
        headers = {**bearer(token), "Accept-Language": "en"}
        return client.open(ADDRESS, method="POST", json=body, headers=headers)

    return call


def test_accepted_application_takes_a_stall(client, event, take):
    cafe = accepted(event, "Café Damaskus")
    answer = take("1", str(cafe.id))
    assert answer.status_code == 201
    assert answer.get_json()["stall"] == "1"
    assert answer.get_json()["state"] == "held"
    assert isinstance(answer.get_json()["id"], str)


def test_confirmed_application_takes_a_confirmed_stall(client, event, take):
    cafe = accepted(event, "Café Damaskus", email="a@cafe.example")
    with unit_of_work():
        telling.confirm(Actor("a@cafe.example"), cafe.id)
    assert take("1", str(cafe.id)).get_json()["state"] == "confirmed"


def test_taken_stall_answers_with_the_sentence(client, event, take):
    first, second = accepted(event, "Café Damaskus"), accepted(event, "Ørestad Grill")
    take("1", str(first.id))
    answer = take("1", str(second.id))
    assert answer.status_code == 409
    assert answer.content_type == PROBLEM
    assert answer.get_json()["detail"] == "Stall 1 is taken by Café Damaskus."
    assert answer.get_json()["type"] == "urn:torvet:stall-taken"


def test_overloaded_cabinet_answers_with_the_figures(client, app, take):
    event = festival()
    stalls(event, power_amp=58)
    big, small = (
        accepted(event, name, Needs(power_amp=amp)) for name, amp in (("Stor", 58), ("Lille", 16))
    )
    take("1", str(big.id))
    answer = take("2", str(small.id))
    assert answer.status_code == 409
    assert answer.get_json()["detail"] == "Cabinet B: 58 of 63 A used, you ask for 16."


def test_power_beyond_the_plug_answers_with_the_figures(client, event, take):
    answer = take("1", str(accepted(event, "Stor", Needs(power_amp=40)).id))
    assert answer.status_code == 409
    assert answer.get_json()["type"] == "urn:torvet:plug-too-small"
    assert answer.get_json()["detail"].startswith("Stall 1 gives 16 A, you ask for 40 A.")


@pytest.mark.parametrize(
    ("stall", "application", "status"),
    [
        ("99", "1", 404),
        ("1", "999999", 404),
        ("1", "abc", 422),
        ("1", 7, 422),
        ("", "1", 422),
        ("1", "9" * 30, 422),
        (None, None, 422),
        ("\x00", "1", 422),
    ],
)
def test_what_does_not_exist_or_cannot_be_read_is_a_problem(
    client, event, stall, application, status, take
):
    answer = take(stall, application)
    assert answer.status_code == status
    assert answer.content_type == PROBLEM


def test_unknown_festival_is_not_found(client, event, token):
    headers = bearer(token)
    body = {"stall": "1", "application": "1"}
    address = "/api/v1/events/nowhere/holdings"
    assert client.open(address, method="POST", json=body, headers=headers).status_code == 404


def test_token_without_the_scope_is_refused(client, event):
    body = {"stall": "1", "application": "1"}
    wrong = bearer(api_token("enrol"))
    assert client.open(ADDRESS, method="POST", json=body).status_code == 401
    assert client.open(ADDRESS, method="POST", json=body, headers=wrong).status_code == 403
    assert client.open("/api/v1/holdings/1", method="DELETE").status_code == 401


def test_same_key_holds_once_and_another_body_is_refused(client, event, token):
    cafe = accepted(event, "Café Damaskus")
    headers = {**bearer(token), "Idempotency-Key": "one"}
    body = {"stall": "1", "application": str(cafe.id)}
    first = client.open(ADDRESS, method="POST", json=body, headers=headers)
    again = client.open(ADDRESS, method="POST", json=body, headers=headers)
    other = client.open(ADDRESS, method="POST", json={**body, "stall": "2"}, headers=headers)
    assert first.get_json() == again.get_json()
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)


def test_refused_key_is_judged_anew(client, event, take, token):
    cafe: Application = accepted(event, "Café Damaskus")
    headers = {**bearer(token), "Idempotency-Key": "one"}
    first = take("1", str(accepted(event, "Ørestad Grill").id)).get_json()
    body = {"stall": "1", "application": str(cafe.id)}
    assert client.open(ADDRESS, method="POST", json=body, headers=headers).status_code == 409
    freed = client.open(f"/api/v1/holdings/{first['id']}", method="DELETE", headers=headers)
    assert freed.get_json() == {"id": first["id"], "stall": "1", "state": "ended"}
    assert client.open(ADDRESS, method="POST", json=body, headers=headers).status_code == 201


def test_giving_back_twice_changes_nothing_and_an_unknown_one_is_not_found(
    client, event, take, token
):
    made = take("1", str(accepted(event, "Café Damaskus").id)).get_json()
    headers = bearer(token)
    address = f"/api/v1/holdings/{made['id']}"
    assert client.open(address, method="DELETE", headers=headers).status_code == 200
    assert client.open(address, method="DELETE", headers=headers).status_code == 200
    for unknown in ("/api/v1/holdings/999999", f"/api/v1/holdings/{'9' * 40}"):
        assert client.open(unknown, method="DELETE", headers=headers).status_code in (404, 422)
