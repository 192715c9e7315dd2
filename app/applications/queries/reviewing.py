"""Reads of the desk: the list, the scores, all about one case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Float,
    Row,
    Select,
    Subquery,
    and_,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy import case as sql_case

from app.applications.models import Application, Message, Review
from app.applications.queries.asking import application, rank, thread, whole
from app.applications.rules import answers, states
from app.applications.rules.states import Role, State
from app.core import audit, clock, outbox
from app.core.database import db
from app.core.outbox import Letter
from app.core.refusals import NotFound
from app.mailings import queries as mailings
from app.mailings.models import Mailing
from app.mailings.rules.states import RECALL_WITHIN, About
from app.organisations.models import Organisation
from app.people.models import Staff


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the desk's list; `average` is None until the reader has scored."""

    application: Application
    scores: int
    average: float | None
    own: int | None
    look: bool


@dataclass(frozen=True, slots=True)
class ApplicationCase:
    """What the desk's page of one application shows."""

    application: Application
    thread: Sequence[Message]
    scores: Scores
    rank: int | None
    entries: Sequence[audit.AuditEntry]
    changed: list[str]
    letters: Sequence[Row[Mailing, Letter]]
    # Until when the released decision can be taken back.
    leaves_at: datetime | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The reader's own review, and the others' once there is one."""

    own: Review | None
    others: list[tuple[Review, str]]
    count: int


def case(application_id: int, role: Role, staff_id: int | None) -> ApplicationCase:
    """One application of that role with all the desk shows of it."""
    application = sent_in(application_id, role)
    changed = (
        [] if application.seen is None else answers.changes(application.seen, application.details)
    )
    if application.seen_name not in (None, application.organisation.name):
        changed.append("name")
    return ApplicationCase(
        application=application,
        thread=thread(application.id),
        scores=scores(application.id, staff_id),
        rank=rank(application),
        entries=audit.of("application", application.id),
        changed=changed if application.state in states.HAS_PLACE else [],
        letters=mailings.standing_with(About.APPLICATION, application.id),
        leaves_at=outbox.waits_until(application.release_letters)
        if application.state_before
        else None,
    )


def sent_in(application_id: int, role: Role) -> Application:
    """The application, if it is of that role and no draft; else NotFound."""
    asked = application(application_id)
    if asked.role != role or asked.state == State.DRAFT:
        raise NotFound
    return asked


def numbered(application_ids: Collection[int]) -> Sequence[Application]:
    """The applications with these numbers, with organisation and event, by name."""
    wanted = whole().where(Application.id.in_(application_ids))
    return db.session.scalars(wanted.order_by(Organisation.sort_text, Application.id)).all()


def just_released(event_id: int | None) -> list[int]:
    """The numbers of those whose decision was released so lately that it can be taken back."""
    wanted = select(Application.id).where(
        Application.state_before.is_not(None),
        Application.decided_at > clock.now() - RECALL_WITHIN,
    )
    if event_id is not None:
        wanted = wanted.where(Application.event_id == event_id)
    return list(db.session.scalars(wanted))


def scores(application_id: int, staff_id: int | None) -> Scores:
    """The reader's review; the others' only after the reader's own."""
    rows = db.session.execute(
        select(Review, Review.staff_id)
        .where(Review.application_id == application_id)
        .order_by(Review.id)
    ).all()
    own = next((row[0] for row in rows if row[1] == staff_id), None)
    names = _staff_names([row[1] for row in rows]) if own else {}
    others = [(row[0], names[row[1]]) for row in rows if own and row[1] != staff_id]
    return Scores(own, others, len(rows))


def scoring(staff_id: int | None) -> Subquery:
    """By application how many scored it, what they gave in all, and what the reader gave."""
    return (
        select(
            Review.application_id,
            func.count().label("scores"),
            func.sum(Review.score).label("total"),
            func.max(Review.score).filter(Review.staff_id == staff_id).label("own"),
        )
        .group_by(Review.application_id)
        .subquery()
    )


def numbers(scored: Subquery) -> Select[int]:
    """The numbers of all that were sent in, with what the desk's list narrows and orders by."""
    return (
        select(Application.id)
        .join(Application.organisation)
        .outerjoin(scored, scored.c.application_id == Application.id)
        .where(Application.state != State.DRAFT)
    )


def average(scored: Subquery) -> ColumnElement[float]:
    """What was given on average; nothing where the reader has not scored."""
    return sql_case((scored.c.own.is_not(None), cast(scored.c.total, Float) / scored.c.scores))


def lines(scored: Subquery, application_ids: Collection[int]) -> list[Line]:
    """The lines of the desk's list with these numbers."""
    rows = db.session.execute(
        whole()
        .add_columns(scored.c.scores, average(scored), scored.c.own, needs_look().label("look"))
        .outerjoin(scored, scored.c.application_id == Application.id)
        .where(Application.id.in_(application_ids))
    )
    return [Line(row[0], row[1] or 0, row[2], row[3], row[4]) for row in rows]


def needs_look() -> ColumnElement[bool]:
    """Has a place and differs from what the team saw when it gave it."""
    changed = or_(Application.needs_look, Application.seen_name != Organisation.name)
    return and_(Application.state.in_(states.HAS_PLACE), changed)


def unsent_changes() -> ColumnElement[bool]:
    """Was corrected after sending in, and the correction was not sent."""
    return and_(Application.state.in_(states.SENT_IN), Application.draft.is_not(None))


def _staff_names(staff_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff_ids)))
    return {row.id: row.name for row in rows}
