"""A site plan as somebody writes it down: what a plan is laid out from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class LandmarkKind(StrEnum):
    """What stands on the plan without being a stall."""

    STREET = "street"
    STAGE = "stage"
    ENTRANCE = "entrance"
    TREE = "tree"
    TABLES = "tables"
    TOILET = "toilet"
    FIRST_AID = "first_aid"
    INFORMATION = "information"
    EXIT = "exit"


@dataclass(frozen=True)
class ZoneSpec:
    """A stretch of the street; it reaches around the stalls that name it."""

    code: str
    name: Mapping[str, str]
    arrives_at: datetime | None = None
    call: str = ""


@dataclass(frozen=True)
class CabinetSpec:
    """A power cabinet: so many amperes on each of one or three phases."""

    code: str
    amp: int
    phases: int = 1


@dataclass(frozen=True)
class TapSpec:
    """A water tap with room for so many hoses."""

    code: str
    hoses: int = 6


@dataclass(frozen=True)
class StallSpec:
    """A stall; cabinet, tap and zone by their codes. `parts` above one makes it shared."""

    code: str
    power_amp: int = 16
    cabinet: str | None = None
    phases: int = 1
    phase: int = 1
    tap: str | None = None
    zone: str | None = None
    frontage_cm: int = 300
    gas: bool = False
    wheelchair: bool = False
    parts: int = 1
    blocked_because: str = ""


@dataclass(frozen=True)
class LandmarkSpec:
    """Something to find one's way by; centimetres, see `layout`."""

    kind: LandmarkKind
    name: Mapping[str, str]
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class PlanSpec:
    """Everything that is laid out in one go, in the order of the street."""

    stalls: Sequence[StallSpec]
    cabinets: Sequence[CabinetSpec] = ()
    taps: Sequence[TapSpec] = ()
    zones: Sequence[ZoneSpec] = ()
    landmarks: Sequence[LandmarkSpec] = ()
    street_name: Mapping[str, str] = field(default_factory=dict)
