"""Which stalls fit an application, and the reasons when one does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

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


class Misfit(StrEnum):
    """What speaks against a stall, in the order it is said."""

    BLOCKED = "blocked"
    POWER = "power"
    PHASES = "phases"
    CABINET = "cabinet"
    WATER = "water"
    GAS = "gas"
    FRONTAGE = "frontage"
    WHEELCHAIR = "wheelchair"


def misfits(need: Need, place: Place) -> tuple[Misfit, ...]:
    """Every reason against; empty when it fits."""
    return tuple(misfit for misfit, lacks in LACKS.items() if lacks(need, place))


def power_wanted(need: Need, place: Place) -> int:
    """The amperes that the cabinet must have left: asked for, else all that the place gives."""
    return place.power_amp if need.power_amp is None else need.power_amp


def _blocked(_need: Need, place: Place) -> bool:
    return bool(place.blocked_because)


def _power(need: Need, place: Place) -> bool:
    return need.power_amp is not None and need.power_amp > place.power_amp


def _phases(need: Need, place: Place) -> bool:
    return need.phases >= THREE > place.phases and bool(need.power_amp)


def _cabinet(need: Need, place: Place) -> bool:
    wanted = power_wanted(need, place)
    return place.load is not None and wanted != 0 and wanted > place.load.free


def _water(need: Need, place: Place) -> bool:
    return need.water and not place.has_tap


def _gas(need: Need, place: Place) -> bool:
    return need.gas and not place.gas


def _frontage(need: Need, place: Place) -> bool:
    return need.frontage_cm > place.frontage_cm


def _wheelchair(need: Need, place: Place) -> bool:
    return need.wheelchair and not place.wheelchair


LACKS: Mapping[Misfit, Callable[[Need, Place], bool]] = {
    Misfit.BLOCKED: _blocked,
    Misfit.POWER: _power,
    Misfit.PHASES: _phases,
    Misfit.CABINET: _cabinet,
    Misfit.WATER: _water,
    Misfit.GAS: _gas,
    Misfit.FRONTAGE: _frontage,
    Misfit.WHEELCHAIR: _wheelchair,
}
