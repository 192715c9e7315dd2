"""Scans made with the plain form of a phone without a script or a camera."""

from __future__ import annotations

from collections.abc import Mapping

from app.checkin.rules.answers import WordedAnswer
from app.checkin.services.answers import worded
from app.checkin.services.recording import count_and_record, record
from app.checkin.services.scanners import Scanner
from app.core import clock
from app.core.tokens import new_token
from app.devices.queries.devices import PairedDevice
from app.devices.services.stamps import rfc3339
from app.tickets.rules.codes import typed_codes


def enter_typed(device: PairedDevice, code: str, kind: str, scan_id: str, at: str) -> WordedAnswer:
    """Record a typed code; the form sent twice carries the same id and counts once."""
    scan = _whole(device, {"id": scan_id, "code": _code(code), "kind": kind, "at": at})
    (result,) = count_and_record(Scanner.of_device(device), [scan], clock.now())
    return worded(result)


def undo_typed(device: PairedDevice, code: str, annuls: str) -> WordedAnswer:
    """Take back the scan with this id. Its code was a try when it was entered."""
    now = clock.now()
    undo = {
        "id": new_token(),
        "code": _code(code),
        "kind": "annul",
        "at": rfc3339(now),
        "annuls": annuls,
    }
    (result,) = record(Scanner.of_device(device), [_whole(device, undo)], now)
    return worded(result)


def _code(typed: str) -> str:
    """What a hand scanner typed into the field, without what it put before the code."""
    codes = typed_codes(typed)
    return codes[0].text if codes else typed


def _whole(device: PairedDevice, scan: Mapping[str, object]) -> dict[str, object]:
    return {**scan, "gate": device.gate, "seq": 0, "offline": False}
