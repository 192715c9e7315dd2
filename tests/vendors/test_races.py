"""Many requests in the same moment: one winner for the last stall and for the last ampere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy import event as sql_event
from sqlalchemy.engine import Engine

from app.applications.models import Application
from app.applications.rules.answers import Needs
from app.core.database import db, writing
from app.core.refusals import Refusal
from app.core.unit_of_work import unit_of_work
from app.vendors.models import Holding, StallShare
from app.vendors.queries.plan import plan_of
from app.vendors.rules.specs import StallSpec
from app.vendors.services import adjusting, reshaping
from tests.factories import api_token, bearer
from tests.patient import PatientClient
from tests.vendors.making import accepted, crowd_at, festival, held, plan
from tests.workshops.test_races import Answer, released_at_once

CROWD = 60
INDEX = "uq_holdings_live"


def taking(slug: str, stall: str, application: int, token: str) -> Callable[[Flask], Answer]:
    body = {"stall": stall, "application": str(application)}
    address = f"/api/v1/events/{slug}/holdings"

    def call(app: Flask) -> Answer:
        answer = PatientClient(app).open(address, method="POST", json=body, headers=bearer(token))
        return answer.status_code, answer.get_json()

    return call


def live_holdings() -> int:
    db.session.rollback()
    statement = select(func.count(Holding.id)).where(Holding.state != "ended")
    return int(db.session.scalar(statement) or 0)


def race_for_one_stall(app: Flask) -> list[int]:
    event = festival()
    # Without power: the plug would refuse a second one even without the index.
    plan(event, [StallSpec("1", power_amp=0, cabinet="B")])
    token = api_token("holdings")
    crowd = crowd_at(event, CROWD)
    calls = [taking(event.slug, "1", one, token) for one in crowd]
    return [status for status, _body in released_at_once(app, calls)]


def race_for_the_last_ampere(app: Flask) -> tuple[int, list[Answer]]:
    """Sixty stalls of 16 A at a cabinet of 63 A: three can be given."""
    event = festival()
    codes = [str(number) for number in range(1, CROWD + 1)]
    plan(event, [StallSpec(code, power_amp=16, cabinet="B") for code in codes])
    token = api_token("holdings")
    crowd = crowd_at(event, CROWD)
    calls = [taking(event.slug, code, one, token) for code, one in zip(codes, crowd, strict=True)]
    return event.id, released_at_once(app, calls)


def race_for_a_shared_plug(app: Flask) -> tuple[int, list[Answer]]:
    """Sixty for one plug of 16 A with sixty parts, as an older version divided it: 8 A each."""
    event = festival()
    stall = plan(event, [StallSpec("1", power_amp=16, parts=CROWD)])[0]
    with unit_of_work():
        db.session.execute(
            update(StallShare).where(StallShare.stall_id == stall.id).values(power_amp=8)
        )
    token = api_token("holdings")
    calls = [taking(event.slug, "1", one, token) for one in crowd_at(event, CROWD)]
    return event.id, released_at_once(app, calls)


def test_sixty_race_for_one_stall(app: Flask) -> None:
    statuses = race_for_one_stall(app)
    assert statuses.count(201) == 1
    assert set(statuses) <= {201, 409}
    assert live_holdings() == 1


@pytest.mark.internal
def test_without_the_index_the_race_for_a_stall_is_lost(app: Flask) -> None:
    """The control: with the unique index taken out, several hold one stall."""
    with index_taken_out():
        statuses = race_for_one_stall(app)
        assert statuses.count(201) > 1
        assert live_holdings() > 1


def test_sixty_race_for_the_last_ampere(app: Flask) -> None:
    event_id, answers = race_for_the_last_ampere(app)
    statuses = [status for status, _body in answers]
    assert statuses.count(201) == 3
    assert set(statuses) <= {201, 409}
    sentences = {body["detail"] for status, body in answers if status == 409}
    assert sentences == {"Skab B: 48 af 63 A er brugt, du beder om 16."}
    assert plan_of(event_id).cabinets[0].load.used == (48,)


def test_sixty_race_for_the_last_ampere_of_a_shared_plug(app: Flask) -> None:
    event_id, answers = race_for_a_shared_plug(app)
    statuses = [status for status, _body in answers]
    assert statuses.count(201) == 2
    assert set(statuses) <= {201, 409}
    assert sum(holder.draw.amp for holder in plan_of(event_id).stalls[0].holders) == 16


def test_dividing_a_stall_and_reserving_more_on_it_do_not_pass_each_other(app: Flask) -> None:
    """Half of the posts divide the plug of 16 A, half reserve all of it for who stands there."""
    event = festival()
    stall = plan(event, [StallSpec("1", power_amp=16, cabinet="B")])[0]
    cafe = accepted(event, "Café Damaskus", Needs(power_amp=8))
    kept = held(stall, cafe)
    with unit_of_work():
        db.session.get_one(Application, cafe.id).power_amp = 16
    stall_id = stall.id
    verbs = [lambda: reshaping.share(stall_id, 2), lambda: adjusting.adjust(kept)]

    def call(verb: Callable[[], object]) -> Callable[[Flask], Answer]:
        def done(app: Flask) -> Answer:
            try:
                with app.app_context(), unit_of_work():
                    verb()
            except Refusal as refusal:
                return refusal.status, None
            return 200, None

        return done

    answers = released_at_once(app, [call(verb) for verb in verbs * 10])
    assert {status for status, _body in answers} == {200, 409}
    db.session.rollback()
    part = plan_of(event.id).stalls[0].parts[0]
    assert part.holder
    assert part.holder.draw.amp <= part.power_amp


@pytest.mark.internal
def test_without_the_sum_the_cabinet_is_overloaded(app: Flask) -> None:
    """The control on both databases: a sum that reads nothing lets everybody in."""
    with statements_changed("stalls.cabinet_id = ", "1 = 0 AND stalls.cabinet_id = "):
        event_id, _answers = race_for_the_last_ampere(app)
    assert plan_of(event_id).cabinets[0].load.is_over


@pytest.mark.internal
@pytest.mark.only_on("postgresql")
def test_without_the_lock_the_cabinet_is_overloaded(app: Flask) -> None:
    """The control: SQLite has one writer; on PostgreSQL the cabinet's row lock is the guard."""
    unlocked = statements_changed("ORDER BY cabinets.id FOR UPDATE", "ORDER BY cabinets.id")
    with unlocked, slow_commits():
        event_id, _answers = race_for_the_last_ampere(app)
    assert plan_of(event_id).cabinets[0].load.is_over


def test_a_key_sent_again_answers_the_same_and_holds_once(app: Flask) -> None:
    event = festival()
    plan(event, [StallSpec("1"), StallSpec("2")])
    headers = {**bearer(api_token("holdings")), "Idempotency-Key": "one"}
    body = {"stall": "1", "application": str(accepted(event, "Café Damaskus").id)}
    address = f"/api/v1/events/{event.slug}/holdings"

    def call(app: Flask) -> Answer:
        answer = PatientClient(app).open(address, method="POST", json=body, headers=headers)
        return answer.status_code, answer.get_json()

    answers = released_at_once(app, [call] * 20)
    assert {status for status, _body in answers} == {201}
    assert len({answer["id"] for _status, answer in answers}) == 1
    assert live_holdings() == 1


@contextmanager
def index_taken_out() -> Iterator[None]:
    index = next(one for one in Holding.__table__.indexes if one.name == INDEX)
    alter(lambda connection: index.drop(connection))
    try:
        yield
    finally:
        alter(lambda connection: connection.execute(delete(Holding)))
        alter(lambda connection: index.create(connection))


@contextmanager
def statements_changed(part: str, instead: str) -> Iterator[None]:
    """Every statement with `part` in it goes to the database with `instead` in its place."""

    def change(
        _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> tuple[str, object]:
        return statement.replace(part, instead), parameters

    sql_event.listen(Engine, "before_cursor_execute", change, retval=True)
    try:
        yield
    finally:
        sql_event.remove(Engine, "before_cursor_execute", change)


@contextmanager
def slow_commits() -> Iterator[None]:
    """Every COMMIT takes a quarter of a second, as on a slow disk."""

    def wait(_connection: object) -> None:
        time.sleep(0.25)

    sql_event.listen(Engine, "commit", wait)
    try:
        yield
    finally:
        sql_event.remove(Engine, "commit", wait)


def alter(what: Callable[..., object]) -> None:
    db.session.rollback()
    with writing(), db.engine.begin() as connection:
        what(connection)
