"""The mailbox that notices about our letters come to: a Maildir, or a folder on an IMAP server.

It is only read: nothing is moved, flagged or deleted, for people may read it as well.
"""

from __future__ import annotations

import imaplib
import re
import ssl
import stat
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from app.returns.rules import MOST_BYTES

SECONDS = 20
LOOPBACK = ("localhost", "127.0.0.1", "::1")
# By themselves they would be written in the server's language.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LETTER = re.compile(rb"\d+")


class MailboxFault(Exception):
    """The mailbox cannot be read; the words are the server's or the system's."""


class OpenMailbox(Protocol):
    """A mailbox while it is read."""

    def keys(self, since: datetime) -> Sequence[str]:
        """The mails that arrived since, each by a name that stays its own."""

    def content(self, key: str) -> bytes | None:
        """As much of a mail as is ever looked at; None where it is gone."""


class Mailbox(Protocol):
    """Where the notices lie."""

    @property
    def name(self) -> str:
        """What people know it by; no password in it."""

    def opened(self) -> AbstractContextManager[OpenMailbox]:
        """The mailbox, opened for reading; raises MailboxFault."""


@dataclass(frozen=True)
class Maildir:
    """A folder with `new` and `cur`, as mail servers and fetchers write it."""

    folder: Path

    @property
    def name(self) -> str:
        return str(self.folder)

    def opened(self) -> AbstractContextManager[OpenMailbox]:
        return nullcontext(self)

    def keys(self, since: datetime) -> Sequence[str]:
        try:
            return sorted({_own_name(file) for file in self._files() if _is_mail(file, since)})
        except OSError as error:
            raise MailboxFault(error.strerror or "") from error

    def content(self, key: str) -> bytes | None:
        try:
            return self._first_of(key)
        except OSError as error:
            raise MailboxFault(error.strerror or "") from error

    def _first_of(self, key: str) -> bytes | None:
        # A mail program may move it from `new` to `cur` meanwhile, and write flags after its name.
        for file in self._files():
            if _own_name(file) == key:
                with suppress(FileNotFoundError), file.open("rb") as mail:
                    return mail.read(MOST_BYTES)
        return None

    def _files(self) -> list[Path]:
        return [file for part in ("new", "cur") for file in (self.folder / part).iterdir()]


@dataclass(frozen=True)
class Imap:
    """One folder on an IMAP server; what is read there stays unread for people."""

    host: str
    port: int
    encrypted: bool
    user: str
    password: str
    folder: str
    seconds: float = SECONDS

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port} {self.folder}"

    @contextmanager
    def opened(self) -> Iterator[OpenMailbox]:
        with _faults_told():
            server = self._connected()
        try:
            with _faults_told():
                self._sign_in(server)
                folder = _ImapFolder(server, self._chosen(server))
            yield folder
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                server.logout()

    def _connected(self) -> imaplib.IMAP4:
        context = ssl.create_default_context()
        if self.encrypted:
            return imaplib.IMAP4_SSL(
                self.host, self.port, ssl_context=context, timeout=self.seconds
            )
        server = imaplib.IMAP4(self.host, self.port, timeout=self.seconds)
        if self.host not in LOOPBACK:
            server.starttls(context)
        return server

    def _sign_in(self, server: imaplib.IMAP4) -> None:
        if "AUTH=PLAIN" in server.capabilities:
            # The command LOGIN takes no letters beyond ASCII.
            secret = f"\0{self.user}\0{self.password}".encode()
            server.authenticate("PLAIN", lambda _: secret)
        else:
            server.login(self.user, self.password)

    def _chosen(self, server: imaplib.IMAP4) -> str:
        """The folder, opened for reading alone; what its numbers are good for."""
        # Without the quotes another folder would be opened, and OK be answered.
        escaped = _in_utf7(self.folder).replace("\\", "\\\\").replace('"', '\\"')
        answer, said = server.select(f'"{escaped}"', readonly=True)
        if answer != "OK":
            raise MailboxFault(_words(said))
        _, validity = server.response("UIDVALIDITY")
        return _words(validity)


@dataclass(frozen=True)
class _ImapFolder:
    server: imaplib.IMAP4
    validity: str

    def keys(self, since: datetime) -> Sequence[str]:
        day = f"{since.day}-{MONTHS[since.month - 1]}-{since.year}"
        with _faults_told():
            answer, found = self.server.uid("SEARCH", "SINCE", day)
        if answer != "OK":
            raise MailboxFault(_words(found))
        numbers = _LETTER.findall(found[0] or b"")
        return [f"{self.validity}:{number.decode()}" for number in numbers]

    def content(self, key: str) -> bytes | None:
        number = key.partition(":")[2]
        wanted = f"(BODY.PEEK[]<0.{MOST_BYTES}>)"
        with _faults_told():
            answer, found = self.server.uid("FETCH", number, wanted)
        if answer != "OK":
            raise MailboxFault(_words(found))
        return next((part[1] for part in found if isinstance(part, tuple)), None)


def mailbox(url: str) -> Mailbox | None:
    """The mailbox that the settings name; None where they name none."""
    parts = urlsplit(url)
    if not url:
        return None
    if parts.scheme == "maildir":
        return Maildir(Path(unquote(parts.path)))
    encrypted = parts.scheme == "imaps"
    return Imap(
        parts.hostname or "",
        parts.port or (993 if encrypted else 143),
        encrypted,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        unquote(parts.path.strip("/")) or "INBOX",
    )


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        raise MailboxFault(_said(error)) from error


def _is_mail(file: Path, since: datetime) -> bool:
    try:
        about = file.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(about.st_mode) and about.st_mtime >= since.timestamp()


def _own_name(file: Path) -> str:
    return file.name.partition(":")[0]


def _in_utf7(name: str) -> str:
    """The folder's name as IMAP writes letters beyond ASCII (RFC 3501, 5.1.3)."""

    def encoded(run: re.Match[str]) -> str:
        if run[0] == "&":
            return "&-"
        return "&" + run[0].encode("utf-7").decode()[1:].rstrip("-").replace("/", ",") + "-"

    return re.sub(r"&|[^\x20-\x7e]+", encoded, name)


def _words(said: Sequence[object]) -> str:
    parts = [part.decode("utf-8", "replace") for part in said if isinstance(part, bytes)]
    return " ".join(parts)[:200]


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    words = error.args[0] if error.args else ""
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
