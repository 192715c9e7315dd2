"""Requests for help are logged, closed and counted once for each person."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.advisory import queries, services
from app.advisory.rules import RequisitionState, TaskKind
from app.advisory.services import Request
from app.core import clock
from app.core.refusals import NotFound
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.rules import EventKind
from app.events.services.scheduling import Plan
from app.people import queries as people

S = RequisitionState
CALL = Request("Nørrebro Bibliotek", "Dialog med forældre", minutes=20)
MAIL = Request("Skolen", "Tolk", email="Aase@Skole.example", name="Aase Bøgh")


def test_advice_is_closed_when_it_is_logged_unless_something_is_owed(app: Flask) -> None:
    with unit_of_work():
        given = services.log_advice(CALL)
        owed = services.log_advice(CALL, closed=False)
    assert given.closed_at is not None
    assert owed.closed_at is None
    with unit_of_work():
        services.close_advice(queries.task(owed.id).task)
    assert queries.task(owed.id).task.closed_at is not None
    with pytest.raises(services.TaskStepNotPossible):
        services.close_advice(queries.task(owed.id).task)


def test_tasks_are_counted_in_the_year_in_copenhagen_they_were_closed(app: Flask) -> None:
    with at(datetime(2010, 12, 31, 22, 59, tzinfo=UTC)), unit_of_work():
        services.log_advice(CALL)
    with at(datetime(2010, 12, 31, 23, 1, tzinfo=UTC)), unit_of_work():
        services.log_advice(CALL)
        services.log_advice(CALL, closed=False)
        services.take_requisition(CALL)
    assert queries.closed_in(2010) == {TaskKind.ADVICE: 1, TaskKind.REQUISITION: 0}
    assert queries.closed_in(2011) == {TaskKind.ADVICE: 1, TaskKind.REQUISITION: 0}
    assert queries.open_requisitions() == 1


def test_a_person_is_one_recipient_however_often_they_ask(app: Flask) -> None:
    with unit_of_work():
        first = services.log_advice(MAIL)
        services.log_advice(MAIL)
        services.log_advice(CALL)
    now = clock.now()
    found = queries.recipients(now - timedelta(days=1), now + timedelta(days=1))
    assert [(one.person_id, one.task_id) for one in found] == [(first.person_id, first.id)]
    assert queries.recipients(now + timedelta(days=1), now + timedelta(days=2)) == []


def test_a_requisition_is_taken_to_its_close(app: Flask) -> None:
    with unit_of_work():
        task = services.take_requisition(MAIL)
        for state in (S.AGREED, S.SCHEDULED, S.HELD, S.CLOSED):
            services.advance(task.id, state)
    assert queries.requisition(task.id).state is S.CLOSED
    assert queries.task(task.id).task.closed_at is not None
    with pytest.raises(services.TaskStepNotPossible), unit_of_work():
        services.advance(task.id, S.CLOSED)
    with pytest.raises(services.TaskStepNotPossible), unit_of_work():
        services.make_workshop(task.id, _plan(), 20)


def test_a_requisition_becomes_a_workshop_once_and_stays_linked(app: Flask) -> None:
    with unit_of_work():
        task = services.take_requisition(MAIL)
        event = services.make_workshop(task.id, _plan(), 20)
    found = queries.requisition(task.id)
    assert found.event is not None
    assert (found.event.id, found.state) == (event.id, S.SCHEDULED)
    with pytest.raises(services.WorkshopMade), unit_of_work():
        services.make_workshop(task.id, _plan("igen"), 20)


def test_forgetting_empties_the_words_and_keeps_the_count(app: Flask) -> None:
    with unit_of_work():
        task = services.log_advice(MAIL)
    assert task.person_id is not None
    told = queries.about(task.person_id)["advice"]
    assert [one["subject"] for one in told] == ["Tolk"]
    with unit_of_work():
        services.forget(people.person(task.person_id))
    assert [one["subject"] for one in queries.about(task.person_id)["advice"]] == [""]
    assert queries.closed_in(clock.today().year)[TaskKind.ADVICE] == 1


def test_what_is_no_requisition_is_not_found_as_one(app: Flask) -> None:
    with unit_of_work():
        advice = services.log_advice(CALL)
    with pytest.raises(NotFound):
        queries.requisition(advice.id)
    with pytest.raises(NotFound):
        queries.task(404)
    with pytest.raises(services.TaskStepNotPossible), unit_of_work():
        services.advance(advice.id, S.AGREED)


def _plan(slug: str = "dialog-paa-skolen") -> Plan:
    start = clock.now() + timedelta(days=30)
    return Plan(slug, EventKind.WORKSHOP, {"da": "Dialog"}, start, start + timedelta(hours=3))
