"""Reading one item of a batch: a scan, or something that is none and is kept as it came."""

import json
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from app.checkin.rules.moves import ScanKind
from app.devices.rules.doors import LONGEST_GATE
from app.devices.rules.moments import NoScan, moment_of
from app.workshops.rules.places import MOST_SEATS

Stamped = Callable[[str], int | None]

LONGEST_ID: Final = 64
LONGEST_CODE: Final = 400
LARGEST_SEQ: Final = 2**53
LARGEST_OFFSET: Final = 4_000_000_000_000  # a phone that believes it is 1970, and then some
_PLAIN: Final = re.compile(r"[ -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
_TOKEN: Final = re.compile(r"[!-~]+")


class Circumstances(NamedTuple):
    """What may come later than the scan itself: how it was decided, how many of a group came in
    with it, and by which clock."""

    offline: bool = False
    green: bool | None = None
    admits: int | None = None
    offset: int = 0
    before: int | None = None
    after: int | None = None

    @property
    def rank(self) -> tuple[int, ...]:
        """A total order: the highest version of a scan stands, in whatever order they come."""
        return (
            int(self.offline),
            -1 if self.green is None else int(self.green),
            self.admits or 0,
            int(self.before is not None) + int(self.after is not None),
            self.before or 0,
            -(self.after or 0),
            self.offset,
        )


class Item(NamedTuple):
    """A scan as a phone sends it; times in milliseconds since 1970."""

    id: str
    code: str
    kind: ScanKind
    gate: str
    at: int
    seq: int
    annuls: str | None
    circumstances: Circumstances

    @property
    def identity(self) -> tuple[object, ...]:
        """What must be equal for two scans to be the same (the device is compared beside it)."""
        return (self.id, self.code, self.kind, self.gate, self.at, self.seq, self.annuls)


def read_item(raw: object, stamped: Stamped) -> Item:
    """The scan in an item; raises NoScan. `stamped` reads a stamp of ours, None if it is not."""
    if not isinstance(raw, dict):
        raise NoScan("item")
    if "sealed" in raw and "code" not in raw:
        # It would have been opened by now.
        raise NoScan("sealed")
    kind = _kind(raw.get("kind"))
    return Item(
        id=_token(raw.get("id"), "id"),
        code=_line(raw.get("code"), "code", LONGEST_CODE),
        kind=kind,
        gate=_line(raw.get("gate", ""), "gate", LONGEST_GATE),
        at=moment_of(raw.get("at")),
        seq=_whole(raw.get("seq"), "seq", 0, LARGEST_SEQ),
        annuls=_token(raw.get("annuls"), "annuls") if kind is ScanKind.ANNUL else None,
        circumstances=_circumstances(raw, _admits(raw, kind), stamped),
    )


def id_to_answer(raw: object, place: int) -> str:
    """The id under which an item is answered: its own if it has one, else its place."""
    own = raw.get("id") if isinstance(raw, dict) else None
    return own if isinstance(own, str) and 0 < len(own) <= LONGEST_CODE else str(place)


def is_id(text: str) -> bool:
    """Whether a scan may be called so."""
    return len(text) <= LONGEST_ID and _TOKEN.fullmatch(text) is not None


def line_or_nothing(raw: object, longest: int) -> str:
    """A text that can be printed and looked up; "" for anything else."""
    try:
        return _line(raw, "", longest)
    except NoScan:
        return ""


def canonical(raw: object) -> str:
    """An item as text, the same for equal content; of one nested beyond reading only that."""
    try:
        return json.dumps(raw, sort_keys=True, separators=(",", ":"))
    except RecursionError:
        return '"nested too deeply"'


def _admits(raw: dict[str, object], kind: ScanKind) -> int | None:
    """How many came in; a group leaves as a whole, and is taken back as a whole."""
    admits = raw.get("admits") if kind is ScanKind.ENTRY else None
    return None if admits is None else _whole(admits, "admits", 1, MOST_SEATS)


def _circumstances(raw: dict[str, object], admits: int | None, stamped: Stamped) -> Circumstances:
    offline = raw.get("offline", False)
    shown = raw.get("shown")
    if not isinstance(offline, bool) or shown not in (None, "green", "red"):
        raise NoScan("shown")
    if not offline:
        return Circumstances(admits=admits)
    clock = raw.get("clock")
    if clock is None:
        clock = {}
    if not isinstance(clock, dict):
        raise NoScan("clock")
    return Circumstances(
        offline=True,
        green=shown != "red",
        admits=admits,
        offset=_whole(clock.get("offset_ms") or 0, "clock", -LARGEST_OFFSET, LARGEST_OFFSET),
        before=_stamp(clock.get("before"), stamped),
        after=_stamp(clock.get("after"), stamped),
    )


def _stamp(raw: object, stamped: Stamped) -> int | None:
    return stamped(raw) if isinstance(raw, str) else None


def _kind(raw: object) -> ScanKind:
    if raw not in ("entry", "exit", "annul"):
        raise NoScan("kind")
    return ScanKind(raw)


def _token(raw: object, name: str) -> str:
    if not isinstance(raw, str) or not is_id(raw):
        raise NoScan(name)
    return raw


def _line(raw: object, name: str, longest: int) -> str:
    if not isinstance(raw, str) or len(raw) > longest or not _PLAIN.fullmatch(raw):
        raise NoScan(name)
    return raw


def _whole(raw: object, name: str, least: int, most: int) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise NoScan(name)
    if not least <= raw <= most or raw != int(raw):
        raise NoScan(name)
    return int(raw)
