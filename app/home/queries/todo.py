"""What an address has to do: confirm, answer, send, come in time, apply; each with its last day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules.states import HAS_PLACE, State
from app.catalogue.queries import Showing
from app.catalogue.rules import Way
from app.core import clock
from app.core.database import db
from app.events.models import Event
from app.home.rules import Near, Task, near, urgency
from app.organisations.models import Organisation
from app.people.models import Person
from app.surveys.models import Invitation, Wave
from app.surveys.queries.respondents import token_of
from app.surveys.queries.resting import rests
from app.surveys.rules import Disposition
from app.vendors.queries import holdings
from app.vendors.queries.holdings import StallArrival

TAKES_APPLICATIONS = frozenset({Way.APPLY, Way.APPLY_LATE})
WAITING_FOR_ANSWERS = (Disposition.SENT, Disposition.OPENED, Disposition.PARTIAL)


@dataclass(frozen=True)
class Todo:
    """One thing to do, what it is about, and until when."""

    task: Task
    event: Event | None
    due: datetime | None
    application: Application | None = None
    arrival: StallArrival | None = None
    # The survey's link.
    token: str = ""
    # Only the waiting list is left.
    late: bool = False
    # Those of theirs that have not asked yet.
    organisations: Sequence[Organisation] = ()

    @property
    def last_day(self) -> date | None:
        return clock.local_time(self.due).date() if self.due else None

    @property
    def near(self) -> Near:
        return near(self.last_day or clock.today(), clock.today())

    @property
    def days_left(self) -> int:
        return ((self.last_day or clock.today()) - clock.today()).days

    @property
    def order(self) -> tuple[bool, date, int, int]:
        number = self.application.id if self.application else 0
        return urgency(self.task, self.last_day, number)


def todos(
    email: str,
    organisations: Sequence[Organisation],
    applications: Sequence[Application],
    open_ways: Mapping[int, Showing],
) -> list[Todo]:
    """All of it, the most urgent first. `open_ways` are the coming events by number."""
    ahead = [one for one in applications if one.event_id in open_ways]
    lists = (
        _of_applications(ahead, open_ways),
        _arrivals(ahead),
        _surveys(email),
        _to_apply_for(organisations, applications, open_ways),
    )
    return sorted((todo for todos in lists for todo in todos), key=lambda todo: todo.order)


def _of_applications(
    applications: Sequence[Application], open_ways: Mapping[int, Showing]
) -> Iterator[Todo]:
    asked = [one.id for one in applications if one.state is State.ASKED]
    answer_by = asking.answer_by(asked) if asked else {}
    for one in applications:
        window = open_ways[one.event_id].window
        if one.state is State.ACCEPTED:
            yield Todo(Task.CONFIRM, one.event, one.confirm_by, one)
        if one.state is State.ASKED:
            yield Todo(Task.ANSWER, one.event, answer_by.get(one.id), one)
        if one.has_unsent_changes:
            yield Todo(Task.SEND, one.event, None, one)
        if one.state is State.DRAFT and window is not None:
            late = window.deadline_at < clock.now() <= window.shutdown_at
            due = window.shutdown_at if late else window.deadline_at
            if due >= clock.now():
                yield Todo(Task.FINISH, one.event, due, one, late=late)


def _arrivals(applications: Sequence[Application]) -> Iterator[Todo]:
    placed = {one.id: one for one in applications if one.state in HAS_PLACE}
    for arrival in holdings.arrivals(placed) if placed else ():
        if arrival.arrives_at >= clock.now():
            one = placed[arrival.application_id]
            yield Todo(Task.ARRIVE, one.event, arrival.arrives_at, one, arrival)


def _surveys(email: str) -> Iterator[Todo]:
    statement = (
        select(Invitation.id, Person.link_number, Event, Wave.closes_on)
        .join(Person, Person.id == Invitation.person_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .outerjoin(Event, Event.id == Invitation.event_id)
        .where(
            Person.email == email,
            Invitation.disposition.in_(WAITING_FOR_ANSWERS),
            ~rests(),
            Wave.closed_at.is_(None),
            Wave.closes_on >= clock.today(),
        )
        .order_by(Invitation.due_at, Invitation.id)
    )
    for number, link_number, event, last_day in db.session.execute(statement):
        due = datetime.combine(last_day, time(23, 59), clock.COPENHAGEN)
        yield Todo(Task.SURVEY, event, due, token=token_of(number, link_number))


def _to_apply_for(
    organisations: Sequence[Organisation],
    applications: Sequence[Application],
    open_ways: Mapping[int, Showing],
) -> Iterator[Todo]:
    """Events that an organisation of theirs has not asked to be at, in any role."""
    asked = {(one.organisation_id, one.event_id) for one in applications}
    for showing in open_ways.values():
        if showing.way not in TAKES_APPLICATIONS or showing.window is None:
            continue
        left = [one for one in organisations if (one.id, showing.event.id) not in asked]
        if left:
            late = showing.way is Way.APPLY_LATE
            due = showing.window.shutdown_at if late else showing.window.deadline_at
            yield Todo(Task.APPLY, showing.event, due, late=late, organisations=left)
