"""A table of text read as the rows of a plan, each cell held against what its column may say."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.core.clock import COPENHAGEN
from app.core.folding import fold, printable
from app.core.language_choice import in_every_language
from app.core.languages import DEFAULT, LANGUAGES
from app.core.texts import Lazy, _, _l
from app.siteplan.refusals import (
    CellMissing,
    CellNoMoment,
    CellNoNumber,
    CellTooLong,
    CellUnknown,
    FileTooLong,
    FileUnreadable,
)
from app.siteplan.rules import cells, codes
from app.siteplan.rules.cells import Heading
from app.siteplan.rules.kinds import Kind
from app.siteplan.wording import COLUMN_NAMES, FACING_NAMES, LANDMARK_NAMES, TYPE_NAMES

YES_OR_NO = {True: _l("Yes"), False: _l("No")}
Read = Callable[[str, Heading], object]
Words = Mapping[str, object]


@dataclass(frozen=True)
class FileRow:
    """A row with its number as a spreadsheet shows it; `cells` by column and language."""

    number: int
    cells: Mapping[str, str]

    @property
    def code(self) -> str:
        return self.cells.get(Heading.CODE, "")


def rows_of(text: str) -> list[FileRow]:
    """The rows below the headings, which may stand in any language and order."""
    lines = printable(text.removeprefix("\ufeff")).splitlines()
    head = lines[0] if lines else ""
    delimiter = max(";\t,", key=head.count)
    table = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter))
    columns = [_column(heading) for heading in table[0]] if table else []
    if Heading.TYPE not in columns:
        raise FileUnreadable(column=COLUMN_NAMES[Heading.TYPE])
    if len(table) > cells.MOST_ROWS:
        raise FileTooLong(most=cells.MOST_ROWS)
    found = []
    for number, row in enumerate(table[1:], start=2):
        told = {name: _bare(cell) for name, cell in zip(columns, row, strict=False) if name}
        if any(told.values()):
            found.append(FileRow(number, told))
    return found


def kind_of(row: FileRow) -> tuple[Kind, str]:
    """What the row is, and which landmark where it is one."""
    words: dict[str, tuple[Kind, str]] = {}
    for kind, name in TYPE_NAMES.items():
        words |= {word: (kind, "") for word in _said(name, kind.subject)}
    for mark, name in LANDMARK_NAMES.items():
        words |= {word: (Kind.LANDMARK, mark.value) for word in _said(name, mark.value)}
    text = row.cells.get(Heading.TYPE, "")
    if not text:
        raise CellMissing(column=COLUMN_NAMES[Heading.TYPE])
    known = words.get(fold(text))
    if known is None:
        names = (*TYPE_NAMES.values(), *LANDMARK_NAMES.values())
        raise CellUnknown(text=text, column=COLUMN_NAMES[Heading.TYPE], words=_listed(names))
    return known


def facts_of(row: FileRow, kind: Kind) -> dict[str, object]:
    """The columns that the row tells; what a stall names stays as its code."""
    facts: dict[str, object] = {}
    for column, (name, read) in COLUMNS[kind].items():
        text = row.cells.get(column)
        if text or (text is not None and read in EMPTIED):
            facts[name] = read(text, column)
    named = {code: row.cells[code] for code in LANGUAGES if row.cells.get(code)}
    if kind in (Kind.ZONE, Kind.LANDMARK) and named:
        facts["name"] = {code: _text(80)(name, Heading.CODE) for code, name in named.items()}
    return facts


def danish_name() -> str:
    """How the column of the Danish name is called."""
    return f"{_('Name')} {DEFAULT}"


def _column(heading: str) -> str:
    words: dict[str, str] = {
        word: key for key, name in COLUMN_NAMES.items() for word in _said(name, key.value)
    }
    for code in LANGUAGES:
        names = in_every_language(_l("Name")).values()
        words |= {fold(f"{name} {code}"): code for name in names}
    return words.get(fold(heading.lstrip("'")), "")


def _said(name: Lazy, key: str) -> set[str]:
    return {fold(key), *(fold(word) for word in in_every_language(name).values())}


def _listed(names: tuple[Lazy, ...]) -> str:
    return ", ".join(dict.fromkeys(map(str, names)))


def _bare(cell: str) -> str:
    """Without blanks, and without the apostrophe that keeps a spreadsheet from calculating."""
    return cell.strip().removeprefix("'")


def _text(most: int) -> Read:
    def read(text: str, column: Heading) -> str:
        if len(text) > most:
            raise CellTooLong(column=COLUMN_NAMES[column], most=most)
        return text

    return read


def _whole(least: int, most: int, only: tuple[int, ...] = ()) -> Read:
    def read(text: str, column: Heading) -> int:
        number = cells.whole(text)
        if number is None or not least <= number <= most or (only and number not in only):
            raise CellNoNumber(text=text, column=COLUMN_NAMES[column])
        return number

    return read


def _length(least: int) -> Read:
    def read(text: str, column: Heading) -> int:
        number = cells.centimetres(text)
        if number is None or not least <= number <= 500_000:
            raise CellNoNumber(text=text, column=COLUMN_NAMES[column])
        return number

    return read


def _one_of(names: Mapping[object, Lazy]) -> Read:
    def read(text: str, column: Heading) -> object:
        words: Words = {
            word: value for value, name in names.items() for word in _said(name, str(value))
        }
        if fold(text) not in words:
            told = _listed(tuple(names.values()))
            raise CellUnknown(text=text, column=COLUMN_NAMES[column], words=told)
        return words[fold(text)]

    return read


def _plugs(text: str, column: Heading) -> int | None:
    return WHOLE(text, column) if text else None  # type: ignore[return-value]


def _moment(text: str, column: Heading) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=COPENHAGEN)
    except ValueError:
        raise CellNoMoment(text=text, column=COLUMN_NAMES[column]) from None


def _feeder(text: str, _column: Heading) -> str | None:
    return text or None


WHOLE = _whole(0, 1000)
PLACE, SIZE = _length(-500_000), _length(20)
CODE, CALL, REASON = _text(codes.LONGEST), _text(120), _text(200)
# What a row that is there may empty.
EMPTIED = (CALL, REASON, _plugs, _moment, _feeder)
CORNER = {Heading.X: ("x", PLACE), Heading.Y: ("y", PLACE)}
ONE_OR_THREE = _whole(1, 3, (1, 3))
COLUMNS: Mapping[Kind, Mapping[Heading, tuple[str, Read]]] = {
    Kind.ZONE: {
        Heading.CODE: ("code", CODE),
        Heading.ARRIVES: ("arrives_at", _moment),
        Heading.CALL: ("call", CALL),
    },
    Kind.CABINET: {
        Heading.CODE: ("code", CODE),
        Heading.POWER: ("amp", WHOLE),
        Heading.PHASES: ("phases", ONE_OR_THREE),
        Heading.PLUGS: ("plugs", _plugs),
        **CORNER,
    },
    Kind.TAP: {
        Heading.CODE: ("code", CODE),
        Heading.HOSES: ("hoses", _whole(0, 100)),
        **CORNER,
    },
    Kind.STALL: {
        Heading.CODE: ("code", CODE),
        Heading.ZONE: ("zone_id", _feeder),
        Heading.CABINET: ("cabinet_id", _feeder),
        Heading.TAP: ("tap_id", _feeder),
        Heading.WIDTH: ("frontage_cm", SIZE),
        Heading.DEPTH: ("depth_cm", SIZE),
        Heading.FACING: (
            "facing",
            _one_of({one.value: name for one, name in FACING_NAMES.items()}),
        ),
        Heading.POWER: ("power_amp", WHOLE),
        Heading.PHASES: ("phases", ONE_OR_THREE),
        Heading.PHASE: ("phase", _whole(1, 3)),
        Heading.GAS: ("gas", _one_of(YES_OR_NO)),  # type: ignore[arg-type]
        Heading.WHEELCHAIR: ("wheelchair", _one_of(YES_OR_NO)),  # type: ignore[arg-type]
        Heading.BLOCKED: ("blocked_because", REASON),
        **CORNER,
    },
    Kind.LANDMARK: {
        Heading.WIDTH: ("width", SIZE),
        Heading.DEPTH: ("height", SIZE),
        **CORNER,
    },
}
