"""Letters that did not arrive: which, why, and sending them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, union_all, update

from app.core import audit, clock, mail_replies
from app.core.audit_verbs import AuditVerb
from app.core.database import db
from app.core.mail_replies import Cause, Reply
from app.core.outbox import Letter, LetterState
from app.post import mail_faults
from app.post.mail_faults import MailFault

LOST = (LetterState.DEAD, LetterState.BOUNCED)
SUBJECT = "letter"


class LetterVerb(AuditVerb):
    """What the audit trail says was done to a letter."""

    SENT_AGAIN = "sent_again"


@dataclass(frozen=True, slots=True)
class Notice:
    """What the mail server refuses, since when, and how many letters wait for that reason."""

    reply: Reply
    since: datetime
    letters: int
    # The server that takes no letter at all; empty where it refuses some only.
    server: str = ""

    @property
    def cause(self) -> Cause:
        return mail_replies.cause(self.reply)


def notices() -> list[Notice]:
    """What the mail server refuses at present, in one statement; what holds all comes first.

    One for each cause, step and code: the words differ from letter to letter.
    """
    now = clock.now()
    merged: dict[tuple[object, ...], Notice] = {}
    for server, stage, code, said, since, number in _refusals():
        reply = Reply(stage, code, said or "")
        if not server and not mail_replies.is_news(reply, now - since):
            continue
        key = (server, stage, code, reply.status, mail_replies.cause(reply))
        before = merged.get(key, Notice(reply, since, 0, server))
        since = min(before.since, since)
        merged[key] = replace(before, since=since, letters=before.letters + number)
    return sorted(merged.values(), key=lambda notice: (not notice.server, -notice.letters))


def counts() -> dict[LetterState, int]:
    """How many letters came back, and how many were given up."""
    statement = select(Letter.state, func.count()).where(Letter.state.in_(LOST))
    rows = db.session.execute(statement.group_by(Letter.state))
    return {LetterState(state): number for state, number in rows}


def send_again(letter_id: int) -> int:
    """Let one lost letter leave once more; 0 where somebody else has just done so."""
    return _send_again(Letter.state.in_(LOST), Letter.id == letter_id)


def send_all_again(state: LetterState) -> int:
    """Let all that came back, or all that were given up, leave once more; how many."""
    return _send_again(Letter.state == state)


def try_now() -> None:
    """Let whatever waits because it was refused be tried at once."""
    waiting = update(Letter).where(
        Letter.state == LetterState.WAITING, Letter.failing_since.is_not(None)
    )
    db.session.execute(waiting.values(due_at=clock.now()))
    mail_faults.ask_again_now()


def _send_again(*conditions: ColumnElement[bool]) -> int:
    """Guarded by the state in the statement itself: of two who press at once, one sends."""
    lost = update(Letter).where(*conditions, Letter.text != "").returning(Letter.id)
    anew = {
        "state": LetterState.WAITING,
        "due_at": clock.now(),
        "sent_again_at": clock.now(),
        "attempts": 0,
        "leased_until": None,
        "failing_since": None,
        "failed_stage": None,
        "failed_code": None,
        "last_error": None,
    }
    letter_ids = db.session.scalars(lost.values(**anew)).all()
    for letter_id in letter_ids:
        audit.record(SUBJECT, letter_id, LetterVerb.SENT_AGAIN)
    return len(letter_ids)


def _refusals() -> Sequence[Any]:
    """(server, step, code, words, since, letters): of the fault that holds all, of single ones."""
    waiting = select(func.count()).where(
        Letter.state == LetterState.WAITING, Letter.due_at <= MailFault.paused_until
    )
    holding = select(
        MailFault.server,
        MailFault.stage,
        MailFault.code,
        MailFault.said,
        MailFault.since,
        waiting.scalar_subquery(),
    )
    single = (
        select(
            literal(""),
            Letter.failed_stage,
            Letter.failed_code,
            Letter.last_error,
            func.min(Letter.failing_since),
            func.count(),
        )
        .where(Letter.state == LetterState.WAITING, Letter.failed_stage.is_not(None))
        .group_by(Letter.failed_stage, Letter.failed_code, Letter.last_error)
    )
    return db.session.execute(union_all(holding, single)).all()
