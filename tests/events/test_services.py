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
from app.events import queries
from app.events.models import Event, EventKey
from app.events.refusals import EventStepNotPossible, GoesIntoThePast, HasBegun, SlugTaken
from app.events.rules import EventKind, EventState, Purpose
from app.events.services import scheduling
from app.events.services.scheduling import Plan

STARTS = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


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
        return scheduling.create(plan)


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
    signature = scheduling.sign(event.id, b"ticket")
    key = db.session.get_one(EventKey, event.id)
    assert is_signed(key.public_key, signature, b"ticket")
    assert not is_signed(key.public_key, signature, b"another")
    assert len(key.sealed_private) == 12 + 32 + 16


def test_moving_raises_the_sequence_and_takes_the_sessions_along(app: Flask) -> None:
    event = made(sessions=((STARTS, STARTS + timedelta(hours=1)),))
    later = STARTS + timedelta(days=7)
    with unit_of_work():
        event = queries.event_by_slug("dialog")
        scheduling.publish(event)
        scheduling.move(event, later, later + timedelta(hours=3), "Sal 2", "")
    event = queries.event_by_slug("dialog")
    assert (event.state, event.sequence, event.place) == (EventState.MOVED, 1, "Sal 2")
    assert [one.starts_at for one in queries.sessions(event.id)] == [later]


def test_only_what_was_held_counts_in_its_year(app: Flask) -> None:
    for slug in ("draft", "held"):
        made(slug)
    with at(STARTS + timedelta(hours=3)), unit_of_work():
        event = queries.event_by_slug("held")
        scheduling.publish(event)
        scheduling.mark_held(event)
    assert [one.slug for one in queries.held_in(2027)] == ["held"]
    assert queries.held_in(2026) == []


def test_a_step_out_of_order_says_both_states(app: Flask) -> None:
    event = made()
    with pytest.raises(EventStepNotPossible, match=r"draft.*held"):
        scheduling.mark_held(event)


def test_an_event_has_one_window_for_each_purpose(app: Flask) -> None:
    made()
    with unit_of_work():
        event = queries.event_by_slug("dialog")
        scheduling.open_window(event, Purpose.ENROLMENTS, STARTS - timedelta(days=9), STARTS)
    assert set(queries.windows(event.id)) == {Purpose.ENROLMENTS}
    assert db.session.scalars(select(Event.kind)).one() == EventKind.WORKSHOP


def test_a_window_ends_with_its_event_at_the_latest(app: Flask) -> None:
    made()
    opens, ends = STARTS - timedelta(days=9), STARTS + timedelta(hours=3)
    with unit_of_work():
        event = queries.event_by_slug("dialog")
        for purpose, deadline, shutdown in (
            (Purpose.ENROLMENTS, STARTS, ends + SECOND),
            (Purpose.APPLICATIONS, ends + SECOND, None),
        ):
            scheduling.open_window(event, purpose, opens, deadline, shutdown)
    windows = queries.windows(event.id)
    assert {one.shutdown_at for one in windows.values()} == {ends}
    assert windows[Purpose.ENROLMENTS].deadline_at == STARTS


@pytest.mark.parametrize("days", [-2, -30, 5])
def test_a_window_does_not_outlive_an_event_that_is_moved(app: Flask, days: int) -> None:
    made()
    with unit_of_work():
        event = queries.event_by_slug("dialog")
        scheduling.publish(event)
        scheduling.open_window(event, Purpose.ENROLMENTS, STARTS - timedelta(days=9), STARTS)
        starts = STARTS + timedelta(days=days)
        scheduling.move(event, starts, starts + timedelta(hours=3), "Salen", "")
    window = queries.windows(event.id)[Purpose.ENROLMENTS]
    ends = starts + timedelta(hours=3)
    assert window.shutdown_at == min(STARTS, ends)
    assert window.opens_at == min(STARTS - timedelta(days=9), ends)


def test_nothing_is_moved_into_the_past_without_an_answer(app: Flask) -> None:
    made()
    with unit_of_work():
        scheduling.publish(queries.event_by_slug("dialog"))
    ends = STARTS + timedelta(hours=3)
    with at(STARTS + timedelta(hours=1)):
        for start, end in ((STARTS - SECOND, ends), (STARTS, STARTS + timedelta(minutes=59))):
            with pytest.raises(GoesIntoThePast), unit_of_work():
                event = queries.event_by_slug("dialog")
                scheduling.move(event, start, end, "Salen", "", sure=False)
        with unit_of_work():
            event = queries.event_by_slug("dialog")
            scheduling.move(event, STARTS, ends + SECOND, "Salen", "", sure=False)
            scheduling.move(event, STARTS - SECOND, ends, "Salen", "", sure=True)


def test_what_has_begun_is_not_called_off_without_an_answer(app: Flask) -> None:
    made()
    with at(STARTS):
        with pytest.raises(HasBegun), unit_of_work():
            scheduling.cancel(queries.event_by_slug("dialog"), sure=False)
        with unit_of_work():
            scheduling.cancel(queries.event_by_slug("dialog"))
    assert queries.event_by_slug("dialog").state is EventState.CANCELLED
