"""A workshop's own extra questions: asked by the team, answered when enrolling or later."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.people.models import Person
from app.questions.models import AnswerRow
from app.questions.rules.answers import answered
from app.workshops import refusals
from app.workshops.emails import private_link
from app.workshops.models import Enrolment
from app.workshops.queries import lists, places
from app.workshops.queries.questions import own_questions, told_answers
from app.workshops.rules.questions import (
    MOST_QUESTIONS,
    AskedAs,
    OwnQuestion,
    next_code,
    read_choices,
)
from app.workshops.services import leaving
from app.workshops.services.questions import add_question, keep_answers, remove_question
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.workshops.making import SLUG, enrolled, workshop

DESK = f"/desk/workshops/{SLUG}/questions"
ENROL = f"/events/{SLUG}/enrol"
ANE = {"name": "Ane Kjær", "mail": "ane@post.example", "seats": "1"}
ROLE = OwnQuestion(AskedAs.SHORT, {"da": "Hvad {er} din rolle?", "ar": "ما دورك؟"}, required=True)
DAYS = OwnQuestion(AskedAs.SEVERAL, {"da": "Hvilke dage?"}, "Mandag | Monday\nTirsdag\n\n")


def asked(*questions: OwnQuestion) -> int:
    """A workshop that asks these; its event's number."""
    event_id = workshop(capacity=9)
    for one in questions:
        with unit_of_work():
            add_question(event_id, one)
    return event_id


def the_enrolment() -> Enrolment:
    db.session.rollback()
    return db.session.scalars(select(Enrolment)).one()


def told() -> dict[str, str]:
    """The answers of the one enrolment, in Danish."""
    answers = dict(told_answers(the_enrolment(), "da"))
    db.session.rollback()
    return answers


def test_choices_are_one_a_line_in_up_to_three_languages() -> None:
    assert read_choices("Ja | Yes | نعم\n\n Nej ") == [
        {"da": "Ja", "en": "Yes", "ar": "نعم"},
        {"da": "Nej"},
    ]


def test_a_code_is_never_used_twice() -> None:
    assert next_code([]) == "q1"
    assert next_code(["q1", "q10", "q2"]) == "q11"


def test_a_question_is_answered_when_enrolling(app: Flask, client: InspectingClient) -> None:
    asked(ROLE, DAYS)
    assert "rolle" in client.page(ENROL).text
    refused = client.send(ENROL, {**ANE, "q2": "c1"}, status=422)
    assert "error-summary" in refused.text
    client.send(ENROL, {**ANE, "q1": "Leder", "q2": ["c1", "c2"]})
    assert told() == {"Hvad (er) din rolle?": "Leder", "Hvilke dage?": "Mandag, Tirsdag"}


def test_answers_are_changed_by_the_private_link(app: Flask, client: InspectingClient) -> None:
    asked(ROLE)
    client.send(ENROL, {**ANE, "q1": "Leder"})
    link = "/m/" + private_link(the_enrolment()).rpartition("/")[2]
    db.session.rollback()
    assert "Leder" in client.page(link).text
    assert client.page(f"{link}/change").form()["q1"] == "Leder"
    client.send(f"{link}/change", {**ANE, "q1": ""}, status=422)
    client.send(f"{link}/change", {**ANE, "q1": "Tolk"})
    assert told() == {"Hvad (er) din rolle?": "Tolk"}


def test_a_changed_list_of_questions_begins_a_fresh_answer_set_and_empties_the_old(
    app: Flask, client: InspectingClient
) -> None:
    event_id = asked(ROLE)
    client.send(ENROL, {**ANE, "q1": "Leder"})
    with unit_of_work():
        add_question(event_id, DAYS)
    link = "/m/" + private_link(the_enrolment()).rpartition("/")[2]
    db.session.rollback()
    client.send(f"{link}/change", {**ANE, "q1": "Tolk", "q2": "c2"})
    assert told() == {"Hvad (er) din rolle?": "Tolk", "Hvilke dage?": "Tirsdag"}
    assert "Leder" not in set(db.session.scalars(select(AnswerRow.text)))
    db.session.rollback()


def test_whoever_is_enrolled_already_cannot_be_answered_for(
    app: Flask, client: InspectingClient
) -> None:
    asked(ROLE)
    client.send(ENROL, {**ANE, "q1": "Leder"})
    client.send(ENROL, {**ANE, "q1": "En anden"})
    assert told() == {"Hvad (er) din rolle?": "Leder"}


def test_a_removed_question_is_asked_no_more_and_its_answer_is_kept(app: Flask) -> None:
    event_id = asked(ROLE, DAYS)
    place = enrolled(1).place
    own = own_questions(places.workshop(event_id))
    assert own is not None
    with unit_of_work():
        given = {("q1", 0): answered("Leder")}
        keep_answers(place.enrolment.id, own.version_id, given)
        remove_question(event_id, "q1")
    now = own_questions(places.workshop(event_id))
    assert now is not None
    assert [one.question.code for one in now.asked] == ["q2"]
    assert told() == {"Hvad (er) din rolle?": "Leder"}
    with unit_of_work():
        remove_question(event_id, "q2")
        add_question(event_id, DAYS)
    again = own_questions(places.workshop(event_id))
    assert again is not None
    assert [one.question.code for one in again.asked] == ["q3"]


def test_there_is_an_end_to_questions(app: Flask) -> None:
    event_id = asked(*[ROLE] * MOST_QUESTIONS)
    with unit_of_work(), pytest.raises(refusals.TooManyQuestions):
        add_question(event_id, ROLE)


def test_the_desk_asks_reads_and_takes_away(app: Flask, client: InspectingClient) -> None:
    workshop(capacity=9)
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    assert DESK in desk.page(f"/desk/workshops/{SLUG}").links()
    desk.page(DESK)
    form = {"text_da": "Kost?", "text_en": "Food?", "asked_as": "choice"}
    desk.send(DESK, {**form, "choices": "Kød"}, status=422)
    desk.send(DESK, {**form, "choices": "Kød | Meat\nGrønt | Greens", "required": "y"})
    guest = app.test_client()
    assert isinstance(guest, InspectingClient)
    guest.send(ENROL, {**ANE, "q1": "c2"})
    answers = desk.get(f"/desk/workshops/{SLUG}/answers.csv").data.decode("utf-8-sig")
    assert "Kost?" in answers
    assert "Ane Kjær;ane@post.example;1;0;;;Gr" in answers
    assert "Gr" in desk.page(f"/desk/workshops/{SLUG}/enrolments/{the_enrolment().id}").text
    desk.send(f"{DESK}/q1/remove", {})
    assert not desk.page(DESK).all("table")
    browser = sign_in_staff(client, StaffRole.ANALYST)
    browser.page(DESK, status=403)
    browser.page(f"/desk/workshops/{SLUG}/answers.csv", status=403)


def test_erasing_empties_what_was_written_and_cuts_the_link(
    app: Flask, client: InspectingClient
) -> None:
    asked(ROLE, DAYS)
    client.send(ENROL, {**ANE, "q1": "Leder i Klub 12", "q2": "c1"})
    person_id = the_enrolment().person_id
    assert lists.about(person_id)["enrolments"][0]["answers"] == {
        "Hvad (er) din rolle?": "Leder i Klub 12",
        "Hvilke dage?": "Mandag",
    }
    with unit_of_work():
        leaving.forget(db.session.get_one(Person, person_id))
    assert the_enrolment().answer_set_id is None
    assert sorted(db.session.scalars(select(AnswerRow.text))) == ["", "|c1|"]
    db.session.rollback()
