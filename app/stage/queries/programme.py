"""The programme as visitors and artists see it: announced, and only what each act lets be shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.applications.models import Application
from app.applications.rules.states import HAS_PLACE
from app.core import clock
from app.core.database import db
from app.core.texts import Lazy, _
from app.events.models import Event
from app.organisations import queries as organisations
from app.organisations.rules import Surface
from app.organisations.wording import SPOKEN
from app.stage.models import LineUp, Slot, Stage
from app.stage.queries import slots
from app.stage.rules.placing import Placing, now_and_next
from app.stage.wording import GENRES


@dataclass(frozen=True)
class ProgrammeSlot:
    """One act at its time. `artist` and `languages` are empty where they are not to be shown."""

    id: int
    stage: Stage
    starts_at: datetime
    ends_at: datetime
    title: str
    genre: str
    about: str
    artist: str
    languages: Sequence[str]
    # Grows with each change, for calendars.
    sequence: int

    @property
    def genre_name(self) -> Lazy | str:
        """What it is, in the reader's language."""
        return GENRES.get(self.genre, "")

    @property
    def day(self) -> date:
        """The day in Copenhagen."""
        return clock.local_time(self.starts_at).date()


@dataclass(frozen=True)
class StageNow:
    """What happens on a stage at the moment, and what begins next."""

    stage: Stage
    playing: ProgrammeSlot | None
    following: ProgrammeSlot | None


@dataclass(frozen=True)
class Programme:
    """All that an event's page of stages tells."""

    announced_at: datetime | None
    stages: Sequence[Stage]
    slots: Sequence[ProgrammeSlot]

    @property
    def genres(self) -> list[str]:
        """What there is, in the order of the list."""
        return [genre for genre in GENRES if any(one.genre == genre for one in self.slots)]

    @property
    def languages(self) -> list[str]:
        """The languages there are, in the order of the list."""
        spoken = {code for one in self.slots for code in one.languages}
        return [code for code in SPOKEN if code in spoken]

    def narrowed(self, genre: str, spoken: str) -> list[ProgrammeSlot]:
        """Those of the genre and the language, where asked for."""
        return [
            one
            for one in self.slots
            if genre in ("", one.genre) and (not spoken or spoken in one.languages)
        ]

    def now(self, moment: datetime) -> list[StageNow]:
        """Stage by stage; empty on any other day than those of the programme."""
        today = clock.local_time(moment).date()
        if not any(one.day == today for one in self.slots):
            return []
        return [self._now_on(stage, moment) for stage in self.stages]

    def _now_on(self, stage: Stage, moment: datetime) -> StageNow:
        own = {one.id: one for one in self.slots if one.stage.id == stage.id}
        placings = [
            Placing(one.id, stage.id, 0, one.starts_at, one.ends_at) for one in own.values()
        ]
        playing, following = now_and_next(placings, moment)
        return StageNow(
            stage,
            own[playing.slot_id] if playing else None,
            own[following.slot_id] if following else None,
        )


def title_of(application: Application) -> str:
    """What the act is called: by itself, else by the name of its artists."""
    return str(application.details.get("title") or application.organisation.name)


def minutes_of(application: Application) -> int:
    """How long the act says that it lasts."""
    return int(str(application.details.get("minutes") or 30))


def programme(event: Event) -> Programme:
    """The announced programme; without slots as long as it is a draft."""
    stages, line_up = slots.stages(event.id), slots.line_up(event.id)
    announced = line_up.announced_at if line_up else None
    if announced is None:
        return Programme(None, stages, ())
    standing = [one for one in slots.of_event(event.id) if one.application.state in HAS_PLACE]
    ids = {one.application.organisation_id for one in standing}
    shown = organisations.shown(ids, Surface.CATALOGUE) if ids else {}
    return Programme(announced, stages, [_planned(one, shown) for one in standing])


def told_to(application_ids: Collection[int]) -> dict[int, list[Slot]]:
    """The announced times of these acts, by application, in order of time."""
    if not application_ids:
        return {}
    wanted = (
        slots.whole()
        .join(LineUp, LineUp.event_id == Stage.event_id)
        .where(
            Slot.application_id.in_(application_ids),
            slots.is_live(),
            slots.has_place(),
            LineUp.announced_at.is_not(None),
        )
        .order_by(Slot.starts_at, Slot.id)
    )
    told: dict[int, list[Slot]] = {}
    for slot in db.session.scalars(wanted):
        told.setdefault(slot.application_id, []).append(slot)
    return told


def in_calendars(event_id: int) -> dict[int, list[int]]:
    """The numbers of all slots that were announced, by application, for those that must hear of a
    change of the event in their calendars."""
    if not slots.is_announced(event_id):
        return {}
    wanted = (
        select(Slot.application_id, Slot.id)
        .join(Slot.stage)
        .where(Stage.event_id == event_id, Slot.ended_because.in_(("", "called_off")))
        .order_by(Slot.id)
    )
    numbers: dict[int, list[int]] = {}
    for application_id, slot_id in db.session.execute(wanted):
        numbers.setdefault(application_id, []).append(slot_id)
    return numbers


def _planned(slot: Slot, shown: Mapping[int, Mapping[str, Any]]) -> ProgrammeSlot:
    details, facts = slot.application.details, shown.get(slot.application.organisation_id, {})
    artist = str(facts.get("name", ""))
    title = str(details.get("title") or artist or _("An act"))
    return ProgrammeSlot(
        id=slot.id,
        stage=slot.stage,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        title=title,
        genre=str(details.get("genre", "")),
        about=str(details.get("about", "")),
        artist="" if artist == title else artist,
        languages=[code for code in facts.get("languages", ()) if code in SPOKEN],
        sequence=slot.sequence,
    )
