"""Which stalls fit an application, the reasons when one does not, and which of them are limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from app.vendors.rules.loads import THREE, Flow, Load, touched


class HasPower(Protocol):
    """A part of a stall, as a row or as a plain value."""

    @property
    def power_amp(self) -> int: ...


Part = TypeVar("Part", bound=HasPower)


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
    """What one part of a stall gives, and what is left behind it.

    `plug_used` is what others on the same stall take of its `plug_amp`.
    """

    power_amp: int
    phases: int = 1
    phase: int = 1
    has_tap: bool = False
    gas: bool = False
    frontage_cm: int = 300
    wheelchair: bool = False
    blocked_because: str = ""
    cabinet: str = ""
    tap: str = ""
    load: Load | None = None
    flow: Flow | None = None
    plug_amp: int | None = None
    plug_used: int = 0


class Misfit(StrEnum):
    """What speaks against a stall, in the order it is said."""

    BLOCKED = "blocked"
    POWER = "power"
    PLUG = "plug"
    PHASES = "phases"
    CABINET = "cabinet"
    WATER = "water"
    TAP = "tap"
    GAS = "gas"
    FRONTAGE = "frontage"
    WHEELCHAIR = "wheelchair"


# What no holding goes beyond. The rest is advice, which the team may go against.
LIMITS = frozenset(
    {
        Misfit.BLOCKED,
        Misfit.POWER,
        Misfit.PLUG,
        Misfit.PHASES,
        Misfit.CABINET,
        Misfit.WATER,
        Misfit.TAP,
    }
)


def misfits(need: Need, offer: StallOffer) -> tuple[Misfit, ...]:
    """Every reason against; empty when it fits."""
    return tuple(misfit for misfit, lacks in LACKS.items() if lacks(need, offer))


def limit_passed(need: Need, offer: StallOffer) -> Misfit | None:
    """The first limit that the place would go beyond, if there is one."""
    return next((misfit for misfit in misfits(need, offer) if misfit in LIMITS), None)


def power_wanted(need: Need, offer: StallOffer) -> int:
    """The amperes that the cabinet must have left: asked for, else all that the place gives."""
    return offer.power_amp if need.power_amp is None else need.power_amp


def power_left(need: Need, offer: StallOffer) -> int:
    """What the cabinet has left on the fullest of the phases that are needed; without a cabinet
    nothing is asked of one."""
    load = offer.load or Load((0,), power_wanted(need, offer))
    phases = touched(need.phases, offer.phase, len(load.used))
    return max(load.limit - max(load.used[phase - 1] for phase in phases), 0)


def part_for(need_amp: int | None, free: Sequence[Part]) -> Part:
    """Of the free parts of a stall, each with its power, the first that carries what is asked;
    the strongest where none does, and the first where nothing is said."""
    if need_amp is None:
        return free[0]
    carrying = [part for part in free if part.power_amp >= need_amp]
    return carrying[0] if carrying else max(free, key=lambda part: part.power_amp)


def _blocked(_need: Need, offer: StallOffer) -> bool:
    return bool(offer.blocked_because)


def _power(need: Need, offer: StallOffer) -> bool:
    return need.power_amp is not None and need.power_amp > offer.power_amp


def _plug(need: Need, offer: StallOffer) -> bool:
    """Others on the stall have taken so much of its plug that the rest does not do."""
    wanted = power_wanted(need, offer)
    if offer.plug_amp is None or wanted == 0 or _power(need, offer):
        return False
    return offer.plug_used + wanted > offer.plug_amp


def _phases(need: Need, offer: StallOffer) -> bool:
    return need.phases >= THREE > offer.phases and power_wanted(need, offer) > 0


def _cabinet(need: Need, offer: StallOffer) -> bool:
    wanted = power_wanted(need, offer)
    return wanted > 0 and wanted > power_left(need, offer)


def _water(need: Need, offer: StallOffer) -> bool:
    return need.water and not offer.has_tap


def _tap(need: Need, offer: StallOffer) -> bool:
    return need.water and offer.has_tap and offer.flow is not None and offer.flow.is_full


def _gas(need: Need, offer: StallOffer) -> bool:
    return need.gas and not offer.gas


def _frontage(need: Need, offer: StallOffer) -> bool:
    return need.frontage_cm > offer.frontage_cm


def _wheelchair(need: Need, offer: StallOffer) -> bool:
    return need.wheelchair and not offer.wheelchair


LACKS: Mapping[Misfit, Callable[[Need, StallOffer], bool]] = {
    Misfit.BLOCKED: _blocked,
    Misfit.POWER: _power,
    Misfit.PLUG: _plug,
    Misfit.PHASES: _phases,
    Misfit.CABINET: _cabinet,
    Misfit.WATER: _water,
    Misfit.TAP: _tap,
    Misfit.GAS: _gas,
    Misfit.FRONTAGE: _frontage,
    Misfit.WHEELCHAIR: _wheelchair,
}
