"""The verbs of the door."""

from app.checkin.services.answers import worded
from app.checkin.services.devices import (
    add_device,
    offer_pairing,
    pair,
    pairing_code,
    revoke,
    set_terms,
)
from app.checkin.services.paper import admit_ticked
from app.checkin.services.recording import Result, Scanner, count_typed, record
from app.checkin.services.stamps import stamp

__all__ = [
    "Result",
    "Scanner",
    "add_device",
    "admit_ticked",
    "count_typed",
    "offer_pairing",
    "pair",
    "pairing_code",
    "record",
    "revoke",
    "set_terms",
    "stamp",
    "worded",
]
