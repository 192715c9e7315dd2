"""Sending: a letter row made into a MIME message and handed to SMTP or to a folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from flask_mail import Mail

from app.core.attachments import Attachment
from app.core.mail_replies import Reply, SmtpStage
from app.core.outbox import Letter
from app.post.mime import address_in_ascii, mime_message, reads_back, sender_address
from app.post.smtp import Conversation, MailRefused
from config import SettingsRefused

SOCKET_SECONDS = 20


@dataclass(frozen=True)
class Parcel:
    """A letter with its attachments rendered."""

    letter: Letter
    attachments: list[Attachment]


class PostOffice(Protocol):
    """Where letters go; `way` names server and sender, `server` the server alone."""

    way: str
    server: str

    def send(self, parcel: Parcel) -> None:
        """Hand the letter over; raises MailRefused with what was answered, and at which step."""


class Folder:
    """Letters as .eml files, for development and for checks."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender
        self.server = str(folder)
        self.way = f"{folder} {sender_address(sender).addr_spec}"

    def send(self, parcel: Parcel) -> None:
        name = re.sub(r"[^A-Za-z0-9_-]", "", parcel.letter.message_id)
        content = _content(parcel, self.sender)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{name}.eml").write_bytes(content)
        except OSError as error:
            raise MailRefused(Reply(SmtpStage.CONNECT, None, error.strerror or "")) from error


class Smtp:
    """Letters to any SMTP server, which Flask-Mail's settings name."""

    def __init__(self, mail: Mail, sender: str, seconds: float = SOCKET_SECONDS) -> None:
        self.mail = mail
        self.sender = sender
        self.seconds = seconds
        self.server = f"{mail.server}:{mail.port}"
        self.way = f"{self.server} {sender_address(sender).addr_spec}"

    def send(self, parcel: Parcel) -> None:
        # Built before the server is called: what fails here is the letter's own fault.
        content = _content(parcel, self.sender)
        sender = sender_address(self.sender).addr_spec
        with Conversation(self.mail, self.seconds) as conversation:
            conversation.hand_over(sender, address_in_ascii(parcel.letter.email), content)


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


def _content(parcel: Parcel, sender: str) -> bytes:
    return mime_message(parcel.letter, parcel.attachments, sender).as_bytes()


def check_addresses(sender: str, team: str | None) -> None:
    """SettingsRefused where the sender or the team's own address would not read back."""
    if team and (not reads_back(team) or sender_address(team).display_name):
        raise SettingsRefused(
            "TORVET_CONTACT_MAIL must be one address without a name, such as team@city.example. "
            f"This is read as something else: {team!r}"
        )
    if not reads_back(sender):
        raise SettingsRefused(
            "TORVET_MAIL_SENDER must be one address, with or without a name: "
            f"Torvet <torvet@city.example>. This is read as something else: {sender!r}"
        )
