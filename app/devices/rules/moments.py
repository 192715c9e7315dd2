"""Moments as phones and machines write them, in milliseconds since 1970, UTC."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_RFC3339: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


_UNIX_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


YEARS: Final = range(1970, 2200)


class NoScan(ValueError):
    """The item is not a scan; says which part is wrong."""


def moment_of(raw: object) -> int:
    """Milliseconds of an RFC 3339 time with its zone; raises NoScan."""
    if not isinstance(raw, str) or not _RFC3339.fullmatch(raw):
        raise NoScan("at")
    try:
        moment = datetime.fromisoformat(raw.upper()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NoScan("at") from error
    if moment.year not in YEARS:
        raise NoScan("at")
    return milliseconds(moment)


def moment_at(time: int) -> datetime:
    """The aware moment of milliseconds since 1970."""
    return _UNIX_EPOCH + timedelta(milliseconds=time)


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970 of an aware moment."""
    since = moment - _UNIX_EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000
