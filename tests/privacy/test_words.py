"""One's own page says in words what the file says in codes."""

from __future__ import annotations

import json

from sqlalchemy import update

from app.applications.models import Application
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events.rules import EventKind
from app.surveys.services import answering
from tests.catalogue import making
from tests.factories import sign_in
from tests.home.test_routes import AMINA, application, place
from tests.pages import InspectingClient
from tests.surveys import making as surveys

CODES = (
    "Arrangementforaeldredialog",
    "confirmed",
    "association_stall",
    "fd_followup",
    "complete",
    "attain",
    "Helpers",
    "tasting",
)


def test_places_and_applications_are_told_as_people_say_them(client: InspectingClient) -> None:
    making.event(capacity=3)
    place("foraeldredialog")
    application(making.event("fest", EventKind.FESTIVAL), "Somalisk Kvindeforening")
    answered = {"sign": "Kvinder i bevægelse", "taste": "tasting", "helpers": 5}
    with unit_of_work():
        db.session.execute(update(Application).values(details=answered))
    sign_in(client, AMINA)
    text = client.page("/my/data?language=da").text
    for words in (
        "Dansk foraeldredialog",
        "Har plads",
        "Foreningsstade",
        "Godkendt",
        "SprogDansk",
        "Kvinder i bevægelse",
    ):
        assert words in text
    assert not [code for code in CODES if code in text]
    # One heading for each part, and none for a part that holds nothing.
    assert text.count("Tilmeldinger") == 1
    assert "Rådgivning" not in text
    [amina] = json.loads(client.get("/my/data/torvet.json").text)["persons"]
    enrolment = amina["enrolments"]["enrolments"][0]
    assert (enrolment["event"], enrolment["state"]) == ("foraeldredialog", "confirmed")
    assert amina["applications"]["applications"][0]["answers"] == answered


def test_a_questionnaire_is_told_by_its_questions_and_answers(client: InspectingClient) -> None:
    made = surveys.sent(surveys.AMINA)
    with unit_of_work():
        answers = {"comment": ["Tak for alt"], "attain-1": ["3"]}
        answering.answer_all(made.ids["Amina Yusuf"], answers)
    sign_in(client, surveys.AMINA.email)
    text = client.page("/my/data?language=da").text
    assert "Er der andet, du vil fortælle os?Tak for alt" in text
    assert "Dine egne mål I workshoppen skrev du" in text
    assert not [code for code in CODES if code in text]
    [amina] = json.loads(client.get("/my/data/torvet.json").text)["persons"]
    assert amina["surveys"]["surveys"][0]["answers"]["comment"] == "Tak for alt"
