"""Races at the door: walk-ins and enrolments for the last places, counters of many hands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.checkin.models import QuarantinedScan, Scan
from app.core.database import db
from app.crowd.models import Tally
from app.crowd.queries.tallies import crowd
from app.people.models import Person
from app.tickets.models import Ticket
from app.workshops.models import Admission, Enrolment, Workshop
from tests.checkin.making import workshop
from tests.factories import api_token, bearer
from tests.patient import PatientClient

PLACES = 3
# Of so many, each of which counts its letters on a second connection, none waits for another's:
# a process has 24 (`tests/core/test_postgres.py`).
AT_ONCE = 16
WALK_INS = "/api/v1/checkin/walkins"
ENROLMENTS = "/api/v1/events/dialog/enrolments"
TALLIES = "/api/v1/checkin/tallies"

Call = tuple[str, str, dict[str, Any]]


def released_at_once(app: Flask, calls: Sequence[Call]) -> list[tuple[int, dict[str, Any]]]:
    """Make each call (token, address, body) in its own thread, all in the same moment."""
    db.session.rollback()
    gate = Barrier(len(calls))

    def make(call: Call) -> tuple[int, dict[str, Any]]:
        token, address, body = call
        client = PatientClient(app)
        gate.wait(timeout=60)
        answer = client.post(address, json=body, headers=bearer(token))
        return answer.status_code, answer.get_json()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(make, calls))


def holder(number: int, **changes: Any) -> dict[str, Any]:
    """Somebody without a ticket."""
    plain = {"id": f"w{number}", "name": f"Guest {number}", "mail": f"{number}@mail.example"}
    return {**plain, "gate": "A", "at": "2026-03-28T11:00:00Z", "offline": False, **changes}


def rows(model: type[Any]) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def assert_full_and_no_more(walked: int) -> None:
    """Each place has one person, one ticket; who walked in, one admission; nobody else is kept."""
    assert db.session.scalar(select(Workshop.taken)) == PLACES
    assert rows(Enrolment) == rows(Ticket) == rows(Person) == PLACES
    assert rows(Admission) == rows(Scan) == walked
    db.session.rollback()


@pytest.mark.slow
def test_walk_ins_and_enrolments_race_for_the_last_places_and_none_is_given_twice(
    app: Flask,
) -> None:
    made, token = workshop(names=(), capacity=PLACES), api_token("enrol")
    calls: list[Call] = []
    for number in range(AT_ONCE // 2):
        person = {"name": f"Reader {number}", "mail": f"r{number}@mail.example"}
        calls += [
            (made.tokens["ABC"[number % 3]], WALK_INS, holder(number)),
            (token, ENROLMENTS, person),
        ]
    answers = released_at_once(app, calls)
    walked = [answer for answer in answers[::2] if answer[0] == 200]
    enrolled = [answer for answer in answers[1::2] if answer[1].get("state") == "confirmed"]
    statuses = Counter(status for status, _ in answers[::2])
    assert statuses == Counter({200: len(walked), 409: AT_ONCE // 2 - len(walked)})
    assert len(walked) + len(enrolled) == PLACES
    waiting = AT_ONCE // 2 - len(enrolled)
    assert db.session.scalar(select(Workshop.taken)) == PLACES
    assert rows(Admission) == len(walked)
    assert rows(Enrolment) == PLACES + waiting


@pytest.mark.slow
def test_walk_ins_without_network_are_all_kept_and_only_the_places_are_given(app: Flask) -> None:
    made = workshop(names=(), capacity=PLACES)
    sent = [holder(number, offline=True) for number in range(AT_ONCE)]
    answers = released_at_once(app, [(made.tokens["A"], WALK_INS, one) for one in sent])
    assert {status for status, _ in answers} == {200}
    told = Counter(body["verdict"] for _, body in answers)
    assert told == {"admitted": PLACES, "quarantined": AT_ONCE - PLACES}
    assert_full_and_no_more(PLACES)
    assert rows(QuarantinedScan) == AT_ONCE - PLACES
    again = released_at_once(app, [(made.tokens["A"], WALK_INS, one) for one in sent])
    assert [body["verdict"] for _, body in again] == [body["verdict"] for _, body in answers]
    assert rows(QuarantinedScan) == AT_ONCE - PLACES


@pytest.mark.slow
def test_one_walk_in_sent_by_many_threads_is_one_person_with_one_answer(app: Flask) -> None:
    made = workshop(names=(), capacity=PLACES)
    calls: list[Call] = [(made.tokens["A"], WALK_INS, holder(n % 3)) for n in range(AT_ONCE)]
    answers = released_at_once(app, calls)
    assert {status for status, _ in answers} == {200}
    for number in range(3):
        assert len({str(body) for _, body in answers[number::3]}) == 1
    assert_full_and_no_more(PLACES)


@pytest.mark.slow
def test_counters_of_many_hands_end_at_their_highest_in_any_order(app: Flask) -> None:
    made = workshop()
    totals = [(gate, turn) for gate in "ABC" for turn in range(1, 9)] * 2
    Random(5).shuffle(totals)
    calls: list[Call] = [
        (made.tokens[gate], TALLIES, {"device": "d", "gate": gate, "in": 10 * turn, "out": turn})
        for gate, turn in totals
    ]
    answers = released_at_once(app, calls)
    assert {status for status, _ in answers} == {200}
    stands = {(one.gate, one.entered, one.left) for one in db.session.scalars(select(Tally))}
    assert stands == {("A", 80, 8), ("B", 80, 8), ("C", 80, 8)}
    found = crowd(made.event.id)
    assert found is not None
    assert found.inside == 3 * 72
