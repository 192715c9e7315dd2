"""Every change of what a door must know raises the list's version, and the ticket carries it."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.people import queries as people
from app.tickets.models import Ticket
from app.workshops.services import changing, leaving, many
from tests.workshops.making import SLUG, enrolled, stored_workshop, wish, workshop


def version_of(event_id: int) -> int:
    db.session.rollback()
    return stored_workshop(event_id).list_version


def listed(event_id: int, since: int = -1) -> list[tuple[int, int]]:
    """Tickets that changed since a version, each with its own."""
    db.session.rollback()
    statement = select(Ticket.list_version, Ticket.id).where(
        Ticket.event_id == event_id, Ticket.list_version > since
    )
    return sorted((row[0], row[1]) for row in db.session.execute(statement))


def test_each_enrolment_has_a_version_of_its_own_seated_or_waiting(app: Flask) -> None:
    event_id = workshop(capacity=2)
    tickets = [enrolled(number).place.ticket.id for number in (1, 2, 3)]
    assert [one for _, one in listed(event_id)] == tickets
    versions = [version for version, _ in listed(event_id)]
    assert versions == sorted(set(versions))
    assert versions[-1] == version_of(event_id)


def test_many_enrolled_at_once_have_each_a_version(app: Flask) -> None:
    event_id = workshop(capacity=3)
    with unit_of_work():
        issued = many.enrol_many(SLUG, [wish(number) for number in range(5)])
    assert listed(event_id) == [(n, one.ticket_id) for n, one in enumerate(issued, start=1)]
    assert version_of(event_id) == 5


def test_a_cancelled_ticket_and_who_moves_up_are_both_told(app: Flask) -> None:
    event_id = workshop(capacity=1)
    first, second = enrolled(1).place, enrolled(2).place
    before = version_of(event_id)
    with unit_of_work():
        leaving.cancel(first.enrolment.id)
    changed = listed(event_id, before)
    assert changed == [(before + 1, first.ticket.id), (before + 2, second.ticket.id)]
    assert version_of(event_id) == before + 2


def test_a_reissue_tells_the_old_ticket_and_the_new_one(app: Flask) -> None:
    event_id = workshop()
    place = enrolled(1).place
    before = version_of(event_id)
    with unit_of_work():
        renewed = changing.reissue(place.enrolment.id)
    changed = listed(event_id, before)
    assert {one for _, one in changed} == {place.ticket.id, renewed.ticket.id}
    assert version_of(event_id) == max(version for version, _ in changed)


def test_a_change_of_name_or_wishes_is_told(app: Flask) -> None:
    event_id = workshop()
    place = enrolled(1).place
    for wanted in (
        changing.Change("Another Name", 1, still_me=True),
        changing.Change("Another Name", 1, interpreter="arabisk"),
        changing.Change("Another Name", 2, interpreter="arabisk"),
    ):
        before = version_of(event_id)
        with unit_of_work():
            changing.change(place.enrolment.id, wanted)
        assert listed(event_id, before) == [(before + 1, place.ticket.id)]


def test_a_forgotten_person_is_told_so_that_phones_drop_the_name(app: Flask) -> None:
    event_id = workshop()
    place = enrolled(1).place
    before = version_of(event_id)
    with unit_of_work():
        (person,) = people.people_of(place.person.email or "")
        leaving.forget(person)
    assert [one for _, one in listed(event_id, before)] == [place.ticket.id]
