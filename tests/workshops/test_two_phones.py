"""Two pages open over one enrolment: an older one overwrites nothing newer without showing both."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.questions.rules.types import QuestionType
from app.workshops.emails import private_link
from app.workshops.models import Enrolment
from app.workshops.queries import places
from app.workshops.queries.questions import told_answers
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page
from tests.workshops.making import SLUG, ask, workshop

ROLE, DAY = {"da": "Hvad er din rolle?"}, {"da": "Hvilken dag?"}
ANE = {"name": "Ane Kjær", "mail": "ane@post.example", "seats": "1", "food": "nødder"}


@pytest.fixture
def link(client: InspectingClient) -> str:
    """Ane's own page, of a workshop that asks two questions."""
    event_id = workshop(capacity=9)
    with unit_of_work():
        ask(event_id, ROLE, QuestionType.SHORT_TEXT, ())
        ask(event_id, DAY, QuestionType.CHOICE, ("Mandag", "Tirsdag"))
    client.send(f"/events/{SLUG}/enrol", {**ANE, "q1": "Leder", "q2": "c1"})
    return "/m/" + private_link(stored()).rpartition("/")[2]


def stored() -> Enrolment:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Enrolment)).one()


def told() -> dict[str, str]:
    answers = dict(told_answers(stored(), "da"))
    db.session.rollback()
    return answers


def test_an_older_page_shows_both_texts_and_keeps_what_it_left_alone(
    client: InspectingClient, link: str
) -> None:
    page = f"{link}/change"
    older = client.page(page).form()
    client.send(page, {**older, "food": "svinekød", "seats": "3", "access": "rampe"})
    mine = {**older, "food": "mælk", "interpreter": "arabisk"}
    again = Page(client.send(f"{page}?language=da", mine, status=409).text)
    assert "svinekød" in again.errors()["food"]
    sent = again.form()
    assert (sent["food"], sent["seats"], sent["access"]) == ("mælk", "3", "rampe")
    assert stored().food == "svinekød"
    client.send(page, sent)
    now = stored()
    assert (now.food, now.seats, now.access, now.interpreter) == ("mælk", 3, "rampe", "arabisk")


def test_answers_to_the_workshops_own_questions_are_kept_so_too(
    client: InspectingClient, link: str
) -> None:
    page = f"{link}/change"
    older = client.page(page).form()
    client.send(page, {**older, "q1": "Tolk", "q2": "c2"})
    # Left alone on the older page, both stay as they were given meanwhile.
    client.send(page, {**older, "food": "mælk"})
    assert told() == {"Hvad er din rolle?": "Tolk", "Hvilken dag?": "Tirsdag"}
    clash = {**older, "food": "mælk", "q1": "Mor"}
    again = Page(client.send(f"{page}?language=da", clash, status=409).text)
    assert "Tolk" in again.errors()["q1"]
    assert told()["Hvad er din rolle?"] == "Tolk"
    client.send(page, again.form())
    assert told()["Hvad er din rolle?"] == "Mor"


def test_the_goals_and_the_desks_pages_too(client: InspectingClient, link: str) -> None:
    page = f"{link}/goals"
    older = {**client.page(page).form(), "show_again": "yes"}
    client.send(page, {**older, "first": "Flere fædre"})
    again = Page(client.send(f"{page}?language=da", {**older, "first": "Kaffe"}, status=409).text)
    assert "Flere fædre" in again.errors()["first"] and again.form()["first"] == "Kaffe"
    number = stored().id
    sign_in_staff(client, StaffRole.ORGANISER)
    desk = f"/desk/workshops/{SLUG}/enrolments/{number}"
    goals, change, mail = (client.page(f"{desk}/{name}").form() for name in PAGES)
    client.send(page, {**client.page(page).form(), "first": "Færre møder"})
    told = client.send(f"{desk}/goals", {**goals, "first": "Andet"}, status=409).text
    assert "Færre møder" in told
    client.send(f"{link}/change", {**client.page(f"{link}/change").form(), "food": "fisk"})
    told = client.send(f"{desk}/change", {**change, "food": "kød"}, status=409).text
    assert "fisk" in told
    client.send(f"{link}/mail", {**client.page(f"{link}/mail").form(), "mail": "ane@ny.example"})
    told = client.send(f"{desk}/mail", {**mail, "mail": "ane@igen.example"}, status=409).text
    assert "ane@ny.example" in told
    assert places.place(number).person.email == "ane@ny.example"


PAGES = ("goals", "change", "mail")


def test_of_two_at_once_one_is_shown_what_the_other_wrote(app: Flask, link: str) -> None:
    page, answers = f"{link}/change", []
    clients = [app.test_client() for _ in range(2)]
    forms = [Page(one.get(page).text).form() for one in clients]

    def send(one: int) -> None:
        sent = {**forms[one], "food": f"mad {one}"}
        answers.append(clients[one].post(page, data=sent).status_code)

    threads = [threading.Thread(target=send, args=(one,)) for one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409]


def test_an_older_page_of_the_reminder_shows_both(client: InspectingClient, link: str) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    page = f"/desk/workshops/{SLUG}/reminder"
    older = client.page(page).form()
    words = next(name for name in older if name.startswith("words"))
    client.send(page, {**older, words: "Tag madpakke med."})
    told = client.send(page, {**older, words: "Tag tøj med."}, status=409).text
    assert "Tag madpakke med." in told and "Tag tøj med." in told
    client.send(page, {**older, "hour": "8"})
    assert client.page(page).form()[words] == "Tag madpakke med."
