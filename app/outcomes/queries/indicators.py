"""Indicator definitions: those that come with Torvet, and those that staff have added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.core.refusals import NotFound
from app.core.texts import _l
from app.outcomes.models import Indicator
from app.outcomes.rules.definitions import Definition, read
from app.questions import queries as questions
from app.questions.rules.vocabulary import Vocabulary

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
    """The newest version of every indicator, by key."""
    newest = dict(shipped())
    statement = select(Indicator.key, Indicator.version, Indicator.content)
    for key, version, content in db.session.execute(statement.order_by(Indicator.version)):
        if key not in newest or version > newest[key]["version"]:
            newest[key] = content
    return [read(raw) for _, raw in sorted(newest.items())]


def definition(key: str) -> Definition:
    """The newest version of one indicator; raises NoSuchIndicator."""
    return read(newest_raw(key))


def newest_raw(key: str) -> Mapping[str, Any]:
    """The newest version as data; raises NoSuchIndicator."""
    statement = select(Indicator.content).where(Indicator.key == key)
    added = db.session.scalars(statement).all()
    known = [*added, *([shipped()[key]] if key in shipped() else [])]
    if not known:
        raise NoSuchIndicator(key=key)
    return max(known, key=_version)


def _version(raw: Mapping[str, Any]) -> int:
    return int(raw["version"])


def raw_definition(key: str, version: int) -> Mapping[str, Any] | None:
    """One version of an indicator as data, if there is one."""
    own = shipped().get(key)
    if own is not None and own["version"] == version:
        return own
    return db.session.scalar(
        select(Indicator.content).where(Indicator.key == key, Indicator.version == version)
    )


def instruments_named(raw: Any) -> dict[tuple[str, int], Vocabulary]:
    """What may be asked in the published versions of the questionnaire that a definition names."""
    key = raw.get("instrument") if isinstance(raw, Mapping) else None
    if not isinstance(key, str):
        return {}
    return {
        (key, version.number): questions.instrument_of(version).vocabulary()
        for version in questions.versions(key)
    }
