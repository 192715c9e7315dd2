"""Whoever loses the address loses the private link; whoever has the right one gets the next."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.unit_of_work import unit_of_work
from app.post import undelivered
from app.workshops import refusals
from app.workshops.emails import private_link
from app.workshops.models import ReplacedLink
from app.workshops.queries import places
from app.workshops.rules.links import private_token
from app.workshops.services import correcting, enrolling, leaving
from app.workshops.services.drafting import Wish
from tests.pages import InspectingClient
from tests.workshops.making import SLUG, enrolment, letters, workshop

TYPO, RIGHT = "amina@gmial.con", "amina@gmail.com"
UNDER = ("", "/change", "/mail", "/hand-over", "/goals", "/ticket.pdf", "/calendar.ics")


def place(slug: str = SLUG, mail: str = TYPO) -> int:
    with unit_of_work():
        return enrolling.enrol(slug, Wish("Amina Yusuf", mail)).place.enrolment.id


def link(number: int) -> str:
    """The address of a place's own page, as it is now."""
    return "/m/" + private_link(enrolment(number)).rpartition("/")[2]


def all_left() -> None:
    """The letters so far are in their mailboxes."""
    with unit_of_work():
        db.session.execute(update(Letter).values(state=LetterState.SENT))


def told() -> str:
    """What all letters so far say."""
    return "\n".join(letter.text for letter in letters())


def test_the_first_link_is_the_one_that_was_always_sent() -> None:
    assert private_token(b"key", 17) == private_token(b"key", 17, 0)
    assert private_token(b"key", 17) == "oSrgKFFA0aXtgk_nHSitReQ2rOm765X5"
    assert len({private_token(b"key", 17, number) for number in range(9)}) == 9
    assert private_token(b"key", 171) != private_token(b"key", 17, 1)


@pytest.mark.parametrize("by_team", [False, True])
def test_a_link_that_went_to_a_wrong_address_opens_nothing(
    client: InspectingClient, by_team: bool
) -> None:
    workshop()
    number = place()
    before = link(number)
    client.page(before)
    all_left()
    with unit_of_work():
        correcting.correct_mail(number, RIGHT, by_team=by_team)
    for page in UNDER:
        answer = client.get(before + page)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 410, page
        assert "Amina" not in text and RIGHT not in text and "/links" in text
    assert client.post(f"{before}/cancel").status_code == 410
    assert enrolment(number).state == "confirmed"
    [letter] = letters("again")
    assert letter.email == RIGHT and link(number) in letter.text
    assert before != link(number) and RIGHT in client.page(link(number)).text
    assert before not in letter.text


def test_each_correction_is_a_link_of_its_own(app: Flask) -> None:
    workshop()
    number, links = place(), []
    for mail in (RIGHT, TYPO, "amina@hjem.example", RIGHT):
        links.append(link(number).removeprefix("/m/"))
        with unit_of_work():
            correcting.correct_mail(number, mail, by_team=True)
    for token in links:
        with pytest.raises(refusals.LinkReplaced):
            places.place_by_link(token)
    assert len({*links, link(number)}) == 5
    with pytest.raises(refusals.NoSuchPlace):
        places.place_by_link("A" * 32)


def test_the_same_address_again_replaces_nothing(client: InspectingClient) -> None:
    workshop()
    number = place()
    before = link(number)
    with unit_of_work():
        correcting.correct_mail(number, TYPO.upper())
    assert link(number) == before
    client.page(before)


def test_a_letter_that_waits_tells_the_link_that_is_good(client: InspectingClient) -> None:
    workshop()
    number = place()
    before = link(number)
    with unit_of_work():
        correcting.correct_mail(number, RIGHT)
    assert before not in told()
    assert {letter.email for letter in letters()} == {RIGHT}
    assert all(
        link(number) in letter.text and link(number) in letter.source for letter in letters()
    )


def test_a_letter_on_its_way_to_the_wrong_address_never_learns_the_new_link(app: Flask) -> None:
    workshop()
    workshop("proceskonsulent")
    number, other = place(), place("proceskonsulent")
    with unit_of_work():
        correcting.correct_mail(number, RIGHT)
    to_the_wrong_one = [letter for letter in letters() if letter.email == TYPO]
    assert to_the_wrong_one and not any(link(number) in one.text for one in to_the_wrong_one)
    # The other place stays where it is: whoever had this one's link had no right to move it.
    assert any(link(other) in one.text for one in to_the_wrong_one)


def test_the_team_moves_every_place_and_each_gets_its_new_link(client: InspectingClient) -> None:
    workshop()
    workshop("proceskonsulent")
    numbers = [place(), place("proceskonsulent")]
    before = [link(number) for number in numbers]
    all_left()
    with unit_of_work():
        correcting.correct_mail(numbers[0], RIGHT, by_team=True)
    assert [client.get(each).status_code for each in before] == [410, 410]
    sent = letters("again")
    assert {letter.email for letter in sent} == {RIGHT} and len(sent) == 2
    assert all(any(link(number) in letter.text for letter in sent) for number in numbers)


def test_an_erased_person_leaves_no_trace_of_links(app: Flask) -> None:
    workshop()
    number = place()
    with unit_of_work():
        correcting.correct_mail(number, RIGHT)
    with unit_of_work():
        leaving.forget(places.place(number).person)
    assert enrolment(number).link_hash is None
    assert db.session.scalars(select(ReplacedLink.link_hash)).all() == []


def test_of_two_who_correct_at_once_both_links_before_are_closed(app: Flask) -> None:
    workshop()
    number = place()
    before = link(number).removeprefix("/m/")

    def correct(mail: str) -> None:
        with app.app_context(), unit_of_work():
            correcting.correct_mail(number, mail, by_team=True)

    threads = [threading.Thread(target=correct, args=(mail,)) for mail in (RIGHT, "a@b.example")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    with pytest.raises(refusals.LinkReplaced):
        places.place_by_link(before)
    held = places.place_by_link(link(number).removeprefix("/m/"))
    assert held.enrolment.link_number == 2
    assert link(number) in letters("again")[-1].text
    assert letters("again")[-1].email == held.person.email


def test_a_letter_that_was_refused_leaves_again_with_the_link_that_is_good(app: Flask) -> None:
    workshop()
    number = place()
    before = link(number)
    with unit_of_work():
        db.session.execute(update(Letter).values(state=LetterState.BOUNCED))
    with unit_of_work():
        correcting.correct_mail(number, RIGHT)
        undelivered.send_all_again(LetterState.BOUNCED)
    assert before not in told()
    assert all(link(number) in letter.text for letter in letters())
