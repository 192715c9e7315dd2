"""Several named people enrolled at once."""

from __future__ import annotations

import pytest
from flask import Flask

from app.colleagues import refusals, services
from app.colleagues.rules import MOST_COLLEAGUES, Colleague, Fault, read_colleagues
from app.core.access import StaffRole
from app.core.folding import fold
from app.core.unit_of_work import unit_of_work
from app.lifecycle.services import telling
from app.people.rules import readable_email
from app.workshops.queries import lists
from app.workshops.services import enrolling
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.workshops.making import SLUG, enrolled, letters, stored_workshop, wish, workshop

PAGE = f"/events/{SLUG}/enrol/colleagues"
DESK = f"/desk/workshops/{SLUG}/colleagues"
THREE = "Amina 1, amina1@post.example\nBo; bo@post.example\nCarla <carla@post.example>"


def people(number: int) -> list[Colleague]:
    return [Colleague(n, f"Amina {n}", f"amina{n}@post.example") for n in range(number)]


def enrol(number: int) -> services.ColleaguesEnrolled:
    with unit_of_work():
        return services.tally(services.enrol_colleagues(SLUG, people(number), "Klub 12", "da"))


@pytest.mark.parametrize(
    "line",
    [
        "Amina Hassan, amina@kk.dk",
        "Amina Hassan; amina@kk.dk",
        "Amina Hassan\tamina@kk.dk",
        "Amina Hassan <amina@kk.dk>",
        "  Amina Hassan   AMINA@kk.dk ",
        "amina@kk.dk, Amina Hassan",
    ],
)
def test_a_line_is_read_as_people_write_it(line: str) -> None:
    [one] = read_colleagues(f"\n{line}\n", readable_email, fold).colleagues
    assert one == Colleague(2, "Amina Hassan", "amina@kk.dk")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Amina Hassan", Fault.NO_MAIL),
        ("Amina Hassan, amina@", Fault.NO_MAIL),
        ("Amina, a@kk.dk, b@kk.dk", Fault.NO_MAIL),
        ("amina@kk.dk", Fault.NO_NAME),
        ("A" * 201 + ", amina@kk.dk", Fault.NAME_TOO_LONG),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_fault(line: str, fault: Fault) -> None:
    reading = read_colleagues(f"Bo, bo@kk.dk\n\n{line}", readable_email, fold)
    assert dict(reading.faults) == {3: fault}


def test_the_same_person_twice_is_a_fault_but_a_shared_mailbox_is_none() -> None:
    text = "Amina, klub@kk.dk\nBo, klub@kk.dk\nAMINA, Klub@kk.dk"
    assert dict(read_colleagues(text, readable_email, fold).faults) == {3: Fault.TWICE}


def test_each_colleague_gets_a_place_ticket_and_letter_of_their_own(app: Flask) -> None:
    event_id = workshop(capacity=5)
    assert enrol(3) == services.ColleaguesEnrolled(seated=3, waiting=0, before=0)
    assert stored_workshop(event_id).taken == 3
    assert len({one.email for one in letters("ticket")}) == 3
    assert {one.enrolment.organisation for one in lists.door_list(event_id)} == {"Klub 12"}


def test_the_first_of_the_list_get_the_places_and_the_others_wait(app: Flask) -> None:
    event_id = workshop(capacity=3)
    enrolled("først")
    assert enrol(4) == services.ColleaguesEnrolled(seated=2, waiting=2, before=0)
    assert [person.name for _, person in lists.line(event_id)] == ["Amina 2", "Amina 3"]
    assert len(letters("waiting")) == 2


def test_without_a_waiting_list_it_is_all_or_nobody(app: Flask) -> None:
    event_id = workshop(capacity=3, waiting_list=False)
    enrolled("først")
    with pytest.raises(refusals.NotRoomForAll) as refused:
        enrol(3)
    assert refused.value.facts == {"free": 2, "asked": 3}
    assert stored_workshop(event_id).taken == 1
    assert len(letters()) == 1


def test_whoever_is_enrolled_already_keeps_their_place(app: Flask) -> None:
    event_id = workshop(capacity=3)
    enrolled(1)
    assert enrol(3) == services.ColleaguesEnrolled(seated=2, waiting=0, before=1)
    assert stored_workshop(event_id).taken == 3
    assert len(letters("ticket")) == 3


def test_the_public_page_enrols_and_tells_nothing_of_who_was_there(
    app: Flask, client: InspectingClient
) -> None:
    event_id = workshop(capacity=9)
    with unit_of_work():
        enrolling.enrol(SLUG, wish(1))
    assert PAGE in client.page(f"/events/{SLUG}/enrol").links()
    answer = client.send(PAGE, {"organisation": "Klub 12", "people": THREE})
    assert "3" in client.page(answer.location).text
    assert stored_workshop(event_id).taken == 3
    assert len(letters("again")) == 1


def test_bad_lines_are_told_one_by_one_and_nobody_is_enrolled(
    app: Flask, client: InspectingClient
) -> None:
    event_id = workshop()
    bad = "\n".join([THREE, "Dorte", *(f"Uden {n}" for n in range(12))])
    answer = client.send(PAGE, {"people": bad}, status=422)
    assert "Dorte" in answer.text
    for word in ("4", "13", "3"):
        assert word in answer.text
    many = "\n".join(f"N {n}, n{n}@kk.dk" for n in range(MOST_COLLEAGUES + 1))
    client.send(PAGE, {"people": many}, status=422)
    assert stored_workshop(event_id).taken == 0


def test_the_desk_enrols_several_and_is_told_what_became_of_them(
    app: Flask, client: InspectingClient
) -> None:
    event_id = workshop(capacity=2)
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    desk.page(DESK)
    desk.send(DESK, {"people": "uden"}, status=422)
    answer = desk.send(DESK, {"people": THREE, "organisation": "Klub 12"})
    told = desk.page(answer.location).text
    assert "2" in told
    assert stored_workshop(event_id).taken == 2
    assert len(lists.line(event_id)) == 1


def test_a_closed_workshop_says_so(app: Flask, client: InspectingClient) -> None:
    event_id = workshop()
    with unit_of_work():
        telling.call_off(event_id, "Storm")
    client.page(PAGE)
    client.send(PAGE, {"people": THREE}, status=409)
