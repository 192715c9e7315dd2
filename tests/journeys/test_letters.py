"""Letters as a real SMTP server receives them: sent, put off, refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from aiosmtpd.controller import Controller
from flask import Flask
from icalendar import Calendar
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from app import create_app
from app.core import clock
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.post.worker import parts_of, work_once
from app.workshops.services import enrolling
from app.workshops.services.drafting import Wish
from tests.application import settings_for
from tests.running import free_port
from tests.workshops import making

LATER = timedelta(minutes=5)


class Mailboxes:
    """The receiving side: keeps what comes, or answers what it is told to."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answer_to_email = "250 OK"
        self.answer_to_letter = "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.answer_to_email.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_email

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer_to_letter.startswith("2"):
            parsed = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.received.append(parsed)
        return self.answer_to_letter


@pytest.fixture
def emails() -> Mailboxes:
    return Mailboxes()


@pytest.fixture
def sending(app: Flask, emails: Mailboxes) -> Iterator[Flask]:
    """The application on the same database, with a worker that sends over SMTP."""
    port = free_port()
    with _listening(emails, port):
        address = app.config["SQLALCHEMY_DATABASE_URI"]
        sender = create_app(
            settings_for(app.config["DATA_DIR"], address, mail_url=f"smtp://127.0.0.1:{port}")
        )
        with sender.app_context():
            yield sender
            db.session.remove()
            db.engine.dispose()


@contextmanager
def _listening(emails: Mailboxes, port: int) -> Iterator[None]:
    controller = Controller(emails, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def enrolled_letter() -> Letter:
    """Somebody has just enrolled; the ticket letter waits."""
    making.workshop()
    with unit_of_work():
        enrolling.enrol(making.SLUG, Wish(name="Çelik Øster", mail="celik@post.example"))
    return only_letter()


def only_letter() -> Letter:
    """The one letter there is, as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Letter)).one()


def part(message: EmailMessage, kind: str) -> bytes:
    """The content of the message's part of this type."""
    found = next(one for one in message.walk() if one.get_content_type() == kind)
    content = found.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def test_a_ticket_arrives_with_picture_paper_and_calendar(
    sending: Flask, emails: Mailboxes
) -> None:
    letter = enrolled_letter()
    assert work_once(parts_of(sending))
    [message] = emails.received
    assert message["To"] == letter.email
    assert message["Message-ID"] == letter.message_id
    assert message["Subject"] == letter.subject
    assert message["Content-Language"] == "da"
    [code] = zxingcpp.read_barcodes(Image.open(BytesIO(part(message, "image/png"))))
    assert "/T/" in code.text
    paper = PdfReader(BytesIO(part(message, "application/pdf"))).pages[0].extract_text()
    assert "Çelik Øster" in paper
    [event] = Calendar.from_ical(part(message, "text/calendar").decode()).walk("VEVENT")
    assert "Forældredialog" in str(event["SUMMARY"])


def test_a_letter_put_off_by_the_server_goes_out_later_under_the_same_message_id(
    sending: Flask, emails: Mailboxes
) -> None:
    letter = enrolled_letter()
    emails.answer_to_letter = "451 Try again later"
    work_once(parts_of(sending))
    assert only_letter().state == LetterState.WAITING
    emails.answer_to_letter = "250 OK"
    with at(clock.now() + LATER):
        work_once(parts_of(sending))
    assert [one["Message-ID"] for one in emails.received] == [letter.message_id]
    assert only_letter().state == LetterState.SENT


def test_a_mailbox_that_does_not_exist_bounces_the_letter(
    sending: Flask, emails: Mailboxes
) -> None:
    enrolled_letter()
    emails.answer_to_email = "550 5.1.1 No such user"
    work_once(parts_of(sending))
    assert only_letter().state == LetterState.BOUNCED
    assert not emails.received


def test_a_letter_is_sent_once_however_often_the_worker_looks(
    sending: Flask, emails: Mailboxes
) -> None:
    enrolled_letter()
    for _ in range(3):
        work_once(parts_of(sending))
    assert len(emails.received) == 1


def test_a_long_mailing_leaves_room_for_other_work(sending: Flask, emails: Mailboxes) -> None:
    making.workshop()
    for number in range(3):
        making.enrolled(number)
    for sent in (2, 3, 3):
        work_once(parts_of(sending), most_letters=2)
        assert len(emails.received) == sent
