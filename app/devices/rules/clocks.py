"""When a scan happened, for a phone whose clock may be wrong."""

from typing import Final

SKEW_TOLERATED: Final = 120_000


def scan_time(at: int, offset: int, before: int | None, after: int | None) -> int:
    """The phone's time, put right by its offset and held between its contacts with the server."""
    time = at + offset
    if after is not None:
        time = min(time, after)
    if before is not None:
        time = max(time, before)
    return time


def is_skewed(at: int, time: int) -> bool:
    """Whether the phone's clock was more than two minutes from the time that counts."""
    return abs(at - time) > SKEW_TOLERATED
