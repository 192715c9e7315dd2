"""Own questions of an event: made by staff, answered as a step, read at the desk in their words."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from app.applications.models import Application, RoleQuestions
from app.applications.queries import asking, own_questions
from app.applications.rules import own_questions as rules
from app.applications.rules.states import Role
from app.applications.services import own_questions as services
from app.applications.services import telling
from app.core.access import StaffRole
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.lifecycle.services.copying import copy
from app.people.models import Person
from app.questions.models import Questionnaire, QuestionnaireVersion
from app.questions.rules.types import QuestionType
from app.questions.rules.writing import WrittenQuestion
from app.questions.services import editing
from tests.applications.making import (
    MAIL,
    NOW,
    STARTS,
    again,
    drafted,
    festival,
    organisation,
    submitted,
)
from tests.applications.roles import ASSOCIATION
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient

TEXT = WrittenQuestion(QuestionType.SHORT_TEXT, {"da": "Hvem hjælper?"}, {}, (), True, ())
FOOD = WrittenQuestion(
    QuestionType.CHOICE,
    {"da": "Har I mad med?", "en": "Do you bring food?"},
    {"da": "Også kaffe"},
    ("Ja", "Nej"),
    True,
    (),
)
WHICH = WrittenQuestion(
    QuestionType.LONG_TEXT, {"da": "Hvad?", "ar": "ماذا؟"}, {}, (), True, ("q1=c1",)
)


def key_of(event: Event, role: Role = Role.ASSOCIATION_STALL) -> str:
    return rules.key_of(event.id, role)


def asks(event: Event, *questions: WrittenQuestion) -> None:
    """Let the event ask these of associations."""
    for written in questions:
        with unit_of_work():
            asked = own_questions.set_of(key_of(event))
            assert asked is not None
            editing.add(asked, written)
    publish(event)


def publish(event: Event) -> None:
    with unit_of_work():
        asked = own_questions.set_of(key_of(event))
        assert asked is not None
        assert editing.publish(asked, services.APPLICANTS)


def test_keys_name_an_event_and_a_role_and_nothing_else() -> None:
    assert rules.whose("apply_7_act") == (7, Role.ACT)
    for key in ("apply_7_king", "apply_x_act", "workshop_7", "apply_0_act", "apply_7_act_"):
        assert rules.whose(key) is None


def test_answers_are_told_from_the_roles_own() -> None:
    details = {"sign": "Skilt", "q1": "Ja", "q2": [], "q3": None, "q4": " ", "q0": "x"}
    assert rules.own_answers(details) == {"q1": "Ja"}
    assert rules.own_answers(None) == {}
    assert rules.counted([details, {"q1": "Nej", "q2": ["c1"]}]) == {"q1": 2, "q2": 1}
    assert rules.with_ended({"q2": "b"}, {"q1": "a", "q2": "x", "sign": "s"}) == {
        "q1": "a",
        "q2": "b",
    }


def test_answers_that_name_a_person_are_taken_out() -> None:
    assert rules.without_name({"q1": "Ring til Amal Yusuf", "q2": "Nej"}, "amal yusuf") == {
        "q2": "Nej"
    }
    assert rules.without_name({"q1": "Nej"}, "amal yusuf") is None
    assert rules.without_name({"q1": "Nej"}, "") is None


def test_a_set_is_found_only_for_an_event_that_takes_applications(app: Flask) -> None:
    event = festival()
    assert set(own_questions.sets_of(event.id)) == set(Role)
    assert own_questions.set_of("apply_999_act") is None
    assert own_questions.set_of("fd_followup") is None
    assert own_questions.answered("fd_followup") == {}
    with unit_of_work():
        services.ask("fd_followup", None)


def test_an_applicant_answers_as_a_step_and_sends_in(app: Flask, client: InspectingClient) -> None:
    event = festival()
    asks(event, FOOD, WHICH)
    kept = drafted(event, organisation())
    sign_in(client, MAIL)
    step = f"{ASSOCIATION.form}/{kept.id}/questions"
    with at(NOW):
        ASSOCIATION.fill_in(client, kept)
        assert step in client.page(f"{ASSOCIATION.form}/{kept.id}/day").links()
        page = client.page(step)
        assert "Også kaffe" in page.text
        # What is left empty is kept so, and asked for when it is sent in.
        client.send(step, {"q1": "", "q2": ""})
        refused = client.send(f"{ASSOCIATION.form}/{kept.id}/check", {}, status=422)
        assert "Har I mad med? – Svar på spørgsmålet for at gå videre." in refused.text
        client.post(
            f"{step}/autosave", data={"_field": "q1", "q1": "c1", **client.page(step).form()}
        )
        client.send(step, {"q1": "c1", "q2": ""})
        assert "Hvad? –" in client.page(f"{ASSOCIATION.form}/{kept.id}/check").text
        client.send(step, {"q1": "c2", "q2": "<script>alert(1)</script>"})
        checked = client.page(f"{ASSOCIATION.form}/{kept.id}/check")
        assert "Nej" in checked.text and "alert(1)" not in checked.text
        client.send(step, {"q1": "c1", "q2": "<script>alert(1)</script>"})
        client.send(f"{ASSOCIATION.form}/{kept.id}/check", {})
    sent = again(kept)
    assert (sent.details["q1"], sent.details["q2"]) == ("c1", "<script>alert(1)</script>")
    assert sent.questions_id == sent.asked_id
    arabic = client.page(step, headers={"Accept-Language": "ar"})
    assert "ماذا؟" in arabic.text
    assert arabic.all("div", class_="asked-question", lang="da")
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    case = desk.page(ASSOCIATION.case_page(kept))
    assert "Har I mad med?" in case.text and "<script>alert(1)</script>" in case.text
    file = desk.get("/desk/applications/?file=csv").data.decode("utf-8-sig")
    assert "Har I mad med?" in file and "Ja" in file


def test_a_question_in_other_words_keeps_the_old_ones_beside_old_answers(
    app: Flask, client: InspectingClient
) -> None:
    event = festival()
    asks(event, TEXT, FOOD)
    kept = submitted(event, organisation(), q1="Amal", q2="c1", q9="intet")
    with unit_of_work():
        services.answered_in(db.session.get_one(Application, kept.id), again(kept).asked_id)
    with unit_of_work():
        asked = own_questions.set_of(key_of(event))
        assert asked is not None
        other = WrittenQuestion(QuestionType.SHORT_TEXT, {"da": "Hvem er med?"}, {}, (), True, ())
        editing.change(asked, "q1", other, {})
        editing.remove(asked, "q2")
    publish(event)
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    assert "Hvem hjælper?" in desk.page(ASSOCIATION.case_page(kept)).text
    assert again(kept).questions_id != again(kept).asked_id
    db.session.rollback()
    sign_in(client, MAIL)
    step = f"{ASSOCIATION.form}/{kept.id}/questions"
    with at(NOW):
        assert "Hvem er med?" in client.page(step).text
        client.send(step, {"q1": "Bo", "send": "step"})
    sent = again(kept)
    # The answer to what is asked no more stays, in the words that it was asked in.
    assert (sent.details["q1"], sent.details["q2"]) == ("Bo", "c1")
    assert own_questions.told_answers(sent, "da") == {
        "Hvem er med?": "Bo",
        "Har I mad med?": "Ja",
    }
    db.session.rollback()


def test_questions_are_copied_with_an_event_and_go_with_a_draft(
    app: Flask, client: InspectingClient
) -> None:
    event = festival()
    asks(event, FOOD, WHICH)
    with at(NOW), unit_of_work():
        made = copy(event.id, "naeste-aar", STARTS.replace(year=2027))
    row = db.session.get_one(RoleQuestions, (made.id, Role.ASSOCIATION_STALL))
    source = db.session.get_one(RoleQuestions, (event.id, Role.ASSOCIATION_STALL))
    assert row.asked_id not in (None, source.asked_id)
    version = db.session.get_one(QuestionnaireVersion, row.asked_id)
    assert [one["code"] for one in version.content["pages"][0]["questions"]] == ["q1", "q2"]  # type: ignore[index]
    db.session.rollback()
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    with at(NOW):
        desk.send("/desk/events/naeste-aar/delete", {})
    assert db.session.scalar(select(func.count()).select_from(Questionnaire)) == 1
    db.session.rollback()


def test_a_persons_data_tell_own_answers_and_erasing_takes_their_name_out(app: Flask) -> None:
    event = festival()
    asks(event, TEXT)
    kept = submitted(event, organisation(), q1="Kontakt for Kvinder på Nørrebro, tlf.")
    person = db.session.scalars(select(Person)).one()
    told = asking.about(person.id)["applications"]
    assert isinstance(told, list)
    assert told[0]["own_questions"] == {"Hvem hjælper?": "Kontakt for Kvinder på Nørrebro, tlf."}
    db.session.rollback()
    with unit_of_work():
        telling.forget(db.session.get_one(Person, person.id))
    assert "q1" not in again(kept).details
