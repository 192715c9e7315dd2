"""Reads of single applications, of an address's own, and of who has a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.applications.models import Application, Message
from app.applications.queries import own_questions
from app.applications.rules.states import KINDS_FOR, LIVE, Role, State
from app.core.database import db
from app.core.refusals import NotFound
from app.core.texts import language
from app.events import queries as events
from app.events.models import Event, Window
from app.events.rules import EventState, Purpose
from app.organisations import queries as organisations
from app.organisations.models import Organisation, Representative
from app.organisations.rules import Actor
from app.people.models import Person


@dataclass(frozen=True, slots=True)
class Start:
    """One organisation that may ask for a role, and what it has asked."""

    organisation: Organisation
    application: Application | None


def application(application_id: int) -> Application:
    """The application with its organisation and event; raises NotFound. For staff pages."""
    found = db.session.scalar(whole().where(Application.id == application_id))
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
    if not actor.on_behalf and not organisations.represents(actor.email, found.organisation_id):
        raise NotFound
    return found


def live_one(event_id: int, organisation_id: int, role: str) -> Application | None:
    """The organisation's one live application for the role, if there is one."""
    return db.session.scalar(
        whole().where(
            Application.event_id == event_id,
            Application.organisation_id == organisation_id,
            Application.role == role,
            Application.state.in_(LIVE),
        )
    )


def starts(email: str | None, event_id: int, role: Role) -> list[Start]:
    """The address's organisations that may ask for the role, each with its live application."""
    own = [one for one in organisations.of_email(email) if one.kind in KINDS_FOR[Role(role)]]
    asked = {one.organisation_id: one for one in of_email(email) if _asks(one, event_id, role)}
    return [Start(one, asked.get(one.id)) for one in own]


def window_of(event: Event) -> Window | None:
    """When one can apply to be at the event; None where it takes no applications."""
    return events.window(event.id, Purpose.APPLICATIONS) if event.has.applications else None


def of_email(email: str | None) -> Sequence[Application]:
    """All applications of the address's organisations, newest event first."""
    own = organisations.ids_of_email(email)
    return db.session.scalars(
        whole()
        .where(Application.organisation_id.in_(own))
        .order_by(Application.created_at.desc(), Application.id.desc())
    ).all()


def live(
    event_id: int, role: str | None = None, states: Collection[str] = LIVE
) -> Sequence[Application]:
    """The applications of an event in those states, by the organisation's name."""
    wanted = whole().where(Application.event_id == event_id, Application.state.in_(states))
    if role is not None:
        wanted = wanted.where(Application.role == role)
    return db.session.scalars(wanted.order_by(Organisation.sort_text, Application.id)).all()


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


def answer_by(application_ids: Collection[int]) -> dict[int, datetime]:
    """Until when the team's last question of each is to be answered, where it said so."""
    statement = (
        select(Message.application_id, Message.answer_by)
        .where(Message.application_id.in_(application_ids), Message.from_team)
        .order_by(Message.id)
    )
    last = {number: moment for number, moment in db.session.execute(statement)}
    return {number: moment for number, moment in last.items() if moment is not None}


def rank(application: Application) -> int | None:
    """The place on the waiting list, from 1; None for one that does not wait."""
    if application.state != State.WAITLISTED or application.waitlisted_at is None:
        return None
    before = or_(
        Application.waitlisted_at < application.waitlisted_at,
        and_(
            Application.waitlisted_at == application.waitlisted_at, Application.id < application.id
        ),
    )
    ahead = select(func.count()).where(
        Application.event_id == application.event_id,
        Application.role == application.role,
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
    """Accepted applications whose deadline for confirming has passed, by number.

    Of an event that was called off no place goes on to anybody.
    """
    return db.session.scalars(
        select(Application.id)
        .join(Event, Event.id == Application.event_id)
        .where(
            Event.state != EventState.CANCELLED,
            Application.state == State.ACCEPTED,
            Application.confirm_by < now,
            Application.role.in_(roles),
        )
        .order_by(Application.id)
    ).all()


def acted_for_by(person_id: int) -> Sequence[Application]:
    """Applications of every organisation that the person acts or acted for."""
    theirs = select(Representative.organisation_id).where(Representative.person_id == person_id)
    return db.session.scalars(whole().where(Application.organisation_id.in_(theirs))).all()


def about(person_id: int) -> dict[str, object]:
    """What is kept of a person here: the applications they act for, and what they wrote."""
    person = db.session.get(Person, person_id)
    email = person.email if person else None
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
                "own_questions": own_questions.told_answers(one, language()),
                "draft": one.draft,
            }
            for one in (of_email(email) if email else ())
        ],
        "messages": [{"at": one.written_at.isoformat(), "body": one.body} for one in answers],
    }


def _asks(application: Application, event_id: int, role: str) -> bool:
    return (
        application.event_id == event_id and application.role == role and application.state in LIVE
    )


def whole() -> Select[Application]:
    """Applications with their organisations and events."""
    return (
        select(Application)
        .join(Application.organisation)
        .options(
            contains_eager(Application.organisation),
            joinedload(Application.event),
            joinedload(Application.role_questions),
        )
    )
