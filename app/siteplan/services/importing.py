"""Read a plan from a table: looked at first, and kept whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.core import audit
from app.core.database import db
from app.core.language_choice import in_every_language
from app.core.languages import DEFAULT
from app.core.refusals import Refusal
from app.siteplan.queries import beginning
from app.siteplan.queries import things as queries
from app.siteplan.refusals import CellMissing, FeederUnknown, TwiceInFile
from app.siteplan.rules.cells import Heading
from app.siteplan.rules.kinds import FEEDERS, Kind
from app.siteplan.services import reading
from app.siteplan.services.editing import held_plan, put, rewrite
from app.siteplan.services.reading import FileRow
from app.siteplan.wording import COLUMN_NAMES, LANDMARK_NAMES
from app.vendors.rules.audited import SitePlanVerb
from app.vendors.rules.specs import LandmarkKind
from app.vendors.services.guarding import standing_kept

# What a new thing must be told, by its column.
NEEDED = {
    Kind.ZONE: (Heading.CODE,),
    Kind.CABINET: (Heading.CODE, Heading.POWER),
    Kind.TAP: (Heading.CODE, Heading.HOSES),
    Kind.STALL: (Heading.CODE,),
    Kind.LANDMARK: (Heading.X, Heading.Y, Heading.WIDTH, Heading.DEPTH),
}
STALL_OTHERWISE = {"facing": "south", "frontage_cm": 300, "depth_cm": 300, "power_amp": 0}


@dataclass(frozen=True)
class RowFault:
    """Why a row cannot be read; 0 where it is no row's own fault."""

    number: int
    sentence: str


@dataclass
class Reading:
    """What a file would do, or did."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    rows: dict[tuple[Kind, str], int] = field(default_factory=dict)


def read_in(event_id: int, text: str, *, keep: bool) -> Reading:
    """Add what is new in the table and change what is there by its code; nothing is kept where
    one row is wrong, or where it is only looked at."""
    held_plan(event_id)
    table = reading.rows_of(text)
    result, whole = Reading(), db.session.begin_nested()
    try:
        with standing_kept(event_id):
            _all_rows(event_id, table, result)
    except Refusal as refusal:
        result.faults.append(RowFault(_row_of(refusal, result), str(refusal)))
    if keep and not result.faults:
        counted = {"added": len(result.added), "changed": len(result.changed)}
        audit.record("event", event_id, SitePlanVerb.IMPORTED, **counted)
        whole.commit()
    else:
        whole.rollback()
    result.faults.sort(key=lambda fault: fault.number)
    return result


def _all_rows(event_id: int, table: list[FileRow], result: Reading) -> None:
    """What stalls name first, whatever the order of the file."""
    known: list[tuple[Kind, str, FileRow]] = []
    for row in table:
        try:
            known.append((*reading.kind_of(row), row))
        except Refusal as refusal:
            result.faults.append(RowFault(row.number, str(refusal)))
    order = list(Kind)
    for kind, look, row in sorted(known, key=lambda one: (order.index(one[0]), one[2].number)):
        try:
            _one_row(event_id, kind, look, row, result)
        except Refusal as refusal:
            result.faults.append(RowFault(row.number, str(refusal)))


def _one_row(event_id: int, kind: Kind, look: str, row: FileRow, result: Reading) -> None:
    facts: dict[str, Any] = reading.facts_of(row, kind)
    there = _standing(event_id, kind, look, facts)
    if kind is not Kind.LANDMARK:
        earlier = result.rows.setdefault((kind, row.code), row.number)
        if row.code and earlier != row.number:
            raise TwiceInFile(code=row.code, row=earlier)
    if kind is Kind.STALL:
        _resolve(event_id, facts)
    if there is not None:
        before = {name: getattr(there, name) for name in facts}
        rewrite(there, kind, facts)
        if before != facts:
            result.changed.append(row.code or str(LANDMARK_NAMES[LandmarkKind(look)]))
        return
    _refuse_missing(kind, row, facts)
    put(event_id, kind, {**_otherwise(event_id, kind, look), **facts})
    result.added.append(row.code or str(LANDMARK_NAMES[LandmarkKind(look)]))


def _standing(event_id: int, kind: Kind, look: str, facts: dict[str, Any]) -> Any | None:
    """The thing that the row is about: by its code, a landmark by what it is and where."""
    if kind is not Kind.LANDMARK:
        return queries.by_code(event_id, kind, str(facts.get("code", "")))
    return queries.landmark_at(event_id, look, facts.get("x"), facts.get("y"))


def _resolve(event_id: int, facts: dict[str, Any]) -> None:
    """Codes of zones, cabinets and taps become their rows' numbers."""
    for name, kind in FEEDERS.items():
        code = facts.get(name)
        if code is not None:
            feeder = queries.by_code(event_id, kind, code)
            if feeder is None:
                column = COLUMN_NAMES[Heading(kind.subject)]
                raise FeederUnknown(text=code, column=column)
            facts[name] = feeder.id


def _refuse_missing(kind: Kind, row: FileRow, facts: dict[str, Any]) -> None:
    for column in NEEDED[kind]:
        if not row.cells.get(column):
            raise CellMissing(column=COLUMN_NAMES[column])
    if kind is Kind.ZONE and DEFAULT not in facts.get("name", {}):
        raise CellMissing(column=reading.danish_name())


def _otherwise(event_id: int, kind: Kind, look: str) -> dict[str, Any]:
    """What a new thing has where its row does not say."""
    if kind is Kind.ZONE:
        return {}
    if kind is Kind.LANDMARK:
        return {"kind": look, "name": in_every_language(LANDMARK_NAMES[LandmarkKind(look)])}
    begun = beginning.columns(event_id, kind)
    corner = {"x": begun["x"], "y": begun["y"]}
    return {**corner, **(STALL_OTHERWISE if kind is Kind.STALL else {})}


def _row_of(refusal: Refusal, result: Reading) -> int:
    """The row of the stall or the cabinet that a limit of those who stand there speaks of."""
    feeder, stall = str(refusal.facts.get("feeder", "")), str(refusal.facts.get("stall", ""))
    named = ((Kind.CABINET, feeder), (Kind.TAP, feeder), (Kind.STALL, stall))
    return next((result.rows[one] for one in named if one in result.rows), 0)
