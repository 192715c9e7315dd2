"""Mail servers that are set up wrongly: letters wait, the team reads why, and all leave at last."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask_mail import Mail
from sqlalchemy import func, select

from app import create_app
from app.core import clock
from app.core.database import db
from app.core.mail_replies import Cause
from app.core.outbox import Letter, LetterState
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.people import emails as people_emails
from app.post import undelivered
from app.post.mime import quoted_sender
from app.post.office import Smtp, mail_settings
from app.post.worker import WorkerParts, parts_of, send_due_letters
from config import SettingsRefused
from tests.application import settings_for
from tests.mail_server import DROP, MailServer, running
from tests.running import free_port

SENDER = "Kommunen, Integration <torvet@by.example>"
PEOPLE = ("aya@post.example", "bo@post.example", "carla@post.example")
WEEKEND = timedelta(days=3)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with running() as server:
        yield server


@pytest.fixture
def sending(app: Flask, server: MailServer) -> WorkerParts:
    """A worker's parts that send to that server under a user's name."""
    return parts_to(app, f"smtp://torvet:secret@127.0.0.1:{server.port}")


def parts_to(app: Flask, url: str) -> WorkerParts:
    """The parts of a worker that sends to that address."""
    mail = Mail()
    mail.state = mail.init_mail({**app.config, **mail_settings(url)})
    return replace(parts_of(app), office=Smtp(mail, SENDER, seconds=5))


def post(*people: str) -> None:
    """A letter to each."""
    with unit_of_work():
        for email in people or PEOPLE:
            people_emails.sign_in_link(email, "a" * 22, "123456", "da")


def letters() -> dict[str, Letter]:
    """The letters by recipient, as the database has them now."""
    db.session.rollback()
    db.session.expire_all()
    return {letter.email: letter for letter in db.session.scalars(select(Letter))}


def states() -> set[str]:
    return {str(letter.state) for letter in letters().values()}


def work(parts: WorkerParts, after: timedelta = timedelta(0)) -> None:
    """What a worker does for a while from that time on."""
    with at(clock.now() + after):
        send_due_letters(parts, 20)


def standing() -> list[undelivered.Notice]:
    db.session.rollback()
    return undelivered.notices()


SERVERS = [
    # The eight that were seen, and others of their kind.
    ({"AUTH": "535 5.7.8 Authentication credentials invalid"}, Cause.PASSWORD),
    ({"RCPT": "554 5.7.1 <x@y.example>: Relay access denied"}, Cause.RELAY),
    ({"MAIL": "530 5.7.0 Authentication required"}, Cause.RELAY),
    ({"RCPT": "553 5.7.1 Sender address rejected: not owned by user torvet"}, Cause.SENDER),
    ({"RCPT": "550 Daily sending limit exceeded"}, Cause.LIMIT),
    ({"greeting": "554 5.7.1 No service for you"}, Cause.UNREACHABLE),
    ({"RCPT": "552 Mailbox storage exceeded"}, Cause.LIMIT),
    ({"letter": "550 5.7.26 Unauthenticated email is not accepted"}, Cause.MISTRUST),
    ({"greeting": "421 4.3.2 Closing"}, Cause.UNREACHABLE),
    ({"greeting": DROP}, Cause.UNREACHABLE),
    ({"EHLO": "550 5.1.1 Who?", "HELO": "550 5.1.1 Who?"}, Cause.UNREACHABLE),
    ({"EHLO": "250 mail.example"}, Cause.PASSWORD),
    ({"MAIL": "553 5.1.8 Sender domain not found"}, Cause.SENDER),
    ({"MAIL": "550 5.1.1 User unknown"}, Cause.OTHER),
    ({"MAIL": "550 5.4.5 Daily user sending limit exceeded"}, Cause.LIMIT),
    ({"MAIL": DROP}, Cause.UNREACHABLE),
    ({"RCPT": "550 No such user"}, Cause.OTHER),
    ({"DATA": "554 5.5.1 Error"}, Cause.OTHER),
    ({"DATA": DROP}, Cause.UNREACHABLE),
    ({"letter": DROP}, Cause.UNREACHABLE),
    ({"letter": "451 4.3.0 Later"}, Cause.OTHER),
    ({"letter": "552 5.3.4 Message too big"}, Cause.SIZE),
]


@pytest.mark.parametrize(("answers", "reason"), SERVERS, ids=lambda one: str(one)[:50])
def test_a_server_that_is_set_up_wrongly_loses_no_letter(
    sending: WorkerParts,
    server: MailServer,
    answers: dict[str, str],
    reason: Cause,
    caplog: pytest.LogCaptureFixture,
) -> None:
    post()
    server.answers = answers
    with caplog.at_level(logging.WARNING, "torvet.worker"):
        for days in (0, 1, 6, 9):
            work(sending, timedelta(days=days))
    assert states() == {LetterState.WAITING}
    [notice] = standing()
    assert (notice.cause, notice.letters) == (reason, len(PEOPLE))
    assert notice.since <= clock.now()
    told = [vars(record) for record in caplog.records]
    assert told and all(one["cause"] == reason and one["letter"] for one in told)
    assert "@" not in str([record.getMessage() for record in caplog.records])
    server.answers = {}
    work(sending, timedelta(days=10))
    work(sending, timedelta(days=10, hours=7))
    assert states() == {LetterState.SENT}
    assert len(server.received) == len(PEOPLE)
    assert not standing()


def test_a_server_that_is_down_over_a_weekend_gets_all_letters_at_once_afterwards(
    app: Flask,
) -> None:
    parts = parts_to(app, f"smtp://127.0.0.1:{free_port()}")
    post()
    for hours in range(0, 72, 3):
        work(parts, timedelta(hours=hours))
    assert states() == {LetterState.WAITING}
    [notice] = standing()
    assert (notice.cause, notice.letters) == (Cause.UNREACHABLE, len(PEOPLE))
    with running() as server:
        work(parts_to(app, f"smtp://127.0.0.1:{server.port}"), WEEKEND)
    assert states() == {LetterState.SENT}
    assert not standing()


def test_a_server_that_takes_nothing_is_not_asked_for_each_letter(
    sending: WorkerParts, server: MailServer
) -> None:
    post(*(f"person{number}@post.example" for number in range(12)))
    server.answers = {"AUTH": "535 5.7.8 Wrong"}
    for _ in range(5):
        work(sending)
    assert server.calls == 1
    [notice] = standing()
    assert notice.letters == 12


def test_one_bad_mailbox_among_several_bounces_alone(
    sending: WorkerParts, server: MailServer
) -> None:
    server.answers = {"RCPT bo@post.example": "550 5.1.1 User unknown"}
    post()
    work(sending)
    assert {email: letter.state for email, letter in letters().items()} == {
        "aya@post.example": LetterState.SENT,
        "bo@post.example": LetterState.BOUNCED,
        "carla@post.example": LetterState.SENT,
    }
    assert not standing()


def test_a_bare_550_bounces_once_the_server_has_taken_somebody_else_that_day(
    sending: WorkerParts, server: MailServer
) -> None:
    server.answers = {"RCPT bo@post.example": "550 No such user"}
    post("bo@post.example")
    work(sending)
    assert letters()["bo@post.example"].state == LetterState.WAITING
    # Taken at RCPT is enough, whatever becomes of that letter.
    server.answers["letter aya@post.example"] = "451 Later"
    post("aya@post.example")
    work(sending)
    work(sending, timedelta(minutes=2))
    assert letters()["bo@post.example"].state == LetterState.BOUNCED
    assert letters()["aya@post.example"].state == LetterState.WAITING


def test_that_the_same_mailbox_was_taken_before_or_another_yesterday_proves_nothing(
    sending: WorkerParts, server: MailServer
) -> None:
    post("bo@post.example", "aya@post.example")
    with at(clock.now() - timedelta(days=1)):
        post("carla@post.example")
        send_due_letters(sending)
    with unit_of_work():
        db.session.delete(letters()["aya@post.example"])
    work(sending)
    server.answers = {"RCPT": "550 No such user"}
    with unit_of_work():
        people_emails.sign_in_link("bo@post.example", "a" * 22, "123456", "da")
    work(sending)
    assert db.session.scalar(
        select(func.count()).where(Letter.email == "bo@post.example", Letter.state == "waiting")
    )


def test_another_server_that_took_somebody_proves_nothing_of_this_one(app: Flask) -> None:
    with running() as first, running() as second:
        post("aya@post.example")
        work(parts_to(app, f"smtp://127.0.0.1:{first.port}"))
        second.answers = {"RCPT": "550 Who are you?"}
        post("bo@post.example")
        work(parts_to(app, f"smtp://127.0.0.1:{second.port}"))
    assert letters()["bo@post.example"].state == LetterState.WAITING


def test_a_mailbox_that_is_refused_after_the_letter_bounces(
    sending: WorkerParts, server: MailServer
) -> None:
    server.answers = {"letter": "550 5.1.1 User unknown"}
    post("aya@post.example")
    work(sending)
    assert states() == {LetterState.BOUNCED}


def test_a_letter_that_one_mailbox_does_not_take_is_given_up_and_seen(
    sending: WorkerParts, server: MailServer
) -> None:
    server.answers = {"RCPT bo@post.example": "550 5.7.1 Not from you"}
    post()
    work(sending)
    assert [notice.letters for notice in standing()] == [1]
    with at(clock.now() + timedelta(days=6)):
        post("dora@post.example")
    work(sending, timedelta(days=6))
    work(sending, timedelta(days=6, minutes=1))
    assert letters()["bo@post.example"].state in {LetterState.WAITING, LetterState.DEAD}
    work(sending, timedelta(days=6, hours=7))
    assert letters()["bo@post.example"].state == LetterState.DEAD
    assert not standing()


def test_one_letter_that_is_too_large_stops_no_other(
    sending: WorkerParts, server: MailServer
) -> None:
    server.answers = {"MAIL": "552 5.3.4 Message size exceeds fixed limit"}
    post("aya@post.example")
    work(sending)
    server.answers = {}
    post("bo@post.example")
    work(sending)
    assert letters()["bo@post.example"].state == LetterState.SENT
    assert letters()["aya@post.example"].state == LetterState.WAITING


def test_a_letter_that_was_taken_is_not_sent_twice_because_the_goodbye_fails(
    sending: WorkerParts, server: MailServer
) -> None:
    server.answers = {"QUIT": DROP}
    post("aya@post.example")
    work(sending)
    assert states() == {LetterState.SENT}
    assert len(server.received) == 1


@pytest.mark.parametrize("answer", ["454 4.7.0 TLS not available", "220 but it speaks no TLS"])
def test_a_server_that_does_not_encrypt_holds_all(
    app: Flask, server: MailServer, answer: str
) -> None:
    mail = Mail()
    mail.state = mail.init_mail({**app.config, "MAIL_PORT": server.port, "MAIL_USE_TLS": True})
    server.answers = {"EHLO": "250-mail.example\r\n250 STARTTLS", "STARTTLS": answer}
    post("aya@post.example")
    work(replace(parts_of(app), office=Smtp(mail, SENDER, seconds=5)))
    assert [notice.cause for notice in standing()] == [Cause.ENCRYPTION]


def test_a_sender_with_a_comma_keeps_its_name_and_address(
    sending: WorkerParts, server: MailServer
) -> None:
    post("aya@post.example")
    work(sending)
    assert b'From: "Kommunen, Integration" <torvet@by.example>\r\n' in server.received[0]
    assert quoted_sender(SENDER) == '"Kommunen, Integration" <torvet@by.example>'


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "sender",
    [
        "Torvet",
        "Torvet torvet@by.example",
        "Torvet <torvet>",
        "Torvet <torvet@by.example",
        "a@by.example, b@by.example",
        "Torvet <a@by.example> <>",
        "Torvet <tørvet@by.example>",
        "Tor\nvet <torvet@by.example>",
    ],
)
def test_a_sender_that_does_not_read_back_stops_the_start(app: Flask, sender: str) -> None:
    settings = settings_for(app.config["DATA_DIR"], app.config["SQLALCHEMY_DATABASE_URI"])
    with pytest.raises(SettingsRefused, match="TORVET_MAIL_SENDER"):
        create_app(replace(settings, mail_sender=sender))
