"""Figures for machines, hidden by the same rule as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, RootModel

from app.core.access import Scope, open_to
from app.core.openapi import operation
from app.core.refusals import Invalid
from app.core.texts import _l
from app.outcomes import wording
from app.outcomes.queries import figures
from app.outcomes.rules.figures import Figure
from app.outcomes.rules.years import read_year
from app.questions.rules.flaws import Flaw
from app.questions.wording import flaw_words

pages = Blueprint("outcomes_api", __name__, url_prefix="/api/v1")

BY = ("", "kind", "event")


class GroupAnswer(BaseModel):
    """One side of a difference."""

    name: dict[str, str]
    size: int
    mean: float | None
    deviation: float | None


class FigureAnswer(BaseModel):
    """A figure; shares, intervals and bounds are fractions of one, unrounded."""

    key: str
    version: int
    year: int
    cell: str | None
    population: int | None
    invited: int | None
    delivered: int | None
    complete: int | None
    eligible: int | None
    unknown: int | None
    success: int | None
    percent: int | None
    share: float | None
    interval: tuple[float, float] | None
    interval_population: tuple[float, float] | None
    bounds: tuple[float, float] | None
    value: float | None
    low: float | None
    high: float | None
    groups: list[GroupAnswer] | None
    suppressed: bool
    definition_hash: str
    responses_hash: str | None
    text: str
    flaws: list[str]


class OutcomeAnswer(RootModel[FigureAnswer | list[FigureAnswer]]):
    """One figure, or with `by` a list of them."""


@pages.get("/outcomes/<key>")
@open_to(Scope("read"))
@operation(OutcomeAnswer, errors=(404,), query={"year": "integer", "by": "string"})
def outcome(key: str) -> Response:
    """A figure of a year, or its breakdown by kind or event."""
    year, by = _year(), _by()
    reading = figures.reading(key, year)
    if not by:
        text = wording.sentence(reading.definition, reading.figure, reading.least)
        return jsonify(_answer(year, reading.figure, text, reading.definition.flaws))
    rows = figures.breakdown(key, year, by).rows
    return jsonify([_answer(year, row.figure, wording.share_words(row.figure)) for row in rows])


def _answer(year: int, figure: Figure, text: str, flaws: Sequence[Flaw] = ()) -> dict[str, Any]:
    groups = figure.groups and [
        GroupAnswer(
            name=dict(group.name), size=group.size, mean=group.mean, deviation=group.deviation
        )
        for group in figure.groups
    ]
    values = {
        name: getattr(figure, name)
        for name in FigureAnswer.model_fields
        if name not in ("year", "groups", "text", "flaws")
    }
    said = [f"{flaw.place}: {flaw_words(flaw)}" for flaw in flaws]
    answer = FigureAnswer(**values, year=year, groups=groups or None, text=text, flaws=said)
    return answer.model_dump(mode="json")


def _year() -> int:
    year = read_year(request.args.get("year", ""))
    if year is None:
        raise Invalid({"year": _l("Give a year, such as year=2010.")})
    return year


def _by() -> str:
    by = request.args.get("by", "")
    if by not in BY:
        raise Invalid({"by": _l("Give by=kind or by=event, or leave it out.")})
    return by
