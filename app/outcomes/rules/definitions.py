"""An indicator as data: what it may say, read into a value, with its hash as proof of the rule."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.questions.rules.conditions import Condition
from app.questions.rules.flaws import Flaw


class IndicatorKind(StrEnum):
    """What sort of number an indicator gives; `Figure` tells the unit of each."""

    PROPORTION = "proportion"
    MEAN_INDEX = "mean_index"
    COUNT = "count"
    COUNT_DISTINCT = "count_distinct"
    ESTIMATE = "estimate"
    DIFFERENCE = "difference"


class Source(StrEnum):
    """Where an indicator's population comes from."""

    ATTENDANCE = "attendance"
    ENROLMENTS = "enrolments"
    ADVICE = "advisory_tasks"
    RESPONSES = "responses"
    ESTIMATES = "estimates"


class MissingPolicy(StrEnum):
    """What becomes of someone eligible whose success is not known."""

    EXCLUDE = "exclude"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Population:
    """Who is counted: from which rows, narrowed how."""

    source: Source
    event_kind: str | None = None
    topic: str | None = None
    task_kind: str | None = None
    status: str | None = None
    distinct: str | None = None
    period: str = "year"


@dataclass(frozen=True, slots=True)
class Group:
    """One side of a difference: its name in the reader's languages and who belongs to it."""

    condition: Condition
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """The rule that is part of the figure.

    One with `flaws` cannot be counted: it has its name and its text at most, and says why.
    """

    key: str
    version: int
    kind: IndicatorKind
    unit: str
    population: Population
    text: Mapping[str, str]
    instrument: str | None = None
    instrument_versions: tuple[int, ...] = ()
    eligible: Condition | None = None
    success: Condition | None = None
    missing: MissingPolicy = MissingPolicy.EXCLUDE
    sensitive: bool = False
    min_n: int = 5
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    name: Mapping[str, str] = field(default_factory=dict)
    rule: Mapping[str, str] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)
    content_hash: str = ""
    flaws: tuple[Flaw, ...] = ()


def read(raw: Mapping[str, Any]) -> Definition:
    """The definition that this object, already found without flaws, describes."""
    return Definition(
        key=raw["key"],
        version=raw["version"],
        kind=IndicatorKind(raw.get("kind", IndicatorKind.PROPORTION)),
        unit=raw["unit"],
        population=_population(raw["population"]),
        text=raw["text"],
        instrument=raw.get("instrument"),
        instrument_versions=tuple(raw.get("instrument_versions", ())),
        eligible=raw.get("eligible"),
        success=raw.get("success"),
        missing=MissingPolicy(raw.get("missing", MissingPolicy.EXCLUDE)),
        sensitive=raw.get("sensitive", False),
        min_n=raw.get("min_n", 5),
        dimensions={key: tuple(codes) for key, codes in raw.get("dimensions", {}).items()},
        groups=tuple(Group(group["is"], group.get("name", {})) for group in raw.get("groups", ())),
        name=raw.get("name", {}),
        rule=raw.get("rule", {}),
        uncertain=raw.get("uncertain", {}),
        content_hash=definition_hash(raw),
    )


def unreadable(key: str, version: int, raw: Any, flaws: Sequence[Flaw]) -> Definition:
    """What is left of a definition that has flaws: enough to name it, nothing to count by."""
    name = raw.get("name") if isinstance(raw, Mapping) else None
    texts = name if isinstance(name, Mapping) else {}
    return Definition(
        key=key,
        version=version,
        kind=IndicatorKind.COUNT,
        unit="",
        population=Population(Source.ATTENDANCE),
        text={},
        name={code: text for code, text in texts.items() if isinstance(text, str)},
        content_hash=definition_hash(raw),
        flaws=tuple(flaws),
    )


def _population(raw: Mapping[str, Any]) -> Population:
    return Population(**{**raw, "source": Source(raw["source"])})


def definition_hash(raw: Any) -> str:
    """The same for the same rule, however its file is spaced and ordered."""
    text = json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
