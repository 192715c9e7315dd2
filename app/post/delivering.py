"""What became of a letter that the worker tried to send, noted in one transaction each."""

from __future__ import annotations

import logging
import random
from datetime import datetime, time, timedelta

from sqlalchemy import exists, select

from app.core import clock, mail_replies
from app.core.database import db
from app.core.mail_replies import Evidence, Meaning, Reply, SmtpStage
from app.core.outbox import Letter, LetterState
from app.core.unit_of_work import unit_of_work
from app.post import mail_faults
from app.post.office import PostOffice

log = logging.getLogger("torvet.worker")

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
# Where a conversation comes this far, the server has taken the letter's recipient.
AFTER_THE_RECIPIENT = (SmtpStage.DATA, SmtpStage.LETTER)


def note_sent(letter_id: int, office: PostOffice) -> None:
    """The server has it."""
    with unit_of_work():
        letter = db.session.get(Letter, letter_id)
        mail_faults.clear()
        if letter is None:
            return
        letter.state, letter.sent_at = LetterState.SENT, clock.now()
        letter.attempts += 1
        letter.leased_until = letter.failing_since = None
        letter.failed_stage = letter.failed_code = letter.last_error = None
        _note_acceptance(letter, office)


def note_refused(letter_id: int, reply: Reply, office: PostOffice) -> None:
    """The server did not take it: what follows is decided by the rules of its answers."""
    with unit_of_work():
        letter = db.session.get(Letter, letter_id)
        if letter is None:
            return
        evidence = _evidence(letter.email, office)
        meaning = mail_replies.meaning(reply, evidence)
        if meaning is Meaning.HOLD:
            _hold(letter, reply, office)
        else:
            mail_faults.clear()
            _note_failure(letter, reply, office)
            over = mail_replies.is_over(_failing_for(letter), True, evidence)
            letter.state = _state(meaning, over)
    log.warning(
        "letter not taken by the mail server",
        extra={
            "letter": letter_id,
            "stage": reply.stage,
            "code": reply.code,
            "status": reply.status,
            "cause": mail_replies.cause(reply),
            "meaning": meaning,
        },
    )


def note_unmade(letter_id: int, error: str) -> None:
    """It could not be made, so the server was never asked."""
    with unit_of_work():
        letter = db.session.get(Letter, letter_id)
        if letter is None:
            return
        _postpone(letter)
        letter.failed_stage, letter.failed_code, letter.last_error = None, None, error
        over = mail_replies.is_over(_failing_for(letter), False, Evidence())
        letter.state = _state(Meaning.LATER, over)


def wait_before(attempt: int, chance: float) -> timedelta:
    """Exponential back-off with jitter: half to all of 30 s · 2^(attempt − 1), at most 6 h."""
    longest: timedelta = min(FIRST_WAIT * 2 ** min(attempt - 1, 20), LONGEST_WAIT)
    return longest * (0.5 + chance / 2)


def _state(meaning: Meaning, over: bool) -> LetterState:
    if meaning is Meaning.BOUNCED:
        return LetterState.BOUNCED
    return LetterState.DEAD if over else LetterState.WAITING


def _hold(letter: Letter, reply: Reply, office: PostOffice) -> None:
    """The letter goes behind the others, so that the next one that is tried is another."""
    letter.leased_until = None
    said = mail_replies.without_people(reply.text, letter.email)
    letter.due_at = mail_faults.hold(reply, office.server, said)


def _note_failure(letter: Letter, reply: Reply, office: PostOffice) -> None:
    _postpone(letter)
    letter.failed_stage, letter.failed_code = reply.stage, reply.code
    letter.last_error = mail_replies.without_people(reply.text, letter.email)
    if reply.stage in AFTER_THE_RECIPIENT:
        _note_acceptance(letter, office)


def _postpone(letter: Letter) -> None:
    now = clock.now()
    letter.attempts += 1
    letter.leased_until = None
    letter.failing_since = letter.failing_since or now
    letter.due_at = now + wait_before(letter.attempts, random.random())  # noqa: S311


def _failing_for(letter: Letter) -> timedelta:
    return clock.now() - (letter.failing_since or clock.now())


def _note_acceptance(letter: Letter, office: PostOffice) -> None:
    letter.accepted_by, letter.accepted_at = office.way, clock.now()


def _evidence(email: str, office: PostOffice) -> Evidence:
    """What this server did today for the same sender and other recipients."""
    midnight = datetime.combine(clock.today(), time(), clock.COPENHAGEN)
    other = (
        Letter.accepted_at >= midnight,
        Letter.accepted_by == office.way,
        Letter.email != email,
    )
    taken, sent = exists().where(*other), exists().where(*other, Letter.state == LetterState.SENT)
    return Evidence(*db.session.execute(select(taken, sent)).one())
