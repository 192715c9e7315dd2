"""Named reads: what is wrong with the mailbox, which mails could not be read, which are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from app.core.addresses import returns_url
from app.core.database import db
from app.core.outbox import Letter
from app.returns.models import ReadMail, ReturnBox
from app.returns.rules import MailOutcome

# As many as a statement may name.
ASKED_AT_ONCE = 500
LONGEST_LIST = 50


def box_fault() -> ReturnBox | None:
    """Since when the box cannot be read, and what was said; None while it can, or there is none."""
    if not returns_url():
        return None
    return db.session.scalar(select(ReturnBox).where(ReturnBox.failing_since.is_not(None)))


def put_aside() -> Sequence[ReadMail]:
    """The mails that could not be read lately, the newest first."""
    aside = select(ReadMail).where(ReadMail.outcome == MailOutcome.UNREADABLE)
    return db.session.scalars(aside.order_by(ReadMail.id.desc()).limit(LONGEST_LIST)).all()


def next_look() -> datetime | None:
    """When the box is due; None where nobody has looked yet."""
    return db.session.scalar(select(ReturnBox.next_at))


def not_read_yet(keys: Mapping[bytes, str], most: int) -> list[tuple[bytes, str]]:
    """The first of these mails that nobody has read, in their order, by hash and key."""
    hashes, unread = list(keys), list[tuple[bytes, str]]()
    for start in range(0, len(hashes), ASKED_AT_ONCE):
        some = hashes[start : start + ASKED_AT_ONCE]
        known = set(
            db.session.scalars(select(ReadMail.key_hash).where(ReadMail.key_hash.in_(some)))
        )
        unread += [(hashed, keys[hashed]) for hashed in some if hashed not in known]
        if len(unread) >= most:
            break
    return unread[:most]


def letter_of(message_ids: Sequence[str]) -> Letter | None:
    """The letter of ours that has one of these; only who had it, or carried it, knows them."""
    ours = select(Letter).where(Letter.message_id.in_(message_ids))
    return db.session.scalar(ours.order_by(Letter.id).limit(1))
