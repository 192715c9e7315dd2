"""How often the door may be tried, counted before anything is looked up."""

from __future__ import annotations

from collections.abc import Sequence

from app.checkin.services.scanners import Scanner
from app.core.limits import TooManyTries, count_try, ends, within
from app.devices.services.seals import unsealed_all
from app.tickets.rules.codes import read_short

TYPED_LIMIT = "20 per minute"
# More than a phone has left to deliver; what lies in quarantine is never thrown away.
REVOKED_LIMIT = "5000 per hour"


def count_tries(scanner: Scanner, raws: Sequence[object]) -> set[int]:
    """Count codes typed by hand before they are compared; the places of those beyond the limit.

    Raises TooManyTries where nothing else came, or where a revoked phone delivers too much. What
    happened offline is a report, not a guess, and is never turned away.
    """
    if scanner.revoked:
        count_revoked(scanner.name, len(raws))
    if scanner.event_id is None:
        return set()
    opened = unsealed_all(scanner.event_id, [None if _is_report(raw) else raw for raw in raws])
    typed = [place for place, raw in enumerate(opened) if _is_typed(raw)]
    beyond = {place for place in typed if not within("typed codes", scanner.name, TYPED_LIMIT)}
    if len(beyond) == len(raws):
        raise TooManyTries(ends("typed codes", scanner.name, TYPED_LIMIT))
    return beyond


def count_revoked(name: str, deliveries: int = 1) -> None:
    """Count what a revoked phone delivers; raises TooManyTries beyond what a phone may hold."""
    count_try("revoked deliveries", name, REVOKED_LIMIT, deliveries)


def _is_report(raw: object) -> bool:
    return isinstance(raw, dict) and raw.get("offline") is True


def _is_typed(raw: object) -> bool:
    code = raw.get("code") if isinstance(raw, dict) else None
    return isinstance(code, str) and read_short(code) is not None
