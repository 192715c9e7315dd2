"""People by name at the door: looked up, or taken along by a phone that the lead has unlocked."""

from __future__ import annotations

import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.checkin.queries.people import FoundHolder, found_by_name, holders
from app.checkin.rules.entries import SLOW_ROUNDS, word_key
from app.checkin.services.answers import notes_of
from app.checkin.services.roster import entry_key, replaced_keys
from app.core import clock
from app.core.database import db
from app.core.limits import count_try
from app.core.secrets import purpose_key
from app.core.signing import keyed_hash
from app.devices.models import Device
from app.devices.queries.devices import PairedDevice, ends_at
from app.devices.refusals import NamesLocked
from app.devices.rules.encoding import NONCE_BYTES, as_text
from app.devices.services.devices import names_word
from app.devices.services.stamps import rfc3339

LIMIT = "20 per hour"


def search(device: PairedDevice, text: str) -> list[dict[str, Any]]:
    """Who is called so; what is scanned then is the short code. No mail and no phone."""
    return [_person(one) for one in found_by_name(device.event_id, text)]


def names(device: PairedDevice) -> dict[str, Any]:
    """All names under the lead's word; raises NamesLocked where they are not unlocked."""
    count_try("door names", str(device.id), LIMIT)
    over = clock.now() >= ends_at(device.event_id)
    kept = db.session.get_one(Device, device.id)
    word, nonce, until = names_word(kept), kept.unlock_nonce, kept.unlocked_until
    db.session.rollback()
    if word is None or until is None or over:
        raise NamesLocked
    # The salt stays while the word does, so that a phone need not ask for the word again.
    salt = bytes.fromhex(keyed_hash(purpose_key("door names salt"), f"{device.id}:{nonce}"))
    key = word_key(word, salt)
    replaced = replaced_keys(device.event_id)
    lines = [_line(one, replaced.get(one.code, [])) for one in holders(device.event_id)]
    plain = json.dumps(lines, ensure_ascii=False)
    mark = secrets.token_bytes(NONCE_BYTES)
    return {
        "salt": as_text(salt),
        "rounds": SLOW_ROUNDS,
        "box": as_text(mark + AESGCM(key).encrypt(mark, plain.encode(), None)),
        "expires": rfc3339(until),
    }


def _person(one: FoundHolder) -> dict[str, Any]:
    person = {"name": one.name, "seats": one.seats, "state": one.state, "short": one.short}
    notes = _notes(one)
    if notes:
        person["notes"] = notes
    if one.first_at is not None:
        person["first"] = {"at": rfc3339(one.first_at), "gate": one.first_gate}
    return person


def _line(one: FoundHolder, replaced: list[str]) -> list[Any]:
    key = entry_key(one.code)
    line = [one.name, one.short, key, one.seats, _notes(one), one.state.value]
    return [*line, replaced] if replaced else line


def _notes(one: FoundHolder) -> str:
    return notes_of(one.interpreter, one.access)
