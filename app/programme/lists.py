"""The lists of the registers: area plans, publications, projects."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.core.folding import sort_key
from app.core.texts import Lazy, _l, local
from app.lists.describing import Column, Filter, ListOf
from app.programme.models import Engagement, Project, Publication
from app.programme.rules import EngagementKind

KINDS: dict[str, Lazy] = {
    str(EngagementKind.HELHEDSPLAN): _l("Helhedsplan"),
    str(EngagementKind.OMRAADELOEFT): _l("Områdeløft"),
}


def _name(one: Engagement | Project) -> str:
    return one.name


def _by_name(one: Engagement | Project) -> str:
    return sort_key(one.name)


def _first(one: Engagement | Project) -> date:
    return one.starts_on


def _last(one: Engagement | Project) -> date | None:
    return one.ends_on


FIRST: Column[Any] = Column("first", _l("First day"), _first, order=_first, falls=True)
LAST: Column[Any] = Column("last", _l("Last day"), _last, order=_last, falls=True)
ENGAGEMENTS: ListOf[Engagement] = ListOf(
    "helhedsplaner",
    columns=(
        Column("name", _l("Area or plan"), _name, order=_by_name),
        Column(
            "kind",
            _l("Kind of plan"),
            lambda one: str(KINDS[one.kind]),
            order=lambda one: str(KINDS[one.kind]),
        ),
        FIRST,
        LAST,
    ),
    sort="-first",
    filters=(Filter("kind", _l("Kind of plan"), lambda one, kind: one.kind == kind, KINDS),),
    searched=lambda one: one.name,
)

PUBLICATIONS: ListOf[Publication] = ListOf(
    "publikationer",
    columns=(
        Column(
            "title",
            _l("Title"),
            lambda one: local(one.title),
            order=lambda one: sort_key(local(one.title)),
        ),
        Column(
            "year",
            _l("Year"),
            lambda one: one.year,
            order=lambda one: one.year,
            numeric=True,
            falls=True,
        ),
        Column("note", _l("Note"), lambda one: local(one.note)),
    ),
    sort="-year",
    searched=lambda one: " ".join([*one.title.values(), *one.note.values(), str(one.year)]),
)

PROJECTS: ListOf[Project] = ListOf(
    "projekter",
    columns=(
        Column("name", _l("Name"), _name, order=_by_name),
        FIRST,
        LAST,
        Column(
            "owner",
            _l("Handed over to"),
            lambda one: one.handed_to,
            order=lambda one: sort_key(one.handed_to) if one.handed_to else None,
        ),
        Column("note", _l("Note"), lambda one: local(one.note), on_page=False),
    ),
    sort="-first",
    searched=lambda one: f"{one.name} {one.handed_to}",
)
