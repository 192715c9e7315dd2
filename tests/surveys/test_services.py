"""Planning, sending, reminding, answering and forgetting, on both databases."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.advisory import services as advisory
from app.applications.rules.states import Role
from app.applications.services import writing
from app.core import clock
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.refusals import Invalid
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.organisations import services as organisations
from app.people.models import Person
from app.post import undelivered
from app.questions import queries as questions
from app.questions.models import AnswerRow, AnswerSet, QuestionnaireVersion
from app.questions.rules.answers import DONT_KNOW, NOT_ASKED, NOT_RELEVANT, SKIPPED, answered
from app.questions.services.publishing import VersionPublished
from app.questions.services.recording import AnswerSetDone, record
from app.surveys import jobs
from app.surveys.models import Invitation, Response, Survey, Wave
from app.surveys.queries import about as about_queries
from app.surveys.queries import respondents
from app.surveys.queries import waves as waves_queries
from app.surveys.queries.respondents import NoSuchInvitation
from app.surveys.queries.waves import responses
from app.surveys.rules import Disposition
from app.surveys.services import answering, inviting, setting_up
from tests.surveys import making
from tests.surveys.making import AMINA, Guest

BO = Guest("Bo Lund")
FULL = {"still_working": ["yes"], "attain-1": ["3"], "attain-2": ["-dont_know"], "coop": ["4"]}


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> None:
    """Every test here needs the database."""


def test_loading_the_same_file_again_changes_nothing() -> None:
    making.loaded()
    making.loaded()
    assert db.session.scalar(select(func.count()).select_from(QuestionnaireVersion)) == 1
    assert waves_queries.survey("fd_followup").delay_days == 180


def test_a_published_version_never_changes() -> None:
    making.loaded()
    changed = deepcopy(making.document())
    changed["title"]["da"] = "Noget andet"
    with pytest.raises(VersionPublished, match="version 2"), unit_of_work():
        setting_up.load(changed)
    changed["version"] = 2
    with unit_of_work():
        setting_up.load(changed)
    assert [one.number for one in questions.versions("fd_followup")] == [1, 2]
    assert questions.version("fd_followup", 1).content["title"] != changed["title"]


@pytest.mark.parametrize("nonsense", [[], {"key": "x"}, {"survey": 1}, {"survey": {}, "key": "x"}])
def test_a_file_that_is_no_survey_is_refused_and_leaves_nothing(nonsense: object) -> None:
    with pytest.raises(Invalid), unit_of_work():
        setting_up.load(nonsense)
    assert db.session.scalar(select(func.count()).select_from(QuestionnaireVersion)) == 0


def test_those_who_came_are_asked_180_days_after_at_nine() -> None:
    made = making.planned(AMINA, Guest("Bo Lund", came=False))
    assert list(made.ids) == ["Amina Yusuf"]
    invitation = making.invitation(made.ids["Amina Yusuf"])
    # The workshop of that day began at 08 UTC, on the same day in Copenhagen.
    came = (clock.now() - timedelta(days=181)).date()
    due = invitation.due_at.astimezone(clock.COPENHAGEN)
    assert (due.date(), due.hour) == (came + timedelta(days=180), 9)
    assert invitation.disposition == Disposition.PLANNED


def test_one_who_came_twice_is_asked_once_by_the_first_workshop() -> None:
    later = clock.now() - timedelta(days=185)
    making.held_workshop("senere", later, AMINA)
    made = making.planned(AMINA, BO, days_ago=200)
    first = making.invitation(made.ids["Amina Yusuf"]).event_id
    assert first == making.invitation(made.ids["Bo Lund"]).event_id
    with unit_of_work():
        assert inviting.plan(made.wave) == 0


def test_colleagues_who_share_a_mailbox_are_asked_each() -> None:
    made = making.sent(
        Guest("Ali Kaya", mail="hus@mail.example"), Guest("Bo Holm", mail="hus@mail.example")
    )
    assert len(made.ids) == 2
    assert [letter.email for letter in making.letters("invitation")] == ["hus@mail.example"] * 2


def test_the_letter_carries_the_link_and_the_database_does_not_carry_the_token() -> None:
    made = making.sent(AMINA)
    token = made.token("Amina Yusuf")
    letter = making.letters("invitation")[0]
    assert f"/s/{token}?language=da" in letter.text
    assert f"/s/{token}/stop" in letter.text
    assert token.encode() not in bytes(making.invitation(made.ids["Amina Yusuf"]).token_hash or b"")
    assert len(token) >= 22


def test_an_invitation_is_sent_once_and_not_before_its_day() -> None:
    made = making.planned(AMINA, days_ago=179)
    assert jobs.send_invitations(clock.now()) == 0
    later = clock.now() + timedelta(days=2)
    with at(later):
        assert jobs.send_invitations(later) == 1
        assert jobs.send_invitations(later) == 0
    assert len(making.letters("invitation")) == 1
    assert made.ids


def remind_after(days: int) -> int:
    """What the reminder round does so many days after the invitation went out."""
    moment = clock.now() + timedelta(days=days)
    with at(moment):
        return jobs.send_reminders(moment)


def test_only_the_silent_are_reminded_on_day_7_and_14() -> None:
    guests = [AMINA, BO, Guest("Çelik Öz"), Guest("Dina Ali"), Guest("Eva Berg")]
    made = making.sent(*guests)
    with unit_of_work():
        answering.answer_all(made.ids["Amina Yusuf"], FULL)
    with unit_of_work():
        answering.refuse(respondents.respondent_of(made.ids["Bo Lund"]))
    with unit_of_work():
        inviting.bounce(made.ids["Çelik Öz"])
    with unit_of_work():
        answering.answer_all(made.ids["Dina Ali"], {"still_working": ["yes"]}, whole=False)
    assert remind_after(6) == 0
    assert remind_after(7) == 1
    assert remind_after(8) == 0
    assert remind_after(14) == 1
    assert remind_after(21) == 0
    assert {letter.email for letter in making.letters("reminder")} == {"eva@mail.example"}
    assert all(made.token("Eva Berg") in one.text for one in making.letters("reminder"))


def test_whoever_answers_after_the_round_has_looked_is_not_reminded() -> None:
    made = making.sent(AMINA, BO)
    week_later = clock.now() + timedelta(days=8)
    with unit_of_work():
        answering.answer_all(made.ids["Amina Yusuf"], FULL)
    with at(week_later), unit_of_work():
        assert not inviting.remind(made.ids["Amina Yusuf"])
        assert inviting.remind(made.ids["Bo Lund"])
    assert [letter.email for letter in making.letters("reminder")] == ["bo@mail.example"]


def test_a_late_worker_never_sends_two_reminders_within_a_week() -> None:
    making.sent(AMINA)
    assert remind_after(20) == 1
    assert remind_after(21) == 0
    assert remind_after(27) == 1


def test_a_reminder_that_waits_is_called_back_when_the_answer_comes() -> None:
    made = making.sent(AMINA)
    remind_after(7)
    with unit_of_work():
        answering.answer_all(made.ids["Amina Yusuf"], FULL)
    assert making.letters("reminder")[0].state == LetterState.CALLED_BACK


def test_a_mailbox_that_refuses_the_letter_gets_no_reminder() -> None:
    made = making.sent(AMINA)
    with unit_of_work():
        db.session.get_one(Letter, making.letters("invitation")[0].id).state = LetterState.BOUNCED
    assert jobs.note_bounces(clock.now()) == 1
    assert making.disposition(made.ids["Amina Yusuf"]) == Disposition.BOUNCED
    assert remind_after(7) == 0


def test_a_letter_that_was_given_up_is_no_mail_that_came_back() -> None:
    made = making.sent(AMINA)
    letter_turns(LetterState.DEAD)
    assert jobs.note_bounces(clock.now()) == 0
    assert making.disposition(made.ids["Amina Yusuf"]) == Disposition.SENT


@pytest.mark.parametrize("begun", [False, True])
def test_a_letter_that_came_back_and_arrived_when_sent_again_is_no_bounce(begun: bool) -> None:
    made = making.sent(AMINA)
    number = made.ids["Amina Yusuf"]
    if begun:
        with unit_of_work():
            answering.begin(respondents.respondent_of(number))
    letter = letter_turns(LetterState.BOUNCED)
    assert jobs.note_bounces(clock.now()) == 1
    with unit_of_work():
        assert undelivered.send_again(letter) == 1
    assert jobs.note_arrivals(clock.now()) == 0
    letter_turns(LetterState.SENT)
    assert jobs.note_arrivals(clock.now()) == 1
    assert making.disposition(number) == (Disposition.OPENED if begun else Disposition.SENT)
    assert jobs.note_arrivals(clock.now()) == 0
    with unit_of_work():
        assert not inviting.reach(number)


def test_a_bounce_that_only_a_list_told_stays_one_whatever_its_letter_says() -> None:
    made = making.sent(AMINA)
    with unit_of_work():
        inviting.bounce(made.ids["Amina Yusuf"])
    letter_turns(LetterState.SENT)
    assert jobs.note_arrivals(clock.now()) == 0
    assert making.disposition(made.ids["Amina Yusuf"]) == Disposition.BOUNCED


def letter_turns(state: LetterState) -> int:
    """The invitation's letter as the worker would leave it; its number."""
    with unit_of_work():
        letter = db.session.get_one(Letter, making.letters("invitation")[0].id)
        letter.state = state
    return letter.id


def test_a_mail_that_bounces_after_the_answer_leaves_the_answer() -> None:
    made = making.sent(AMINA)
    with unit_of_work():
        answering.answer_all(made.ids["Amina Yusuf"], FULL)
    with unit_of_work():
        assert not inviting.bounce(made.ids["Amina Yusuf"])
    assert making.disposition(made.ids["Amina Yusuf"]) == Disposition.COMPLETE


def test_a_whole_response_keeps_every_state_apart() -> None:
    made = making.sent(AMINA)
    with unit_of_work():
        answering.answer_all(made.ids["Amina Yusuf"], {**FULL, "new_method": ["-not_relevant"]})
    given = responses(made.wave_id)
    assert len(given) == 1
    answers = given[0].answers
    assert answers.values["still_working"] == answered("yes")
    assert answers.values["left_reason"] == NOT_ASKED
    assert answers.values["tools"] == SKIPPED
    assert answers.values["new_method"] == NOT_RELEVANT
    assert answers.items("own_goals") == [{"attain": answered(3)}, {"attain": DONT_KNOW}]
    assert given[0].event_id == making.invitation(made.ids["Amina Yusuf"]).event_id


def test_who_left_is_not_asked_about_goals() -> None:
    made = making.sent(AMINA)
    with unit_of_work():
        answering.answer_all(
            made.ids["Amina Yusuf"], {"still_working": ["no"], "left_reason": ["moved"]}
        )
    answers = responses(made.wave_id)[0].answers
    assert answers.items("own_goals") == [{"attain": NOT_ASKED}, {"attain": NOT_ASKED}]
    assert answers.values["coop"] == NOT_ASKED


def test_one_who_stops_on_the_way_is_partial_and_goes_on_later() -> None:
    made = making.sent(AMINA)
    number = made.ids["Amina Yusuf"]
    with unit_of_work():
        answering.answer_all(number, {"still_working": ["yes"], "attain-1": ["4"]}, whole=False)
    assert making.disposition(number) == Disposition.PARTIAL
    assert responses(made.wave_id) == []
    with unit_of_work():
        answering.answer_all(number, {"attain-2": ["1"]})
    items = responses(made.wave_id)[0].answers.items("own_goals")
    assert items == [{"attain": answered(4)}, {"attain": answered(1)}]


def test_what_was_handed_in_cannot_be_changed() -> None:
    made = making.sent(AMINA)
    number = made.ids["Amina Yusuf"]
    with unit_of_work():
        answering.answer_all(number, FULL)
    with pytest.raises(answering.AlreadyAnswered), unit_of_work():
        answering.answer_all(number, FULL)
    with pytest.raises(answering.AlreadyAnswered), unit_of_work():
        answering.refuse(respondents.respondent_of(number))
    answer_set = respondents.respondent_of(number).begun
    with pytest.raises(AnswerSetDone):
        record(answer_set, {("coop", 0): answered(0)}, {})


def test_a_wrong_answer_is_refused_and_nothing_is_kept() -> None:
    made = making.sent(AMINA)
    with pytest.raises(Invalid), unit_of_work():
        answering.answer_all(made.ids["Amina Yusuf"], {"still_working": ["perhaps"]})
    assert db.session.scalar(select(func.count()).select_from(AnswerRow)) == 0


def test_whoever_said_no_may_change_it() -> None:
    made = making.sent(AMINA)
    number = made.ids["Amina Yusuf"]
    with unit_of_work():
        answering.refuse(respondents.respondent_of(number))
    assert making.disposition(number) == Disposition.REFUSED
    with unit_of_work():
        answering.begin(respondents.respondent_of(number))
    assert making.disposition(number) == Disposition.OPENED


def test_whoever_said_no_on_the_way_goes_on_where_they_left() -> None:
    made = making.sent(AMINA)
    number = made.ids["Amina Yusuf"]
    with unit_of_work():
        answering.answer_all(number, {"still_working": ["yes"]}, whole=False)
    with unit_of_work():
        answering.refuse(respondents.respondent_of(number))
    with unit_of_work():
        answering.begin(respondents.respondent_of(number))
    assert making.disposition(number) == Disposition.PARTIAL
    with unit_of_work():
        assert setting_up.close(made.wave)
        assert not setting_up.close(made.wave)


def test_a_wave_closes_after_its_last_day_and_takes_no_more() -> None:
    made = making.sent(AMINA)
    over = clock.now() + timedelta(days=100)
    with at(over):
        with pytest.raises(answering.WaveClosed), unit_of_work():
            answering.answer_all(made.ids["Amina Yusuf"], FULL)
        assert jobs.send_reminders(over) == 0
        assert jobs.close_waves(over) == 1
        assert jobs.close_waves(over) == 0
    assert made.wave.closed_at is not None


def test_a_closed_wave_sends_nothing_more() -> None:
    made = making.planned(AMINA)
    with unit_of_work():
        setting_up.close(made.wave)
    assert jobs.send_invitations(clock.now()) == 0
    assert jobs.plan_invitations(clock.now()) == 0
    with unit_of_work():
        assert not inviting.send(made.ids["Amina Yusuf"])


def test_the_audience_is_looked_through_at_most_once_an_hour() -> None:
    made = making.planned(AMINA)
    assert jobs.plan_invitations(clock.now()) == 0
    making.held_workshop("senere", clock.now() - timedelta(days=170), BO)
    assert jobs.plan_invitations(clock.now()) == 0
    assert jobs.plan_invitations(clock.now() + timedelta(hours=2)) == 1
    assert "Bo Lund" in making.invitations(made.wave_id)


def test_the_days_of_a_wave_stand_in_order() -> None:
    making.loaded()
    survey = waves_queries.survey("fd_followup")
    with pytest.raises(Invalid):
        setting_up.start_wave(survey, "x", date(2010, 2, 1), date(2010, 1, 1))
    with pytest.raises(Invalid):
        setting_up.start_wave(survey, "x", date(2010, 1, 1), date(2010, 2, 1), date(2010, 1, 5))


def test_recipients_of_advice_are_asked_once_each() -> None:
    making.loaded("advice_followup")
    moment = clock.now() - timedelta(days=31)
    with at(moment), unit_of_work():
        for subject in ("Forældremøder", "Ansøgning"):
            advisory.log_advice(
                advisory.Request("Klub 3", subject, email="klub@mail.example", name="Klub Tre")
            )
        advisory.log_advice(advisory.Request("Uden mail", "Ring"))
        advisory.log_advice(
            advisory.Request("Åben", "Venter", email="b@mail.example", name="B"), closed=False
        )
    with unit_of_work():
        survey = waves_queries.survey("advice_followup")
        day = moment.astimezone(clock.COPENHAGEN).date()
        wave = setting_up.start_wave(survey, "Året", day, day)
        assert inviting.plan(wave) == 1
    assert jobs.send_invitations(clock.now()) == 1
    number = making.invitations(wave.id)["Klub Tre"]
    with unit_of_work():
        answering.answer_all(number, {"new_method": ["yes"], "tools": ["yes"], "improve": ["2"]})
    given = responses(wave.id)[0]
    assert given.task_id is not None
    assert given.answers.values["improve"] == answered(2)


def test_organisations_are_asked_by_whoever_may_act_for_them() -> None:
    making.loaded("day_restaurants")
    moment = clock.now() - timedelta(days=3)
    event_id = making.held_festival("international-dag", moment)
    with unit_of_work():
        kitchen = organisations.register("restaurant", "Køkken Øst", making.contact("Sara Ali"))
        club = organisations.register("association", "Klub Nord", making.contact("Leyla Can"))
        writing.grant_place(event_id, kitchen.id, Role.FOOD_STALL)
        writing.grant_place(event_id, club.id, Role.ASSOCIATION_STALL)
    with unit_of_work():
        survey = waves_queries.survey("day_restaurants")
        wave = setting_up.start_wave(survey, "Dagen", moment.date(), clock.today())
        assert inviting.plan(wave) == 1
    assert list(making.invitations(wave.id)) == ["Sara Ali"]


def test_those_enrolled_may_be_asked_whether_they_came_or_not() -> None:
    changed = deepcopy(making.document())
    changed["survey"] = {"audience": "enrolments", "delay_days": 1}
    with unit_of_work():
        setting_up.load(changed)
    moment = clock.now() - timedelta(days=2)
    making.held_workshop("i-forgaars", moment, AMINA, Guest("Bo Lund", came=False))
    with unit_of_work():
        survey = waves_queries.survey("fd_followup")
        wave = setting_up.start_wave(survey, "Alle", moment.date(), clock.today())
        assert inviting.plan(wave) == 2


def test_answers_from_a_panel_are_entered_without_invitation() -> None:
    making.loaded("inclusion_panel")
    with unit_of_work():
        survey = waves_queries.survey("inclusion_panel")
        wave = setting_up.start_wave(survey, "2010", date(2010, 1, 1), clock.today())
        assert inviting.plan(wave) == 0
        answering.enter(wave, {"trust_people": ["75"], "background": ["minority"]})
    given = responses(wave.id)
    assert given[0].answers.values["trust_people"] == answered(75)
    assert given[0].answers.values["trust_city"] == SKIPPED


def test_forgetting_cuts_the_link_and_empties_free_text_but_keeps_the_codes() -> None:
    made = making.sent(AMINA)
    number, token = made.ids["Amina Yusuf"], made.token("Amina Yusuf")
    with unit_of_work():
        answering.answer_all(number, {**FULL, "comment": ["Tak for alt, hilsen Amina"]})
    person = db.session.scalars(select(Person).where(Person.name == "Amina Yusuf")).one()
    about = about_queries.about(person.id)["surveys"]
    assert about[0]["answers"]["comment"] == "Tak for alt, hilsen Amina"
    assert about[0]["answers"]["own_goals"][0] == {"attain": 3}
    with unit_of_work():
        answering.forget(person)
    assert about_queries.about(person.id) == {"surveys": []}
    with pytest.raises(NoSuchInvitation):
        respondents.respondent(token)
    answers = responses(made.wave_id)[0].answers
    assert answers.values["comment"] == answered("")
    assert answers.values["coop"] == answered(4)
    assert making.disposition(number) == Disposition.COMPLETE


def test_counts_of_many_waves_take_three_statements(statements: object) -> None:
    making.sent(AMINA, BO)
    with statements() as seen:  # type: ignore[operator]
        waves = waves_queries.waves()
    assert len(seen) == 3, str(seen)
    assert waves[0].counts == {Disposition.SENT: 2}
    assert (waves[0].invited, waves[0].complete, waves[0].percent) == (2, 0, 0)


def test_no_row_is_left_without_its_owner() -> None:
    made = making.sent(AMINA)
    with unit_of_work():
        answering.answer_all(made.ids["Amina Yusuf"], FULL)
    for model in (Survey, Wave, Invitation, Response, AnswerSet):
        assert db.session.scalar(select(func.count()).select_from(model)) == 1
