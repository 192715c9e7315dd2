"""Recording, first step: what of a delivery is a scan, and what is for quarantine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.checkin.rules.intake import Item, read_item
from app.checkin.rules.reasons import QuarantineReason
from app.checkin.services.scanners import NEEDED, Scanner
from app.devices.rules.moments import NoScan
from app.devices.services.stamps import stamped


class ReadScan(NamedTuple):
    """A scan, as it came, and its place in the delivery."""

    place: int
    raw: object
    item: Item


class ForQuarantine(NamedTuple):
    """What cannot be taken as a scan, as it came, its place in the delivery, and why."""

    place: int
    raw: object
    reason: QuarantineReason


class ReadBatch(NamedTuple):
    """A delivery, read."""

    scans: list[ReadScan]
    quarantined: list[ForQuarantine]


def read_batch(scanner: Scanner, raws: Sequence[object], beyond: Collection[int]) -> ReadBatch:
    """Read what came, except what lies at the places beyond the limit."""
    batch = ReadBatch([], [])
    for place, raw in enumerate(raws):
        if place in beyond:
            batch.quarantined.append(ForQuarantine(place, raw, QuarantineReason.TRIES))
            continue
        read = _read(scanner, place, raw)
        if isinstance(read, ReadScan):
            batch.scans.append(read)
        else:
            batch.quarantined.append(read)
    return batch


def _read(scanner: Scanner, place: int, raw: object) -> ReadScan | ForQuarantine:
    try:
        item = read_item(raw, stamped)
    except NoScan as wrong:
        return ForQuarantine(place, raw, QuarantineReason(str(wrong)))
    if scanner.revoked:
        return ForQuarantine(place, raw, QuarantineReason.REVOKED)
    if NEEDED[item.kind] not in scanner.rights:
        return ForQuarantine(place, raw, QuarantineReason.RIGHT)
    return ReadScan(place, raw, item)
