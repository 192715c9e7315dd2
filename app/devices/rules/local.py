"""Days and hours as they are written in Denmark, with the two nights when the clocks are set."""

from datetime import UTC, datetime

from app.core.clock import COPENHAGEN


class NoSuchHour(ValueError):
    """The clocks jump over this hour in the night to summer time."""


def opening(written: datetime) -> datetime:
    """A beginning: of the hour that comes twice in autumn, the first."""
    return _moment(written, fold=0)


def closing(written: datetime) -> datetime:
    """An end: of the hour that comes twice in autumn, the last."""
    return _moment(written, fold=1)


def written(moment: datetime) -> datetime:
    """A moment as it is written, without its zone."""
    return moment.astimezone(COPENHAGEN).replace(tzinfo=None, fold=0)


def _moment(naive: datetime, fold: int) -> datetime:
    moment = naive.replace(tzinfo=COPENHAGEN, fold=fold).astimezone(UTC)
    if written(moment) != naive:
        raise NoSuchHour
    return moment
