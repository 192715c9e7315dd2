"""Enrolling and giving up a place over the machine interface."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from app.core.database import db
from tests.factories import api_token, bearer
from tests.pages import InspectingClient
from tests.statements import Statements
from tests.workshops.making import SLUG, enrolled, letters, stored_workshop, workshop

ADDRESS = f"/api/v1/events/{SLUG}/enrolments"
BODY = {"name": "Amina Yusuf", "mail": "amina@post.example"}


@pytest.fixture
def machine(app: Flask, client: InspectingClient) -> Callable[..., Any]:
    """Call as a machine that may enrol."""
    headers = bearer(api_token("enrol"))

    def call(address: str = ADDRESS, method: str = "POST", **options: Any) -> Any:
        more = options.pop("headers", {})
        return client.open(address, method=method, headers={**headers, **more}, **options)

    return call


def test_an_enrolment_is_answered_with_its_ticket(machine: Callable[..., Any]) -> None:
    workshop()
    answer = machine(json=BODY)
    assert answer.status_code == 201
    told = answer.get_json()
    assert told["state"] == "confirmed"
    assert "position" not in told
    assert told["id"].isdecimal()
    assert told["ticket"]["id"].isdecimal()
    assert told["ticket"]["url"] == f"http://localhost/T/{told['ticket']['code']}"


def test_a_full_workshop_answers_with_the_position(machine: Callable[..., Any]) -> None:
    workshop(capacity=1)
    machine(json=BODY)
    told = machine(json={**BODY, "name": "Bo"}).get_json()
    assert (told["state"], told["position"]) == ("waitlisted", 1)


def test_the_same_mail_and_name_again_is_200_without_a_letter(
    machine: Callable[..., Any],
) -> None:
    workshop()
    first = machine(json=BODY).get_json()
    again = machine(json={"name": "AMINA  yusuf", "mail": "Amina@Post.example"})
    assert (again.status_code, again.get_json()) == (200, first)
    assert len(letters()) == 1


def test_a_group_is_one_enrolment_of_many_seats(machine: Callable[..., Any]) -> None:
    event_id = workshop()
    assert machine(json={**BODY, "seats": 4}).status_code == 201
    assert stored_workshop(event_id).taken == 4


def test_full_without_a_waiting_list_is_409(machine: Callable[..., Any]) -> None:
    workshop(capacity=1, waiting_list=False)
    machine(json=BODY)
    answer = machine(json={**BODY, "name": "Bo"})
    assert answer.status_code == 409
    assert answer.content_type == "application/problem+json"


def test_a_repeated_key_is_answered_as_the_first_time(machine: Callable[..., Any]) -> None:
    event_id = workshop()
    key = {"Idempotency-Key": "k-1"}
    first = machine(json=BODY, headers=key)
    again = machine(json=BODY, headers=key)
    other = machine(json={**BODY, "name": "Bo"}, headers=key)
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    assert other.status_code == 422
    assert stored_workshop(event_id).taken == 1


def test_a_refused_request_leaves_its_key_unused(machine: Callable[..., Any]) -> None:
    event_id = workshop(capacity=1, waiting_list=False)
    number = enrolled(1).place.enrolment.id
    key = {"Idempotency-Key": "k-1"}
    assert machine(json=BODY, headers=key).status_code == 409
    assert machine(f"/api/v1/enrolments/{number}", "DELETE").status_code == 200
    assert machine(json=BODY, headers=key).status_code == 201
    assert stored_workshop(event_id).taken == 1


def test_giving_up_a_place_twice_is_answered_alike(machine: Callable[..., Any]) -> None:
    event_id = workshop()
    number = machine(json=BODY).get_json()["id"]
    for _ in range(2):
        answer = machine(f"/api/v1/enrolments/{number}", "DELETE")
        assert (answer.status_code, answer.get_json()) == (200, {"state": "cancelled"})
    assert stored_workshop(event_id).taken == 0
    assert len(letters("cancelled")) == 1


@pytest.mark.parametrize("number", ["1", "0", "-1", "x", "9" * 19, "9" * 40, "1.5", "%00"])
def test_an_unknown_enrolment_is_404(machine: Callable[..., Any], number: str) -> None:
    assert machine(f"/api/v1/enrolments/{number}", "DELETE").status_code == 404


def test_an_unknown_workshop_is_404(machine: Callable[..., Any]) -> None:
    assert machine("/api/v1/events/ingen/enrolments", json=BODY).status_code == 404


@pytest.mark.parametrize(
    "fault",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "\u200b\u202e"},
        {"name": None},
        {"name": 7},
        {"name": "a\x00b"},
        {"name": "a" * 201},
        {"name": "a" * 1_000_000},
        {"mail": "amina"},
        {"mail": "a@b.example\r\nBcc: c@d.example"},
        {"mail": ["a@b.example"]},
        {"seats": 0},
        {"seats": -3},
        {"seats": 1.5},
        {"seats": "2"},
        {"seats": True},
        {"seats": 10**30},
        {"language": "xx"},
    ],
)
def test_bad_input_is_422_and_leaves_nothing(
    machine: Callable[..., Any], fault: dict[str, object]
) -> None:
    event_id = workshop()
    answer = machine(json={**BODY, **fault})
    assert answer.status_code == 422
    assert stored_workshop(event_id).taken == 0
    assert letters() == []


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{", b'"x"', b'{"name": "\\ud800", "mail": "a@b.example"}', b"\xff\xfe"]
)
def test_a_body_that_is_no_json_object_is_422(machine: Callable[..., Any], raw: bytes) -> None:
    workshop()
    answer = machine(data=raw, content_type="application/json")
    assert answer.status_code == 422


def test_more_seats_than_there_are_is_409(machine: Callable[..., Any]) -> None:
    workshop(capacity=3)
    assert machine(json={**BODY, "seats": 4}).status_code == 409


def test_a_token_of_another_scope_is_refused(app: Flask, client: InspectingClient) -> None:
    workshop()
    headers = bearer(api_token("read"))
    assert client.open(ADDRESS, method="POST", json=BODY, headers=headers).status_code == 403
    assert client.open(ADDRESS, method="POST", json=BODY).status_code == 401


def test_an_enrolment_with_a_key_takes_few_statements(
    machine: Callable[..., Any], statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    workshop()
    with statements() as seen:
        machine(json=BODY, headers={"Idempotency-Key": "k-1"})
    assert len(seen) == (5 if db.engine.dialect.name == "postgresql" else 9), str(seen)
