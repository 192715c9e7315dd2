"""What stands in a cell of a table that leaves as a file."""

from __future__ import annotations

from datetime import date


class Phone(str):
    """A phone number in its international form: never taken for a sum."""

    __slots__ = ()


# A moment is a day with its hour; yes and no are words.
Cell = str | int | float | date | bool | None
