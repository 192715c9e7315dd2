"""A living edition around the present moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Step = tuple[str, Callable[[], object]]


def steps(staff_ids: list[int]) -> Iterator[Step]:
    """What the living edition is laid out by, in order."""
    yield from ()
