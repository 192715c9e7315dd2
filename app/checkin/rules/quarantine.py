"""What the lead looks at: what lies in quarantine and who was let in against the rules, why, and
what can be done about it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.checkin.rules.intake import LONGEST_CODE, line_or_nothing
from app.checkin.rules.reasons import QuarantineReason
from app.devices.rules.doors import LONGEST_GATE
from app.devices.rules.moments import NoScan, moment_at, moment_of

TAKEABLE: Final = frozenset(
    {
        QuarantineReason.REVOKED,
        QuarantineReason.RIGHT,
        QuarantineReason.OTHER_CONTENT,
        QuarantineReason.FULL,
        QuarantineReason.TRIES,
    }
)
SHOWN: Final = 300
LONGEST_KIND: Final = 10


@dataclass(frozen=True, slots=True)
class Came:
    """What can be read of something in quarantine; empty where it holds no such thing."""

    kind: str = ""
    gate: str = ""
    at: datetime | None = None
    code: str = ""
    raw: str = ""


def came(content: str) -> Came:
    """What came, as far as it can be read."""
    try:
        item = json.loads(content)
    except (ValueError, RecursionError):
        item = None
    if not isinstance(item, dict):
        return Came(raw=content[:SHOWN])
    return Came(
        line_or_nothing(item.get("kind"), LONGEST_KIND),
        line_or_nothing(item.get("gate"), LONGEST_GATE),
        _moment(item.get("at")),
        line_or_nothing(item.get("code"), LONGEST_CODE),
        content[:SHOWN],
    )


def _moment(value: object) -> datetime | None:
    try:
        return moment_at(moment_of(value))
    except NoScan:
        return None
