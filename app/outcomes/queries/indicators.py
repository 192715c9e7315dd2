"""Indicator definitions: those that come with Torvet, and those that staff have added."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.core.refusals import NotFound
from app.core.texts import _l
from app.events.models import Event, Topic
from app.events.wording import TOPIC_NAMES
from app.outcomes.models import Indicator
from app.outcomes.rules.definitions import Definition, read, unreadable
from app.outcomes.rules.validation import definition_flaws
from app.questions import queries as questions
from app.questions.models import Questionnaire, QuestionnaireVersion
from app.questions.rules.vocabulary import Vocabulary
from app.surveys.models import Survey

FOLDER = Path(__file__).resolve().parent.parent / "definitions"


class NoSuchIndicator(NotFound):
    """No indicator has this key."""

    sentence = _l("There is no indicator %(key)s.")


def _read_folder() -> Mapping[str, Mapping[str, Any]]:
    definitions = [json.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.json"))]
    return {raw["key"]: raw for raw in definitions}


_SHIPPED = _read_folder()


def shipped() -> Mapping[str, Mapping[str, Any]]:
    """The definitions in the folder beside, by key."""
    return _SHIPPED


def definitions() -> list[Definition]:
    """The newest version of every indicator, by key; one with flaws says so."""
    return _checked([kept for _key, kept in sorted(_newest().items())])


def named(keys: Sequence[str]) -> list[Definition]:
    """The newest version of each of these, in their order; raises NoSuchIndicator."""
    newest = _newest(keys)
    for key in keys:
        if key not in newest:
            raise NoSuchIndicator(key=key)
    return _checked([newest[key] for key in keys])


def definition(key: str) -> Definition:
    """The newest version of one indicator; raises NoSuchIndicator."""
    return named([key])[0]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A definition as it lies there, under the name that its row has."""

    key: str
    version: int
    raw: Any


def _newest(keys: Sequence[str] | None = None) -> dict[str, _Kept]:
    newest = {
        key: _Kept(key, raw["version"], raw)
        for key, raw in shipped().items()
        if keys is None or key in keys
    }
    statement = select(Indicator.key, Indicator.version, Indicator.content)
    if keys is not None:
        statement = statement.where(Indicator.key.in_(keys))
    for key, version, content in db.session.execute(statement.order_by(Indicator.version)):
        if key not in newest or version > newest[key].version:
            newest[key] = _Kept(key, version, content)
    return newest


def _checked(kept: Sequence[_Kept]) -> list[Definition]:
    """Each definition read, or what is wrong with it: questionnaires and rules may have changed."""
    instruments = _instruments({_instrument(one.raw) for one in kept} - {None})
    return [_read(one, instruments) for one in kept]


def _read(kept: _Kept, instruments: Mapping[tuple[str, int], Vocabulary]) -> Definition:
    own = shipped().get(kept.key)
    if own is not None and kept.raw is own and not _asked_yet(own, instruments):
        return read(own)
    flaws = definition_flaws(kept.raw, instruments)
    if flaws:
        return unreadable(kept.key, kept.version, kept.raw, flaws)
    return read(kept.raw)


def _asked_yet(raw: Any, instruments: Mapping[tuple[str, int], Vocabulary]) -> bool:
    """Whether the questionnaire has been published; before that nobody can have answered it."""
    return any(key == _instrument(raw) for key, _number in instruments)


def _instrument(raw: Any) -> str | None:
    key = raw.get("instrument") if isinstance(raw, Mapping) else None
    return key if isinstance(key, str) else None


def raw_definition(key: str, version: int) -> Mapping[str, Any] | None:
    """One version of an indicator as data, if there is one."""
    own = shipped().get(key)
    if own is not None and own["version"] == version:
        return own
    return db.session.scalar(
        select(Indicator.content).where(Indicator.key == key, Indicator.version == version)
    )


def instruments_for(raw: Any) -> dict[tuple[str, int], Vocabulary]:
    """What may be asked in each published version: of the questionnaire that a definition names,
    and of those of the surveys, which it could have named."""
    surveyed = db.session.scalars(
        select(Questionnaire.key).join(Survey, Survey.questionnaire_id == Questionnaire.id)
    )
    return _instruments({*surveyed, _instrument(raw)} - {None})


def topics() -> set[str]:
    """What an indicator may be about: what events are offered, and what those or surveys have."""
    used = select(Event.topic).union(select(Survey.topic), select(Topic.key))
    return {topic for topic in {*db.session.scalars(used), *TOPIC_NAMES} if topic}


def _instruments(keys: Collection[str | None]) -> dict[tuple[str, int], Vocabulary]:
    rows = db.session.execute(
        select(Questionnaire.key, QuestionnaireVersion)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .where(Questionnaire.key.in_(keys))
    )
    return {
        (key, version.number): questions.instrument_of(version).vocabulary()
        for key, version in rows
    }
