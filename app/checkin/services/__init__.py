"""The verbs of the door."""

from app.checkin.services.answers import worded
from app.checkin.services.callers import counter_of, deliverer, event_of, phone
from app.checkin.services.corrections import correct
from app.checkin.services.devices import (
    add_device,
    add_phone,
    change_device,
    clear_terms,
    leave,
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
from app.checkin.services.newcomers import forget, forget_walk_ins, newcomer_of
from app.checkin.services.paper import admit_ticked
from app.checkin.services.pulse import Pulse, Told, pulse
from app.checkin.services.recording import Result, Scanner, record
from app.checkin.services.roster import moves, roster
from app.checkin.services.settling import look_at, look_at_overrides, set_aside, take_in
from app.checkin.services.stamps import stamp
from app.checkin.services.tallies import Counter, count
from app.checkin.services.tries import count_tries
from app.checkin.services.typed import enter_typed, undo_typed
from app.checkin.services.undoing import Undone
from app.checkin.services.unsent import import_unsent
from app.checkin.services.walkins import WalkIn, walk_in

__all__ = [
    "Counter",
    "Pulse",
    "Result",
    "Scanner",
    "Told",
    "Undone",
    "WalkIn",
    "add_device",
    "add_phone",
    "admit_ticked",
    "change_device",
    "clear_terms",
    "correct",
    "count",
    "count_tries",
    "counter_of",
    "deliverer",
    "enter_typed",
    "event_of",
    "forget",
    "forget_walk_ins",
    "hash_some",
    "import_unsent",
    "leave",
    "lock_names",
    "look_at",
    "look_at_overrides",
    "moves",
    "names",
    "names_word",
    "newcomer_of",
    "offer_pairing",
    "pair",
    "pairing_code",
    "phone",
    "pulse",
    "record",
    "revoke",
    "roster",
    "search",
    "set_aside",
    "set_terms",
    "stamp",
    "take_in",
    "undo_typed",
    "unlock_names",
    "walk_in",
    "worded",
]
