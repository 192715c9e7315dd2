"""Printings of an event, what each is to hold, and which a worker may begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from app.core.database import db
from app.core.refusals import NotFound
from app.people.models import Person
from app.printing.models import PrintedFile, Printing
from app.printing.rules import FILE_KEPT, UNFINISHED, PaperKind, PrintChoice, PrintState
from app.tickets.models import PrintedTicket, Ticket
from app.tickets.rules.states import TicketState
from app.workshops.models import Enrolment
from app.workshops.queries.places import TicketedEnrolment, all_places, listed
from app.workshops.rules.places import EnrolmentState

MOST_SHOWN = 20


@dataclass(frozen=True)
class Numbers:
    """How many have a place, and for how many of them no such paper was made yet."""

    everyone: int
    new_badges: int
    new_tickets: int

    def of(self, choice: PrintChoice, family: str) -> int:
        """What this choice comes to."""
        if choice == PrintChoice.ALL:
            return self.everyone
        return self.new_tickets if family == "tickets" else self.new_badges


def printing(event_id: int, printing_id: int) -> Printing:
    """A printing of this event; raises NotFound."""
    statement = select(Printing).where(Printing.id == printing_id, Printing.event_id == event_id)
    fresh = statement.execution_options(populate_existing=True)
    printing = db.session.scalar(fresh)
    if printing is None:
        raise NotFound
    return printing


def printing_of(printing_id: int) -> Printing:
    """The printing with this number, as it stands now, for the worker."""
    return db.session.get_one(Printing, printing_id, populate_existing=True)


def printings(event_id: int) -> Sequence[Printing]:
    """The latest printings of an event, newest first."""
    statement = select(Printing).where(Printing.event_id == event_id)
    return db.session.scalars(statement.order_by(Printing.id.desc()).limit(MOST_SHOWN)).all()


def printed_file(event_id: int, printing_id: int) -> tuple[Printing, bytes]:
    """A finished printing with its file; raises NotFound where there is none (any more)."""
    row = db.session.execute(
        select(Printing, PrintedFile.content)
        .join(PrintedFile, PrintedFile.printing_id == Printing.id)
        .where(Printing.id == printing_id, Printing.event_id == event_id)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def same_order(printing: Printing) -> Printing | None:
    """An unfinished printing of the very same, so that a second click makes no second file."""
    same = [
        getattr(Printing, name).is_not_distinct_from(getattr(printing, name))
        for name in ("event_id", "paper", "choice", "enrolment_id", "blanks", "language")
    ]
    return db.session.scalar(select(Printing).where(Printing.state.in_(UNFINISHED), *same))


def count_to_print(printing: Printing) -> int:
    """For how many people the printing would be now."""
    if printing.choice == PrintChoice.NOBODY:
        return 0
    if printing.choice == PrintChoice.ONE:
        return len(people_to_print(printing))
    return numbers_to_print(printing.event_id).of(
        PrintChoice(printing.choice), PaperKind(printing.paper).family
    )


def people_to_print(printing: Printing) -> Sequence[TicketedEnrolment]:
    """Those the printing is for as they stand now, by name; only confirmed places."""
    if printing.choice == PrintChoice.NOBODY:
        return []
    chosen = _chosen(
        printing.event_id, PrintChoice(printing.choice), PaperKind(printing.paper).family
    )
    if printing.choice == PrintChoice.ONE:
        chosen = and_(chosen, Enrolment.id == printing.enrolment_id)
    return listed(all_places().where(chosen).order_by(Enrolment.sort_text, Enrolment.id))


def numbers_to_print(event_id: int) -> Numbers:
    """What each choice would come to."""
    everyone = _confirmed(event_id)
    counted = [
        select(func.count()).select_from(Enrolment).where(everyone).scalar_subquery(),
        _new(event_id, "badges").scalar_subquery(),
        _new(event_id, "tickets").scalar_subquery(),
    ]
    return Numbers(*db.session.execute(select(*counted)).one())


def names_to_print(event_id: int) -> Sequence[Row[str, str]]:
    """Names and organisations of everyone with a place, as papers set them, by name."""
    statement = (
        select(Person.name, Enrolment.organisation)
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
    )
    ordered = statement.where(_confirmed(event_id)).order_by(Enrolment.sort_text, Enrolment.id)
    return db.session.execute(ordered).all()


def open_printing(now: datetime) -> Select[Printing]:
    """The oldest printing that waits, or whose worker has fallen silent."""
    silent = and_(Printing.state == PrintState.WORKING, Printing.leased_until < now)
    free = or_(Printing.state == PrintState.WAITING, silent)
    return select(Printing).where(free).order_by(Printing.id).limit(1)


def old_files(now: datetime) -> Sequence[int]:
    """Printings whose file has been kept long enough."""
    over = select(Printing.id).where(
        Printing.state == PrintState.DONE, Printing.finished_at <= now - FILE_KEPT
    )
    return db.session.scalars(over.order_by(Printing.id)).all()


def printed_with(person_id: int) -> Sequence[int]:
    """Printings that hold this person, or may: those under way at the person's events."""
    holding = select(PrintedTicket.printing_id).where(PrintedTicket.person_id == person_id)
    own = select(Enrolment.event_id).where(Enrolment.person_id == person_id)
    maybe = and_(Printing.state.in_(UNFINISHED), Printing.event_id.in_(own))
    statement = select(Printing.id).where(or_(Printing.id.in_(holding), maybe))
    return db.session.scalars(statement.order_by(Printing.id)).all()


def _new(event_id: int, family: str) -> Select[int]:
    # Joined only where it is asked who is new: there the ticket that counts is needed.
    return (
        select(func.count())
        .select_from(Enrolment)
        .join(
            Ticket,
            (Ticket.enrolment_id == Enrolment.id) & (Ticket.state != TicketState.REPLACED),
        )
        .where(_chosen(event_id, PrintChoice.NEW, family))
    )


def _chosen(event_id: int, choice: PrintChoice, family: str) -> ColumnElement[bool]:
    if choice != PrintChoice.NEW:
        return _confirmed(event_id)
    # Another person under the same ticket, another ticket or another name of the same, is new.
    made = exists().where(
        PrintedTicket.ticket_id == Ticket.id,
        PrintedTicket.person_id == Enrolment.person_id,
        PrintedTicket.outdated.is_(False),
        PrintedTicket.printing_id == Printing.id,
        Printing.paper.startswith(family),
    )
    return and_(_confirmed(event_id), ~made)


def _confirmed(event_id: int) -> ColumnElement[bool]:
    return and_(
        Enrolment.event_id == event_id,
        Enrolment.state == EnrolmentState.CONFIRMED,
        # An erased person has no link and no name.
        Enrolment.link_hash.is_not(None),
    )
