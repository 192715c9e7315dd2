"""Whether a phone is ready for the door, judged the day before from what it told of itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.devices.rules.clocks import SKEW_TOLERATED

FRESH: Final = timedelta(hours=36)


class Lack(StrEnum):
    """What a phone still needs; in the order in which it is put right."""

    UNPAIRED = "unpaired"
    UNSEEN = "unseen"
    NO_LIST = "no_list"
    OLD_LIST = "old_list"
    NO_CAMERA = "no_camera"
    UNTESTED = "untested"
    CLOCK = "clock"
    UNSENT = "unsent"


@dataclass(frozen=True, slots=True)
class PhoneReport:
    """What a phone last told of itself; None where it has not told."""

    paired: bool = False
    seen_at: datetime | None = None
    list_version: int | None = None
    camera: bool | None = None
    tested_at: datetime | None = None
    offset_ms: int | None = None
    unsent: int | None = None


def lacks(report: PhoneReport, version: int, now: datetime) -> tuple[Lack, ...]:
    """What is missing; nothing else can be known of a phone that is not paired or not seen."""
    if not report.paired:
        return (Lack.UNPAIRED,)
    if not _fresh(report.seen_at, now):
        return (Lack.UNSEEN,)
    missing = {
        Lack.NO_LIST: report.list_version is None,
        Lack.OLD_LIST: report.list_version is not None and report.list_version < version,
        Lack.NO_CAMERA: not report.camera,
        Lack.UNTESTED: not _fresh(report.tested_at, now),
        Lack.CLOCK: abs(report.offset_ms or 0) > SKEW_TOLERATED,
        Lack.UNSENT: bool(report.unsent),
    }
    return tuple(lack for lack, is_missing in missing.items() if is_missing)


def _fresh(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and now - moment <= FRESH
