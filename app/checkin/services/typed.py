"""Scans made with the plain form of a phone without a script or a camera."""

from __future__ import annotations

from typing import Any

from app.checkin.services.answers import worded
from app.checkin.services.recording import Scanner, record
from app.checkin.services.tries import count_tries
from app.core import clock
from app.core.tokens import new_token
from app.devices.queries.devices import PairedDevice
from app.devices.services.stamps import rfc3339


def enter_typed(
    device: PairedDevice, code: str, kind: str, scan_id: str, at: str
) -> dict[str, Any]:
    """Record a typed code; the form sent twice carries the same id and counts once."""
    return _answer(device, {"id": scan_id, "code": code, "kind": kind, "at": at})


def undo_typed(device: PairedDevice, code: str, annuls: str) -> dict[str, Any]:
    """Take back the scan with this id."""
    at = rfc3339(clock.now())
    scan = {"id": new_token(), "code": code, "kind": "annul", "at": at, "annuls": annuls}
    return _answer(device, scan)


def _answer(device: PairedDevice, scan: dict[str, Any]) -> dict[str, Any]:
    whole = {**scan, "gate": device.gate, "seq": 0, "offline": False}
    scanner = Scanner.of_device(device)
    if scan["kind"] != "annul":
        count_tries(scanner, [whole])
    (result,) = record(scanner, [whole], clock.now())
    return worded(result)
