"""Letting in people without a ticket: under the capacity, once, with or without network."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.checkin import jobs
from app.checkin.models import NameSearches, QuarantinedScan
from app.checkin.services import terms, walk_in_quarantine
from app.core import clock
from app.core.database import db
from app.core.outbox import Letter
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices
from app.devices.services.seals import seal_point
from app.devices.services.stamps import rfc3339
from app.events.services import scheduling as events
from app.lifecycle.services import telling
from app.people import services as people
from app.people.models import Person
from app.privacy.services import erase
from app.workshops.models import Admission, Enrolment, Workshop
from app.workshops.services import changing, enrolling, planning
from app.workshops.services.arriving import TeamsWord
from app.workshops.services.changing import Change
from app.workshops.services.drafting import Wish
from tests.checkin.making import Made, deliver, scan, workshop
from tests.checkin.test_people import ten_minutes
from tests.door import phone
from tests.factories import bearer
from tests.pages import InspectingClient
from tests.statements import Statements

WALK_INS = "/api/v1/checkin/walkins"
Counting = Callable[[], AbstractContextManager[Statements]]


def send(client: InspectingClient, made: Made, gate: str = "A", **body: Any) -> Any:
    token = bearer(made.tokens[gate])
    plain = {"id": "w1", "name": "Dina Ek", "gate": gate, "at": rfc3339(clock.now())}
    return client.post(WALK_INS, json={**plain, **body}, headers=token)


def count_of(model: type[Any]) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def kept() -> QuarantinedScan:
    db.session.rollback()
    return db.session.scalars(select(QuarantinedScan)).one()


def test_a_walk_in_is_enrolled_and_admitted_once(client: InspectingClient) -> None:
    made = workshop(capacity=5)
    first, again = send(client, made, seats=2), send(client, made, seats=2)
    assert first.status_code == 200
    expected = {"id": "w1", "stored": True, "verdict": "admitted", "name": "Dina Ek"}
    assert first.json == again.json == expected
    assert (count_of(Enrolment), count_of(Admission)) == (4, 1)
    taken, version = db.session.execute(select(Workshop.taken, Workshop.list_version)).one()
    assert (taken, version) == (5, 4)


def test_when_all_places_are_taken_nothing_is_kept_online(client: InspectingClient) -> None:
    made = workshop(capacity=3)
    answer = send(client, made, mail="dina@mail.example")
    assert answer.status_code == 409
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "urn:torvet:full-at-the-door"
    assert (count_of(Enrolment), count_of(QuarantinedScan), count_of(Person)) == (3, 0, 3)


def test_what_happened_offline_waits_for_the_lead_without_a_readable_name(
    client: InspectingClient,
) -> None:
    made = workshop(capacity=3)
    answer = send(client, made, offline=True, mail="dina@mail.example")
    assert (answer.json["verdict"], answer.json["reason"]) == ("quarantined", "full")
    assert kept().reason == "full"
    assert "Dina" not in kept().content
    assert "dina" not in kept().content
    found = walk_in_quarantine.walk_in_person_of(kept())
    assert found is not None
    assert (found.name, found.mail, found.seats) == ("Dina Ek", "dina@mail.example", 1)
    with unit_of_work():
        planning.set_capacity(made.event.id, 9)
    again = send(client, made, offline=True, mail="dina@mail.example")
    assert (again.json["verdict"], again.json["reason"]) == ("quarantined", "full")
    assert (count_of(Enrolment), count_of(QuarantinedScan)) == (3, 1)


def test_a_sealed_walk_in_is_the_same_person(client: InspectingClient) -> None:
    made = workshop()
    told = json.dumps({"name": "Dina Ek", "mail": "", "seats": 2})
    box = phone.sealed(phone.encoded(seal_point(made.event.id)), told)
    answer = send(client, made, offline=True, name=None, sealed=box)
    assert (answer.json["verdict"], answer.json["name"]) == ("admitted", "Dina Ek")
    broken = send(client, made, id="w2", offline=True, name=None, sealed=box[:-4])
    assert (broken.json["verdict"], broken.json["reason"]) == ("quarantined", "sealed")
    assert send(client, made, id="w3", name=None, sealed=box[:-4]).status_code == 422


def test_who_is_enrolled_already_gets_that_place_and_who_waits_does_not_jump_the_line(
    client: InspectingClient,
) -> None:
    made = workshop(capacity=3)
    with unit_of_work():
        enrolling.enrol("dialog", Wish("Dina Ek", "dina@mail.example"), letters=False)
    known = send(client, made, id="w1", name="amina yusuf", mail="AMINA@mail.example")
    assert known.json["verdict"] == "admitted"
    twice = send(client, made, id="w2", name="Amina Yusuf", mail="amina@mail.example")
    assert twice.json["verdict"] == "already"
    assert send(client, made, id="w3", mail="dina@mail.example").status_code == 409
    assert count_of(Enrolment) == 4


def test_people_without_a_mail_address_are_never_taken_for_one_another(
    client: InspectingClient,
) -> None:
    made = workshop(names=())
    for number in range(2):
        assert send(client, made, id=f"w{number}").json["verdict"] == "admitted"
    assert (count_of(Person), count_of(Letter)) == (2, 0)
    for number in db.session.scalars(select(Enrolment.id)).all():
        with unit_of_work():
            changing.change(number, Change("Eva Frost", 1), TeamsWord("Skrevet forkert"))
    assert db.session.scalars(select(Person.email)).all() == [None] * 4
    with unit_of_work():
        telling.call_off(made.event.id, "Storm")
    assert count_of(Letter) == 0


def test_with_a_mail_address_the_ticket_is_mailed(client: InspectingClient) -> None:
    made = workshop()
    send(client, made, mail="dina@mail.example")
    assert db.session.scalars(select(Letter.email)).all() == ["dina@mail.example"]


def test_the_window_does_not_matter_but_the_doors_hours_and_a_called_off_event_do(
    client: InspectingClient,
) -> None:
    made = workshop()
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(opens_at=clock.now() + timedelta(hours=1)), "A")
    answer = send(client, made)
    assert (answer.status_code, count_of(Enrolment)) == (409, 3)
    assert send(client, made, "B").json["verdict"] == "admitted"
    with unit_of_work():
        events.cancel(made.event)
    assert send(client, made, "B", id="w2").status_code == 409
    late = send(client, made, "B", id="w2", offline=True)
    assert (late.json["verdict"], late.json["reason"]) == ("quarantined", "called off")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " "},
        {"name": None},
        {"name": "x" * 201},
        {"name": "a\u0000b"},
        {"name": 7},
        {"mail": "no address"},
        {"mail": 7},
        {"seats": 0},
        {"seats": 51},
        {"seats": "2"},
        {"seats": True},
        {"id": ""},
        {"id": "a b"},
        {"at": "9999-12-31T23:59:59Z"},
        {"at": "today"},
        {"offline": "yes"},
    ],
)
def test_what_is_nobody_is_refused_online(client: InspectingClient, wrong: dict[str, Any]) -> None:
    made = workshop(names=())
    answer = send(client, made, **wrong)
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"
    assert count_of(Enrolment) == 0


def test_offline_an_unreadable_address_is_left_out_and_a_missing_name_is_kept_for_the_lead(
    client: InspectingClient,
) -> None:
    made = workshop(names=())
    assert send(client, made, offline=True, mail="no address").json["verdict"] == "admitted"
    answer = send(client, made, id="w2", offline=True, name="")
    assert (answer.json["verdict"], answer.json["reason"]) == ("quarantined", "name")


def test_the_right_is_needed_and_a_revoked_phone_only_delivers(client: InspectingClient) -> None:
    made = workshop()
    with unit_of_work():
        phones = {gate: device(made.event.id, int(made.scanner(gate).name)) for gate in "AB"}
        devices.change_device(phones["A"], "A", ["scan"])
        devices.revoke(phones["B"])
    for gate, reason in (("A", "right"), ("B", "revoked")):
        assert send(client, made, gate).status_code == 403
        answer = send(client, made, gate, offline=True)
        assert (answer.json["verdict"], answer.json["reason"]) == ("quarantined", reason)
    assert count_of(Enrolment) == 3


def test_who_waits_in_quarantine_can_be_told_forgotten_and_ends_with_time(
    client: InspectingClient,
) -> None:
    made = workshop(capacity=3)
    send(client, made, offline=True, mail="dina@mail.example")
    with unit_of_work():
        person = people.person_for("dina@mail.example", "Dina Ek")
        stranger = people.person_for("dina@mail.example", "Other Name")
    assert len(walk_in_quarantine.about(person.id)["waiting"]) == 1
    assert walk_in_quarantine.about(stranger.id)["waiting"] == []
    with unit_of_work():
        walk_in_quarantine.forget(stranger)
    assert walk_in_quarantine.walk_in_person_of(kept()) is not None
    with unit_of_work():
        erase("dina@mail.example", "Dina Ek")
    assert walk_in_quarantine.walk_in_person_of(kept()) is None
    send(client, made, id="w2", offline=True)
    assert jobs.forget_walk_ins(clock.now() + timedelta(days=20)) == 0
    assert jobs.forget_walk_ins(clock.now() + timedelta(days=31)) == 1
    assert jobs.forget_walk_ins(clock.now() + timedelta(days=31)) == 0


def test_a_walk_in_takes_a_fixed_number_of_statements(
    app: Flask, client: InspectingClient, statements: Counting
) -> None:
    made = workshop(names=tuple(f"Guest {number}" for number in range(30)))
    with statements() as seen:
        send(client, made)
    assert len(seen) <= 17, str(seen)


def test_the_phone_hears_who_is_on_the_list_already_and_names_only_where_it_may_search(
    client: InspectingClient,
) -> None:
    made = workshop()
    with unit_of_work():
        _, helper = devices.add_device(made.event.id, "D", rights=["scan", "admit"])
        _, scanner = devices.add_device(made.event.id, "E", rights=["scan"])
    deliver(made, "A", scan("s1", made.codes[1]))

    def asked(token: object, **who: str) -> Any:
        return client.post("/api/v1/checkin/alike", json=who, headers=bearer(str(token)))

    (near,) = asked(made.tokens["A"], name="Amina Yusf").json["people"]
    assert near == {"state": "valid", "address": False, "name": "Amina Yusuf"}
    (inside,) = asked(made.tokens["A"], name="Else Holm", mail="BO@mail.example").json["people"]
    assert inside == {"state": "inside", "address": True, "name": "Bo Lund"}
    unnamed = asked(helper, name="Yusuf Amina", mail="bo@mail.example")
    assert unnamed.json["people"] == [
        {"state": "inside", "address": True},
        {"state": "valid", "address": False},
    ]
    assert asked(helper, name="Else Holm").json["people"] == []
    assert asked(scanner, name="Amina Yusuf").status_code == 403
    assert count_of(Enrolment) == 3


def test_asking_who_is_alike_is_counted_like_a_search(client: InspectingClient) -> None:
    made = workshop()
    head = bearer(made.tokens["A"])
    with ten_minutes():
        answers = [
            client.post("/api/v1/checkin/alike", json={"name": "Al"}, headers=head)
            for _ in range(61)
        ]
    assert [answer.status_code for answer in answers].count(429) == 1
    db.session.rollback()
    assert db.session.scalar(select(func.sum(NameSearches.searches))) == 61
