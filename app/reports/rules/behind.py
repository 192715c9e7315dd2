"""What stands behind an indicator on the day a report is locked, to tell later what changed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.outcomes.rules.disclosure import too_close
from app.outcomes.rules.figures import FigureReading, complete, respondents


@dataclass(frozen=True, slots=True)
class Behind:
    """The figure with its hashes as data; pseudonyms of those counted and of all who answered.

    Both are empty where the figure is hidden: then nothing of it has been published.
    """

    numbers: Mapping[str, Any]
    people: frozenset[str] = frozenset()
    complete: frozenset[str] = frozenset()


class IndicatorChange(StrEnum):
    """What changed behind an indicator, whether or not its numbers did."""

    DEFINITION = "definition"
    ANSWERS = "answers"


def behind_of(reading: FigureReading) -> Behind:
    """What is kept of one indicator."""
    numbers = asdict(reading.figure)
    del numbers["computed_at"]
    # As JSON has it, so that what comes back from the database compares alike.
    return Behind(
        json.loads(json.dumps(numbers)),
        respondents(reading.definition, reading.units),
        complete(reading.units),
    )


def indicator_changes(
    then: Mapping[str, Mapping[str, Any]], now: Mapping[str, Behind]
) -> dict[str, IndicatorChange]:
    """The indicators that are counted by another rule, or from other answers, than they were."""
    changes = {}
    for key, before in then.items():
        after = now[key].numbers if key in now else {}
        if before.get("definition_hash") != after.get("definition_hash"):
            changes[key] = IndicatorChange.DEFINITION
        elif before.get("responses_hash") != after.get("responses_hash"):
            changes[key] = IndicatorChange.ANSWERS
    return changes


def tells_of_few(now: Behind, published: Mapping[str, Any]) -> bool:
    """Whether with a published version it would give away the few who are in one of them only.

    Those counted are compared, and all who answered: the annex prints how many both are.
    """
    pairs = ((now.people, "people"), (now.complete, "complete"))
    return any(
        too_close(own, [frozenset(published[name])]) for own, name in pairs if published.get(name)
    )
