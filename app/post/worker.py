"""The worker: sends due letters and runs every capability's jobs; any number may run."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import exists, or_, select
from sqlalchemy.exc import DBAPIError

from app.core import clock, owner
from app.core.attachments import LOGO, Attachment, Renderer
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.unit_of_work import unit_of_work
from app.post import delivering
from app.post.mail_faults import MailFault
from app.post.office import Parcel, PostOffice
from app.post.smtp import MailRefused

log = logging.getLogger("torvet.worker")

LEASE = timedelta(minutes=5)
PAUSE_SECONDS = 1.0
# A mailing to thousands must not keep somebody at the desk waiting for a job's work.
LETTERS_BETWEEN_JOBS = 25
EXTENSION = "worker_parts"

# A capability's work when time passes: takes now, is safe to run twice, returns items done.
Job = Callable[[datetime], int]


@dataclass(frozen=True)
class WorkerParts:
    """What create_app hands the worker."""

    jobs: Sequence[Job]
    renderers: dict[str, Renderer]
    office: PostOffice


def hand_over(app: Flask, parts: WorkerParts) -> None:
    """Let whoever runs this application's worker find its parts."""
    app.extensions[EXTENSION] = parts


def parts_of(app: Flask) -> WorkerParts:
    """The parts that were handed over."""
    parts: WorkerParts = app.extensions[EXTENSION]
    return parts


def work_once(parts: WorkerParts, most_letters: int | None = None) -> int:
    """Everything that is due now; the number of letters sent and items done."""
    done = sum(_run(job) for job in parts.jobs)
    return done + send_due_letters(parts, most_letters)


def work_forever(parts: WorkerParts) -> None:
    """Until the process is told to stop."""
    while True:
        if not work_once(parts, LETTERS_BETWEEN_JOBS):
            time.sleep(PAUSE_SECONDS)


def send_due_letters(parts: WorkerParts, most: int | None = None) -> int:
    """Send letter after letter until none is due, or until that many have left."""
    sent = 0
    while (most is None or sent < most) and (letter := _leased_letter()) is not None:
        _send(letter, parts)
        sent += 1
    return sent


def _run(job: Job) -> int:
    owner.let_go()
    try:
        return job(clock.now())
    except DBAPIError:
        # Another worker may hold the rows; the next pass tries again.
        log.exception("job failed", extra={"job": job.__name__})
        return 0


def _leased_letter() -> Letter | None:
    """The oldest due letter, held by this worker for the time of the lease.

    None while the mail server takes nothing and is not to be asked yet.
    """
    now = clock.now()
    due = (
        select(Letter)
        .where(
            Letter.state == LetterState.WAITING,
            Letter.due_at <= now,
            or_(Letter.leased_until.is_(None), Letter.leased_until < now),
            ~exists().where(MailFault.paused_until > now),
        )
        .order_by(Letter.due_at, Letter.id)
        .limit(1)
    )
    if db.session.scalar(due) is None:
        db.session.rollback()
        return None
    with unit_of_work():
        letter = db.session.scalar(due.with_for_update(skip_locked=True))
        if letter is not None:
            letter.leased_until = now + LEASE
    return letter


def _send(letter: Letter, parts: WorkerParts) -> None:
    # The letter may go out and this process die before it is noted: it then goes out twice,
    # under the same Message-ID. The other order would lose it.
    try:
        parts.office.send(Parcel(letter, _attachments(letter, parts.renderers)))
    except MailRefused as refused:
        delivering.note_refused(letter.id, refused.reply, parts.office)
    except Exception as error:  # one bad letter must not stop the others
        log.exception("letter not made", extra={"letter": letter.id})
        delivering.note_unmade(letter.id, type(error).__name__)
    else:
        delivering.note_sent(letter.id, parts.office)


def _attachments(letter: Letter, renderers: dict[str, Renderer]) -> list[Attachment]:
    # Asked anew for each letter, and before the server is spoken with: no transaction waits for it.
    owner.let_go()
    names = [*letter.attachments, *([LOGO] if owner.owner().logo else [])]
    parts = (name.partition(":") for name in names)
    try:
        return [renderers[kind](ident, letter.language) for kind, _, ident in parts]
    finally:
        db.session.rollback()
