"""The link in an offer's letter: yes or no by a button, once, for this one application alone."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.applications import refusals
from app.applications.jobs import drop_old_links
from app.applications.models import AnswerLink, Application
from app.applications.role_pages import step_back_of
from app.applications.rules import moves
from app.applications.rules.moves import Offer
from app.applications.rules.states import Role, State, StateReason
from app.applications.services import deciding, replying, telling
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.timetravel import at
from app.core.tokens import token_hash
from app.core.unit_of_work import unit_of_work
from app.lifecycle.services import telling as calling_off
from app.organisations import services as organisations
from app.organisations.rules import Actor, Contact
from app.people import services as people
from app.people.models import Person
from app.vendors.jobs import lapse_unconfirmed
from tests.applications.making import (
    MAIL,
    NOW,
    again,
    festival,
    letters,
    organisation,
    released,
    submitted,
)
from tests.pages import InspectingClient

LINK = re.compile(r"http://localhost(/answer/[\w-]+)")
SOON = NOW + timedelta(hours=1)


def offered(role: Role = Role.ASSOCIATION_STALL) -> Application:
    """An application that was accepted and waits for yes or no."""
    return released(submitted(festival(), organisation(), role=role))


def link(number: int = -1) -> str:
    """The path that the letter's button leads to."""
    [path] = LINK.findall(letters("accepted")[number].source)
    return str(path)


def token() -> str:
    return link().rpartition("/")[2]


def test_letter_of_an_offer_is_answered_without_signing_in(client: InspectingClient) -> None:
    application = offered()
    with at(SOON):
        page = client.page(link())
        for fact in ("Kvinder på Nørrebro", "International Dag", "15. april 2026"):
            assert fact in page.text
        client.send(link(), {"answer": "yes"})
        assert client.page(link()).heading == "I kommer"
    assert again(application).state == State.CONFIRMED
    assert len(letters("confirmed")) == 1


def test_opening_the_page_answers_nothing(client: InspectingClient) -> None:
    application = offered()
    with at(SOON):
        client.page(link())
        client.head(link())
    assert again(application).state == State.ACCEPTED


@pytest.mark.parametrize("role", Role)
def test_no_gives_the_place_to_the_next(client: InspectingClient, role: Role) -> None:
    event = festival()
    kind = {Role.ACT: "artist_group", Role.FOOD_STALL: "restaurant"}.get(role, "association")
    first = released(submitted(event, organisation(kind=kind), role=role))
    second = organisation("Den næste", "naeste@forening.example", kind=kind)
    waiting = released(submitted(event, second, "naeste@forening.example", role), "waitlisted")
    path = link()
    with at(SOON):
        client.send(path, {"answer": "no"})
        assert client.page(path).heading == "I har sagt nej"
    assert again(first).state == State.WITHDRAWN
    assert again(waiting).state == State.ACCEPTED
    # The next gets a link of their own with the letter.
    assert link() != path


def test_only_hashes_are_kept(client: InspectingClient) -> None:
    offered()
    rows = db.session.scalars(select(AnswerLink)).all()
    assert [row.token_hash for row in rows] == [token_hash(token())]


def test_link_opens_nothing_else(client: InspectingClient) -> None:
    application = offered()
    with at(SOON):
        client.page(link())
        client.send(link(), {"answer": "yes"})
        answer = client.get(f"/my/applications/{application.id}")
    assert answer.status_code == 303
    assert str(answer.location).startswith("/sign-in")


def test_unknown_link_leads_to_ones_own_page(client: InspectingClient) -> None:
    page = client.page("/answer/findes-ikke", status=410)
    assert "/links" in page.links()
    client.send("/answer/findes-ikke", {"answer": "no"}, status=410)


def test_after_the_deadline_the_link_has_ended(client: InspectingClient) -> None:
    application = offered()
    late = NOW + timedelta(days=15)
    with at(late):
        assert client.page(link()).heading == "Fristen er udløbet"
        page = client.send(link(), {"answer": "yes"}, status=409)
        assert "15. april" in page.get_data(as_text=True)
        assert again(application).state == State.ACCEPTED
        lapse_unconfirmed(late)
        assert client.page(link()).heading == "Fristen er udløbet"


def test_the_second_answer_is_told_of_the_first(client: InspectingClient) -> None:
    application = offered()
    with at(SOON):
        client.send(link(), {"answer": "yes"})
        client.send(link(), {"answer": "yes"})
        page = client.send(link(), {"answer": "no"}, status=409)
    assert "Der er allerede svaret" in page.get_data(as_text=True)
    assert again(application).state == State.CONFIRMED
    assert len(letters("confirmed")) == 1


def test_each_correspondent_has_an_own_link_and_the_first_answer_counts(
    client: InspectingClient,
) -> None:
    made = organisation()
    with unit_of_work():
        organisations.add_representative(
            Actor(MAIL), made.id, Contact("bo@forening.example", "Bo Hansen")
        )
    application = released(submitted(festival(), made))
    first, second = link(-2), link(-1)
    assert first != second
    with at(SOON):
        client.send(second, {"answer": "no"})
        client.send(first, {"answer": "yes"}, status=409)
        assert client.page(first).heading == "I har sagt nej"
    assert again(application).state == State.WITHDRAWN


def test_answer_on_ones_own_page_ends_the_link(client: InspectingClient) -> None:
    application = offered()
    with at(SOON), unit_of_work():
        telling.withdraw(Actor(MAIL), application.id)
    with at(SOON):
        client.send(link(), {"answer": "yes"}, status=409)
    assert again(application).state == State.WITHDRAWN


def test_offer_that_is_taken_back_and_made_again_has_a_new_link(client: InspectingClient) -> None:
    application = offered()
    before = link()
    with at(NOW), unit_of_work():
        deciding.recall(application.id)
    with at(NOW), unit_of_work():
        deciding.release([application.id])
    with at(SOON):
        client.page(before, status=410)
        client.page(link())


def test_cancelled_by_the_team_ends_the_link(client: InspectingClient) -> None:
    application = offered()
    with at(SOON), unit_of_work():
        deciding.cancel(application.id, "Pladsen er under vand.")
    with at(SOON):
        page = client.page(link())
        assert page.heading == "Tilbuddet gælder ikke længere"
        # The reason stands where one has signed in.
        assert "under vand" not in page.text


def test_of_an_event_that_was_called_off_no_place_is_answered_or_goes_on(
    client: InspectingClient,
) -> None:
    event = festival()
    application = released(submitted(event, organisation()))
    path = link()
    next_one = organisation("Den næste", "naeste@forening.example")
    waiting = released(submitted(event, next_one, "naeste@forening.example"), "waitlisted")
    for letter in db.session.scalars(select(Letter)):
        letter.state = LetterState.SENT
    db.session.commit()
    with at(SOON), unit_of_work():
        calling_off.call_off(event.id, "Storm.")
    with at(SOON):
        assert client.page(path).heading == "Tilbuddet gælder ikke længere"
        client.send(path, {"answer": "yes"}, status=409)
    assert lapse_unconfirmed(NOW + timedelta(days=15)) == 0
    with at(SOON), pytest.raises(refusals.NotPossible), unit_of_work():
        telling.withdraw(Actor(MAIL), application.id)
    assert again(waiting).state == State.CANCELLED
    assert not letters("lapsed")


def test_who_no_longer_acts_for_the_organisation_has_no_link(client: InspectingClient) -> None:
    offered()
    path = link()
    person = db.session.scalars(select(Person).where(Person.email == MAIL)).one()
    with unit_of_work():
        telling.forget(person)
        people.forget(person)
    with at(SOON):
        client.page(path, status=410)
    assert db.session.scalar(select(func.count()).select_from(AnswerLink)) == 0


def test_a_link_that_went_to_a_wrong_address_answers_nothing(client: InspectingClient) -> None:
    application = offered()
    path = link()
    person = db.session.scalars(select(Person).where(Person.email == MAIL)).one()
    with at(SOON), unit_of_work():
        people.correct(person.id, email="rigtig@forening.example")
    with at(SOON):
        client.page(path, status=410)
        client.send(path, {"answer": "no"}, status=410)
    assert again(application).state == State.ACCEPTED


def test_links_are_dropped_long_after(app: Flask) -> None:
    offered()
    assert drop_old_links(NOW + timedelta(days=30)) == 0
    assert drop_old_links(NOW + timedelta(days=200)) == 1


def test_yes_and_no_in_one_moment_are_one_answer(app: Flask) -> None:
    application = offered()
    own, gate, step_back = token(), Barrier(8), step_back_of(application.role)

    def press(number: int) -> str:
        with app.app_context(), at(SOON):
            gate.wait()
            try:
                with unit_of_work():
                    if number % 2:
                        replying.confirm(own)
                    else:
                        replying.decline(own, step_back)
            except refusals.OfferAnswered:
                return "refused"
            finally:
                db.session.remove()
            return "done"

    db.session.rollback()
    with ThreadPoolExecutor(8) as pool:
        met = list(pool.map(press, range(8)))
    # Whoever pressed the same as the first is told what the first was told.
    assert sorted(met) == ["done"] * 4 + ["refused"] * 4
    assert len(letters("confirmed")) + len(letters("withdrawn")) == 1


@pytest.mark.parametrize(
    ("state", "reason", "stands"),
    [
        (State.ACCEPTED, "", Offer.OPEN),
        (State.CONFIRMED, "", Offer.TAKEN),
        (State.WITHDRAWN, "", Offer.GIVEN_UP),
        (State.CANCELLED, StateReason.UNCONFIRMED, Offer.TOO_LATE),
        (State.CANCELLED, "Det regner.", Offer.OVER),
        (State.SUBMITTED, "", Offer.OVER),
    ],
)
def test_where_an_offer_stands(state: State, reason: str, stands: Offer) -> None:
    assert moves.offer(state, reason, SOON, NOW) is stands


def test_offer_is_over_when_its_deadline_has_passed() -> None:
    assert moves.offer(State.ACCEPTED, "", NOW, SOON) is Offer.TOO_LATE
