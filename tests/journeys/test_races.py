"""Sixty requests released at once for five places, and for one stall."""

from __future__ import annotations

import contextvars
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app.core import unit_of_work as transaction
from app.core.database import db
from app.vendors.models import Holding
from app.workshops.models import Enrolment, Workshop
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import at_once, seats
from tests.factories import api_token, bearer
from tests.patient import PatientClient
from tests.vendors import making as plan
from tests.workshops import making

REQUESTS = 60
PLACES = 5


def released_at_once(
    app: Flask,
    calls: Sequence[Callable[[Any], int]],
    browser: Callable[[Flask], FlaskClient] = PatientClient,
) -> Counter[int]:
    """Let every call begin at the same moment, each in its own thread; how often each answer."""
    gate = threading.Barrier(len(calls))
    answers: Counter[int] = Counter()

    def one(call: Callable[[Any], int]) -> None:
        client = browser(app)
        gate.wait(timeout=60)
        answers[call(client)] += 1

    threads = [
        threading.Thread(target=contextvars.Context().run, args=(one, call)) for call in calls
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    db.session.expire_all()
    return answers


def enrolments(token: str) -> list[Callable[[Any], int]]:
    """Sixty different people asking for a place over the machine interface."""

    def asking(number: int) -> Callable[[Any], int]:
        body = {"name": f"Person {number}", "mail": f"person{number}@race.example"}
        address = f"/api/v1/events/{making.SLUG}/enrolments"
        return lambda client: client.post(address, json=body, headers=bearer(token)).status_code

    return [asking(number) for number in range(REQUESTS)]


def confirmed() -> int:
    """How many have a place."""
    having = select(func.count()).where(Enrolment.state == EnrolmentState.CONFIRMED)
    return db.session.scalar(having) or 0


@pytest.mark.slow
def test_sixty_ask_for_five_places_and_five_get_one(app: Flask) -> None:
    event_id = making.workshop(capacity=PLACES, waiting_list=False)
    answers = released_at_once(app, enrolments(api_token("enrol")))
    assert answers == {201: PLACES, 409: REQUESTS - PLACES}
    assert confirmed() == PLACES
    assert making.stored_workshop(event_id).taken == PLACES
    assert len(making.letters()) == PLACES


@pytest.mark.slow
def test_with_a_waiting_list_everyone_else_stands_in_one_line(app: Flask) -> None:
    making.workshop(capacity=PLACES)
    assert released_at_once(app, enrolments(api_token("enrol"))) == {201: REQUESTS}
    assert confirmed() == PLACES
    waiting = select(Enrolment.line_number).where(Enrolment.state == EnrolmentState.WAITLISTED)
    numbers = db.session.scalars(waiting).all()
    assert len(set(numbers)) == len(numbers) == REQUESTS - PLACES


@pytest.mark.slow
def test_the_same_person_sixty_times_gets_one_place(app: Flask) -> None:
    making.workshop(capacity=PLACES)
    same = [enrolments(api_token("enrol"))[0]] * REQUESTS
    assert released_at_once(app, same) == {201: 1, 200: REQUESTS - 1}
    assert confirmed() == 1
    assert len(making.letters()) == 1


@pytest.mark.slow
def test_sixty_want_one_stall_and_one_gets_it(app: Flask) -> None:
    festival = plan.festival()
    plan.stalls(festival, 1)
    applications = [plan.accepted(festival, f"Restaurant {n}").id for n in range(REQUESTS)]
    token = api_token("holdings")
    db.session.rollback()

    def asking(application: int) -> Callable[[Any], int]:
        body = {"stall": "1", "application": str(application)}
        address = "/api/v1/events/international-dag/holdings"
        return lambda client: client.post(address, json=body, headers=bearer(token)).status_code

    answers = released_at_once(app, [asking(one) for one in applications])
    assert answers == {201: 1, 409: REQUESTS - 1}
    live = select(func.count(Holding.id)).where(Holding.ended_at.is_(None))
    assert db.session.scalar(live) == 1


@pytest.mark.internal
@pytest.mark.slow
@pytest.mark.only_on("postgresql")
def test_without_the_guard_the_same_race_overbooks(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it shows that the races above would notice a missing guard."""

    def careless(event_id: int, wanted: int) -> int | None:
        its_own = Workshop.event_id == event_id
        asked = select(Workshop.capacity, Workshop.taken, Workshop.list_version).where(its_own)
        capacity, taken, version = db.session.execute(asked).one()
        if taken + wanted > capacity:
            return None
        db.session.execute(update(Workshop).where(its_own).values(taken=taken + wanted))
        return int(version) + 1

    # Everybody goes the way that takes the seat by itself, where the guard can be left out.
    monkeypatch.setattr(at_once, "may_be_seated", lambda *_asked: False)
    monkeypatch.setattr(seats, "take", careless)
    # Whoever is met for the first time is else seated by one statement with the guard in it.
    monkeypatch.setattr(at_once, "may_be_seated", lambda _opened, _wish: False)
    making.workshop(capacity=PLACES, waiting_list=False)
    answers = released_at_once(app, enrolments(api_token("enrol")))
    assert answers[201] > PLACES
    assert confirmed() > PLACES


@pytest.mark.internal
@pytest.mark.slow
@pytest.mark.only_on("sqlite")
def test_without_the_early_lock_the_same_race_turns_people_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control for SQLite: a deferred BEGIN clashes instead of waiting its turn."""
    token = api_token("enrol")
    making.workshop(capacity=PLACES, waiting_list=False)
    monkeypatch.setattr(transaction, "writing", lambda _writing: nullcontext())
    answers = released_at_once(app, enrolments(token), Flask.test_client)
    assert answers[503] > 0
    assert confirmed() <= PLACES
