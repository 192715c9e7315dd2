"""Which stalls fit an application, and the reasons when one does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.texts import Lazy, _l

if TYPE_CHECKING:
    from app.vendors.rules.loads import Load

THREE = 3


@dataclass(frozen=True)
class Need:
    """What an application asks for; None means that it did not say."""

    power_amp: int | None = None
    phases: int = 1
    water: bool = False
    gas: bool = False
    frontage_cm: int = 0
    wheelchair: bool = False
    cuisine: str = ""


@dataclass(frozen=True)
class Place:
    """What one part of a stall gives, and what is left behind it."""

    power_amp: int
    phases: int = 1
    has_tap: bool = False
    gas: bool = False
    frontage_cm: int = 300
    wheelchair: bool = False
    blocked_because: str = ""
    cabinet: str = ""
    load: Load | None = None


def misfits(need: Need, place: Place) -> tuple[str, ...]:
    """Every reason against, as sentences in the reader's language; empty when it fits."""
    found = (reason(need, place) for reason in REASONS)
    return tuple(str(sentence) for sentence in found if sentence is not None)


def metres(centimetres: int) -> str:
    """Metres as Danes write them: 4 or 2,5."""
    whole, rest = divmod(centimetres, 100)
    return f"{whole}" if rest == 0 else f"{whole},{rest:02d}".rstrip("0")


def _blocked(_need: Need, place: Place) -> Lazy | None:
    if not place.blocked_because:
        return None
    return _l("The stall is blocked: %(reason)s.", reason=place.blocked_because.rstrip("."))


def _power(need: Need, place: Place) -> Lazy | None:
    if need.power_amp is None or need.power_amp <= place.power_amp:
        return None
    return _l(
        "The stall gives %(given)s A, %(asked)s A is needed.",
        given=place.power_amp,
        asked=need.power_amp,
    )


def _phases(need: Need, place: Place) -> Lazy | None:
    if need.phases < THREE or place.phases >= THREE or not need.power_amp:
        return None
    return _l("The stall has one phase, three are needed.")


def _cabinet(need: Need, place: Place) -> Lazy | None:
    wanted = place.power_amp if need.power_amp is None else need.power_amp
    if place.load is None or wanted == 0 or wanted <= place.load.free:
        return None
    return _l(
        "Cabinet %(cabinet)s has %(free)s A left, %(asked)s A is needed.",
        cabinet=place.cabinet,
        free=max(place.load.free, 0),
        asked=wanted,
    )


def _water(need: Need, place: Place) -> Lazy | None:
    return _l("There is no water at the stall.") if need.water and not place.has_tap else None


def _gas(need: Need, place: Place) -> Lazy | None:
    return _l("Gas is not allowed at the stall.") if need.gas and not place.gas else None


def _frontage(need: Need, place: Place) -> Lazy | None:
    if need.frontage_cm <= place.frontage_cm:
        return None
    return _l(
        "The stall is %(given)s m wide, %(asked)s m is needed.",
        given=metres(place.frontage_cm),
        asked=metres(need.frontage_cm),
    )


def _wheelchair(need: Need, place: Place) -> Lazy | None:
    if not need.wheelchair or place.wheelchair:
        return None
    return _l("The stall cannot be reached by wheelchair.")


REASONS: tuple[Callable[[Need, Place], Lazy | None], ...] = (
    _blocked,
    _power,
    _phases,
    _cabinet,
    _water,
    _gas,
    _frontage,
    _wheelchair,
)
