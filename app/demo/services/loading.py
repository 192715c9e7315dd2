"""Loading the demo: 2010 step by step, then a living edition around the present moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial

from sqlalchemy import func, select, update

from app.core import audit, clock, outbox
from app.core.access import StaffRole
from app.core.audit import AuditEntry
from app.core.database import Base, db
from app.core.refusals import Refusal
from app.core.texts import _l
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.rules import names, year2010
from app.demo.rules.audited import DemoVerb
from app.demo.services import installing, living, past_registers, past_surveys, past_workshops
from app.events.models import Event
from app.people import services as people
from app.people.models import Person

# A step's name and what it does.
Step = tuple[str, Callable[[], object]]
BEFORE_2010 = datetime(2006, 12, 1, 9, tzinfo=UTC)
PAST_ENDS = datetime(2012, 1, 1, tzinfo=UTC)
MARK = "demo"


class NotOnlyDemo(Refusal):
    """Starting anew would delete what real people wrote."""

    sentence = _l("This database holds more than the demo. Point TORVET_DATA_DIR elsewhere.")


def is_loaded() -> bool:
    """Whether the demo was loaded into this database."""
    return loaded_on() is not None


def loaded_on() -> date | None:
    """The day around which the living edition lies; None before the demo is loaded."""
    moment = _noted(DemoVerb.LOADED)
    return clock.local_time(moment).date() if moment else None


def steps() -> Iterator[Step]:
    """What loading does, in order; each step is whole in itself."""
    staff_ids: list[int] = []
    past = past_workshops.Past(names.people(1))
    yield "staff", lambda: staff_ids.append(_staff())
    yield "installation", installing.say_whose_it_is
    yield "texts of the report", installing.write_the_report_of_2010
    yield "questionnaires", past_surveys.load_sets
    yield "advice", lambda: past_registers.log_tasks(names.people(2))
    yield "registers", past_registers.keep_registers
    for workshop in year2010.WORKSHOPS:
        yield workshop.code, partial(past_workshops.hold_workshop, past, workshop)
    yield "course", lambda: past_workshops.hold_course(past)
    yield (
        "International Day 2010",
        lambda: past_registers.hold_festival(names.people(3), staff_ids[0]),
    )
    yield "follow-ups", lambda: past_surveys.follow_up_workshops(past.fates)
    yield "advice follow-up", past_surveys.follow_up_advice
    yield "panel", past_surveys.fill_panel
    yield "settling the past", send_past_letters
    yield from living.steps(staff_ids)


def send_past_letters() -> None:
    """Letters of the past count as sent, nothing of it is due, and nobody of it is deleted."""
    with unit_of_work():
        outbox.mark_past_sent(PAST_ENDS)
        db.session.execute(
            update(Person).where(Person.created_at < PAST_ENDS).values(retention_hold=MARK)
        )


def mark_loaded() -> None:
    """Note in the trail that the demo is whole."""
    with unit_of_work():
        audit.record(MARK, 1, DemoVerb.LOADED)


def start_anew() -> None:
    """Empty a database that holds the demo and nothing else, whole or broken off."""
    events = db.session.scalar(select(func.count(Event.id)))
    if events and not _noted(DemoVerb.BEGUN):
        raise NotOnlyDemo
    with unit_of_work():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())
        audit.record(MARK, 1, DemoVerb.BEGUN)


def _noted(verb: DemoVerb) -> datetime | None:
    entries = select(func.max(AuditEntry.at)).where(AuditEntry.subject == MARK)
    return db.session.scalar(entries.where(AuditEntry.verb == verb))


def _staff() -> int:
    """The four consultants of 2007 and the roles around them; the first one's number."""
    with at(BEFORE_2010), unit_of_work():
        first = people.add_staff("maja@torvet.example", StaffRole.ORGANISER, "Maja Lindehøj")
        people.add_staff("maja@torvet.example", StaffRole.REVIEWER)
        people.add_staff("omar@torvet.example", StaffRole.REVIEWER, "Omar Haddadin")
        people.add_staff("signe@torvet.example", StaffRole.ANALYST, "Signe Bækgård")
        people.add_staff("hodan@torvet.example", StaffRole.DOOR, "Hodan Warsamo")
        people.add_staff("admin@torvet.example", StaffRole.ADMIN, "Torben Aaby")
    return first.id
