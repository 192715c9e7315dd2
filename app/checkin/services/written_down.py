"""Walk-ins from paper, written down at the desk: what a phone would have written, afterwards."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app.checkin.queries.walk_ins import place_of_walk_in, written_down
from app.checkin.refusals import InAlready, MoreCameThanHavePlaces, MorePlacesNeeded, YearIsClosed
from app.checkin.rules.audited import CheckinVerb
from app.checkin.rules.moves import ScanKind
from app.checkin.rules.verdicts import DoorAnswer
from app.checkin.rules.walk_ins import WalkInPerson
from app.checkin.services.paper import PAPER, paper_of
from app.checkin.services.recording import record
from app.checkin.services.scanners import Scanner
from app.checkin.services.walk_ins import WalkIn, let_in
from app.core import audit, clock
from app.core.database import db
from app.core.refusals import NotFound
from app.devices.queries.devices import doors
from app.devices.rules.doors import Doors, Terms
from app.events.services import scheduling as events
from app.workshops.models import Workshop
from app.workshops.queries import places
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import leaving, seats, walking
from app.workshops.services.drafting import Wish

# Whether the report of a year is closed; reports lie above, so the page hands the question down.
IsClosed = Callable[[int], bool]
ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line on the paper: who came, where, about when, and to which sitting if there are several.

    `more`: the team says that they came in although the places were all taken.
    """

    person: WalkInPerson
    at: datetime
    gate: str = PAPER
    session_id: int | None = None
    more: bool = False


def write_down(event_id: int, line: PaperLine, now: datetime, is_closed: IsClosed) -> str:
    """Enrol, ticket and admit somebody as of when they came; the number of their entry.

    No ticket is mailed to who is inside already. Raises MorePlacesNeeded where the places do not
    suffice and nobody has said that they came.
    """
    with db.session.begin_nested():
        workshop = seats.locked(event_id)
        _keep_open(event_id, is_closed)
        added = _make_room(workshop, line)
        came = WalkIn(secrets.token_hex(ID_BYTES), line.gate, line.at, True, {})
        scanner, number = _scanner(event_id, line), line.person.seats
        answer = let_in(scanner, came, line.person, now, letter=False, admits=number)
        if answer.get("override") == DoorAnswer.ALREADY:
            raise InAlready(name=line.person.name)
        audit.record("event", event_id, CheckinVerb.WALK_IN_WRITTEN_DOWN, scan=came.id, added=added)
    return came.id


def take_back(event_id: int, scan_id: str, now: datetime, is_closed: IsClosed) -> None:
    """Annul what was written down; the place goes back where it was made for it. Again: no error.

    Raises NotFound for what was not written down from paper at this event.
    """
    workshop = seats.locked(event_id)
    _keep_open(event_id, is_closed)
    name = paper_of(event_id)
    undo_id = hashlib.sha256(f"{scan_id}|undo".encode()).hexdigest()[: 2 * ID_BYTES]
    written = {line.scan_id: line for line in written_down(name, event_id)}.get(scan_id)
    place = place_of_walk_in(name, scan_id, undo_id)
    if written is None or place is None:
        raise NotFound
    if written.taken_back:
        return
    undo = {"kind": str(ScanKind.ANNUL), "code": place.code, "annuls": scan_id, "seq": 0}
    scan = {**WalkIn(undo_id, written.gate, now, True, {}).item, **undo}
    record(Scanner(name, event_id, doors=doors([event_id])[event_id]), [scan], now)
    if place.made and place.others == 0:
        leaving.cancel(place.enrolment_id, late=True, letters=False)
    _give_up_room(workshop, written.added)
    audit.record("event", event_id, CheckinVerb.WALK_IN_TAKEN_BACK, scan=scan_id)


def _keep_open(event_id: int, is_closed: IsClosed) -> None:
    """No report closes over the event before this transaction ends."""
    year = clock.year_of(events.locked(event_id).starts_at)
    if is_closed(year):
        raise YearIsClosed(year=year)


def _make_room(workshop: Workshop, line: PaperLine) -> int:
    """How many places are added for who came; who waited in line has a place from now on."""
    person = line.person
    wish = Wish(person.name, person.mail, person.seats)
    known = walking.known_person(wish)
    existing = None if known is None else places.live_place(workshop.event_id, known.id)
    if existing is not None and person.seats > existing.enrolment.seats:
        raise MoreCameThanHavePlaces(name=person.name, seats=existing.enrolment.seats)
    if existing is not None and existing.enrolment.state == EnrolmentState.CONFIRMED:
        return 0
    needed = existing.enrolment.seats if existing else person.seats
    added = max(0, needed - workshop.free)
    if added and not line.more:
        raise MorePlacesNeeded(capacity=workshop.capacity, more=workshop.capacity + added)
    _set_capacity(workshop, workshop.capacity + added)
    if existing is not None:
        workshop.taken += needed
        existing.enrolment.state = EnrolmentState.CONFIRMED
        seats.relist(workshop, existing.ticket)
    db.session.flush()
    return added


def _give_up_room(workshop: Workshop, added: int) -> None:
    """The places that were added go again, as far as nobody has them."""
    _set_capacity(workshop, max(workshop.taken, workshop.capacity - added))


def _set_capacity(workshop: Workshop, capacity: int) -> None:
    """Set here and not by planning: what is added is for who came, not for the next in line."""
    if capacity != workshop.capacity:
        facts = {"before": workshop.capacity, "after": capacity}
        audit.record("workshop", workshop.event_id, WorkshopVerb.CAPACITY_SET, **facts)
        workshop.capacity = capacity
        db.session.flush()


def _scanner(event_id: int, line: PaperLine) -> Scanner:
    """The paper as a device, whose gate stands for the sitting that was named."""
    known = doors([event_id])[event_id]
    if line.session_id is not None:
        known = _at_sitting(known, line.gate, line.session_id)
    return Scanner(paper_of(event_id), event_id, doors=known, all_doors=known)


def _at_sitting(known: Doors, gate: str, session_id: int) -> Doors:
    terms = dict(known.terms)
    own = terms.get(gate) or terms.get("") or Terms()
    terms[gate] = replace(own, session=session_id)
    return replace(known, terms=tuple(sorted(terms.items())))
