"""A name's spelling and a mail address are corrected, and a ticket is handed to somebody else."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.people.models import Person
from app.people.rules import spelled_alike
from app.printing import queries
from app.tickets.models import Ticket
from app.tickets.rules.states import TicketState
from app.workshops import refusals
from app.workshops.models import Enrolment
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import changing, correcting, enrolling, handing_over
from app.workshops.services.changing import Change
from app.workshops.services.drafting import Wish
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.printing.making import printed
from tests.workshops.making import (
    SLUG,
    enrolled,
    enrolment,
    letters,
    on_list,
    stored_workshop,
    workshop,
)

TYPO = "amina@gmial.con"


def place(name: str = "Amina Yusuf", mail: str = TYPO, seats: int = 1) -> int:
    with unit_of_work():
        return enrolling.enrol(SLUG, Wish(name, mail, seats)).place.enrolment.id


def holder(number: int) -> Person:
    return db.session.get_one(Person, enrolment(number).person_id)


def link_of(client: InspectingClient) -> str:
    text = db.session.scalars(select(Letter.text).order_by(Letter.id)).first() or ""
    return "/m/" + text.partition("/m/")[2].split()[0]


def ticket_states(number: int) -> list[str]:
    db.session.rollback()
    of_place = select(Ticket.state).where(Ticket.enrolment_id == number).order_by(Ticket.id)
    return list(db.session.scalars(of_place))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Amina Yusuf", "Amina Yussuf"),
        ("Amina Yusuf", "Aminah Yusuf"),
        ("Amina Yusuf", "Yusuf Amina"),
        ("Amina", "Amina Yusuf"),
        ("Mette Hansen", "Mette Marie Hansen"),
        ("Zahra Al-Hassan", "Zahra Al Hasan"),
        ("Søren Ærø", "Soren Aero"),
        ("O’Brien", "O'Brian"),
        ("أمينة يوسف", "امينه يوسف"),
    ],
)
def test_two_spellings_are_one_name(name: str, other: str) -> None:
    assert spelled_alike(name, other) and spelled_alike(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Amina Yusuf", "Bo Holm"),
        ("Ali Hassan", "Omar Hassan"),
        ("Ali", "Ala"),
        ("Room 1", "Room 2"),
        ("Amina", "Yusuf"),
        ("Amina", ""),
    ],
)
def test_two_people_are_not(name: str, other: str) -> None:
    assert not spelled_alike(name, other)


def test_another_spelling_keeps_the_person_at_every_place(app: Flask) -> None:
    event_id = workshop()
    workshop("proceskonsulent")
    number = place("Amina Yusuf")
    with unit_of_work():
        other = enrolling.enrol("proceskonsulent", Wish("Amina Yusuf", TYPO)).place.enrolment.id
    before, version = holder(number).id, stored_workshop(event_id).list_version
    with unit_of_work():
        changing.change(other, Change("Amina Jusuf", 1))
    assert holder(number).id == holder(other).id == before
    assert holder(number).name == "Amina Jusuf"
    assert stored_workshop(event_id).list_version > version
    assert on_list(event_id, "jusuf") == [number]
    assert not on_list(event_id, "yusuf")


def test_a_capital_letter_arrives(app: Flask) -> None:
    workshop()
    number = place("amina yusuf")
    with unit_of_work():
        changing.change(number, Change("Amina Yusuf", 1))
    assert holder(number).name == "Amina Yusuf"


def test_a_corrected_name_is_printed_anew(app: Flask) -> None:
    event_id = workshop()
    number = place()
    printed(event_id)
    assert queries.numbers_to_print(event_id).new_badges == 0
    with unit_of_work():
        changing.change(number, Change("Amina Jusuf", 1))
    assert queries.numbers_to_print(event_id).new_badges == 1


def test_quite_another_name_is_asked_about_and_then_still_the_same_person(
    client: InspectingClient,
) -> None:
    workshop()
    number = place("Amina Yusuf")
    before = holder(number).id
    page = f"{link_of(client)}/change"
    form = client.page(page).form()
    answer = client.post(page, data={**form, "name": "Zahra Holm", "food": "nødder"})
    told = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="name-error"' in told and 'value="nødder"' in told and "/hand-over" in told
    sent = {**form, "name": ["Zahra Holm", "Zahra Holm"], "food": "nødder"}
    assert client.post(page, data=sent).status_code == 303
    assert (holder(number).id, holder(number).name) == (before, "Zahra Holm")


def test_a_spelling_that_is_somebody_known_of_the_mailbox_is_that_one(app: Flask) -> None:
    workshop()
    workshop("proceskonsulent")
    number = place("Amina Yussuf")
    with unit_of_work():
        earlier = enrolling.enrol("proceskonsulent", Wish("Amina Yusuf", TYPO)).place
    with unit_of_work():
        changing.change(number, Change("Amina Yusuf", 1))
    assert holder(number).id == earlier.person.id


def test_the_address_is_shown_after_enrolling_and_corrected_there(
    client: InspectingClient,
) -> None:
    workshop()
    form = client.page(f"/events/{SLUG}/enrol").form()
    sent = {**form, "name": "Amina Yusuf", "mail": TYPO, "seats": "1"}
    asked = client.send(f"/events/{SLUG}/enrol", sent, 422)
    assert "amina@gmail.com" in asked.get_data(as_text=True)
    answer = client.post(f"/events/{SLUG}/enrol", data={**sent, "mail": [TYPO, TYPO]})
    told = client.page(answer.location)
    address = f"{link_of(client)}/mail"
    assert TYPO in told.text and address in {one.get("href") for one in told.all("a")}
    fields = client.page(address).form()
    assert client.send(address, {**fields, "mail": "amina@gmail.com"}).status_code == 303
    last = letters("again")[-1]
    assert last.email == "amina@gmail.com" and last.attachments
    assert "amina@gmail.com" in client.page(link_of(client)).text
    # The page that says "enrolled" goes on, with the link that is good now.
    assert link_of(client) in client.get(answer.location).get_data(as_text=True)


def test_a_corrected_address_keeps_the_person_and_what_waits_for_them(app: Flask) -> None:
    event_id = workshop()
    number = place()
    before = holder(number).id
    with unit_of_work():
        correcting.correct_mail(number, "amina@gmail.com")
    assert holder(number).id == before
    assert {letter.email for letter in letters()} == {"amina@gmail.com"}
    assert not letters("goes_elsewhere")
    assert on_list(event_id, "amina@gmail") == [number]


def test_the_earlier_address_is_told_unless_it_was_a_slip(app: Flask) -> None:
    workshop()
    number = place(mail="amina@arbejde.example")
    with unit_of_work():
        correcting.correct_mail(number, "amina@hjem.example")
    [letter] = letters("goes_elsewhere")
    assert letter.email == "amina@arbejde.example"
    assert "hjem.example" not in letter.text and "/m/" not in letter.text


def test_the_link_of_one_place_moves_that_place_alone_and_the_team_all(app: Flask) -> None:
    workshop()
    workshop("proceskonsulent")
    number = place()
    with unit_of_work():
        other = enrolling.enrol("proceskonsulent", Wish("Amina Yusuf", TYPO)).place.enrolment.id
    with unit_of_work():
        correcting.correct_mail(number, "amina@gmail.com")
    assert (holder(number).email, holder(other).email) == ("amina@gmail.com", TYPO)
    with unit_of_work():
        correcting.correct_mail(other, "amina@hjem.example", by_team=True)
    assert (holder(number).email, holder(other).email) == ("amina@gmail.com", "amina@hjem.example")


def test_an_address_that_has_a_place_already_is_refused_with_what_was_typed(
    client: InspectingClient,
) -> None:
    workshop()
    number = place()
    place(mail="amina@gmail.com")
    address = f"{link_of(client)}/mail"
    fields = client.page(address).form()
    answer = client.send(address, {**fields, "mail": "amina@gmail.com"}, 409)
    assert 'id="mail-error"' in answer.get_data(as_text=True)
    assert holder(number).email == TYPO


def test_a_ticket_is_handed_over(app: Flask) -> None:
    event_id = workshop(capacity=3)
    number = place("Amina Yusuf", "amina@post.example", seats=2)
    enrolled(2)
    waiting = enrolled(3).place.enrolment.id
    with unit_of_work():
        changing.set_goals(number, ["Mit eget mål"], show_again=True)
        enrolment(number).food = "nødder"
    version = stored_workshop(event_id).list_version
    with unit_of_work():
        new = handing_over.hand_over(number, "Bo Holm", "bo@post.example")
    old, taken = enrolment(number), enrolment(new)
    assert (old.state, old.handed_to_id) == (EnrolmentState.CANCELLED, new)
    assert (taken.state, taken.seats, taken.food) == (EnrolmentState.CONFIRMED, 2, "")
    assert taken.link_hash != old.link_hash
    assert ticket_states(number) == [TicketState.CANCELLED]
    assert ticket_states(new) == [TicketState.LIVE]
    changed = select(Ticket.enrolment_id).where(Ticket.list_version > version)
    assert set(db.session.scalars(changed)) == {number, new}
    assert stored_workshop(event_id).taken == 3
    assert enrolment(waiting).state == EnrolmentState.WAITLISTED
    assert letters("handed_over")[0].email == "amina@post.example"
    [ticket] = letters("taken_over")
    assert ticket.email == "bo@post.example" and len(ticket.attachments) == 3
    assert [entry.verb for entry in audit.of("enrolment", new)] == ["taken_over"]
    assert audit.of("enrolment", number)[-1].facts == {"to": new}


def test_the_link_of_a_place_that_was_handed_over_opens_nothing(client: InspectingClient) -> None:
    workshop()
    number = place("Amina Yusuf", "amina@post.example")
    address = link_of(client)
    fields = client.page(f"{address}/hand-over").form()
    sent = {**fields, "name": "Bo Holm", "mail": "bo@post.example"}
    answer = client.send(f"{address}/hand-over", sent)
    assert "Billetten er givet videre" in client.page(answer.location).text
    told = client.page(address, status=410).text
    assert "Bo Holm" not in told and "givet videre" in told and "Amina" not in told
    with pytest.raises(refusals.HandedOver), unit_of_work():
        handing_over.hand_over(number, "Cem Ak", "cem@post.example")


def test_what_cannot_be_handed_over_says_why(client: InspectingClient) -> None:
    event_id = workshop(capacity=1)
    number = place("Amina Yusuf", "amina@post.example")
    waiting = place("Bo Holm", "bo@post.example")
    for raised, to in (
        (refusals.EnrolledAlready, ("Bo Holm", "bo@post.example")),
        (refusals.HandedToOneself, ("amina  yusuf", "AMINA@post.example")),
    ):
        with pytest.raises(raised), unit_of_work():
            handing_over.hand_over(number, *to)
    with pytest.raises(refusals.WaitsStill), unit_of_work():
        handing_over.hand_over(waiting, "Cem Ak", "cem@post.example")
    begins = db.session.get_one(Event, event_id).starts_at
    with at(begins), pytest.raises(refusals.TooLateToHandOver), unit_of_work():
        handing_over.hand_over(number, "Cem Ak", "cem@post.example", by_team=True)
    with at(begins + timedelta(hours=5)), pytest.raises(refusals.EnrolmentOver), unit_of_work():
        correcting.correct_mail(number, "amina@gmail.com")
    assert clock.now() < begins and enrolment(number).state == EnrolmentState.CONFIRMED
    address = f"{link_of(client)}/hand-over"
    sent = {**client.page(address).form(), "name": "Bo Holm", "mail": "bo@post.example"}
    answer = client.send(address, sent, 409)
    assert 'value="Bo Holm"' in answer.get_data(as_text=True)


def test_the_team_corrects_and_hands_over_from_the_enrolments_page(
    client: InspectingClient,
) -> None:
    workshop()
    number = place()
    sign_in_staff(client, StaffRole.ORGANISER)
    page = f"/desk/workshops/{SLUG}/enrolments/{number}"
    fields = client.page(f"{page}/mail").form()
    client.send(f"{page}/mail", {**fields, "mail": "amina@hjem.example"})
    assert "amina@hjem.example" in client.page(page).text
    fields = client.page(f"{page}/hand-over").form()
    sent = {**fields, "name": "Bo Holm", "mail": "bo@post.example"}
    answer = client.send(f"{page}/hand-over", sent)
    assert "Bo Holm" in client.page(answer.location).text
    assert "Vi har givet" in letters("handed_over")[0].text


def test_of_eight_who_hand_over_at_once_one_succeeds(app: Flask) -> None:
    event_id = workshop()
    number = place("Amina Yusuf", "amina@post.example")
    handed: list[int] = []

    def hand(guest: int) -> None:
        with app.app_context():
            try:
                with unit_of_work():
                    new = handing_over.hand_over(number, f"Bo {guest}", f"bo{guest}@post.example")
            except refusals.HandedOver:
                return
            handed.append(new)

    threads = [threading.Thread(target=hand, args=(guest,)) for guest in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(handed) == 1
    live = select(Enrolment.id).where(
        Enrolment.event_id == event_id, Enrolment.state == EnrolmentState.CONFIRMED
    )
    db.session.rollback()
    assert list(db.session.scalars(live)) == handed
    assert stored_workshop(event_id).taken == 1
