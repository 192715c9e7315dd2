"""A plan as a file that a spreadsheet opens and that can be read in again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.attachments import Attachment
from app.core.clock import local_time
from app.core.languages import LANGUAGES
from app.core.texts import _
from app.lists.tables import csv_bytes
from app.siteplan.queries import things
from app.siteplan.rules.cells import Heading, Metres
from app.siteplan.rules.kinds import FEEDERS, Kind
from app.siteplan.wording import COLUMN_NAMES, FACING_NAMES, LANDMARK_NAMES, TYPE_NAMES
from app.vendors.models import Cabinet, Landmark, Stall, Tap, Zone

Cells = dict[str, object]


def plan_file(event_id: int, slug: str) -> Attachment:
    """Everything on the plan, a row each."""
    headings = [*map(str, COLUMN_NAMES.values()), *(f"{_('Name')} {code}" for code in LANGUAGES)]
    keys = [*Heading, *LANGUAGES]
    codes = {
        kind: {row.id: row.code for row in things.things(event_id, kind)}
        for kind in FEEDERS.values()
    }
    rows = [_cells(row, kind, codes) for kind in Kind for row in things.things(event_id, kind)]
    cells: list[Sequence[object]] = [[row.get(key, "") for key in keys] for row in rows]
    return Attachment(f"{slug}-plan.csv", "text/csv", csv_bytes(headings, cells))


def _cells(row: object, kind: Kind, codes: Mapping[Kind, Mapping[int, str]]) -> Cells:
    match row:
        case Zone():
            return _zone(row)
        case Cabinet():
            plugs = "" if row.plugs is None else row.plugs
            own: Cells = {
                Heading.POWER: row.amp,
                Heading.PHASES: row.phases,
                Heading.PLUGS: plugs,
            }
            return {**_placed(row, kind), **own}
        case Tap():
            return {**_placed(row, kind), Heading.HOSES: row.hoses}
        case Stall():
            return {**_placed(row, kind), **_stall(row, codes)}
        case Landmark():
            return _landmark(row)
    return {}


def _zone(zone: Zone) -> Cells:
    arrives = f"{local_time(zone.arrives_at):%Y-%m-%d %H:%M}" if zone.arrives_at else ""
    own: Cells = {
        Heading.ARRIVES: arrives,
        Heading.CALL: zone.call,
        Heading.CODE: zone.code,
    }
    return {Heading.TYPE: str(TYPE_NAMES[Kind.ZONE]), **own, **zone.name}


def _placed(row: Cabinet | Tap | Stall, kind: Kind) -> Cells:
    named: Cells = {Heading.TYPE: str(TYPE_NAMES[kind]), Heading.CODE: row.code}
    return {**named, **_corner(row)}


def _corner(row: Cabinet | Tap | Stall | Landmark) -> Cells:
    return {Heading.X: Metres(row.x / 100), Heading.Y: Metres(row.y / 100)}


def _stall(stall: Stall, codes: Mapping[Kind, Mapping[int, str]]) -> Cells:
    def code(kind: Kind, number: int | None) -> str:
        return codes[kind][number] if number else ""

    return {
        Heading.ZONE: code(Kind.ZONE, stall.zone_id),
        Heading.CABINET: code(Kind.CABINET, stall.cabinet_id),
        Heading.TAP: code(Kind.TAP, stall.tap_id),
        Heading.WIDTH: Metres(stall.frontage_cm / 100),
        Heading.DEPTH: Metres(stall.depth_cm / 100),
        Heading.FACING: str(FACING_NAMES[stall.facing]),  # type: ignore[index]
        Heading.POWER: stall.power_amp,
        Heading.PHASES: stall.phases,
        Heading.PHASE: stall.phase,
        Heading.GAS: _("Yes") if stall.gas else _("No"),
        Heading.WHEELCHAIR: _("Yes") if stall.wheelchair else _("No"),
        Heading.BLOCKED: stall.blocked_because,
    }


def _landmark(mark: Landmark) -> Cells:
    size: Cells = {
        Heading.WIDTH: Metres(mark.width / 100),
        Heading.DEPTH: Metres(mark.height / 100),
    }
    kind = str(LANDMARK_NAMES[mark.kind])  # type: ignore[index]
    return {Heading.TYPE: kind, **_corner(mark), **size, **mark.name}
