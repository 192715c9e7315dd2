"""What the public sees of events, and who of the confirmed lets what be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, select

from app.applications.queries import asking
from app.applications.rules.states import Role
from app.catalogue import rules
from app.catalogue.rules import Way
from app.core import clock, owner
from app.core.database import Model, db
from app.core.refusals import NotFound
from app.core.texts import Lazy
from app.events import queries as events
from app.events.models import Event, Session, Window
from app.events.rules import PUBLIC_STATES, RUNNING, WITH_APPLICATIONS, EventState, Purpose
from app.installation.queries import STAMP
from app.organisations import queries as organisations
from app.organisations.rules import Surface
from app.organisations.wording import DISTRICTS, SPOKEN, TARGET_GROUPS
from app.workshops.models import Workshop

LONGEST_LIST = 60
PAST_LIST = 12
# What the people of each role are called together, in the order of the catalogue.
ROLES = (Role.ASSOCIATION_STALL, Role.FOOD_STALL, Role.ACT)

# Events with their places and the window that counts for their kind. Built once: the page of an
# event is the busiest of all.
SHOWINGS = (
    select(Event, Window, Workshop, STAMP.label("owner_stamp"))
    .outerjoin(
        Window,
        and_(
            Window.event_id == Event.id,
            Window.purpose
            == case(
                (Event.kind.in_(WITH_APPLICATIONS), Purpose.APPLICATIONS),
                else_=Purpose.ENROLMENTS,
            ),
        ),
    )
    .outerjoin(Workshop, Workshop.event_id == Event.id)
)
ANY_BY_SLUG = SHOWINGS.where(Event.slug == bindparam("slug"))
ONE_BY_SLUG = ANY_BY_SLUG.where(Event.state.in_(PUBLIC_STATES))


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

    @property
    def page_key(self) -> str:
        """All that the page tells of it, as one text that changes with any of it."""
        rows = (self.event, self.window, self.workshop)
        return f"{self.way} {[columns_of(row) for row in rows if row]}"

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


def upcoming() -> list[Showing]:
    """Public events not yet over, soonest first."""
    statement = (
        SHOWINGS.where(Event.state.in_(RUNNING), Event.ends_at >= clock.now())
        .order_by(Event.starts_at, Event.id)
        .limit(LONGEST_LIST)
    )
    return _shown(statement)


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
    entries: dict[Role, list[CatalogueEntry]] = {role: [] for role in ROLES}
    for application in confirmed:
        if application.organisation_id in facts:
            entries[application.role].append(_entry(facts[application.organisation_id]))
    return {role: group for role, group in entries.items() if group}


def _entry(facts: Mapping[str, Any]) -> CatalogueEntry:
    return CatalogueEntry(
        name=facts["name"],
        activity=facts.get("activity", {}),
        district=DISTRICTS.get(facts.get("district", "")),
        languages=[
            SPOKEN[language] for language in facts.get("languages", ()) if language in SPOKEN
        ],
        target_groups=[
            TARGET_GROUPS[group]
            for group in facts.get("target_groups", ())
            if group in TARGET_GROUPS
        ],
        members=facts.get("members"),
        website=facts.get("website"),
        mail=facts.get("public_mail"),
        phone=facts.get("public_phone"),
    )


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
        showings.append(Showing(event, window, workshop, way))
    return showings
