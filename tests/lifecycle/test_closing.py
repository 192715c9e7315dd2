"""A festival that is called off: its applications end with the reason, its stalls are free."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications import emails, refusals
from app.applications.models import Application
from app.applications.rules.answers import Needs
from app.applications.rules.states import Role, State
from app.applications.services import deciding, writing
from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.refusals import Refusal
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event, EventChange
from app.lifecycle import jobs
from app.lifecycle.services import telling
from app.mailings import queries as mailings
from app.mailings import services as mailing
from app.mailings.rules.states import About
from app.organisations.rules import Actor
from app.people import services as people
from app.vendors.models import Holding
from app.vendors.queries import holdings
from app.vendors.services import reserving, reshaping
from tests.factories import sign_in
from tests.pages import InspectingClient
from tests.vendors import making as vendors

BECAUSE = "Storm på vej."


@pytest.fixture
def event(app: Flask) -> Event:
    return vendors.festival()


def standing(event: Event, name: str, state: State) -> Application:
    """An application in that state, of an organisation with a mailbox of its own."""
    application = vendors.accepted(event, name, email=f"{state}@mad.example")
    application.state = state
    if state is State.WAITLISTED:
        application.waitlisted_at = clock.now()
    db.session.commit()
    return application


def call_off(event: Event) -> None:
    with unit_of_work():
        telling.call_off(event.id, BECAUSE)


def take_back(event: Event) -> None:
    with unit_of_work():
        telling.take_back(event.id)


def again(application_id: int) -> Application:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Application, application_id)


def test_all_that_stands_is_closed_with_the_reason_and_opens_again(event: Event) -> None:
    live = (State.DRAFT, State.SUBMITTED, State.ASKED, State.WAITLISTED, State.CONFIRMED)
    numbers = {state: standing(event, state, state).id for state in live}
    ended = standing(event, "Ude", State.WITHDRAWN).id
    db.session.get_one(Application, numbers[State.WAITLISTED]).reason = "full"
    prepared = db.session.get_one(Application, numbers[State.SUBMITTED])
    prepared.prepared, prepared.prepared_reason = State.ACCEPTED, "Velkommen"
    db.session.commit()
    call_off(event)
    for number in numbers.values():
        closed = again(number)
        assert (closed.state, closed.reason, closed.prepared) == (State.CANCELLED, BECAUSE, None)
        assert [entry.verb for entry in audit.of("application", number)][-1] == "called_off"
    assert again(ended).state is State.WITHDRAWN
    take_back(event)
    assert {state: again(number).state for state, number in numbers.items()} == {
        state: state for state in live
    }
    assert again(numbers[State.WAITLISTED]).reason == "full"
    prepared = again(numbers[State.SUBMITTED])
    assert (prepared.prepared, prepared.prepared_reason) == (State.ACCEPTED, "Velkommen")


def test_stalls_are_free_at_once_and_given_again(event: Event) -> None:
    first, second = vendors.stalls(event, 2)
    kebab, bistro = (vendors.accepted(event, name) for name in ("Kebab", "Bistro"))
    held = [vendors.held(first, kebab), vendors.held(second, bistro)]
    with unit_of_work():
        reserving.confirm(held[0])
    call_off(event)
    assert live_holders(event) == {}
    with unit_of_work():
        reshaping.block(second.id, "Vejarbejde")
    take_back(event)
    # Where one cannot stand any more the team finds another place: no limit is passed.
    assert live_holders(event) == {(kebab.id, first.id): "confirmed"}
    assert again(bistro.id).state is State.ACCEPTED


def live_holders(event: Event) -> dict[tuple[int, int], str]:
    db.session.rollback()
    db.session.expire_all()
    rows = db.session.scalars(select(Holding).where(Holding.state != "ended")).all()
    return {(row.application_id, holdings.seat(row.id).stall_id): row.state for row in rows}


def test_nobody_reads_that_there_is_a_place_and_that_there_is_no_festival(event: Event) -> None:
    application = standing(event, "Kebab", State.SUBMITTED)
    with unit_of_work():
        deciding.prepare(1, [application.id], State.ACCEPTED)
    with unit_of_work():
        deciding.release([application.id])
    call_off(event)
    states = {letter.kind: letter.state for letter in db.session.scalars(select(Letter))}
    assert states["applications/accepted"] is LetterState.CALLED_BACK
    assert states["lifecycle/called_off"] is LetterState.WAITING
    take_back(event)
    kept = again(application.id)
    # The decision is prepared as before its release, and released anew by the team.
    assert (kept.state, kept.prepared) == (State.SUBMITTED, State.ACCEPTED)


def test_a_letter_to_many_that_waits_for_its_hour_waits_again(event: Event) -> None:
    application = standing(event, "Kebab", State.CONFIRMED)
    number = planned_letter(application)
    call_off(event)
    assert db.session.get_one(Letter, number).state is LetterState.CALLED_BACK
    take_back(event)
    db.session.expire_all()
    assert db.session.get_one(Letter, number).state is LetterState.WAITING
    assert mailings.waiting_for(About.APPLICATION, [application.id]) == [number]


def planned_letter(application: Application) -> int:
    """A letter to those in the list that leaves tomorrow; its number."""
    with unit_of_work():
        staff = people.add_staff("anna@desk.example", StaffRole.ORGANISER, name="Anna Holm")
        made = mailing.begin(application.event_id, About.APPLICATION, [application.id], staff.id)
        mailing.write(made.id, {"da": "Godt at vide"}, {"da": "Husk regnslag."})
        whom = emails.addressees([application.id])
        mailing.send(made.id, whom, clock.now() + timedelta(days=1))
    return db.session.scalars(select(Letter.id).where(Letter.due_at > clock.now())).one()


def test_nobody_applies_to_what_does_not_take_place(event: Event) -> None:
    draft = standing(event, "Kebab", State.DRAFT)
    other = vendors.accepted(vendors.festival("en-anden"), "Bistro", email="bistro@mad.example")
    number, asks, event_id = draft.id, other.organisation_id, event.id
    call_off(event)
    with pytest.raises(refusals.EventCalledOff), unit_of_work():
        writing.begin(Actor("bistro@mad.example"), event_id, asks, Role.FOOD_STALL)
    with pytest.raises(refusals.EventCalledOff), unit_of_work():
        writing.submit(Actor("draft@mad.example"), number, {}, Needs())


def test_the_applicant_reads_why_on_every_page_and_where_to_go(
    event: Event, client: InspectingClient
) -> None:
    application = standing(event, "Kebab", State.CONFIRMED)
    number = application.id
    sign_in(client, "confirmed@mad.example")
    call_off(event)
    status, mine = client.page(f"/my/applications/{number}"), client.page("/my")
    for page in (status, mine):
        assert BECAUSE in page.text
        assert "Det bliver ikke til noget." in page.text
        assert "/" in page.links()
    assert "Ansøgningen er lukket" in status.text
    coming, _, was = mine.text.partition("Tidligere")
    assert BECAUSE in coming
    assert BECAUSE not in was
    assert BECAUSE in client.page(f"/catalogue/{event.slug}").text
    take_back(event)
    assert "Jeres plads er bekræftet" in client.page(f"/my/applications/{number}").text


def test_how_it_stood_is_forgotten_once_it_stands_for_good(event: Event) -> None:
    standing(event, "Kebab", State.CONFIRMED)
    call_off(event)
    assert jobs.forget_how_it_stood(clock.now()) == 0
    assert db.session.scalars(select(EventChange.before)).one()["applications"]
    later = clock.now() + timedelta(minutes=5)
    with at(later):
        assert jobs.forget_how_it_stood(later) == 1
        assert jobs.forget_how_it_stood(later) == 0
    db.session.expire_all()
    assert db.session.scalars(select(EventChange.before)).one() == {}


def test_a_decision_released_in_that_moment_does_not_outlive_the_event(
    app: Flask, event: Event
) -> None:
    numbers = [standing(event, f"Nr. {one}", State.SUBMITTED).id for one in range(3)]
    with unit_of_work():
        deciding.prepare(1, numbers, State.ACCEPTED)
    event_id = event.id
    all_at_once(
        app,
        lambda: telling.call_off(event_id, BECAUSE),
        lambda: deciding.release(numbers[::-1]),
        lambda: deciding.release(numbers[:1]),
        lambda: deciding.ask(numbers[1], "Hvad sælger I?", clock.now() + timedelta(days=3)),
    )
    assert {again(number).state for number in numbers} == {State.CANCELLED}
    letters = db.session.scalars(select(Letter).where(Letter.kind == "applications/accepted"))
    assert {letter.state for letter in letters} <= {LetterState.CALLED_BACK}


def test_whoever_sends_in_at_that_moment_is_closed_or_refused(app: Flask, event: Event) -> None:
    drafts = [standing(event, f"Nr. {one}", State.DRAFT) for one in range(3)]
    for one in drafts:
        one.organisation.activity = {"da": "Vi laver mad."}
        one.organisation.district = "noerrebro"
    db.session.commit()
    numbers, event_id = [one.id for one in drafts], event.id

    def sending(number: int) -> Callable[[], object]:
        return lambda: writing.submit(Actor("draft@mad.example"), number, {}, Needs())

    all_at_once(app, lambda: telling.call_off(event_id, BECAUSE), *map(sending, numbers))
    assert {again(number).state for number in numbers} == {State.CANCELLED}


def all_at_once(app: Flask, *verbs: Callable[[], object]) -> None:
    """Each verb from a thread of its own, released together; a refusal is an answer too."""
    barrier = Barrier(len(verbs))

    def call(verb: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with suppress(Refusal), unit_of_work():
                    verb()
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(len(verbs)) as pool:
        list(pool.map(call, verbs))
    db.session.expire_all()
