"""Named reads of applications: the applicant's own, the desk's list, who has a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.applications import rules
from app.applications.models import Application, Message, Review
from app.applications.rules import Role, State
from app.core.database import db
from app.core.folding import fold
from app.core.refusals import NotFound
from app.organisations import queries as organisations
from app.organisations.models import Organisation
from app.organisations.rules import Actor
from app.people.models import Person, Staff

LONGEST_LIST = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """What the desk's list shows, as its address says; empty means all."""

    event_id: int | None = None
    role: str = ""
    state: str = ""
    search: str = ""
    only: str = ""
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the desk's list; `average` is None until the reader has scored."""

    application: Application
    scores: int
    average: float | None
    own: int | None
    look: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """The reader's own review, and the others' once there is one."""

    own: Review | None
    others: list[tuple[Review, str]]
    count: int


def application(application_id: int) -> Application:
    """The application with its organisation and event; raises NotFound. For staff pages."""
    found = db.session.scalar(_whole().where(Application.id == application_id))
    if found is None:
        raise NotFound
    return found


def application_for(
    actor: Actor, application_id: int, role: str | None = None, slug: str | None = None
) -> Application:
    """The application, if the actor may act for its organisation; a stranger gets NotFound.

    With a role and the event's slug it must also be of that role and at that event.
    """
    found = application(application_id)
    if role not in (None, found.role) or slug not in (None, found.event.slug):
        raise NotFound
    if not actor.on_behalf and not organisations.represents(actor.mailbox, found.organisation_id):
        raise NotFound
    return found


def live_one(event_id: int, organisation_id: int, role: str) -> Application | None:
    """The organisation's one live application for the role, if there is one."""
    return db.session.scalar(
        _whole().where(
            Application.event_id == event_id,
            Application.organisation_id == organisation_id,
            Application.role == role,
            Application.state.in_(rules.LIVE),
        )
    )


def of_mailbox(mailbox: str | None) -> Sequence[Application]:
    """All applications of the mailbox's organisations, newest event first."""
    own = organisations.ids_of_mailbox(mailbox)
    return db.session.scalars(
        _whole()
        .where(Application.organisation_id.in_(own))
        .order_by(Application.created_at.desc(), Application.id.desc())
    ).all()


def live(
    event_id: int, role: str | None = None, states: Collection[str] = rules.LIVE
) -> Sequence[Application]:
    """The applications of an event in those states, by the organisation's name."""
    wanted = _whole().where(Application.event_id == event_id, Application.state.in_(states))
    if role is not None:
        wanted = wanted.where(Application.role == role)
    return db.session.scalars(wanted.order_by(Organisation.name_folded, Application.id)).all()


def confirmed(event_id: int) -> Sequence[Application]:
    """Those that will be there: what the catalogue shows."""
    return live(event_id, states=(State.CONFIRMED,))


def counts(event_id: int) -> dict[tuple[str, str], int]:
    """How many applications stand where, by role and state."""
    rows = db.session.execute(
        select(Application.role, Application.state, func.count())
        .where(Application.event_id == event_id)
        .group_by(Application.role, Application.state)
    )
    return {(role, state): number for role, state, number in rows}


def thread(application_id: int) -> Sequence[Message]:
    """The team's questions and the answers, oldest first."""
    return db.session.scalars(
        select(Message).where(Message.application_id == application_id).order_by(Message.id)
    ).all()


def rank(kept: Application) -> int | None:
    """The place on the waiting list, from 1; None for one that does not wait."""
    if kept.state != State.WAITLISTED or kept.waitlisted_at is None:
        return None
    before = or_(
        Application.waitlisted_at < kept.waitlisted_at,
        and_(Application.waitlisted_at == kept.waitlisted_at, Application.id < kept.id),
    )
    ahead = select(func.count()).where(
        Application.event_id == kept.event_id,
        Application.role == kept.role,
        Application.state == State.WAITLISTED,
        before,
    )
    return int(db.session.scalar(ahead) or 0) + 1


def next_waiting(event_id: int, role: str) -> Application | None:
    """The first on the waiting list whom the team has not prepared to decline; locked."""
    return db.session.scalar(
        select(Application)
        .where(
            Application.event_id == event_id,
            Application.role == role,
            Application.state == State.WAITLISTED,
            or_(Application.prepared.is_(None), Application.prepared != State.DECLINED),
        )
        .order_by(Application.waitlisted_at, Application.id)
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def unconfirmed(now: datetime, roles: Collection[Role]) -> Sequence[int]:
    """Accepted applications whose deadline for confirming has passed, by number."""
    return db.session.scalars(
        select(Application.id)
        .where(
            Application.state == State.ACCEPTED,
            Application.confirm_by < now,
            Application.role.in_(roles),
        )
        .order_by(Application.id)
    ).all()


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


def listing(wanted: Filter, staff_id: int | None) -> list[Line]:
    """The desk's list. Averages stay hidden where the reader has not scored."""
    numbers = (
        select(
            Review.application_id,
            func.count().label("scores"),
            func.sum(Review.score).label("total"),
            func.max(Review.score).filter(Review.staff_id == staff_id).label("own"),
        )
        .group_by(Review.application_id)
        .subquery()
    )
    rows = db.session.execute(
        _filtered(wanted)
        .add_columns(numbers.c.scores, numbers.c.total, numbers.c.own, needs_look().label("look"))
        .outerjoin(numbers, numbers.c.application_id == Application.id)
        .limit(LONGEST_LIST)
    )
    return _sorted([_line(row) for row in rows], wanted.sort)


def needs_look() -> Any:
    """Has a place and differs from what the team saw when it gave it."""
    changed = or_(Application.needs_look, Application.seen_name != Organisation.name)
    return and_(Application.state.in_(rules.HAS_PLACE), changed)


def about(person_id: int) -> dict[str, Any]:
    """What is kept of a person here: the applications they act for, and what they wrote."""
    person = db.session.get(Person, person_id)
    mailbox = person.mailbox if person else None
    answers = db.session.scalars(
        select(Message).where(Message.person_id == person_id).order_by(Message.id)
    )
    return {
        "applications": [
            {
                "event": one.event.slug,
                "organisation": one.organisation.name,
                "role": one.role,
                "state": one.state,
                "answers": one.details,
                "draft": one.draft,
            }
            for one in (of_mailbox(mailbox) if mailbox else ())
        ],
        "messages": [{"at": one.written_at.isoformat(), "body": one.body} for one in answers],
    }


def _whole() -> Select[tuple[Application]]:
    return (
        select(Application)
        .join(Application.organisation)
        .options(contains_eager(Application.organisation), joinedload(Application.event))
    )


def _filtered(wanted: Filter) -> Select[tuple[Application]]:
    statement = _whole().where(Application.state != State.DRAFT)
    if wanted.event_id is not None:
        statement = statement.where(Application.event_id == wanted.event_id)
    if wanted.role:
        statement = statement.where(Application.role == wanted.role)
    if wanted.state:
        statement = statement.where(Application.state == wanted.state)
    if wanted.search:
        found = Organisation.search_text.contains(fold(wanted.search), autoescape=True)
        statement = statement.where(found)
    if wanted.only == "look":
        statement = statement.where(needs_look())
    if wanted.only == "prepared":
        statement = statement.where(Application.prepared.is_not(None))
    return statement


def _line(row: Any) -> Line:
    average = row.total / row.scores if row.own else None
    return Line(row[0], row.scores or 0, average, row.own, row.look)


def _sorted(lines: list[Line], by: str) -> list[Line]:
    keys: dict[str, Any] = {
        "name": lambda line: line.application.organisation.name_folded,
        "sent": lambda line: line.application.submitted_at,
        "score": lambda line: -(line.average or 0),
        "state": lambda line: list(State).index(State(line.application.state)),
    }
    return sorted(lines, key=keys.get(by, keys["name"]))


def _staff_names(staff_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(staff_ids)))
    return {row.id: row.name for row in rows}
