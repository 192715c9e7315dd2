"""Numbers of stalls that follow one another: A01, A02, A03 …"""

from __future__ import annotations

import re

LONGEST = 20
_END = re.compile(r"(\d*)$")


def following(first: str, count: int) -> list[str]:
    """So many codes from the first on, as wide as it is written; without a number they begin at 1
    behind it."""
    digits = _END.search(first)
    number = digits.group(1) if digits else ""
    stem, begin = first[: len(first) - len(number)], int(number or 1)
    return [f"{stem}{begin + step:0{len(number)}d}" for step in range(count)]


def after(code: str) -> str:
    """The code that follows this one."""
    return following(code, 2)[1]
