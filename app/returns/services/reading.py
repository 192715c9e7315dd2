"""Reading what comes back about our letters: each mail once, whoever reads and however often."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from app.core import clock, mail_replies
from app.core.database import db, insert_once
from app.core.outbox import Letter, LetterState
from app.core.tokens import token_hash
from app.core.unit_of_work import unit_of_work
from app.returns import queries
from app.returns.models import ReadMail, ReturnBox
from app.returns.rules import Failure, MailOutcome, MailUnreadable, failure, outcome_of
from app.returns.services.mailboxes import Mailbox, MailboxFault

log = logging.getLogger("torvet.worker")

PAUSE = timedelta(minutes=1)
# A server that turns us away is not asked every minute.
PAUSE_AFTER_FAULT = timedelta(minutes=10)
# Letters wait meanwhile, so no more at a time.
MOST_AT_ONCE = 50
# No server tries longer than a few days; what is older is no news.
NEWS_FOR = timedelta(days=30)
REMEMBERED = timedelta(days=60)
ONLY = 1

STATES = {MailOutcome.BOUNCED: LetterState.BOUNCED, MailOutcome.UNDELIVERED: LetterState.DEAD}


def look_into(box: Mailbox, now: datetime) -> int:
    """Read what is new in the box, if it is time; how many mails were read."""
    if not _our_turn(now):
        return 0
    done = 0
    try:
        with box.opened() as mailbox:
            keys = {_hash(box, key): key for key in mailbox.keys(now - NEWS_FOR)}
            new = queries.not_read_yet(keys, MOST_AT_ONCE)
            db.session.rollback()
            for key_hash, key in new:
                content = mailbox.content(key)
                done += content is not None and _take(key_hash, content)
    except MailboxFault as fault:
        log.warning("the mailbox for returned mail cannot be read", extra={"said": str(fault)})
        _note(now, next_at=now + PAUSE_AFTER_FAULT, said=str(fault)[:200])
    else:
        _note(now, next_at=now if done >= MOST_AT_ONCE else now + PAUSE, said=None)
    return done


def _our_turn(now: datetime) -> bool:
    """Whether it is time, and no other worker looks at the same moment."""
    next_at = queries.next_look()
    db.session.rollback()
    if next_at is not None and next_at > now:
        return False
    with unit_of_work():
        if insert_once(ReturnBox, id=ONLY, next_at=now + PAUSE, said=""):
            return True
        due = update(ReturnBox).where(ReturnBox.next_at <= now)
        ours = db.session.execute(due.values(next_at=now + PAUSE)).rowcount  # type: ignore[attr-defined]
        db.session.execute(delete(ReadMail).where(ReadMail.read_at < now - REMEMBERED))
    return bool(ours)


def _note(now: datetime, next_at: datetime, said: str | None) -> None:
    with unit_of_work():
        box = db.session.get_one(ReturnBox, ONLY, with_for_update=True, populate_existing=True)
        box.next_at = next_at
        box.failing_since = None if said is None else box.failing_since or now
        box.said = said or ""


def _hash(box: Mailbox, key: str) -> bytes:
    return token_hash(f"{box.name} {key}")


def _take(key_hash: bytes, content: bytes) -> bool:
    """Read one mail and note what it was, in one transaction; False where another did so."""
    failed, note, outcome = None, "", MailOutcome.OTHER
    try:
        failed = failure(content)
    except MailUnreadable as error:
        outcome, note = MailOutcome.UNREADABLE, str(error)[:60]
    with unit_of_work():
        letter = queries.letter_of(failed.message_ids) if failed else None
        letter_id = letter.id if letter else None
        sent_again_at = letter.sent_again_at if letter else None
        if failed:
            outcome = outcome_of(failed, letter is not None, sent_again_at)
        ours = insert_once(
            ReadMail,
            key_hash=key_hash,
            read_at=clock.now(),
            outcome=outcome,
            letter_id=letter_id,
            note=note,
        )
        if ours and failed and letter and outcome in STATES:
            _mark(letter, failed, STATES[outcome])
    if ours:
        facts = {"outcome": outcome, "letter": letter_id, "note": note}
        log.info("returned mail read", extra=facts)
    return ours


def _mark(letter: Letter, failed: Failure, state: LetterState) -> None:
    """Guarded by the state: a letter that waits to leave again is told of by a later notice."""
    sent = update(Letter).where(Letter.id == letter.id, Letter.state == LetterState.SENT)
    db.session.execute(
        sent.values(
            state=state,
            failing_since=failed.at or clock.now(),
            failed_stage=failed.reply.stage,
            failed_code=failed.reply.code,
            last_error=mail_replies.without_people(failed.reply.text, letter.email),
        )
    )
