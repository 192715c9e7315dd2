"""Events on both databases: made, published, moved, held, signed for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.database import db
from app.core.refusals import Invalid, NotFound
from app.core.signing import is_signed
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events import queries, services
from app.events.models import Event, EventKey
from app.events.rules import EventKind, EventState, Purpose
from app.events.services import EventStepNotPossible, Plan, SlugTaken

STARTS = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)


def made(slug: str = "dialog", **more: object) -> Event:
    plan = Plan(
        slug=slug,
        kind=EventKind.WORKSHOP,
        title={"da": "Dialog"},
        starts_at=STARTS,
        ends_at=STARTS + timedelta(hours=3),
        **more,  # type: ignore[arg-type]
    )
    with unit_of_work():
        return services.create(plan)


def test_a_new_event_is_a_draft_nobody_outside_sees(app: Flask) -> None:
    made()
    with pytest.raises(NotFound):
        queries.public_event("dialog")


def test_the_second_event_at_an_address_is_refused(app: Flask) -> None:
    made()
    with pytest.raises(SlugTaken, match="dialog"):
        made()


def test_a_faulty_address_is_refused_at_its_field(app: Flask) -> None:
    with pytest.raises(Invalid) as refusal:
        made(slug="Dialog!")
    assert set(refusal.value.errors) == {"slug"}


def test_an_event_signs_with_a_key_that_is_stored_sealed(app: Flask) -> None:
    event = made()
    signature = services.sign(event.id, b"ticket")
    key = db.session.get_one(EventKey, event.id)
    assert is_signed(key.public_key, signature, b"ticket")
    assert not is_signed(key.public_key, signature, b"another")
    assert len(key.sealed_private) == 12 + 32 + 16


def test_moving_raises_the_sequence_and_takes_the_sessions_along(app: Flask) -> None:
    event = made(sessions=((STARTS, STARTS + timedelta(hours=1)),))
    later = STARTS + timedelta(days=7)
    with unit_of_work():
        event = queries.event_by_slug("dialog")
        services.publish(event)
        services.move(event, later, later + timedelta(hours=3), "Sal 2", "")
    event = queries.event_by_slug("dialog")
    assert (event.state, event.sequence, event.place) == (EventState.MOVED, 1, "Sal 2")
    assert [one.starts_at for one in queries.sessions(event.id)] == [later]


def test_only_what_was_held_counts_in_its_year(app: Flask) -> None:
    for slug in ("draft", "held"):
        made(slug)
    with at(STARTS + timedelta(hours=3)), unit_of_work():
        event = queries.event_by_slug("held")
        services.publish(event)
        services.mark_held(event)
    assert [one.slug for one in queries.held_in(2027)] == ["held"]
    assert queries.held_in(2026) == []


def test_a_step_out_of_order_says_both_states(app: Flask) -> None:
    event = made()
    with pytest.raises(EventStepNotPossible, match=r"draft.*held"):
        services.mark_held(event)


def test_an_event_has_one_window_for_each_purpose(app: Flask) -> None:
    made()
    with unit_of_work():
        event = queries.event_by_slug("dialog")
        services.open_window(event, Purpose.ENROLMENTS, STARTS - timedelta(days=9), STARTS)
    assert set(queries.windows(event.id)) == {Purpose.ENROLMENTS}
    assert db.session.scalars(select(Event.kind)).one() == EventKind.WORKSHOP
