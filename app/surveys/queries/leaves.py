"""One page of a questionnaire as one respondent meets it, or as the desk previews it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.questions.rules.flow import (
    Place,
    Stop,
    all_stops,
    field_name,
    next_stop,
    progress,
    route,
    stop_before,
)
from app.questions.rules.instrument import Instrument
from app.questions.rules.storing import Stored, restored, sent_by
from app.questions.rules.wording import Sources, Worded, worded
from app.surveys.queries.sittings import Sitting, rows_of, sources
from app.surveys.rules import Standing

SAMPLE = Sources(items={"goals": [{"goal": None}, {"goal": None}]})


@dataclass(frozen=True)
class Leaf:
    """A page with the way it lies on and what stands on the sheet."""

    instrument: Instrument
    way: list[Stop]
    stop: Stop
    rows: Mapping[Place, Stored]
    sources: Sources

    @property
    def back(self) -> str | None:
        """The key of the page before."""
        before = stop_before(self.way, self.stop.key)
        return before.key if before else None

    @property
    def percent(self) -> int:
        """How far one has come."""
        return progress(self.instrument, self.sources.counts(), self.stop)

    def worded(self, language: str) -> list[Worded]:
        """Its questions in a language."""
        return [worded(one, self.instrument, self.sources, language) for one in self.stop.asked]

    def sent_before(self) -> dict[str, list[str]]:
        """What the page sent when it was answered earlier, by field name."""
        return {
            field_name(place): sent_by(one.question, restored(self.rows[place]))
            for one in self.stop.asked
            for place in one.places
            if place in self.rows
        }


def leaf(one: Sitting, key: str) -> Leaf | None:
    """The page of that key if it lies on the way of a questionnaire that is being answered."""
    if one.standing is not Standing.BEGUN:
        return None
    rows = rows_of(one)
    known = sources(one, rows)
    way = route(one.instrument, known.counts(), known.answers)
    stop = next((stop for stop in way if stop.key == key), None)
    return Leaf(one.instrument, way, stop, rows, known) if stop else None


def open_key(one: Sitting) -> str | None:
    """The key of the first page without an answer; None if there is none."""
    rows = rows_of(one)
    known = sources(one, rows)
    stop = next_stop(route(one.instrument, known.counts(), known.answers), rows.keys())
    return stop.key if stop else None


def sample_leaf(instrument: Instrument, key: str | None) -> Leaf | None:
    """A page as the desk previews it: every page lies on the way, for someone with two goals."""
    way = all_stops(instrument, SAMPLE.counts())
    stop = next((stop for stop in way if key in (None, stop.key)), None)
    return Leaf(instrument, way, stop, {}, SAMPLE) if stop else None
