"""Every setting of Torvet with its default; TORVET_* environment variables override."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from click import ClickException

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
# Published here, so that nobody needs a key to try Torvet; refused outside development.
DEVELOPMENT_SECRET = "only-for-development-never-for-production"  # noqa: S105 said to all
SHORTEST_SECRET = 32
FEWEST_DIFFERENT_CHARACTERS = 10


class SettingsRefused(ClickException):
    """A setting is missing or unsafe; the sentence says which and what to do.

    A command prints that sentence alone, and ends.
    """

    exit_code = 2


@dataclass(frozen=True)
class Settings:
    """What one installation is told from outside."""

    # "production" or "development"; development adds /dev/ and a secret key of its own.
    env: str = "production"
    # Database, backups' list of erasures and letters of development live here.
    data_dir: Path = field(default_factory=lambda: Path("instance").resolve())
    # Where the rows are; SQLite in the data folder unless told otherwise.
    database_url: str = ""
    # Signs cookies and stamps, and wraps the events' private keys. At least 32 characters.
    secret_key: str = ""
    # The address people reach Torvet at. Links in letters are made from it, never from a request.
    base_url: str = "http://127.0.0.1:8000"
    # smtp://user:password@host:port or file:///folder (one .eml per letter).
    mail_url: str = ""
    # The sender of every letter.
    mail_sender: str = "Torvet <torvet@localhost>"
    # Where notices about undelivered letters arrive, to be read by the worker:
    # imaps://user:password@host/Folder, imap:// with STARTTLS, maildir:///folder; empty for none.
    returns_url: str = ""
    # How people reach the team, until somebody has saved the desk's page of it: in letters and on
    # pages. Letters are answered to that address.
    contact_mail: str = ""
    contact_phone: str = ""
    # How many proxies in front may be believed about the client's address.
    trusted_proxies: int = 0
    # Connections kept open to PostgreSQL per server process.
    pool_size: int = 8

    @classmethod
    def from_environment(cls, environ: dict[str, str] | None = None) -> Settings:
        """The settings as the environment gives them, checked; raises SettingsRefused."""
        given = dict(os.environ if environ is None else environ)
        data_dir = Path(given.get("TORVET_DATA_DIR") or "instance").resolve()
        env = given.get("TORVET_ENV") or "production"
        settings = cls(
            env=env,
            data_dir=data_dir,
            database_url=given.get("TORVET_DATABASE_URL") or f"sqlite:///{data_dir / 'torvet.db'}",
            secret_key=given.get("TORVET_SECRET_KEY") or _development_secret(env),
            base_url=(given.get("TORVET_BASE_URL") or "http://127.0.0.1:8000").rstrip("/"),
            mail_url=given.get("TORVET_MAIL_URL") or f"file://{data_dir / 'letters'}",
            mail_sender=given.get("TORVET_MAIL_SENDER") or cls.mail_sender,
            returns_url=(given.get("TORVET_RETURNS_URL") or "").strip(),
            contact_mail=(given.get("TORVET_CONTACT_MAIL") or "").strip(),
            contact_phone=(given.get("TORVET_CONTACT_PHONE") or "").strip(),
            trusted_proxies=_whole_number(given, "TORVET_TRUSTED_PROXIES", 0),
            pool_size=_whole_number(given, "TORVET_POOL_SIZE", 8),
        )
        settings.check()
        return settings

    @property
    def development(self) -> bool:
        return self.env == "development"

    @property
    def over_loopback(self) -> bool:
        """Plain http to this very machine: the one case without Secure cookies and HSTS."""
        parts = urlsplit(self.base_url)
        return parts.scheme == "http" and parts.hostname in LOOPBACK_HOSTS

    @property
    def sqlalchemy_url(self) -> str:
        """The database address with the driver we use named in it."""
        url = self.database_url
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        return url

    def check(self) -> None:
        """Refuse a start that would be unsafe."""
        if self.env not in {"production", "development"}:
            raise SettingsRefused("TORVET_ENV must be production or development.")
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SettingsRefused(
                "TORVET_BASE_URL must be an address such as https://torvet.example."
            )
        if parts.path or parts.query or parts.fragment:
            raise SettingsRefused("TORVET_BASE_URL must have no path: https://torvet.example.")
        if self.env == "production" and parts.scheme != "https" and not self.over_loopback:
            raise SettingsRefused("TORVET_BASE_URL must be https outside development.")
        if not self._key_is_safe():
            raise SettingsRefused(
                "TORVET_SECRET_KEY must be set to at least 32 random characters, for instance "
                "by: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        if not self.mail_url.startswith(("smtp://", "smtps://", "file://")):
            raise SettingsRefused("TORVET_MAIL_URL must be smtp://host:port or file:///folder.")
        if not self._returns_are_named():
            raise SettingsRefused(
                "TORVET_RETURNS_URL must be imaps://user:password@host/Folder, imap://… or "
                "maildir:///folder, with %40 for an @ in the user name."
            )

    def _returns_are_named(self) -> bool:
        parts = urlsplit(self.returns_url)
        if parts.scheme == "maildir":
            return parts.path.startswith("/") and not parts.netloc
        whole = parts.hostname and parts.username and parts.password
        return not self.returns_url or bool(parts.scheme in {"imap", "imaps"} and whole)

    def _key_is_safe(self) -> bool:
        if self.secret_key == DEVELOPMENT_SECRET:
            return self.development
        varied = len(set(self.secret_key)) >= FEWEST_DIFFERENT_CHARACTERS
        return varied and len(self.secret_key) >= SHORTEST_SECRET


def _development_secret(env: str) -> str:
    return DEVELOPMENT_SECRET if env == "development" else ""


def _whole_number(given: dict[str, str], name: str, default: int) -> int:
    text = given.get(name) or str(default)
    if not text.isdecimal():
        raise SettingsRefused(f"{name} must be a whole number, not {text!r}.")
    return int(text)
