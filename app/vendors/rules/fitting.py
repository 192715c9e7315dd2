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
class StallOffer:
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


def misfits(need: Need, offer: StallOffer) -> tuple[Misfit, ...]:
    """Every reason against; empty when it fits."""
    return tuple(misfit for misfit, lacks in LACKS.items() if lacks(need, offer))


def power_wanted(need: Need, offer: StallOffer) -> int:
    """The amperes that the cabinet must have left: asked for, else all that the place gives."""
    return offer.power_amp if need.power_amp is None else need.power_amp


def _blocked(_need: Need, offer: StallOffer) -> bool:
    return bool(offer.blocked_because)


def _power(need: Need, offer: StallOffer) -> bool:
    return need.power_amp is not None and need.power_amp > offer.power_amp


def _phases(need: Need, offer: StallOffer) -> bool:
    return need.phases >= THREE > offer.phases and bool(need.power_amp)


def _cabinet(need: Need, offer: StallOffer) -> bool:
    wanted = power_wanted(need, offer)
    return offer.load is not None and wanted != 0 and wanted > offer.load.free


def _water(need: Need, offer: StallOffer) -> bool:
    return need.water and not offer.has_tap


def _gas(need: Need, offer: StallOffer) -> bool:
    return need.gas and not offer.gas


def _frontage(need: Need, offer: StallOffer) -> bool:
    return need.frontage_cm > offer.frontage_cm


def _wheelchair(need: Need, offer: StallOffer) -> bool:
    return need.wheelchair and not offer.wheelchair


LACKS: Mapping[Misfit, Callable[[Need, StallOffer], bool]] = {
    Misfit.BLOCKED: _blocked,
    Misfit.POWER: _power,
    Misfit.PHASES: _phases,
    Misfit.CABINET: _cabinet,
    Misfit.WATER: _water,
    Misfit.GAS: _gas,
    Misfit.FRONTAGE: _frontage,
    Misfit.WHEELCHAIR: _wheelchair,
}
