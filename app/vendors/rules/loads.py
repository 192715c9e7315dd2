"""What a cabinet's phases and a tap carry, and whether one more thing fits: whole amperes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

THREE = 3


@dataclass(frozen=True)
class Draw:
    """What one holding takes: `amp` on each of its phases; `phase` says which one if it is one."""

    amp: int
    phases: int = 1
    phase: int = 1


@dataclass(frozen=True)
class Supply:
    """A cabinet: so many amperes on each of its phases (one or three)."""

    code: str
    amp: int
    phases: int = 1


@dataclass(frozen=True)
class Load:
    """Amperes taken on each phase of a cabinet, phase 1 first."""

    used: tuple[int, ...]
    limit: int

    @property
    def highest(self) -> int:
        return max(self.used)

    @property
    def free(self) -> int:
        """Amperes left on the fullest phase; below zero when it is overloaded."""
        return self.limit - self.highest

    @property
    def is_over(self) -> bool:
        return self.highest > self.limit

    def without(self, draws: Iterable[Draw]) -> Load:
        """The load when these, which are part of it, are taken away."""
        used = list(self.used)
        for draw in draws:
            for phase in touched(draw.phases, draw.phase, len(used)):
                used[phase - 1] -= draw.amp
        return Load(tuple(used), self.limit)


@dataclass(frozen=True)
class Flow:
    """Hoses joined to a tap, of so many that it has room for."""

    used: int
    limit: int

    @property
    def is_over(self) -> bool:
        return self.used > self.limit

    @property
    def is_full(self) -> bool:
        """Whether there is room for no more."""
        return self.used >= self.limit


@dataclass(frozen=True)
class Overload:
    """What a cabinet cannot carry: `phase` is the fullest one, None where it has only one."""

    cabinet: str
    used: int
    limit: int
    asked: int
    phase: int | None = None


def phases_of(draw: Draw, supply: Supply) -> tuple[int, ...]:
    """The phases of the cabinet that a draw loads."""
    return touched(draw.phases, draw.phase, supply.phases)


def touched(phases: int, phase: int, of: int) -> tuple[int, ...]:
    """All phases of a cabinet with so many, or the one; a one-phase cabinet has only the first."""
    if phases >= THREE:
        return tuple(range(1, of + 1))
    return (min(max(phase, 1), of),)


def cabinet_load(supply: Supply, draws: Iterable[Draw]) -> Load:
    used = [0] * supply.phases
    for draw in draws:
        for phase in phases_of(draw, supply):
            used[phase - 1] += draw.amp
    return Load(tuple(used), supply.amp)


def overload(supply: Supply, draws: Iterable[Draw], asked: Draw) -> Overload | None:
    """The fullest phase that cannot carry what is asked, if there is one."""
    load = cabinet_load(supply, draws)
    over = fullest(supply.code, load, asked)
    return None if asked.amp == 0 or over.used + asked.amp <= supply.amp else over


def fullest(cabinet: str, load: Load, asked: Draw) -> Overload:
    """The figures of the fullest phase that what is asked would load."""
    phases = touched(asked.phases, asked.phase, len(load.used))
    phase = max(phases, key=lambda one: load.used[one - 1])
    named = None if len(load.used) == 1 else phase
    return Overload(cabinet, load.used[phase - 1], load.limit, asked.amp, named)


def power_asked(need_amp: int | None, share_amp: int) -> int:
    """What the application asks for, else all that its part of the stall gives."""
    return share_amp if need_amp is None else need_amp


def parts_of(power_amp: int, parts: int) -> tuple[int, ...]:
    """The power of a stall in `parts` as even as whole amperes go, the first ones larger."""
    each, rest = divmod(power_amp, parts)
    return tuple(each + (1 if number < rest else 0) for number in range(parts))


def share_in_percent(used: int, limit: int) -> int:
    """How full something is, for a bar: whole percent, 100 at most."""
    if limit <= 0:
        return 100 if used > 0 else 0
    return min(100, 100 * used // limit)
