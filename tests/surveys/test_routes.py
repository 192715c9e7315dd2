"""Answering on a phone, page by page, and the desk's pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter, LetterState, page_of
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from app.questions import queries as questionnaires
from app.questions.rules import drafts
from app.surveys.models import Invitation
from app.surveys.queries import waves
from app.surveys.rules import Disposition
from app.surveys.services import answering, inviting, setting_up
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page, text_of
from tests.surveys import making
from tests.surveys.making import AMINA, SETS, Guest, Job

Counting = Callable[[], Any]


@pytest.fixture
def asked(app: Flask) -> Job:
    """Amina, who set two goals, has been asked."""
    return making.sent(AMINA)


@pytest.fixture
def link(asked: Job) -> str:
    """Her link."""
    return f"/s/{asked.token('Amina Yusuf')}"


def press(client: InspectingClient, path: str, **answers: str) -> str:
    """Send a page and return where it leads."""
    return str(client.send(path, answers).location)


def legend(page: Page) -> str:
    """The question as it is read."""
    return text_of(page.all("legend")[0])


def test_looking_at_the_link_notes_nothing(client: InspectingClient, asked: Job, link: str) -> None:
    page = client.page(f"{link}?language=da")
    assert page.heading == "Hvordan er det gået siden workshoppen?"
    assert "fortrolige" in page.text
    assert making.disposition(asked.ids["Amina Yusuf"]) == Disposition.SENT
    client.page(f"{link}/stop")
    assert making.disposition(asked.ids["Amina Yusuf"]) == Disposition.SENT


def test_a_link_that_went_to_a_wrong_address_opens_nothing(
    client: InspectingClient, asked: Job, link: str
) -> None:
    number = asked.ids["Amina Yusuf"]
    press(client, link)
    with unit_of_work():
        people.correct(making.invitation(number).person_id or 0, email="amina@rigtig.example")
    for path in (link, f"{link}/stop", f"{link}/q/p1"):
        told = client.get(path)
        assert told.status_code == 410 and "/links" in told.get_data(as_text=True)
    for path in (link, f"{link}/stop"):
        assert client.post(path).status_code == 410
    assert making.disposition(number) == Disposition.OPENED
    with at(clock.now() + timedelta(days=10)), unit_of_work():
        assert inviting.remind(number)
    [letter] = making.letters("reminder")
    assert letter.email == "amina@rigtig.example" and link not in letter.text
    new = "/s/" + letter.text.partition("/s/")[2].split("?")[0].split()[0]
    assert client.page(new).heading == "Hvordan er det gået siden workshoppen?"
    client.page(f"{new}x", status=410)
    client.page(new.replace("/s/", "/s/1"), status=404)


def test_the_whole_way_on_a_phone(client: InspectingClient, asked: Job, link: str) -> None:
    client.page(f"{link}?language=da")
    where = press(client, link)
    assert where == f"{link}/q/still_working"
    assert making.disposition(asked.ids["Amina Yusuf"]) == Disposition.OPENED
    page = client.page(where)
    assert [text_of(one) for one in page.all("button", class_="button-answer")] == [
        "Ja",
        "Nej",
        "Ved ikke",
    ]
    where = press(client, where, still_working="yes")
    assert where == f"{link}/q/own_goals-1"
    page = client.page(where)
    assert "Flere fædre til møderne" in legend(page)
    where = press(client, where, **{"attain-1": "3"})
    where = press(client, where, **{"attain-2": "-not_relevant"})
    assert where == f"{link}/q/hinder"
    for key in ("hinder", "methods", "new_method", "coop", "tools", "improve", "recommend"):
        assert where == f"{link}/q/{key}"
        client.page(where)
        where = press(client, where)
    where = press(client, where, comment="Tak")
    assert where == link
    assert client.page(where).heading == "Tak"
    assert making.disposition(asked.ids["Amina Yusuf"]) == Disposition.COMPLETE


def test_who_left_is_done_after_two_questions(client: InspectingClient, link: str) -> None:
    press(client, link)
    assert press(client, f"{link}/q/still_working", still_working="no") == f"{link}/q/left_reason"
    assert press(client, f"{link}/q/left_reason", left_reason="moved") == link
    assert client.page(f"{link}?language=en").heading == "Thank you"


def test_another_phone_goes_on_where_one_left(
    app: Flask, client: InspectingClient, link: str
) -> None:
    press(client, link)
    press(client, f"{link}/q/still_working", still_working="yes")
    other = app.test_client()
    assert isinstance(other, InspectingClient)
    assert "begyndt" in other.page(f"{link}?language=da").text
    assert press(other, link) == f"{link}/q/own_goals-1"


def test_the_way_back_shows_what_was_answered(client: InspectingClient, link: str) -> None:
    press(client, link)
    where = press(client, f"{link}/q/still_working", still_working="yes")
    page = client.page(where)
    assert f"{link}/q/still_working" in page.links()
    page = client.page(f"{link}/q/still_working?language=da")
    chosen = [one for one in page.all("button") if one.get("aria-current")]
    assert [text_of(one) for one in chosen] == ["Ja"]
    keep = page.one("button", class_="button-secondary")
    assert (keep.get("name"), keep.get("value")) == ("still_working", "yes")


def test_a_branch_changed_on_the_way_back_counts_as_changed(
    client: InspectingClient, asked: Job, link: str
) -> None:
    press(client, link)
    press(client, f"{link}/q/still_working", still_working="yes")
    press(client, f"{link}/q/own_goals-1", **{"attain-1": "4"})
    press(client, f"{link}/q/still_working", still_working="no")
    press(client, f"{link}/q/left_reason", left_reason="ended")
    answers = waves.responses(asked.wave_id)[0].answers
    assert {one["attain"].state for one in answers.items("own_goals")} == {"not_asked"}


def test_a_page_that_is_not_on_the_way_leads_to_the_start(
    client: InspectingClient, link: str
) -> None:
    for path in (f"{link}/q/coop", f"{link}/q/nothing", f"{link}/q/left_reason"):
        assert client.get(path).location == link
        assert client.send(path, {"coop": "4"}).location == link
    press(client, link)
    assert client.get(f"{link}/q/left_reason").location == link


def test_a_goal_that_may_not_be_shown_is_named_by_its_number(client: InspectingClient) -> None:
    made = making.sent(Guest("Bo Lund", ("Hemmeligt mål",), shown=False))
    link = f"/s/{made.token('Bo Lund')}"
    press(client, link)
    press(client, f"{link}/q/still_working", still_working="yes")
    page = client.page(f"{link}/q/own_goals-1?language=da")
    assert "Hemmeligt" not in page.text
    assert "dit mål nummer 1" in legend(page)


def test_wrong_input_is_told_at_the_field(client: InspectingClient, link: str) -> None:
    press(client, link)
    answer = client.send(f"{link}/q/still_working", {"still_working": "perhaps"}, status=422)
    assert "error-summary" in answer.text
    press(client, f"{link}/q/still_working", still_working="yes")
    text = "Hun hedder 010203-1234"
    answer = client.send(f"{link}/q/hinder", {"hinder": text}, status=422)
    page = Page(answer.text)
    assert "CPR" in page.errors()["hinder"]
    assert page.form()["hinder"] == text


@pytest.mark.parametrize("sent", ["\x00", "x" * 5000, "\ud800", "१", "-", "<script>"])
def test_no_input_breaks_a_page(client: InspectingClient, link: str, sent: str) -> None:
    press(client, link)
    for key in ("still_working", "hinder", "methods"):
        answer = client.post(f"{link}/q/{key}", data={key: sent.encode("utf-8", "replace")})
        assert answer.status_code in (303, 422)


def test_changing_language_keeps_what_was_written(client: InspectingClient, link: str) -> None:
    press(client, link)
    press(client, f"{link}/q/still_working", still_working="yes")
    form = {"hinder": "Tiden", "_language": "ar"}
    page = Page(client.send(f"{link}/q/hinder", form, status=200).text)
    assert page.one("html").get("dir") == "rtl"
    assert page.form()["hinder"] == "Tiden"


def test_saying_no_and_changing_it(client: InspectingClient, asked: Job, link: str) -> None:
    assert press(client, f"{link}/stop") == link
    assert making.disposition(asked.ids["Amina Yusuf"]) == Disposition.REFUSED
    assert "nej tak" in client.page(f"{link}?language=da").heading
    assert press(client, link) == f"{link}/q/still_working"
    assert making.disposition(asked.ids["Amina Yusuf"]) == Disposition.OPENED


def test_a_link_that_is_cut_short_says_so(client: InspectingClient, link: str) -> None:
    for path in (link[:-3], f"{link}x", "/s/nothing", f"{link[:-3]}/q/coop", f"{link[:-3]}/stop"):
        assert "skema" in client.page(f"{path}?language=da", status=404).text


def test_an_answered_link_shows_no_answers(client: InspectingClient, asked: Job, link: str) -> None:
    with unit_of_work():
        answering.answer_all(asked.ids["Amina Yusuf"], {"comment": ["Kun til jer"]})
    assert "Kun til jer" not in client.page(link).text
    assert client.get(f"{link}/q/comment").location == link
    client.send(link, {}, status=409)


def test_a_closed_survey_says_until_when_it_was_open(
    client: InspectingClient, asked: Job, link: str
) -> None:
    with unit_of_work():
        setting_up.close(asked.wave)
    assert client.page(f"{link}?language=da").heading == "Spørgeskemaet er lukket"
    client.send(link, {}, status=410)


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_every_page_of_every_set_holds_in_every_language(
    client: InspectingClient, language: str
) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    for file in sorted(making.SETS.glob("*.json")):
        making.loaded(file.stem)
        address = f"/desk/surveys/{file.stem}/preview?shown_in={language}"
        while address:
            page = client.page(address)
            assert page.one("html").get("lang") == language
            onward = [one for one in page.all("a", class_="button") if one.get("href")]
            address = str(onward[0].get("href")) if onward else ""


def test_one_page_takes_three_statements(
    client: InspectingClient, link: str, statements: Counting
) -> None:
    press(client, link)
    press(client, f"{link}/q/still_working", still_working="yes")
    for path in (f"{link}/q/own_goals-1", f"{link}/q/coop"):
        with statements() as seen:
            client.page(path)
        assert len(seen) == 3, str(seen)


def test_one_answer_takes_five_statements(
    client: InspectingClient, link: str, statements: Counting
) -> None:
    press(client, link)
    client.csrf_token()
    with statements() as seen:
        press(client, f"{link}/q/still_working", still_working="yes")
    assert len(seen) == 5, str(seen)


def test_the_desk_follows_a_wave(client: InspectingClient, asked: Job) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    page = client.page("/desk/surveys/?language=da")
    assert "Foråret" in page.text
    with unit_of_work():
        answering.answer_all(asked.ids["Amina Yusuf"], {})
    page = client.page(f"/desk/surveys/waves/{asked.wave_id}")
    assert "100 %" in page.text
    client.send(f"/desk/surveys/waves/{asked.wave_id}/close", {})
    assert "Luk nu" not in client.page(f"/desk/surveys/waves/{asked.wave_id}").text


def test_waves_are_sought_ticked_closed_and_saved(client: InspectingClient, asked: Job) -> None:
    sign_in_staff(client, StaffRole.ANALYST)
    page = client.page("/desk/surveys/?search=foraret&state=open&tick=page&language=da")
    assert [box.get("value") for box in page.all("input", name="wave")] == [str(asked.wave_id)]
    assert "Foråret" not in client.page("/desk/surveys/?state=closed&language=da").text
    assert "Foråret" in client.get("/desk/surveys/?file=csv").data.decode()
    client.send("/desk/surveys/waves/close", {})
    assert asked.wave.closed_at is None
    client.send("/desk/surveys/waves/close", {"wave": str(asked.wave_id)})
    assert "Foråret" in client.page("/desk/surveys/?state=closed&language=da").text


def test_invitations_of_a_wave_are_listed_for_organisers_in_as_many_statements_for_many(
    app: Flask, client: InspectingClient, asked: Job, statements: Counting
) -> None:
    address = f"/desk/surveys/waves/{asked.wave_id}/invitations"
    sign_in_staff(client, StaffRole.ORGANISER)
    with statements() as few:
        page = client.page(f"{address}?language=da")
    assert "Amina Yusuf" in page.text and "Sendt, intet hørt" in page.text
    making.more_invited(asked.wave_id, 60)
    with statements() as many:
        assert "Side 1 af 2" in client.page(f"{address}?language=da").text
    assert len(many) == len(few), str(many)
    page = client.page(f"{address}?search=YUSUF+amina&state=sent")
    assert len(page.all("input", name="invitation")) == 1
    assert "Amina" not in client.page(f"{address}?search=nobody").text
    sign_in_staff(client, StaffRole.ANALYST)
    client.page(address, status=403)


def test_a_ticked_invitation_whose_mail_came_back_is_sent_again(
    client: InspectingClient, asked: Job
) -> None:
    number = asked.ids["Amina Yusuf"]
    with unit_of_work():
        invitation = db.session.get_one(Invitation, number)
        db.session.get_one(Letter, invitation.letter_id).state = LetterState.BOUNCED
        inviting.bounce(number)
    sign_in_staff(client, StaffRole.ORGANISER)
    address = f"/desk/surveys/waves/{asked.wave_id}/invitations"
    client.send(f"{address}/again", {"invitation": str(number)})
    db.session.rollback()
    sent = select(Letter).join(Invitation, Invitation.letter_id == Letter.id)
    letter = db.session.scalars(sent.execution_options(populate_existing=True)).one()
    assert letter.state == LetterState.WAITING
    client.send(f"{address}/again", {"invitation": str(number)})
    assert "Ingen af de afkrydsede" in client.page(f"{address}?language=da").text


def test_the_desk_starts_a_wave(client: InspectingClient, app: Flask) -> None:
    making.loaded()
    sign_in_staff(client, StaffRole.ANALYST)
    client.page("/desk/surveys/fd_followup?language=da")
    form = {"name": "2026", "from_day": "2026-01-01", "to_day": "2026-12-31", "closes_on": ""}
    where = client.send("/desk/surveys/fd_followup", form).location
    assert "2026" in client.page(where).heading
    wrong = {**form, "to_day": "2025-12-31"}
    page = Page(client.send("/desk/surveys/fd_followup", wrong, status=422).text)
    assert "to_day" in page.errors()
    page = Page(client.send("/desk/surveys/fd_followup", {"name": ""}, status=422).text)
    assert {"name", "from_day", "to_day"} <= page.errors().keys()


def test_the_desk_is_for_those_with_the_role(client: InspectingClient, asked: Job) -> None:
    sign_in_staff(client, StaffRole.REVIEWER)
    for path in ("/", "/fd_followup", "/fd_followup/preview", f"/waves/{asked.wave_id}"):
        client.page(f"/desk/surveys{path}", status=403)


def test_what_is_not_there_is_not_found(client: InspectingClient, app: Flask) -> None:
    making.loaded()
    sign_in_staff(client, StaffRole.ORGANISER)
    for path in ("/nothing", "/nothing/preview", "/fd_followup/preview?page=x", "/waves/7"):
        client.page(f"/desk/surveys{path}", status=404)


def test_the_preview_alone_may_be_framed(client: InspectingClient, app: Flask) -> None:
    making.loaded()
    sign_in_staff(client, StaffRole.ORGANISER)
    framed = client.get("/desk/surveys/fd_followup/preview").headers["Content-Security-Policy"]
    other = client.get("/desk/surveys/fd_followup").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in framed
    assert "frame-ancestors 'none'" in other


def test_the_command_loads_a_file(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner().invoke
    done = run(args=["survey", "load", str(making.SETS / "fd_followup.json")])
    assert done.exit_code == 0, done.output
    assert "fd_followup, version 1" in done.output
    broken = tmp_path / "broken.json"
    broken.write_text('{"key": "x"}')
    done = run(args=["survey", "load", str(broken)])
    assert done.exit_code == 1
    assert "version" in done.output
    broken.write_text("{")
    assert run(args=["survey", "load", str(broken)]).exit_code == 1


def test_the_mail_of_a_wave_is_written_in_the_persons_language(app: Flask) -> None:
    making.planned(Guest("Dina Ali", ("هدف",), language="ar"))
    later = clock.now() + timedelta(days=1)
    with at(later), unit_of_work():
        [number] = waves.due_invitations(later)
        inviting.send(number)
    letter = making.letters("invitation")[0]
    assert letter.subject == "كيف سارت الأمور منذ ورشة العمل؟"
    assert 'dir="rtl"' in page_of(letter)


def test_a_new_version_is_made_from_the_published_one_which_stays_as_it_is(
    client: InspectingClient,
) -> None:
    with unit_of_work():
        setting_up.load(json.loads((SETS / "fd_followup.json").read_text()))
    first = questionnaires.version("fd_followup")
    content, number = dict(first.content), first.number
    db.session.rollback()
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    editor = "/desk/questions/fd_followup/"
    assert editor in desk.page("/desk/surveys/fd_followup").links()
    assert "Ikke offentliggjort endnu" not in desk.page(editor).text
    assert desk.page(f"{editor}preview").all("fieldset")
    for question in drafts.opened(content).questions:
        desk.page(f"{editor}{question['code']}")
    form = desk.page(f"{editor}recommend").form()
    desk.send(f"{editor}recommend", {**form, "text_da": "Vil du anbefale os?"})
    words = desk.page(f"{editor}words").form()
    desk.send(f"{editor}words", {**words, "title_da": ""}, status=422)
    desk.send(f"{editor}words", {**words, "title_da": "Et halvt år efter"})
    assert questionnaires.version("fd_followup").number == number
    db.session.rollback()
    desk.send(f"{editor}publish", {})
    assert questionnaires.version("fd_followup", number).content == content
    second = questionnaires.version("fd_followup")
    assert (second.number, second.content["title"]["da"]) == (number + 1, "Et halvt år efter")  # type: ignore[index]
    # All that the page does not show is as it was: placeholders, groups, where it ends.
    was, now = (drafts.opened(one).questions for one in (content, second.content))
    assert [one for one in was if one["code"] != "recommend"] == [
        one for one in now if one["code"] != "recommend"
    ]
    for code in [one["code"] for one in now]:
        desk.send(f"{editor}{code}/remove", {})
    db.session.rollback()
    refused = desk.send(f"{editor}publish", {}, status=409)
    assert "intet spørgsmål tilbage" in refused.text
    desk.page("/desk/questions/apply_1_act/words", status=404)
