"""Sending: a letter row made into a MIME message and handed to SMTP or to a folder."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from flask_mail import Connection, Mail, Message

from app.core.attachments import Attachment
from app.core.mime import mime_message, sender_address
from app.core.outbox import Letter

SOCKET_SECONDS = 20
PERMANENT = range(500, 600)


class RecipientRefused(Exception):
    """The receiving side will never take this letter (a 5xx answer to its address)."""


@dataclass(frozen=True)
class Parcel:
    """A letter with its attachments rendered."""

    letter: Letter
    attachments: list[Attachment]


class PostOffice(Protocol):
    """Where letters go."""

    def send(self, parcel: Parcel) -> None:
        """Hand the letter over; raises RecipientRefused, or OSError for "try later"."""


class Folder:
    """Letters as .eml files, for development and for checks."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def send(self, parcel: Parcel) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9_-]", "", parcel.letter.message_id)
        (self.folder / f"{name}.eml").write_bytes(_content(parcel, self.sender))


class Smtp:
    """Letters by Flask-Mail to any SMTP server."""

    def __init__(self, mail: Mail, sender: str, seconds: float = SOCKET_SECONDS) -> None:
        self.mail = mail
        self.sender = sender
        self.seconds = seconds

    def send(self, parcel: Parcel) -> None:
        try:
            with _Conversation(self.mail, self.seconds) as connection:
                connection.send(_Ready(parcel, self.sender))
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise (RecipientRefused if code in PERMANENT else OSError)(str(code)) from refused
        except smtplib.SMTPResponseException as refused:
            kind = RecipientRefused if refused.smtp_code in PERMANENT else OSError
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


class _Ready(Message):
    """Flask-Mail's envelope around a letter that is finished."""

    def __init__(self, parcel: Parcel, sender: str) -> None:
        address = sender_address(sender).addr_spec
        super().__init__(recipients=[parcel.letter.email], sender=address)
        self.content = _content(parcel, sender)

    def as_bytes(self) -> bytes:
        return self.content


class _Conversation(Connection):
    """Flask-Mail's conversation, which by itself waits for the server without a limit."""

    def __init__(self, mail: Mail, seconds: float) -> None:
        super().__init__(mail)
        self.seconds = seconds

    def configure_host(self) -> smtplib.SMTP:
        server = smtplib.SMTP_SSL if self.mail.use_ssl else smtplib.SMTP
        host = server(self.mail.server, self.mail.port, timeout=self.seconds)
        if self.mail.use_tls:
            host.starttls()
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host


def _content(parcel: Parcel, sender: str) -> bytes:
    return mime_message(parcel.letter, parcel.attachments, sender).as_bytes()
