"""The one editor of questions, on the pages that staff make them on."""

from __future__ import annotations

import pytest
from flask import Flask

from app.applications.queries import own_questions
from app.applications.rules.own_questions import key_of
from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events.queries import event_by_slug
from app.questions import queries
from app.questions.rules.drafts import MOST_QUESTIONS, QuestionnaireDraft
from app.questions.rules.types import QuestionType
from app.questions.rules.writing import LONGEST_TEXT, WrittenQuestion
from app.questions.services import editing
from tests.applications.making import festival, organisation, submitted
from tests.factories import sign_in_staff
from tests.pages import InspectingClient

CHOICE = {"text_da": "Har I mad med?", "kind": "choice", "choices": "Ja\nNej"}
LINE = {"text_da": "Hvem hjælper?", "kind": "short_text"}


@pytest.fixture
def key(app: Flask) -> str:
    return key_of(festival().id, "association_stall")


@pytest.fixture
def desk(key: str, client: InspectingClient) -> InspectingClient:
    return sign_in_staff(client, StaffRole.ORGANISER)


def home(key: str, *parts: str) -> str:
    return "/".join(["/desk/questions", key, *parts])


def drawn(key: str) -> QuestionnaireDraft:
    """The draft as the database has it."""
    asked = own_questions.set_of(key)
    assert asked is not None
    draft = queries.draft_of(asked)
    db.session.rollback()
    return draft


def texts(key: str) -> list[str]:
    return [question["text"]["da"] for question in drawn(key).questions]


def asked_id(key: str) -> int | None:
    asked = own_questions.set_of(key)
    db.session.rollback()
    return asked.asked_id if asked else None


def test_questions_are_written_moved_published_and_taken_away(
    key: str, desk: InspectingClient
) -> None:
    event_page = desk.page("/desk/events/international-dag")
    assert "/desk/events/international-dag/own-questions" in event_page.links()
    roles = desk.page("/desk/events/international-dag/own-questions")
    assert home(key, "") in roles.links()
    assert not desk.page(home(key, "")).all("iframe")
    assert desk.page(home(key, "new")).one("form", id="page-form").get("action") is None
    desk.send(home(key, "new"), CHOICE)
    desk.send(home(key, "new"), {**LINE, "required": "y", "shown_if": "q1=c1"})
    page = desk.page(home(key, ""))
    assert "Ikke offentliggjort endnu" in page.text
    assert "»Har I mad med?«: Ja" in page.text
    assert asked_id(key) is None
    desk.send(home(key, "q2", "move"), {"way": "up"})
    assert texts(key) == ["Hvem hjælper?", "Har I mad med?"]
    # What waits for an answer that comes later cannot be published.
    refused = desk.send(home(key, "publish"), {}, status=409)
    assert "Hvem hjælper?" in refused.text
    assert asked_id(key) is None
    assert "Ret det først" in desk.page(home(key, "preview")).text
    desk.send(home(key, "q2", "move"), {"way": "down"})
    desk.send(home(key, "q1", "move"), {"place": "5"})
    desk.send(home(key, "q1", "move"), {"place": "0"})
    # Two taps on one button are one move.
    for _tap in range(2):
        desk.send(home(key, "q2", "move"), {"way": "up", "form_key": "one"})
    assert texts(key) == ["Hvem hjælper?", "Har I mad med?"]
    desk.send(home(key, "q2", "move"), {"way": "up", "form_key": "two"})
    desk.send(home(key, "q1", "move"), {"way": "up", "form_key": "three"})
    assert texts(key) == ["Har I mad med?", "Hvem hjælper?"]
    desk.send(home(key, "publish"), {})
    first = asked_id(key)
    assert first is not None
    assert "Ikke offentliggjort endnu" not in desk.page(home(key, "")).text
    desk.send(home(key, "publish"), {})
    assert asked_id(key) == first
    desk.send(home(key, "q2", "remove"), {})
    desk.send(home(key, "discard"), {})
    assert texts(key) == ["Har I mad med?", "Hvem hjælper?"]
    for code in ("q1", "q2"):
        desk.send(home(key, code, "remove"), {})
    desk.send(home(key, "publish"), {})
    assert asked_id(key) is None
    assert drawn(key).questions == ()


def test_what_was_answered_keeps_its_kind_and_can_be_asked_again(
    key: str, desk: InspectingClient
) -> None:
    desk.send(home(key, "new"), {**CHOICE, "kind": "scale"})
    desk.send(home(key, "new"), LINE)
    desk.send(home(key, "publish"), {})
    submitted(event_by_slug("international-dag"), organisation(), q1="1", q2="Amal")
    page = desk.page(home(key, ""))
    assert "1 svar" in page.text
    form = desk.page(home(key, "q1")).form()
    refused = desk.send(home(key, "q1"), {**form, "choices": "Ja\nNej\nVed ikke"}, status=422)
    assert "skalaen" in refused.text
    assert "Ved ikke" in refused.text
    refused = desk.send(home(key, "q1"), {**form, "kind": "number"}, status=422)
    assert "1 har svaret" in refused.text
    desk.send(home(key, "q1"), {**form, "choices": "Jo\nNej"})
    assert drawn(key).questions[0]["options"][0] == {"value": 1, "label": {"da": "Jo"}}
    desk.send(home(key, "q2", "remove"), {})
    desk.send(home(key, "publish"), {})
    assert "Hvem hjælper?" in desk.page(home(key, "")).text
    desk.send(home(key, "q2", "again"), {})
    desk.send(home(key, "q9", "again"), {})
    assert texts(key) == ["Har I mad med?", "Hvem hjælper?"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"text_da": ""}, "Skriv noget her"),
        ({"text_da": "x" * 10_000}, str(LONGEST_TEXT)),
        ({"kind": "king"}, "Vælg et af svarene"),
        ({"kind": "matrix"}, "Vælg et af svarene"),
        ({"choices": "Ja"}, "2 til 30"),
        ({"choices": "\n".join(map(str, range(40)))}, "2 til 30"),
        ({"choices": "Ja\n" + "x" * 201}, "200 tegn"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(
    words: dict[str, str], says: str, key: str, desk: InspectingClient
) -> None:
    refused = desk.send(home(key, "new"), {**CHOICE, **words}, status=422)
    assert says in refused.text
    assert drawn(key).questions == ()


def test_script_and_braces_are_words(key: str, desk: InspectingClient) -> None:
    text = "<script>alert(1)</script> {q1} {city}"
    hostile = {"text_da": text, "hint_da": '"><b>', "kind": "long_text"}
    desk.send(home(key, "new"), hostile)
    for page in (home(key, ""), home(key, "q1"), home(key, "preview"), home(key, "in", "en")):
        assert "<script>alert(1)</script>" in desk.page(page).text
    desk.send(home(key, "publish"), {})
    assert texts(key) == ["<script>alert(1)</script> (q1) {city}"]


def test_translations_stand_side_by_side_and_what_is_missing_is_listed(
    key: str, desk: InspectingClient
) -> None:
    desk.send(home(key, "new"), {**CHOICE, "text_en": "Do you bring food?"})
    page = desk.page(home(key, "in", "en"))
    assert "2 tekster mangler" in page.text
    form = page.form()
    assert form["q1-text"] == "Do you bring food?"
    other = desk.page(home(key, "in", "en")).form()
    desk.send(home(key, "in", "en"), {**form, "q1-option-c1": "Yes", "q1-option-c2": "No"})
    assert drawn(key).questions[0]["options"][0]["label"] == {"da": "Ja", "en": "Yes"}
    # A page opened before that overwrites none of it unseen.
    clash = desk.send(home(key, "in", "en"), {**other, "q1-option-c1": "Yep"}, status=409)
    assert "Yes" in clash.text and "Yep" in clash.text
    shown = desk.page(home(key, "preview?shown_in=en"))
    assert "Do you bring food?" in shown.text
    assert "Har I mad med?" in desk.page(home(key, "preview?shown_in=ar")).text
    for language in ("da", "xx"):
        desk.page(home(key, "in", language), status=404)


def test_two_who_change_one_question_both_see_it(key: str, desk: InspectingClient) -> None:
    desk.send(home(key, "new"), CHOICE)
    first, second = desk.page(home(key, "q1")).form(), desk.page(home(key, "q1")).form()
    desk.send(home(key, "q1"), {**first, "text_da": "Har I kaffe med?"})
    desk.send(home(key, "q1"), {**second, "hint_da": "Også saft"})
    assert drawn(key).questions[0]["text"]["da"] == "Har I kaffe med?"
    assert drawn(key).questions[0]["hint"] == {"da": "Også saft"}
    clash = desk.send(home(key, "q1"), {**second, "text_da": "Har I te med?"}, status=409)
    assert "Har I kaffe med?" in clash.text and "Har I te med?" in clash.text
    desk.send(home(key, "q1", "remove"), {})
    gone = desk.send(home(key, "q1"), {**first, "text_da": "Har I saft med?"}, status=409)
    assert "Har I saft med?" in gone.text and f'action="{home(key, "new")}"' in gone.text
    assert desk.get(home(key, "q1")).status_code == 303
    desk.send(home(key, "q7", "move"), {"way": "up"})
    desk.send(home(key, "q7", "remove"), {})
    assert drawn(key).questions == ()


def test_sixty_questions_are_the_most_and_cost_no_more_statements(
    key: str, desk: InspectingClient
) -> None:
    asked = own_questions.set_of(key)
    assert asked is not None
    line = WrittenQuestion(QuestionType.SHORT_TEXT, {"da": "Hvad?"}, {}, (), False, ())
    with unit_of_work():
        for _number in range(MOST_QUESTIONS):
            editing.add(asked, line)
    assert len(desk.page(home(key, "")).all("li", class_="question-card")) == MOST_QUESTIONS
    refused = desk.send(home(key, "new"), LINE, status=409)
    assert "60" in refused.text and "Hvem hjælper?" in refused.text
    desk.send(home(key, "publish"), {})
    assert len(drawn(key).questions) == MOST_QUESTIONS


def test_questions_of_others_are_not_found(key: str, desk: InspectingClient) -> None:
    for lost in ("apply_999_act", "apply_1_king", "nothing"):
        desk.page(home(lost, ""), status=404)
        desk.page(home(lost, "preview"), status=404)
        assert desk.post(home(lost, "publish"), data={}).status_code in (400, 404)
    desk.page("/desk/events/findes-ikke/own-questions", status=404)
    reader = sign_in_staff(desk, StaffRole.ANALYST)
    reader.page(home(key, ""), status=403)
