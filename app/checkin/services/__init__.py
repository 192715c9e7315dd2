"""The verbs of the door."""

from app.checkin.services.answers import worded
from app.checkin.services.callers import counter_of, event_of, phone
from app.checkin.services.devices import (
    add_device,
    add_phone,
    change_device,
    lock_names,
    names_word,
    offer_pairing,
    pair,
    pairing_code,
    revoke,
    set_terms,
    unlock_names,
)
from app.checkin.services.hashing import hash_some
from app.checkin.services.names import names, search
from app.checkin.services.paper import admit_ticked
from app.checkin.services.pulse import Pulse, Told, pulse
from app.checkin.services.recording import Result, Scanner, count_typed, record
from app.checkin.services.roster import moves, roster
from app.checkin.services.stamps import stamp
from app.checkin.services.tallies import Counter, count
from app.checkin.services.typed import enter_typed, undo_typed

__all__ = [
    "Counter",
    "Pulse",
    "Result",
    "Scanner",
    "Told",
    "add_device",
    "add_phone",
    "admit_ticked",
    "change_device",
    "count",
    "count_typed",
    "counter_of",
    "enter_typed",
    "event_of",
    "hash_some",
    "lock_names",
    "moves",
    "names",
    "names_word",
    "offer_pairing",
    "pair",
    "pairing_code",
    "phone",
    "pulse",
    "record",
    "revoke",
    "roster",
    "search",
    "set_terms",
    "stamp",
    "undo_typed",
    "unlock_names",
    "worded",
]
