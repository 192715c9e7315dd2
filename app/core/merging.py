"""Two pages open at the same answers: what the older one may change, and what must be asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

Values = Mapping[str, Sequence[str]]
# Hexadecimal digits that tell one text from another; whoever may write both gains nothing by two
# that look alike.
MARK_LENGTH = 16


@dataclass(frozen=True)
class Merge:
    """What is kept, and the fields that somebody else changed to something else meanwhile."""

    kept: dict[str, list[str]]
    clashes: list[str]


def marks(names: Sequence[str], values: Values) -> str:
    """What the page of these fields has seen of them, to be sent back with its form."""
    return urlencode({name: _mark(values.get(name, ())) for name in names})


def merge(now: Values, typed: Values, seen: str) -> Merge:
    """What was typed on a page that had seen those marks, beside what stands there now.

    A field that the page left as it was keeps what was written meanwhile; one that both changed
    to different texts clashes and stays as it is now. A page that tells no mark has seen all.
    """
    before = dict(parse_qsl(seen))
    kept, clashes = {}, []
    for name, text in typed.items():
        current = now.get(name, ())
        unseen = name in before and before[name] != _mark(current)
        if not unseen or _mark(text) == _mark(current):
            kept[name] = list(text)
        elif _mark(text) != before[name]:
            clashes.append(name)
    return Merge(kept, clashes)


def _mark(values: Sequence[str]) -> str:
    # A number that was asked about may stand there twice.
    lines = dict.fromkeys(" ".join(value.split()) for value in values)
    said = "\0".join(line for line in lines if line)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_LENGTH]
