"""What came through the door stands: its holder changes it no more, the team only with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.core.database import db
from app.core.numbers import moment_text
from app.tickets.models import Ticket
from app.workshops import refusals
from app.workshops.queries.arrivals import came_with
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules.arrivals import CameIn


@dataclass(frozen=True, slots=True)
class TeamsWord:
    """That the team does it, and why; the reason may be empty where nobody has come."""

    why: str = ""


def who_came(place: TicketedEnrolment) -> CameIn | None:
    """Who came with a place, None for nobody; until the transaction ends nobody else comes.

    A scan holds the tickets of its guest while it is recorded. Whoever waits for the other finds
    what the other did: this the entry, or the scan that the place is gone.
    """
    tickets = select(Ticket.id).where(Ticket.enrolment_id == place.enrolment.id)
    db.session.execute(tickets.order_by(Ticket.id).with_for_update())
    return came_with(place.enrolment.id, place.event.id)


def refuse_to_leave(came: CameIn | None, team: TeamsWord | None) -> None:
    """A place that somebody came in with is not given up; the team may cancel it with a reason."""
    if came is None or (team and team.why):
        return
    raise refusals.CameInWithIt(**told(came))


def refuse_to_undo(
    came: CameIn | None, seats: int, team: TeamsWord | None, *, handed_over: bool
) -> bool:
    """Who came is not changed by a place for fewer, or in another name; whether the team does it.

    The team may, with a reason.
    """
    if came is None or not (handed_over or seats < came.number):
        return False
    if team and team.why:
        return True
    wrong = refusals.OtherPersonCame if handed_over else refusals.FewerThanCame
    raise wrong(**told(came))


def told(came: CameIn) -> dict[str, object]:
    """Who came, as a sentence tells it."""
    return {"came": came.number, "time": moment_text(came.at), "gate": came.gate}
