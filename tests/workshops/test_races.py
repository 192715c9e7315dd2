"""Many requests in the same moment: exactly as many winners as there are seats."""

from __future__ import annotations

import contextvars
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import event as sql_event
from sqlalchemy import func, select

from app.core.database import db
from app.core.outbox import Letter
from app.workshops.models import Enrolment
from app.workshops.services import seats
from tests.factories import api_token, bearer
from tests.patient import PatientClient
from tests.workshops.making import SLUG, enrolled, stored_workshop, workshop

CROWD = 60
PLACES = 5

Answer = tuple[int, dict[str, object]]


def released_at_once(app: Flask, calls: list[Callable[[Flask], Answer]]) -> list[Answer]:
    """Run all calls in threads that start when the last one is ready."""
    gate = Barrier(len(calls))

    def run(call: Callable[[Flask], Answer]) -> Answer:
        gate.wait()
        return contextvars.Context().run(call, app)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def enrolling(number: int, token: str, name: str | None = None) -> Callable[[Flask], Answer]:
    body = {"name": name or f"Amina {number}", "mail": f"amina{number}@post.example"}

    def call(app: Flask) -> Answer:
        client = PatientClient(app)
        answer = client.open(
            f"/api/v1/events/{SLUG}/enrolments", method="POST", json=body, headers=bearer(token)
        )
        return answer.status_code, answer.get_json()

    return call


def cancelling(enrolment_id: int, token: str) -> Callable[[Flask], Answer]:
    def call(app: Flask) -> Answer:
        client = PatientClient(app)
        address = f"/api/v1/enrolments/{enrolment_id}"
        answer = client.open(address, method="DELETE", headers=bearer(token))
        return answer.status_code, answer.get_json()

    return call


def confirmed_seats(event_id: int) -> int:
    db.session.rollback()
    total = select(func.sum(Enrolment.seats)).where(
        Enrolment.event_id == event_id, Enrolment.state == "confirmed"
    )
    return int(db.session.scalar(total) or 0)


def letter_count(kind: str) -> int:
    statement = select(func.count()).where(Letter.kind == f"workshops/{kind}")
    return int(db.session.scalar(statement) or 0)


def race_for_places(app: Flask, *, waiting_list: bool) -> tuple[int, list[Answer]]:
    event_id = workshop(capacity=PLACES, waiting_list=waiting_list)
    token = api_token("enrol")
    calls = [enrolling(number, token) for number in range(CROWD)]
    return event_id, released_at_once(app, calls)


def test_sixty_race_for_five_places(app: Flask) -> None:
    event_id, answers = race_for_places(app, waiting_list=False)
    statuses = [status for status, _body in answers]
    assert statuses.count(201) == PLACES
    assert statuses.count(409) == CROWD - PLACES
    assert confirmed_seats(event_id) == stored_workshop(event_id).taken == PLACES
    assert letter_count("ticket") == PLACES


def test_those_who_lose_the_race_stand_in_line_each_with_a_position(app: Flask) -> None:
    event_id, answers = race_for_places(app, waiting_list=True)
    positions = [body["position"] for _status, body in answers if "position" in body]
    assert [status for status, _body in answers] == [201] * CROWD
    assert sorted(positions) == list(range(1, CROWD - PLACES + 1))
    assert confirmed_seats(event_id) == PLACES
    assert letter_count("ticket") == PLACES
    assert letter_count("waiting") == CROWD - PLACES


@pytest.mark.internal
def test_without_the_guard_the_race_overbooks(app: Flask) -> None:
    """The control: with the condition and the backstop taken out, the race must be lost."""
    with guard_taken_out():
        event_id, _answers = race_for_places(app, waiting_list=False)
    assert confirmed_seats(event_id) > PLACES


def test_one_person_racing_with_herself_gets_one_place(app: Flask) -> None:
    event_id = workshop(capacity=PLACES)
    token = api_token("enrol")
    answers = released_at_once(app, [enrolling(1, token, "Amina") for _ in range(20)])
    assert {status for status, _body in answers} <= {200, 201}
    assert len({body["id"] for _status, body in answers}) == 1
    assert confirmed_seats(event_id) == stored_workshop(event_id).taken == 1
    assert letter_count("ticket") == 1


@pytest.mark.parametrize("round_", range(5))
def test_a_cancel_racing_with_enrolments_leaves_no_free_seat_beside_a_line(
    app: Flask, round_: int
) -> None:
    event_id = workshop(capacity=PLACES)
    token = api_token("enrol")
    first = [enrolled(f"early{number}").place.enrolment.id for number in range(PLACES)]
    calls = [cancelling(number, token) for number in first[:3]]
    calls += [enrolling(number, token) for number in range(8)]
    answers = released_at_once(app, calls)
    assert {status for status, _body in answers} <= {200, 201}
    assert confirmed_seats(event_id) == stored_workshop(event_id).taken == PLACES
    assert letter_count("ticket") + letter_count("moved_up") == PLACES + 3


GUARD = "<= workshops.capacity"


@contextmanager
def guard_taken_out() -> Iterator[None]:
    """Strip the condition from the guarded statement, and the CHECK from the table."""
    taking = seats._TAKING.form(db.engine.dialect)
    guarded = taking.sql
    assert GUARD in guarded
    taking.sql = guarded.replace(GUARD, "< 1000000")
    try:
        with backstop_taken_out():
            yield
    finally:
        taking.sql = guarded


@contextmanager
def backstop_taken_out() -> Iterator[None]:
    if db.engine.dialect.name == "postgresql":
        alter("DROP CONSTRAINT ck_workshops_taken")
        yield
        alter("ADD CONSTRAINT ck_workshops_taken CHECK (taken BETWEEN 0 AND capacity) NOT VALID")
        return
    engine = db.engine
    db.session.rollback()
    engine.dispose()
    sql_event.listen(engine, "connect", ignore_checks)
    yield
    sql_event.remove(engine, "connect", ignore_checks)
    db.session.rollback()
    engine.dispose()


def ignore_checks(connection: sqlite3.Connection, _entry: object) -> None:
    connection.execute("PRAGMA ignore_check_constraints = ON")


def alter(what: str) -> None:
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE workshops {what}")
