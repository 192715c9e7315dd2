"""Who delivers scans: a device with its event and rights, or a machine that serves all."""

from __future__ import annotations

from dataclasses import dataclass

from app.checkin.rules.moves import ScanKind
from app.devices.queries.devices import PairedDevice
from app.devices.rules.doors import Doors

NEEDED = {ScanKind.ENTRY: "scan", ScanKind.EXIT: "scan", ScanKind.ANNUL: "undo"}


@dataclass(frozen=True, slots=True)
class Scanner:
    """A device, a machine, or the desk that enters what a device could not."""

    name: str
    event_id: int | None = None
    rights: frozenset[str] = frozenset(NEEDED.values())
    revoked: bool = False
    doors: Doors | None = None
    # By these is judged what happened without network; by `doors` where there are no others.
    all_doors: Doors | None = None
    # Whether it hears whose ticket it is.
    hears_names: bool = True

    @classmethod
    def of_device(cls, device: PairedDevice) -> Scanner:
        return cls(
            str(device.id),
            device.event_id,
            device.rights,
            device.revoked,
            device.doors,
            device.all_doors,
            not device.only_delivers,
        )
