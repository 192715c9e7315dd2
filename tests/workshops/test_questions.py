"""A workshop's own extra questions: asked by the team, answered when enrolling or later."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.people.models import Person
from app.questions.models import AnswerRow
from app.questions.rules.answers import answered
from app.questions.rules.types import QuestionType
from app.workshops.emails import private_link
from app.workshops.models import Enrolment
from app.workshops.queries import lists, places
from app.workshops.queries.questions import own_questions, set_of, told_answers
from app.workshops.rules.questions import key_of, whose
from app.workshops.services import leaving
from app.workshops.services import questions as services
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.workshops.making import SLUG, ask, ask_no_more, enrolled, workshop

ENROL = f"/events/{SLUG}/enrol"
ANE = {"name": "Ane Kjær", "mail": "ane@post.example", "seats": "1"}
ROLE = ({"da": "Hvad {er} din rolle?", "ar": "ما دورك؟"}, QuestionType.SHORT_TEXT, ())
DAYS = ({"da": "Hvilke dage?"}, QuestionType.SEVERAL, ("Mandag", "Tirsdag"))
Asking = tuple[dict[str, str], QuestionType, tuple[str, ...]]


def asked(*questions: Asking) -> int:
    """A workshop that asks these, a role always; its event's number."""
    event_id = workshop(capacity=9)
    for text, kind, choices in questions:
        with unit_of_work():
            ask(event_id, text, kind, choices, required=kind is QuestionType.SHORT_TEXT)
    return event_id


def the_enrolment() -> Enrolment:
    db.session.rollback()
    return db.session.scalars(select(Enrolment)).one()


def told() -> dict[str, str]:
    """The answers of the one enrolment, in Danish."""
    answers = dict(told_answers(the_enrolment(), "da"))
    db.session.rollback()
    return answers


def test_a_key_names_a_workshop_and_nothing_else(app: Flask) -> None:
    event_id = workshop()
    assert whose(key_of(event_id)) == event_id
    assert (set_of("workshop_999"), set_of("apply_1_act")) == (None, None)
    with unit_of_work():
        services.ask("apply_1_act", None)
        services.copy_questions(999, event_id)


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
        ask(event_id, *DAYS)
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
        services.keep_answers(place.enrolment.id, own.version_id, given)
        ask_no_more(event_id, "q1")
    now = own_questions(places.workshop(event_id))
    assert now is not None
    assert [one.question.code for one in now.asked] == ["q2"]
    assert told() == {"Hvad (er) din rolle?": "Leder"}
    with unit_of_work():
        ask_no_more(event_id, "q2")
        ask(event_id, *DAYS)
    again = own_questions(places.workshop(event_id))
    assert again is not None
    assert [one.question.code for one in again.asked] == ["q3"]


def test_what_the_answers_leave_out_is_neither_asked_for_nor_kept(
    app: Flask, client: InspectingClient
) -> None:
    event_id = asked(DAYS)
    with unit_of_work():
        ask(event_id, {"da": "Hvem passer børnene?"}, required=True, shown_if=("q1=c2",))
    client.send(ENROL, {**ANE, "q1": "c2"}, status=422)
    client.send(ENROL, {**ANE, "q1": "c2", "q2": "Mormor"})
    assert told() == {"Hvilke dage?": "Tirsdag", "Hvem passer børnene?": "Mormor"}
    link = "/m/" + private_link(the_enrolment()).rpartition("/")[2]
    db.session.rollback()
    client.send(f"{link}/change", {**ANE, "q1": "c1", "q2": "Mormor"})
    assert told() == {"Hvilke dage?": "Mandag"}


def test_the_desk_asks_reads_and_takes_away(app: Flask, client: InspectingClient) -> None:
    event_id = workshop(capacity=9)
    editor = f"/desk/questions/{key_of(event_id)}/"
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    assert editor in desk.page(f"/desk/workshops/{SLUG}").links()
    form = {"text_da": "Kost?", "text_en": "Food?", "kind": "choice", "required": "y"}
    desk.send(f"{editor}new", {**form, "choices": "Kød\nGrønt"})
    desk.send(f"{editor}publish", {})
    guest = app.test_client()
    assert isinstance(guest, InspectingClient)
    guest.send(ENROL, {**ANE, "q1": "c2"})
    assert f"/desk/workshops/{SLUG}/answers.csv" in desk.page(f"/desk/workshops/{SLUG}").links()
    answers = desk.get(f"/desk/workshops/{SLUG}/answers.csv").data.decode("utf-8-sig")
    assert "Kost?" in answers
    assert "Ane Kjær;ane@post.example;1;0;;;Gr" in answers
    assert "Gr" in desk.page(f"/desk/workshops/{SLUG}/enrolments/{the_enrolment().id}").text
    assert "1 svar" in desk.page(editor).text
    desk.send(f"{editor}q1/remove", {})
    desk.send(f"{editor}publish", {})
    assert "Kost?" in desk.page(editor).text
    db.session.rollback()
    assert own_questions(places.workshop(event_id)) is None
    db.session.rollback()
    browser = sign_in_staff(client, StaffRole.ANALYST)
    browser.page(editor, status=403)
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
