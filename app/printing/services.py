"""Printing in bulk: ordered at the desk, taken by a worker under a lease, kept for a day.

A worker's turn has a number. Each of its steps asks for that number, so that one who was
presumed dead, cancelled or overtaken writes nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, delete, update

from app.core import audit, clock
from app.core.database import db
from app.core.languages import DEFAULT
from app.core.tokens import random_id
from app.people.models import Person
from app.printing import refusals, rules
from app.printing.models import PrintedFile, Printing
from app.printing.queries import count_to_print, open_printing, printed_with, same_order
from app.printing.rules import PaperKind, PrintChoice, PrintingVerb, PrintReason, PrintState
from app.tickets import services as tickets
from app.workshops.queries.places import TicketedEnrolment


@dataclass(frozen=True)
class Turn:
    """One worker's turn at one printing."""

    printing_id: int
    lease: int


@dataclass(frozen=True)
class Order:
    """What the desk asks for."""

    paper: PaperKind
    choice: PrintChoice
    enrolment_id: int | None = None
    blanks: int = 0
    language: str = DEFAULT


def order_printing(event_id: int, order: Order) -> Printing:
    """Put a printing in the worker's line; the very same order twice is one."""
    printing = Printing(event_id=event_id, **vars(order))
    _refuse_unless_possible(printing)
    under_way = same_order(printing)
    if under_way is not None:
        return under_way
    printing.state = PrintState.WAITING
    printing.ordered_at = clock.now()
    db.session.add(printing)
    db.session.flush()
    audit.record(
        "printing", printing.id, PrintingVerb.ORDERED, paper=printing.paper, people=printing.people
    )
    return printing


def cancel_printing(printing: Printing) -> None:
    """Stop it if it is still under way; a worker at it notices at its next step."""
    unfinished = _one(printing.id).where(Printing.state.in_(rules.UNFINISHED))
    db.session.execute(unfinished.values(state=PrintState.CANCELLED, lease=None))


def repeat_printing(printing: Printing) -> None:
    """Try again, for the people as they stand now."""
    if printing.state not in rules.REPEATABLE:
        raise refusals.NotToBeRepeated
    _refuse_unless_possible(printing)
    again = _one(printing.id).where(Printing.state.in_(rules.REPEATABLE))
    anew = {"people": printing.people, "attempts": 0, "ordered_at": clock.now()}
    db.session.execute(again.values(**_afresh(), **anew))


def take_turn(now: datetime) -> Turn | None:
    """The oldest printing that may begin, held by this worker for the time of the lease."""
    statement = open_printing(now).with_for_update(skip_locked=True)
    printing = db.session.scalar(statement.execution_options(populate_existing=True))
    if printing is None:
        return None
    if printing.attempts >= rules.MOST_ATTEMPTS:
        printing.state, printing.reason, printing.lease = (
            PrintState.FAILED,
            PrintReason.STOPPED,
            None,
        )
        return None
    printing.state, printing.done = PrintState.WORKING, 0
    printing.attempts += 1
    printing.lease, printing.leased_until = random_id(), now + rules.LEASE
    return Turn(printing.id, printing.lease)


def note_progress(turn: Turn, done: int, people: int) -> bool:
    """Tell how far it is and renew the hold; False once the turn is over."""
    renewed = clock.now() + rules.lease_for(done, people)
    return _wrote(turn, done=done, people=people, leased_until=renewed)


def finish_printing(turn: Turn, content: bytes, places: Sequence[TicketedEnrolment]) -> bool:
    """Keep the file and note whom it holds; False (and nothing kept) once the turn is over."""
    done = {"done": len(places), "people": len(places), "reason": PrintReason.NONE}
    if not _wrote(turn, state=PrintState.DONE, lease=None, finished_at=clock.now(), **done):
        return False
    db.session.add(PrintedFile(printing_id=turn.printing_id, content=content))
    held = [(place.ticket.id, place.person.id) for place in places]
    tickets.note_printed(turn.printing_id, held)
    return True


def fail_printing(turn: Turn, reason: PrintReason) -> None:
    """Give up, and say why."""
    _wrote(turn, state=PrintState.FAILED, reason=reason, lease=None)


def remove_file(printing_id: int, reason: PrintReason = PrintReason.OLD) -> int:
    """Drop a finished file; 0 where another worker was quicker."""
    done = _one(printing_id).where(Printing.state == PrintState.DONE)
    dropped = db.session.execute(done.values(state=PrintState.REMOVED, reason=reason))
    db.session.execute(delete(PrintedFile).where(PrintedFile.printing_id == printing_id))
    return int(dropped.rowcount)  # type: ignore[attr-defined]


def forget_printed(person: Person) -> None:
    """Drop every file that names the person; what is under way begins anew without them."""
    for printing_id in printed_with(person.id):
        anew = _one(printing_id).where(Printing.state.in_(rules.UNFINISHED))
        db.session.execute(anew.values(**_afresh()))
        remove_file(printing_id, PrintReason.ERASED)
    tickets.forget_printed(person.id)
    db.session.flush()


def _refuse_unless_possible(printing: Printing) -> None:
    printing.people = count_to_print(printing)
    if printing.people + printing.blanks == 0:
        raise refusals.NobodyToPrint
    if printing.people > rules.MOST_PEOPLE:
        raise refusals.TooManyToPrint(people=printing.people, most=rules.MOST_PEOPLE)


def _afresh() -> dict[str, object]:
    """The values of a printing that waits for a worker, whatever was before."""
    return {
        "state": PrintState.WAITING,
        "reason": PrintReason.NONE,
        "done": 0,
        "lease": None,
        "finished_at": None,
    }


def _one(printing_id: int) -> Update:
    return update(Printing).where(Printing.id == printing_id)


def _wrote(turn: Turn, **values: object) -> bool:
    """Write to the printing if the turn still is this worker's."""
    mine = _one(turn.printing_id).where(
        Printing.lease == turn.lease, Printing.state == PrintState.WORKING
    )
    return int(db.session.execute(mine.values(**values)).rowcount) == 1  # type: ignore[attr-defined]
