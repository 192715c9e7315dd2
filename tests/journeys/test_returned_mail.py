"""The folder of returned mail on a real IMAP server, named by the settings as an operator does."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask

from app.core.outbox import LetterState
from app.returns import queries as returns
from app.returns.rules import MailOutcome
from app.returns.services.mailboxes import Imap, mailbox
from config import Settings, SettingsRefused
from tests import imap_server
from tests.imap_server import PASSWORD, USER, ImapServer
from tests.returns.mails.making import mail
from tests.returns.test_services import MINUTE, again, outcomes, read, read_by, sent

FOLDER = "Returpost fra breve"


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    """A server with a folder of that name, and a shorter one that a slip would open."""
    with imap_server.running() as server:
        server.make_folder("Returpost")
        server.make_folder(FOLDER)
        server.make_folder("Gr&APg-n &- r&APg-d")
        yield server


def box(port: int, folder: str = FOLDER, password: str = PASSWORD) -> str:
    """As an operator writes it into the settings."""
    account = f"{quote(USER, safe='')}:{quote(password, safe='')}"
    return f"imap://{account}@127.0.0.1:{port}/{quote(folder)}"


def test_notices_of_the_folder_are_read_once_and_stay_unread_for_people(
    app: Flask, server: ImapServer
) -> None:
    letter = sent(app)
    server.put("Returpost", mail("postfix_unknown", sent(app, "bo@post.example").message_id))
    server.put(FOLDER, mail("automatic_sieve", letter.message_id))
    server.put(FOLDER, mail("opensmtpd_vague", letter.message_id) + b"x" * 2_000_000)
    with read_by(app, box(server.port)):
        assert read() == 2
        assert read(2 * MINUTE) == 0
    assert again(letter.id).state == LetterState.BOUNCED
    assert outcomes() == [MailOutcome.OTHER, MailOutcome.BOUNCED]
    assert not [line for line in server.flags(FOLDER) if b"Seen" in line]


def test_folder_with_letters_beyond_ascii_is_found(app: Flask, server: ImapServer) -> None:
    letter = sent(app)
    server.put("Gr&APg-n &- r&APg-d", mail("exim_unknown", letter.message_id))
    with read_by(app, box(server.port, "Grøn & rød")):
        assert read() == 1
    assert again(letter.id).state == LetterState.BOUNCED


@pytest.mark.parametrize(
    ("folder", "password"), [("Findes ikke", PASSWORD), (FOLDER, "forkert")], ids=["folder", "word"]
)
def test_wrong_folder_or_password_is_told(
    app: Flask, server: ImapServer, folder: str, password: str
) -> None:
    with read_by(app, box(server.port, folder, password)):
        assert read() == 0
        fault = returns.box_fault()
    assert fault is not None
    assert fault.said
    assert password not in fault.said


def test_server_that_is_not_there_is_told(app: Flask) -> None:
    with read_by(app, box(1)):
        assert read() == 0
        fault = returns.box_fault()
    assert fault is not None
    assert fault.said == "Connection refused"


@pytest.mark.parametrize(
    "url",
    [
        "pop3://user:word@host/INBOX",
        "imaps://host/INBOX",
        "imaps://user@host/INBOX",
        "imap:///INBOX",
        "/var/mail",
        "maildir://var/mail",
    ],
)
def test_settings_that_name_no_mailbox_are_refused(url: str) -> None:
    with pytest.raises(SettingsRefused, match="TORVET_RETURNS_URL"):
        Settings.from_environment({"TORVET_ENV": "development", "TORVET_RETURNS_URL": url})


def test_settings_that_name_one_are_taken() -> None:
    for url in ("imaps://a%40b.example:word@host/INBOX", "maildir:///var/mail/retur", ""):
        named = Settings.from_environment({"TORVET_ENV": "development", "TORVET_RETURNS_URL": url})
        assert named.returns_url == url


def test_settings_may_name_none_or_a_server_or_a_folder() -> None:
    assert mailbox("") is None
    by_name = mailbox("imaps://torvet%40city.example:a%2Fb@mail.city.example")
    assert by_name == Imap("mail.city.example", 993, True, "torvet@city.example", "a/b", "INBOX")
    assert by_name.name == "mail.city.example:993 INBOX"
    folder = mailbox("maildir:///var/mail/torvet%20retur")
    assert folder is not None
    assert folder.name == "/var/mail/torvet retur"
