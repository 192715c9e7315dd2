"""One letter: to the eye in development, as a file and by SMTP it is the same to the byte."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask_mail import Mail
from hypothesis import given
from hypothesis import strategies as st

from app.core.attachments import Attachment
from app.core.outbox import Letter, newest_letters
from app.core.unit_of_work import unit_of_work
from app.people import emails as people_emails
from app.post import office as post_office
from app.post.mime import POLICY, mime_message, sender_address
from app.post.office import Folder, Parcel, Smtp
from tests.pages import InspectingClient
from tests.running import free_port

SENDER = "Københavns Kommune, integrationsteamet på Øster Fælled Torv <torvet@by.example>"
FILES = [
    Attachment("torvet.png", "image/png", bytes(range(256)), "inline-qr-17"),
    Attachment(
        "torvet-amina.ics",
        "text/calendar",
        "BEGIN:VCALENDAR\r\nSUMMARY:Øvelser\r\n".encode(),
        parameters={"charset": "utf-8", "method": "PUBLISH"},
    ),
]
WORDS = [
    *("Din", "plads", "på", "Forældredialog", "og", "børn", "i", "København", "bekræftet,", "den"),
    *("3.", "maj", "kl.", "19", "–", "velkommen!", "ændret:", "øvelser", "شكر", "بكم"),
]


def letter(subject: str = "Din plads på Forældredialog", to: str = "aya@post.example") -> Letter:
    return Letter(
        message_id="<Zk_3-x9@by.example>",
        email=to,
        language="da",
        subject=subject,
        text="Kære Åse\n.\n.. en linje med punktum\nFrom dig til mig\n" + "lang linje æøå " * 90,
        source="Kære **Åse**\n\nشكر\n",
        created_at=datetime(2026, 5, 3, 17, 30, tzinfo=UTC),
    )


def read_back(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def words_of(message: EmailMessage, kind: str) -> str:
    """The message's plain or HTML words, with line ends as they are in Python."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def line_of(content: bytes, name: str) -> str:
    """A header read by other means than those of the modern parser, which has slips of its own."""
    raw = message_from_bytes(content, policy=policy.compat32)[name]
    return str(make_header(decode_header(raw)))


class Receiver:
    """A server that keeps the sender, the recipients and the bytes of each letter."""

    def __init__(self) -> None:
        self.received: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.received.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 OK"


@contextmanager
def receiving() -> Iterator[tuple[Receiver, str]]:
    receiver, port = Receiver(), free_port()
    controller = Controller(receiver, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield receiver, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def mail_to(app: Flask, url: str) -> Mail:
    """Flask-Mail told to speak to that server, whatever the application itself is told."""
    config = {**app.config, **post_office.mail_settings(url), "MAIL_SUPPRESS_SEND": False}
    mail = Mail()
    mail.state = mail.init_mail(config)
    return mail


@pytest.mark.only_on("sqlite")
def test_a_letter_is_the_same_in_a_file_and_over_smtp(app: Flask, tmp_path: Path) -> None:
    parcel = Parcel(letter(), FILES)
    with app.app_context(), receiving() as (receiver, url):
        Folder(tmp_path, SENDER).send(parcel)
        Smtp(mail_to(app, url), SENDER).send(parcel)
    [path] = tmp_path.iterdir()
    assert receiver.received == [
        ("torvet@by.example", ["aya@post.example"], path.read_bytes()),
    ]


def test_a_letter_built_again_is_the_same_to_the_byte(app: Flask) -> None:
    first, second = (mime_message(letter(), FILES, SENDER).as_bytes() for _ in range(2))
    assert first == second


def test_a_letter_reads_back_as_it_was_written(app: Flask) -> None:
    content = mime_message(letter(), FILES, SENDER).as_bytes()
    message = read_back(content)
    assert words_of(message, "plain").startswith(letter().text)
    assert "شكر" in words_of(message, "html")
    assert message["Message-ID"] == letter().message_id
    assert message["Date"].datetime == letter().created_at
    assert message["Content-Language"] == "da"
    assert message["Auto-Submitted"] == "auto-generated"
    assert line_of(content, "From") == SENDER
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
        "text/calendar",
    ]
    picture, calendar = message.iter_attachments()
    assert (picture["Content-ID"], picture.get_content()) == ("<inline-qr-17>", FILES[0].content)
    assert (calendar.get_filename(), calendar.get_payload(decode=True)) == (
        "torvet-amina.ics",
        FILES[1].content,
    )
    parameters = dict(calendar["Content-Type"].params)
    assert (parameters["charset"], parameters["method"]) == ("utf-8", "PUBLISH")
    assert max(map(len, content.split(b"\r\n"))) <= 78 and content.isascii()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join))
def test_no_blank_is_lost_in_a_folded_line(words: str) -> None:
    message = EmailMessage(policy=POLICY)
    message["Subject"] = words
    message["From"] = sender_address(f"{words} <torvet@by.example>")
    content = message.as_bytes()
    assert read_back(content)["Subject"] == line_of(content, "Subject") == words
    assert line_of(content, "From").replace('"', "") == f"{words} <torvet@by.example>"


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("torvet@by.example", "", "torvet@by.example"),
        ("<torvet@by.example>", "", "torvet@by.example"),
        ("Torvet <torvet@localhost>", "Torvet", "torvet@localhost"),
        ("Torvet, the city <torvet@by.example>", "Torvet, the city", "torvet@by.example"),
        ('"Torvet, the city" <torvet@by.example>', "Torvet, the city", "torvet@by.example"),
    ],
)
def test_a_sender_keeps_its_address_whatever_its_name_holds(
    written: str, name: str, address: str
) -> None:
    found = sender_address(written)
    assert (found.display_name, found.addr_spec) == (name, address)


@pytest.mark.only_on("sqlite")
def test_a_recipient_at_a_danish_domain_is_written_to_in_ascii(app: Flask) -> None:
    with app.app_context(), receiving() as (receiver, url):
        Smtp(mail_to(app, url), SENDER).send(Parcel(letter(to="aya@øst.example"), []))
    [(_, recipients, content)] = receiver.received
    assert recipients == ["aya@xn--st-kka.example"]
    assert read_back(content)["To"] == "aya@xn--st-kka.example"


@pytest.mark.only_on("sqlite")
def test_a_server_that_says_nothing_is_waited_for_a_while_only(app: Flask) -> None:
    with app.app_context(), socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(OSError, match="timed out"):
            Smtp(mail_to(app, url), SENDER, seconds=0.2).send(Parcel(letter(), []))
    assert socket.getdefaulttimeout() is None


def test_what_is_shown_in_development_is_what_leaves(app: Flask, client: InspectingClient) -> None:
    with unit_of_work():
        people_emails.sign_in_link("aya@post.example", "a" * 22, "123456", "da")
    row = newest_letters()[0]
    left = read_back(mime_message(row, FILES, SENDER).as_bytes())
    page = client.page(f"/dev/outbox/{row.id}")
    assert "".join(page.one("pre").itertext()) == words_of(left, "plain")
    assert page.heading == left["Subject"]
