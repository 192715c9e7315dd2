"""Defining indicators and recording estimates; figures themselves are only ever read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core import audit, clock
from app.core.database import db, insert_once
from app.core.refusals import Invalid, Refusal
from app.core.texts import _l
from app.events.models import Event
from app.outcomes.models import Estimate, Indicator
from app.outcomes.queries import indicators
from app.outcomes.rules.audited import OutcomeVerb
from app.outcomes.rules.definitions import definition_hash
from app.outcomes.rules.validation import definition_flaws
from app.questions.rules.flaws import Flaw
from app.questions.wording import flaw_words


class VersionTaken(Refusal):
    """A definition that has been used does not change."""

    sentence = _l(
        "Version %(version)s of %(key)s exists with another content. Give the new one a new number."
    )


@dataclass(frozen=True)
class Judgement:
    """An estimate with its bounds, all in people, how it was made and by whom."""

    value: int
    low: int
    high: int
    method: str
    source: str = ""


def define(raw: Any) -> None:
    """Keep a definition; the same again changes nothing."""
    flaws = definition_flaws(raw, indicators.instruments_for(raw), indicators.topics())
    if flaws:
        raise Invalid(_by_field(flaws))
    _keep(raw)


def _by_field(flaws: Iterable[Flaw]) -> dict[str, str]:
    """The sentences of each field, in the reader's language."""
    sentences: dict[str, list[str]] = defaultdict(list)
    for flaw in flaws:
        sentences[flaw.place or "definition"].append(flaw_words(flaw))
    return {place: " ".join(dict.fromkeys(said)) for place, said in sentences.items()}


def _keep(raw: Mapping[str, Any]) -> None:
    key, version, content_hash = raw["key"], raw["version"], definition_hash(raw)
    known = indicators.raw_definition(key, version)
    if known is not None and definition_hash(known) != content_hash:
        raise VersionTaken(key=key, version=version)
    if known is None:
        insert_once(
            Indicator,
            key=key,
            version=version,
            content=dict(raw),
            content_hash=content_hash,
            defined_at=clock.now(),
        )


def record_estimate(event: Event, judged: Judgement) -> Estimate:
    """Note how many there were at an event; an earlier estimate stays, this one counts."""
    if not 0 <= judged.low <= judged.value <= judged.high:
        raise Invalid({"value": _l("The number must lie between the lowest and the highest.")})
    estimate = Estimate(
        event_id=event.id,
        value=judged.value,
        low=judged.low,
        high=judged.high,
        method=judged.method,
        source=judged.source,
        recorded_at=clock.now(),
    )
    db.session.add(estimate)
    db.session.flush()
    audit.record("estimate", estimate.id, OutcomeVerb.RECORDED, event=event.id)
    return estimate
