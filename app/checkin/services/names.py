"""People by name at the door: looked up, or taken along by a phone that the lead has unlocked."""

from __future__ import annotations

import json
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite

from app.checkin.models import NameSearches
from app.checkin.queries.alike import alike as alike_on_list
from app.checkin.queries.people import FoundHolder, found_by_name, holders
from app.checkin.queries.tickets import state_of
from app.checkin.rules.answers import AlikeWords, LockedNames, PersonWords
from app.checkin.rules.entries import SLOW_ITERATIONS, word_key
from app.checkin.rules.searches import MOST_SPENT, WINDOW, cost_of, is_short, window_of
from app.checkin.services.answers import notes_of
from app.checkin.services.roster import entry_key, replaced_keys
from app.core import clock
from app.core.database import db
from app.core.folding import fold_email
from app.core.limits import TooManyTries, count_apart, count_try
from app.core.secrets import purpose_key
from app.core.signing import keyed_hash
from app.devices.models import Device
from app.devices.queries.devices import PairedDevice, ends_at
from app.devices.refusals import NamesLocked
from app.devices.rules.encoding import NONCE_BYTES, as_text
from app.devices.services.callers import refuse_after_the_end
from app.devices.services.devices import names_word
from app.devices.services.stamps import rfc3339
from app.events.models import Event
from app.tickets.rules.states import TicketState

LIMIT = "20 per hour"
# How somebody stands who has come in.
INSIDE = "inside"


def search(device: PairedDevice, text: str) -> list[PersonWords]:
    """Who is called so; what is scanned then is the short code. No mail and no phone.

    Each search is counted, for the lead to see; raises TooManyTries, and DoorClosed once the
    event is over.
    """
    _count_search(device, text)
    return [_person(holder) for holder in found_by_name(device.event_id, text)]


def alike(device: PairedDevice, name: str, mail: str) -> list[AlikeWords]:
    """Who may be the same person as a walk-in. Counted as a search, and under the same terms; the
    name is told to a phone that may search by name."""
    _count_search(device, name)
    hears = "search" in device.rights
    mailbox = fold_email(mail)
    people: list[AlikeWords] = []
    for person in alike_on_list(device.event_id, name, mail):
        place = state_of(TicketState.LIVE, person.place)
        state = str(place) if person.first_at is None else INSIDE
        told: AlikeWords = {"state": state, "address": bool(mailbox) and person.mail == mailbox}
        people.append({**told, "name": person.name} if hears else told)
    return people


def _count_search(device: PairedDevice, text: str) -> None:
    """Add a search to those of the phone, before anybody is looked up."""
    begins, cost = window_of(clock.now()), cost_of(text)
    beyond = NameSearches.spent + cost > MOST_SPENT
    first = {"searches": 1, "short": int(is_short(text)), "spent": cost, "refused": 0}
    make = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    counting = make.insert(NameSearches).values(device_id=device.id, begins=begins, **first)
    counting = counting.on_conflict_do_update(
        index_elements=["device_id", "begins"],
        set_={
            "searches": NameSearches.searches + 1,
            "short": NameSearches.short + first["short"],
            "spent": NameSearches.spent + cost,
            "refused": NameSearches.refused + case((beyond, 1), else_=0),
        },
    )
    ends = select(Event.ends_at).where(Event.id == device.event_id).scalar_subquery()
    counted = count_apart(counting.returning(NameSearches.spent, ends.label("ends_at")))
    refuse_after_the_end(counted.ends_at)
    if counted.spent > MOST_SPENT:
        raise TooManyTries(begins + WINDOW)


def names(device: PairedDevice) -> LockedNames:
    """All names under the lead's word; raises NamesLocked where they are not unlocked."""
    count_try("door names", str(device.id), LIMIT)
    over = clock.now() >= ends_at(device.event_id)
    phone = db.session.get_one(Device, device.id)
    word, nonce, until = names_word(phone), phone.unlock_nonce, phone.unlocked_until
    db.session.rollback()
    if word is None or until is None or over:
        raise NamesLocked
    # The salt stays while the word does, so that a phone need not ask for the word again.
    salt = bytes.fromhex(keyed_hash(purpose_key("door names salt"), f"{device.id}:{nonce}"))
    key = word_key(word, salt)
    replaced = replaced_keys(device.event_id)
    lines = [_line(holder, replaced.get(holder.code, [])) for holder in holders(device.event_id)]
    plain = json.dumps(lines, ensure_ascii=False)
    mark = secrets.token_bytes(NONCE_BYTES)
    return {
        "salt": as_text(salt),
        "rounds": SLOW_ITERATIONS,
        "box": as_text(mark + AESGCM(key).encrypt(mark, plain.encode(), None)),
        "expires": rfc3339(until),
    }


def _person(holder: FoundHolder) -> PersonWords:
    person: PersonWords = {
        "name": holder.name,
        "seats": holder.seats,
        "state": holder.state,
        "short": holder.short,
    }
    notes = _notes(holder)
    if notes:
        person["notes"] = notes
    if holder.first_at is not None:
        person["first"] = {"at": rfc3339(holder.first_at), "gate": holder.first_gate or ""}
        person["came"] = holder.came or 1
    return person


def _line(holder: FoundHolder, replaced: list[str]) -> list[object]:
    key = entry_key(holder.code)
    state = holder.state.value
    line = [holder.name, holder.short, key, holder.seats, _notes(holder), state]
    return [*line, replaced] if replaced else line


def _notes(holder: FoundHolder) -> str:
    return notes_of(holder.interpreter, holder.access)
