"""Workshops with places, and people who enrol in them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.outbox import Letter
from app.core.unit_of_work import unit_of_work
from app.events.rules import EventKind, Purpose
from app.events.services import scheduling as events
from app.questions.rules.types import QuestionType
from app.questions.rules.writing import WrittenQuestion
from app.questions.services import editing
from app.workshops.models import Enrolment, Workshop
from app.workshops.queries import lists, questions
from app.workshops.rules.questions import key_of
from app.workshops.services import enrolling, planning
from app.workshops.services.drafting import Wish
from app.workshops.services.enrolling import Outcome
from app.workshops.services.questions import PARTICIPANTS

SLUG = "foraeldredialog"


def workshop(slug: str = SLUG, capacity: int = 5, *, waiting_list: bool = True) -> int:
    """A published workshop in two weeks, open for enrolment; its event's number."""
    now = clock.now()
    with unit_of_work():
        event = events.create(
            events.Plan(
                slug=slug,
                kind=EventKind.WORKSHOP,
                title={"da": "Forældredialog", "en": "Parent dialogue", "ar": "حوار الوالدين"},
                starts_at=now + timedelta(days=14),
                ends_at=now + timedelta(days=14, hours=3),
                place="Støberiet",
                address="Blågårds Plads 5",
            )
        )
        events.open_window(
            event,
            Purpose.ENROLMENTS,
            now - timedelta(days=1),
            now + timedelta(days=13),
            waiting_list=waiting_list,
        )
        planning.open_workshop(event, capacity)
        events.publish(event)
        return event.id


def wish(number: int | str, seats: int = 1, **more: str) -> Wish:
    """Somebody who can be told from the others."""
    return Wish(name=f"Amina {number}", mail=f"amina{number}@post.example", seats=seats, **more)


def enrolled(number: int | str, seats: int = 1, slug: str = SLUG, **more: str) -> Outcome:
    """Enrol somebody in a transaction of its own."""
    with unit_of_work():
        return enrolling.enrol(slug, wish(number, seats, **more))


def ask(
    event_id: int,
    text: dict[str, str],
    kind: QuestionType = QuestionType.SHORT_TEXT,
    choices: tuple[str, ...] = (),
    *,
    required: bool = False,
    shown_if: tuple[str, ...] = (),
) -> None:
    """Write one more question of the workshop's own and publish it, within a transaction."""
    asked = questions.set_of(key_of(event_id))
    assert asked is not None
    editing.add(asked, WrittenQuestion(kind, text, {}, choices, required, shown_if))
    editing.publish(asked, PARTICIPANTS)


def ask_no_more(event_id: int, code: str) -> None:
    """Take the question away and publish that, within a transaction."""
    asked = questions.set_of(key_of(event_id))
    assert asked is not None
    editing.remove(asked, code)
    editing.publish(asked, PARTICIPANTS)


def stored_workshop(event_id: int) -> Workshop:
    """The workshop as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Workshop, event_id)


def letters(kind: str | None = None) -> list[Letter]:
    """The letters written, oldest first."""
    db.session.rollback()
    rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    return [row for row in rows if kind is None or row.kind == f"workshops/{kind}"]


def enrolment(enrolment_id: int) -> Enrolment:
    """An enrolment as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Enrolment, enrolment_id)


def on_list(event_id: int, text: str) -> list[int]:
    """Whom the desk's list of an event finds, by number of the place."""
    found = lists.numbers(event_id).where(lists.matching(event_id, text))
    return list(db.session.scalars(found.order_by(Enrolment.id)))
