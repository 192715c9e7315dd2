"""What each kind of event has, the states of events, and when a window takes sign-ups."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.core.audit_verbs import AuditVerb
from app.core.clock import local_time
from app.core.marking import marked


class EventKind(StrEnum):
    """What sort of event."""

    FESTIVAL = "festival"
    CELEBRATION = "celebration"
    WORKSHOP = "workshop"
    COURSE = "course"
    MEETING = "meeting"


class ReportPlace(StrEnum):
    """Where the yearly report tells of an event."""

    WORKSHOPS = "workshops"
    COURSES = "courses"
    FESTIVALS = "festivals"


@dataclass(frozen=True)
class KindTraits:
    """What a kind of event has; the names are the English ones, `wording` says them in others."""

    name: str
    plural: str
    # Its colour on cards.
    tone: str = "copper"
    # Organisations apply to take part in it.
    applications: bool = False
    # People enrol in it; the others are walked into or applied to.
    enrolments: bool = False
    # The team gives stalls on a site plan, and its start page tells how far the festival is.
    plan: bool = False
    # Its page lists several days; everything else has its one.
    sessions: bool = False
    # The door opens for it without anybody enrolled; elsewhere it does once there are places.
    door: bool = False
    # Visitors come without tickets, so the team notes how many they were.
    estimated: bool = False
    report: ReportPlace | None = None


# All that tells kinds apart; a new kind is a line here and one in EventKind.
KINDS: Final = {
    EventKind.FESTIVAL: KindTraits(
        marked("Festival"),
        marked("Festivals"),
        tone="brick",
        applications=True,
        plan=True,
        door=True,
        estimated=True,
        report=ReportPlace.FESTIVALS,
    ),
    EventKind.CELEBRATION: KindTraits(
        marked("Celebration"), marked("Celebrations"), tone="plum", applications=True
    ),
    EventKind.WORKSHOP: KindTraits(
        marked("Workshop"), marked("Workshops"), enrolments=True, report=ReportPlace.WORKSHOPS
    ),
    EventKind.COURSE: KindTraits(
        marked("Course"),
        marked("Courses"),
        tone="saffron",
        enrolments=True,
        sessions=True,
        report=ReportPlace.COURSES,
    ),
    EventKind.MEETING: KindTraits(marked("Meeting"), marked("Meetings"), enrolments=True),
}
# For statements, which cannot look into the table.
WITH_APPLICATIONS: Final = frozenset(kind for kind in KINDS if KINDS[kind].applications)
WITH_PLAN: Final = frozenset(kind for kind in KINDS if KINDS[kind].plan)
WITH_ENROLMENTS: Final = frozenset(kind for kind in KINDS if KINDS[kind].enrolments)
WITH_DOOR: Final = frozenset(kind for kind in KINDS if KINDS[kind].door)


class EventState(StrEnum):
    """Only `held` counts in figures."""

    DRAFT = "draft"
    PUBLISHED = "published"
    MOVED = "moved"
    HELD = "held"
    CANCELLED = "cancelled"


class PictureSize(StrEnum):
    """For which screen an event's picture is; WIDTHS says how many points across."""

    PHONE = "phone"
    DESK = "desk"


WIDTHS: Final = {PictureSize.PHONE: 720, PictureSize.DESK: 1440}


@dataclass(frozen=True)
class PictureFacts:
    """What a page needs to show an event's picture: its key, the large size, the small width."""

    key: str
    width: int
    height: int
    small: int


class Purpose(StrEnum):
    """What a window takes."""

    APPLICATIONS = "applications"
    ENROLMENTS = "enrolments"


class Phase(StrEnum):
    """Where a window stands: late means after the deadline, before the shutdown."""

    BEFORE = "before"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


# An evening that goes on past midnight is told by its hours, like a day.
LONGEST_EVENING = timedelta(hours=12)
# How long the letters of a move or a calling off wait, and it can be taken back.
TAKE_BACK_WITHIN = timedelta(minutes=2)
# Which states may follow which.
FOLLOWS: dict[EventState, frozenset[EventState]] = {
    EventState.DRAFT: frozenset({EventState.PUBLISHED, EventState.CANCELLED}),
    EventState.PUBLISHED: frozenset(EventState) - {EventState.PUBLISHED},
    EventState.MOVED: frozenset(EventState) - {EventState.PUBLISHED},
    EventState.HELD: frozenset(),
    EventState.CANCELLED: frozenset(),
}
# What those who come were told: once it is published only a move changes it.
FIXED_BY_PUBLISHING = frozenset({"slug", "starts_at", "ends_at", "place", "address"})
# What calendars hold of an event.
IN_CALENDARS = frozenset({"title", "summary", "starts_at", "ends_at", "place", "address"})
PUBLIC_STATES = frozenset(EventState) - {EventState.DRAFT}
RUNNING = frozenset({EventState.PUBLISHED, EventState.MOVED})


class HeldOffer(StrEnum):
    """Whether “It was held” is offered: from the start with a question, from the end without."""

    TOO_EARLY = "too_early"
    ASK = "ask"
    OPEN = "open"


# Pages of the desk that stand where an event's own page would.
RESERVED_SLUGS = frozenset({"new", "topics"})
LONGEST_KEY = 40
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def in_one_go(starts_at: datetime, ends_at: datetime) -> bool:
    """Whether it begins and ends on one day, or in the night after it: then its hours say all."""
    first, last = local_time(starts_at).date(), local_time(ends_at).date()
    return first == last or ends_at - starts_at <= LONGEST_EVENING


def kinds_told_in(place: ReportPlace) -> frozenset[EventKind]:
    """The kinds that this part of the yearly report is about."""
    return frozenset(kind for kind in KINDS if KINDS[kind].report is place)


def phase(opens: datetime, deadline: datetime, shutdown: datetime, now: datetime) -> Phase:
    """Where a window stands at a moment."""
    if now < opens:
        return Phase.BEFORE
    if now <= deadline:
        return Phase.OPEN
    return Phase.LATE if now <= shutdown else Phase.CLOSED


def may_become(state: EventState, following: EventState) -> bool:
    """Whether an event in this state may go to the wanted one."""
    return following in FOLLOWS[state]


def held_offer(starts_at: datetime, ends_at: datetime, now: datetime) -> HeldOffer:
    """What may be said of an event at a moment: nobody knows of one to come that it was held."""
    if now < starts_at:
        return HeldOffer.TOO_EARLY
    return HeldOffer.ASK if now < ends_at else HeldOffer.OPEN


def moved_into_past(
    was: Sequence[datetime], becomes: Sequence[datetime], now: datetime
) -> datetime | None:
    """The first changed moment that has been already, most often a typing error; else None."""
    changed = (after for before, after in zip(was, becomes, strict=True) if after != before)
    return next((moment for moment in changed if moment < now), None)


def within_event(moments: Sequence[datetime], ends_at: datetime) -> tuple[datetime, ...]:
    """The moments of a window, cut off where the event ends: nobody signs up for what is over."""
    return tuple(min(moment, ends_at) for moment in moments)


def before_it_was_held(verbs: Iterable[str]) -> EventState:
    """The state that an event goes back to, from what was done to it, oldest first."""
    known: list[str] = []
    for verb in verbs:
        if verb in RUNNING or verb == EventState.CANCELLED:
            known.append(verb)
        elif verb == EventVerb.CHANGE_TAKEN_BACK:
            known.pop()
    known = [verb for verb in known if verb in RUNNING]
    return EventState(known[-1]) if known else EventState.PUBLISHED


def is_slug(text: str) -> bool:
    """Lower-case letters, digits and single hyphens, 80 at most."""
    return len(text) <= 80 and _SLUG.fullmatch(text) is not None


def may_be_chosen(slug: str) -> bool:
    """A slug that leaves every page of the desk in reach."""
    return is_slug(slug) and slug not in RESERVED_SLUGS


def key_from(name: str) -> str:
    """What stands for a topic in figures: its first name in letters that every machine takes."""
    words = re.findall(r"[a-z0-9]+", _plain(name))
    return "_".join(words)[:LONGEST_KEY].strip("_")


def _plain(name: str) -> str:
    """The name in small letters without marks, Danish ones as two letters each."""
    spelled = name.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    letters = unicodedata.normalize("NFKD", spelled)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class EventVerb(AuditVerb):
    """What the audit trail says was done to an event."""

    CREATED = "created"
    DRAFT = "draft"
    PUBLISHED = "published"
    MOVED = "moved"
    HELD = "held"
    HELD_TAKEN_BACK = "held_taken_back"
    CANCELLED = "cancelled"
    EDITED = "edited"
    WINDOW_SET = "window_set"
    SITTINGS_SET = "sittings_set"
    PICTURE_SET = "picture_set"
    PICTURE_REMOVED = "picture_removed"
    CHANGE_TAKEN_BACK = "change_taken_back"
    COPIED = "copied"
    DELETED = "deleted"
    QUESTIONS_SET = "questions_set"
    TOPIC_KEPT = "topic_kept"
    TOPIC_ENDED = "topic_ended"
