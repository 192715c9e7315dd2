"""Sending: a letter row made into a MIME message and handed to SMTP or to a folder."""

from __future__ import annotations

import re
import smtplib
import socket
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from flask_mail import Mail, Message

from app.core.attachments import Attachment
from app.core.outbox import Letter, page_of

SOCKET_SECONDS = 20
PERMANENT = range(500, 600)


class MailboxRefused(Exception):
    """The receiving side will never take this letter (a 5xx answer to its address)."""


@dataclass(frozen=True)
class Parcel:
    """A letter with its attachments rendered."""

    letter: Letter
    attachments: list[Attachment]


class PostOffice(Protocol):
    """Where letters go."""

    def send(self, parcel: Parcel) -> None:
        """Hand the letter over; raises MailboxRefused, or OSError for "try later"."""


class Folder:
    """Letters as .eml files, for development and for checks."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def send(self, parcel: Parcel) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9_-]", "", parcel.letter.message_id)
        (self.folder / f"{name}.eml").write_bytes(_eml(parcel, self.sender))


class Smtp:
    """Letters by Flask-Mail to any SMTP server."""

    def __init__(self, mail: Mail, sender: str) -> None:
        self.mail = mail
        self.sender = sender

    def send(self, parcel: Parcel) -> None:
        # Flask-Mail offers no timeout of its own; the worker is the only one who sends.
        socket.setdefaulttimeout(SOCKET_SECONDS)
        try:
            with self.mail.connect() as connection:
                connection.send(_message(parcel, self.sender))
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise (MailboxRefused if code in PERMANENT else OSError)(str(code)) from refused
        except smtplib.SMTPResponseException as refused:
            kind = MailboxRefused if refused.smtp_code in PERMANENT else OSError
            raise kind(str(refused.smtp_code)) from refused


def mail_settings(url: str) -> dict[str, object]:
    """smtp://user:password@host:port as Flask-Mail's settings."""
    parts = urlsplit(url)
    return {
        "MAIL_SERVER": parts.hostname or "localhost",
        "MAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "MAIL_USERNAME": unquote(parts.username) if parts.username else None,
        "MAIL_PASSWORD": unquote(parts.password) if parts.password else None,
        "MAIL_USE_SSL": parts.scheme == "smtps",
        "MAIL_USE_TLS": parts.scheme == "smtp" and parts.port == 587,
    }


def post_office(url: str, mail: Mail, sender: str) -> PostOffice:
    """The place the settings' mail URL names."""
    if url.startswith("file://"):
        return Folder(Path(unquote(urlsplit(url).path)), sender)
    return Smtp(mail, sender)


def _message(parcel: Parcel, sender: str) -> Message:
    letter = parcel.letter
    message = Message(
        subject=letter.subject,
        recipients=[letter.mailbox],
        body=letter.text,
        html=page_of(letter),
        sender=sender,
        extra_headers=_headers(letter),
    )
    message.msgId = letter.message_id
    message.date = letter.created_at.timestamp()
    for one in parcel.attachments:
        message.attach(
            one.filename,
            one.mimetype,
            one.content,
            "inline" if one.content_id else "attachment",
            {"Content-ID": f"<{one.content_id}>"} if one.content_id else None,
        )
    return message


def _headers(letter: Letter) -> dict[str, str]:
    return {
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _eml(parcel: Parcel, sender: str) -> bytes:
    letter = parcel.letter
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["From"] = sender
    message["To"] = letter.mailbox
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = letter.message_id
    message.set_content(letter.text)
    message.add_alternative(page_of(letter), subtype="html")
    for one in parcel.attachments:
        main, _, sub = one.mimetype.partition("/")
        message.add_attachment(
            one.content,
            maintype=main,
            subtype=sub,
            filename=one.filename,
            disposition="inline" if one.content_id else "attachment",
            cid=f"<{one.content_id}>" if one.content_id else None,
        )
    # Last: whatever begins with Content- would be moved into the first part.
    for name, value in _headers(letter).items():
        message[name] = value
    return message.as_bytes()
