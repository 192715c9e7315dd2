"""What can be said of each population and each kind of figure: closed lists, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.advisory.rules import TaskKind
from app.events.rules import KINDS, EventKind
from app.outcomes.rules.definitions import IndicatorKind, Source
from app.workshops.rules.places import EnrolmentState

ASKING: Final = frozenset(
    {IndicatorKind.PROPORTION, IndicatorKind.MEAN_INDEX, IndicatorKind.DIFFERENCE}
)
OF_PEOPLE: Final = ASKING | {IndicatorKind.COUNT, IndicatorKind.COUNT_DISTINCT}

# What a figure may say that it counts.
UNITS: Final = (
    "person", "recipient", "response", "visitor", "visit", "attendance", "enrolment", "task",
)  # fmt: skip
ATTENDED, CLOSED, OPEN, COMPLETE = "attended", "closed", "open", "complete"


@dataclass(frozen=True, slots=True)
class SourceTraits:
    """What a population from a source may say; the first status is meant where none is named."""

    kinds: frozenset[IndicatorKind]
    statuses: tuple[str, ...] = ()
    event_kinds: tuple[str, ...] = ()
    task_kinds: tuple[str, ...] = ()
    topic: bool = False
    distinct: tuple[str, ...] = ()

    def allowed(self) -> Mapping[str, tuple[str, ...]]:
        """The closed list of each field that this source knows."""
        lists = {
            "status": self.statuses,
            "event_kind": self.event_kinds,
            "task_kind": self.task_kinds,
            "distinct": self.distinct,
        }
        return {name: values for name, values in lists.items() if values}

    @property
    def fields(self) -> frozenset[str]:
        """The fields that narrow this source."""
        return frozenset(self.allowed()) | ({"topic"} if self.topic else frozenset())


# A status is a line here and one in `queries/counters.py`, which counts it; a test compares them.
SOURCES: Final[Mapping[Source, SourceTraits]] = {
    Source.ATTENDANCE: SourceTraits(
        OF_PEOPLE, (ATTENDED,), tuple(EventKind), topic=True, distinct=("person",)
    ),
    Source.ENROLMENTS: SourceTraits(
        OF_PEOPLE, tuple(EnrolmentState), tuple(EventKind), topic=True, distinct=("person",)
    ),
    Source.ADVICE: SourceTraits(
        OF_PEOPLE, (CLOSED, OPEN), task_kinds=tuple(TaskKind), distinct=("person",)
    ),
    # Nobody is known behind an answer of a panel, so there are no people to tell apart.
    Source.RESPONSES: SourceTraits(ASKING | {IndicatorKind.COUNT}, (COMPLETE,)),
    Source.ESTIMATES: SourceTraits(
        frozenset({IndicatorKind.ESTIMATE}),
        event_kinds=tuple(kind for kind, traits in KINDS.items() if traits.estimated),
    ),
}

_ASKED: Final = frozenset({"instrument", "instrument_versions", "response"})
# What each kind of figure takes beside what every definition has.
PARTS: Final[Mapping[IndicatorKind, frozenset[str]]] = {
    IndicatorKind.PROPORTION: _ASKED | {"eligible", "success", "missing"},
    IndicatorKind.MEAN_INDEX: _ASKED | {"dimensions"},
    IndicatorKind.DIFFERENCE: _ASKED | {"dimensions", "groups", "uncertain"},
    IndicatorKind.COUNT: _ASKED,
    IndicatorKind.COUNT_DISTINCT: frozenset(),
    IndicatorKind.ESTIMATE: frozenset(),
}


def asks(kind: IndicatorKind, source: Source) -> bool:
    """Whether a figure rests on the answers to a questionnaire."""
    return kind in ASKING or source is Source.RESPONSES


def status_of(source: Source, named: str | None) -> str:
    """The status that a population means."""
    return named or SOURCES[source].statuses[0]
