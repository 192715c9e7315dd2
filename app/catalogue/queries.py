"""What the public sees of events, and who of the confirmed lets what be shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    or_,
    select,
)

from app.applications.queries import asking
from app.applications.rules.states import Role
from app.catalogue import rules
from app.catalogue.rules import Soon, Way
from app.core import clock, owner
from app.core.database import Model, db
from app.core.prepared import Prepared
from app.core.refusals import NotFound
from app.core.stored_rows import stored_columns
from app.core.texts import Lazy
from app.events import queries as events
from app.events import rules as event_rules
from app.events.models import Event, Session, Window
from app.events.rules import (
    KINDS,
    PUBLIC_STATES,
    RUNNING,
    WITH_APPLICATIONS,
    EventKind,
    EventState,
    Purpose,
)
from app.installation.queries import STAMP
from app.organisations import queries as organisations
from app.organisations.rules import Surface
from app.organisations.wording import DISTRICTS, SPOKEN, TARGET_GROUPS
from app.stage.models import Slot
from app.stage.queries import programme
from app.workshops.models import Workshop
from app.workshops.rules import places

AnySelect = TypeVar("AnySelect", bound=Select[*tuple[Any, ...]])

LONGEST_LIST = 60
PAST_LIST = 12
# What the people of each role are called together, in the order of the catalogue.
ROLES = (Role.ASSOCIATION_STALL, Role.FOOD_STALL, Role.ACT)


def _one_of(column: Any, members: Collection[StrEnum]) -> ColumnElement[bool]:
    return or_(*(column == member for member in sorted(members)))


def _with_places(shown: AnySelect) -> AnySelect:
    """Events with their places and the window that counts for their kind."""
    with_applications = _one_of(Event.kind, WITH_APPLICATIONS)
    counts = case((with_applications, Purpose.APPLICATIONS), else_=Purpose.ENROLMENTS)
    of_event = and_(Window.event_id == Event.id, Window.purpose == counts)
    return shown.outerjoin(Window, of_event).outerjoin(Workshop, Workshop.event_id == Event.id)


# Every page tells whose installation it is.
OWNER_STAMP = STAMP.label("owner_stamp")
# Built once: the page of an event is the busiest of all.
SHOWINGS = _with_places(select(Event, Window, Workshop, OWNER_STAMP).select_from(Event))
ANY_BY_SLUG = SHOWINGS.where(Event.slug == bindparam("slug"))
PUBLIC = _one_of(Event.state, PUBLIC_STATES)
ONE_BY_SLUG = ANY_BY_SLUG.where(PUBLIC)
# The same rows, to see whether anything of them changed.
STORED_BY_SLUG = Prepared(
    lambda _dialect: _with_places(
        select(*stored_columns(Event, Window, Workshop), OWNER_STAMP).select_from(Event)
    ).where(PUBLIC, Event.slug == bindparam("slug"))
)
STORED_SESSIONS = Prepared(
    lambda _dialect: (
        select(*stored_columns(Session))
        .where(Session.event_id == bindparam("event_id"))
        .order_by(Session.starts_at, Session.id)
    )
)


def columns_of(row: Model) -> dict[str, Any]:
    """A row's loaded columns by name."""
    return {name: value for name, value in vars(row).items() if name != "_sa_instance_state"}


@dataclass(frozen=True)
class Showing:
    """An event as a visitor meets it: when, how many seats are left, which way leads in."""

    event: Event
    window: Window | None
    workshop: Workshop | None
    way: Way
    soon: Soon | None
    # The festival stands first on the front page in its season.
    in_season: bool

    @property
    def page_key(self) -> str:
        """All that the page tells of it, as one text that changes with any of it."""
        rows = (self.event, self.window, self.workshop)
        return f"{self.way} {self.soon} {[columns_of(row) for row in rows if row]}"

    @property
    def free(self) -> int | None:
        return self.workshop.free if self.workshop else None

    @property
    def few(self) -> bool:
        return rules.few(self.free)


@dataclass(frozen=True)
class CatalogueEntry:
    """One of the confirmed, with only what it allowed to be shown; the rest is None or empty."""

    name: str
    activity: Mapping[str, str]
    district: Lazy | None
    languages: Sequence[Lazy]
    target_groups: Sequence[Lazy]
    members: int | None
    website: str | None
    mail: str | None
    phone: str | None
    # When and where an act plays, once that is announced.
    slots: Sequence[Slot] = ()


def upcoming() -> list[Showing]:
    """Public events not yet over, soonest first."""
    statement = (
        SHOWINGS.where(Event.state.in_(RUNNING), Event.ends_at >= clock.now())
        .order_by(Event.starts_at, Event.id)
        .limit(LONGEST_LIST)
    )
    return _shown(statement)


def coming_ways(event_ids: Collection[int]) -> dict[int, Showing]:
    """Of these events and of all that take applications: the ones that are not yet over, by
    number, the next first."""
    statement = (
        SHOWINGS.where(
            Event.state.in_(RUNNING),
            Event.ends_at >= clock.now(),
            or_(Event.kind.in_(WITH_APPLICATIONS), Event.id.in_(event_ids)),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(LONGEST_LIST)
    )
    return {showing.event.id: showing for showing in _shown(statement)}


def past() -> Sequence[Event]:
    """The latest that took place."""
    statement = (
        select(Event)
        .where(Event.state == EventState.HELD)
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(PAST_LIST)
    )
    return db.session.scalars(statement).all()


def showing(slug: str) -> Showing:
    """One event as a visitor meets it; raises NotFound."""
    showings = _shown(ONE_BY_SLUG, slug=slug)
    if not showings:
        raise NotFound
    return showings[0]


def key_of_page(slug: str) -> tuple[object, ...]:
    """All that the page of one event tells, as a value that changes with any of it; raises
    NotFound. Asked at each visit, so no objects are made of the rows."""
    rows, now = STORED_BY_SLUG.rows_alone(slug=slug), clock.now()
    if not rows:
        raise NotFound
    (stored,) = rows
    days: Sequence[Any] = ()
    if KINDS[EventKind(stored.events_kind)].sessions:
        days = STORED_SESSIONS.rows_alone(event_id=stored.events_id)
    soon = rules.soon(stored.events_starts_at, stored.events_ends_at, now)
    return _way_of_stored(stored, now), soon, stored, *days


def previewed(slug: str) -> Showing:
    """One event as visitors will meet it, a draft too; raises NotFound."""
    showings = _shown(ANY_BY_SLUG, slug=slug)
    if not showings:
        raise NotFound
    return showings[0]


def sessions(event: Event) -> Sequence[Session]:
    """The days of a course in order; nothing else has more than its one."""
    return events.sessions(event.id) if event.has.sessions else ()


def calendar_events() -> Sequence[Event]:
    """What belongs in the public calendar: all that runs, is called off or lies ahead."""
    statement = (
        select(Event)
        .where(Event.state.in_(PUBLIC_STATES), Event.ends_at >= clock.now())
        .order_by(Event.starts_at, Event.id)
        .limit(LONGEST_LIST)
    )
    return db.session.scalars(statement).all()


def entries(event_id: int) -> dict[Role, list[CatalogueEntry]]:
    """The confirmed of an event by role; whoever did not let the name be shown is left out."""
    confirmed = asking.confirmed(event_id)
    facts = organisations.shown(
        {application.organisation_id for application in confirmed}, Surface.CATALOGUE
    )
    slots = programme.told_to([one.id for one in confirmed if one.role is Role.ACT])
    entries: dict[Role, list[CatalogueEntry]] = {role: [] for role in ROLES}
    for application in confirmed:
        if application.organisation_id in facts:
            own = facts[application.organisation_id], slots.get(application.id, ())
            entries[application.role].append(_entry(*own))
    return {role: group for role, group in entries.items() if group}


def _entry(facts: Mapping[str, Any], slots: Sequence[Slot]) -> CatalogueEntry:
    return CatalogueEntry(
        name=facts["name"],
        activity=facts.get("activity", {}),
        district=DISTRICTS.get(facts.get("district", "")),
        languages=[SPOKEN[code] for code in facts.get("languages", ()) if code in SPOKEN],
        target_groups=[
            TARGET_GROUPS[key] for key in facts.get("target_groups", ()) if key in TARGET_GROUPS
        ],
        members=facts.get("members"),
        website=facts.get("website"),
        mail=facts.get("public_mail"),
        phone=facts.get("public_phone"),
        slots=slots,
    )


def _way_of_stored(stored: Any, now: datetime) -> Way:
    opens, deadline = stored.windows_opens_at, stored.windows_deadline_at
    phase = event_rules.phase(opens, deadline, stored.windows_shutdown_at, now) if opens else None
    seats, taken = stored.workshops_capacity, stored.workshops_taken
    free = None if seats is None else places.free(seats, taken)
    over, waiting = stored.events_ends_at < now, bool(stored.windows_waiting_list)
    return rules.way_in(stored.events_state, over, phase, free, waiting)


def _shown(
    statement: Select[Event, Window | None, Workshop | None, str | None], **values: str
) -> list[Showing]:
    now = clock.now()
    showings = []
    for event, window, workshop, owner_stamp in db.session.execute(statement, values):
        owner.note(owner_stamp)
        phase = events.phase(window, now) if window else None
        free = workshop.free if workshop else None
        waiting = window is not None and window.waiting_list
        way = rules.way_in(event.state, event.ends_at < now, phase, free, waiting)
        soon = rules.soon(event.starts_at, event.ends_at, now)
        first = rules.in_season(event.has.plan, event.starts_at, way, now)
        showings.append(Showing(event, window, workshop, way, soon, first))
    return showings
