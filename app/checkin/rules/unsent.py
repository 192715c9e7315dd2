"""A phone's unsent scans as a file: what it must hold."""

import json
from dataclasses import dataclass
from typing import Final

MARK: Final = "unsent scans"
MOST_BYTES: Final = 5_000_000


class NoUnsentFile(ValueError):
    """The bytes are no such file."""


@dataclass(frozen=True, slots=True)
class UnsentFile:
    """The event and the phone as text, and what waited there; each item may be anything."""

    event: str
    device: str
    scans: tuple[object, ...]
    walkins: tuple[object, ...] = ()


def read_file(content: bytes) -> UnsentFile:
    """What the file holds; raises NoUnsentFile."""
    if len(content) > MOST_BYTES:
        raise NoUnsentFile
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoUnsentFile from error
    if not isinstance(whole, dict) or whole.get("torvet") != MARK:
        raise NoUnsentFile
    scans, walkins = whole.get("scans", []), whole.get("walkins", [])
    if not isinstance(scans, list) or not isinstance(walkins, list):
        raise NoUnsentFile
    return UnsentFile(_named(whole, "event"), _named(whole, "device"), tuple(scans), tuple(walkins))


def _named(whole: dict[str, object], name: str) -> str:
    value = whole.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
