"""Letters that did not arrive: told on the first page, listed, sent again, with a trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.mail_replies import Reply, SmtpStage
from app.core.outbox import Letter, LetterState
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.people import emails as people_emails
from app.people.models import Person
from app.post import delivering, undelivered
from app.post.worker import parts_of, send_due_letters
from app.returns.jobs import read_returned_mail
from tests.applications import making as applying
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.returns.test_services import read_by
from tests.workshops import making
from tests.workshops.test_races import released_at_once

PAGE = "/desk/letters/undelivered"
BOUNCED = LetterState.BOUNCED
Counting = Callable[[], Any]
DENIED = Reply(SmtpStage.RECIPIENT, 554, "5.7.1 <aya@post.example>: Relay access denied")
WRONG = Reply(SmtpStage.SIGN_IN, 535, "5.7.8 user torvet@by.example: wrong password")
NOBODY = Reply(SmtpStage.RECIPIENT, 550, "5.1.1 User unknown")


@pytest.fixture
def desk(app: Flask, client: InspectingClient) -> InspectingClient:
    """An organiser's browser, and nothing in the outbox."""
    sign_in_staff(client, StaffRole.ORGANISER)
    with unit_of_work():
        for letter in db.session.scalars(select(Letter)):
            db.session.delete(letter)
    return client


def posted(*people: str) -> list[int]:
    """The numbers of a letter to each."""
    with unit_of_work():
        for email in people:
            people_emails.sign_in_link(email, "a" * 22, "123456", "da")
    statement = select(Letter.id).where(Letter.email.in_(people)).order_by(Letter.id)
    return list(db.session.scalars(statement))


def refused(app: Flask, reply: Reply, *letter_ids: int) -> None:
    for letter_id in letter_ids:
        delivering.note_refused(letter_id, reply, parts_of(app).office)


def state_of(letter_id: int) -> str:
    db.session.rollback()
    return str(db.session.get_one(Letter, letter_id, populate_existing=True).state)


def lost(*people: str, state: LetterState = LetterState.DEAD) -> list[int]:
    """The numbers of lost letters to these."""
    letter_ids = posted(*people)
    with unit_of_work():
        for letter_id in letter_ids:
            db.session.get_one(Letter, letter_id).state = state
    return letter_ids


@pytest.mark.parametrize("role", [StaffRole.ORGANISER, StaffRole.DOOR])
def test_the_first_page_says_what_the_mail_server_said_and_what_helps(
    app: Flask, client: InspectingClient, role: StaffRole
) -> None:
    sign_in_staff(client, role)
    assert "Ingen breve" not in client.page("/desk/?language=da").text
    first, *_ = posted("aya@post.example", "bo@post.example")
    with at(clock.now() - timedelta(days=2)):
        delivering.note_refused(first, WRONG, parts_of(app).office)
    refused(app, WRONG, first)
    page = client.page("/desk/?language=da")
    assert "Ingen breve bliver sendt" in page.text
    assert "535 5.7.8 user … wrong password" in page.text
    assert "venter 2 breve" in page.text or "venter 3 breve" in page.text
    assert "TORVET_MAIL_URL" in page.text
    assert (PAGE in page.links()) is (role is StaffRole.ORGANISER)
    with at(clock.now() + timedelta(hours=1)):
        send_due_letters(parts_of(app))
    assert "Ingen breve" not in client.page("/desk/?language=da").text


def test_letters_that_one_step_refuses_stand_together_and_apart_from_others(
    app: Flask, desk: InspectingClient
) -> None:
    letter_ids = posted("aya@post.example", "bo@post.example", "carla@post.example")
    refused(app, DENIED, *letter_ids[:2])
    refused(app, Reply(SmtpStage.LETTER, 550, "5.7.26 Unauthenticated"), letter_ids[2])
    page = desk.page("/desk/?language=da")
    assert page.text.count("Nogle breve bliver ikke sendt") == 2
    assert "venter 2 breve" in page.text and "venter 1 brev." in page.text
    assert "aya@post.example" not in page.text


def test_one_lost_letter_is_sent_again_with_a_trace(app: Flask, desk: InspectingClient) -> None:
    [letter_id] = posted("aya@post.example")
    refused(app, NOBODY, letter_id)
    page = desk.page(f"{PAGE}?language=da")
    assert "Afvist af postkassen" in page.text and "550 5.1.1 User unknown" in page.text
    desk.send(f"{PAGE}/{letter_id}/again", {})
    assert state_of(letter_id) == LetterState.WAITING
    [entry] = audit.of("letter", letter_id)
    assert entry.verb == "sent_again" and entry.actor.startswith("staff:")
    page = desk.page(f"{PAGE}?language=da")
    assert "sendte igen · aya@post.example" in page.text
    send_due_letters(parts_of(app))
    assert state_of(letter_id) == LetterState.SENT


def test_all_that_were_given_up_are_sent_again_and_those_that_came_back_stay(
    desk: InspectingClient,
) -> None:
    given_up = lost("aya@post.example", "bo@post.example")
    [came_back] = lost("carla@post.example", state=LetterState.BOUNCED)
    assert "Send alle 2 igen" in desk.page(f"{PAGE}?language=da").text
    desk.send(f"{PAGE}/dead/again", {})
    assert {state_of(one) for one in given_up} == {LetterState.WAITING}
    assert state_of(came_back) == LetterState.BOUNCED
    desk.send(f"{PAGE}/bounced/again", {})
    assert state_of(came_back) == LetterState.WAITING


def test_the_ticked_are_sent_again_and_the_list_is_searched_saved_and_bounded(
    desk: InspectingClient, statements: Counting
) -> None:
    first, second = lost("aya@post.example", "bo@post.example")
    with statements() as few:
        desk.page(PAGE)
    many = lost(*[f"gaest{number}@post.example" for number in range(60)], state=BOUNCED)
    with statements() as lots:
        page = desk.page(f"{PAGE}?language=da")
    assert len(lots) == len(few), str(lots)
    assert "Side 1 af 2" in page.text
    page = desk.page(f"{PAGE}?search=AYA+post&state=dead&tick=page")
    assert [box.get("value") for box in page.all("input", name="letter")] == [str(first)]
    desk.send(f"{PAGE}/again", {"letter": [str(first)], "every": f"{many[0]},{many[1]},x"})
    states = [state_of(one) for one in (first, second, *many[:3])]
    assert states == ["waiting", "dead", "waiting", "waiting", "bounced"]
    desk.send(f"{PAGE}/again", {})
    assert "Sæt kryds" in desk.page(f"{PAGE}?language=da").text
    saved = desk.get(f"{PAGE}?file=csv&state=dead").data.decode()
    assert "bo@post.example" in saved and "aya@post.example" not in saved


def test_every_letter_is_listed_with_what_became_of_it(
    desk: InspectingClient, statements: Counting
) -> None:
    address = "/desk/letters/each"
    assert "Ingen breve endnu" in desk.page(f"{address}?language=da").text
    posted("aya@post.example")
    lost("bo@post.example")
    with statements() as few:
        desk.page(address)
    lost(*[f"gaest{number}@post.example" for number in range(60)], state=LetterState.SENT)
    with statements() as many:
        assert "Side 1 af 2" in desk.page(f"{address}?language=da").text
    assert len(many) == len(few), str(many)
    page = desk.page(f"{address}?state=waiting")
    assert "aya@post.example" in page.text and "bo@post.example" not in page.text


def test_a_letter_that_has_left_is_not_sent_again(desk: InspectingClient) -> None:
    letter_ids = lost("aya@post.example", state=LetterState.SENT)
    desk.send(f"{PAGE}/{letter_ids[0]}/again", {})
    assert state_of(letter_ids[0]) == LetterState.SENT
    assert "En anden var hurtigere" in desk.page(f"{PAGE}?language=da").text


def test_eight_who_send_all_again_at_once_send_each_once(
    app: Flask, desk: InspectingClient
) -> None:
    letter_ids = lost("aya@post.example", "bo@post.example")

    def send(app: Flask) -> tuple[int, None]:
        with app.app_context(), unit_of_work():
            return undelivered.send_all_again(LetterState.DEAD), None

    answers = released_at_once(app, [send] * 8)
    assert sum(number for number, _ in answers) == len(letter_ids)
    assert [len(audit.of("letter", one)) for one in letter_ids] == [1, 1]


def test_whoever_has_mended_something_need_not_wait(app: Flask, desk: InspectingClient) -> None:
    held, single = posted("aya@post.example", "bo@post.example")
    refused(app, DENIED, single)
    refused(app, WRONG, held)
    send_due_letters(parts_of(app))
    assert {state_of(held), state_of(single)} == {LetterState.WAITING}
    db.session.rollback()
    desk.send(f"{PAGE}/try-now", {})
    with at(clock.now() + timedelta(seconds=1)):
        send_due_letters(parts_of(app))
    assert state_of(single) == LetterState.SENT


def test_a_letter_that_cannot_be_made_is_given_up_after_five_days_and_can_be_sent_again(
    app: Flask, desk: InspectingClient
) -> None:
    [letter_id] = posted("aya@post.example")
    delivering.note_unmade(letter_id, "ValueError")
    assert state_of(letter_id) == LetterState.WAITING
    with at(clock.now() + timedelta(days=6)):
        delivering.note_unmade(letter_id, "ValueError")
    assert state_of(letter_id) == LetterState.DEAD
    assert "ValueError" in desk.page(PAGE).text


def test_a_letter_whose_person_was_erased_meanwhile_stops_nobody(app: Flask) -> None:
    office = parts_of(app).office
    delivering.note_sent(404, office)
    delivering.note_refused(404, NOBODY, office)
    delivering.note_unmade(404, "ValueError")


def test_lost_letter_leads_to_where_the_address_is_corrected_and_goes_to_the_right_one(
    app: Flask, desk: InspectingClient
) -> None:
    making.workshop()
    enrolment = making.enrolled(1).place.enrolment
    letter = db.session.scalars(select(Letter).where(Letter.kind == "workshops/ticket")).one()
    refused(app, NOBODY, letter.id)
    way = f"/desk/workshops/{making.SLUG}/enrolments/{enrolment.id}/mail"
    assert way in desk.page(PAGE).links()
    desk.send(way, {"mail": "amina.yusuf@gmail.com"})
    desk.send(f"{PAGE}/{letter.id}/again", {})
    db.session.rollback()
    sent_again = db.session.get_one(Letter, letter.id, populate_existing=True)
    assert (sent_again.state, sent_again.email) == (LetterState.WAITING, "amina.yusuf@gmail.com")


def test_all_that_are_sent_again_go_to_corrected_addresses(
    app: Flask, desk: InspectingClient
) -> None:
    applying.festival()
    applying.organisation()
    person = db.session.scalars(select(Person).where(Person.email == applying.MAIL)).one()
    letter_ids = lost("old@forening.example", "bo@post.example", state=LetterState.BOUNCED)
    with unit_of_work():
        db.session.get_one(Letter, letter_ids[0]).person_id = person.id
    page = desk.page(PAGE)
    assert [link for link in page.links() if link.startswith("/my/organisations/")]
    desk.send(f"{PAGE}/bounced/again", {})
    db.session.rollback()
    addresses = select(Letter.email).where(Letter.id.in_(letter_ids)).order_by(Letter.id)
    assert list(db.session.scalars(addresses)) == [applying.MAIL, "bo@post.example"]


def test_box_that_cannot_be_read_is_told_at_the_desk(
    app: Flask, desk: InspectingClient, tmp_path: Path
) -> None:
    with read_by(app, f"maildir://{tmp_path}/gone"):
        read_returned_mail(clock.now())
        for address in ("/desk/?language=da", f"{PAGE}?language=da"):
            page = desk.page(address)
            assert "No such file or directory" in page.text
            assert "TORVET_RETURNS_URL" in page.text
    assert "TORVET_RETURNS_URL" not in desk.page(PAGE).text


def test_mails_that_could_not_be_read_are_told(
    app: Flask, desk: InspectingClient, tmp_path: Path
) -> None:
    for part in ("new", "cur"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1").write_bytes(b"Content-Type: message/rfc822\n\n" * 5000)
    with read_by(app, f"maildir://{tmp_path}"):
        read_returned_mail(clock.now())
    assert "1 mail i postkassen" in desk.page(f"{PAGE}?language=da").text


def test_where_nothing_is_lost_the_page_says_so(desk: InspectingClient) -> None:
    assert "Alle breve er nået frem" in desk.page(f"{PAGE}?language=da").text
