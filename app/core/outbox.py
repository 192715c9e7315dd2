"""Letters are rows, written in the transaction of what they tell; the worker sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import Index, String, Text, select, update
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, markup, personal
from app.core.database import Id, Json, Model, Moment, db, enum_column
from app.core.language_choice import direction
from app.core.languages import DEFAULT
from app.core.letter_look import dressed
from app.core.mail_replies import SmtpStage
from app.core.new_rows import NewRow
from app.core.refusals import NotFound
from app.core.texts import _
from app.core.tokens import new_token
from app.core.unit_of_work import unit_of_work

# What a header must never hold: it would begin another header.
LINE_BREAKS = frozenset("\r\n\x00")
TEXT_KEPT = timedelta(days=30)
# How a letter's last lines begin.
SIGNATURE = "\n-- \nTorvet\n"


class LetterState(StrEnum):
    """Where a letter stands. `bounced`: the address refused it; `dead`: we gave up."""

    WAITING = "waiting"
    SENT = "sent"
    BOUNCED = "bounced"
    DEAD = "dead"
    CALLED_BACK = "called_back"


class Letter(Model):
    """One letter with its finished text and the names of what is attached when it is sent."""

    __tablename__ = "letters"
    __table_args__ = (
        Index("ix_letters_state_due", "state", "due_at"),
        # Without a condition each letter would be written into it twice.
        Index(
            "ix_letters_accepted_at",
            "accepted_at",
            postgresql_where=sql("accepted_at IS NOT NULL"),
            sqlite_where=sql("accepted_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), index=True, info=personal.LETTERS)
    # A person's number; no foreign key, for people stand above core.
    person_id: Mapped[int | None] = mapped_column(Id, index=True)
    language: Mapped[str] = mapped_column(String(8), info=personal.LETTERS)
    subject: Mapped[str] = mapped_column(String(300), info=personal.LETTERS)
    text: Mapped[str] = mapped_column(Text, info=personal.LETTERS)
    # The words in light markdown, from which the page is made when the letter is sent.
    source: Mapped[str] = mapped_column(Text, info=personal.LETTERS)
    attachments: Mapped[list[str]] = mapped_column(Json, default=list, info=personal.LETTERS)
    state: Mapped[LetterState] = mapped_column(
        enum_column(LetterState, 12), default=LetterState.WAITING
    )
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    # Since when this letter by itself is refused or cannot be made, and what was answered last.
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    failed_stage: Mapped[SmtpStage | None] = mapped_column(enum_column(SmtpStage, 12))
    failed_code: Mapped[int | None]
    last_error: Mapped[str | None] = mapped_column(String(200), info=personal.LETTERS)
    # By which server and for which sender its recipient was taken, whatever followed.
    accepted_by: Mapped[str | None] = mapped_column(String(400))
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    # When somebody had it sent again after it was lost.
    sent_again_at: Mapped[datetime | None] = mapped_column(Moment)


NEW_LETTER = NewRow(Letter)


class UnsafeHeader(ValueError):
    """A line break in an address or a subject."""


def post(
    kind: str,
    to: str,
    language: str = DEFAULT,
    *,
    attachments: tuple[str, ...] = (),
    person_id: int | None = None,
    due_at: datetime | None = None,
    **context: object,
) -> Letter:
    """Write a letter from templates/emails/<kind>.txt into the outbox and return its row.

    `attachments` are names such as "ticket:17", rendered by the worker when it sends.
    A name that begins with "inline-" is shown within the letter under that name as Content-ID.
    """
    letter = Letter(**_written(kind, to, language, context))
    letter.attachments, letter.person_id = list(attachments), person_id
    letter.due_at = due_at or letter.created_at
    db.session.add(letter)
    return letter


def post_at_once(
    kind: str,
    to: str,
    language: str,
    *,
    attachments: tuple[str, ...] = (),
    person_id: int | None = None,
    **context: object,
) -> int:
    """`post` for one letter that is not looked at again: its number. The session, which writes
    many in one statement, takes longer for one."""
    columns = columns_of(
        kind, to, language, attachments=attachments, person_id=person_id, **context
    )
    number: int = NEW_LETTER.write(**columns)
    return number


def columns_of(
    kind: str,
    to: str,
    language: str,
    *,
    attachments: tuple[str, ...] = (),
    person_id: int | None = None,
    **context: object,
) -> dict[str, object]:
    """The values of a letter's row, for a statement of one's own."""
    columns = _written(kind, to, language, context)
    due_at = columns["created_at"]
    return {**columns, "attachments": list(attachments), "person_id": person_id, "due_at": due_at}


def _written(kind: str, to: str, language: str, context: Mapping[str, object]) -> dict[str, Any]:
    subject, text, source = rendered(kind, language, context)
    if LINE_BREAKS & set(to + subject):
        raise UnsafeHeader(kind)
    return {
        "message_id": f"<{new_token()}@{current_app.config['MAIL_DOMAIN']}>",
        "kind": kind,
        "email": to,
        "language": language,
        "subject": subject,
        "text": text,
        "source": source,
        "state": LetterState.WAITING,
        "created_at": clock.now(),
    }


def reword(letter: Letter, kind: str, attachments: tuple[str, ...] = (), **context: object) -> None:
    """Make another letter of one that nobody has seen yet, to the same address."""
    letter.subject, letter.text, letter.source = rendered(kind, letter.language, context)
    letter.kind, letter.attachments = kind, list(attachments)


def rendered(kind: str, language: str, context: Mapping[str, object]) -> tuple[str, str, str]:
    """(subject, plain text, the words in light markdown) of a letter in one language."""
    template = current_app.jinja_env.get_template(f"emails/{kind}.txt")
    with force_locale(language):
        page = template.new_context(vars={**context})
        subject = _fitting(" ".join("".join(template.blocks["subject"](page)).split()))
        body = "".join(template.blocks["body"](page)).strip() + "\n"
    return subject, markup.letter_text(body, direction(language)), body


def greeting(name: str) -> str:
    """How a letter begins, by name where one is known."""
    return _("Hello %(name)s,", name=markup.escaped(name)) if name.strip() else _("Hello,")


def _fitting(subject: str) -> str:
    """As much of a subject as its column holds: a letter must not fail for a long title."""
    longest = Letter.subject.type.length or 0
    return subject if len(subject) <= longest else f"{subject[: longest - 1]}…"


def signed(letter: Letter) -> str:
    """The letter's plain words with who writes it and how they are reached when it is sent: what
    is read tomorrow must not name a phone that was given up today."""
    if SIGNATURE in letter.text:
        # From a time when the words were kept with their signature.
        return letter.text
    layout = current_app.jinja_env.get_template("emails/layout.txt")
    reads = direction(letter.language)
    with force_locale(letter.language):
        return layout.render(content=letter.text, direction=reads)


def page_of(letter: Letter) -> str:
    """The letter as an HTML page: made when it is sent, for enrolling must not wait for it."""
    layout = current_app.jinja_env.get_template("emails/layout.html")
    with force_locale(letter.language):
        return layout.render(
            subject=letter.subject,
            content=dressed(markup.letter_html(letter.source)),
            language=letter.language,
            direction=direction(letter.language),
        )


def call_back(letter_ids: list[int]) -> int:
    """Take letters back that have not left yet; the number that could be."""
    waiting = update(Letter).where(
        Letter.id.in_(letter_ids),
        Letter.state == LetterState.WAITING,
        Letter.leased_until.is_(None),
    )
    return int(db.session.execute(waiting.values(state=LetterState.CALLED_BACK)).rowcount)  # type: ignore[attr-defined]


def waits_until(letter_ids: Sequence[int]) -> datetime | None:
    """When the first of these letters leaves; None where one of them has left, or none is."""
    waiting = select(Letter.due_at).where(
        Letter.id.in_(letter_ids),
        Letter.state == LetterState.WAITING,
        Letter.leased_until.is_(None),
    )
    moments = db.session.scalars(waiting).all()
    return min(moments) if moments and len(moments) == len(letter_ids) else None


def mark_past_sent(before: datetime) -> int:
    """Store letters of a past that is only told (the demo year) as sent at their own moment."""
    past = update(Letter).where(Letter.state == LetterState.WAITING, Letter.due_at < before)
    return int(
        db.session.execute(past.values(state=LetterState.SENT, sent_at=Letter.due_at)).rowcount  # type: ignore[attr-defined]
    )


def newest_letters(limit: int = 100) -> Sequence[Letter]:
    """The letters written last."""
    return db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(limit)).all()


def letter(letter_id: int) -> Letter:
    """One letter; raises NotFound."""
    letter = db.session.get(Letter, letter_id)
    if letter is None:
        raise NotFound
    return letter


def empty_old_letters(now: datetime) -> int:
    """A round: sent letters lose their text after thirty days."""
    old = (
        update(Letter)
        .where(Letter.sent_at < now - TEXT_KEPT, Letter.text != "")
        .values(text="", source="", subject="")
    )
    with unit_of_work():
        return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]
